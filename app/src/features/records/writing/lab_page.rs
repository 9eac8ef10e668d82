//! `/patients/:patient/labs/:reference`

use domain_types::records::{Content, LabDraft, RecordView, ResultForm};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::{Trends, chart_address, discard_address},
        lab_results::LabResults,
        server_fns::{ReleaseReport, SaveReport, get_lab_draft},
    },
    desk::{EmergencyNotice, drafted, who},
    lab_form::{FIELDS, ReportFields, ResultRows, Saved, numbered, row_count, rows_typed, typed, wrong_controls},
};
use crate::{
    components::{Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, Submit, Tone, Variant, Width},
    features::{param, query},
    forms::{Flash, take_flash},
};

/// A laboratory report that was not released: as the patient will see it, and below that to change.
#[component]
pub fn LabPage() -> impl IntoView {
    let (reference, rows, token) = (param("reference"), query("rows"), query("flash"));
    let is_saved = query("done").is_some_and(|done| done == "saved");
    let asked = reference.clone();
    let load = async move { Ok((get_lab_draft(asked).await?, take_flash(token).await)) };
    drafted(load, reference, move |(draft, flash): (LabDraft, Flash)| {
        let LabDraft { patient, access, record, results, .. } = draft;
        let back = (chart_address(&patient.reference), "Chart".to_owned());
        let rows = row_count(rows.as_deref(), results.len().max(rows_typed(&flash)));
        let made = wrong_controls(flash.problem(), rows);
        let is_saved = is_saved && flash.problem().is_none();
        let saved: Vec<ResultForm> = results.iter().cloned().map(typed).collect();
        view! {
            <Page title="Check and release" lead=who(&patient) width=Width::Wide back_to=back>
                <FormErrors problem=flash.problem().cloned().map(numbered) controls=FIELDS made/>
                <div class="stack-lg">
                    <EmergencyNotice access/>
                    {is_saved.then(|| view! { <Alert tone=Tone::Success><p>"Saved."</p></Alert> })}
                    {as_the_patient_sees_it(&record)}
                    <LabResults results trends=Trends::Nobodys/>
                    {release(&record)}
                    {change(&record, flash, saved, rows)}
                </div>
            </Page>
        }
    })
}

/// What stands above the results.
fn above(record: &RecordView) -> Saved {
    let date = record.date.clone();
    match &record.content {
        Some(Content::Report(report)) => Saved { title: report.assessment.clone(), date, comment: report.plan.clone() },
        _ => Saved { date, ..Saved::default() },
    }
}

fn as_the_patient_sees_it(record: &RecordView) -> impl IntoView + use<> {
    let Saved { title, comment, .. } = above(record);
    let (date, doctor) = (record.date_label.clone(), record.doctor_name.clone());
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

fn release(record: &RecordView) -> impl IntoView + use<> {
    let (reference, patient) = (record.reference.clone(), record.patient_reference.clone());
    let discard = discard_address(&patient, &reference);
    view! {
        <form method="post" action=ReleaseReport::PATH class="form">
            <input type="hidden" name="reference" value=reference/>
            <input type="hidden" name="patient" value=patient/>
            <input type="hidden" name="version" value=record.version.to_string() autocomplete="off"/>
            <p>
                "The patient will see it at once and get an e-mail. This cannot be undone: you can add a correction \
                 but not remove it."
            </p>
            <div class="form-actions">
                <Submit label="Release to the patient" busy="Releasing…"/>
                <LinkButton href=discard variant=Variant::Quiet>"Discard"</LinkButton>
            </div>
        </form>
    }
}

fn change(record: &RecordView, flash: Flash, saved: Vec<ResultForm>, rows: usize) -> impl IntoView + use<> {
    let (reference, patient) = (record.reference.clone(), record.patient_reference.clone());
    let (version, above) = (record.version.to_string(), above(record));
    view! {
        <Card title="Change it">
            <form method="post" action=SaveReport::PATH class="form">
                <input type="hidden" name="reference" value=reference/>
                <input type="hidden" name="patient" value=patient/>
                <input type="hidden" name="version" value=version autocomplete="off"/>
                <div class="report-fields form"><ReportFields flash=flash.clone() saved=above/></div>
                <ResultRows flash saved rows/>
                <div class="form-actions">
                    <Submit label="Save and preview again" busy="Saving…" variant=Variant::Secondary/>
                </div>
            </form>
        </Card>
    }
}
