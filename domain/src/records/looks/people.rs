//! Who looked, in words.

use std::collections::{BTreeSet, HashMap};

use domain_types::{UserId, auth::Role, records::Looker};
use entity::{doctor, specialty, user};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Query},
};

use super::rows::Event;
use crate::{appointments::doctor_name, db, error::Result};

#[derive(Clone, Debug, FromQueryResult)]
struct Name {
    id: i64,
    first_name: String,
    last_name: String,
    specialty: Option<String>,
}

/// People by their accounts.
pub(super) struct People(HashMap<i64, Name>);

impl People {
    /// Those of some accounts.
    pub(super) async fn find(db: &impl ConnectionTrait, accounts: impl IntoIterator<Item = i64>) -> Result<Self> {
        let accounts: BTreeSet<i64> = accounts.into_iter().collect();
        if accounts.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let equal =
            |left: (&'static str, &'static str), right: (&'static str, &'static str)| Expr::col(left).equals(right);
        let mut query = Query::select();
        query
            .from_as(user::Entity, "u")
            .join_as(JoinType::LeftJoin, doctor::Entity, "d", equal(("d", "user_id"), ("u", "id")))
            .join_as(JoinType::LeftJoin, specialty::Entity, "s", equal(("s", "id"), ("d", "specialty_id")))
            .column(("u", user::Column::Id))
            .column(("u", user::Column::FirstName))
            .column(("u", user::Column::LastName))
            .expr_as(Expr::col(("s", specialty::Column::Name)), "specialty")
            .and_where(Expr::col(("u", user::Column::Id)).is_in(accounts));
        let names: Vec<Name> = db::all(db, &query).await?;
        Ok(Self(names.into_iter().map(|name| (name.id, name)).collect()))
    }

    /// "Ada Nolan"
    pub(super) fn name(&self, account: i64) -> String {
        self.0.get(&account).map(|name| format!("{} {}", name.first_name, name.last_name)).unwrap_or_default()
    }

    /// Who did something, as it reads before the words for what they did. The role is the one they had then.
    pub(super) fn who(&self, event: &Event, patient: Option<UserId>) -> (String, Looker) {
        if patient.is_some_and(|patient| event.is_of(patient)) {
            return ("You".to_owned(), Looker::You);
        }
        let name = event.actor_user_id.and_then(|account| self.0.get(&account));
        match (event.role(), name) {
            (Some(Role::Doctor), Some(name)) => {
                let doctor = doctor_name(&name.first_name, &name.last_name);
                let field = name.specialty.as_ref().map(|field| format!(", {field}")).unwrap_or_default();
                (format!("{doctor}{field}"), Looker::Doctor)
            }
            (Some(Role::Admin), Some(name)) => {
                (format!("The front desk ({} {})", name.first_name, name.last_name), Looker::FrontDesk)
            }
            (None, None) if event.actor_role.starts_with("system: ") => {
                ("SecureMed (automatic)".to_owned(), Looker::SecureMed)
            }
            (None, None) => ("Someone who was not signed in".to_owned(), Looker::Somebody),
            _ => ("Someone else".to_owned(), Looker::Somebody),
        }
    }
}
