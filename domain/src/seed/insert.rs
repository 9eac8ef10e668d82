//! Many rows at once, the same way on both engines.

use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait};

use crate::{db::Engine, error::Result};

/// Parameters of one statement: SQLite takes 32,766 and PostgreSQL 65,535.
const PARAMETERS: usize = 32_000;
/// Longer statements gain nothing.
const ROWS: usize = 500;
/// Pages that SQLite keeps in memory while it fills its indexes: 256 MiB.
const SQLITE_BULK_CACHE: &str = "PRAGMA cache_size = -262144";
/// What SQLite keeps otherwise: 2 MB.
const SQLITE_CACHE: &str = "PRAGMA cache_size = -2000";

/// The tables whose ids are given here, in the order of their making.
const NUMBERED: [&str; 11] = [
    "user",
    "doctor",
    "working_hours",
    "time_off",
    "patient",
    "patient_key",
    "appointment",
    "appointment_event",
    "medical_record",
    "lab_result",
    "result_seen",
];

/// Stores the rows, with the ids that they bring.
pub(super) async fn rows<M, E>(db: &impl ConnectionTrait, rows: impl IntoIterator<Item = M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel> + Send,
{
    let at_once = (PARAMETERS / E::Column::iter().count().max(1)).min(ROWS);
    let mut rows = rows.into_iter();
    loop {
        let chunk: Vec<E::ActiveModel> = rows.by_ref().take(at_once).map(M::into_active_model).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        E::insert_many(chunk).exec_without_returning(db).await?;
    }
}

/// Prepares a connection for many rows.
pub(super) async fn begin(db: &impl ConnectionTrait, engine: Engine) -> Result<()> {
    if engine == Engine::Sqlite {
        db.execute_unprepared(SQLITE_BULK_CACHE).await?;
    }
    Ok(())
}

/// Puts a connection back to ordinary work.
pub(super) async fn end(db: &impl ConnectionTrait, engine: Engine) -> Result<()> {
    if engine == Engine::Sqlite {
        db.execute_unprepared(SQLITE_CACHE).await?;
    }
    Ok(())
}

/// PostgreSQL hands out ids from 1 unless it is told which are in use, and plans badly until it has looked at the
/// tables. SQLite needs neither.
pub(super) async fn settle(db: &impl ConnectionTrait, engine: Engine) -> Result<()> {
    if engine == Engine::Postgres {
        for table in NUMBERED {
            let next = format!(
                r#"SELECT setval(pg_get_serial_sequence('"{table}"', 'id'), (SELECT max(id) FROM "{table}")) WHERE EXISTS (SELECT 1 FROM "{table}")"#
            );
            db.execute_unprepared(&next).await?;
            db.execute_unprepared(&format!(r#"ANALYZE "{table}""#)).await?;
        }
        db.execute_unprepared("ANALYZE user_word").await?;
    }
    Ok(())
}
