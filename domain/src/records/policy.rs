//! Who may see which entries of the medical record.

use domain_types::auth::Role;
use entity::medical_record;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};

use crate::{access::Person, appointments::patients_in_care, error::Result, settings::Settings};

/// Narrows a query over entries (as `r`): patients to their own, doctors to patients in their care, administrators to
/// nothing.
pub(super) fn visible_to(
    person: &Person,
    settings: &Settings,
    now: Timestamp,
    query: &mut SelectStatement,
) -> Result<()> {
    let patient = Expr::col(("r", medical_record::Column::PatientId));
    let condition = match (person.role(), person.patient(), person.doctor()) {
        (Role::Patient, Some(own), _) => patient.eq(own.0),
        (Role::Doctor, _, Some(doctor)) => patient.in_subquery(patients_in_care(doctor, settings, now)?),
        _ => Expr::value(false),
    };
    query.and_where(condition);
    Ok(())
}
