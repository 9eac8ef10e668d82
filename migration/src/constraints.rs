//! Rules that the two engines spell differently: whole seconds, the length of a visit, overlaps, rows that stay.
//!
//! Where PostgreSQL names the broken constraint in its error, SQLite's triggers raise the same name as the message.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

fn is_sqlite(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Sqlite
}

/// Every one of `columns` is a whole UTC second. On SQLite that is what makes comparing the texts right.
pub fn whole_seconds<const N: usize>(manager: &SchemaManager<'_>, columns: [&str; N]) -> Expr {
    let rules = columns.map(|column| {
        if is_sqlite(manager) {
            format!("strftime('%Y-%m-%dT%H:%M:%SZ', {column}) IS {column}")
        } else {
            format!("date_trunc('second', {column}) = {column}")
        }
    });
    Expr::cust(rules.join(" AND "))
}

/// A visit with its buffer takes a day at most. The overlap triggers of SQLite look no further back than that.
pub fn within_a_day(manager: &SchemaManager<'_>) -> Expr {
    Expr::cust(if is_sqlite(manager) {
        "blocks_until <= strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, '+24 hours')"
    } else {
        "blocks_until <= starts_at + interval '24 hours'"
    })
}

/// Of two visits that hold their time, the later one starts when the earlier one has let go of the doctor
/// (`appointment_doctor_free`) and of the patient (`appointment_patient_free`), or after that. A visit that breaks both
/// rules is refused with the doctor's. This is the last line: `domain` locks the doctor's row and asks first.
pub async fn refuse_double_booking(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if is_sqlite(manager) {
        refuse_double_booking_by_trigger(manager).await
    } else {
        refuse_double_booking_by_exclusion(manager).await
    }
}

async fn refuse_double_booking_by_exclusion(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // No step takes the extension back: other schemas of the same database may use it. The doctor's constraint comes
    // first because PostgreSQL checks them in the order in which they were made.
    let sql = "CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
         ALTER TABLE appointment
         ADD CONSTRAINT appointment_doctor_free
         EXCLUDE USING gist (doctor_id WITH =, tstzrange(starts_at, blocks_until) WITH &&)
         WHERE (status NOT IN ('cancelled', 'no_show')),
         ADD CONSTRAINT appointment_patient_free
         EXCLUDE USING gist (patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
         WHERE (status NOT IN ('cancelled', 'no_show'));";
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

async fn refuse_double_booking_by_trigger(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // The lower bound on starts_at is sound because of `within_a_day`, and lets (column, starts_at) serve as the index.
    // Both rules stand in one trigger because SQLite does not say in which order it fires several.
    let refuse = |rule: &str, column: &str, until: &str, but: &str| {
        format!(
            "SELECT RAISE(ABORT, '{rule}') WHERE EXISTS (
               SELECT 1 FROM appointment AS other
               WHERE other.{column} = NEW.{column}
                 AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%SZ', NEW.starts_at, '-24 hours')
                 AND other.starts_at < NEW.{until}
                 AND other.{until} > NEW.starts_at
                 AND other.status NOT IN ('cancelled', 'no_show'){but});"
        )
    };
    let refuse_both = |but: &str| {
        refuse("appointment_doctor_free", "doctor_id", "blocks_until", but)
            + &refuse("appointment_patient_free", "patient_id", "ends_at", but)
    };
    let sql = format!(
        "CREATE TRIGGER appointment_free_on_insert
         BEFORE INSERT ON appointment
         WHEN NEW.status NOT IN ('cancelled', 'no_show')
         BEGIN {} END;
         CREATE TRIGGER appointment_free_on_update
         BEFORE UPDATE OF doctor_id, patient_id, starts_at, ends_at, blocks_until, status ON appointment
         WHEN NEW.status NOT IN ('cancelled', 'no_show')
         BEGIN {} END;",
        refuse_both(""),
        refuse_both(" AND other.id <> OLD.id")
    );
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Rows of `table` may be added and nothing else; the error carries `<table>_append_only`.
pub async fn refuse_changes(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let rule = format!("{table}_append_only");
    // The third trigger is for INSERT OR REPLACE, which removes the old row without asking the second.
    let sqlite = format!(
        "CREATE TRIGGER {rule}_on_update BEFORE UPDATE ON {table}
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_delete BEFORE DELETE ON {table}
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_replace BEFORE INSERT ON {table}
         WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;"
    );
    let postgres = format!(
        "CREATE FUNCTION {rule}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           RAISE EXCEPTION USING
             MESSAGE = '{rule}', ERRCODE = 'restrict_violation', TABLE = '{table}', CONSTRAINT = '{rule}';
         END $$;
         CREATE TRIGGER {rule}_row BEFORE UPDATE OR DELETE ON {table}
         FOR EACH ROW EXECUTE FUNCTION {rule}();
         CREATE TRIGGER {rule}_truncate BEFORE TRUNCATE ON {table}
         FOR EACH STATEMENT EXECUTE FUNCTION {rule}();"
    );
    let sql = if is_sqlite(manager) { sqlite } else { postgres };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Rows of `table` for which `is_final` holds may not be changed or removed; the error carries `<table>_final`. The
/// condition names the old row `OLD`.
pub async fn refuse_changes_of_final(manager: &SchemaManager<'_>, table: &str, is_final: &str) -> Result<(), DbErr> {
    let rule = format!("{table}_final");
    // The third trigger is for INSERT OR REPLACE, which removes the old row without asking the second. The present row
    // is looked up under the name that the condition uses.
    let sqlite = format!(
        "CREATE TRIGGER {rule}_on_update BEFORE UPDATE ON {table} WHEN {is_final}
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_delete BEFORE DELETE ON {table} WHEN {is_final}
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_replace BEFORE INSERT ON {table}
         WHEN EXISTS (SELECT 1 FROM {table} AS present WHERE present.id = NEW.id AND {present})
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;",
        present = is_final.replace("OLD.", "present.")
    );
    let postgres = format!(
        "CREATE FUNCTION {rule}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF TG_OP <> 'TRUNCATE' THEN
             IF NOT ({is_final}) THEN
               IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
               RETURN NEW;
             END IF;
           END IF;
           RAISE EXCEPTION USING
             MESSAGE = '{rule}', ERRCODE = 'restrict_violation', TABLE = '{table}', CONSTRAINT = '{rule}';
         END $$;
         CREATE TRIGGER {rule}_row BEFORE UPDATE OR DELETE ON {table}
         FOR EACH ROW EXECUTE FUNCTION {rule}();
         CREATE TRIGGER {rule}_truncate BEFORE TRUNCATE ON {table}
         FOR EACH STATEMENT EXECUTE FUNCTION {rule}();"
    );
    let sql = if is_sqlite(manager) { sqlite } else { postgres };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Takes back what `refuse_changes_of_final` leaves behind when its table is dropped.
pub async fn forget_final(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if is_sqlite(manager) {
        return Ok(());
    }
    manager.get_connection().execute_unprepared(&format!("DROP FUNCTION {table}_final()")).await?;
    Ok(())
}

/// Takes back what `refuse_changes` leaves behind when its table is dropped.
pub async fn forget_refused_changes(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if is_sqlite(manager) {
        return Ok(());
    }
    manager.get_connection().execute_unprepared(&format!("DROP FUNCTION {table}_append_only()")).await?;
    Ok(())
}
