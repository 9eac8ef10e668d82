//! A piece of a document. Those of a document that is final never change: the database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `document_chunk`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_chunk")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub record_id: i64,
    /// In the document, from 1.
    pub position: i32,
    /// At most 256 KiB, sealed under the patient's key.
    pub content: Vec<u8>,
}

/// The tables it points to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::medical_record::Entity",
        from = "Column::RecordId",
        to = "super::medical_record::Column::Id"
    )]
    MedicalRecord,
}

impl ActiveModelBehavior for ActiveModel {}
