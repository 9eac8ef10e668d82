//! What each act on a record is in plain words, as its patient reads them after the name of whoever did it.

/// What is said of an act that nobody has found words for.
pub(super) const UNKNOWN: &str = "did something with your record";
/// What is said of an act that was refused.
const REFUSED: &str = "asked for something in your record and was refused";

/// The words of an event, for the patient.
pub(super) fn of(action: &str, is_allowed: bool) -> &'static str {
    if is_allowed { of_action(action) } else { REFUSED }
}

/// The same for those who work at the clinic.
pub(super) fn for_the_clinic(words: &str) -> String {
    words.replace("your ", "the patient’s ")
}

/// Every act that names a patient. It says whose it is with "your" alone: `for_the_clinic` relies on that.
fn of_action(action: &str) -> &'static str {
    match action {
        "appointments.list" => "saw a list of your appointments",
        "appointments.read" => "viewed one of your appointments",
        "appointments.day" => "saw your appointment in the day’s schedule",
        "appointments.dashboard" => "viewed your next appointment",
        "appointments.calendar_file" => "saved one of your appointments as a calendar file",
        "appointments.slots" => "looked for another time for your appointment",
        "appointments.choose" => "checked free times against your appointments",
        "appointments.book" => "booked your appointment",
        "appointments.move" => "moved your appointment",
        "appointments.cancel" => "cancelled your appointment",
        "appointments.step" => "updated the status of your appointment",

        "records.list" => "saw a list of entries in your record",
        "records.read" => "read an entry in your record",
        "records.timeline" => "viewed the timeline of your record",
        "records.glance" => "viewed the latest entries in your record",
        "records.allergies" => "viewed your allergies",
        "records.chart" => "opened your chart",
        "records.summary" => "viewed the summary of your record",
        "records.download" => "downloaded an entry in your record as a PDF",
        "records.draft" => "worked on a draft for your record",
        "records.write" => "wrote a note for your record",
        "records.sign" => "signed an entry in your record",
        "records.discard" => "discarded a draft for your record",
        "records.add" => "added an entry to your record",
        "records.desk" => "opened a form for your record",
        "records.erase" => "erased the content of your record",

        "lists.add" => "added an allergy, problem or medicine to your record",
        "lists.end" => "marked an allergy, problem or medicine as no longer current",

        "prescriptions.list" => "saw a list of your prescriptions",
        "prescriptions.write" => "wrote your prescription",
        "prescriptions.sign" => "signed your prescription",
        "prescriptions.cancel" => "cancelled your prescription",
        "prescriptions.verify" => "checked that your prescription is genuine",

        "vitals.list" => "viewed your vital signs",
        "vitals.write" => "recorded your vital signs",

        "labs.list" => "viewed your lab results",
        "labs.trend" => "viewed one of your lab results over time",
        "labs.write" => "entered your lab results",
        "labs.release" => "released your lab results",
        "labs.seen" => "marked your lab results as seen",

        "documents.upload" => "added a document to your record",
        "documents.download" => "downloaded a document from your record",

        "patients.search" => "saw your name in a search for patients",
        "inbox.list" => "saw your record in their inbox",

        "emergency.open" => "opened your record in an emergency",
        "emergency.list" => "saw an emergency access to your record in a list",
        "emergency.read" => "viewed an emergency access to your record",
        "emergency.review" => "reviewed an emergency access to your record",

        "profile.read" => "read your profile",
        "profile.change" => "changed your profile",
        "stats.read" => "viewed the numbers in your record",
        "auth.open_account" => "created your account",

        "looks.list" => "viewed the access log of your record",
        "looks.read" => "viewed one access in the log of your record",
        "looks.ask" => "asked the clinic about an access to your record",
        "looks.questions" => "read your question about an access to your record",
        "looks.answer" => "answered your question about an access to your record",
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// All source files of the rules but this one.
    fn sources(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                found.extend(sources(&path));
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("looks/words.rs") {
                found.push(fs::read_to_string(&path).unwrap());
            }
        }
        found
    }

    /// `feature.act` literals of a text, each with the rest of its statement.
    fn literals(text: &str) -> Vec<(&str, &str)> {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let mut found = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find('"') {
            rest = &rest[start + 1..];
            let Some(end) = rest.find('"') else { break };
            let literal = &rest[..end];
            if literal.split_once('.').is_some_and(|(feature, act)| is_word(feature) && is_word(act)) {
                let after = &rest[end + 1..];
                found.push((literal, &after[..after.find(';').unwrap_or(after.len())]));
                rest = after;
            }
        }
        found
    }

    /// Every act that is written into the trail with a patient. An account is no record: of those acts only what names
    /// a patient in the same breath counts.
    fn acts_about_patients() -> BTreeSet<String> {
        let texts = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let said = |text: &str, before: &str| text.split(before).skip(1).map(str::to_owned).collect::<Vec<_>>();
        let written = |text: &str| [said(text, "action: \""), said(text, "on_visits(\"")].concat();
        let features: BTreeSet<String> = texts
            .iter()
            .flat_map(|text| written(text))
            .filter_map(|text| text.split_once('.').map(|(feature, _)| feature.to_owned()))
            .collect();
        let all = texts.iter().flat_map(|text| literals(text));
        all.filter(|(literal, rest)| {
            let feature = literal.split('.').next().unwrap();
            let names_nobody = rest.contains("patient: None");
            let names_somebody = rest.contains("patient: Some");
            features.contains(feature) && !names_nobody && (feature != "auth" || names_somebody)
        })
        .map(|(literal, _)| literal.to_owned())
        .collect()
    }

    #[test]
    fn every_act_that_names_a_patient_has_words() {
        let acts = acts_about_patients();
        for known in ["records.read", "appointments.move", "auth.open_account", "looks.ask"] {
            assert!(acts.contains(known), "{known} was not found among {acts:?}");
        }
        assert!(!acts.contains("auth.sign_in"));
        let without: Vec<_> = acts.iter().filter(|action| of(action, true) == UNKNOWN).collect();
        assert!(without.is_empty(), "write words for {without:?} in records/looks/words.rs");
    }

    #[test]
    fn there_are_no_words_for_acts_that_nobody_does() {
        let acts = acts_about_patients();
        let own = include_str!("words.rs").split_once("#[cfg(test)]").unwrap().0;
        let worded = literals(own).into_iter().map(|(literal, _)| literal);
        assert_eq!(worded.filter(|literal| !acts.contains(*literal)).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn an_act_that_nobody_foresaw_is_told_all_the_same() {
        assert_eq!(of("records.transmogrify", true), "did something with your record");
        assert_eq!(of("records.read", false), "asked for something in your record and was refused");
    }

    #[test]
    fn the_clinic_reads_of_the_patient_where_the_patient_reads_of_themselves() {
        assert_eq!(for_the_clinic(of("records.read", true)), "read an entry in the patient’s record");
        for action in acts_about_patients() {
            let words = for_the_clinic(of(&action, true));
            assert!(!words.contains("you"), "{action}: {words}");
        }
    }
}
