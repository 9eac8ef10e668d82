//! What somebody typed into a form that was refused, kept for ten minutes so that the page can refill it once. The same
//! way something goes from one page to the next that must not stand in an address, and an act waits for a fresh proof of
//! who is asking.
//!
//! Without JavaScript a refused form comes back as a redirect, and a redirect has nothing but an address to carry what
//! was typed: reasons for a visit do not belong there. So it is sealed here, bound to whoever typed it, and the address
//! carries a random token.

use std::collections::BTreeMap;

use domain_types::{Problem, UserId, records::LONGEST_TEXT};
use entity::kept_form;
use jiff::SignedDuration;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, sea_query::ExprTrait,
};
use serde::{Deserialize, Serialize};

use crate::{
    db::Tx,
    error::{Error, Result},
    network::network_of,
    secrets::{random_token, token_hash},
    services::Services,
    time::to_db,
};

const KEPT: SignedDuration = SignedDuration::from_mins(10);
/// Of the 64 digits of the keyed hash: 128 bits.
const PERSON_DIGITS: usize = 32;
/// Bytes of a form of somebody who is signed in: a note whose four parts are as long as they may be, in any script.
const OF_SOMEBODY: usize = 4 * 4 * LONGEST_TEXT + 16 * 1024;
/// Bytes of a form of somebody who is not: an account with its names and addresses, or a reason for a visit.
const OF_NOBODY: usize = 8 * 1024;
/// Forms kept of one session; the oldest go.
const PER_SESSION: u64 = 6;
/// Forms kept of one network's people without a session.
const PER_NETWORK: u64 = 32;

/// Who sent a form, for counting.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// Somebody who is signed in, by the name of their session.
    Session(&'a str),
    /// Somebody who is not, by their address.
    Address(&'a str),
}

impl Source<'_> {
    fn hash(self, services: &Services) -> String {
        let who = match self {
            Self::Session(session) => format!("session {session}"),
            Self::Address(address) => format!("network {}", network_of(address)),
        };
        services.seals().guesses.of(&who)
    }

    const fn bounds(self) -> (usize, u64) {
        match self {
            Self::Session(_) => (OF_SOMEBODY, PER_SESSION),
            Self::Address(_) => (OF_NOBODY, PER_NETWORK),
        }
    }
}

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

impl KeptForm {
    fn within(&self, bytes: usize) -> Self {
        let fits =
            |act: &&PostedForm| act.fields.iter().map(|(name, text)| name.len() + text.len()).sum::<usize>() <= bytes;
        Self {
            problem: self.problem.clone(),
            fields: within(bytes, &self.fields),
            act: self.act.as_ref().filter(fits).cloned(),
        }
    }
}

/// Whether a field holds what is never kept: a password, a code, a token.
#[must_use]
pub fn is_secret(field: &str) -> bool {
    field.split(['_', '-']).any(|word| matches!(word, "password" | "otp" | "code" | "token"))
}

/// Keeps a form and gives the token that brings it back. Never pass what somebody typed as a password or a code. Of what
/// is longer than any form may be, the longest fields are not kept, and no act goes on by itself.
///
/// # Errors
/// When the database is away.
pub async fn keep(services: &Services, owner: &str, source: Source<'_>, kept: &KeptForm) -> Result<String> {
    let token = random_token();
    let (bytes, count) = source.bounds();
    let kept = kept.within(bytes);
    let plain = serde_json::to_vec(&kept).map_err(Error::caused("a form could not be kept"))?;
    let (token_hash, source_hash) = (token_hash(&token), source.hash(services));
    let tx = services.db().begin().await?;
    kept_form::ActiveModel {
        sealed: Set(services.seals().forms.seal(&token_hash, &plain)?),
        owner_hash: Set(self::token_hash(owner)),
        source_hash: Set(source_hash.clone()),
        token_hash: Set(token_hash),
        expires_at: Set(to_db(services.now() + KEPT)),
        ..Default::default()
    }
    .insert(&tx)
    .await?;
    forget_older(&tx, &source_hash, count).await?;
    tx.commit().await?;
    Ok(token)
}

/// The fields, without the longest ones when all together are too long: half a text would be taken for a whole one.
fn within(bytes: usize, fields: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut kept = fields.clone();
    let size = |kept: &BTreeMap<String, String>| kept.iter().map(|(name, text)| name.len() + text.len()).sum::<usize>();
    while size(&kept) > bytes {
        let longest = kept.iter().max_by_key(|(_, text)| text.len()).map(|(name, _)| name.clone());
        let Some(longest) = longest else { break };
        kept.remove(&longest);
    }
    kept
}

/// Forgets what is older than the newest `count` forms of one source.
async fn forget_older(tx: &Tx, source_hash: &str, count: u64) -> Result<()> {
    let theirs = kept_form::Column::SourceHash.eq(source_hash);
    let ids = kept_form::Entity::find()
        .select_only()
        .column(kept_form::Column::Id)
        .filter(theirs.clone())
        .order_by_desc(kept_form::Column::Id)
        .offset(count)
        .limit(1);
    let first_too_many: Option<i64> = ids.into_tuple().one(tx).await?;
    if let Some(id) = first_too_many {
        kept_form::Entity::delete_many().filter(theirs.and(kept_form::Column::Id.lte(id))).exec(tx).await?;
    }
    Ok(())
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
    let taken = kept_form::Entity::delete_by_id(row.id).exec(&tx).await?.rows_affected;
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
    let gone = kept_form::Entity::delete_many().filter(expired).exec(&tx).await?.rows_affected;
    tx.commit().await?;
    Ok(gone)
}
