//! Headaches, dizziness, nerves and memory.

use domain_types::records::RecordType::Consultation;

use super::{ADULTS, Case, imaging, lab, prescription};

/// Index into [`CASES`] for the stories of the demo accounts.
pub(in crate::seed) const MIGRAINE: usize = 0;

pub(super) static CASES: [Case; 6] = [
    Case {
        ages: ADULTS,
        reason: "Strong headaches on one side, three or four times a month",
        again: "Migraine review with my headache diary",
        kind: Consultation,
        diagnosis: "Migraine without aura",
        symptoms: "Throbbing on one side for up to a day, light and noise hurt, better in a dark room.",
        treatment: "Sumatriptan 50 mg at the start of an attack. Diary, regular meals and sleep.",
        notes: "Examination normal. Triggers so far: short nights, red wine.",
        since: "Two attacks a month; the tablet works within an hour.",
        review: "The diary shows fewer attacks. No daily medicine needed for now.",
        papers: &[prescription(
            "Sumatriptan 50 mg",
            "One tablet at the start of an attack. A second one after two hours at the earliest if it comes back.",
            "6 tablets, three repeats. At most ten days a month.",
        )],
    },
    Case {
        ages: ADULTS,
        reason: "A tight band around my head after long days at the screen",
        again: "Headaches: how the exercises helped",
        kind: Consultation,
        diagnosis: "Tension headache",
        symptoms: "Dull pressure on both sides on workdays, gone at weekends. No nausea.",
        treatment: "Breaks every hour, neck exercises, screen at eye level. Paracetamol on two days a week at most.",
        notes: "Neck muscles tight, examination otherwise normal. Glasses were checked this year.",
        since: "Headache on one day a week only.",
        review: "Good result. Physiotherapy finished.",
        papers: &[],
    },
    Case {
        ages: (35, 120),
        reason: "The room spins for a few seconds when I turn over in bed",
        again: "Checking that the spinning has stopped",
        kind: Consultation,
        diagnosis: "Positional vertigo, right side",
        symptoms: "Short spinning when lying down or turning to the right for a week. Hearing normal.",
        treatment: "Repositioning manoeuvre done today, exercises for home shown.",
        notes: "Typical eye movement when lying on the right. Walks and coordinates normally.",
        since: "No spinning since the day after the visit.",
        review: "Test negative on both sides. Knows the exercise in case it comes back.",
        papers: &[],
    },
    Case {
        ages: (25, 120),
        reason: "My hand goes numb at night and I have to shake it",
        again: "Results of the nerve test of my hand",
        kind: Consultation,
        diagnosis: "Carpal tunnel syndrome, mild",
        symptoms: "Thumb to middle finger numb at night for four months, right more than left. Grip strong.",
        treatment: "Wrist splint at night for eight weeks. Breaks from typing.",
        notes: "Feeling slightly less in three fingers, no muscle loss. Nerve test arranged.",
        since: "Sleeps through with the splint.",
        review: "Mild slowing of the nerve at the wrist only. Continue the splint; surgery not needed.",
        papers: &[imaging(
            "Nerve conduction test: mild slowing at the wrist",
            "Median nerve slowed at the right wrist, other nerves normal.",
            "Splint at night, repeat only if it gets worse.",
        )],
    },
    Case {
        ages: (50, 120),
        reason: "I forget names more often and would like to have it looked at",
        again: "Talking through the memory test",
        kind: Consultation,
        diagnosis: "Memory complaints, test results normal for age",
        symptoms: "Searches for names, finds them later. Household and accounts without trouble.",
        treatment: "Sleep, movement and company. Repeat of the test in a year if wished.",
        notes: "Memory test 29 of 30 points. Mood good. Hearing test suggested.",
        since: "Unchanged, less worried.",
        review: "Went through the results together. New hearing aids make conversations easier.",
        papers: &[lab(
            "Vitamin B12 and thyroid: normal",
            "B12 312 ng/L, folate normal, TSH 2.4 mU/L.",
            "No change needed.",
        )],
    },
    Case {
        ages: (25, 120),
        reason: "My legs will not keep still in the evening",
        again: "Restless legs: check after the iron tablets",
        kind: Consultation,
        diagnosis: "Restless legs with low iron",
        symptoms: "Urge to move the legs from nine in the evening, better when walking.",
        treatment: "Iron tablets for three months. Less coffee and tea in the afternoon.",
        notes: "Pulses, feeling and reflexes normal.",
        since: "Falls asleep within half an hour most nights.",
        review: "Ferritin 82 µg/L. No further medicine needed.",
        papers: &[lab(
            "Ferritin below the aim for restless legs",
            "Ferritin 24 µg/L, kidney function normal.",
            "Iron for three months.",
        )],
    },
];
