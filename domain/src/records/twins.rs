//! What was signed or written down more than once: shown once, and ended as one. An older one that stays behind would come
//! back as soon as the newer one is ended.

use domain_types::{
    PatientId,
    records::{RecordStatus, RecordType, RecordView},
};
use sea_orm::{ConnectionTrait, sea_query::ExprTrait};

use super::{
    opening::{self, Opened},
    rows::{self, R, Row, col},
    warnings::folded,
};
use crate::{error::Result, services::Services, settings::Settings};

/// Whether two entries name the same thing, however it was typed: the same medicine in the same strength, the same
/// allergy, the same problem.
pub(super) fn are_twins(one: &RecordView, other: &RecordView) -> bool {
    // What was erased says nothing.
    let say_something = one.content.is_some() && other.content.is_some();
    one.kind == other.kind && (one.id == other.id || (say_something && folded(&one.title()) == folded(&other.title())))
}

/// Keeps of each thing what is shown, of entries with the newest first, and notes with it for which others it stands. A
/// prescription is renewed by the next one; of the lists, only what says word for word the same stands for another.
pub(super) fn shown_once(records: Vec<RecordView>) -> Vec<RecordView> {
    let mut shown: Vec<RecordView> = Vec::new();
    for (place, record) in records.iter().enumerate() {
        let is_shown = shown.iter().any(|other| {
            let says_the_same = || folded(&other.summary()) == folded(&record.summary());
            are_twins(other, record) && (record.kind == RecordType::Prescription || says_the_same())
        });
        if !is_shown {
            let others = records.iter().enumerate().filter(|(other, _)| *other != place);
            let twins = others.map(|(_, other)| other).filter(|other| are_twins(record, other));
            let stands_for = twins.map(told).collect();
            shown.push(RecordView { stands_for, ..record.clone() });
        }
    }
    shown
}

/// "20 November 2026, Dr. Ana Rivera"
pub(super) fn told(record: &RecordView) -> String {
    format!("{}, {}", record.date_label, record.doctor_name)
}

/// All that hold at present and name the same thing as an entry, with itself; the oldest first. Of prescriptions those that
/// are signed and were not cancelled, however old.
pub(super) async fn of(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    record: &RecordView,
) -> Result<Vec<(Row, RecordView)>> {
    let PatientId(patient) = record.patient;
    let status = if record.kind == RecordType::Prescription { RecordStatus::Final } else { RecordStatus::Active };
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient)).and_where(col(R::Status).eq(status.as_str()));
    rows::of_kinds(&mut query, &[record.kind]);
    query.order_by(("r", R::Id), sea_orm::sea_query::Order::Asc);
    let Opened { rows, records, .. } = opening::read(services, db, settings, &query).await?;
    let twins = rows.into_iter().zip(records).filter(|(_, other)| are_twins(record, other) && !other.is_cancelled);
    Ok(twins.collect())
}
