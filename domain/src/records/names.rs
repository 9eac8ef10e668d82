//! The names around entries: of their patients, doctors and signers, of what they are about, and of their visits.

use std::collections::{BTreeSet, HashMap};

use entity::{appointment, doctor, medical_record, patient, user};
use sea_orm::{
    ConnectionTrait, EntityName, FromQueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType},
};

use super::rows::Row;
use crate::{db, error::Result};

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Of {
    Patient,
    Doctor,
    Signer,
    /// An entry that another one is about.
    Entry,
    Visit,
}

impl Of {
    const ALL: [Self; 5] = [Self::Patient, Self::Doctor, Self::Signer, Self::Entry, Self::Visit];

    /// The row that an entry points to.
    fn pointed_to(self, row: &Row) -> Option<i64> {
        match self {
            Self::Patient => Some(row.patient_id),
            Self::Doctor => row.doctor_id,
            Self::Signer => row.signed_by_user_id,
            Self::Entry => row.about_id,
            Self::Visit => row.appointment_id,
        }
    }

    /// The names of some rows: what they belong to, the number, a reference or a kind, first and last name.
    fn query(self, ids: BTreeSet<i64>) -> SelectStatement {
        let (table, called, account) = match self {
            Self::Patient => (patient::Entity.table_name(), Some("reference"), Some("u")),
            Self::Doctor => (doctor::Entity.table_name(), None, Some("u")),
            // The row is the account itself.
            Self::Signer => (user::Entity.table_name(), None, Some("t")),
            Self::Entry => (medical_record::Entity.table_name(), Some("record_type"), None),
            Self::Visit => (appointment::Entity.table_name(), Some("reference"), None),
        };
        let text = |table: Option<&'static str>, column: Option<&'static str>| match table.zip(column) {
            Some(place) => Expr::col(place),
            None => Expr::value(""),
        };
        let mut query = Query::select();
        query.from_as(table, "t");
        if account == Some("u") {
            query.join_as(JoinType::InnerJoin, user::Entity, "u", Expr::col(("u", "id")).equals(("t", "user_id")));
        }
        query
            .expr_as(Expr::value(self as i32), "belongs_to")
            .expr_as(Expr::col(("t", "id")), "id")
            .expr_as(text(Some("t"), called), "called")
            .expr_as(text(account, Some("first_name")), "first_name")
            .expr_as(text(account, Some("last_name")), "last_name")
            .and_where(Expr::col(("t", "id")).is_in(ids));
        query
    }
}

#[derive(FromQueryResult)]
struct Found {
    belongs_to: i32,
    id: i64,
    called: String,
    first_name: String,
    last_name: String,
}

/// First and last name.
type Person<'a> = (&'a str, &'a str);

/// The names around some entries.
pub(super) struct Names(HashMap<(i32, i64), Found>);

impl Names {
    /// Reads what the entries point to, in one query.
    pub(super) async fn around(db: &impl ConnectionTrait, rows: &[&Row]) -> Result<Self> {
        let parts = Of::ALL.into_iter().filter_map(|of| {
            let ids: BTreeSet<i64> = rows.iter().filter_map(|row| of.pointed_to(row)).collect();
            (!ids.is_empty()).then(|| of.query(ids))
        });
        let whole = parts.reduce(|mut query, part| query.union(UnionType::All, part).take());
        let found: Vec<Found> = match whole {
            Some(query) => db::all(db, &query).await?,
            None => Vec::new(),
        };
        Ok(Self(found.into_iter().map(|found| ((found.belongs_to, found.id), found)).collect()))
    }

    fn of(&self, of: Of, row: &Row) -> Option<&Found> {
        self.0.get(&(of as i32, of.pointed_to(row)?))
    }

    fn person(&self, of: Of, row: &Row) -> Option<Person<'_>> {
        self.of(of, row).map(|found| (found.first_name.as_str(), found.last_name.as_str()))
    }

    pub(super) fn patient(&self, row: &Row) -> Option<Person<'_>> {
        self.person(Of::Patient, row)
    }

    /// `PT-…`
    pub(super) fn patient_reference(&self, row: &Row) -> Option<&str> {
        self.of(Of::Patient, row).map(|found| found.called.as_str())
    }

    /// Who answers for the entry.
    pub(super) fn doctor(&self, row: &Row) -> Option<Person<'_>> {
        self.person(Of::Doctor, row)
    }

    pub(super) fn signer(&self, row: &Row) -> Option<Person<'_>> {
        self.person(Of::Signer, row)
    }

    /// The kind of the entry that this one is about.
    pub(super) fn kind_of_other(&self, row: &Row) -> Option<&str> {
        self.of(Of::Entry, row).map(|found| found.called.as_str())
    }

    /// `APT-…`
    pub(super) fn visit_reference(&self, row: &Row) -> Option<&str> {
        self.of(Of::Visit, row).map(|found| found.called.as_str())
    }
}
