//! `/admin/emergencies`

use domain_types::{
    page::Page as PageOf,
    records::{EmergencyView, Finding, ReviewView},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{
        Alert, Badge, Button, Card, Described, DescriptionList, EmptyState, FormErrors, Glyph, Page, Pagination, Tone,
        Variant, WhenText,
    },
    features::{
        loaded, query,
        records::{
            addresses::EMERGENCIES,
            server_fns::{ReviewEmergency, get_emergencies},
        },
    },
    forms::{Flash, take_flash},
};

/// Every record that was opened in an emergency. Those that wait for a review come first.
#[component]
pub fn EmergenciesPage() -> impl IntoView {
    let (page, token) = (query("page"), query("flash"));
    let done = query("done").filter(|done| is_reference(done));
    let load = async move { Ok((get_emergencies(page).await?, take_flash(token).await)) };
    loaded(load, move |(emergencies, flash): (PageOf<EmergencyView>, Flash)| {
        let done = done.filter(|_| flash.problem().is_none());
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
                <FormErrors problem=flash.problem().cloned()/>
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
    let next = match (&one.review, one.may_review) {
        (Some(review), _) => {
            let ReviewView { by, at, .. } = review.clone();
            view! { <p class="text-muted">"Reviewed by " {by} ", " <WhenText when=at/> "."</p> }.into_any()
        }
        (None, true) => review(&one).into_any(),
        (None, false) => view! { <p>"You opened this record, so someone else must review it."</p> }.into_any(),
    };
    let reason = one.reason.unwrap_or_else(|| "Erased with the record.".to_owned());
    view! {
        <Card title=one.patient_name actions=move || view! { <Badge tone>{state}</Badge> }>
            <div class="stack">
                <DescriptionList>
                    <Described term="Patient"><span class="reference">{one.patient_reference}</span></Described>
                    <Described term="Opened by">{one.by}</Described>
                    <Described term="Reason"><span class="kept-words">{reason}</span></Described>
                    <Described term="Opened"><WhenText when=one.granted/></Described>
                    <Described term="Open until"><WhenText when=one.expires/></Described>
                    <Described term="Reference"><span class="reference">{one.reference}</span></Described>
                </DescriptionList>
                {next}
            </div>
        </Card>
    }
}

fn review(one: &EmergencyView) -> impl IntoView + use<> {
    let which = format!(": {}, {}", one.patient_name, one.granted.label);
    let answers = Finding::ALL.iter().map(|finding| {
        let which = which.clone();
        view! {
            <Button variant=Variant::Secondary name="finding" value=finding.as_str()>
                {finding.label()} <span class="visually-hidden">{which}</span>
            </Button>
        }
    });
    view! {
        <form method="post" action=ReviewEmergency::PATH class="stack no-print">
            <input type="hidden" name="id" value=one.id.to_string()/>
            <p class="text-muted">"Reviews cannot be changed. “Not justified” ends the access at once."</p>
            <div class="row">{answers.collect_view()}</div>
        </form>
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
