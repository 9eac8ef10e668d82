//! Bones, joints, back and sports injuries.

use domain_types::records::RecordType::Consultation;

use super::{ADULTS, Case, discharge, imaging, medicine, prescription, surgery};

/// Index into [`CASES`] for the stories of the demo accounts.
pub(in crate::seed) const KNEE: usize = 0;

pub(super) static CASES: [Case; 6] = [
    Case {
        ages: (40, 120),
        reason: "My knee hurts going downstairs",
        again: "Knee check after the exercise programme",
        kind: Consultation,
        diagnosis: "Early wear of the right knee",
        symptoms: "Pain at the inner side of the right knee on stairs and after sitting. No locking.",
        treatment: "Physiotherapy twice a week for six weeks, cycling instead of running, pain gel when needed.",
        notes: "No swelling, ligaments firm, full movement. X-ray arranged.",
        since: "Stairs are easier, cycles to work.",
        review: "Thigh muscles clearly stronger. Continue the exercises at home.",
        review_values: &[],
        papers: &[
            imaging(
                "X-ray of the right knee: early wear",
                "Joint space slightly narrower at the inner side. No fracture.",
                "Exercise therapy.",
            ),
            prescription(
                "Diclofenac gel 1 %",
                "A thin layer up to three times a day when it hurts.",
                "100 g, one repeat.",
                medicine(
                    "Diclofenac gel",
                    "1 %",
                    "Up to three times a day, when it hurts",
                    "Two weeks at a time, one repeat",
                    "A thin layer on the knee, not on broken skin. Wash your hands afterwards.",
                ),
            ),
        ],
    },
    Case {
        ages: ADULTS,
        reason: "Low back pain since moving house",
        again: "Back check, I am almost pain-free",
        kind: Consultation,
        diagnosis: "Low back strain",
        symptoms: "Pain across the lower back for ten days, none in the legs. Worse when bending.",
        treatment: "Keep moving, warmth, ibuprofen for a few days. Physiotherapy if not better in three weeks.",
        notes: "Strength, reflexes and feeling in the legs normal. No scan needed.",
        since: "Pain gone except after long drives.",
        review: "Free movement. Lifting technique shown.",
        review_values: &[],
        papers: &[prescription(
            "Ibuprofen 400 mg",
            "One tablet with food up to three times a day, for five days at most.",
            "15 tablets.",
            medicine(
                "Ibuprofen",
                "400 mg",
                "Up to three times a day, with food",
                "Five days at most",
                "One tablet at a time. Stop if your stomach hurts.",
            ),
        )],
    },
    Case {
        ages: (16, 60),
        reason: "Twisted my ankle at five-a-side football",
        again: "When can I play again? Ankle check",
        kind: Consultation,
        diagnosis: "Ankle sprain, left, no fracture",
        symptoms: "Swelling at the outer ankle since yesterday, can put weight on it.",
        treatment: "Rest, ice, ankle brace for six weeks, then balance exercises.",
        notes: "Bones not tender. X-ray to be safe.",
        since: "Walks without limping, a little stiff in the morning.",
        review: "Stable. Light running allowed, football in three weeks with a brace.",
        review_values: &[],
        papers: &[imaging(
            "X-ray of the left ankle: no fracture",
            "Bones intact, joint in place. Soft tissue swelling.",
            "Ankle brace.",
        )],
    },
    Case {
        ages: (35, 120),
        reason: "I cannot lift my arm above the shoulder without pain",
        again: "Shoulder check after physiotherapy",
        kind: Consultation,
        diagnosis: "Shoulder impingement, right",
        symptoms: "Pain when reaching up and lying on the right side for two months.",
        treatment: "Physiotherapy for eight weeks, no overhead work for now.",
        notes: "Strength full, pain between 70 and 110 degrees.",
        since: "Reaches the top shelf again, sleeps through.",
        review: "Nearly full movement. Exercises three times a week at home.",
        review_values: &[],
        papers: &[imaging(
            "Ultrasound of the right shoulder: irritated tendon",
            "Tendon thickened but whole. A little fluid under the roof of the shoulder.",
            "Exercise therapy.",
        )],
    },
    Case {
        ages: (35, 85),
        reason: "Talk about surgery for the numb fingers of my right hand",
        again: "Check of my hand after the operation",
        kind: Consultation,
        diagnosis: "Carpal tunnel syndrome, right, for surgery",
        symptoms: "Numb fingers day and night for a year in spite of the splint.",
        treatment: "Day surgery agreed.",
        notes: "Nerve test from neurology seen. Procedure and recovery explained, agreed in writing.",
        since: "Feeling is back in all fingers, grip still a little weak.",
        review: "Scar soft and dry. Light work from now on, full work in three weeks.",
        review_values: &[],
        papers: &[
            surgery(
                "Carpal tunnel release, right hand",
                "Local anaesthetic, 18 minutes, nerve freed over its whole length. No difficulties.",
                "Keep the hand raised, move the fingers from the first day.",
            ),
            discharge(
                "Home on the same day after hand surgery",
                "Awake, comfortable, fingers warm with good feeling.",
                "Paracetamol when needed. Stitches out after twelve days.",
            ),
        ],
    },
    Case {
        ages: (18, 65),
        reason: "Heel pain with the first steps in the morning",
        again: "Heel check, the stretching works",
        kind: Consultation,
        diagnosis: "Plantar fasciitis, left",
        symptoms: "Sharp pain under the heel on getting up, eases after some minutes. Stands a lot at work.",
        treatment: "Stretching twice a day, cushioned shoes, a ball under the foot in the evening.",
        notes: "Tender at the inner heel. Pulses and feeling normal.",
        since: "Only stiff for a minute in the morning.",
        review: "Much better after eight weeks. Continue stretching for three months.",
        review_values: &[],
        papers: &[],
    },
];
