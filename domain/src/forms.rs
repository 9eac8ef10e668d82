//! What somebody typed into a form that was refused, kept for ten minutes so that the page can refill it once. The same
//! way something goes from one page to the next that must not stand in an address, and an act waits for a fresh proof of
//! who is asking.
//!
//! Without JavaScript a refused form comes back as a redirect, and a redirect has nothing but an address to carry what
//! was typed: reasons for a visit do not belong there. So it is sealed here, bound to whoever typed it, and the address
//! carries a random token.

use std::collections::BTreeMap;

use domain_types::{Problem, UserId};
use entity::kept_form;
use jiff::SignedDuration;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    secrets::{random_token, token_hash},
    services::Services,
    time::to_db,
};

const KEPT: SignedDuration = SignedDuration::from_mins(10);
/// Of the 64 digits of the keyed hash: 128 bits.
const PERSON_DIGITS: usize = 32;

/// Names an account in the forms that are drawn for them, so that a form cannot be sent by somebody else who signed in
/// meanwhile. Only this installation can make the name; without an account it is nobody's.
#[must_use]
pub fn drawn_for(services: &Services, account: Option<UserId>) -> String {
    let whose = account.map_or_else(|| "nobody".to_owned(), |user| format!("account {user}"));
    let mut name = services.seals().people.of(&whose);
    name.truncate(PERSON_DIGITS);
    name
}

/// A form as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedForm {
    pub path: String,
    pub fields: Vec<(String, String)>,
}

/// What a kept form brings back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptForm {
    /// What was wrong with it, if anything.
    pub problem: Option<Problem>,
    pub fields: BTreeMap<String, String>,
    /// The act itself, when it waits for a fresh proof of who is asking.
    #[serde(default)]
    pub act: Option<PostedForm>,
}

/// Whether a field holds what is never kept: a password, a code, a token.
#[must_use]
pub fn is_secret(field: &str) -> bool {
    field.split(['_', '-']).any(|word| matches!(word, "password" | "otp" | "code" | "token"))
}

/// Keeps a form and gives the token that brings it back. Never pass what somebody typed as a password or a code.
///
/// # Errors
/// When the database is away.
pub async fn keep(services: &Services, owner: &str, kept: &KeptForm) -> Result<String> {
    let token = random_token();
    let plain = serde_json::to_vec(kept).map_err(Error::caused("a form could not be kept"))?;
    let token_hash = token_hash(&token);
    let tx = services.db().begin().await?;
    kept_form::ActiveModel {
        sealed: Set(services.seals().forms.seal(&token_hash, &plain)?),
        owner_hash: Set(self::token_hash(owner)),
        token_hash: Set(token_hash),
        expires_at: Set(to_db(services.now() + KEPT)),
        ..Default::default()
    }
    .insert(&*tx)
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// Gives a kept form back, once, to whoever typed it.
///
/// # Errors
/// When the database is away. An unknown, foreign, used or expired token gives `None`.
pub async fn take(services: &Services, owner: &str, token: &str) -> Result<Option<KeptForm>> {
    let hash = token_hash(token);
    let mine = kept_form::Column::TokenHash
        .eq(&hash)
        .and(kept_form::Column::OwnerHash.eq(token_hash(owner)))
        .and(kept_form::Column::ExpiresAt.gt(to_db(services.now())));
    let Some(row) = kept_form::Entity::find().filter(mine).one(services.db().read()).await? else { return Ok(None) };
    let tx = services.db().begin().await?;
    let taken = kept_form::Entity::delete_by_id(row.id).exec(&*tx).await?.rows_affected;
    tx.commit().await?;
    if taken == 0 {
        return Ok(None);
    }
    let Some(plain) = services.seals().forms.open(&hash, &row.sealed) else { return Ok(None) };
    let kept = serde_json::from_slice(&plain).map_err(Error::caused("a kept form cannot be read"))?;
    Ok(Some(kept))
}

/// Forgets what nobody came back for.
///
/// # Errors
/// When the database is away.
pub async fn forget_expired(services: &Services) -> Result<u64> {
    let tx = services.db().begin().await?;
    let expired = kept_form::Column::ExpiresAt.lte(to_db(services.now()));
    let gone = kept_form::Entity::delete_many().filter(expired).exec(&*tx).await?.rows_affected;
    tx.commit().await?;
    Ok(gone)
}
