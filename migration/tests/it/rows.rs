//! One plausible row for each table. Tests change what they are about and insert the rest as it is.

use sea_orm::{ActiveModelTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel};
use time::macros::{date, datetime};

mod accounts;
mod records;

pub use accounts::*;
pub use records::*;

/// When every row of these tests was made.
pub const NOW: time::OffsetDateTime = datetime!(2026-11-22 17:20:00 UTC);

/// Inserts the row as it is, its id included.
pub async fn insert<E>(db: &DatabaseConnection, row: E::Model) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    E::insert(row.into_active_model().reset_all()).exec_without_returning(db).await.map(drop)
}

pub fn user(id: i64) -> entity::user::Model {
    entity::user::Model {
        id,
        username: format!("person{id}"),
        email: format!("person{id}@example.org"),
        password_hash: Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into()),
        role: "patient".into(),
        first_name: "Ana".into(),
        last_name: "Duarte".into(),
        sort_key: "duarte\tana".into(),
        is_active: true,
        email_verified_at: Some(NOW),
        created_at: NOW,
        last_sign_in_at: None,
        accepted_policy_version: Some(1),
        accepted_policy_at: Some(NOW),
        session_epoch: 0,
    }
}

pub fn patient(id: i64, user_id: i64) -> entity::patient::Model {
    entity::patient::Model {
        id,
        user_id,
        reference: format!("PT-{id}"),
        date_of_birth: Some(date!(1984 - 02 - 29)),
        gender: Some("female".into()),
        phone: None,
        phone_digits: None,
        address: Some("7 Heron Quay\nDublin 8".into()),
        emergency_contact_name: Some("Rui Duarte".into()),
        emergency_contact_phone: Some("+353 20 910 0102".into()),
        created_at: NOW,
    }
}

pub fn specialty() -> entity::specialty::Model {
    entity::specialty::Model {
        id: 1,
        code: "cardiology".into(),
        name: "Cardiology".into(),
        about: "The heart and its vessels.".into(),
        search_key: "cardiology the heart and its vessels cardiologist".into(),
        position: 1,
    }
}

pub fn doctor(id: i64, user_id: i64) -> entity::doctor::Model {
    entity::doctor::Model {
        id,
        user_id,
        specialty_id: 1,
        department: "Cardiology".into(),
        hospital: "Riverside".into(),
        bio: "Sees adults with heart failure.".into(),
        languages: "English, Portuguese".into(),
        fee_minor: 12_000,
        currency: "EUR".into(),
        practising_since: 2009,
        accepts_bookings: true,
        search_key: "english".into(),
        next_free_at: Some(NOW),
    }
}

pub fn working_hours() -> entity::working_hours::Model {
    entity::working_hours::Model { id: 1, doctor_id: 1, weekday: 1, starts_minute: 9 * 60, ends_minute: 17 * 60 }
}

pub fn time_off() -> entity::time_off::Model {
    entity::time_off::Model {
        id: 1,
        doctor_id: 1,
        starts_at: NOW,
        ends_at: NOW + time::Duration::DAY,
        why: "Conference".into(),
    }
}

pub fn visit_type() -> entity::visit_type::Model {
    entity::visit_type::Model {
        id: 1,
        code: "visit".into(),
        name: "Visit".into(),
        duration_minutes: 30,
        buffer_minutes: 0,
        is_default: true,
    }
}

/// Half an hour from NOW, the buffer of ten minutes not counted.
pub fn appointment(id: i64, doctor_id: i64, patient_id: i64) -> entity::appointment::Model {
    entity::appointment::Model {
        id,
        reference: format!("APT-{id}"),
        patient_id,
        doctor_id,
        visit_type_id: 1,
        starts_at: NOW,
        ends_at: NOW + time::Duration::minutes(30),
        blocks_until: NOW + time::Duration::minutes(40),
        status: "scheduled".into(),
        sealed_reason: vec![0, 1, 254, 255],
        sealed_notes: Some(vec![255, 254, 1, 0]),
        fee_minor: 12_000,
        currency: "EUR".into(),
        created_by_user_id: Some(1),
        created_at: NOW,
        updated_at: NOW,
        checked_in_at: None,
    }
}

pub fn appointment_event() -> entity::appointment_event::Model {
    entity::appointment_event::Model {
        id: 1,
        appointment_id: 1,
        kind: "booked".into(),
        from_status: None,
        to_status: "scheduled".into(),
        from_starts_at: None,
        to_starts_at: NOW,
        actor_user_id: Some(1),
        at: NOW,
    }
}

pub fn session() -> entity::session::Model {
    entity::session::Model {
        id: 1,
        user_id: 1,
        kind: "web".into(),
        user_agent: "Firefox on Linux".into(),
        address: "192.0.2.7".into(),
        created_at: NOW,
        last_used_at: NOW,
        expires_at: NOW + time::Duration::DAY,
        revoked_at: Some(NOW),
        revoked_why: Some("signed out".into()),
        verified_at: Some(NOW),
        idle_seconds: Some(900),
        account_epoch: 0,
        role: Some("patient".into()),
    }
}

pub fn refresh_token() -> entity::refresh_token::Model {
    entity::refresh_token::Model {
        id: 1,
        session_id: 1,
        token_hash: "5f70bf18".into(),
        created_at: NOW,
        expires_at: NOW + time::Duration::DAY,
        used_at: None,
    }
}

pub fn outbox_message() -> entity::outbox_message::Model {
    entity::outbox_message::Model {
        id: 1,
        kind: "visit_booked".into(),
        to_address: "person1@example.org".into(),
        to_name: "Ana Duarte".into(),
        subject: "Your visit is booked".into(),
        body_text: "See you soon.".into(),
        calendar_name: Some("APT-7K3M9Q2X.ics".into()),
        calendar: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
        message_id: "<1@example.org>".into(),
        created_at: NOW,
        due_at: NOW,
        attempts: 2,
        leased_until: Some(NOW),
        sent_at: None,
        failed_at: None,
        last_error: Some("connection refused".into()),
        sealed_words: Some(vec![0, 1, 254, 255]),
    }
}

pub fn audit_event() -> entity::audit_event::Model {
    entity::audit_event::Model {
        id: 1,
        at: NOW,
        actor_user_id: Some(1),
        actor_role: "doctor".into(),
        action: "records.list".into(),
        object_kind: "medical_record".into(),
        object_ids: "[1,2]".into(),
        patient_id: Some(1),
        outcome: "allowed".into(),
        reason: None,
        request_id: Some("r-1".into()),
    }
}

pub fn setting() -> entity::setting::Model {
    entity::setting::Model {
        key: "booking".into(),
        value: r#"{"notice_minutes":60}"#.into(),
        updated_at: NOW,
        updated_by_user_id: Some(1),
    }
}

pub fn idempotency_key() -> entity::idempotency_key::Model {
    entity::idempotency_key::Model {
        id: 1,
        user_id: 1,
        route: "POST /api/appointments".into(),
        key: "a-key".into(),
        request_hash: "9b74c989".into(),
        object_id: Some(1),
        created_at: NOW,
    }
}

pub fn kept_form() -> entity::kept_form::Model {
    entity::kept_form::Model {
        id: 1,
        token_hash: "2cf24dba".into(),
        owner_hash: "486ea462".into(),
        source_hash: "3f2e1d0c".into(),
        sealed: vec![0, 1, 254, 255],
        expires_at: NOW,
    }
}
