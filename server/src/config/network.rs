//! Where SecureMed listens and how people reach it.

use std::net::SocketAddr;

use url::{Host, Url};

use crate::{
    config::{Env, Mode},
    listen::ConnectionLimits,
};

/// Where connections are accepted.
#[derive(Clone, Copy, Debug)]
pub struct ListenConfig {
    pub address: SocketAddr,
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address; 0 is no limit.
    pub connections_per_address: usize,
}

impl ListenConfig {
    const DEFAULT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 3000);

    pub(super) fn from_env(env: &Env, mode: Mode, problems: &mut Vec<String>) -> Self {
        let address = match env.get("SECUREMED_LISTEN").map(|text| text.parse::<SocketAddr>()) {
            None => Self::DEFAULT,
            Some(Ok(address)) => address,
            Some(Err(_)) => {
                problems.push("SECUREMED_LISTEN must be an address and a port, such as 127.0.0.1:3000".into());
                Self::DEFAULT
            }
        };
        if mode == Mode::Demo && !address.ip().is_loopback() {
            problems.push("SECUREMED_LISTEN must stay on this machine (127.0.0.1 or [::1]) for the demo, whose accounts are known".into());
        }
        let known = ConnectionLimits::default();
        let mut number = |name, known: usize, least: usize| match env.get(name).map(|text| text.parse::<usize>()) {
            None => known,
            Some(Ok(count)) if count >= least => count,
            Some(_) => {
                problems.push(format!("{name} must be a whole number, at least {least}"));
                known
            }
        };
        let connections = number("SECUREMED_CONNECTIONS", known.all, 1);
        let connections_per_address = number("SECUREMED_CONNECTIONS_PER_ADDRESS", known.per_address, 0);
        Self { address, connections, connections_per_address }
    }
}

/// How people reach this installation.
#[derive(Clone, Debug)]
pub struct PublicConfig {
    /// Without a trailing slash.
    pub url: String,
    is_chosen: bool,
}

impl PublicConfig {
    pub(super) fn from_env(env: &Env, mode: Mode, listen: &ListenConfig, problems: &mut Vec<String>) -> Self {
        let here = format!("http://{}", listen.address);
        let Some(text) = env.get("SECUREMED_PUBLIC_URL") else {
            if mode == Mode::Production {
                problems.push(
                    "SECUREMED_PUBLIC_URL is missing: how do people reach SecureMed? Such as https://clinic.example"
                        .into(),
                );
            }
            return Self { url: here, is_chosen: false };
        };
        match check_public(&text, mode) {
            Ok(url) => Self { url, is_chosen: true },
            Err(why) => {
                problems.push(format!("SECUREMED_PUBLIC_URL {why}"));
                Self { url: here, is_chosen: false }
            }
        }
    }

    /// Follows the address that was really bound (port 0 takes any free one), unless another was chosen.
    pub fn reached_at(&mut self, bound: SocketAddr) {
        if !self.is_chosen {
            self.url = format!("http://{bound}");
        }
    }
}

fn check_public(text: &str, mode: Mode) -> Result<String, &'static str> {
    const SHAPE: &str = "must be an address such as https://clinic.example, without a path";
    let url = Url::parse(text).map_err(|_| SHAPE)?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !is_bare || url.host().is_none() {
        return Err(SHAPE);
    }
    match url.scheme() {
        "https" => {}
        "http" if mode == Mode::Production => {
            return Err(
                "must begin with https:// here: sessions do not travel in the clear (for plain HTTP on this machine there is `securemed demo`)",
            );
        }
        "http" if is_loopback(&url) => {}
        "http" => return Err("may begin with http:// only for this machine (127.0.0.1, localhost)"),
        _ => return Err(SHAPE),
    }
    Ok(url.origin().ascii_serialization())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
