//! Bearer tokens that are not ours, and some that nearly are: 401 in the contract's shape, and never a 5xx.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::auth::SessionKind;
use http::{HeaderValue, header};
use serde_json::{Value, json};

use crate::support::TestApp;

fn part(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

/// The token with another header and the same claims and signature.
fn with_header(token: &str, change: impl FnOnce(&mut Value)) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let mut header: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(parts[0].as_bytes()).unwrap()).unwrap();
    change(&mut header);
    format!("{}.{}.{}", part(&header), parts[1], parts[2])
}

/// The token with other claims under the same signature.
fn with_claims(token: &str, change: impl FnOnce(&mut Value)) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(parts[1].as_bytes()).unwrap()).unwrap();
    change(&mut claims);
    format!("{}.{}.{}", parts[0], part(&claims), parts[2])
}

fn forgeries(token: &str, other: &str, refresh: &str) -> Vec<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let (head, claims, signature) = (parts[0], parts[1], parts[2]);
    let raw = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
    let mut flipped = raw.clone();
    flipped[10] ^= 1;
    let mut forged = vec![
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        "null".into(),
        "undefined".into(),
        refresh.to_owned(),
        head.to_owned(),
        format!("{head}.{claims}"),
        format!("{head}.{claims}."),
        format!("{head}..{signature}"),
        format!(".{claims}.{signature}"),
        format!("{token}."),
        format!("{token}.{signature}"),
        format!("{token}A"),
        format!("{token}="),
        token[..token.len() - 1].to_owned(),
        format!("{head}.{claims}.{}", BASE64.encode(&raw)),
        format!("{head}.{claims}.{}", BASE64URL_NOPAD.encode(&flipped)),
        format!("{head}.{claims}.{}", BASE64URL_NOPAD.encode(&[0; 64])),
        format!("{head}.{}.{signature}", other.split('.').nth(1).unwrap()),
        format!("{}.{claims}.{signature}", other.split('.').nth(2).unwrap()),
        token.to_uppercase(),
        token.chars().rev().collect(),
        format!("{head}.{}.{signature}", "A".repeat(20_000)),
    ];
    for alg in ["none", "None", "NONE", "", "HS256", "HS512", "RS256", "ES256", "PS512", "EdDSA2"] {
        forged.push(with_header(token, |header| header["alg"] = json!(alg)));
    }
    forged.push(with_header(token, |header| header["alg"] = json!(null)));
    forged.push(with_header(token, |header| header["typ"] = json!("JWT")));
    forged.push(with_header(token, |header| header["typ"] = json!(null)));
    for kid in ["", "0", "../../etc/passwd", "' OR 1=1 --", "\u{0}", "https://evil.example/jwks.json"] {
        forged.push(with_header(token, |header| header["kid"] = json!(kid)));
    }
    forged.push(with_header(token, |header| header["kid"] = json!(null)));
    for (name, value) in [
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/cert.pem")),
        ("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": "AAAA"})),
        ("crit", json!(["exp"])),
    ] {
        forged.push(with_header(token, |header| header[name] = value));
    }
    for (name, value) in [
        ("sub", json!("1")),
        ("sid", json!(1)),
        ("exp", json!(4_000_000_000_u64)),
        ("iss", json!("https://evil.example")),
        ("kind", json!("refresh")),
        ("role", json!("admin")),
    ] {
        forged.push(with_claims(token, |claims| claims[name] = value));
    }
    forged
}

#[tokio::test]
async fn no_forged_token_is_believed_and_none_breaks_anything() {
    let app = TestApp::open().await;
    let maya = app.world.tokens(&app.world.maya, SessionKind::Rest).await;
    let jonas = app.world.tokens(&app.world.jonas, SessionKind::Rest).await;
    let forged = forgeries(&maya.access, &jonas.access, &maya.refresh);
    assert!(forged.len() >= 50, "{}", forged.len());
    for token in forged {
        for path in ["/api/auth/user", "/api/appointments/doctors"] {
            let Ok(value) = HeaderValue::try_from(format!("Bearer {token}")) else { panic!("{token:?}") };
            let request = app.anonymous().request("GET", path).header(header::AUTHORIZATION, value);
            let reply = app.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(reply.problem(), "401 token_not_valid", "{path} with {token:?}");
        }
    }
    let genuine = app.caller(crate::support::Proof::Bearer(maya.access));
    assert_eq!(genuine.get("/api/auth/user").await.status, 200);
}
