//! Somebody opened a record in an emergency ("broke the glass"). After its review it never changes: the database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `emergency_access`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "emergency_access")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `EMG-…`
    #[sea_orm(unique)]
    pub reference: String,
    pub user_id: i64,
    pub patient_id: i64,
    /// Why, sealed under the patient's key.
    pub reason: Vec<u8>,
    pub granted_at: TimeDateTimeWithTimeZone,
    pub expires_at: TimeDateTimeWithTimeZone,
    pub reviewed_at: Option<TimeDateTimeWithTimeZone>,
    /// Never whoever opened it.
    pub reviewed_by_user_id: Option<i64>,
    /// `justified` or `unjustified`.
    pub finding: Option<String>,
    /// Why the reviewer found so, sealed under the patient's key.
    pub remark: Option<Vec<u8>>,
}

/// The tables it points to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::ReviewedByUserId", to = "super::user::Column::Id")]
    ReviewedBy,
}

impl ActiveModelBehavior for ActiveModel {}
