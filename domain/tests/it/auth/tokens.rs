//! Access tokens that somebody made up.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    auth::{SessionKind, public_keys},
    testing::Engine,
};
use jsonwebtoken::Algorithm;
use rstest::rstest;
use serde_json::json;

use super::{
    forger::{Genuine, own_key, part, with},
    support::anybody,
};

#[rstest]
#[tokio::test]
async fn what_we_never_claim_is_refused_even_if_we_signed_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let genuine = Genuine::new(engine).await;
    genuine.is_accepted("the forger's tools work", &genuine.world.forge(&genuine.header, &genuine.claims).await).await;
    let now = genuine.world.services.now().as_second();
    genuine.is_accepted("four seconds late", &genuine.claiming("exp", json!(now - 4)).await).await;
    genuine.is_accepted("five seconds early", &genuine.claiming("nbf", json!(now + 5)).await).await;
    for (member, value) in [
        ("iss", json!(null)),
        ("iss", json!("https://evil.example")),
        ("iss", json!("http://127.0.0.1:3000/")),
        ("iss", json!([])),
        ("aud", json!(null)),
        ("aud", json!("another")),
        ("aud", json!(["another"])),
        ("aud", json!("")),
        ("sub", json!(null)),
        ("sub", json!("maya")),
        ("sub", json!("")),
        ("sub", json!("1 OR 1=1")),
        ("sub", json!(genuine.world.jonas.user.to_string())),
        ("sub", json!(genuine.world.admin.user.to_string())),
        ("sub", json!(genuine.world.maya.user.0)),
        ("sub", json!("99999999999999999999")),
        ("sid", json!(null)),
        ("sid", json!(genuine.foreign)),
        ("sid", json!(987_654)),
        ("sid", json!(0)),
        ("sid", json!(-1)),
        ("sid", json!(i64::MAX)),
        ("sid", json!("1")),
        ("sid", json!(1.5)),
        ("kind", json!(null)),
        ("kind", json!("refresh")),
        ("kind", json!("ticket")),
        ("kind", json!("ACCESS")),
        ("kind", json!(["access"])),
        ("iat", json!(null)),
        ("nbf", json!(null)),
        ("nbf", json!(now + 6)),
        ("nbf", json!(i64::MAX)),
        ("exp", json!(null)),
        ("exp", json!(now - 5)),
        ("exp", json!(0)),
        ("exp", json!(i64::MIN)),
        ("exp", json!("4102444800")),
        ("exp", json!(1e300)),
    ] {
        let token = genuine.claiming(member, value.clone()).await;
        genuine.is_refused(&format!("{member} {value}"), &token).await;
    }
}

#[rstest]
#[tokio::test]
async fn another_kind_of_token_is_refused_even_if_we_signed_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let genuine = Genuine::new(engine).await;
    for (member, value) in [
        ("typ", json!(null)),
        ("typ", json!("JWT")),
        ("typ", json!("refresh+jwt")),
        ("typ", json!("AT+JWT ")),
        ("kid", json!(null)),
        ("kid", json!("")),
        ("kid", json!("0000000000000000")),
        ("kid", json!("../../../../dev/null")),
        ("kid", json!("/proc/self/environ")),
        ("kid", json!("' OR '1'='1")),
        ("kid", json!("x' UNION SELECT sealed_seed FROM signing_key --")),
        ("kid", json!("\0")),
        ("kid", json!("é虎")),
        ("kid", json!("k".repeat(100_000))),
        ("kid", json!(1)),
        ("alg", json!(null)),
        ("alg", json!("none")),
        ("alg", json!("EDDSA")),
        ("alg", json!("Ed25519")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("alg", json!("PS512")),
        ("alg", json!("ES256")),
        ("alg", json!(["EdDSA"])),
    ] {
        let token = genuine.headed(member, value.clone()).await;
        genuine.is_refused(&format!("{member} {value}"), &token).await;
    }
}

#[rstest]
#[tokio::test]
async fn what_we_did_not_sign_is_refused_whatever_it_says(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let genuine = Genuine::new(engine).await;
    let [header, claims, signature] = genuine.parts();
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let header = part(&with(&genuine.header, "alg", json!(none)));
        for signature in ["", signature] {
            genuine.is_refused(&format!("alg {none:?}"), &format!("{header}.{claims}.{signature}")).await;
        }
        genuine.is_refused(&format!("alg {none:?}, two parts"), &format!("{header}.{claims}")).await;
    }
    let key = public_keys(&genuine.world.services, &anybody()).await.unwrap().remove(0);
    let raw = BASE64URL_NOPAD.decode(key.x.as_bytes()).unwrap();
    let der = [&[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00], raw.as_slice()].concat();
    let der = data_encoding::BASE64.encode(&der);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n");
    let jwk = serde_json::to_string(&key).unwrap();
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        for secret in [raw.as_slice(), key.x.as_bytes(), pem.as_bytes(), jwk.as_bytes(), b"", b"secret"] {
            genuine.is_refused("the public key as a secret", &genuine.by_secret(algorithm, secret)).await;
        }
    }
    let own = BASE64URL_NOPAD.encode(own_key().verifying_key().as_bytes());
    let own_jwk = json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": key.kid, "x": own});
    genuine.is_refused("another key under our id", &genuine.by_another_key(&genuine.header)).await;
    for (member, value) in [
        ("jwk", own_jwk),
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/key.pem")),
        ("x5c", json!([own])),
        ("kid", json!(null)),
        ("kid", json!("https://evil.example/jwks.json")),
    ] {
        let token = genuine.by_another_key(&with(&genuine.header, member, value));
        genuine.is_refused(&format!("another key, named by {member}"), &token).await;
    }
    let zeros = BASE64URL_NOPAD.encode(&[0; 64]);
    genuine.is_refused("a signature of zeros", &format!("{header}.{claims}.{zeros}")).await;
    genuine.is_accepted("and the genuine one", &genuine.token).await;
}

#[tokio::test]
async fn a_genuine_token_is_refused_when_a_single_character_differs() {
    let genuine = Genuine::new(Engine::Sqlite).await;
    let token = &genuine.token;
    for place in 0..token.len() {
        for other in ['A', 'B', '.'] {
            let mut changed: Vec<char> = token.chars().collect();
            if changed[place] != other {
                changed[place] = other;
                let changed: String = changed.into_iter().collect();
                genuine.is_refused(&format!("{other} at {place}"), &changed).await;
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn what_is_no_token_at_all_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let genuine = Genuine::new(engine).await;
    let [header, claims, signature] = genuine.parts();
    let token = genuine.token.as_str();
    // The last of 86 characters holds two bits of the signature and four that must be zero.
    let (cut, last) = signature.split_at(signature.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digit = alphabet.find(last).unwrap();
    assert_eq!(digit % 16, 0);
    for bits in 1..16 {
        let twisted = &alphabet[digit + bits..=digit + bits];
        genuine.is_refused("trailing bits", &format!("{header}.{claims}.{cut}{twisted}")).await;
    }
    let other = genuine.world.tokens(&genuine.world.maya, SessionKind::Rest).await;
    let others: Vec<_> = other.access.split('.').collect();
    let swapped = [
        format!("{header}.{}.{signature}", others[1]),
        format!("{header}.{claims}.{}", others[2]),
        format!("{claims}.{header}.{signature}"),
        format!("{signature}.{claims}.{header}"),
    ];
    let made_up = [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        " ".into(),
        "null".into(),
        "{}".into(),
        "虎.虎.虎".into(),
        "\0.\0.\0".into(),
        "x".repeat(1_000_000),
        format!("{header}.{claims}.{}", "A".repeat(1_000_000)),
        header.to_owned(),
        format!("{header}.{claims}"),
        format!("{header}.{claims}."),
        format!("{header}..{signature}"),
        format!(".{claims}.{signature}"),
        format!("{header}.{claims}.{cut}"),
        format!("{header}.{claims}.{}", &signature[..43]),
        format!("{token}A"),
        format!("{token}AAAA"),
        format!("{token}="),
        format!("{token}=="),
        format!("{token}."),
        format!("{token}.{signature}"),
        format!("{token}.{claims}.{signature}"),
        format!(" {token}"),
        format!("{token} "),
        format!("{token}\n"),
        format!("{header}. {claims}.{signature}"),
        format!("Bearer {token}"),
        token.to_lowercase(),
        format!("{}.{claims}.{signature}", BASE64URL_NOPAD.encode(b"not json")),
        format!("{}.{claims}.{signature}", part(&json!([]))),
        format!("{header}.{}.{signature}", part(&json!({}))),
        format!("{header}.{}.{signature}", part(&json!("claims"))),
        other.refresh,
    ];
    for forged in swapped.iter().chain(&made_up) {
        genuine.is_refused(&forged.chars().take(200).collect::<String>(), forged).await;
    }
    genuine.is_accepted("and the genuine one", token).await;
}
