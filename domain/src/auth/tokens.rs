//! Access tokens: EdDSA (RFC 8037) JSON Web Tokens that name a session.

use domain_types::{SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::{
    auth::keys::LiveKey,
    error::{Error, Result},
    services::Services,
};

/// How long an access token works.
pub const ACCESS_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Clocks of two servers may differ by this much.
const LEEWAY: i64 = 5;
const AUDIENCE: &str = "securemed";
/// RFC 9068's media type, so that no other kind of token is taken for one.
const TOKEN_TYPE: &str = "at+jwt";
const TOKEN_KIND: &str = "access";

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

/// A token for these claims.
pub(super) async fn sign(services: &Services, claims: AccessClaims) -> Result<String> {
    let keys = services.tokens();
    let key = keys.signing(services).await?;
    let issued = services.now().as_second();
    let header = Header { typ: Some(TOKEN_TYPE.into()), kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    let claims = Claims {
        iss: keys.issuer.clone(),
        aud: AUDIENCE.into(),
        sub: claims.user.to_string(),
        sid: claims.session.0,
        kind: TOKEN_KIND.into(),
        iat: issued,
        nbf: issued,
        exp: issued + ACCESS_LIFETIME.as_secs(),
    };
    jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(Error::caused("a token could not be signed"))
}

/// A token of any header and claims under the key that signs now, for tests of what is refused.
#[cfg(feature = "testing")]
pub(crate) async fn sign_anything(
    services: &Services,
    header: &serde_json::Value,
    claims: &serde_json::Value,
) -> Result<String> {
    use data_encoding::BASE64URL_NOPAD;
    let key = services.tokens().signing(services).await?;
    let part = |json: &serde_json::Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key.encoding, Algorithm::EdDSA)
        .map_err(Error::caused("a token could not be signed"))?;
    Ok(format!("{message}.{signature}"))
}

/// What the token says, if it is ours, of this kind and in its time.
pub(super) async fn verify(services: &Services, token: &str) -> Result<AccessClaims> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| Error::TokenNotValid)?;
    // One algorithm and one type, whatever the token says of itself; `jku`, `jwk` and `x5u` are never looked at.
    let (Algorithm::EdDSA, Some(TOKEN_TYPE), Some(kid)) = (header.alg, header.typ.as_deref(), header.kid) else {
        return Err(Error::TokenNotValid);
    };
    let keys = services.tokens();
    let key = keys.verifying(services, &kid).await?.ok_or(Error::TokenNotValid)?;
    read(token, &key, &keys.issuer, services.now())
}

fn read(token: &str, key: &LiveKey, issuer: &str, now: Timestamp) -> Result<AccessClaims> {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    // The library asks the machine for the time; ours is injected, so the two checks follow below.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &key.decoding, &rules).map_err(|_| Error::TokenNotValid)?.claims;
    let now = now.as_second();
    let in_time = claims.nbf <= now + LEEWAY && now < claims.exp.saturating_add(LEEWAY);
    let user = claims.sub.parse().map(UserId).map_err(|_| Error::TokenNotValid)?;
    if claims.kind != TOKEN_KIND || !in_time {
        return Err(Error::TokenNotValid);
    }
    Ok(AccessClaims { user, session: SessionId(claims.sid) })
}
