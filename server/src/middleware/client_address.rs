//! From which address a request really comes.
//!
//! Behind a proxy every connection comes from the proxy, which says in `X-Forwarded-For` whom it speaks for. Anybody can
//! write such a header, so it counts only as far as proxies that are listed wrote it: from the right, the first address
//! that is not one of them is the caller's.

use std::{net::IpAddr, sync::Arc};

use app::server_ctx::PeerAddress;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// A chain of more proxies than this is nobody's.
const MOST_HOPS: usize = 16;

/// The proxies whose word is believed: none unless listed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    /// Reads addresses and networks, separated by commas: `10.0.0.0/8, 192.0.2.7`.
    ///
    /// # Errors
    /// A sentence for whoever configures SecureMed.
    pub fn parse(text: &str) -> Result<Self, String> {
        let one = |part: &str| {
            let network = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| format!("has {part}, which is no address or network such as 10.0.0.0/8"))
        };
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        Ok(Self(parts.map(one).collect::<Result<Vec<_>, _>>()?.into()))
    }

    /// Whether an address is a listed proxy's.
    #[must_use]
    pub fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The caller's address, given the other end of the connection.
    fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer.to_canonical();
        let lines: Vec<_> = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(',')).take(MOST_HOPS);
        for hop in hops {
            if !self.has(caller) {
                break;
            }
            // What cannot be read was not written by a proxy of ours: the last one that was is all that is known.
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            caller = address.to_canonical();
        }
        caller
    }
}

/// Puts the caller's address in the place of the proxy's.
pub async fn resolve(State(proxies): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<PeerAddress>().and_then(|PeerAddress(text)| text.parse().ok());
    if let Some(peer) = peer {
        let caller = proxies.caller(peer, request.headers());
        request.extensions_mut().insert(PeerAddress(caller.to_string()));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use rstest::rstest;

    #[rstest]
    #[case::no_proxy("203.0.113.9", &[], "203.0.113.9")]
    #[case::spoofed("203.0.113.9", &["198.51.100.1"], "203.0.113.9")]
    #[case::one_proxy("10.0.0.1", &["198.51.100.1"], "198.51.100.1")]
    #[case::spoofed_through_a_proxy("10.0.0.1", &["1.2.3.4, 198.51.100.1"], "198.51.100.1")]
    #[case::two_proxies("10.0.0.1", &["1.2.3.4, 198.51.100.1, 10.0.0.2"], "198.51.100.1")]
    #[case::several_lines("10.0.0.1", &["1.2.3.4", "198.51.100.1", "10.0.0.2"], "198.51.100.1")]
    #[case::unreadable("10.0.0.1", &["<script>"], "10.0.0.1")]
    #[case::unreadable_beyond("10.0.0.1", &["unknown, 10.0.0.2"], "10.0.0.2")]
    #[case::mapped("::ffff:10.0.0.1", &["2001:db8::1"], "2001:db8::1")]
    fn only_listed_proxies_are_believed(#[case] peer: &str, #[case] lines: &[&str], #[case] caller: &str) {
        let proxies = TrustedProxies::parse("10.0.0.0/8, 192.0.2.7").unwrap();
        let headers = lines.iter().map(|line| (FORWARDED_FOR, HeaderValue::from_str(line).unwrap())).collect();
        assert_eq!(proxies.caller(peer.parse().unwrap(), &headers).to_string(), caller);
    }

    #[test]
    fn what_is_no_network_is_told() {
        assert!(TrustedProxies::parse("").unwrap().0.is_empty());
        assert!(TrustedProxies::parse("proxy.internal").unwrap_err().contains("proxy.internal"));
        assert!(TrustedProxies::parse("10.0.0.0/33").is_err());
    }
}
