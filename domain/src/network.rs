//! From where somebody comes, as far as counting goes.

use std::net::{IpAddr, Ipv6Addr};

/// Bits of an IPv6 address that name the network of one customer (RFC 6177, RFC 4291 section 2.5.1): the other 64 are
/// the customer's own to choose, and to change with every request.
const CUSTOMER: u32 = 64;

/// What counts together: an IPv4 address, or the network of 2⁶⁴ addresses that one customer of IPv6 has. An IPv4 address
/// written as IPv6 is the IPv4 address; what is no address stays as it is.
#[must_use]
pub fn network_of(address: &str) -> String {
    match address.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let network = Ipv6Addr::from_bits(address.to_bits() >> CUSTOMER << CUSTOMER);
            format!("{network}/{CUSTOMER}")
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_one_customer_count_together_and_no_others() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network_of("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
        assert_ne!(network_of("2001:db8:1:3::1"), "2001:db8:1:2::/64");
        assert_eq!(network_of("198.51.100.7"), "198.51.100.7");
        assert_eq!(network_of("::ffff:198.51.100.7"), "198.51.100.7");
        assert_eq!(network_of("fe80::1%eth0"), "fe80::1%eth0");
        assert_eq!(network_of(""), "");
    }
}
