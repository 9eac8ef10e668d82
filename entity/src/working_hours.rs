//! When a doctor sees patients in an ordinary week, in civil time of the clinic.

use sea_orm::entity::prelude::*;

/// A row of `working_hours`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "working_hours")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub doctor_id: i64,
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i32,
    /// Minutes since the civil day began.
    pub starts_minute: i32,
    /// Minutes since the civil day began; not included.
    pub ends_minute: i32,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::doctor::Entity", from = "Column::DoctorId", to = "super::doctor::Column::Id")]
    Doctor,
}

impl Related<super::doctor::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Doctor.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
