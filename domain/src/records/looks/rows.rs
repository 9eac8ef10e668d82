//! The events of the trail that are about one patient, and the emergencies around them. Queries only.

use std::ops::Range;

use domain_types::{
    AuditEventId, PatientId, UserId,
    audit::{About, Act},
    auth::Role,
    records::{LooksQuery, LooksShown},
};
use entity::{audit_event, audit_event_patient, emergency_access};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    prelude::TimeDateTimeWithTimeZone,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use crate::{
    db,
    error::{Error, Result},
    time::to_db,
};

/// Opening the account is the patient's own act, though nobody is signed in yet.
const OPENED_ACCOUNT: Act = Act::OpenAccount;

/// What leaves out the patient's own acts: patients do nothing with records but their own. In these very words, because
/// the index `audit_event_by_others` serves only a query that contains its condition.
fn by_others() -> Expr {
    Expr::cust(format!("e.actor_role <> 'patient' AND e.action <> '{}'", OPENED_ACCOUNT.as_str()))
}

/// What leaves out what is still being written: patients read of it once it is signed.
fn told() -> Expr {
    let drafts = Act::ALL.iter().filter(|act| matches!(act.about(), About::Draft(_)));
    Expr::col(("e", audit_event::Column::Action)).is_not_in(drafts.map(|act| act.as_str()))
}

/// An event as it is stored.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Event {
    pub id: i64,
    pub at: TimeDateTimeWithTimeZone,
    pub actor_user_id: Option<i64>,
    pub actor_role: String,
    pub action: String,
    pub object_ids: String,
    pub outcome: String,
}

impl Event {
    /// Whether it is the patient's own act.
    pub(super) fn is_of(&self, patient: UserId) -> bool {
        self.actor_user_id == Some(patient.0) || self.act() == Some(OPENED_ACCOUNT)
    }

    /// `None` for what another version of SecureMed wrote.
    pub(super) fn act(&self) -> Option<Act> {
        Act::parse(&self.action)
    }

    pub(super) fn role(&self) -> Option<Role> {
        Role::parse(&self.actor_role)
    }

    /// Whether it is what the clinic does about questions and emergencies, which needs no access to the record.
    pub(super) fn is_about_access(&self) -> bool {
        self.act().is_some_and(Act::is_about_access)
    }

    pub(super) fn is_allowed(&self) -> bool {
        self.outcome == "allowed"
    }

    /// The entry that was looked at or signed, where it was one alone with what belongs to it: its id stands first.
    pub(super) fn entry(&self) -> Result<Option<i64>> {
        match self.act() {
            Some(
                Act::ReadEntry
                | Act::DownloadEntry
                | Act::OpenDraft
                | Act::SignNote
                | Act::SignPrescription
                | Act::ReleaseReport,
            ) if self.is_allowed() => self.first_object(),
            _ => Ok(None),
        }
    }

    fn first_object(&self) -> Result<Option<i64>> {
        let ids: Vec<i64> =
            serde_json::from_str(&self.object_ids).map_err(Error::caused("an audit event cannot be understood"))?;
        Ok(ids.first().copied())
    }
}

/// All events (as `e`).
fn events() -> SelectStatement {
    use audit_event::Column as E;
    let mut query = Query::select();
    query.from_as(audit_event::Entity, "e");
    for column in [E::Id, E::At, E::ActorUserId, E::ActorRole, E::Action, E::ObjectIds, E::Outcome] {
        query.column(("e", column));
    }
    query
}

/// Narrows to what is wanted, by the column that the index is ordered by.
fn narrow(query: &mut SelectStatement, id: (&'static str, &'static str), wanted: LooksQuery, most: u64) {
    query.and_where(told());
    if wanted.show == LooksShown::Others {
        query.and_where(by_others());
    }
    let order = match (wanted.older_than, wanted.newer_than) {
        (None, Some(newer)) => {
            query.and_where(Expr::col(id).gt(newer.0));
            Order::Asc
        }
        (older, _) => {
            if let Some(older) = older {
                query.and_where(Expr::col(id).lt(older.0));
            }
            Order::Desc
        }
    };
    query.order_by(id, order).limit(most);
}

/// The next events about a patient in the direction that is wanted, the latest first: those about them alone and those
/// about several, each read by its own index.
pub(super) async fn next(
    db: &impl ConnectionTrait,
    patient: PatientId,
    wanted: LooksQuery,
    most: u64,
) -> Result<Vec<Event>> {
    let mut alone = events();
    alone.and_where(Expr::col(("e", audit_event::Column::PatientId)).eq(patient.0));
    narrow(&mut alone, ("e", "id"), wanted, most);

    let mut among_others = events();
    among_others
        .join_as(
            JoinType::InnerJoin,
            audit_event_patient::Entity,
            "p",
            Expr::col(("p", "event_id")).equals(("e", "id")),
        )
        .and_where(Expr::col(("p", audit_event_patient::Column::PatientId)).eq(patient.0));
    narrow(&mut among_others, ("p", "event_id"), wanted, most);

    let mut found: Vec<Event> = db::all(db, &alone).await?;
    found.extend(db::all::<Event>(db, &among_others).await?);
    let is_forwards = wanted.is_forwards();
    found.sort_by_key(|event| if is_forwards { event.id } else { -event.id });
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    if is_forwards {
        found.reverse();
    }
    Ok(found)
}

/// The events of one account about a patient in a span of time, the latest first.
pub(super) async fn in_span(
    db: &impl ConnectionTrait,
    patient: PatientId,
    account: i64,
    span: Range<Timestamp>,
    most: u64,
) -> Result<Vec<Event>> {
    let mut query = events();
    query
        .and_where(Expr::col(("e", audit_event::Column::At)).gte(to_db(span.start)))
        .and_where(Expr::col(("e", audit_event::Column::At)).lt(to_db(span.end)))
        .and_where(Expr::col(("e", audit_event::Column::ActorUserId)).eq(account))
        .and_where(is_about(patient))
        .order_by(("e", "id"), Order::Desc)
        .limit(most);
    db::all(db, &query).await
}

/// Whether an event (`e`) is about a patient, alone or among others.
fn is_about(patient: PatientId) -> Expr {
    let mut named = Query::select();
    named.column(audit_event_patient::Column::EventId).from(audit_event_patient::Entity);
    named.and_where(Expr::col(audit_event_patient::Column::PatientId).eq(patient.0));
    Expr::col(("e", audit_event::Column::PatientId))
        .eq(patient.0)
        .or(Expr::col(("e", audit_event::Column::Id)).in_subquery(named))
}

/// One event about a patient that they are told of.
///
/// # Errors
/// `NotFound` for an unknown one, and for one that is not about them or not told yet.
pub(super) async fn one(db: &impl ConnectionTrait, patient: PatientId, event: AuditEventId) -> Result<Event> {
    let mut query = events();
    query
        .and_where(Expr::col(("e", audit_event::Column::Id)).eq(event.0))
        .and_where(is_about(patient))
        .and_where(told());
    db::first(db, &query).await?.ok_or(Error::NotFound)
}

/// Events by their ids.
pub(super) async fn some(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = i64>) -> Result<Vec<Event>> {
    let ids: Vec<i64> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = events();
    query.and_where(Expr::col(("e", audit_event::Column::Id)).is_in(ids));
    db::all(db, &query).await
}

/// The times in which records of some patients stood open in an emergency.
pub(super) struct Emergencies(Vec<emergency_access::Model>);

impl Emergencies {
    /// Those of some patients that can matter to these events.
    pub(super) async fn around(
        db: &impl ConnectionTrait,
        patients: impl IntoIterator<Item = i64>,
        events: &[Event],
    ) -> Result<Self> {
        use emergency_access::Column as C;
        let times = events.iter().map(|event| event.at);
        let (Some(first), Some(last)) = (times.clone().min(), times.max()) else { return Ok(Self(Vec::new())) };
        let found = emergency_access::Entity::find()
            .filter(C::PatientId.is_in(patients))
            .filter(C::GrantedAt.lte(last).and(C::ExpiresAt.gt(first)));
        Ok(Self(found.all(db).await?))
    }

    /// Whether an event happened because of one: what the clinic does about questions and emergencies needs none.
    pub(super) fn cover(&self, patient: i64, event: &Event) -> bool {
        let is_by_it = |access: &emergency_access::Model| {
            access.patient_id == patient
                && Some(access.user_id) == event.actor_user_id
                && (access.granted_at..access.expires_at).contains(&event.at)
        };
        event.act() == Some(Act::BreakGlass) || (!event.is_about_access() && self.0.iter().any(is_by_it))
    }
}
