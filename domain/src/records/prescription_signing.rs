//! Signing a prescription: nobody signs past a warning that they did not see, nor past an allergy that was not compared,
//! nor past a danger without a reason.

use domain_types::{
    FieldErrors,
    records::{Content, RecordView, parse_signed_because},
};

use super::{
    Which, checking,
    entries::{Entry, entry, shown_once},
    policy,
    prescriptions::prescription,
    writing::{self, NewWords},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, RecentlyVerified},
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
};

/// What whoever signs has read and thought.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Names the warnings that were shown, and what was not compared. A program that shows none leaves it out, and is
    /// refused when there is something to be shown.
    pub seen: Option<String>,
    /// Why it is signed in spite of a danger; not kept where there is none.
    pub because: String,
}

/// Signs a prescription for good, dated today.
///
/// # Errors
/// `StepUpRequired`, `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `Invalid` when there are
/// warnings that were not shown, or allergies with which not everything was compared and that was not shown, or a danger
/// and no reason to sign in spite of it.
pub async fn sign_prescription(
    services: &Services,
    actor: &Actor,
    which: &Which,
    weighed: &Weighed,
    key: Option<IdempotencyKey>,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act::SignPrescription;
    let tx = services.db().begin().await?;
    let outcome =
        async { shown_once(services, &tx, person, key.as_ref(), signed(services, &tx, actor, which, weighed)).await };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &which.words(), outcome).await
}

async fn signed(services: &Services, tx: &Tx, actor: &Actor, which: &Which, weighed: &Weighed) -> Result<i64> {
    let doctor = Doctor::try_from(actor)?;
    RecentlyVerified::try_from(actor)?;
    let settings = services.settings().await?;
    let (Entry { row, record: mut draft, .. }, mut says) = prescription(services, tx, doctor, &settings, which).await?;
    let permit = policy::change(doctor.person, &row)?;
    let checked = checking::check(services, tx, &settings, &draft).await?;
    if checked.must_be_seen && weighed.seen.as_deref() != Some(checked.seen.as_str()) {
        let sentences = checked.sentences().into_iter().chain(checked.not_compared).collect();
        let mut told = FieldErrors::from([("warnings".to_owned(), sentences)]);
        if weighed.seen.is_none() {
            // A program has no other way to learn what to send back.
            told.insert("seen".to_owned(), vec![checked.seen]);
        }
        return Err(Error::Invalid(told));
    }
    if checked.warnings.iter().any(|warning| warning.is_danger) {
        says.signed_because = parse_signed_because(&weighed.because)?;
    }
    says.warned = checked.sentences();
    says.not_compared = checked.not_compared;
    let content = Content::Prescription(says);
    let date = settings.labels(services.now()).today();
    let words = NewWords { content: &content, results: None, date, version: Some(draft.version) };
    draft.version = writing::save(services, tx, permit, &row, words).await?;
    draft.content = Some(content);
    draft.date = date.to_string();
    let Entry { row, .. } = entry(services, tx, doctor.person, &settings, &Which::Id(draft.id)).await?;
    writing::sign(services, tx, policy::change(doctor.person, &row)?, doctor, &settings, &draft).await?;
    Ok(draft.id.0)
}
