//! Who may see which entries of the medical record.

use domain_types::{auth::Role, records::RecordStatus};
use entity::medical_record;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};

use crate::{access::Person, appointments::patients_in_care, error::Result, settings::Settings};

/// Narrows a query over entries (as `r`): patients to their own, doctors to patients in their care, administrators to
/// nothing. What is still being written is seen by its author alone.
pub(super) fn visible_to(
    person: &Person,
    settings: &Settings,
    now: Timestamp,
    query: &mut SelectStatement,
) -> Result<()> {
    let column = |column: medical_record::Column| Expr::col(("r", column));
    let patient = column(medical_record::Column::PatientId);
    let condition = match (person.role(), person.patient(), person.doctor()) {
        (Role::Patient, Some(own), _) => patient.eq(own.0),
        (Role::Doctor, _, Some(doctor)) => patient.in_subquery(patients_in_care(doctor, settings, now)?),
        _ => Expr::value(false),
    };
    let is_written = column(medical_record::Column::Status)
        .ne(RecordStatus::Draft.as_str())
        .or(column(medical_record::Column::CreatedByUserId).eq(person.user().0));
    query.and_where(condition).and_where(is_written);
    Ok(())
}
