//! What patients bring along: allergies, lasting problems, medicines of their own and vaccinations, and what is measured
//! at every visit.

use super::dice::{Dice, mix};

/// What holds for a patient besides the visits.
pub(super) struct History {
    /// Substance, reaction, and `mild`, `moderate`, `severe` or `unknown`.
    pub allergies: &'static [(&'static str, &'static str, &'static str)],
    /// Whether they were asked, and no allergy is known: where it is false and there is none, nobody asked.
    pub none_known: bool,
    /// Name, since when, note.
    pub problems: &'static [(&'static str, &'static str, &'static str)],
    /// Taken without a prescription of the clinic: name, dosage, how often, note.
    pub medications: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// Days ago, vaccine, dose, where it was given.
    pub immunisations: &'static [(i64, &'static str, &'static str, &'static str)],
}

/// Nothing known.
const NOTHING: History =
    History { allergies: &[], none_known: false, problems: &[], medications: &[], immunisations: &[] };

/// Maya Okafor, born in 1986. The clinic prescribes amlodipine and sumatriptan.
pub(super) static MAYA: History = History {
    allergies: &[
        ("Penicillin", "Rash over the trunk on the third day", "moderate"),
        ("Hazel pollen", "Sneezing and itchy eyes in February and March", "mild"),
    ],
    none_known: false,
    problems: &[
        (
            "Raised blood pressure, mild",
            "the past year",
            "On amlodipine 5 mg, well controlled at home. Family history on the father’s side.",
        ),
        (
            "Migraine without aura",
            "2009",
            "Triggers: short nights, red wine. Sumatriptan only while the pressure is controlled.",
        ),
    ],
    medications: &[
        ("Paracetamol", "1 g", "When needed, on two days a week at most", "Bought over the counter"),
        ("Loratadine", "10 mg", "Once a day in February and March", "For the hazel pollen, bought over the counter"),
    ],
    immunisations: &[
        (48, "Influenza", "Yearly dose", "Left arm"),
        (415, "Influenza", "Yearly dose", "Left arm"),
        (1_490, "COVID-19", "Booster", "Right arm"),
        (2_870, "Tetanus, diphtheria and whooping cough", "Booster", "Left arm"),
    ],
};

/// Jonas Lindqvist, born in 1974. The clinic prescribes atorvastatin and a gel for the knee. What ibuprofen does to him
/// is no allergy, and the gel is fine, so it stands among the problems.
pub(super) static JONAS: History = History {
    allergies: &[
        ("Birch pollen", "Runny nose and itchy eyes in April and May", "mild"),
        ("Sticking plasters", "Red, itchy skin where they were", "mild"),
    ],
    none_known: false,
    problems: &[
        (
            "Raised LDL cholesterol",
            "the past year",
            "On atorvastatin 20 mg. Father had a stent at 61. Aim: LDL below 2.6 mmol/L.",
        ),
        ("Early wear of the right knee", "the past year", "Exercises at home, cycling instead of running."),
        (
            "Sensitive stomach",
            "2011",
            "Ibuprofen tablets upset it: no anti-inflammatory tablets. A gel on the knee is fine.",
        ),
    ],
    medications: &[
        ("Omega-3 fish oil", "1 g", "Once a day", "Bought over the counter"),
        ("Sodium alginate", "10 ml", "After a meal when the stomach burns", "Bought over the counter"),
    ],
    immunisations: &[
        (34, "Influenza", "Yearly dose", "Left arm"),
        (398, "Influenza", "Yearly dose", "Left arm"),
        (1_010, "Hepatitis A", "Second dose", "Right arm"),
        (1_220, "Hepatitis A", "First dose", "Right arm"),
        (2_150, "Tetanus and diphtheria", "Booster", "Left arm"),
    ],
};

/// For everybody else: believable at any age, and beside any of the cases.
pub(super) static OTHERS: [History; 12] = [
    NOTHING,
    History { none_known: true, immunisations: &[(52, "Influenza", "Yearly dose", "Left arm")], ..NOTHING },
    History {
        allergies: &[("Grass pollen", "Sneezing and itchy eyes from May to July", "mild")],
        medications: &[("Salt water nasal spray", "", "When needed", "Bought over the counter")],
        ..NOTHING
    },
    History {
        allergies: &[("Peanuts", "Swollen lips and wheezing within minutes", "severe")],
        none_known: false,
        problems: &[(
            "Peanut allergy",
            "early childhood",
            "Always carries two pens. An emergency plan has been handed out.",
        )],
        medications: &[("Adrenaline auto-injector", "one pen", "In an emergency only", "From the allergy clinic")],
        immunisations: &[(61, "Influenza", "Yearly dose", "Right arm")],
    },
    History { allergies: &[("Penicillin", "Not remembered, told by the family", "unknown")], ..NOTHING },
    History {
        allergies: &[("Latex", "Itchy weals after rubber gloves or balloons", "moderate")],
        immunisations: &[(44, "Influenza", "Yearly dose", "Left arm")],
        ..NOTHING
    },
    History {
        allergies: &[("Strawberries", "Hives around the mouth", "mild")],
        problems: &[("Short-sighted", "", "Wears glasses, eyes are checked every two years.")],
        ..NOTHING
    },
    History {
        none_known: true,
        problems: &[("Lactose intolerance", "", "Small amounts of cheese and yoghurt are fine.")],
        medications: &[("Lactase", "one tablet", "With meals that contain milk", "Bought over the counter")],
        immunisations: &[(230, "COVID-19", "Yearly dose", "Left arm")],
        ..NOTHING
    },
    History {
        allergies: &[("Trimethoprim", "Itchy rash after a few days", "moderate")],
        immunisations: &[(57, "Influenza", "Yearly dose", "Right arm"), (241, "COVID-19", "Yearly dose", "Right arm")],
        ..NOTHING
    },
    History {
        allergies: &[("Bee stings", "A large swelling for three days, breathing normal", "moderate")],
        problems: &[("Travel sickness", "", "In cars and on ferries. Sits in front and looks at the horizon.")],
        ..NOTHING
    },
    History {
        allergies: &[("Erythromycin", "Vomiting", "mild"), ("Kiwi fruit", "Itchy mouth", "mild")],
        problems: &[("Eczema as a baby", "early childhood", "Skin still dries out in winter.")],
        medications: &[("Moisturising cream", "", "After washing", "Bought over the counter")],
        ..NOTHING
    },
    History {
        problems: &[("Broken collarbone, healed", "early childhood", "A fall. No complaints since.")],
        immunisations: &[
            (118, "Hepatitis A", "Second dose", "Left arm"),
            (322, "Hepatitis A", "First dose", "Left arm"),
        ],
        ..NOTHING
    },
];

/// What is usual at an age; between two ages the numbers run in a straight line.
struct Usual {
    age: i64,
    grams: i64,
    pulse: i64,
    systolic: i64,
    diastolic: i64,
}

const fn usual(age: i64, grams: i64, pulse: i64, systolic: i64, diastolic: i64) -> Usual {
    Usual { age, grams, pulse, systolic, diastolic }
}

static USUAL: [Usual; 11] = [
    usual(0, 7_200, 124, 86, 50),
    usual(1, 10_600, 114, 90, 52),
    usual(3, 15_200, 102, 94, 56),
    usual(6, 21_700, 90, 98, 60),
    usual(10, 33_500, 82, 104, 64),
    usual(13, 47_000, 79, 109, 66),
    usual(16, 59_000, 76, 114, 69),
    usual(20, 69_000, 72, 118, 74),
    usual(45, 77_000, 72, 124, 78),
    usual(65, 76_000, 72, 131, 78),
    usual(90, 66_000, 73, 137, 74),
];

fn usual_at(age: i16) -> Usual {
    let [first, .., last] = &USUAL;
    let age = i64::from(age).clamp(first.age, last.age);
    let after = USUAL.iter().find(|usual| usual.age >= age).unwrap_or(last);
    let before = USUAL.iter().rev().find(|usual| usual.age <= age).unwrap_or(first);
    let years = (after.age - before.age).max(1);
    let line = |from: i64, to: i64| from + (to - from) * (age - before.age) / years;
    Usual {
        age,
        grams: line(before.grams, after.grams),
        pulse: line(before.pulse, after.pulse),
        systolic: line(before.systolic, after.systolic),
        diastolic: line(before.diastolic, after.diastolic),
    }
}

/// Pulse, systolic and diastolic pressure in mmHg, and weight in grams at a visit. `baseline` stands for the person, say
/// their id, and tells what is usual for them at this age; the dice add what changes from visit to visit.
pub(super) fn vitals(dice: &mut Dice, age: i16, baseline: u64) -> (u16, u16, u16, u32) {
    let usual = usual_at(age);
    // From −100 to 100, mostly near 0: how far this person is from what is usual.
    let person = |trait_of: u64| {
        let bits = mix(mix(baseline) ^ trait_of);
        let [one, other] = [bits % 101, (bits >> 32) % 101].map(|part| i64::try_from(part).unwrap_or_default());
        one + other - 100
    };
    // Grown-ups differ more than children do.
    let percent = 14 + usual.age.min(20);
    let own_weight = usual.grams + usual.grams * percent * person(1) / 10_000;
    let own_systolic = usual.systolic + 12 * person(2) / 100;
    let own_diastolic = usual.diastolic + (8 * person(2) + 3 * person(3)) / 100;
    let own_pulse = usual.pulse + 12 * person(4) / 100;

    let scale = if own_weight < 20_000 { 50 } else { 100 };
    let grams = (own_weight + own_weight * dice.between(-10, 10) / 1_000) / scale * scale;
    let pulse = own_pulse + dice.between(-5, 5);
    let systolic = own_systolic + dice.between(-6, 6);
    let diastolic = (own_diastolic + dice.between(-4, 4)).min(systolic - 25);
    // Nothing leaves what the forms take.
    let within = |number: i64, low: u16, high: u16| u16::try_from(number).unwrap_or(low).clamp(low, high);
    (
        within(pulse, 30, 250),
        within(systolic, 70, 250),
        within(diastolic, 40, 150),
        u32::try_from(grams).unwrap_or_default().clamp(300, 500_000),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::records::{ListForm, Severity};

    fn all() -> impl Iterator<Item = &'static History> {
        [&MAYA, &JONAS].into_iter().chain(&OTHERS)
    }

    #[test]
    fn every_severity_is_a_word_that_the_record_knows() {
        for (substance, reaction, severity) in all().flat_map(|history| history.allergies) {
            assert!(Severity::parse(severity).is_some(), "{substance}: {severity}");
            assert!(!reaction.is_empty(), "{substance}");
        }
    }

    #[test]
    fn every_line_could_have_been_typed_into_its_form() {
        let parses = |form: ListForm| assert!(form.parse(jiff::civil::date(2026, 11, 30)).is_ok(), "{form:?}");
        let form = |kind: &str, name: &str| ListForm { kind: kind.into(), name: name.into(), ..ListForm::default() };
        for history in all() {
            for &(name, reaction, severity) in history.allergies {
                parses(ListForm { reaction: reaction.into(), severity: severity.into(), ..form("allergy", name) });
            }
            for &(name, since, note) in history.problems {
                parses(ListForm { since: since.into(), note: note.into(), ..form("problem", name) });
            }
            for &(name, dosage, frequency, note) in history.medications {
                let [dosage, frequency, note] = [dosage, frequency, note].map(Into::into);
                parses(ListForm { dosage, frequency, note, ..form("medication", name) });
            }
            for &(_, name, dose, site) in history.immunisations {
                parses(ListForm { dose: dose.into(), site: site.into(), ..form("immunisation", name) });
            }
        }
    }

    #[test]
    fn vaccinations_of_anybody_fit_into_the_life_of_a_child_of_one() {
        for history in all() {
            assert!(history.immunisations.is_sorted_by_key(|(days, ..)| days));
        }
        for (days, vaccine, ..) in OTHERS.iter().flat_map(|history| history.immunisations) {
            assert!((1..365).contains(days), "{vaccine}");
        }
    }

    #[test]
    fn what_is_measured_is_believable_at_every_age() {
        for (age, baseline) in (0..110).flat_map(|age| (0..60).map(move |baseline| (age, baseline))) {
            let mut dice = Dice::new(7, "vitals", baseline);
            let (pulse, systolic, diastolic, grams) = vitals(&mut dice, age, baseline);
            let (pulses, pressures, kilograms) = match age {
                0..3 => (90..145, 72..112, 5..16),
                3..10 => (65..125, 76..122, 11..42),
                10..16 => (58..105, 84..134, 22..82),
                _ => (52..96, 94..156, 40..108),
            };
            assert!(pulses.contains(&pulse), "{pulse} at {age}");
            assert!(pressures.contains(&systolic) && (40..100).contains(&diastolic), "{systolic}/{diastolic} at {age}");
            assert!(kilograms.contains(&(grams / 1_000)), "{grams} at {age}");
            assert!(systolic >= diastolic + 25, "{systolic}/{diastolic} at {age}");
        }
    }

    #[test]
    fn a_person_changes_little_between_visits_and_differs_from_others() {
        let at = |visit: u64, baseline: u64| vitals(&mut Dice::new(7, "vitals", visit), 40, baseline);
        let weights: std::collections::HashSet<_> = (0..20).map(|baseline| at(1, baseline).3).collect();
        assert!(weights.len() > 15, "{weights:?}");
        for visit in 0..50 {
            let (first, later) = (at(0, 17), at(visit, 17));
            assert!(first.0.abs_diff(later.0) <= 10 && first.1.abs_diff(later.1) <= 12);
            assert!(first.2.abs_diff(later.2) <= 12 && first.3.abs_diff(later.3) <= 2_400);
            assert_eq!(later, at(visit, 17));
        }
    }
}
