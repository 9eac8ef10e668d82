//! A patient's allergies as programs read them: those that are recorded, that none is known, or that nobody asked.

use domain_types::{
    PatientId,
    records::{AllergyList, AllergyStatus, PatientRef, RecordStatus, RecordType, RecordView, severe_first},
};
use sea_orm::{ConnectionTrait, sea_query::ExprTrait};

use super::{
    opening, patients, policy,
    rows::{self, R, col},
    twins,
};
use crate::{
    access::{Act, Actor, Audited, Found},
    error::{Error, Result},
    services::Services,
    settings::Settings,
};

/// The allergies of a patient, for themselves and for whoever may see their record.
///
/// # Errors
/// `NotFound` for a patient who is unknown or not the actor's to see.
pub async fn allergies(services: &Services, actor: &Actor, patient: PatientId) -> Result<Audited<AllergyList>> {
    actor.person()?;
    let act = Act::ReadAllergies;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let person = actor.person()?;
        let settings = services.settings().await?;
        patients::find(&tx, &PatientRef::Id(patient)).await?.ok_or(Error::NotFound)?;
        if person.patient() != Some(patient) {
            policy::reach(&tx, person, patient, &settings, services.now()).await?.ok_or(Error::NotFound)?;
        }
        let (allergies, none_known) = held(services, &tx, &settings, patient).await?;
        let ids = allergies.iter().chain(&none_known).map(|record| record.id.0).collect();
        let status = match (allergies.is_empty(), &none_known) {
            (false, _) => AllergyStatus::Recorded,
            (true, Some(_)) => AllergyStatus::NoneKnown,
            (true, None) => AllergyStatus::NotAsked,
        };
        Ok(Found::of(patient, ids, AllergyList { patient, status, none_known, allergies }))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &patient.to_string(), outcome).await
}

/// The allergies that hold, the severe ones first, and that somebody asked and none is known.
pub(super) async fn held(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    PatientId(patient): PatientId,
) -> Result<(Vec<RecordView>, Option<RecordView>)> {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient)).and_where(col(R::Status).eq(RecordStatus::Active.as_str()));
    rows::of_kinds(&mut query, &[RecordType::Allergy, RecordType::NoKnownAllergies]);
    rows::newest_first(&mut query);
    let found = twins::shown_once(opening::read(services, db, settings, &query).await?.records);
    let (mut allergies, asked): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|record| record.kind == RecordType::Allergy);
    severe_first(&mut allergies);
    Ok((allergies, asked.into_iter().next()))
}
