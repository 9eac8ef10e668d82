//! A field of medicine that the clinic offers.

use sea_orm::entity::prelude::*;

/// A row of `specialty`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "specialty")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The stable word in addresses and over REST.
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    /// What it treats, in a patient's words.
    pub about: String,
    /// Folded words, one space between them, by which its doctors are found: its name, what it treats, what those
    /// who practise it are called.
    pub search_key: String,
    /// Where it stands in lists, lowest first.
    pub position: i32,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::doctor::Entity")]
    Doctor,
}

impl Related<super::doctor::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Doctor.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
