//! What patients bring along: problems, allergies, medicines and vaccinations, as they were taken down when they came.

use domain_types::records::{
    Allergy, Condition, Content, Immunisation, Medication, NoKnownAllergies, RecordStatus, RecordType, Severity, Vitals,
};

use super::{
    demo,
    doctors::Doctor,
    essentials::SPECIALTIES,
    histories::{self, History, JONAS, MAYA, OTHERS},
    people::Patient,
    records::{Entry, Papers, Records},
    scene::{DAY, Scene},
};
use crate::{error::Result, records::read_allergy};

/// The history of the patient in this place.
fn history(scene: &Scene, place: usize) -> &'static History {
    match place {
        0 => &MAYA,
        1 => &JONAS,
        _ => &OTHERS[scene.dice("history", place).below(OTHERS.len())],
    }
}

/// Writes what the first demo patient measured at home, a reading each day back from yesterday.
pub(super) fn write_readings(
    scene: &Scene,
    records: &mut Records<'_>,
    patients: &[Patient],
    papers: &mut Papers,
) -> Result<()> {
    let Some(patient) = patients.first() else { return Ok(()) };
    let baseline = demo::baseline(0).unwrap_or_default();
    for day in 1..=scene.readings {
        let mut dice = scene.dice("reading", day as usize);
        let (pulse, systolic, diastolic, _) = histories::vitals(&mut dice, patient.age, baseline);
        let vitals = Vitals {
            heart_rate: Some(pulse),
            systolic_bp: Some(systolic),
            diastolic_bp: Some(diastolic),
            ..Vitals::default()
        };
        let entry = Entry {
            patient: 0,
            doctor: None,
            appointment: None,
            about: None,
            kind: RecordType::Vitals,
            status: RecordStatus::Final,
            date: scene.day(-i64::from(day))?,
            at: scene.now - i64::from(day) * DAY,
            content: Content::Vitals(vitals),
            values: &[],
        };
        records.write(entry, papers)?;
    }
    Ok(())
}

/// Writes the history of the patient in this place.
pub(super) fn write(
    scene: &Scene,
    records: &mut Records<'_>,
    doctors: &[Doctor],
    (place, patient): (usize, &Patient),
    papers: &mut Papers,
) -> Result<()> {
    let history = history(scene, place);
    let practitioner = doctors.iter().find(|doctor| SPECIALTIES[doctor.specialty].code == "general");
    let joined = patient.row.created_at.unix_timestamp() + DAY;
    let entry = |kind: RecordType, status: RecordStatus, at: i64, content: Content| -> Result<Entry<'_>> {
        let days = (at - scene.now).div_euclid(DAY);
        let doctor = practitioner.or_else(|| doctors.first());
        let (appointment, about, values) = (None, None, [].as_slice());
        Ok(Entry {
            patient: place,
            doctor,
            appointment,
            about,
            kind,
            status,
            date: scene.day(days)?,
            at,
            content,
            values,
        })
    };
    for (substance, reaction, severity) in history.allergies {
        let severity = Severity::parse(severity).unwrap_or(Severity::Unknown);
        let content = Content::Allergy(Allergy {
            substance: (*substance).into(),
            reaction: (*reaction).into(),
            severity,
            coded: read_allergy(substance, &[]).read_as,
        });
        records.write(entry(RecordType::Allergy, RecordStatus::Active, joined, content)?, papers)?;
    }
    if history.none_known {
        let content = Content::NoKnownAllergies(NoKnownAllergies::default());
        records.write(entry(RecordType::NoKnownAllergies, RecordStatus::Active, joined, content)?, papers)?;
    }
    for (name, since, note) in history.problems {
        let [name, since, note] = [*name, *since, *note].map(str::to_owned);
        let content = Content::Problem(Condition { name, since, note });
        records.write(entry(RecordType::Problem, RecordStatus::Active, joined, content)?, papers)?;
    }
    for (name, dosage, frequency, note) in history.medications {
        let [name, dosage, frequency, note] = [*name, *dosage, *frequency, *note].map(str::to_owned);
        let content = Content::Medication(Medication { name, dosage, frequency, note });
        records.write(entry(RecordType::Medication, RecordStatus::Active, joined, content)?, papers)?;
    }
    for (days, vaccine, dose, site) in history.immunisations {
        let [vaccine, dose, site] = [*vaccine, *dose, *site].map(str::to_owned);
        let content = Content::Immunisation(Immunisation { vaccine, dose, batch: String::new(), site });
        let at = scene.now - days * DAY;
        records.write(entry(RecordType::Immunisation, RecordStatus::Final, at, content)?, papers)?;
    }
    Ok(())
}
