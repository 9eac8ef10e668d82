//! Tools of somebody who makes tokens up.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    Error,
    auth::{Activity, SessionKind, authenticate},
    testing::{Engine, TestWorld},
};
use ed25519_dalek::{Signer, SigningKey};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

pub fn part(json: &Value) -> String {
    BASE64URL_NOPAD.encode(json.to_string().as_bytes())
}

fn read(part: &str) -> Value {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

/// The same with one member set, or taken away by `null`.
pub fn with(json: &Value, member: &str, value: Value) -> Value {
    let mut changed = json.clone();
    let members = changed.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(member),
        value => members.insert(member.to_owned(), value),
    };
    changed
}

/// A genuine token, taken apart.
pub struct Genuine {
    pub world: TestWorld,
    pub token: String,
    pub header: Value,
    pub claims: Value,
    /// Somebody else's session.
    pub foreign: i64,
}

impl Genuine {
    pub async fn new(engine: Engine) -> Self {
        let world = TestWorld::new(engine).await;
        let foreign = world.actor(&world.jonas).await.session_id().unwrap().0;
        let token = world.tokens(&world.maya, SessionKind::Rest).await.access;
        let parts: Vec<_> = token.split('.').collect();
        let (header, claims) = (read(parts[0]), read(parts[1]));
        Self { token: token.clone(), header, claims, foreign, world }
    }

    /// Signed by us, with other claims.
    pub async fn claiming(&self, member: &str, value: Value) -> String {
        self.world.forge(&self.header, &with(&self.claims, member, value)).await
    }

    /// Signed by us, with another header.
    pub async fn headed(&self, member: &str, value: Value) -> String {
        self.world.forge(&with(&self.header, member, value), &self.claims).await
    }

    /// Signed with a key of the forger's own.
    pub fn by_another_key(&self, header: &Value) -> String {
        let message = format!("{}.{}", part(header), part(&self.claims));
        let signature = own_key().sign(message.as_bytes());
        format!("{message}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }

    /// Signed with a secret that everybody knows.
    pub fn by_secret(&self, algorithm: Algorithm, secret: &[u8]) -> String {
        let header = with(&self.header, "alg", json!(format!("{algorithm:?}")));
        let message = format!("{}.{}", part(&header), part(&self.claims));
        let signature = crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), algorithm).unwrap();
        format!("{message}.{signature}")
    }

    pub fn parts(&self) -> [&str; 3] {
        let parts: Vec<_> = self.token.split('.').collect();
        parts.try_into().unwrap()
    }

    pub async fn is_refused(&self, what: &str, token: &str) {
        let refused = authenticate(&self.world.services, token, Activity::Active).await;
        assert!(matches!(refused, Err(Error::TokenNotValid)), "{what}: {refused:?}");
        assert_eq!(refused.unwrap_err().to_problem().status(), 401);
    }

    pub async fn is_accepted(&self, what: &str, token: &str) {
        let accepted = authenticate(&self.world.services, token, Activity::Active).await;
        assert!(accepted.is_ok(), "{what}: {accepted:?}");
    }
}

pub fn own_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}
