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

/// Which rows of a table stay as they are.
pub struct Kept<'a> {
    pub table: &'a str,
    /// The rule is called `<table>_<rule>`, and the error carries its name.
    pub rule: &'a str,
    /// Says of a row called `OLD` whether it stays.
    pub when: &'a str,
    /// What is unique beside `id`, a list of columns each: on SQLite another row could take a kept one's place.
    pub unique: &'a [&'a [&'a str]],
}

impl<'a> Kept<'a> {
    /// Rows may be added and nothing else; nothing but `id` is unique.
    pub const fn append_only(table: &'a str) -> Self {
        Self { table, rule: "append_only", when: "TRUE", unique: &[] }
    }
}

/// Kept rows refuse to be changed, removed and replaced.
pub async fn refuse_changes(manager: &SchemaManager<'_>, kept: Kept<'_>) -> Result<(), DbErr> {
    let sql = if is_sqlite(manager) { refuse_by_raising(&kept) } else { refuse_by_function(&kept) };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

fn refuse_by_raising(kept: &Kept<'_>) -> String {
    let Kept { table, when, .. } = kept;
    let rule = format!("{table}_{}", kept.rule);
    let same = |columns: &&[&str]| {
        columns.iter().map(|column| format!("present.{column} = NEW.{column}")).collect::<Vec<_>>().join(" AND ")
    };
    let collides = std::iter::once("present.id = NEW.id".to_owned()).chain(kept.unique.iter().map(same));
    let collides = collides.collect::<Vec<_>>().join(" OR ");
    let present = when.replace("OLD.", "present.");
    // The last two are for OR REPLACE, which removes what is in the way without asking the second.
    format!(
        "CREATE TRIGGER {rule}_on_update BEFORE UPDATE ON {table} WHEN {when}
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_delete BEFORE DELETE ON {table} WHEN {when}
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_replace BEFORE INSERT ON {table}
         WHEN EXISTS (SELECT 1 FROM {table} AS present WHERE ({collides}) AND {present})
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;
         CREATE TRIGGER {rule}_on_displace BEFORE UPDATE ON {table}
         WHEN EXISTS (SELECT 1 FROM {table} AS present WHERE present.id <> OLD.id AND ({collides}) AND {present})
         BEGIN SELECT RAISE(ABORT, '{rule}'); END;"
    )
}

fn refuse_by_function(kept: &Kept<'_>) -> String {
    let Kept { table, when, .. } = kept;
    let rule = format!("{table}_{}", kept.rule);
    // There is no OLD in a trigger of a whole statement, so the operation is asked for first.
    format!(
        "CREATE FUNCTION {rule}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF TG_OP <> 'TRUNCATE' THEN
             IF NOT ({when}) THEN
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
    )
}

/// Takes back what `refuse_changes` leaves behind when the table of the rule is dropped.
pub async fn forget_refused_changes(manager: &SchemaManager<'_>, rule: &str) -> Result<(), DbErr> {
    if is_sqlite(manager) {
        return Ok(());
    }
    manager.get_connection().execute_unprepared(&format!("DROP FUNCTION {rule}()")).await?;
    Ok(())
}
