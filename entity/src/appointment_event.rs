//! What happened to a visit, in order. Rows are never changed or removed: the database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `appointment_event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub appointment_id: i64,
    /// `booked`, `moved` or the status it was given.
    pub kind: String,
    pub from_status: Option<String>,
    pub to_status: String,
    pub from_starts_at: Option<TimeDateTimeWithTimeZone>,
    pub to_starts_at: TimeDateTimeWithTimeZone,
    /// `None` when SecureMed itself did it.
    pub actor_user_id: Option<i64>,
    pub at: TimeDateTimeWithTimeZone,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::appointment::Entity",
        from = "Column::AppointmentId",
        to = "super::appointment::Column::Id"
    )]
    Appointment,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::ActorUserId", to = "super::user::Column::Id")]
    Actor,
}

impl Related<super::appointment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appointment.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
