//! Rows as they are stored: one file per table, singular, no methods.
//!
//! Roles, statuses and kinds are plain text here; `domain` parses them into the enums of `domain-types`. Instants are
//! whole UTC seconds and are always given by the caller: no column has a default taken from the database's clock.
//! The schema itself is made by `migration`, whose tests compare the two, column by column.

pub mod access_question;
pub mod appointment;
pub mod appointment_event;
pub mod audit_event;
pub mod audit_event_patient;
pub mod doctor;
pub mod doctor_notice;
pub mod document_chunk;
pub mod emergency_access;
pub mod factor;
pub mod guess_counter;
pub mod idempotency_key;
pub mod kept_form;
pub mod known_device;
pub mod lab_result;
pub mod mail_request;
pub mod medical_record;
pub mod one_time_token;
pub mod outbox_message;
pub mod patient;
pub mod patient_key;
pub mod recovery_code;
pub mod reference_version;
pub mod refresh_token;
pub mod registration;
pub mod registration_mail;
pub mod result_seen;
pub mod session;
pub mod setting;
pub mod signing_key;
pub mod specialty;
pub mod time_off;
pub mod user;
pub mod user_word;
pub mod visit_type;
pub mod working_hours;
