//! Entries of the record and notes of visits for tests, and what is stored of them.

use domain_types::{
    AppointmentId, AuditEventId,
    appointments::AppointmentView,
    records::{Content, Flag, LabValue, RecordType, Report},
};
use entity::{appointment, audit_event, lab_result, medical_record};
use jiff::civil::{Date, date};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
};
use zeroize::Zeroizing;

use super::{TestPerson, TestWorld};
use crate::{
    access::Act,
    appointments::notes_of,
    clock::Clock,
    db::DatabaseTarget,
    patient_keys,
    records::{Header, Texts, content_of, format, result_of, result_row},
    time::{date_to_db, to_db},
};

#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test harness may stop a test")]
impl TestWorld {
    /// Writes a signed entry into a patient's record.
    pub async fn write_record(&self, patient: &TestPerson, doctor: &TestPerson, diagnosis: &str) -> i64 {
        let content = Content::Report(Report {
            assessment: diagnosis.into(),
            subjective: "as told".into(),
            plan: "as agreed".into(),
            ..Report::default()
        });
        self.write_entry(patient, doctor, RecordType::Consultation, date(2026, 11, 20), content, &[]).await.0
    }

    /// Writes a released laboratory report with one result that has no range.
    pub async fn write_lab_report(
        &self,
        patient: &TestPerson,
        doctor: &TestPerson,
        test: &str,
        value: &str,
        unit: &str,
    ) -> (i64, String) {
        let content = Content::Report(Report { assessment: format!("{test} measured"), ..Report::default() });
        let result = LabValue {
            test: test.into(),
            code: String::new(),
            value: value.into(),
            unit: unit.into(),
            low: None,
            high: None,
            flag: Flag::Unknown,
            mark: None,
            note: String::new(),
        };
        self.write_entry(patient, doctor, RecordType::LabReport, date(2026, 11, 20), content, &[result]).await
    }

    /// Writes a signed entry of any kind, of any day, and gives its id and reference.
    pub async fn write_entry(
        &self,
        patient: &TestPerson,
        doctor: &TestPerson,
        kind: RecordType,
        day: Date,
        content: Content,
        results: &[LabValue],
    ) -> (i64, String) {
        self.write_entry_of(None, patient, doctor, kind, day, content, results).await
    }

    /// The same, as it is written at a visit.
    #[allow(clippy::too_many_arguments, reason = "every part of an entry")]
    pub async fn write_entry_of(
        &self,
        visit: Option<AppointmentId>,
        patient: &TestPerson,
        doctor: &TestPerson,
        kind: RecordType,
        day: Date,
        content: Content,
        results: &[LabValue],
    ) -> (i64, String) {
        let texts = Texts {
            content: format::written(&content).unwrap(),
            results: results.iter().map(|value| format::written(value).unwrap()).collect(),
        };
        self.store(visit, patient, doctor, kind, day, texts).await
    }

    /// Writes a signed entry of the very texts that another version of SecureMed may have left.
    pub async fn write_texts(
        &self,
        patient: &TestPerson,
        doctor: &TestPerson,
        kind: RecordType,
        content: &str,
        results: &[String],
    ) -> (i64, String) {
        let bytes = |text: &str| Zeroizing::new(text.as_bytes().to_vec());
        let texts = Texts { content: bytes(content), results: results.iter().map(|text| bytes(text)).collect() };
        self.store(None, patient, doctor, kind, date(2026, 11, 20), texts).await
    }

    async fn store(
        &self,
        visit: Option<AppointmentId>,
        patient: &TestPerson,
        doctor: &TestPerson,
        kind: RecordType,
        day: Date,
        texts: Texts,
    ) -> (i64, String) {
        let reference = domain_types::ReferenceKind::Record.encode(crate::secrets::random_bits());
        let patient = patient.patient.expect("a patient");
        let now = to_db(self.clock.now());
        let tx = self.services.db().begin().await.unwrap();
        let key = patient_keys::for_writing(&self.services, &tx, patient).await.unwrap();
        let header = Header {
            reference: &reference,
            kind: kind.as_str(),
            date: day,
            doctor: doctor.doctor.map(|doctor| doctor.0),
            visit: visit.map(|visit| visit.0),
            about: None,
            author: Some(doctor.user.0),
            signed_at: now,
        };
        let row = medical_record::ActiveModel {
            reference: Set(reference.clone()),
            patient_id: Set(patient.0),
            doctor_id: Set(header.doctor),
            appointment_id: Set(header.visit),
            record_type: Set(kind.as_str().into()),
            status: Set("final".into()),
            record_date: Set(date_to_db(day).unwrap()),
            content: Set(key.seal(content_of(&reference), &texts.content).unwrap()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            created_by_user_id: Set(header.author),
            signed_at: Set(Some(now)),
            signed_by_user_id: Set(header.author),
            signature: Set(Some(header.sign(&key, &texts))),
            ..Default::default()
        };
        let id = row.insert(&tx).await.unwrap().id;
        for (position, text) in (1..).zip(&texts.results) {
            let place = result_row(&reference, position);
            let row = lab_result::ActiveModel {
                record_id: Set(id),
                patient_id: Set(patient.0),
                position: Set(position),
                content: Set(key.seal(result_of(&place), text).unwrap()),
                created_at: Set(now),
                ..Default::default()
            };
            row.insert(&tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        (id, reference)
    }

    /// `PT-…` of somebody.
    pub async fn reference_of(&self, patient: &TestPerson) -> String {
        let id = patient.patient.expect("a patient").0;
        entity::patient::Entity::find_by_id(id).one(&self.raw).await.unwrap().expect("a row").reference
    }

    /// The number of the first result of a report.
    pub async fn first_result(&self, report: i64) -> i64 {
        let found = lab_result::Entity::find().filter(lab_result::Column::RecordId.eq(report));
        found.order_by_asc(lab_result::Column::Position).one(&self.raw).await.unwrap().expect("a result").id
    }

    /// How many events the audit trail has, but for those of SecureMed itself.
    pub async fn events_noted(&self) -> u64 {
        use entity::audit_event::{Column, Entity};
        Entity::find().filter(Column::ObjectKind.ne("signing_key")).count(&self.raw).await.unwrap()
    }

    /// Writes the notes of a visit.
    pub async fn note_at(&self, visit: &AppointmentView, notes: &str) {
        let tx = self.services.db().begin().await.unwrap();
        let key = patient_keys::for_writing(&self.services, &tx, visit.patient.id).await.unwrap();
        let row = appointment::ActiveModel {
            id: Set(visit.id.0),
            sealed_notes: Set(Some(key.seal(notes_of(&visit.reference), notes.as_bytes()).unwrap())),
            ..Default::default()
        };
        row.update(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Notes in the trail that somebody opened the chart of a patient, as if they had, and gives the event.
    pub async fn note_look(&self, who: &TestPerson, patient: &TestPerson) -> AuditEventId {
        let event = audit_event::ActiveModel {
            at: Set(to_db(self.clock.now())),
            actor_user_id: Set(Some(who.user.0)),
            actor_role: Set(who.role.as_str().into()),
            action: Set(Act::OpenChart.as_str().into()),
            object_kind: Set(Act::OpenChart.object().as_str().into()),
            object_ids: Set("[]".into()),
            patient_id: Set(patient.patient.map(|patient| patient.0)),
            outcome: Set("allowed".into()),
            reason: Set(None),
            request_id: Set(None),
            ..Default::default()
        };
        AuditEventId(event.insert(&self.raw).await.unwrap().id)
    }

    /// All that is stored, byte for byte: the files of SQLite with its write-ahead log, on PostgreSQL every row of every
    /// table as a dump would write it.
    pub async fn everything_stored(&self) -> Vec<u8> {
        let mut stored = Vec::new();
        match &self.target {
            DatabaseTarget::Sqlite(path) => {
                for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
                    stored.extend(std::fs::read(file.unwrap().path()).unwrap());
                }
            }
            DatabaseTarget::Postgres { .. } => {
                let tables = self.texts("SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = current_schema()").await;
                for table in tables {
                    for line in self.texts(&format!("SELECT row_to_json(t)::text AS line FROM \"{table}\" AS t")).await
                    {
                        // A dump writes bytes as digits: they are looked through as what they are.
                        let bytes = line.split("\\\\x").skip(1).filter_map(|rest| rest.split('"').next());
                        stored.extend(
                            bytes.flat_map(|digits| data_encoding::HEXLOWER.decode(digits.as_bytes()).unwrap()),
                        );
                        stored.extend(line.into_bytes());
                    }
                }
            }
        }
        stored
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.raw.query_all_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql)).await;
        rows.unwrap().iter().map(|row| row.try_get("", "line").unwrap()).collect()
    }
}
