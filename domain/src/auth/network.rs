//! From where somebody comes, as far as it tells one customer of a network from another.

use std::net::{IpAddr, Ipv6Addr};

use crate::services::Services;

/// An IPv4 address as it is, written as IPv6 or not; of IPv6 the 2⁶⁴ addresses that one customer has (RFC 6177).
pub(super) fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Err(_) => address.to_owned(),
    }
}

/// The same as it is kept: strangers' addresses are not.
pub(super) fn requester_hash(services: &Services, address: &str) -> String {
    services.seals().guesses.of(&format!("requester {}", network(address)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::network;

    #[rstest]
    #[case("198.51.100.7", "198.51.100.7")]
    #[case("::ffff:198.51.100.7", "198.51.100.7")]
    #[case("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    #[case("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    #[case("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    #[case("", "")]
    fn whoever_has_a_network_is_one_caller(#[case] address: &str, #[case] same: &str) {
        assert_eq!(network(address), same);
    }
}
