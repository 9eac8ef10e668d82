//! `/patients/:patient/notes/:reference`

use domain_types::{
    ProblemCode,
    records::{Carried, Content, NoteDraft, Part, RecordView, Report},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::{chart_address, discard_address, new_prescription_address},
        banner::PatientBanner,
        entry_address,
        entry_content::EntryContent,
        server_fns::{SaveNote, SignNote, get_note_draft},
    },
    beside_note::BesideNote,
    desk::{EmergencyNotice, no_draft},
};
use crate::{
    components::{
        Alert, Button, Card, Described, DescriptionList, Form, FormErrors, LinkButton, NoteAutosave, Page,
        TextareaField, Tone, Variant, Width,
    },
    error::AppError,
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// The parts in the order in which a note is written, what each is for, and whether a signed note needs it.
const PARTS: [(Part, &str, &str, bool); 4] = [
    (Part::Subjective, "Subjective", "What the patient says", false),
    (Part::Objective, "Objective", "What you found", false),
    (Part::Assessment, "Assessment", "What you think it is (required to sign)", true),
    (Part::Plan, "Plan", "What happens next (required to sign)", true),
];

/// A note that is being written.
#[component]
pub fn NotePage() -> impl IntoView {
    let (reference, token) = (param("reference"), query("flash"));
    let is_saved = query("done").is_some_and(|done| done == "saved");
    let asked = reference.clone();
    let load = async move {
        let draft = get_note_draft(asked).await;
        // What was typed stays kept for whoever has to sign in first.
        let is_theirs = match &draft {
            Ok(_) => true,
            Err(AppError(problem)) => problem.code == ProblemCode::RecordSigned,
        };
        let flash = if is_theirs { take_flash(token).await } else { Flash::default() };
        Ok((draft, flash))
    };
    loaded(load, move |(draft, flash): (Result<NoteDraft, AppError>, Flash)| match draft {
        Ok(draft) => editor(draft, &flash, is_saved).into_any(),
        Err(AppError(problem)) if problem.code == ProblemCode::RecordSigned && !flash.is_empty() => {
            too_late(&reference, &flash).into_any()
        }
        Err(error) => no_draft(error, &reference).into_any(),
    })
}

fn editor(draft: NoteDraft, flash: &Flash, is_saved: bool) -> impl IntoView + use<> {
    let NoteDraft { patient, access, record, overview, earlier } = draft;
    let title = format!("Note of {}", record.date_label);
    let back = (chart_address(&patient.reference), "Chart".to_owned());
    let was_changed = flash.problem().is_some_and(|problem| problem.code == ProblemCode::RecordChanged);
    let stored = was_changed.then(|| {
        let content = record.content.clone();
        view! { <Card title="Saved version"><EntryContent kind=record.kind content/></Card> }
    });
    let problem = flash.problem().cloned();
    let form = form(&record, flash, is_saved, was_changed);
    let (allergies, none_known) = (overview.allergies.clone(), overview.none_known.clone());
    let reference = patient.reference.clone();
    view! {
        <Page title width=Width::Wide back_to=back>
            <PatientBanner head=patient allergies none_known/>
            <FormErrors problem controls=&["subjective", "objective", "assessment", "plan"]/>
            <div class="stack-lg">
                <EmergencyNotice access/>
                {stored}
                <div class="note-desk">
                    {form}
                    <BesideNote patient=reference overview prescribed=record.prescriptions earlier/>
                </div>
            </div>
        </Page>
    }
}

fn form(record: &RecordView, flash: &Flash, is_saved: bool, was_changed: bool) -> impl IntoView + use<> {
    let report = match &record.content {
        Some(Content::Report(report)) => report.clone(),
        _ => Report::default(),
    };
    let parts = PARTS.map(|part| text_of(part, &report, flash)).collect_view();
    let (patient, reference) = (record.patient_reference.clone(), record.reference.clone());
    let (prescribe, discard) = (new_prescription_address(&patient, &reference), discard_address(&patient, &reference));
    let said = match is_saved {
        true => format!("Saved at {}", record.updated.zoned_time()),
        false => format!("Last saved {}", record.updated.zoned()),
    };
    let version = record.version.to_string();
    // Two texts stand there then, and whoever wrote them decides which one stays.
    let autosave =
        (!was_changed).then(|| view! { <NoteAutosave to=SaveNote::PATH said is_unsaved=!flash.is_empty()/> });
    view! {
        <Form action=SignNote::PATH class="form note-form">
            <input type="hidden" name="reference" value=reference/>
            <input type="hidden" name="patient" value=patient/>
            <input type="hidden" name="version" value=version autocomplete="off"/>
            {was_changed.then(|| view! { <p>"Saving or signing replaces the saved version with your text here."</p> })}
            {parts}
            {autosave}
            <div class="form-actions">
                <Button>"Sign"</Button>
                <Button variant=Variant::Secondary formaction=SaveNote::PATH>"Save"</Button>
                <LinkButton href=prescribe variant=Variant::Secondary>"Prescribe"</LinkButton>
                <LinkButton href=discard variant=Variant::Quiet>"Discard"</LinkButton>
            </div>
            <p class="text-muted">
                "After signing it cannot be changed, and the patient can read it. You can add an addendum."
            </p>
        </Form>
    }
}

fn text_of(
    (part, label, purpose, is_needed): (Part, &'static str, &'static str, bool),
    report: &Report,
    flash: &Flash,
) -> impl IntoView + use<> {
    let name = part.as_str();
    let carried = report.carried.as_ref().filter(|carried| carried.parts.contains(&part));
    let class = if carried.is_some() { "note-part note-part-carried" } else { "note-part" };
    let value = flash.typed_or(name, report.part(part));
    view! {
        <div class=class>
            <TextareaField
                name
                label
                hint=hint(purpose, carried)
                value
                error=flash.error(name)
                rows=6
                required=is_needed
            />
        </div>
    }
}

fn hint(purpose: &str, carried: Option<&Carried>) -> String {
    match carried {
        Some(carried) => format!("{purpose}. This text is {}. Readers see that until you change it.", carried.words()),
        None => format!("{purpose}."),
    }
}

/// The note was signed in another window while more was typed here: that is shown once more, to be added.
fn too_late(reference: &str, flash: &Flash) -> impl IntoView + use<> {
    let href = entry_address(reference);
    let typed = PARTS.map(|(part, label, ..)| (label, flash.value(part.as_str())));
    let facts = typed
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| {
            view! { <Described term=label><span class="kept-words">{text}</span></Described> }
        })
        .collect_view();
    view! {
        <Page title="This note is already signed" width=Width::Narrow>
            <div class="stack-lg">
                <Alert tone=Tone::Warning title="What you typed here was not saved">
                    <p>"Copy what is missing and add it to the signed note as an addendum."</p>
                </Alert>
                <Card title="What you typed"><DescriptionList>{facts}</DescriptionList></Card>
                <div class="form-actions"><LinkButton href>"Go to the signed note"</LinkButton></div>
            </div>
        </Page>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_was_carried_over_says_from_when() {
        let carried = Carried { date: "2026-05-03".into(), ..Carried::default() };
        assert_eq!(hint("What you found", None), "What you found.");
        assert_eq!(
            hint("What you found", Some(&carried)),
            "What you found. This text is copied unchanged from 3 May 2026. Readers see that until you change it."
        );
    }

    #[test]
    fn every_part_has_its_text() {
        assert!(Part::ALL.iter().all(|part| PARTS.iter().any(|(shown, ..)| shown == part)));
    }
}
