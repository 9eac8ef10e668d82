//! What was opened because of an emergency, as its reviewer reads it: which entries and pages, never what they say.

use std::ops::Range;

use domain_types::{PatientId, records::LookView};
use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use super::{lines, rows, words};
use crate::{error::Result, services::Services, settings::Settings};

/// Events that are read for a review.
const MOST: u64 = 200;

/// What one account did with the record of a patient in a span of time, the latest first, and whether there was more.
/// What the clinic does about questions and emergencies is no look.
pub(in crate::records) async fn opened_in(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    patient: PatientId,
    account: i64,
    span: Range<Timestamp>,
) -> Result<(Vec<LookView>, bool)> {
    let mut events = rows::in_span(db, patient, account, span, MOST + 1).await?;
    let has_more = events.len() as u64 > MOST;
    events.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    events.retain(|event| !event.is_about_access());
    let looks = lines::for_the_clinic(services, db, settings, patient, events).await?;
    Ok((looks.into_iter().map(|look| LookView { what: words::for_the_clinic(&look.what), ..look }).collect(), has_more))
}
