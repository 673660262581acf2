//! Behind proxies: limits and logs are about the client, and nobody can borrow another's name.

use crate::harness::{Answer, Office};

/// An office that answers two requests of each client at once, and trusts loopback or nobody.
fn office(trusted: &[&str]) -> Office {
    let trusted = trusted.iter().map(|text| text.parse().expect("a network"));
    let trusted = trusted.collect();
    let office = Office::open().with(|config| {
        config.http.rate_per_second = 1;
        config.http.rate_burst = 2;
        config.http.trusted_proxies = trusted;
    });
    office.start()
}

/// Statuses of three requests that a proxy hands on for this client.
fn thrice(office: &Office, header: &str, client: &str) -> [u16; 3] {
    let ask = || -> Answer { office.ask("GET", "/api", &[(header, client)]) };
    [ask().status, ask().status, ask().status]
}

#[test]
fn each_client_of_a_trusted_proxy_has_its_own_limit() {
    let office = office(&["127.0.0.0/8"]);
    for client in ["203.0.113.5", "203.0.113.6", "198.51.100.1, 203.0.113.7"] {
        let statuses = thrice(&office, "x-forwarded-for", client);
        assert_eq!(statuses, [200, 200, 429], "{client}");
    }
    let again = thrice(&office, "x-forwarded-for", "198.51.100.2, 203.0.113.5");
    assert_eq!(again[0], 429, "what a client adds in front changes nothing");
}

#[test]
fn a_header_from_a_peer_that_is_not_trusted_is_ignored() {
    for trusted in [&[][..], &["10.0.0.0/8"]] {
        let office = office(trusted);
        let first = thrice(&office, "x-forwarded-for", "203.0.113.5");
        let second = thrice(&office, "x-forwarded-for", "203.0.113.6");
        assert_eq!(first, [200, 200, 429], "{trusted:?}");
        assert_eq!(second[0], 429, "it is the same peer still");
    }
}

#[test]
fn the_header_that_the_proxies_do_not_write_is_ignored() {
    let office = office(&["127.0.0.1"]);
    let first = thrice(&office, "forwarded", "for=203.0.113.5");
    let second = thrice(&office, "forwarded", "for=203.0.113.6");
    assert_eq!((first[2], second[0]), (429, 429));
}

#[test]
fn all_addresses_of_an_ipv6_household_are_one_client() {
    let office = office(&["127.0.0.1"]);
    let first = thrice(&office, "x-forwarded-for", "2001:db8:0:7::1");
    let second = thrice(&office, "x-forwarded-for", "2001:db8:0:7:ffff::2");
    let neighbour = thrice(&office, "x-forwarded-for", "2001:db8:0:8::1");
    assert_eq!((first[2], second[0], neighbour[0]), (429, 429, 200));
}
