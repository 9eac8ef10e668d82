//! Rows of the medical record.

use time::macros::date;

use super::NOW;

pub fn patient_key() -> entity::patient_key::Model {
    entity::patient_key::Model {
        id: 1,
        patient_id: 1,
        sealed_key: Some(vec![0, 1, 254, 255]),
        created_at: NOW,
        erased_at: None,
    }
}

/// A laboratory report that is still being written.
pub fn medical_record() -> entity::medical_record::Model {
    entity::medical_record::Model {
        id: 1,
        reference: "REC-1".into(),
        patient_id: 1,
        doctor_id: Some(1),
        appointment_id: None,
        about_id: None,
        record_type: "lab_report".into(),
        status: "draft".into(),
        record_date: date!(2026 - 11 - 20),
        content: vec![0, 1, 254, 255],
        version: 1,
        created_at: NOW,
        updated_at: NOW,
        created_by_user_id: Some(1),
        signed_at: None,
        signed_by_user_id: None,
        signature: None,
    }
}

/// The same, signed.
pub fn signed_record() -> entity::medical_record::Model {
    entity::medical_record::Model {
        status: "final".into(),
        signed_at: Some(NOW),
        signed_by_user_id: Some(1),
        signature: Some("9b74c989".into()),
        ..medical_record()
    }
}

pub fn lab_result() -> entity::lab_result::Model {
    entity::lab_result::Model {
        id: 1,
        record_id: 1,
        patient_id: 1,
        position: 1,
        content: vec![0, 1, 254, 255],
        created_at: NOW,
    }
}

pub fn audit_event_patient() -> entity::audit_event_patient::Model {
    entity::audit_event_patient::Model { id: 1, event_id: 1, patient_id: 1 }
}

pub fn access_question() -> entity::access_question::Model {
    entity::access_question::Model {
        id: 1,
        event_id: 1,
        patient_id: 1,
        note: vec![0, 1, 254, 255],
        asked_at: NOW,
        answer: None,
        answered_at: None,
        answered_by_user_id: None,
    }
}

pub fn emergency_access() -> entity::emergency_access::Model {
    entity::emergency_access::Model {
        id: 1,
        reference: "EMG-1".into(),
        user_id: 3,
        patient_id: 1,
        reason: vec![0, 1, 254, 255],
        granted_at: NOW,
        expires_at: NOW + time::Duration::HOUR,
        reviewed_at: None,
        reviewed_by_user_id: None,
        finding: None,
        remark: None,
    }
}

pub fn result_seen() -> entity::result_seen::Model {
    entity::result_seen::Model { id: 1, record_id: 1, user_id: 3, seen_at: NOW }
}

pub fn doctor_notice() -> entity::doctor_notice::Model {
    entity::doctor_notice::Model {
        id: 1,
        doctor_id: 1,
        patient_id: 1,
        record_id: 1,
        kind: "question".into(),
        note: Some(vec![0, 1, 254, 255]),
        created_at: NOW,
        seen_at: None,
        answer_id: None,
    }
}

/// A piece of the entry with the same number.
pub fn document_chunk() -> entity::document_chunk::Model {
    entity::document_chunk::Model { id: 1, record_id: 1, position: 1, content: vec![0, 1, 254, 255] }
}
