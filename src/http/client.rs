//! Who asks: the peer of the connection, or the client that a trusted proxy names.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Addresses that belong together: `10.0.0.0/8`, `fd00::/8`, or one address alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Network(IpNet);

/// A text that is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotANetwork {
    /// Neither an address nor a CIDR block.
    #[error(
        "`{0}` is not a network, expected an address such as `10.0.0.7` or a block such as `10.0.0.0/8`"
    )]
    Unreadable(String),
    /// A block that begins in its middle.
    #[error("`{given}` begins inside its block, expected `{meant}`")]
    Inside {
        /// As written.
        given: String,
        /// The block it lies in.
        meant: String,
    },
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self(IpNet::from(address.to_canonical())));
        }
        let net: IpNet = text
            .parse()
            .map_err(|_| NotANetwork::Unreadable(text.to_owned()))?;
        if net.trunc() != net {
            return Err(NotANetwork::Inside {
                given: text.to_owned(),
                meant: net.trunc().to_string(),
            });
        }
        Ok(Self(net))
    }
}

impl TryFrom<String> for Network {
    type Error = NotANetwork;

    fn try_from(text: String) -> Result<Self, NotANetwork> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            return self.0.addr().fmt(f);
        }
        self.0.fmt(f)
    }
}

/// The header in which trusted proxies name the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeader {
    /// `X-Forwarded-For: client, proxy`.
    #[default]
    XForwardedFor,
    /// `Forwarded: for=client, for=proxy` (RFC 7239).
    Forwarded,
}

/// How much of a client's address is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientInLog {
    /// Nothing.
    None,
    /// Its network: the first 24 bits of IPv4, 48 of IPv6.
    #[default]
    Network,
    /// All of it.
    Address,
}

/// Which proxies are believed, and in which header.
#[derive(Debug, Clone)]
pub struct Proxies<'a> {
    /// Whose word is taken.
    pub trusted: &'a [Network],
    /// Where it stands.
    pub header: ForwardedHeader,
}

impl Proxies<'_> {
    /// The client of a request.
    ///
    /// The peer, unless it is trusted: then the rightmost address of the header that is not. What
    /// stands left of that was written by whoever sent it, and is not read. An entry that is no
    /// address ends the search at the proxy that wrote it.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        if !self.trust(nearest) {
            return nearest;
        }
        let lines: Vec<&[u8]> = headers
            .get_all(self.header.name())
            .map(|line| line.as_bytes())
            .collect();
        // From the right, and blind to quotes: an open quote in what a client sent must not hide
        // what the proxy wrote behind it.
        let entries = lines
            .iter()
            .rev()
            .flat_map(|line| line.rsplit(|byte| *byte == b','));
        for entry in entries {
            match self.header.address(entry) {
                Some(address) if self.trust(address) => nearest = address,
                Some(address) => return address,
                None => return nearest,
            }
        }
        nearest
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.trusted
            .iter()
            .any(|network| network.0.contains(&address))
    }
}

impl ForwardedHeader {
    fn name(self) -> HeaderName {
        match self {
            Self::XForwardedFor => X_FORWARDED_FOR,
            Self::Forwarded => FORWARDED,
        }
    }

    /// The address in one entry.
    fn address(self, entry: &[u8]) -> Option<IpAddr> {
        let entry = std::str::from_utf8(entry).ok()?.trim();
        match self {
            Self::XForwardedFor => node(entry),
            Self::Forwarded => entry.split(';').find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                let named = name.trim().eq_ignore_ascii_case("for");
                named
                    .then(|| node(value.trim().trim_matches('"')))
                    .flatten()
            }),
        }
    }
}

/// An address, with or without a port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`,
/// `[2001:db8::1]`, `[2001:db8::1]:80`.
fn node(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    let address = bare.parse::<IpAddr>().ok();
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|node| node.ip()));
    address.map(|address| address.to_canonical())
}

/// What counts as one client for a limit: an IPv4 address, or the /64 of an IPv6 address, which is
/// what one household or host has to itself.
pub fn counted(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(cut_v6(address, 64).addr()),
    }
}

/// A client as it stands in the log.
pub fn shown(client: IpAddr, how: ClientInLog) -> Option<String> {
    match (how, client) {
        (ClientInLog::None, _) => None,
        (ClientInLog::Address, client) => Some(client.to_string()),
        (ClientInLog::Network, IpAddr::V4(address)) => Some(cut_v4(address, 24).to_string()),
        (ClientInLog::Network, IpAddr::V6(address)) => Some(cut_v6(address, 48).to_string()),
    }
}

fn cut_v4(address: Ipv4Addr, bits: u8) -> Ipv4Net {
    Ipv4Net::new_assert(address, bits).trunc()
}

fn cut_v6(address: Ipv6Addr, bits: u8) -> Ipv6Net {
    Ipv6Net::new_assert(address, bits).trunc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn asked(header: ForwardedHeader, lines: &[&str]) -> String {
        let trusted: Vec<Network> = ["10.0.0.0/8", "2001:db8:1::/48"]
            .map(|text| text.parse().expect("a network"))
            .to_vec();
        let mut headers = HeaderMap::new();
        for line in lines {
            let value = HeaderValue::from_bytes(line.as_bytes()).expect("a header's value");
            headers.append(header.name(), value);
        }
        let proxies = Proxies {
            trusted: &trusted,
            header,
        };
        let peer = "10.0.0.1".parse().expect("an address");
        proxies.client(peer, &headers).to_string()
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_is_the_client() {
        let of = |lines: &[&str]| asked(ForwardedHeader::XForwardedFor, lines);
        for (lines, client) in [
            (&["203.0.113.5"][..], "203.0.113.5"),
            (&["198.51.100.9, 203.0.113.5"], "203.0.113.5"),
            (&["198.51.100.9, 203.0.113.5, 10.1.2.3"], "203.0.113.5"),
            (&["198.51.100.9", "203.0.113.5 ,10.1.2.3"], "203.0.113.5"),
            (&["203.0.113.5:4711"], "203.0.113.5"),
            (&["[2001:db8:2::1]:4711, 2001:db8:1::7"], "2001:db8:2::1"),
            (&["2001:db8:2::1"], "2001:db8:2::1"),
            (&["::ffff:203.0.113.5"], "203.0.113.5"),
            (&["10.9.9.9"], "10.9.9.9"),
        ] {
            assert_eq!(of(lines), client, "{lines:?}");
        }
    }

    #[test]
    fn an_entry_that_is_no_address_ends_the_search_at_the_proxy_that_wrote_it() {
        let of = |lines: &[&str]| asked(ForwardedHeader::XForwardedFor, lines);
        for (lines, client) in [
            (&[][..], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            (&["203.0.113.5, unknown"], "10.0.0.1"),
            (&["203.0.113.5, unknown, 10.1.2.3"], "10.1.2.3"),
            (&["203.0.113.5, \u{e9}"], "10.0.0.1"),
            (&["999.1.1.1"], "10.0.0.1"),
        ] {
            assert_eq!(of(lines), client, "{lines:?}");
        }
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_writes_it_whatever_a_client_put_before() {
        let of = |lines: &[&str]| asked(ForwardedHeader::Forwarded, lines);
        for (lines, client) in [
            (&["for=203.0.113.5"][..], "203.0.113.5"),
            (&["For=\"[2001:db8:2::1]:80\";proto=https"], "2001:db8:2::1"),
            (&["proto=https;for=203.0.113.5;by=10.0.0.1"], "203.0.113.5"),
            (&["for=\"198.51.100.9, for=203.0.113.5"], "203.0.113.5"),
            (&["for=_hidden"], "10.0.0.1"),
            (&["proto=https"], "10.0.0.1"),
        ] {
            assert_eq!(of(lines), client, "{lines:?}");
        }
    }

    #[test]
    fn a_household_counts_once_and_the_log_shows_a_network() {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert_eq!(counted(address("2001:db8::1:2:3:4")), address("2001:db8::"));
        assert_ne!(
            counted(address("2001:db8:0:1::1")),
            counted(address("2001:db8:0:2::1"))
        );
        assert_eq!(counted(address("::ffff:192.0.2.1")), address("192.0.2.1"));
        let v4 = address("192.0.2.77");
        let v6 = address("2001:db8:1:2::3");
        for (client, how, text) in [
            (v4, ClientInLog::Network, Some("192.0.2.0/24")),
            (v6, ClientInLog::Network, Some("2001:db8:1::/48")),
            (v4, ClientInLog::Address, Some("192.0.2.77")),
            (v6, ClientInLog::None, None),
        ] {
            assert_eq!(shown(client, how).as_deref(), text);
        }
    }

    #[test]
    fn a_network_is_read_strictly_and_written_as_it_was() {
        for text in ["10.0.0.0/8", "10.0.0.7", "fd00::/8", "::1"] {
            let network: Network = text.parse().expect("a network");
            assert_eq!(network.to_string(), text);
        }
        for (text, part) in [
            ("10.0.0.1/8", "expected `10.0.0.0/8`"),
            ("10.0.0.0/33", "is not a network"),
            ("proxy.example", "is not a network"),
            ("", "is not a network"),
        ] {
            let refused = text.parse::<Network>().expect_err(text).to_string();
            assert!(refused.contains(part), "{refused}");
        }
    }
}
