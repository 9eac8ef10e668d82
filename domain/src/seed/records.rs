//! What completed visits leave in the medical record.

use std::cmp::Reverse;

use domain_types::{
    PatientId,
    records::{Content, LabValue, Prescription, RecordStatus, RecordType, Report, Vitals},
    reference::ReferenceKind,
};
use entity::{lab_result, medical_record, patient_key, result_seen};
use jiff::{ToSpan, civil::Date};

use super::{
    cases::{CONTINUE, Medicine, Paper, STEADY, Value},
    demo,
    dice::{Dice, reference},
    histories,
    people::{Patient, from_seconds},
    scene::{DAY, MINUTE, Scene},
    visits::Visit,
};
use crate::{
    error::{Error, Result},
    patient_keys::{self, DataKey},
    records::{Header, Texts, content_of, format, result_of, result_row},
    services::Services,
    time::date_to_db,
};

/// How long a report waits in its doctor's inbox.
const SEEN_AFTER: i64 = 4 * DAY;
/// The newest reports of every doctor that wait however old they are: after a quiet week too there is one to look at.
const ALWAYS_WAITING: usize = 3;

/// Rows of the record that are stored together.
#[derive(Default)]
pub(super) struct Papers {
    pub records: Vec<medical_record::Model>,
    pub results: Vec<lab_result::Model>,
}

/// An entry before it is sealed.
pub(super) struct Entry<'a> {
    /// Place among the patients.
    pub patient: usize,
    pub doctor: Option<&'a super::doctors::Doctor>,
    pub appointment: Option<i64>,
    pub about: Option<i64>,
    pub kind: RecordType,
    pub status: RecordStatus,
    pub date: Date,
    /// Unix seconds.
    pub at: i64,
    pub content: Content,
    pub values: &'static [Value],
}

/// Writes the entries one after another, seals and numbers them.
pub(super) struct Records<'a> {
    scene: &'a Scene,
    /// In the order of the patients.
    keys: Vec<DataKey>,
    written: u64,
    results: i64,
    reports: Vec<LabReport>,
}

/// A laboratory report that somebody has to look at.
struct LabReport {
    id: i64,
    author: i64,
    /// Unix seconds.
    at: i64,
}

impl<'a> Records<'a> {
    /// Draws a key for every patient; the second half is how the keys are stored.
    pub(super) fn new(
        services: &Services,
        scene: &'a Scene,
        patients: &[Patient],
    ) -> Result<(Self, Vec<patient_key::Model>)> {
        let (mut keys, mut rows) = (Vec::new(), Vec::new());
        for patient in patients {
            let (key, sealed) = patient_keys::draw(services, PatientId(patient.row.id))?;
            keys.push(key);
            rows.push(patient_key::Model {
                id: patient.row.id,
                patient_id: patient.row.id,
                sealed_key: Some(sealed),
                created_at: patient.row.created_at,
                erased_at: None,
            });
        }
        Ok((Self { scene, keys, written: 0, results: 0, reports: Vec::new() }, rows))
    }

    /// The key of the patient in this place.
    pub(super) fn key(&self, patient: usize) -> Result<&DataKey> {
        key_of(&self.keys, patient)
    }

    pub(super) const fn written(&self) -> u64 {
        self.written
    }

    /// The entries of a visit that was completed at this second: what was measured and noted, and the papers that
    /// followed up to now. A demo patient's first visit for a complaint leaves all of its papers.
    pub(super) fn of(
        &mut self,
        visit: &Visit,
        (doctor, patient): (&super::doctors::Doctor, &Patient),
        appointment: i64,
        completed_at: i64,
        dice: &mut Dice,
        papers: &mut Papers,
    ) -> Result<()> {
        let case = visit.case;
        let now = self.scene.now;
        let noted = (completed_at + dice.between(1, 4) * MINUTE).min(now);
        let is_known = demo::patients().contains(&visit.patient);
        let at = |kind: RecordType, date: Date, at: i64, content: Content| Entry {
            patient: visit.patient,
            doctor: Some(doctor),
            appointment: Some(appointment),
            about: None,
            kind,
            status: RecordStatus::Final,
            date,
            at,
            content,
            values: &[],
        };
        let text = match visit.seen_before {
            0 => [case.diagnosis, case.symptoms, case.treatment, case.notes],
            1 => [case.diagnosis, case.since, dice.pick(&CONTINUE), case.review],
            _ if case.is_examination() => [case.diagnosis, case.since, dice.pick(&CONTINUE), case.review],
            _ => {
                let (since, review) = dice.pick(&STEADY);
                [case.diagnosis, since, dice.pick(&CONTINUE), review]
            }
        };
        let [.., found] = text;
        if is_known || dice.percent(60) {
            let baseline = demo::baseline(visit.patient).unwrap_or(visit.patient as u64);
            let (pulse, systolic, diastolic, grams) = histories::vitals(dice, patient.age, baseline);
            let (systolic, diastolic) = noted_pressure(found).unwrap_or((systolic, diastolic));
            let pulse = noted_pulse(found).unwrap_or(pulse);
            let vitals = Vitals {
                heart_rate: Some(pulse),
                systolic_bp: Some(systolic),
                diastolic_bp: Some(diastolic),
                weight_grams: Some(grams),
                ..Vitals::default()
            };
            let measured = visit.starts.min(noted);
            self.write(at(RecordType::Vitals, visit.date, measured, Content::Vitals(vitals)), papers)?;
        }
        if visit.is_follow_up() && !case.review_values.is_empty() && (is_known || dice.percent(70)) {
            let why = format!("{}, measured again before the appointment.", case.diagnosis);
            let text = report(["Tests before the appointment", &why, "Discussed at the appointment.", ""]);
            let date = visit.date.checked_sub(2.days())?;
            let entry = at(RecordType::LabReport, date, visit.starts - 2 * DAY, text);
            self.write(Entry { values: case.review_values, ..entry }, papers)?;
        }
        let note = self.write(at(case.kind, visit.date, noted, report(text)), papers)?;
        let always = is_known && !visit.is_follow_up();
        for paper in case.papers {
            let chance = match paper.kind {
                // What the follow-up looks back on has to have happened.
                RecordType::Surgery | RecordType::Discharge => 100,
                _ if visit.is_follow_up() => 25,
                _ => 60,
            };
            let there_at = noted + paper.days * DAY;
            if (always || dice.percent(chance)) && there_at <= now && is_fitting(paper, visit) {
                let content = match &paper.medicine {
                    Some(medicine) => prescription(medicine),
                    None => report([paper.title, &asked_for(paper, case.diagnosis), paper.treatment, paper.notes]),
                };
                let about = paper.medicine.is_some().then_some(note);
                let entry = at(paper.kind, visit.date.checked_add(paper.days.days())?, there_at, content);
                self.write(Entry { about, values: paper.values, ..entry }, papers)?;
            }
        }
        Ok(())
    }

    /// Which of the reports so far their doctors have looked at.
    pub(super) fn seen(mut self) -> Vec<result_seen::Model> {
        self.reports.sort_by_key(|report| (report.author, Reverse(report.at), Reverse(report.id)));
        let of_doctors = self.reports.chunk_by(|one, next| one.author == next.author);
        let older = of_doctors.flat_map(|reports| reports.iter().skip(ALWAYS_WAITING));
        let seen = older.filter(|report| report.at + SEEN_AFTER <= self.scene.now);
        let row = |(id, report): (i64, &LabReport)| result_seen::Model {
            id,
            record_id: report.id,
            user_id: report.author,
            seen_at: from_seconds(report.at + SEEN_AFTER),
        };
        (1..).zip(seen).map(row).collect()
    }

    /// Seals an entry and gives its id. Entries for good are signed when they are made.
    pub(super) fn write(&mut self, entry: Entry<'_>, papers: &mut Papers) -> Result<i64> {
        let number = self.written;
        self.written += 1;
        let id = i64::try_from(number).unwrap_or(i64::MAX - 1) + 1;
        let reference = reference(ReferenceKind::Record, self.scene.seed, number);
        let key = key_of(&self.keys, entry.patient)?;
        let patient_id = entry.patient as i64 + 1;
        let texts = Texts {
            content: format::written(&entry.content)?,
            results: entry.values.iter().map(|value| format::written(&lab_value(value))).collect::<Result<_>>()?,
        };
        for (position, text) in (1..).zip(&texts.results) {
            self.results += 1;
            papers.results.push(lab_result::Model {
                id: self.results,
                record_id: id,
                patient_id,
                position,
                content: key.seal(result_of(&result_row(&reference, position)), text)?,
                created_at: from_seconds(entry.at),
            });
        }
        let is_final = entry.status == RecordStatus::Final;
        let author = entry.doctor.map(|doctor| doctor.user.id);
        if let (RecordType::LabReport, Some(author)) = (entry.kind, author) {
            self.reports.push(LabReport { id, author, at: entry.at });
        }
        let header = Header {
            reference: &reference,
            kind: entry.kind.as_str(),
            date: entry.date,
            doctor: entry.doctor.map(|doctor| doctor.row.id),
            visit: entry.appointment,
            about: entry.about,
            author,
            signed_at: from_seconds(entry.at),
        };
        let signature = is_final.then(|| header.sign(key, &texts));
        papers.records.push(medical_record::Model {
            id,
            patient_id,
            doctor_id: entry.doctor.map(|doctor| doctor.row.id),
            appointment_id: entry.appointment,
            about_id: entry.about,
            record_type: entry.kind.as_str().into(),
            status: entry.status.as_str().into(),
            record_date: date_to_db(entry.date)?,
            content: key.seal(content_of(&reference), &texts.content)?,
            version: 1,
            created_at: from_seconds(entry.at),
            updated_at: from_seconds(entry.at),
            created_by_user_id: author,
            signed_at: is_final.then(|| from_seconds(entry.at)),
            signed_by_user_id: author.filter(|_| is_final),
            signature,
            reference,
        });
        Ok(id)
    }
}

fn key_of(keys: &[DataKey], patient: usize) -> Result<&DataKey> {
    keys.get(patient).ok_or_else(|| Error::internal("a patient has no key"))
}

fn report([assessment, subjective, plan, objective]: [&str; 4]) -> Content {
    let [assessment, subjective, plan, objective] = [assessment, subjective, plan, objective].map(str::to_owned);
    Content::Report(Report { subjective, objective, assessment, plan, ..Report::default() })
}

fn prescription(medicine: &Medicine) -> Content {
    Content::Prescription(Prescription {
        medication_name: medicine.name.into(),
        dosage: medicine.dosage.into(),
        frequency: medicine.frequency.into(),
        duration: medicine.duration.into(),
        instructions: medicine.instructions.into(),
        warned: Vec::new(),
        signed_because: String::new(),
        not_compared: Vec::new(),
    })
}

fn lab_value(value: &Value) -> LabValue {
    LabValue {
        test: value.test.into(),
        code: value.code.into(),
        value: value.value.into(),
        unit: value.unit.into(),
        low: value.low.map(Into::into),
        high: value.high.map(Into::into),
        flag: value.flag(),
        mark: value.mark(),
        note: String::new(),
    }
}

/// "148/90" in a note: what was measured is what was noted.
fn noted_pressure(note: &str) -> Option<(u16, u16)> {
    note.split_whitespace().find_map(|word| {
        let (systolic, diastolic) = word.trim_matches([',', '.', ';']).split_once('/')?;
        let (systolic, diastolic) = (systolic.parse().ok()?, diastolic.parse().ok()?);
        ((70..=250).contains(&systolic) && (40..=150).contains(&diastolic)).then_some((systolic, diastolic))
    })
}

/// "Pulse 54" in a note.
fn noted_pulse(note: &str) -> Option<u16> {
    let words: Vec<&str> = note.split_whitespace().collect();
    words.windows(2).find(|pair| pair[0].eq_ignore_ascii_case("pulse"))?[1].trim_matches([',', '.', ';']).parse().ok()
}

/// Nobody is operated twice for the same thing, and a result that was out of range is not printed again.
fn is_fitting(paper: &Paper, visit: &Visit) -> bool {
    !visit.is_follow_up() || paper.kind == RecordType::Prescription
}

fn asked_for(paper: &Paper, diagnosis: &str) -> String {
    match paper.kind {
        RecordType::LabReport | RecordType::Imaging => format!("Ordered at the appointment. {diagnosis}."),
        _ => format!("{diagnosis}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_says_was_measured_is_read_from_it() {
        assert_eq!(noted_pressure("148/90 today, the same on both arms."), Some((148, 90)));
        assert_eq!(noted_pressure("Blood pressure 122/76, heart normal."), Some((122, 76)));
        assert_eq!(noted_pressure("Repeat and/or call. Two of 3/4."), None);
        assert_eq!(noted_pulse("Pulse 54 at rest, blood pressure 118/72."), Some(54));
        assert_eq!(noted_pulse("Murmur as before, pulse regular."), None);
    }
}
