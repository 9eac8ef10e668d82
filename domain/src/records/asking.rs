//! What patients ask about a result, and how they learn of the answer.
//!
//! A question is sealed under its patient's key, and waits in its doctor's inbox. The answer is an addition to the entry.

use domain_types::{
    DoctorNoticeId, RecordId,
    records::{AnswerState, EntryQuestion, NoticeKind, PatientRef, RecordView, parse_question},
};
use entity::doctor_notice::{self, Column as N};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
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
    settings::Settings,
    time::{from_db, to_db},
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
    let act = Act::AskDoctor;
    let tx = services.db().begin().await?;
    let outcome = asked(services, &tx, actor, reference, text).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

async fn asked(services: &Services, tx: &Tx, actor: &Actor, reference: &str, text: &str) -> Result<Found<RecordView>> {
    let patient = Patient::try_from(actor)?.id;
    let settings = services.settings().await?;
    let about = entry(services, tx, actor.person()?, &settings, &Which::from(reference)).await?;
    let doctor = about.row.doctor_id.filter(|_| about.record.takes_questions()).ok_or(Error::NotFound)?;
    let text = parse_question(text)?;
    let waiting = doctor_notice::Entity::find().filter(about_entry(about.record.id)).filter(N::SeenAt.is_null());
    if waiting.count(tx).await? >= MOST_QUESTIONS {
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
        answer_id: Set(None),
        ..Default::default()
    };
    doctor_notice::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(about.found())
}

/// The questions about an entry with what became of them, the oldest first.
pub(super) async fn of_entry(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    entry: &RecordView,
) -> Result<Vec<EntryQuestion>> {
    let rows = doctor_notice::Entity::find().filter(about_entry(entry.id)).order_by_asc(N::Id).all(tx).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keys = patient_keys::find(services, tx, [entry.patient.0]).await?;
    let labels = settings.labels(services.now());
    let view = |row: doctor_notice::Model| {
        Ok(EntryQuestion {
            id: DoctorNoticeId(row.id),
            asked: labels.when(from_db(row.created_at)),
            text: notices::question(&row, keys.get(&entry.patient.0))?,
            state: match (row.answer_id, row.seen_at) {
                (Some(answer), _) => AnswerState::Answered(RecordId(answer)),
                (None, Some(_)) => AnswerState::Closed,
                (None, None) => AnswerState::Waiting,
            },
        })
    };
    rows.into_iter().map(view).collect()
}

/// Notes that an addendum answers a question about its entry, which waits no longer, and tells the patient by a mail that
/// there is something to read. Whoever may add to the entry may answer for a colleague who is away.
///
/// # Errors
/// `NotFound` for a question about something else, `Invalid` for one that was answered.
pub(super) async fn answered(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    question: DoctorNoticeId,
    (entry, answer): (&RecordView, RecordId),
) -> Result<()> {
    let which = Condition::all().add(about_entry(entry.id)).add(N::Id.eq(question.0));
    let row = doctor_notice::Entity::find().filter(which).one(tx).await?.ok_or(Error::NotFound)?;
    let noted = doctor_notice::Entity::update_many()
        .col_expr(N::AnswerId, Expr::value(answer.0))
        .filter(N::Id.eq(row.id))
        .filter(N::AnswerId.is_null())
        .exec(tx)
        .await?;
    if noted.rows_affected == 0 {
        return Err(Error::field("text", "This question has already been answered. Read the answer on the entry."));
    }
    notices::mark(services, tx, Expr::col(N::Id).eq(row.id)).await?;
    let patient = patients::find(tx, &PatientRef::Id(entry.patient)).await?.ok_or(Error::NotFound)?;
    let news = RecordNews::Answered { entry: entry.reference.clone() };
    letters::tell(services, tx, settings, patient.addressee(), news).await
}
