//! Heart, blood pressure and circulation.

use domain_types::records::RecordType::Consultation;

use super::{
    ADULTS, Case, imaging, lab, medicine, prescription,
    values::{alt, cholesterol, creatinine, haemoglobin, hdl, ldl, mcv, potassium, sodium, triglycerides, tsh},
};

/// Indices into [`CASES`] for the stories of the demo accounts.
pub(in crate::seed) const PRESSURE: usize = 0;
pub(in crate::seed) const CHOLESTEROL: usize = 1;

pub(super) static CASES: [Case; 6] = [
    Case {
        ages: (30, 120),
        reason: "My blood pressure has been high at the pharmacy three times",
        again: "Blood pressure review, I am bringing my home readings",
        kind: Consultation,
        diagnosis: "Raised blood pressure, mild",
        symptoms: "No complaints. Three readings around 148/92 at the pharmacy within two months.",
        treatment: "Amlodipine 5 mg once a day. Less salt, a half-hour walk on most days. Home readings for two weeks.",
        notes: "148/90 today, the same on both arms. Heart sounds normal, no swelling. Family history on the father’s side.",
        since: "Feels well. Home readings mostly around 131/82. No ankle swelling.",
        review: "130/80 today. The tablet is well tolerated. Walking four times a week.",
        review_values: &[],
        papers: &[
            prescription(
                "Amlodipine 5 mg",
                "One tablet every morning, with or without food.",
                "28 tablets, five repeats.",
                medicine(
                    "Amlodipine",
                    "5 mg",
                    "Once a day, in the morning",
                    "28 days, five repeats",
                    "One tablet, with or without food. Tell us if your ankles swell.",
                ),
            ),
            lab(
                "Kidney function and salts: normal",
                "Creatinine 74 µmol/L, potassium 4.3 mmol/L, sodium 140 mmol/L: all within the usual range.",
                "No change needed. Repeat in a year.",
                &[creatinine("74"), potassium("4.3"), sodium("140")],
            ),
            imaging(
                "Electrocardiogram: normal",
                "Regular rhythm, 68 beats a minute. No sign of strain on the heart.",
                "No further test needed.",
            ),
        ],
    },
    Case {
        ages: (30, 120),
        reason: "My cholesterol came back high, I would like to know what to do",
        again: "Follow-up on cholesterol with the new blood test",
        kind: Consultation,
        diagnosis: "Raised LDL cholesterol",
        symptoms: "No complaints. LDL cholesterol 4.4 mmol/L at a routine check.",
        treatment: "Atorvastatin 20 mg in the evening. Dietitian’s leaflet given. Blood test again in eight weeks.",
        notes: "Non-smoker, father had a stent at 61. Pulse and blood pressure normal. Aim: LDL below 2.6 mmol/L.",
        since: "No muscle aches. Eats fish twice a week now, less cheese.",
        review: "LDL down to 2.4 mmol/L. Liver values normal. Pleased with the result.",
        review_values: &[cholesterol("4.3"), ldl("2.4"), hdl("1.4"), triglycerides("1.1"), alt("27")],
        papers: &[
            lab(
                "Lipid profile: LDL above target",
                "Total cholesterol 6.3, LDL 4.4, HDL 1.4, triglycerides 1.2 mmol/L.",
                "Treatment started; repeat in eight weeks.",
                &[cholesterol("6.3"), ldl("4.4"), hdl("1.4"), triglycerides("1.2"), alt("24")],
            ),
            prescription(
                "Atorvastatin 20 mg",
                "One tablet every evening.",
                "28 tablets, five repeats. Report muscle pain.",
                medicine(
                    "Atorvastatin",
                    "20 mg",
                    "Once a day, in the evening",
                    "28 days, five repeats",
                    "One tablet. Report muscle pain. No grapefruit juice in large amounts.",
                ),
            ),
        ],
    },
    Case {
        ages: ADULTS,
        reason: "My heart sometimes skips a beat, mostly in the evening",
        again: "Results of the 24-hour recording of my heart",
        kind: Consultation,
        diagnosis: "Palpitations from harmless extra beats",
        symptoms: "Single strong beats at rest for about two months, a few seconds each. No fainting, no chest pain.",
        treatment: "Explained and reassured. Less coffee in the afternoon, regular sleep. No medicine needed.",
        notes: "Pulse 72 and regular today. Heart sounds normal. A 24-hour recording was arranged.",
        since: "Fewer extra beats since leaving out the afternoon coffee.",
        review: "The recording shows occasional single extra beats and nothing else. Reassured.",
        review_values: &[],
        papers: &[
            imaging(
                "24-hour heart recording: harmless extra beats",
                "Average 74 beats a minute. 212 single extra beats, no pauses, no runs.",
                "No treatment needed.",
            ),
            lab(
                "Thyroid and blood count: normal",
                "TSH 1.9 mU/L, haemoglobin 13.8 g/dL.",
                "No change needed.",
                &[tsh("1.9"), haemoglobin("13.8"), mcv("89")],
            ),
        ],
    },
    Case {
        ages: (45, 120),
        reason: "I get out of breath on the second flight of stairs",
        again: "Talking through the ultrasound of my heart",
        kind: Consultation,
        diagnosis: "Breathlessness on effort, heart function normal",
        symptoms: "Short of breath on stairs since the winter, recovers within a minute. No chest pain, sleeps flat.",
        treatment: "A graded walking plan over twelve weeks. Flu vaccination suggested.",
        notes: "Lungs clear, no swelling. Out of training after a long cold. Ultrasound of the heart arranged.",
        since: "Manages two flights without stopping now.",
        review: "Ultrasound normal. Keeps to the walking plan. Weight down two kilograms.",
        review_values: &[],
        papers: &[imaging(
            "Ultrasound of the heart: normal",
            "Normal size and pumping function (61 %). Valves open and close well.",
            "No further test needed.",
        )],
    },
    Case {
        ages: (16, 64),
        reason: "I am training for a marathon and would like a heart check",
        again: "Second check before the race",
        kind: Consultation,
        diagnosis: "Heart check before sport: no findings",
        symptoms: "No complaints. Runs about 40 kilometres a week.",
        treatment: "Fit for training. Increase the distance by no more than a tenth a week.",
        notes: "Pulse 54 at rest, blood pressure 118/72. No family history of heart disease.",
        since: "Training goes to plan, no complaints.",
        review: "Fit to run. Advice on drinking and on colds in the last week.",
        review_values: &[],
        papers: &[imaging(
            "Exercise test: very good fitness",
            "Stopped at 250 watts for tired legs. Normal rise of pulse and pressure.",
            "No limit to training.",
        )],
    },
    Case {
        ages: (50, 120),
        reason: "Yearly check of my heart valve",
        again: "Short check between the yearly ultrasounds",
        kind: Consultation,
        diagnosis: "Slight leak of the mitral valve, unchanged",
        symptoms: "No complaints. Gardening and stairs without trouble.",
        treatment: "No medicine needed. Ultrasound again in a year. Good care of teeth and gums.",
        notes: "Soft murmur as last year. Blood pressure 128/76. No swelling.",
        since: "Unchanged, no new complaints.",
        review: "Murmur as before, pulse regular. Next ultrasound as planned.",
        review_values: &[],
        papers: &[imaging(
            "Ultrasound of the heart: slight leak, unchanged",
            "Slight leak of the mitral valve as in the last three years. Chambers of normal size.",
            "Repeat in twelve months.",
        )],
    },
];
