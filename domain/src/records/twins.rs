//! What was signed or written down more than once: shown once, and ended as one. An older one that stays behind would come
//! back as soon as the newer one is ended.

use domain_types::{
    PatientId,
    records::{Content, RecordStatus, RecordType, RecordView, Twin},
};
use sea_orm::{ConnectionTrait, sea_query::ExprTrait};

use super::{
    opening::{self, Opened},
    rows::{self, R, Row, col},
    warnings::{folded, understood},
};
use crate::{error::Result, services::Services, settings::Settings};

/// What an entry names: the same for two that name the same thing, however it was typed. Of a medicine what was understood
/// of it, the same ingredients in the same strength, under a brand or not; else its words, as of allergies and problems.
/// What was erased says nothing.
fn named(record: &RecordView) -> Option<(RecordType, String)> {
    let content = record.content.as_ref()?;
    let medicine = match content {
        Content::Prescription(_) | Content::Medication(_) => understood(&content.title()),
        _ => None,
    };
    Some((record.kind, medicine.unwrap_or_else(|| folded(&record.title()))))
}

/// Keeps of each thing what is shown, of entries with the newest first, and notes with it for which others it stands. A
/// prescription is renewed by the next one; of the lists, only what says word for word the same stands for another.
pub(super) fn shown_once(records: Vec<RecordView>) -> Vec<RecordView> {
    let names: Vec<_> = records.iter().map(named).collect();
    let mut shown: Vec<(usize, RecordView)> = Vec::new();
    for (place, (record, name)) in records.iter().zip(&names).enumerate() {
        let are_twins = |other: usize| name.is_some() && names.get(other) == Some(name);
        let is_shown = shown.iter().any(|(other, shown)| {
            let says_the_same = || folded(&shown.summary()) == folded(&record.summary());
            are_twins(*other) && (record.kind == RecordType::Prescription || says_the_same())
        });
        if !is_shown {
            let others = records.iter().enumerate().filter(|(other, _)| *other != place && are_twins(*other));
            let stands_for = others.map(|(_, twin)| told(twin)).collect();
            shown.push((place, RecordView { stands_for, ..record.clone() }));
        }
    }
    shown.into_iter().map(|(_, record)| record).collect()
}

/// "Lipitor 20 mg, 20 November 2026, Dr. Ana Rivera"
pub(super) fn told(record: &RecordView) -> Twin {
    let words = format!("{}, {}, {}", record.title(), record.date_label, record.doctor_name);
    Twin { reference: record.reference.clone(), words }
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
    let name = named(record);
    let is_twin = |other: &RecordView| other.id == record.id || (name.is_some() && named(other) == name);
    Ok(rows.into_iter().zip(records).filter(|(_, other)| !other.is_cancelled && is_twin(other)).collect())
}
