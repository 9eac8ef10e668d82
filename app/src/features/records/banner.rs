//! Who a page is about, and what they must not be given: it stays in view while the page scrolls.

use domain_types::records::{PatientHead, RecordView, Severity, severe_first};
use leptos::prelude::*;

use crate::components::{Glyph, Icon};

/// So many letters of names stand there at once, unless those of severe allergies are more: two lines of a phone.
const ROOM: usize = 60;
/// The letters of one name, unless it is that of a severe allergy.
const LONGEST: usize = 40;
/// Behind the name of what a patient reacted severely to.
const SEVERE: &str = " (severe)";

/// Name, age, sex and allergies of a patient, as the first part of a page's own column. Where no allergy is recorded it
/// tells whether anybody asked, and who.
#[component]
pub(super) fn PatientBanner(
    head: PatientHead,
    allergies: Vec<RecordView>,
    none_known: Option<RecordView>,
) -> impl IntoView {
    let facts = head.facts();
    view! {
        <section class="patient-banner" aria-label="Patient">
            <p><strong class="patient-name">{head.name}</strong> " " <span class="patient-facts">{facts}</span></p>
            {if allergies.is_empty() { no_allergies(none_known).into_any() } else { names(allergies).into_any() }}
        </section>
    }
}

fn no_allergies(none_known: Option<RecordView>) -> AnyView {
    match none_known {
        Some(asked) => {
            let words = asked.asked_words();
            view! { <p class="patient-allergies">{asked.title()} ". " <span class="patient-facts">{words}</span></p> }
                .into_any()
        }
        None => view! {
            <p class="patient-allergies is-unknown"><Icon glyph=Glyph::Warning/> " Allergies: not asked"</p>
        }
        .into_any(),
    }
}

fn names(mut allergies: Vec<RecordView>) -> impl IntoView {
    severe_first(&mut allergies);
    let at_once = shown_at_once(&allergies);
    let is_shown = |place: usize| at_once.get(place).copied().unwrap_or(true);
    let line = allergies.iter().enumerate().filter(|(place, _)| is_shown(*place));
    let line = line.map(|(_, allergy)| view! { <li>{name_in_line(allergy)}</li> }).collect_view();
    // What the line leaves out or shortens stands whole behind it.
    let behind: Vec<&RecordView> = (allergies.iter().enumerate())
        .filter(|(place, allergy)| !is_shown(*place) || shortened(allergy).is_some())
        .map(|(_, allergy)| allergy)
        .collect();
    let left_out = at_once.iter().filter(|is_shown| !**is_shown).count();
    let more = (!behind.is_empty()).then(|| {
        let words = if left_out == 0 { "in full".to_owned() } else { format!("and {left_out} more") };
        let behind = behind.iter().map(|allergy| view! { <li>{name(allergy)}</li> }).collect_view();
        view! {
            <details class="patient-more">
                <summary>{words}</summary>
                <ul class="patient-names">{behind}</ul>
            </details>
        }
    });
    view! {
        <div class="patient-allergies is-allergic">
            <p class="patient-word"><Icon glyph=Glyph::Warning/> " Allergies:"</p>
            " "
            <ul class="patient-names">{line}</ul>
            " "
            {more}
        </div>
    }
}

fn name(allergy: &RecordView) -> AnyView {
    if is_severe(allergy) {
        view! { <strong>{allergy.title()} {SEVERE}</strong> }.into_any()
    } else {
        allergy.title().into_any()
    }
}

/// The name as it stands in the line: one that takes the room of the others ends in an ellipsis.
fn name_in_line(allergy: &RecordView) -> AnyView {
    match shortened(allergy) {
        Some(beginning) => view! { <span title=allergy.title()>{beginning}</span> }.into_any(),
        None => name(allergy),
    }
}

fn is_severe(allergy: &RecordView) -> bool {
    allergy.severity() == Some(Severity::Severe)
}

/// The beginning of a name that is too long for the line, cut between words where that can be. What somebody reacted
/// severely to stands there whole.
fn shortened(allergy: &RecordView) -> Option<String> {
    let name = allergy.title();
    if is_severe(allergy) || name.chars().count() <= LONGEST {
        return None;
    }
    let room: String = name.chars().take(LONGEST - 1).collect();
    let words = room.rsplit_once(char::is_whitespace).map(|(words, _)| words);
    let beginning = words.filter(|words| words.chars().count() > LONGEST / 2).unwrap_or(&room);
    Some(format!("{}…", beginning.trim_end_matches(|letter: char| !letter.is_alphanumeric())))
}

/// Which of these, the severe ones first, stand there without being opened: all severe ones, and others as far as there is
/// room; at least one. A single one is not put behind a word that is as long as its name.
fn shown_at_once(allergies: &[RecordView]) -> Vec<bool> {
    let letters_of = |allergy: &RecordView| {
        let letters = shortened(allergy).unwrap_or_else(|| allergy.title()).chars().count() + ", ".len();
        if is_severe(allergy) { letters + SEVERE.len() } else { letters }
    };
    let severe = allergies.iter().filter(|allergy| is_severe(allergy));
    let mut letters: usize = severe.map(letters_of).sum();
    let mut shown: Vec<bool> = Vec::new();
    for allergy in allergies {
        let fits = letters + letters_of(allergy) <= ROOM;
        let is_shown = is_severe(allergy) || shown.is_empty() || fits;
        if is_shown && !is_severe(allergy) {
            letters += letters_of(allergy);
        }
        shown.push(is_shown);
    }
    if shown.iter().filter(|is_shown| !**is_shown).count() == 1 { vec![true; allergies.len()] } else { shown }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain_types::{
        PatientId, RecordId,
        appointments::When,
        records::{Allergy, Content, RecordStatus, RecordType},
    };

    fn allergy(substance: &str, severity: Severity) -> RecordView {
        let allergy = Allergy { substance: substance.into(), reaction: String::new(), severity, coded: Vec::new() };
        RecordView {
            id: RecordId(1),
            reference: "REC-1".into(),
            kind: RecordType::Allergy,
            status: RecordStatus::Active,
            date: String::new(),
            date_label: String::new(),
            doctor_name: String::new(),
            is_from_patient: false,
            patient: PatientId(1),
            patient_name: String::new(),
            patient_reference: String::new(),
            content: Some(Content::Allergy(allergy)),
            about: None,
            is_addendum: false,
            signed: None,
            is_cancelled: false,
            is_unacted: false,
            prescriptions: Vec::new(),
            understood: None,
            stands_for: Vec::new(),
            visit: None,
            created: When::default(),
            updated: When::default(),
            version: 1,
        }
    }

    fn many(severe: usize, others: usize) -> Vec<RecordView> {
        let one = |severity| move |number: usize| allergy(&format!("Substance {number}"), severity);
        (0..others).map(one(Severity::Mild)).chain((0..severe).map(one(Severity::Severe))).collect()
    }

    #[test]
    fn a_severe_allergy_is_never_put_away() {
        for severe in [0, 1, 3, 12] {
            let mut allergies = many(severe, 20);
            severe_first(&mut allergies);
            let shown = shown_at_once(&allergies).into_iter().filter(|is_shown| *is_shown).count();
            assert!(shown >= severe && shown < allergies.len(), "{severe} severe: {shown} are shown");
            let html = names(allergies).to_html();
            let (at_once, put_away) = html.split_once("<details").unwrap();
            assert_eq!(at_once.matches("(severe)").count(), severe);
            assert!(!put_away.contains("(severe)"), "{put_away}");
            assert!(put_away.contains(&format!("and {} more", 20 + severe - shown)), "{put_away}");
        }
    }

    #[test]
    fn a_few_allergies_stand_there_whole() {
        for (severe, others) in [(0, 1), (1, 2), (0, 3), (2, 0)] {
            let html = names(many(severe, others)).to_html();
            assert!(!html.contains("<details"), "{html}");
            assert_eq!(html.matches("Substance").count(), severe + others);
        }
    }

    /// What stands in the line, and what behind it.
    fn line_and_rest(allergies: Vec<RecordView>) -> (String, String) {
        let html = names(allergies).to_html();
        match html.split_once("<details") {
            Some((line, rest)) => (line.to_owned(), rest.to_owned()),
            None => (html, String::new()),
        }
    }

    #[test]
    fn a_long_name_is_shortened_where_everybody_sees_it_and_short_ones_stand_beside_it() {
        let long = "Contrast agents of all kinds that were given in the hospital in 2019 and later";
        for others in [0, 1, 2, 9] {
            let mut all = vec![allergy(long, Severity::Moderate)];
            all.extend((0..others).map(|number| allergy(&format!("Latex {number}"), Severity::Mild)));
            let (line, rest) = line_and_rest(all);
            assert!(
                line.contains("Contrast agents of all kinds that were…<")
                    || line.contains("Contrast agents of all kinds that…<"),
                "{line}"
            );
            assert!(line.contains(&format!("title=\"{long}\"")), "{line}");
            assert_eq!(line.contains("Latex 0"), others > 0, "{line}");
            assert!(rest.contains(&format!("<li>{long}")), "it stands there whole too: {rest}");
            let left_out = (0..others).filter(|number| rest.contains(&format!("Latex {number}"))).count();
            let words = if left_out == 0 { "in full".to_owned() } else { format!("and {left_out} more") };
            assert!(rest.contains(&words), "{rest}");
            assert_eq!(line.matches("Latex").count() + left_out, others);
        }
    }

    #[test]
    fn one_is_named_whatever_the_others_are() {
        for (first, severity) in [("x".repeat(200), Severity::Unknown), ("word ".repeat(40), Severity::Moderate)] {
            let all = vec![allergy(&first, severity), allergy(&"y ".repeat(90), Severity::Mild)];
            let (line, rest) = line_and_rest(all);
            assert!(line.contains("<li>") && line.contains('…'), "{line}");
            assert!(rest.contains(first.trim_end()), "{rest}");
        }
    }

    #[test]
    fn the_name_of_a_severe_allergy_is_never_shortened() {
        let long = "latex, codeine and penicillin ".repeat(6);
        let (line, rest) = line_and_rest(vec![allergy("Dust", Severity::Mild), allergy(long.trim(), Severity::Severe)]);
        assert!(line.contains(long.trim()) && line.contains("(severe)"), "{line}");
        assert!(line.contains("Dust") && rest.is_empty(), "{rest}");
    }

    #[test]
    fn whether_anybody_asked_is_told_where_no_allergy_is_recorded() {
        let not_asked = no_allergies(None).to_html();
        assert!(not_asked.contains("Allergies: not asked"), "{not_asked}");
        let asked = RecordView { kind: RecordType::NoKnownAllergies, content: None, ..allergy("", Severity::Mild) };
        let known = no_allergies(Some(asked)).to_html();
        assert!(!known.contains("not asked") && known.contains(RecordType::NoKnownAllergies.label()), "{known}");
    }
}
