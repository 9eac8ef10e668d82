//! `/admin/emergencies`

use domain_types::{
    page::Page as PageOf,
    records::{EmergencyView, Finding, ReviewView},
};
use leptos::prelude::*;

use crate::{
    components::{
        Alert, Badge, Card, Described, DescriptionList, EmptyState, Glyph, LinkButton, Page, Pagination, Tone, Variant,
        WhenText,
    },
    features::{
        loaded, query,
        records::{
            addresses::{EMERGENCIES, emergency_review_address},
            server_fns::get_emergencies,
        },
    },
};

/// Every record that was opened in an emergency. Those that wait for a review come first.
#[component]
pub fn EmergenciesPage() -> impl IntoView {
    let done = query("done").filter(|done| is_reference(done));
    loaded(get_emergencies(query("page")), move |emergencies: PageOf<EmergencyView>| {
        let (page, pages) = (emergencies.page, emergencies.pages());
        let list = if emergencies.results.is_empty() {
            view! {
                <EmptyState icon=Glyph::Shield title="No emergency access">
                    "When a record is opened in an emergency, it appears here with the reason, for your review."
                </EmptyState>
            }
            .into_any()
        } else {
            let cards = emergencies.results.into_iter().map(|one| view! { <li>{card(one)}</li> }).collect_view();
            view! { <ul class="stack">{cards}</ul> }.into_any()
        };
        view! {
            <Page
                title="Emergency access"
                lead="Awaiting review first. Reviews cannot be changed."
                back=("/admin", "Administration")
            >
                <div class="stack-lg">
                    {done
                        .map(|reference| {
                            view! {
                                <Alert tone=Tone::Success title="Review saved">
                                    <p>"It is saved with " <span class="reference">{reference}</span> "."</p>
                                </Alert>
                            }
                        })}
                    {list}
                    <Pagination page pages base=EMERGENCIES/>
                </div>
            </Page>
        }
    })
}

/// Only a reference is repeated from the address.
fn is_reference(text: &str) -> bool {
    text.len() <= 20 && text.strip_prefix("EMG-").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn card(one: EmergencyView) -> impl IntoView {
    let (tone, state) = match one.review.as_ref().map(|review| review.finding) {
        None => (Tone::Warning, "Awaiting review"),
        Some(finding @ Finding::Justified) => (Tone::Success, finding.label()),
        Some(finding @ Finding::Unjustified) => (Tone::Danger, finding.label()),
    };
    let href = emergency_review_address(&one.id.to_string());
    let next = match (&one.review, one.may_review) {
        (Some(_), _) => view! { <LinkButton href variant=Variant::Secondary>"View access"</LinkButton> }.into_any(),
        (None, true) => view! { <LinkButton href>"Review access"</LinkButton> }.into_any(),
        (None, false) => view! { <p>"You opened this record, so someone else must review it."</p> }.into_any(),
    };
    view! {
        <Card title=one.patient_name.clone() actions=move || view! { <Badge tone>{state}</Badge> }>
            <div class="stack">
                <EmergencyFacts access=one/>
                <div class="row no-print">{next}</div>
            </div>
        </Card>
    }
}

/// Who opened whose record, why and how long, and what the review found.
#[component]
pub(super) fn EmergencyFacts(access: EmergencyView) -> impl IntoView {
    let reason = access.reason.unwrap_or_else(|| "Erased with the record.".to_owned());
    let review = access.review.map(|ReviewView { finding, remark, by, at }| {
        let remark = remark.map(
            |remark| view! { <Described term="Reviewer’s reason"><span class="kept-words">{remark}</span></Described> },
        );
        view! {
            <Described term="Review">{finding.label()} ", " {by} ", " <WhenText when=at/></Described>
            {remark}
        }
    });
    view! {
        <DescriptionList>
            <Described term="Patient"><span class="reference">{access.patient_reference}</span></Described>
            <Described term="Opened by">{access.by}</Described>
            <Described term="Reason"><span class="kept-words">{reason}</span></Described>
            <Described term="Opened"><WhenText when=access.granted/></Described>
            <Described term="Open until"><WhenText when=access.expires/></Described>
            <Described term="Reference"><span class="reference">{access.reference}</span></Described>
            {review}
        </DescriptionList>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reference_is_repeated_from_the_address() {
        assert!(is_reference("EMG-7K3M9Q2X"));
        for other in ["", "EMG", "Call this number", "EMG-<b>", "EMG-0123456789012345678"] {
            assert!(!is_reference(other), "{other}");
        }
    }
}
