//! What stands around everything that a doctor writes: about whom it is, what they must not be given, and what happens
//! to a draft that was signed meanwhile.

use std::future::Future;

use domain_types::{
    ProblemCode,
    records::{Access, PatientHead, RecordView},
};
use leptos::prelude::*;

use super::super::entry_address;
use crate::{
    components::{Alert, Glyph, Icon, Page, TextLink, Tone, WhenText, Width},
    error::{AppError, redirect_page},
    features::{Trouble, loaded},
};

/// "Maya Okafor · PT-7K2M9QXA · 40 years · born 3 March 1986"
pub(super) fn who(patient: &PatientHead) -> String {
    let born = patient.born.as_ref().map(|born| format!("born {born}"));
    let parts = [Some(patient.name.clone()), Some(patient.reference.clone()), patient.age.clone(), born];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Says that the record is open for a short time only.
#[component]
pub(super) fn EmergencyNotice(access: Access) -> impl IntoView {
    match access {
        Access::InCare => ().into_any(),
        Access::Emergency { until } => view! {
            <Alert tone=Tone::Warning>
                <p>"Emergency access: this record is open to you until " <WhenText when=until/> "."</p>
            </Alert>
        }
        .into_any(),
    }
}

/// What the patient must not be given, on one line above everything that is written; or whether anybody asked.
#[component]
pub(super) fn Allergies(allergies: Vec<RecordView>, none_known: Option<RecordView>) -> impl IntoView {
    if allergies.is_empty() {
        let words = match none_known {
            Some(asked) => format!("{}. {}", asked.title(), asked.asked_words()),
            None => "Allergies: not asked. No one has recorded asking.".to_owned(),
        };
        return view! { <p class="text-muted">{words}</p> }.into_any();
    }
    let items = allergies
        .into_iter()
        .map(|allergy| {
            let summary = allergy.summary();
            let summary = (!summary.is_empty()).then(|| format!(" ({summary})"));
            let remark = allergy.understood.as_ref().and_then(|understood| understood.remark(&allergy.title()));
            view! { <li><strong>{allergy.title()}</strong>{summary} {remark.map(|remark| format!(". {remark}"))}</li> }
        })
        .collect_view();
    view! {
        <section class="allergies" aria-labelledby="allergies-title">
            <h2 class="allergies-title" id="allergies-title"><Icon glyph=Glyph::Warning/> "Allergies"</h2>
            <ul class="allergies-list">{items}</ul>
        </section>
    }
    .into_any()
}

/// Waits for a draft and draws its page.
pub(super) fn drafted<T, D, V>(
    load: impl Future<Output = Result<T, AppError>> + Send + 'static,
    reference: String,
    draw: D,
) -> impl IntoView
where
    T: Send + 'static,
    D: FnOnce(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    loaded(async move { Ok(load.await) }, move |draft: Result<T, AppError>| match draft {
        Ok(draft) => draw(draft).into_any(),
        Err(error) => no_draft(error, &reference).into_any(),
    })
}

/// There is no such draft, or not any more: one that was signed meanwhile leads to its entry.
pub(super) fn no_draft(AppError(problem): AppError, reference: &str) -> AnyView {
    if problem.code != ProblemCode::RecordSigned {
        return view! { <Trouble problem/> }.into_any();
    }
    let href = entry_address(reference);
    redirect_page(&href);
    view! {
        <Page title="This entry is signed" width=Width::Narrow>
            <p><TextLink href>"Go to the signed entry"</TextLink></p>
        </Page>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::PatientId;

    #[test]
    fn a_patient_is_named_by_what_is_known() {
        let mut patient = PatientHead {
            id: PatientId(1),
            reference: "PT-7K2M9QXA".into(),
            name: "Maya Okafor".into(),
            born: Some("3 March 1986".into()),
            age: Some("40 years".into()),
            phone: None,
        };
        assert_eq!(who(&patient), "Maya Okafor · PT-7K2M9QXA · 40 years · born 3 March 1986");
        (patient.born, patient.age) = (None, None);
        assert_eq!(who(&patient), "Maya Okafor · PT-7K2M9QXA");
    }
}
