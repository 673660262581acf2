//! Options of the HTTP server.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use documented::DocumentedFields;

use super::client::{ClientInLog, ForwardedHeader, Network, Proxies};

/// Options of the HTTP server.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, DocumentedFields)]
#[serde(deny_unknown_fields, default)]
pub struct HttpOptions {
    /// Address and port to listen on. Loopback by default: put a proxy with TLS in front before
    /// you open it. Port 0 takes a free port; `localhost` is 127.0.0.1.
    #[serde(deserialize_with = "address")]
    pub listen: SocketAddr,
    /// File to which the address is written once it is known; for port 0. Empty: none.
    pub address_file: PathBuf,
    /// Address under which clients know this server, such as `https://land.example/gis`, for the
    /// links in answers. Empty: `http://` and what the client called it by.
    pub public_base: String,
    /// Number of threads that answer; 0 takes one per processor.
    pub workers: usize,
    /// Greatest number of connections at a time, per thread.
    pub connections_max: usize,
    /// Greatest size of a request body, in bytes; more is answered with 413.
    pub body_max_bytes: u64,
    /// How long a client may take to send its request's head, in milliseconds; then 408.
    pub head_timeout_ms: u64,
    /// How long a client may then take to send its request's body, in milliseconds; then 408.
    pub body_timeout_ms: u64,
    /// How long a client may take to read the next 64 kB of its answer, in milliseconds; then the
    /// connection is closed.
    pub answer_timeout_ms: u64,
    /// How long a page of a collection may compare features with a filter, in milliseconds; then
    /// it ends with what it has found, and its link `next` goes on from there.
    pub filter_time_ms: u64,
    /// How long an idle connection is kept, in seconds.
    pub keep_alive_s: u64,
    /// How long running requests may take to finish after a signal to stop, in seconds.
    pub shutdown_timeout_s: u64,
    /// Requests a second that one client may make in the long run; more is answered with 429. A
    /// client is an IPv4 address or the /64 of an IPv6 address. 0: no limit. `/health/live` and
    /// `/health/ready` are never limited.
    pub rate_per_second: u32,
    /// Requests that one client may make at once before `rate_per_second` binds.
    pub rate_burst: u32,
    /// Proxies whose word on the client's address is taken: addresses such as `10.0.0.7`, or
    /// blocks such as `10.0.0.0/8`. Behind a proxy that is not named here, all clients are one.
    pub trusted_proxies: Vec<Network>,
    /// The header in which these proxies name the client: `x-forwarded-for`, or `forwarded` (RFC
    /// 7239). Name the one they write: the other comes from the client and is not read.
    pub forwarded_header: ForwardedHeader,
    /// How much of a client's address is logged: `none`, its `network` (the first 24 bits of
    /// IPv4, 48 of IPv6), or the whole `address`.
    pub client_in_log: ClientInLog,
    /// Origins of web pages that may read answers (CORS); `*` stands for all, since the answers
    /// are public and no cookie is used.
    pub allowed_origins: Vec<String>,
    /// Offers `/bench/constant?bytes=N`, a constant answer as a yardstick for measuring.
    pub yardstick: bool,
}

/// Reads an address with its port. No name is looked up but `localhost`, which is the loopback of
/// IPv4 on every machine.
fn address<'de, D: serde::Deserializer<'de>>(options: D) -> Result<SocketAddr, D::Error> {
    let text: String = serde::Deserialize::deserialize(options)?;
    let port = text
        .strip_prefix("localhost:")
        .and_then(|port| port.parse().ok());
    let loopback = port.map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    loopback.or_else(|| text.parse().ok()).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "`{text}` is not an address with a port, expected one such as `127.0.0.1:8080`, \
             `[::1]:8080` or `localhost:8080`"
        ))
    })
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            address_file: PathBuf::new(),
            public_base: String::new(),
            workers: 0,
            connections_max: 10_000,
            body_max_bytes: 1 << 20,
            head_timeout_ms: 5_000,
            body_timeout_ms: 10_000,
            answer_timeout_ms: 30_000,
            filter_time_ms: 5_000,
            keep_alive_s: 75,
            shutdown_timeout_s: 30,
            rate_per_second: 500,
            rate_burst: 1_000,
            trusted_proxies: Vec::new(),
            forwarded_header: ForwardedHeader::default(),
            client_in_log: ClientInLog::default(),
            allowed_origins: vec!["*".to_owned()],
            yardstick: false,
        }
    }
}

impl HttpOptions {
    /// `head_timeout_ms`.
    pub const fn head_timeout(&self) -> Duration {
        Duration::from_millis(self.head_timeout_ms)
    }

    /// `answer_timeout_ms`.
    pub const fn answer_timeout(&self) -> Duration {
        Duration::from_millis(self.answer_timeout_ms)
    }

    /// `filter_time_ms`.
    pub const fn filter_time(&self) -> Duration {
        Duration::from_millis(self.filter_time_ms)
    }

    /// `keep_alive_s`.
    pub const fn keep_alive(&self) -> Duration {
        Duration::from_secs(self.keep_alive_s)
    }

    /// Which proxies are believed.
    pub fn proxies(&self) -> Proxies<'_> {
        Proxies {
            trusted: &self.trusted_proxies,
            header: self.forwarded_header,
        }
    }
}
