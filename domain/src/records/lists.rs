//! What holds at present: problems, allergies or that none are known, and medicines, each until it is ended; and
//! vaccinations, which stay.

use domain_types::{
    FieldErrors, RecordId,
    records::{
        Content, ListForm, NoKnownAllergies, PatientRef, RecordStatus, RecordType, RecordView, Severity, Understood,
    },
};
use jiff::civil::Date;
use sea_orm::sea_query::ExprTrait;

use super::{
    Which,
    entries::entry,
    none_known::{self, Typed},
    opening::{self, Opened},
    patients, policy,
    recorded_already::{earlier, end_earlier},
    rows::{self, R, Row, col},
    says_nothing, twins,
    warnings::{self, folded},
    writing::{self, NewEntry, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    db::{self, Tx},
    error::{Error, Result},
    services::Services,
    settings::Settings,
};

/// Why "none" with a rash is refused.
const NONE_WITH_A_REACTION: &str =
    "This says that no allergies are known, and still names a reaction. Enter what caused it, or clear the reaction.";
/// Why "unknown" is refused.
const NOTHING_SAID: &str = "Enter what the patient is allergic to. If you asked and none are known, record that below. \
    If no one asked, leave it: the chart says so.";
/// Why "no penicillin" is refused.
const DENIAL: &str =
    "Enter only what the patient is allergic to, one at a time. What the patient tolerates belongs in a note.";

/// Adds a problem, an allergy or a medicine to what holds for a patient, or enters a vaccination that was given today. What
/// holds already, word for word, is not entered twice; an allergy that holds with another reaction or severity is asked
/// about.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about, `Invalid`.
pub async fn add_item(
    services: &Services,
    actor: &Actor,
    patient: &PatientRef,
    form: &ListForm,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::AddToList;
    let tx = services.db().begin().await?;
    let outcome = added(services, &tx, actor, patient, form).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn added(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    patient: &PatientRef,
    form: &ListForm,
) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let permit = policy::write(tx, doctor, patient, &settings, services.now()).await?;
    let today = settings.labels(services.now()).today();
    let content = understood(form, today)?;
    let (kind, status) = kind_of(&content)?;
    // The button that is pressed twice waits here, and then finds what it entered.
    patients::lock(tx, permit.object()).await?;
    let mut ended = Vec::new();
    if status == RecordStatus::Active && kind != RecordType::NoKnownAllergies {
        let held = held(services, tx, &settings, permit.object(), kind).await?;
        let is_same = |other: &RecordView| other.content.as_ref().is_some_and(|said| says_the_same(said, &content));
        if let Some((_, same)) = held.iter().find(|(_, other)| is_same(other)) {
            return Ok(Found::of(same.patient, vec![same.id.0], same.clone()));
        }
        ended = end_earlier(services, tx, doctor, form, earlier(held, &content)).await?;
    }
    if matches!(kind, RecordType::Allergy | RecordType::NoKnownAllergies) {
        asked_anew(services, tx, &settings, doctor, permit.object(), kind).await?;
    }
    let new = NewEntry {
        doctor: Some(doctor.id),
        author: doctor.person,
        visit: None,
        about: None,
        kind,
        status,
        date: today,
        content: &content,
        results: &[],
    };
    let id = enter(services, tx, permit, new).await?;
    let item = entry(services, tx, doctor.person, &settings, &Which::Id(RecordId(id))).await?.record;
    ended.insert(0, id);
    Ok(Found::of(item.patient, ended, item))
}

/// What was typed, with an allergy as the table calls it. "None known" is no allergy, and what is almost a known name is
/// asked about once.
fn understood(form: &ListForm, today: Date) -> Result<Content> {
    let typed = form.name.trim();
    // The question was about this very name, and it was answered.
    let answer = form.meant.trim();
    let answer = (form.meant_for.trim() == typed && !answer.is_empty()).then(|| answer.to_owned());
    let is_answered = answer.is_some();
    let form = ListForm { name: answer.unwrap_or_else(|| typed.to_owned()), ..form.clone() };
    let mut content = form.parse(today)?;
    says_nothing::refuse(&content)?;
    let is_allergy = matches!(content, Content::Allergy(_));
    if let Content::Allergy(allergy) = &mut content {
        match none_known::read(&allergy.substance) {
            Typed::Allergy => {}
            Typed::NoneKnown { only_medicines }
                if allergy.reaction.is_empty() && allergy.severity == Severity::Unknown =>
            {
                return Ok(Content::NoKnownAllergies(NoKnownAllergies { only_medicines, note: String::new() }));
            }
            Typed::NoneKnown { .. } => return Err(Error::field("name", NONE_WITH_A_REACTION)),
            Typed::NotAsked => return Err(Error::field("name", NOTHING_SAID)),
            Typed::Denial => return Err(Error::field("name", DENIAL)),
        }
        let Understood { read_as, not_compared, is_guessed } = warnings::read_allergy(&allergy.substance, &[]);
        if not_compared.is_empty() && !is_guessed {
            allergy.coded = read_as;
        }
    }
    if (is_allergy || matches!(content, Content::Medication(_))) && !is_answered {
        let meant = warnings::suggestions(&form.name, is_allergy);
        if !meant.is_empty() {
            let question = format!("Did you mean {}? Choose below, or keep what you typed.", meant.join(" or "));
            return Err(Error::Invalid(FieldErrors::from([
                ("name".to_owned(), vec![question]),
                ("meant".to_owned(), meant),
            ])));
        }
    }
    Ok(content)
}

/// Before an allergy is entered, or that none is known: the one ends the other's "none known", and none is known only where
/// none is recorded.
async fn asked_anew(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    doctor: Doctor<'_>,
    patient: i64,
    kind: RecordType,
) -> Result<()> {
    if kind == RecordType::NoKnownAllergies {
        let held = held(services, tx, settings, patient, RecordType::Allergy).await?;
        if !held.is_empty() {
            let titles: Vec<String> = held.iter().map(|(_, record)| record.title()).collect();
            let sentence = format!(
                "Allergies are recorded: {}. Mark them as no longer valid before you record that none are known.",
                titles.join(", ")
            );
            return Err(Error::field("name", sentence));
        }
    }
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient)).and_where(col(R::Status).eq(RecordStatus::Active.as_str()));
    rows::of_kinds(&mut query, &[RecordType::NoKnownAllergies]);
    for row in db::all::<Row>(tx, &query).await? {
        writing::end(services, tx, policy::end(doctor, &row)?).await?;
    }
    Ok(())
}

/// What holds of a kind for a patient, the newest first.
async fn held(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: i64,
    kind: RecordType,
) -> Result<Vec<(Row, RecordView)>> {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient)).and_where(col(R::Status).eq(RecordStatus::Active.as_str()));
    rows::of_kinds(&mut query, &[kind]);
    rows::newest_first(&mut query);
    let Opened { rows, records, .. } = opening::read(services, tx, settings, &query).await?;
    Ok(rows.into_iter().zip(records).collect())
}

fn says_the_same(one: &Content, other: &Content) -> bool {
    folded(&one.title()) == folded(&other.title()) && folded(&one.summary()) == folded(&other.summary())
}

fn kind_of(content: &Content) -> Result<(RecordType, RecordStatus)> {
    match content {
        Content::Problem(_) => Ok((RecordType::Problem, RecordStatus::Active)),
        Content::Allergy(_) => Ok((RecordType::Allergy, RecordStatus::Active)),
        Content::NoKnownAllergies(_) => Ok((RecordType::NoKnownAllergies, RecordStatus::Active)),
        Content::Medication(_) => Ok((RecordType::Medication, RecordStatus::Active)),
        Content::Immunisation(_) => Ok((RecordType::Immunisation, RecordStatus::Final)),
        _ => Err(Error::field("kind", "Choose a type.")),
    }
}

/// Ends an item, and with it every other that names the same thing: it no longer holds, and stays in the database as what
/// held once.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for whatever does not hold, or not for a patient of theirs.
pub async fn end_item(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::EndInList;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let item = entry(services, &tx, doctor.person, &settings, &reference.into()).await?;
        writing::end(services, &tx, policy::end(doctor, &item.row)?).await?;
        let mut ended = vec![item.record.id.0];
        for (row, twin) in twins::of(services, &tx, &settings, &item.record).await? {
            writing::end(services, &tx, policy::end(doctor, &row)?).await?;
            ended.push(twin.id.0);
        }
        Ok(Found::of(item.record.patient, ended, item.record))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}
