//! What waits for a doctor: critical values and questions first.

use domain_types::records::{Inbox, InboxItem, InboxVisit, Notice, NoticeKind, OutOfRange, RecordType, RecordView};
use entity::medical_record;
use jiff::ToSpan;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{ExprTrait, Order},
};

use super::{
    drafts, notices,
    opening::{self, Opened},
    patients, policy, reporting,
    rows::{self, R, col},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments,
    db::Tx,
    error::Result,
    services::Services,
    settings,
};

/// Most of a kind that are shown at once: whoever has more waiting begins with the oldest.
const SHOWN: u64 = 50;
/// The same of results, among which those that are out of their range must not be cut off.
const RESULTS: u64 = 500;
/// Days after which a visit without a note is no longer asked about.
const ASKED_ABOUT_DAYS: i64 = 30;

/// What waits for a doctor: critical values, questions of patients, notes that are not signed, results that were not seen, visits without a note.
///
/// # Errors
/// `OtherRole` for everybody but doctors.
pub async fn inbox(services: &Services, actor: &Actor) -> Result<Audited<Inbox>> {
    actor.person()?;
    let act = Act { action: "inbox.list", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = waiting(services, &tx, actor).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn waiting(services: &Services, tx: &Tx, actor: &Actor) -> Result<Found<Inbox>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    let mut begun = drafts::of(doctor.person, None);
    policy::visible_to(doctor.person, &settings, services.now(), &mut begun)?;
    begun.order_by(("r", R::CreatedAt), Order::Asc).order_by(("r", R::Id), Order::Asc).limit(SHOWN);
    let begun = opening::read(services, &**tx, &settings, &begun).await?;

    let mut released = rows::records();
    policy::visible_to(doctor.person, &settings, services.now(), &mut released)?;
    rows::final_only(&mut released);
    rows::of_kinds(&mut released, &[RecordType::LabReport]);
    rows::without_addenda(&mut released);
    released.and_where(col(R::DoctorId).eq(doctor.id.0));
    released.and_where(col(R::Id).not_in_subquery(reporting::seen_by(doctor.person.user().0)));
    released.order_by(("r", R::RecordDate), Order::Asc).order_by(("r", R::Id), Order::Asc).limit(RESULTS);
    let released = opening::read(services, &**tx, &settings, &released).await?;
    let visits = visits(services, tx, doctor, &settings).await?;

    let notices = notices::waiting(services, tx, doctor, &settings).await?;
    let mut results = items(released);
    // What stands first does not stand there twice.
    results.retain(|item| {
        let is_told = |notice: &Notice| notice.kind == NoticeKind::Critical && notice.record.id == item.record.id;
        !notices.iter().any(is_told)
    });
    let inbox = Inbox { notices, drafts: items(begun), results, visits };
    let told = || inbox.notices.iter().map(|notice| &notice.record);
    let shown = || inbox.drafts.iter().chain(&inbox.results).map(|item| &item.record).chain(told());
    let (patients, ids) =
        (shown().map(|record| record.patient).collect::<Vec<_>>(), shown().map(|record| record.id.0).collect());
    Ok(Found::of_all(patients, ids, inbox))
}

fn items(Opened { records, results, .. }: Opened) -> Vec<InboxItem> {
    let out_of_range =
        |record: &RecordView| OutOfRange::among(results.iter().filter(|result| result.record == record.id));
    records.iter().map(|record| InboxItem { out_of_range: out_of_range(record), record: record.clone() }).collect()
}

async fn visits(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &settings::Settings,
) -> Result<Vec<InboxVisit>> {
    let labels = settings.labels(services.now());
    let since = labels.local(services.now()).checked_sub(ASKED_ABOUT_DAYS.days())?.timestamp();
    let visits = appointments::completed_since(&**tx, doctor.id, since, SHOWN * 10).await?;
    let noted: Vec<Option<i64>> = medical_record::Entity::find()
        .select_only()
        .column(R::AppointmentId)
        .filter(R::AppointmentId.is_in(visits.iter().map(|visit| visit.id)))
        .filter(R::DoctorId.eq(doctor.id.0))
        .filter(R::RecordType.is_in(RecordType::REPORTS.map(RecordType::as_str)))
        .into_tuple()
        .all(&**tx)
        .await?;
    let without: Vec<_> =
        visits.into_iter().filter(|visit| !noted.contains(&Some(visit.id))).take(SHOWN as usize).collect();
    let patients = patients::find_all(&**tx, without.iter().map(|visit| visit.patient.0)).await?;
    let waiting = without.into_iter().filter_map(|visit| {
        let patient = patients.get(&visit.patient.0)?;
        Some(InboxVisit {
            when: labels.when(visit.starts),
            reference: visit.reference,
            patient_name: patient.name(),
            patient_reference: patient.reference.clone(),
        })
    });
    Ok(waiting.collect())
}
