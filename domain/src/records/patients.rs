//! Who patients are, for those who write and read about them; and the search among those in care.

use std::collections::HashMap;

use domain_types::{
    PatientId,
    records::{Access, EmergencyPatient, PatientHead, PatientList, PatientRef, PatientRow},
};
use entity::{patient, user};
use jiff::{Unit, civil::Date};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QuerySelect,
    prelude::TimeDate,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use super::policy;
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments::{around_now, begins_word, contains},
    db::{self, Tx},
    error::Result,
    services::Services,
    settings,
    time::{Labels, date_from_db},
};

/// Patients of one answer.
const SHOWN: usize = 25;
/// More words than a name has are not looked for.
const MOST_WORDS: usize = 6;

/// A patient with their name.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Facts {
    pub id: i64,
    pub reference: String,
    pub date_of_birth: Option<TimeDate>,
    pub phone: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

impl Facts {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    pub(super) fn head(&self, labels: &Labels) -> Result<PatientHead> {
        let born = self.date_of_birth.map(date_from_db).transpose()?;
        Ok(PatientHead {
            id: PatientId(self.id),
            reference: self.reference.clone(),
            name: self.name(),
            born: born.map(|born| labels.full_date(born)),
            age: born.and_then(|born| age(born, labels.today())),
            phone: self.phone.clone(),
        })
    }
}

/// All patients as `p`, with the account `pu` of each.
fn facts() -> SelectStatement {
    let mut query = Query::select();
    query
        .from_as(patient::Entity, "p")
        .join_as(JoinType::InnerJoin, user::Entity, "pu", Expr::col(("pu", "id")).equals(("p", "user_id")))
        .columns([
            ("p", patient::Column::Id),
            ("p", patient::Column::Reference),
            ("p", patient::Column::DateOfBirth),
            ("p", patient::Column::Phone),
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
    patient::Entity::find_by_id(id).lock_exclusive().one(&**tx).await?;
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

/// The one patient of this reference, or of this name and day of birth: two of the same are none.
pub(super) async fn find_for_emergency(db: &impl ConnectionTrait, who: &EmergencyPatient) -> Result<Option<Facts>> {
    let EmergencyPatient::NameAndBirth { name, born } = who else {
        let EmergencyPatient::Known(which) = who else { return Ok(None) };
        return find(db, which).await;
    };
    let mut query = facts();
    query.and_where(Expr::col(("p", patient::Column::DateOfBirth)).eq(crate::time::date_to_db(*born)?));
    for word in name.split_whitespace().take(MOST_WORDS) {
        query.and_where(Expr::col(("pu", user::Column::SearchKey)).like(contains(word)));
    }
    query.limit(SHOWN as u64);
    let mut found: Vec<Facts> = db::all(db, &query).await?;
    found.retain(|facts| facts.name().to_lowercase() == name.to_lowercase());
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The patients in a doctor's care, and those whose record they opened in an emergency, of whose name every word of the
/// search begins a word; or whose reference begins so.
///
/// # Errors
/// `OtherRole` for everybody but doctors.
pub async fn search(services: &Services, actor: &Actor, text: &str) -> Result<Audited<PatientList>> {
    actor.person()?;
    let act = Act { action: "patients.search", object: "patient" };
    let tx = services.db().begin().await?;
    let outcome = found(services, &tx, actor, text).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn found(services: &Services, tx: &Tx, actor: &Actor, text: &str) -> Result<Found<PatientList>> {
    let doctor = Doctor::try_from(actor)?;
    let (settings, now) = (settings::load(&**tx).await?, services.now());
    let mut query = facts();
    let column = || Expr::col(("p", patient::Column::Id));
    query.and_where(policy::within_reach(doctor.person, &settings, now, column)?);
    for word in text.split_whitespace().take(MOST_WORDS) {
        let upper = word.to_uppercase();
        query.and_where(if upper.starts_with("PT-") {
            Expr::col(("p", patient::Column::Reference)).like(begins_word(&upper)[0].clone())
        } else {
            let [first, later] = begins_word(&word.to_lowercase());
            let key = || Expr::col(("pu", user::Column::SearchKey));
            key().like(first).or(key().like(later))
        });
    }
    query
        .order_by(("pu", user::Column::LastName), Order::Asc)
        .order_by(("pu", user::Column::FirstName), Order::Asc)
        .order_by(("p", patient::Column::Id), Order::Asc)
        .limit(SHOWN as u64 + 1);
    let mut rows: Vec<Facts> = db::all(&**tx, &query).await?;
    let has_more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let around = around_now(&**tx, doctor.id, &ids, now).await?;
    let opened = policy::reached_by_emergency(&**tx, doctor.person, &ids, &settings, now).await?;
    let labels = settings.labels(now);
    let row = |row: Facts| {
        let (last, next) = around.get(&row.id).copied().unwrap_or_default();
        let until = opened.get(&row.id).map(|until| labels.when(*until));
        Ok(PatientRow {
            head: row.head(&labels)?,
            last_visit: last.map(|at| labels.when(at)),
            next_visit: next.map(|at| labels.when(at)),
            access: until.map_or(Access::InCare, |until| Access::Emergency { until }),
        })
    };
    let patients = rows.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    let list = PatientList { search: text.trim().to_owned(), patients, has_more };
    let patients: Vec<PatientId> = ids.iter().copied().map(PatientId).collect();
    Ok(Found::of_all(patients, ids, list))
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
}
