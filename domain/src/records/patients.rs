//! Who patients are, for those who write and read about them.

use std::collections::HashMap;

use domain_types::{
    PatientId,
    auth::Gender,
    records::{ContactDetails, EmergencyPatient, PatientHead, PatientRef},
};
use entity::{patient, user};
use jiff::{Unit, civil::Date};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QuerySelect,
    prelude::TimeDate,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use super::letters::Addressee;
use crate::{
    db::{self, Tx},
    error::{Error, Result},
    people::{Match, compare},
    time::{Labels, date_from_db},
};

/// Patients among whom somebody in a hurry can choose.
const MOST_NAMED: usize = 5;

/// A patient with their name.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Facts {
    pub id: i64,
    pub reference: String,
    pub date_of_birth: Option<TimeDate>,
    pub gender: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub emergency_contact_name: Option<String>,
    pub emergency_contact_phone: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

impl Facts {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Where they live and whom to call about them.
    pub(super) fn contact(&self) -> ContactDetails {
        ContactDetails {
            address: self.address.clone(),
            emergency_name: self.emergency_contact_name.clone(),
            emergency_phone: self.emergency_contact_phone.clone(),
        }
    }

    pub(super) fn addressee(&self) -> Addressee<'_> {
        Addressee { first_name: &self.first_name, last_name: &self.last_name, email: &self.email }
    }

    pub(super) fn head(&self, labels: &Labels) -> Result<PatientHead> {
        let born = self.date_of_birth.map(date_from_db).transpose()?;
        Ok(PatientHead {
            id: PatientId(self.id),
            reference: self.reference.clone(),
            name: self.name(),
            born: born.map(|born| labels.full_date(born)),
            age: born.and_then(|born| age(born, labels.today())),
            sex: self.gender.as_deref().and_then(Gender::parse),
            phone: self.phone.clone(),
        })
    }
}

/// All patients as `p`, with the account `pu` of each.
pub(super) fn facts() -> SelectStatement {
    let mut query = Query::select();
    query
        .from_as(patient::Entity, "p")
        .join_as(JoinType::InnerJoin, user::Entity, "pu", Expr::col(("pu", "id")).equals(("p", "user_id")))
        .columns([
            ("p", patient::Column::Id),
            ("p", patient::Column::Reference),
            ("p", patient::Column::DateOfBirth),
            ("p", patient::Column::Gender),
            ("p", patient::Column::Phone),
            ("p", patient::Column::Address),
            ("p", patient::Column::EmergencyContactName),
            ("p", patient::Column::EmergencyContactPhone),
        ])
        .columns([("pu", user::Column::FirstName), ("pu", user::Column::LastName), ("pu", user::Column::Email)]);
    query
}

/// The patient, whoever asks.
pub(super) async fn find(db: &impl ConnectionTrait, which: &PatientRef) -> Result<Option<Facts>> {
    let mut query = facts();
    match which {
        PatientRef::Id(id) => query.and_where(Expr::col(("p", patient::Column::Id)).eq(id.0)),
        PatientRef::Reference(reference) if reference.trim().bytes().all(|b| b.is_ascii_graphic()) => {
            query.and_where(Expr::col(("p", patient::Column::Reference)).eq(reference.trim().to_uppercase()))
        }
        PatientRef::Reference(_) => return Ok(None),
    };
    db::first(db, &query).await
}

/// Locks a patient until the transaction ends: whoever else changes what holds for them waits.
pub(super) async fn lock(tx: &Tx, id: i64) -> Result<()> {
    patient::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    Ok(())
}

/// These patients by their numbers, whoever asks.
pub(super) async fn find_all(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Facts>> {
    let mut query = facts();
    query.and_where(Expr::col(("p", patient::Column::Id)).is_in(ids));
    let found: Vec<Facts> = db::all(db, &query).await?;
    Ok(found.into_iter().map(|facts| (facts.id, facts)).collect())
}

/// The one patient of this reference, or of this name and day of birth.
///
/// # Errors
/// `Invalid` with those who may be meant, when that is not one alone.
pub(super) async fn find_for_emergency(db: &impl ConnectionTrait, who: &EmergencyPatient) -> Result<Option<Facts>> {
    let EmergencyPatient::NameAndBirth { name, born } = who else {
        let EmergencyPatient::Known(which) = who else { return Ok(None) };
        return find(db, which).await;
    };
    let mut query = facts();
    query.and_where(Expr::col(("p", patient::Column::DateOfBirth)).eq(crate::time::date_to_db(*born)?));
    query.order_by(("pu", user::Column::SortKey), Order::Asc).order_by(("p", patient::Column::Id), Order::Asc);
    let born_then: Vec<Facts> = db::all(db, &query).await?;
    let alike = |wanted: Match| born_then.iter().filter(move |facts| compare(name, &facts.name()) == wanted);
    let same: Vec<&Facts> = alike(Match::Same).collect();
    match same.as_slice() {
        [one] => Ok(Some((*one).clone())),
        [] => match alike(Match::Part).collect::<Vec<_>>().as_slice() {
            [] => Ok(None),
            some => Err(which_one("No one born that day has exactly this name", some)),
        },
        several => Err(which_one("More than one patient has this name and date of birth", several)),
    }
}

/// Asks for the reference of one of these.
fn which_one(why: &str, patients: &[&Facts]) -> Error {
    let told = |facts: &&Facts| match facts.phone.as_deref().map(last_digits).filter(|digits| !digits.is_empty()) {
        Some(digits) => format!("{}, {}, phone ending {digits}", facts.name(), facts.reference),
        None => format!("{}, {}", facts.name(), facts.reference),
    };
    let names: Vec<String> = patients.iter().take(MOST_NAMED).map(told).collect();
    let sentence = format!("{why}. Enter the reference of the right patient: {}.", names.join("; "));
    Error::WhichPatient(sentence)
}

fn last_digits(phone: &str) -> String {
    let number = phone.split(" ext ").next().unwrap_or_default();
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

/// "42 years", "7 months", "3 weeks"; nothing for somebody who is not born yet.
fn age(born: Date, today: Date) -> Option<String> {
    let span = born.until((Unit::Year, today)).ok()?;
    let words = |count: i64, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    if span.get_years() >= 2 {
        return Some(words(span.get_years().into(), "year"));
    }
    let months = born.until((Unit::Month, today)).ok()?.get_months();
    if months >= 3 {
        return Some(words(months.into(), "month"));
    }
    let days = born.until((Unit::Day, today)).ok()?.get_days();
    (days >= 0).then(|| words(i64::from(days / 7), "week"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case(date(1984, 2, 29), Some("42 years"))]
    #[case(date(2024, 11, 23), Some("2 years"))]
    #[case(date(2024, 11, 24), Some("23 months"))]
    #[case(date(2026, 8, 23), Some("3 months"))]
    #[case(date(2026, 11, 9), Some("2 weeks"))]
    #[case(date(2026, 11, 16), Some("1 week"))]
    #[case(date(2026, 11, 24), None)]
    fn ages_are_told_as_doctors_tell_them(#[case] born: Date, #[case] said: Option<&str>) {
        assert_eq!(age(born, date(2026, 11, 23)).as_deref(), said);
    }

    #[test]
    fn a_number_ends_before_its_extension() {
        assert_eq!(["+353 20 910 0150 ext 12", "020 910 0150", ""].map(last_digits), ["0150", "0150", ""]);
    }
}
