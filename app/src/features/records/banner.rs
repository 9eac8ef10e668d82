//! Who a page is about, and what they must not be given: it stays in view while the page scrolls.

use domain_types::records::{PatientHead, RecordView, Severity, severe_first};
use leptos::prelude::*;

use crate::components::{Glyph, Icon};

/// So many letters of names stand there at once, unless those of severe allergies are more: two lines of a phone.
const ROOM: usize = 60;
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
    let rest = allergies.split_off(shown_at_once(&allergies));
    let shown = allergies.iter().map(|allergy| view! { <li>{name(allergy)}</li> }).collect_view();
    let more = (!rest.is_empty()).then(|| {
        let words = format!("and {} more", rest.len());
        let rest = rest.iter().map(|allergy| view! { <li>{name(allergy)}</li> }).collect_view();
        view! {
            <details class="patient-more">
                <summary>{words}</summary>
                <ul class="patient-names">{rest}</ul>
            </details>
        }
    });
    view! {
        <div class="patient-allergies is-allergic">
            <p class="patient-word"><Icon glyph=Glyph::Warning/> " Allergies:"</p>
            " "
            <ul class="patient-names">{shown}</ul>
            " "
            {more}
        </div>
    }
}

fn name(allergy: &RecordView) -> AnyView {
    match allergy.severity() {
        Some(Severity::Severe) => view! { <strong>{allergy.title()} {SEVERE}</strong> }.into_any(),
        _ => allergy.title().into_any(),
    }
}

/// How many of these, the severe ones first, stand there without being opened: all severe ones, and others as far as there
/// is room. A single one is not put behind a word that is as long as its name.
fn shown_at_once(allergies: &[RecordView]) -> usize {
    let severe = allergies.iter().take_while(|allergy| allergy.severity() == Some(Severity::Severe)).count();
    let letters_of = |allergy: &RecordView| allergy.title().chars().count() + ", ".len();
    let mut letters: usize = allergies[..severe].iter().map(|allergy| letters_of(allergy) + SEVERE.len()).sum();
    let fits = |allergy: &&RecordView| {
        letters += letters_of(allergy);
        letters <= ROOM
    };
    let shown = severe + allergies[severe..].iter().take_while(fits).count();
    if shown + 1 == allergies.len() && shown > 0 { allergies.len() } else { shown }
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
            let shown = shown_at_once(&allergies);
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
        let long = vec![allergy(&"x".repeat(200), Severity::Mild), allergy("Latex", Severity::Mild)];
        assert_eq!(shown_at_once(&long), 0, "one name alone may be too long");
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
