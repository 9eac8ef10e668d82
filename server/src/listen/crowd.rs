//! How many connections there may be, all together and from one address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::network::network_of;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::middleware::client_address::TrustedProxies;

/// Bounds of what connections may cost.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// Connections at once; whoever comes then waits until one has ended.
    pub all: usize,
    /// Connections at once from one address, or from one customer's network of IPv6; whoever comes then is turned away.
    /// 0 is no limit, and listed proxies have none.
    pub per_address: usize,
    /// How long an answer may wait for a reader who takes nothing.
    pub write_time: Duration,
    pub proxies: TrustedProxies,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self { all: 800, per_address: 200, write_time: Duration::from_secs(30), proxies: TrustedProxies::default() }
    }
}

/// Who is connected now.
#[derive(Clone, Debug)]
pub(super) struct Crowd {
    places: Arc<Semaphore>,
    here: Arc<Mutex<HashMap<String, usize>>>,
    limits: ConnectionLimits,
}

/// A connection's place among all.
#[derive(Debug)]
pub(super) struct Place(#[allow(dead_code, reason = "held, and given back when dropped")] OwnedSemaphorePermit);

/// A connection's place among those of its address.
#[derive(Debug)]
pub(super) struct Seat {
    network: Option<String>,
    here: Arc<Mutex<HashMap<String, usize>>>,
}

impl Crowd {
    pub(super) fn new(limits: ConnectionLimits) -> Self {
        Self { places: Arc::new(Semaphore::new(limits.all.max(1))), here: Arc::default(), limits }
    }

    /// Waits for a place. `None` when nobody is let in any more.
    pub(super) async fn place(&self) -> Option<Place> {
        Arc::clone(&self.places).acquire_owned().await.ok().map(Place)
    }

    /// A seat for somebody from this address, unless there are too many from there already.
    pub(super) fn seat(&self, peer: IpAddr) -> Option<Seat> {
        let here = Arc::clone(&self.here);
        if self.limits.per_address == 0 || self.limits.proxies.has(peer.to_canonical()) {
            return Some(Seat { network: None, here });
        }
        let network = network_of(&peer.to_string());
        let mut counts = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(network.clone()).or_default();
        if *count >= self.limits.per_address {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Seat { network: Some(network), here })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(network) = &self.network else { return };
        let mut counts = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_so_many_seats_and_a_listed_proxy_all() {
        let limits = ConnectionLimits {
            per_address: 2,
            proxies: TrustedProxies::parse("10.0.0.1").unwrap(),
            ..ConnectionLimits::default()
        };
        let crowd = Crowd::new(limits);
        let from = |address: &str| crowd.seat(address.parse().unwrap());
        let (first, _second) = (from("2001:db8:1:2::1").unwrap(), from("2001:db8:1:2::2").unwrap());
        assert!(from("2001:db8:1:2:ffff::3").is_none(), "of one network");
        assert!(from("2001:db8:1:3::1").is_some(), "nobody else is in their way");
        drop(first);
        assert!(from("2001:db8:1:2::4").is_some());
        let proxy: Vec<_> = (0..9).map(|_| from("10.0.0.1").unwrap()).collect();
        assert_eq!(proxy.len(), 9);
        drop((proxy, _second));
        assert!(crowd.here.lock().unwrap().is_empty(), "whoever left is forgotten");
    }
}
