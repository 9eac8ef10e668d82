//! What patients ask about a result, and how they learn of the answer.
//!
//! A question is sealed under its patient's key, and waits in its doctor's inbox. The answer is an addition to the entry.

use domain_types::{
    RecordId,
    records::{NoticeKind, PatientRef, RecordStatus, RecordView, parse_question},
};
use entity::doctor_notice::{self, Column as N};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};

use super::{Which, entries::entry, letters, notices, opening::sealed, patients};
use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::Tx,
    error::{Error, Result},
    mail::RecordNews,
    patient_keys,
    services::Services,
    settings::{self, Settings},
    time::to_db,
};

/// Questions about one entry that may wait at the same time.
const MOST_QUESTIONS: u64 = 3;

/// The questions about an entry.
fn about_entry(entry: RecordId) -> Expr {
    Expr::col(N::RecordId).eq(entry.0).and(Expr::col(N::Kind).eq(NoticeKind::Question.as_str()))
}

/// Asks the doctor who answers for one's own entry about it.
///
/// # Errors
/// `OtherRole` for everybody but patients, `NotFound` for whatever is not their own signed entry of a doctor, `Invalid` for an
/// empty or too long question and when several wait already.
pub async fn ask_doctor(
    services: &Services,
    actor: &Actor,
    reference: &str,
    text: &str,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "inbox.ask", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = asked(services, &tx, actor, reference, text).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

async fn asked(services: &Services, tx: &Tx, actor: &Actor, reference: &str, text: &str) -> Result<Found<RecordView>> {
    let patient = Patient::try_from(actor)?.id;
    let settings = settings::load(&**tx).await?;
    let about = entry(services, &**tx, actor.person()?, &settings, &Which::from(reference)).await?;
    let is_signed = about.row.status == RecordStatus::Final.as_str();
    let doctor = about.row.doctor_id.filter(|_| is_signed).ok_or(Error::NotFound)?;
    let text = parse_question(text)?;
    let waiting = doctor_notice::Entity::find().filter(about_entry(about.record.id)).filter(N::SeenAt.is_null());
    if waiting.count(&**tx).await? >= MOST_QUESTIONS {
        let sentence = "Your questions about this are waiting for your doctor. If it is urgent, call the clinic.";
        return Err(Error::field("text", sentence));
    }
    let key = patient_keys::for_writing(services, tx, patient).await?;
    let now = to_db(services.now());
    let row = doctor_notice::ActiveModel {
        doctor_id: Set(doctor),
        patient_id: Set(patient.0),
        record_id: Set(about.row.id),
        kind: Set(NoticeKind::Question.as_str().to_owned()),
        note: Set(Some(sealed(&key, notices::place(&notices::row_name(about.row.id, doctor, now)), &text)?)),
        created_at: Set(now),
        seen_at: Set(None),
        ..Default::default()
    };
    doctor_notice::Entity::insert(row).exec_without_returning(&**tx).await?;
    Ok(about.found())
}

/// After an addition to an entry: what was asked about it waits no longer, and whoever asked is told by a mail that there
/// is something to read.
pub(super) async fn tell_answered(services: &Services, tx: &Tx, settings: &Settings, entry: &RecordView) -> Result<()> {
    if doctor_notice::Entity::find().filter(about_entry(entry.id)).count(&**tx).await? == 0 {
        return Ok(());
    }
    notices::mark(services, &**tx, about_entry(entry.id)).await?;
    let patient = patients::find(&**tx, &PatientRef::Id(entry.patient)).await?.ok_or(Error::NotFound)?;
    let news = RecordNews::Answered { entry: entry.reference.clone() };
    letters::tell(services, tx, settings, patient.addressee(), news).await
}
