//! Access tokens: EdDSA (RFC 8037) JSON Web Tokens that name a session.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain_types::{SessionId, UserId};
use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    secrets::MasterKey,
};

/// How long an access token works.
pub const ACCESS_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Clocks of two servers may differ by this much.
const LEEWAY: i64 = 5;
const AUDIENCE: &str = "securemed";
/// RFC 9068's media type, so that no other kind of token is taken for one.
const TOKEN_TYPE: &str = "at+jwt";
const TOKEN_KIND: &str = "access";
/// What precedes the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
const PKCS8_ED25519: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: i64,
    kind: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// What a valid access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AccessClaims {
    pub user: UserId,
    pub session: SessionId,
}

/// The key that signs access tokens, derived from the master key: every server of an installation has the same.
pub(crate) struct TokenKeys {
    kid: String,
    issuer: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl TokenKeys {
    pub(crate) fn derive(master: &MasterKey, issuer: &str) -> Result<Self> {
        let seed = master.derive("securemed access token signing key v1")?;
        let public = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
        let der = zeroize::Zeroizing::new([PKCS8_ED25519.as_slice(), seed.as_slice()].concat());
        Ok(Self {
            kid: HEXLOWER.encode(&Sha256::digest(public)[..8]),
            issuer: issuer.to_owned(),
            encoding: EncodingKey::from_ed_der(&der),
            decoding: DecodingKey::from_ed_components(&BASE64URL_NOPAD.encode(&public))
                .map_err(Error::caused("the token key could not be made"))?,
        })
    }

    pub(crate) fn sign(&self, claims: AccessClaims, now: Timestamp) -> Result<String> {
        let issued = now.as_second();
        let header =
            Header { typ: Some(TOKEN_TYPE.into()), kid: Some(self.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: claims.user.to_string(),
            sid: claims.session.0,
            kind: TOKEN_KIND.into(),
            iat: issued,
            nbf: issued,
            exp: issued + ACCESS_LIFETIME.as_secs(),
        };
        jsonwebtoken::encode(&header, &claims, &self.encoding).map_err(Error::caused("a token could not be signed"))
    }

    /// What the token says, if it is ours, of this kind and in its time.
    pub(crate) fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Error::TokenNotValid)?;
        let ours = header.alg == Algorithm::EdDSA
            && header.kid.as_deref() == Some(&self.kid)
            && header.typ.as_deref() == Some(TOKEN_TYPE);
        if !ours {
            return Err(Error::TokenNotValid);
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // The library asks the machine for the time; ours is injected, so the two checks follow below.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &self.decoding, &rules).map_err(|_| Error::TokenNotValid)?.claims;
        let now = now.as_second();
        let in_time = claims.nbf <= now + LEEWAY && now < claims.exp + LEEWAY;
        let user = claims.sub.parse().map(UserId).map_err(|_| Error::TokenNotValid)?;
        if claims.kind != TOKEN_KIND || !in_time {
            return Err(Error::TokenNotValid);
        }
        Ok(AccessClaims { user, session: SessionId(claims.sid) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: AccessClaims = AccessClaims { user: UserId(7), session: SessionId(9) };

    fn keys() -> TokenKeys {
        TokenKeys::derive(&MasterKey::generate(), "https://clinic.example").unwrap()
    }

    fn noon() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_token_says_what_was_signed_until_it_expires() {
        let keys = keys();
        let token = keys.sign(CLAIMS, noon()).unwrap();
        assert_eq!(keys.verify(&token, noon()).unwrap(), CLAIMS);
        let last = noon() + ACCESS_LIFETIME + SignedDuration::from_secs(LEEWAY - 1);
        assert!(keys.verify(&token, last).is_ok());
        assert!(keys.verify(&token, last + SignedDuration::from_secs(1)).is_err());
        assert!(keys.verify(&token, noon() - SignedDuration::from_secs(LEEWAY + 1)).is_err());
    }

    #[test]
    fn forged_tokens_are_refused() {
        let keys = keys();
        let token = keys.sign(CLAIMS, noon()).unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let other = TokenKeys::derive(&MasterKey::generate(), "https://clinic.example").unwrap();
        let unsigned = BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"at+jwt"}"#);
        let hs256 =
            Header { kid: Some(keys.kid.clone()), typ: Some(TOKEN_TYPE.into()), ..Header::new(Algorithm::HS256) };
        let with_public_key = jsonwebtoken::encode(
            &hs256,
            &serde_json::json!({"sub": "7", "sid": 9, "kind": "access", "exp": 4_000_000_000_u64}),
            &EncodingKey::from_secret(keys.kid.as_bytes()),
        )
        .unwrap();
        let forgeries = [
            String::new(),
            "a.b.c".into(),
            format!("{unsigned}.{}.", parts[1]),
            format!("{}.{}.", parts[0], parts[1]),
            format!("{}.{}.{}A", parts[0], parts[1], parts[2]),
            other.sign(CLAIMS, noon()).unwrap(),
            with_public_key,
        ];
        for forgery in forgeries {
            assert!(matches!(keys.verify(&forgery, noon()), Err(Error::TokenNotValid)), "{forgery}");
        }
    }

    #[test]
    fn a_token_of_another_address_is_refused() {
        let master = MasterKey::generate();
        let here = TokenKeys::derive(&master, "https://a.example").unwrap();
        let there = TokenKeys::derive(&master, "https://b.example").unwrap();
        assert!(here.verify(&there.sign(CLAIMS, noon()).unwrap(), noon()).is_err());
    }
}
