//! Whether this is the master key under which the database was sealed: asked once at start, so that a wrong key is told
//! there and not page by page, and so that nothing is sealed under two keys.

use data_encoding::BASE64URL_NOPAD;
use entity::setting;
use sea_orm::{ActiveModelTrait, EntityTrait, Set, sea_query::OnConflict};

use crate::{
    error::{Error, Result},
    services::Services,
    time::to_db,
};

/// The row among the settings that holds a known word, sealed.
const ROW: &str = "master_key";
const WORD: &[u8] = b"securemed";

/// Compares the master keys with the database; a database that has seen no key yet remembers this one. `false` when it
/// was sealed under a key that is not among them.
///
/// # Errors
/// When the database is away.
pub async fn fits(services: &Services) -> Result<bool> {
    let sealer = &services.seals().check;
    let tx = services.db().begin().await?;
    let first = setting::ActiveModel {
        key: Set(ROW.to_owned()),
        value: Set(sealed(services)?),
        updated_at: Set(to_db(services.now())),
        ..Default::default()
    };
    setting::Entity::insert(first)
        .on_conflict(OnConflict::column(setting::Column::Key).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    let row = setting::Entity::find_by_id(ROW).one(&tx).await?;
    tx.commit().await?;
    let row = row.ok_or_else(|| Error::internal("the word that checks the master key vanished"))?;
    Ok(opened(&row.value).is_some_and(|bytes| sealer.open(ROW, &bytes).is_some_and(|word| *word == WORD)))
}

/// Seals the word under the present key, after another has opened it.
///
/// # Errors
/// When the database is away.
pub(crate) async fn reseal(services: &Services) -> Result<()> {
    let tx = services.db().begin().await?;
    let row = setting::Entity::find_by_id(ROW).one(&tx).await?;
    let is_outdated =
        |row: &setting::Model| opened(&row.value).is_none_or(|bytes| services.seals().check.is_outdated(&bytes));
    if row.as_ref().is_some_and(is_outdated) {
        let anew = setting::ActiveModel {
            key: Set(ROW.to_owned()),
            value: Set(sealed(services)?),
            updated_at: Set(to_db(services.now())),
            ..Default::default()
        };
        anew.update(&tx).await?;
    }
    tx.commit().await
}

/// As JSON, like every setting.
fn sealed(services: &Services) -> Result<String> {
    let sealed = BASE64URL_NOPAD.encode(&services.seals().check.seal(ROW, WORD)?);
    serde_json::to_string(&sealed).map_err(Error::caused("the word that checks the master key cannot be written"))
}

fn opened(value: &str) -> Option<Vec<u8>> {
    let text: String = serde_json::from_str(value).ok()?;
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}
