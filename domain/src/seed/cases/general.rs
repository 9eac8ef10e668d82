//! Everyday health.

use domain_types::records::RecordType::Consultation;

use super::{ADULTS, Case, lab, prescription};

/// Index into [`CASES`] for the stories of the demo accounts: the yearly check-up.
pub(in crate::seed) const CHECK_UP: usize = 0;

pub(super) static CASES: [Case; 7] = [
    Case {
        ages: ADULTS,
        reason: "Yearly check-up",
        again: "Talking through my check-up results",
        kind: Consultation,
        diagnosis: "Check-up: no findings",
        symptoms: "No complaints. Sleeps well, walks or cycles on most days.",
        treatment: "Vaccinations up to date. Next check-up in a year.",
        notes: "Blood pressure 122/76, heart and lungs normal, weight stable. Blood taken.",
        since: "No complaints.",
        review: "All results in the usual range; went through them together.",
        papers: &[
            lab(
                "Check-up blood test: all in range",
                "Haemoglobin 13.9 g/dL, glucose 5.1 mmol/L, cholesterol 4.7 mmol/L, kidney and liver values normal.",
                "No change needed. Repeat in a year.",
            ),
            prescription("Vitamin D 800 IU", "One tablet a day from October to March.", "90 tablets."),
        ],
    },
    Case {
        ages: ADULTS,
        reason: "A cough for three weeks that will not go away",
        again: "Checking that the cough is really gone",
        kind: Consultation,
        diagnosis: "Cough after a cold",
        symptoms: "Dry cough since a cold three weeks ago, worse at night. No fever, no weight loss.",
        treatment: "Honey in warm drinks, raised pillow, no smoke. Usually settles within six weeks.",
        notes: "Lungs clear, temperature 36.7 °C, oxygen 98 %. No antibiotic needed.",
        since: "Only the odd cough in the morning.",
        review: "Lungs clear. Back to running.",
        papers: &[],
    },
    Case {
        ages: ADULTS,
        reason: "I am tired all the time even after a full night",
        again: "Blood results and how I feel since taking iron",
        kind: Consultation,
        diagnosis: "Tiredness with low iron stores",
        symptoms: "Tired for three months, concentration poor in the afternoon. Mood good.",
        treatment: "Iron tablets every other day for three months. Blood test again afterwards.",
        notes: "Pale eyelids, otherwise normal. Eats little meat. Blood taken.",
        since: "Clearly more energy after six weeks.",
        review: "Iron stores back in range. Continue for four more weeks, then stop.",
        papers: &[
            lab(
                "Ferritin below range",
                "Ferritin 11 µg/L, haemoglobin 11.9 g/dL, thyroid normal.",
                "Iron for three months, then repeat.",
            ),
            prescription(
                "Ferrous fumarate 305 mg",
                "One capsule every other day with a glass of juice.",
                "45 capsules. Stools may turn dark.",
            ),
        ],
    },
    Case {
        ages: (35, 120),
        reason: "Diabetes review",
        again: "Three-month diabetes check",
        kind: Consultation,
        diagnosis: "Type 2 diabetes, well controlled",
        symptoms: "No complaints. Morning readings between 5.8 and 7.2 mmol/L.",
        treatment: "Metformin 500 mg twice a day as before. Eye check and foot check once a year.",
        notes: "HbA1c 48 mmol/mol. Feet: good pulses and feeling. Blood pressure 128/78.",
        since: "Keeps to the eating plan, lost three kilograms.",
        review: "HbA1c 46 mmol/mol, better than in spring. Well done.",
        papers: &[
            lab(
                "HbA1c on target",
                "HbA1c 48 mmol/mol, kidney function normal, no protein in urine.",
                "No change needed.",
            ),
            prescription(
                "Metformin 500 mg",
                "One tablet with breakfast and one with dinner.",
                "56 tablets, five repeats.",
            ),
        ],
    },
    Case {
        ages: (20, 120),
        reason: "Thyroid tablets: time for a new prescription and a blood test",
        again: "Thyroid review after the new dose",
        kind: Consultation,
        diagnosis: "Underactive thyroid, well adjusted",
        symptoms: "No complaints. Takes the tablet every morning before breakfast.",
        treatment: "Levothyroxine 75 micrograms once a day as before.",
        notes: "Thyroid not enlarged, pulse 70. Blood taken.",
        since: "Feels well on the new dose.",
        review: "TSH in the middle of the range. Next test in a year.",
        papers: &[
            lab("TSH in range", "TSH 2.1 mU/L, free T4 15 pmol/L.", "No change needed."),
            prescription(
                "Levothyroxine 75 micrograms",
                "One tablet half an hour before breakfast, with water.",
                "84 tablets, three repeats.",
            ),
        ],
    },
    Case {
        ages: ADULTS,
        reason: "Heartburn after meals, mostly at night",
        again: "Heartburn: how it went with the tablets",
        kind: Consultation,
        diagnosis: "Acid reflux",
        symptoms: "Burning behind the breastbone after late meals for two months. Swallows well, weight stable.",
        treatment: "Omeprazole 20 mg before breakfast for four weeks. No meals in the three hours before bed.",
        notes: "Abdomen soft. No warning signs.",
        since: "Burning only after one late party.",
        review: "Tablets stopped. Knows what to avoid.",
        papers: &[prescription("Omeprazole 20 mg", "One capsule before breakfast for four weeks.", "28 capsules.")],
    },
    Case {
        ages: ADULTS,
        reason: "Travel advice and vaccinations for six weeks in Vietnam",
        again: "Second vaccination before my trip",
        kind: Consultation,
        diagnosis: "Travel advice",
        symptoms: "No complaints. Leaves in seven weeks.",
        treatment: "Hepatitis A and typhoid vaccinations today. Insect spray and long sleeves in the evening.",
        notes: "Earlier vaccinations checked against the booklet. Leaflet on food and water given.",
        since: "Sore arm for a day after the first vaccination.",
        review: "Vaccination complete. Copy for the booklet printed.",
        papers: &[],
    },
];
