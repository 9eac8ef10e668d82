//! Questions about looks, as they are stored.

use std::collections::HashMap;

use domain_types::{
    PatientId,
    records::{AnswerView, AskAboutLook, QuestionView},
};
use entity::access_question::{self, Column as Q};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use super::{people::People, rows::Event};
use crate::{
    db::Tx,
    error::{Error, Result},
    patient_keys::{self, DataKey, Place},
    services::Services,
    time::{Labels, from_db, to_db},
};

/// What is shown where the key was erased.
const ERASED: &str = "This text was erased.";

/// What names a question for ever.
pub(super) fn row_name(event: i64, patient: i64) -> String {
    format!("{event} {patient}")
}

/// Where the words of a question stand.
pub(super) const fn place<'a>(column: &'static str, row: &'a str) -> Place<'a> {
    Place { table: "access_question", column, row }
}

/// Writes a question down, unless it stands there already.
pub(super) async fn put(services: &Services, tx: &Tx, patient: PatientId, command: &AskAboutLook) -> Result<()> {
    let same =
        access_question::Entity::find().filter(Q::PatientId.eq(patient.0)).filter(Q::EventId.eq(command.event.0));
    if same.one(tx).await?.is_some() {
        return Ok(());
    }
    let key = patient_keys::for_writing(services, tx, patient).await?;
    let row = row_name(command.event.0, patient.0);
    let question = access_question::ActiveModel {
        event_id: Set(command.event.0),
        patient_id: Set(patient.0),
        note: Set(key.seal(place("note", &row), command.note.as_bytes())?),
        asked_at: Set(to_db(services.now())),
        ..Default::default()
    };
    // Asked twice at once, it is one question.
    let once = OnConflict::columns([Q::PatientId, Q::EventId]).do_nothing().to_owned();
    access_question::Entity::insert(question).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

/// What a patient asked about some events, by their ids.
pub(super) async fn about(
    services: &Services,
    db: &impl ConnectionTrait,
    labels: &Labels,
    patient: PatientId,
    events: &[Event],
) -> Result<HashMap<i64, QuestionView>> {
    let ids = events.iter().map(|event| event.id);
    let (Some(first), Some(last)) = (ids.clone().min(), ids.max()) else { return Ok(HashMap::new()) };
    let between =
        access_question::Entity::find().filter(Q::PatientId.eq(patient.0)).filter(Q::EventId.between(first, last));
    let rows = between.all(db).await?;
    let keys = patient_keys::find(services, db, rows.iter().map(|row| row.patient_id)).await?;
    let answerers = People::find(db, rows.iter().filter_map(|row| row.answered_by_user_id)).await?;
    let key = keys.get(&patient.0);
    let view = |row: &access_question::Model| Ok((row.event_id, opened(row, key, labels, &answerers)?));
    rows.iter().map(view).collect()
}

/// A question in words. Without its key it says nothing.
///
/// # Errors
/// Internal, when something in it does not open.
pub(super) fn opened(
    row: &access_question::Model,
    key: Option<&DataKey>,
    labels: &Labels,
    answerers: &People,
) -> Result<QuestionView> {
    let name = row_name(row.event_id, row.patient_id);
    let text = |column: &'static str, sealed: &[u8]| match key {
        None => Ok(ERASED.to_owned()),
        Some(key) => String::from_utf8(key.open(place(column, &name), sealed)?.to_vec())
            .map_err(Error::caused("a question cannot be understood")),
    };
    let answer = match (&row.answer, row.answered_at, row.answered_by_user_id) {
        (Some(sealed), Some(at), Some(by)) => {
            Some(AnswerView { text: text("answer", sealed)?, at: labels.when(from_db(at)), by: answerers.name(by) })
        }
        _ => None,
    };
    Ok(QuestionView { asked: labels.when(from_db(row.asked_at)), note: text("note", &row.note)?, answer })
}
