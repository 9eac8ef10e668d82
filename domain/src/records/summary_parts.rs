//! The parts of the whole record, in the order in which somebody in an emergency needs them.

use domain_types::records::{RecordStatus, RecordType, RecordView};

use super::{
    printing,
    summary::{MOST, Whole},
};
use crate::paper::Block;

pub(super) fn blocks(whole: &Whole) -> Vec<Block> {
    let held = |kind: RecordType| whole.holds.iter().filter(|record| record.kind == kind).collect::<Vec<_>>();
    let past = |kind: RecordType| {
        let of_kind = |record: &&RecordView| record.kind == kind && record.status == RecordStatus::Final;
        whole.entries.iter().filter(of_kind).collect::<Vec<_>>()
    };
    let ended: Vec<_> = whole.entries.iter().filter(|record| record.status == RecordStatus::Ended).collect();
    let none_known = held(RecordType::NoKnownAllergies).first().copied();
    let mut blocks = vec![allergies(&held(RecordType::Allergy), none_known), person(whole)];
    if whole.has_more {
        let most = format!("{},{:03}", MOST / 1_000, MOST % 1_000);
        blocks.push(Block::Notice(format!(
            "The record has more entries than are printed here. These are the {most} newest, and everything current. \
             Older entries can be printed one by one."
        )));
    }
    blocks.extend(table("Problems", &held(RecordType::Problem)));
    blocks.extend(medicines(whole));
    blocks.extend(table("Vital signs", &past(RecordType::Vitals)));
    blocks.extend(reports(whole));
    blocks.extend(notes(whole));
    blocks.extend(table("Vaccinations", &past(RecordType::Immunisation)));
    blocks.extend(table("Documents", &past(RecordType::Document)));
    blocks.extend(table("Earlier prescriptions", &past(RecordType::Prescription)));
    blocks.extend(table("Cancelled prescriptions", &past(RecordType::Cancellation)));
    blocks.extend(table("No longer current", &ended));
    blocks
}

/// First of all, and said even when there is none: who asked, or that nobody did.
fn allergies(allergies: &[&RecordView], none_known: Option<&RecordView>) -> Block {
    let words = |record: &&RecordView| match record.summary() {
        summary if summary.is_empty() => record.title(),
        summary => format!("{} ({summary})", record.title()),
    };
    match allergies {
        [] => Block::Paragraph(match none_known {
            Some(asked) => format!("{}. {}", asked.title(), asked.asked_words()),
            None => "Allergies: not asked yet.".to_owned(),
        }),
        some => Block::Notice(format!("Allergies: {}", some.iter().map(words).collect::<Vec<_>>().join("; "))),
    }
}

fn person(whole: &Whole) -> Block {
    let head = &whole.head;
    let mut facts = vec![("Name".to_owned(), head.name.clone()), ("Reference".to_owned(), head.reference.clone())];
    facts.extend(head.born.clone().map(|born| ("Born".to_owned(), born)));
    Block::Facts(facts)
}

/// All that is taken at present, prescribed here or not, in one place; said even when there is nothing.
fn medicines(whole: &Whole) -> Vec<Block> {
    let taken = |record: &&RecordView| matches!(record.kind, RecordType::Prescription | RecordType::Medication);
    let taken: Vec<_> = whole.holds.iter().filter(taken).collect();
    let heading = Block::Heading("Current medicines".to_owned());
    if taken.is_empty() {
        return vec![heading, Block::Paragraph("No current medicines are recorded in this record.".to_owned())];
    }
    let row = |record: &&RecordView| {
        let from = match record.kind {
            RecordType::Prescription => format!("Prescribed by {}", record.doctor_name),
            _ => format!("Entered by {}", record.doctor_name),
        };
        vec![record.title(), details(record), record.date_label.clone(), from]
    };
    let head = ["Medicine", "How to take it", "Date", "From"].map(str::to_owned).to_vec();
    vec![heading, Block::Table { caption: String::new(), head, rows: taken.iter().map(row).collect() }]
}

/// A section with a line for each entry; nothing when there is none.
fn table(heading: &str, records: &[&RecordView]) -> Vec<Block> {
    if records.is_empty() {
        return Vec::new();
    }
    let row = |record: &&RecordView| {
        vec![record.date_label.clone(), line(record), details(record), record.doctor_name.clone()]
    };
    vec![
        Block::Heading(heading.to_owned()),
        Block::Table {
            caption: String::new(),
            head: ["Date", "What", "Details", "By"].map(str::to_owned).to_vec(),
            rows: records.iter().map(row).collect(),
        },
    ]
}

fn line(record: &RecordView) -> String {
    let cancelled = if record.is_cancelled { " (cancelled)" } else { "" };
    format!("{}{cancelled}", record.title())
}

/// Everything that the title does not say already.
fn details(record: &RecordView) -> String {
    let Some(content) = &record.content else { return record.summary() };
    let title = content.title();
    let said = content.facts(record.kind).into_iter().filter(|(_, text)| *text != title);
    said.map(|(term, text)| format!("{term}: {text}")).collect::<Vec<_>>().join("\n")
}

/// Laboratory reports, each with its results.
fn reports(whole: &Whole) -> Vec<Block> {
    let blocks = of_reports(
        whole,
        |kind| kind == RecordType::LabReport,
        |record| {
            let mut results = whole.results.iter().filter(|result| result.record == record.id).peekable();
            results.peek().is_some().then(|| printing::results(results))
        },
    );
    under("Laboratory results", blocks)
}

/// Everything else that was written down, with what was added to it.
fn notes(whole: &Whole) -> Vec<Block> {
    let blocks = of_reports(
        whole,
        |kind| kind.is_report() && kind != RecordType::LabReport,
        |record| {
            let titles: Vec<_> = record.prescriptions.iter().map(line).collect();
            (!titles.is_empty()).then(|| Block::Paragraph(format!("Prescribed: {}", titles.join("; "))))
        },
    );
    under("Notes", blocks)
}

fn under(heading: &str, blocks: Vec<Block>) -> Vec<Block> {
    if blocks.is_empty() {
        return blocks;
    }
    std::iter::once(Block::Heading(heading.to_owned())).chain(blocks).collect()
}

/// Reports of some kinds, the newest first, each with what was added to it; and additions whose report is not printed.
fn of_reports(
    whole: &Whole,
    wanted: impl Fn(RecordType) -> bool,
    more: impl Fn(&RecordView) -> Option<Block>,
) -> Vec<Block> {
    let reports = || whole.entries.iter().filter(|record| wanted(record.kind));
    let stands_alone = |record: &&RecordView| {
        !record.is_addendum || reports().all(|report| report.is_addendum || Some(report.id) != record.about)
    };
    let mut blocks = Vec::new();
    for report in reports().filter(stands_alone) {
        let kind = if report.is_addendum { "Addendum" } else { report.kind.label() };
        blocks.push(Block::Subheading(format!("{}: {}, {}", report.date_label, report.title(), kind.to_lowercase())));
        blocks.push(Block::Facts(said(report)));
        blocks.extend(more(report));
        // They were found the newest first, and are read the oldest first.
        let added = reports().filter(|other| other.is_addendum && other.about == Some(report.id));
        for addition in added.collect::<Vec<_>>().into_iter().rev() {
            let when = format!("Added on {} by {}", addition.date_label, addition.doctor_name);
            let text = said(addition).into_iter().skip(1).map(|(_, text)| text).collect::<Vec<_>>().join("\n");
            blocks.push(Block::Facts(vec![(when, text)]));
        }
    }
    blocks
}

fn said(record: &RecordView) -> Vec<(String, String)> {
    let mut facts = vec![("By".to_owned(), format!("{}, {}", record.doctor_name, record.reference))];
    match &record.content {
        Some(content) => facts.extend(content.facts(record.kind)),
        None => facts.push(("Content".to_owned(), record.summary())),
    }
    facts
}

#[cfg(test)]
mod tests {
    use domain_types::{
        PatientId, RecordId,
        appointments::When,
        records::{Addition, Allergy, Content, NoKnownAllergies, PatientHead, Report, Severity},
    };

    use super::*;

    fn record(id: i64, kind: RecordType, status: RecordStatus, content: Content) -> RecordView {
        let when = || When {
            instant: String::new(),
            date: String::new(),
            time: String::new(),
            day: String::new(),
            label: String::new(),
            near: None,
            zone: Default::default(),
        };
        RecordView {
            id: RecordId(id),
            reference: format!("REC-{id}"),
            kind,
            status,
            date: "2026-11-20".into(),
            date_label: "20 November 2026".into(),
            doctor_name: "Dr. Elena Rivera".into(),
            is_from_patient: false,
            patient: PatientId(1),
            patient_name: "Maya Okafor".into(),
            patient_reference: "PT-1".into(),
            content: Some(content),
            about: None,
            is_addendum: false,
            signed: None,
            is_cancelled: false,
            is_unacted: false,
            prescriptions: Vec::new(),
            understood: None,
            stands_for: Vec::new(),
            visit: None,
            created: when(),
            updated: when(),
            version: 1,
        }
    }

    fn note(id: i64, assessment: &str) -> RecordView {
        let report = Report { assessment: assessment.into(), plan: "Rest".into(), ..Report::default() };
        record(id, RecordType::Consultation, RecordStatus::Final, Content::Report(report))
    }

    fn addition(id: i64, about: i64, text: &str) -> RecordView {
        let content = Content::Addition(Addition { text: text.into() });
        let entry = record(id, RecordType::Consultation, RecordStatus::Final, content);
        RecordView { about: Some(RecordId(about)), is_addendum: true, ..entry }
    }

    fn whole(holds: Vec<RecordView>, entries: Vec<RecordView>) -> Whole {
        let head = PatientHead {
            id: PatientId(1),
            reference: "PT-1".into(),
            name: "Maya Okafor".into(),
            born: None,
            age: None,
            sex: None,
            phone: None,
        };
        Whole { head, holds, entries, results: Vec::new(), has_more: false }
    }

    #[test]
    fn allergies_come_first_and_their_absence_is_said() {
        let latex = Allergy {
            substance: "Latex".into(),
            reaction: "Rash".into(),
            severity: Severity::Severe,
            coded: Vec::new(),
        };
        let latex = record(1, RecordType::Allergy, RecordStatus::Active, Content::Allergy(latex));
        assert_eq!(
            blocks(&whole(vec![latex], Vec::new()))[0],
            Block::Notice("Allergies: Latex (Rash, severe)".to_owned())
        );
        let first = &blocks(&whole(Vec::new(), Vec::new()))[0];
        assert!(matches!(first, Block::Paragraph(text) if text.starts_with("Allergies: not asked")));
        let asked = Content::NoKnownAllergies(NoKnownAllergies::default());
        let asked = record(2, RecordType::NoKnownAllergies, RecordStatus::Active, asked);
        let first = &blocks(&whole(vec![asked], Vec::new()))[0];
        let said = "No known allergies. Asked by Dr. Elena Rivera on 20 November 2026.";
        assert_eq!(*first, Block::Paragraph(said.to_owned()));
    }

    #[test]
    fn additions_stand_with_their_note_in_the_order_of_time_and_none_is_lost() {
        let entries = vec![addition(9, 4, "later"), addition(8, 4, "sooner"), addition(7, 2, "orphan"), note(4, "Flu")];
        let blocks = blocks(&whole(Vec::new(), entries));
        let headings: Vec<&str> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Subheading(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(headings, ["20 November 2026: orphan, addendum", "20 November 2026: Flu, consultation"]);
        let text = format!("{blocks:?}");
        let place = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} is missing"));
        assert!(place("Flu") < place("sooner") && place("sooner") < place("later"));
    }

    #[test]
    fn a_record_that_is_too_long_says_so() {
        let all = Whole { has_more: true, ..whole(Vec::new(), vec![note(1, "Flu")]) };
        assert!(format!("{:?}", blocks(&all)).contains("the 1,000 newest"));
        assert!(!format!("{:?}", blocks(&whole(Vec::new(), Vec::new()))).contains("newest"));
    }
}
