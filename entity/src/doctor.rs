//! The doctor side of a person.

use sea_orm::entity::prelude::*;

/// A row of `doctor`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "doctor")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub user_id: i64,
    pub specialty_id: i64,
    pub department: String,
    pub hospital: String,
    pub bio: String,
    pub languages: String,
    /// In minor units of `currency`.
    pub fee_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The year.
    pub practising_since: i32,
    pub accepts_bookings: bool,
    /// The folded words of the languages.
    pub search_key: String,
    /// Written by whatever books, cancels or changes hours; `None` when nothing is free within the horizon.
    pub next_free_at: Option<TimeDateTimeWithTimeZone>,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
    #[sea_orm(
        belongs_to = "super::specialty::Entity",
        from = "Column::SpecialtyId",
        to = "super::specialty::Column::Id"
    )]
    Specialty,
    #[sea_orm(has_many = "super::working_hours::Entity")]
    WorkingHours,
    #[sea_orm(has_many = "super::time_off::Entity")]
    TimeOff,
    #[sea_orm(has_many = "super::appointment::Entity")]
    Appointment,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::specialty::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Specialty.def()
    }
}

impl Related<super::working_hours::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::WorkingHours.def()
    }
}

impl Related<super::time_off::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::TimeOff.def()
    }
}

impl Related<super::appointment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appointment.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
