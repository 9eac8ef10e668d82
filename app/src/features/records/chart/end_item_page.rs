//! `/patients/:patient/lists/:reference/end`

use domain_types::{
    Problem, ProblemCode,
    records::{Access, Chart, Overview, RecordType, RecordView, Twin},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::reader::AccessNotice;
use crate::{
    components::{Card, Form, LinkButton, Page, Submit, Variant, Width},
    features::{
        Trouble, loaded, param,
        records::{
            addresses::chart_address,
            banner::PatientBanner,
            entry_content::EntryContent,
            server_fns::{EndItem, get_chart},
        },
    },
};

/// Asks once more before something is taken from what holds for a patient, and says what happens then.
#[component]
pub fn EndItemPage() -> impl IntoView {
    let reference = param("reference");
    loaded(get_chart(param("patient")), move |chart: Chart| {
        if !chart.may_write {
            let problem = Problem::new(ProblemCode::Forbidden, "Only doctors can change the chart.");
            return view! { <Trouble problem/> }.into_any();
        }
        let Overview { allergies, none_known, problems, medications, .. } = chart.overview;
        let items = allergies.iter().chain(&none_known).chain(&problems).chain(&medications);
        match items.into_iter().find(|item| item.reference == reference).cloned() {
            Some(item) => {
                let banner = view! { <PatientBanner head=chart.patient allergies none_known/> };
                question(item, chart.access, banner).into_any()
            }
            None => {
                let problem = Problem::new(ProblemCode::NotFound, "It is not in the chart, or it was already removed.");
                view! { <Trouble problem/> }.into_any()
            }
        }
    })
}

/// The heading, what it means for the patient, and the verb on the button.
const fn words(kind: RecordType) -> (&'static str, &'static str, &'static str) {
    match kind {
        RecordType::Allergy => (
            "Mark this allergy as no longer valid?",
            "It leaves the chart, and prescriptions are no longer checked against it. The record still shows that it \
             was there. Do this only if you are sure that the patient tolerates it, or that it was entered by mistake.",
            "Mark as no longer valid",
        ),
        RecordType::Medication => (
            "Stop this medicine?",
            "It leaves the chart, and prescriptions are no longer checked against it. The record still shows that it \
             was there.",
            "Stop this medicine",
        ),
        RecordType::NoKnownAllergies => (
            "Remove this?",
            "The chart will say that the patient has not been asked about allergies. The record still shows that it was \
             there.",
            "Remove",
        ),
        _ => (
            "Mark this problem as resolved?",
            "It leaves the chart. The record still shows that it was there.",
            "Mark as resolved",
        ),
    }
}

fn question(item: RecordView, access: Access, banner: impl IntoView + 'static) -> impl IntoView {
    let (title, what_happens, verb) = words(item.kind);
    let chart = chart_address(&item.patient_reference);
    let others = others(&item.stands_for);
    view! {
        <Page title width=Width::Narrow back_to=(chart.clone(), format!("Chart of {}", item.patient_name))>
            {banner}
            <div class="stack-lg">
                <AccessNotice access/>
                <Card><EntryContent kind=item.kind content=item.content/></Card>
                <Form action=EndItem::PATH class="form">
                    <input type="hidden" name="reference" value=item.reference/>
                    <input type="hidden" name="patient" value=item.patient_reference/>
                    {others}
                    <p>{what_happens}</p>
                    <div class="form-actions">
                        <Submit label=verb busy="Saving…" variant=Variant::Danger/>
                        <LinkButton href=chart variant=Variant::Secondary>"Keep it"</LinkButton>
                    </div>
                </Form>
            </div>
        </Page>
    }
}

/// It was written down more than once: what is left behind would still hold.
fn others(others: &[Twin]) -> impl IntoView + use<> {
    let listed = others.iter().map(|other| view! { <li>{other.words.clone()}</li> }).collect::<Vec<_>>();
    (!listed.is_empty()).then(|| {
        view! {
            <p>"It was also entered as follows. All of these end together:"</p>
            <ul class="list-disc pl-6">{listed}</ul>
        }
    })
}
