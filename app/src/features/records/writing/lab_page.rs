//! `/patients/:patient/labs/:reference`

use domain_types::records::{Content, LabDraft, LabResultView, Level, RecordView, ResultForm, several_values};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::{Trends, chart_address, discard_address},
        banner::PatientBanner,
        lab_results::{LabResults, sampled},
        server_fns::{ReleaseReport, SaveReport, get_lab_draft},
    },
    desk::{EmergencyNotice, drafted},
    lab_form::{ReportFields, ResultRows, Saved, numbered, row_count, rows_typed, typed, wrong_controls},
};
use crate::{
    components::{
        Alert, Card, CheckboxField, Described, DescriptionList, Form, FormErrors, LinkButton, Page, Submit,
        TextareaField, Tone, Variant, Width,
    },
    features::{param, query},
    forms::{Flash, take_flash},
};

/// The fields above the results, in the order in which they stand here: the last step comes before what can be changed.
const CONTROLS: &[&str] = &["for_patient", "title", "date", "time", "comment"];

/// A laboratory report that was not released: as the patient will see it, and below that to change.
#[component]
pub fn LabPage() -> impl IntoView {
    let (reference, rows, token) = (param("reference"), query("rows"), query("flash"));
    let is_saved = query("done").is_some_and(|done| done == "saved");
    let asked = reference.clone();
    let load = async move { Ok((get_lab_draft(asked).await?, take_flash(token).await)) };
    drafted(load, reference, move |(draft, flash): (LabDraft, Flash)| {
        let LabDraft { patient, access, record, results, allergies, none_known } = draft;
        let back = (chart_address(&patient.reference), "Chart".to_owned());
        let rows = row_count(rows.as_deref(), results.len().max(rows_typed(&flash)));
        let made = wrong_controls(flash.problem(), rows);
        let is_saved = is_saved && flash.problem().is_none();
        let saved: Vec<ResultForm> = results.iter().cloned().map(typed).collect();
        let release = release(&record, Level::worst(&results), &flash);
        view! {
            <Page title="Check and release" width=Width::Wide back_to=back>
                <PatientBanner head=patient allergies none_known/>
                <FormErrors problem=flash.problem().cloned().map(numbered) controls=CONTROLS made/>
                <div class="stack-lg">
                    <EmergencyNotice access/>
                    {is_saved.then(|| view! { <Alert tone=Tone::Success><p>"Saved."</p></Alert> })}
                    {as_the_patient_sees_it(&record)}
                    {ask_about(&results)}
                    <LabResults results trends=Trends::Nobodys/>
                    {release}
                    {change(&record, flash, saved, rows)}
                </div>
            </Page>
        }
    })
}

/// What whoever releases should look at first: what could not be compared, and tests with several values.
fn ask_about(results: &[LabResultView]) -> Option<AnyView> {
    let not_compared = results
        .iter()
        .filter_map(|result| result.why_not_compared.as_ref().map(|why| format!("{}: {why}.", result.value.test)));
    let not_compared: Vec<String> = not_compared.collect();
    let twice = several_values(results);
    let list = |lines: Vec<String>| {
        view! { <ul class="list-disc pl-6">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
    };
    let limits = (!not_compared.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning title="Not compared with critical limits">
                {list(not_compared)}
                <p>"Nothing here says whether these are critical. Correct them below, or judge them yourself."</p>
            </Alert>
        }
    });
    let values = (!twice.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning title="One test, several values">
                {list(twice)}
                <p>"Check whether each belongs to this sample and this patient."</p>
            </Alert>
        }
    });
    (limits.is_some() || values.is_some()).then(|| view! { {limits} {values} }.into_any())
}

/// What stands above the results.
fn above(record: &RecordView) -> Saved {
    let date = record.date.clone();
    match &record.content {
        Some(Content::Report(report)) => Saved {
            title: report.assessment.clone(),
            date,
            time: report.time.clone().unwrap_or_default(),
            comment: report.plan.clone(),
        },
        _ => Saved { date, ..Saved::default() },
    }
}

fn as_the_patient_sees_it(record: &RecordView) -> impl IntoView + use<> {
    let Saved { title, time, comment, .. } = above(record);
    let (date, doctor) = (sampled(&record.date_label, Some(&time)), record.doctor_name.clone());
    view! {
        <Card title="As the patient will see it">
            <DescriptionList>
                <Described term="Test">{title}</Described>
                <Described term="Sample taken">{date}</Described>
                <Described term="Ordered by">{doctor}</Described>
                {(!comment.is_empty())
                    .then(|| {
                        view! {
                            <Described term="Doctor’s advice"><span class="kept-words">{comment}</span></Described>
                        }
                    })}
            </DescriptionList>
        </Card>
    }
}

/// The last step. Where a result is not as expected and nothing is said about it, a comment is asked for.
fn release(record: &RecordView, level: Level, flash: &Flash) -> impl IntoView + use<> {
    let asks = (level.is_out_of_range() && above(record).comment.is_empty()).then(|| comment(level, flash));
    let record = record.clone();
    let (reference, patient) = (record.reference.clone(), record.patient_reference.clone());
    let discard = discard_address(&patient, &reference);
    view! {
        <Form action=ReleaseReport::PATH class="form">
            <input type="hidden" name="reference" value=reference/>
            <input type="hidden" name="patient" value=patient/>
            <input type="hidden" name="version" value=record.version.to_string() autocomplete="off"/>
            {asks}
            <p>
                "The patient will see it at once and get an e-mail. This cannot be undone: you can add a correction \
                 but not remove it."
            </p>
            <div class="form-actions">
                <Submit label="Release to the patient" busy="Releasing…"/>
                <LinkButton href=discard variant=Variant::Quiet>"Discard"</LinkButton>
            </div>
        </Form>
    }
}

fn comment(level: Level, flash: &Flash) -> impl IntoView + use<> {
    let (tone, title) = match level {
        Level::Critical => (Tone::Danger, "A result is critical: call the patient before you release it"),
        _ => (Tone::Warning, "A result is not as expected"),
    };
    view! {
        <Alert tone title><p>"Tell the patient what it means and what to do."</p></Alert>
        <TextareaField
            name="for_patient"
            label="Comment for the patient"
            value=flash.value("for_patient")
            error=flash.error("for_patient")
        />
        <CheckboxField name="without_comment" checked=!flash.value("without_comment").is_empty()>"Release without a comment"</CheckboxField>
    }
}

fn change(record: &RecordView, flash: Flash, saved: Vec<ResultForm>, rows: usize) -> impl IntoView + use<> {
    let (reference, patient) = (record.reference.clone(), record.patient_reference.clone());
    let (version, above) = (record.version.to_string(), above(record));
    view! {
        <Card title="Change it">
            <Form action=SaveReport::PATH class="form">
                <input type="hidden" name="reference" value=reference/>
                <input type="hidden" name="patient" value=patient/>
                <input type="hidden" name="version" value=version autocomplete="off"/>
                <div class="report-fields form"><ReportFields flash=flash.clone() saved=above/></div>
                <ResultRows flash saved rows/>
                <div class="form-actions">
                    <Submit label="Save and preview again" busy="Saving…" variant=Variant::Secondary/>
                </div>
            </Form>
        </Card>
    }
}
