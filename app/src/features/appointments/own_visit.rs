//! A time that is taken by a visit of whoever looks: they are told which one, and led to it.

use domain_types::{Problem, ProblemCode, appointments::OwnVisit};
use leptos::prelude::*;

use super::visit_parts::visit_address;
use crate::components::{Alert, LinkButton, TextLink, Tone, Variant, WhenText};

/// Said where the time that was wanted is that of a visit already.
#[component]
pub(super) fn ThereAlready(
    /// "You have booked this time"
    #[prop(into)]
    title: String,
    visit: OwnVisit,
    /// Another way on: address and words.
    other: (String, &'static str),
) -> impl IntoView {
    let href = visit_address(&visit.reference, "");
    let (other, words) = other;
    view! {
        <div class="stack">
            <Alert tone=Tone::Success title=title>
                <p><WhenText when=visit.starts spoken=true/> " with " {visit.doctor_name}</p>
            </Alert>
            <div class="row">
                <LinkButton href>"View appointment"</LinkButton>
                <LinkButton href=other variant=Variant::Secondary>{words}</LinkButton>
            </div>
        </div>
    }
}

/// Said where another visit of theirs is in the way.
#[component]
pub(super) fn ElsewhereThen(visit: OwnVisit) -> impl IntoView {
    let words = visit.words();
    view! {
        <Alert tone=Tone::Warning title="You already have an appointment at this time">
            <p>{words} " " <ToThatVisit visit/></p>
        </Alert>
    }
}

/// The way to the visit that is in the way.
#[component]
pub(super) fn ToThatVisit(visit: OwnVisit) -> impl IntoView {
    let href = visit_address(&visit.reference, "");
    view! { "Choose another time, or change that appointment first: " <TextLink href>"view that appointment"</TextLink> "." }
}

/// The refusal of a time at which the patient is elsewhere, with the visit that is in the way. It is added here, where
/// it is shown: what travels with a refused form names no visit.
pub(super) fn named(problem: Problem, own: Option<&OwnVisit>) -> Problem {
    match own.filter(|_| problem.code == ProblemCode::PatientBusy) {
        Some(own) => Problem { detail: own.words(), ..problem },
        None => problem,
    }
}

/// Another time would do: this one went to somebody else, or the patient is elsewhere then.
pub(super) fn is_conflict(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::SlotTaken | ProblemCode::PatientBusy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::appointments::{When, ZoneName};

    #[test]
    fn only_a_busy_patient_is_told_of_the_visit_in_the_way() {
        let text = String::new;
        let starts = When {
            instant: text(),
            date: text(),
            time: text(),
            day: text(),
            label: "Tue 1 December, 09:30".into(),
            near: None,
            zone: ZoneName { id: "Europe/Dublin".into(), words: "Dublin time".into() },
        };
        let own = OwnVisit { reference: text(), doctor_name: "Dr. Ana Rivera".into(), starts, is_this: false };
        let told = |code| named(Problem::new(code, "No."), Some(&own)).detail;
        assert_eq!(
            told(ProblemCode::PatientBusy),
            "You already have an appointment with Dr. Ana Rivera then: Tue 1 December, 09:30 (Dublin time)."
        );
        assert_eq!(told(ProblemCode::SlotTaken), "No.");
        assert_eq!(named(Problem::new(ProblemCode::PatientBusy, "No."), None).detail, "No.");
    }
}
