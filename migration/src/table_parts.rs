//! The columns, keys and indexes that the steps put together, so that the same thing has the same type in every table.
//!
//! A column may not be empty unless the step adds `.null()`.

use sea_orm_migration::prelude::*;

/// `id`: an identity that the database hands out and never hands out twice.
pub fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().take()
}

pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

pub fn boolean(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

pub fn integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

pub fn big_integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

/// A moment, in UTC: `timestamptz`, or on SQLite text like `2026-11-22T17:20:00Z`. Never with a default: the caller's
/// clock decides.
pub fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

/// A day in the calendar, without a time zone.
pub fn civil_date(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().not_null().take()
}

/// A foreign key to the `id` of `target`. It neither cascades nor clears: nothing disappears because something else did.
pub fn points_to(name: &'static str, column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from_col(column).to(target, "id").take()
}

/// A rule that one of `words` stands in `column` (an empty nullable column passes).
pub fn one_of<const N: usize>(column: &'static str, words: [&'static str; N]) -> Expr {
    Expr::col(column).is_in(words)
}

pub fn index<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(column);
    }
    index
}

pub fn unique<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    index(name, table, columns).unique().take()
}

/// Drops tables in the order given: those that point elsewhere first.
pub async fn drop_tables<const N: usize>(manager: &SchemaManager<'_>, tables: [&'static str; N]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(table).take()).await?;
    }
    Ok(())
}
