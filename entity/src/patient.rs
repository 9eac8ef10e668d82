//! The patient side of a person.

use sea_orm::entity::prelude::*;

/// A row of `patient`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "patient")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub user_id: i64,
    /// `PT-…`
    #[sea_orm(unique)]
    pub reference: String,
    pub date_of_birth: Option<TimeDate>,
    /// `female`, `male`, `other` or `undisclosed`; nothing when it was never asked.
    pub gender: Option<String>,
    pub phone: Option<String>,
    /// The digits of `phone` as numbers are compared.
    pub phone_digits: Option<String>,
    pub address: Option<String>,
    pub emergency_contact_name: Option<String>,
    pub emergency_contact_phone: Option<String>,
    pub created_at: TimeDateTimeWithTimeZone,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
    #[sea_orm(has_many = "super::appointment::Entity")]
    Appointment,
    #[sea_orm(has_many = "super::medical_record::Entity")]
    MedicalRecord,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::appointment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appointment.def()
    }
}

impl Related<super::medical_record::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::MedicalRecord.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
