//! Rows of what accounts are made of.

use time::macros::date;

use super::NOW;

pub fn registration() -> entity::registration::Model {
    entity::registration::Model {
        id: 1,
        browser_hash: "2c26b46b".into(),
        requester_hash: "68ffc6ff".into(),
        username: "newcomer".into(),
        email: "newcomer@example.org".into(),
        password_hash: "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA".into(),
        first_name: "Noor".into(),
        last_name: "Haddad".into(),
        date_of_birth: Some(date!(1991 - 07 - 03)),
        gender: Some("undisclosed".into()),
        phone: Some("+353 20 910 0101".into()),
        accepted_policy_version: 1,
        accepted_policy_at: NOW,
        code_tries_left: 10,
        names_left: 10,
        created_at: NOW,
        expires_at: NOW + time::Duration::DAY,
    }
}

pub fn registration_mail() -> entity::registration_mail::Model {
    entity::registration_mail::Model {
        id: 1,
        registration_id: 1,
        link_hash: "2c26b46b".into(),
        code_hash: "fcde2b2e".into(),
        code_expires_at: NOW + time::Duration::minutes(10),
    }
}

pub fn mail_request() -> entity::mail_request::Model {
    entity::mail_request::Model {
        id: 1,
        kind: "reset_password".into(),
        email: "newcomer@example.org".into(),
        requester_hash: "68ffc6ff".into(),
        device_hashes: Some("baa5a096".into()),
        browser_hash: None,
        created_at: NOW,
        answered_at: Some(NOW),
        is_mailed: true,
    }
}

/// Set up and not confirmed yet.
pub fn factor() -> entity::factor::Model {
    entity::factor::Model {
        id: 1,
        user_id: 1,
        kind: "totp".into(),
        sealed_secret: vec![0, 1, 254, 255],
        last_step: Some(59_000_000),
        created_at: NOW,
        confirmed_at: None,
        last_used_at: Some(NOW),
    }
}

pub fn recovery_code() -> entity::recovery_code::Model {
    entity::recovery_code::Model {
        id: 1,
        user_id: 1,
        code_hash: "baa5a096".into(),
        created_at: NOW,
        used_at: Some(NOW),
    }
}

pub fn one_time_token() -> entity::one_time_token::Model {
    entity::one_time_token::Model {
        id: 1,
        purpose: "sign_in_code".into(),
        user_id: 1,
        token_hash: "6b51d431".into(),
        tries_left: 5,
        created_at: NOW,
        expires_at: NOW + time::Duration::minutes(5),
        used_at: Some(NOW),
    }
}

pub fn known_device() -> entity::known_device::Model {
    entity::known_device::Model { id: 1, user_id: 1, token_hash: "d7a8fbb3".into(), created_at: NOW, last_seen_at: NOW }
}

pub fn guess_counter() -> entity::guess_counter::Model {
    entity::guess_counter::Model {
        id: 1,
        scope: "password".into(),
        subject_hash: "ef2d127d".into(),
        failures: 5,
        last_failure_at: NOW,
        blocked_until: Some(NOW + time::Duration::seconds(30)),
        day: date!(2026 - 11 - 22),
        day_count: 7,
    }
}

pub fn signing_key() -> entity::signing_key::Model {
    entity::signing_key::Model {
        id: 1,
        kid: "3f29e1d8c0a7b654".into(),
        public_key: vec![0, 1, 254, 255],
        sealed_seed: vec![255, 254, 1, 0],
        created_at: NOW,
        retired_at: Some(NOW),
    }
}
