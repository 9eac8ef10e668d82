//! From where somebody comes, as far as it tells one customer of a network from another.

use crate::{network::network_of, services::Services};

/// The network as it is kept: strangers' addresses are not.
pub(super) fn requester_hash(services: &Services, address: &str) -> String {
    services.seals().guesses.of(format!("requester {}", network_of(address)))
}
