//! What stands around what a doctor writes: how they came to the record, what the patient must not be given, and what
//! happens to a draft that was signed meanwhile.

use std::future::Future;

use domain_types::{
    ProblemCode,
    records::{Access, RecordView, WritingDesk},
};
use leptos::prelude::*;

use super::super::{banner::PatientBanner, entry_address, server_fns::get_desk};
use crate::{
    components::{Alert, Glyph, Icon, Page, TextLink, Tone, WhenText, Width},
    error::{AppError, redirect_page},
    features::{Trouble, loaded},
};

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

/// What the patient must not be given and how they reacted, above every prescription; or whether anybody asked.
#[component]
pub(super) fn Allergies(allergies: Vec<RecordView>, none_known: Option<RecordView>) -> impl IntoView {
    if allergies.is_empty() {
        let words = match none_known {
            Some(asked) => format!("{}. {}", asked.title(), asked.asked_words()),
            None => "Allergies: not asked yet.".to_owned(),
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
        <section class="allergies-brief" aria-labelledby="allergies-title">
            <h2 class="allergies-brief-title" id="allergies-title"><Icon glyph=Glyph::Warning/> "Allergies"</h2>
            <ul class="allergies-brief-list">{items}</ul>
        </section>
    }
    .into_any()
}

/// What a form about a signed entry needs to know of its patient, for whoever may write there.
pub(super) async fn desk_of(record: &RecordView, may_write: bool) -> Result<Option<WritingDesk>, AppError> {
    if may_write { get_desk(record.patient_reference.clone()).await.map(Some) } else { Ok(None) }
}

/// Who a form is about.
pub(super) fn banner_of(desk: WritingDesk) -> impl IntoView {
    let WritingDesk { patient, allergies, none_known, .. } = desk;
    view! { <PatientBanner head=patient allergies none_known/> }
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
