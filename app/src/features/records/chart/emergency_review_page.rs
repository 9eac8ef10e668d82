//! `/admin/emergencies/:id`: what was opened in an emergency, and whether it was justified.

use domain_types::records::{EmergencyDetail, EmergencyReview, Finding, LookView};
use leptos::{prelude::*, server_fn::ServerFn};

use super::emergencies_page::EmergencyFacts;
use crate::{
    components::{
        Alert, Button, Card, Described, DescriptionList, Form, FormErrors, Page, SelectField, Submit, TextareaField,
        Tone, Variant,
    },
    features::{
        loaded, param, query,
        records::{
            addresses::EMERGENCIES,
            server_fns::{ReviewEmergency, get_emergency},
        },
    },
    forms::{Flash, take_flash},
};

/// An administrator reads what was opened, decides, gives a reason, and checks both before they are final.
#[component]
pub fn EmergencyReviewPage() -> impl IntoView {
    let (token, is_check) = (query("flash"), query("check").is_some());
    let load = async move { Ok((get_emergency(param("id")).await?, take_flash(token).await)) };
    loaded(load, move |(detail, flash): (EmergencyDetail, Flash)| {
        let EmergencyDetail { access, opened, has_more } = detail;
        let (title, id) = (format!("Emergency access, {}", access.patient_name), access.id.to_string());
        let to_check = EmergencyReview::parse(&flash.value("finding"), &flash.value("remark"));
        let to_check = to_check.ok().filter(|_| is_check && flash.problem().is_none());
        let act = match (access.may_review, to_check) {
            (false, _) if access.review.is_none() => view! {
                <Alert tone=Tone::Info title="You opened this record"><p>"Someone else must review it."</p></Alert>
            }
            .into_any(),
            (false, _) => ().into_any(),
            (true, Some(review)) => check(id, review).into_any(),
            (true, None) => decide(id, &flash).into_any(),
        };
        view! {
            <Page title back=(EMERGENCIES, "Emergency access")>
                <FormErrors problem=flash.problem().cloned() controls=&["finding", "remark"]/>
                <div class="stack-lg">
                    <Card title="Emergency access"><EmergencyFacts access/></Card>
                    <Card title="What was opened">{list(opened, has_more)}</Card>
                    {act}
                </div>
            </Page>
        }
    })
}

/// Which entries and pages were opened and when.
fn list(opened: Vec<LookView>, has_more: bool) -> impl IntoView {
    if opened.is_empty() {
        return view! { <p class="text-muted">"Nothing was opened."</p> }.into_any();
    }
    let line = |look: LookView| {
        let time = look.time_label();
        let times = look.times_label().map(|times| format!(", {times}"));
        let entry = look.entry.map(|entry| {
            view! { ": " {entry.label} " " <span class="reference">{entry.reference}</span> }
        });
        view! {
            <li class="look-line">
                <time class="look-time tnum" datetime=look.at.instant>{time}</time>
                <p class="look-said">{look.who} " " {look.what} {entry} {times}</p>
            </li>
        }
    };
    view! {
        <ul class="opened">{opened.into_iter().map(line).collect_view()}</ul>
        {has_more.then(|| view! { <p class="text-muted">"Only the latest are listed here."</p> })}
    }
    .into_any()
}

fn decide(id: String, flash: &Flash) -> impl IntoView + use<> {
    let flash = flash.clone();
    let options = Finding::ALL.iter().map(|finding| (finding.as_str().to_owned(), finding.label().to_owned()));
    view! {
        <Form action=ReviewEmergency::PATH class="form no-print">
            <h2 class="card-title">"Your review"</h2>
            <input type="hidden" name="id" value=id/>
            <SelectField
                name="finding"
                label="Was this access justified?"
                options=options.collect()
                blank="Choose an answer"
                value=flash.value("finding")
                error=flash.error("finding")
                required=true
            />
            <TextareaField
                name="remark"
                label="Reason"
                hint="Required if the access was not justified. Only administrators can read it."
                value=flash.value("remark")
                error=flash.error("remark")
            />
            <p class="text-muted">"“Not justified” ends the access at once."</p>
            <div class="form-actions"><Submit label="Continue" busy="Checking…"/></div>
        </Form>
    }
}

/// What was decided, once more, before it is final.
fn check(id: String, review: EmergencyReview) -> impl IntoView {
    let EmergencyReview { finding, remark } = review;
    let reason = if remark.is_empty() { "No reason given".to_owned() } else { remark.clone() };
    view! {
        <Form action=ReviewEmergency::PATH class="form no-print">
            <h2 class="card-title">"Check your review"</h2>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="finding" value=finding.as_str()/>
            <input type="hidden" name="remark" value=remark/>
            <DescriptionList>
                <Described term="Review">{finding.label()}</Described>
                <Described term="Reason"><span class="kept-words">{reason}</span></Described>
            </DescriptionList>
            <Alert tone=Tone::Warning><p>"Reviews cannot be changed."</p></Alert>
            <div class="form-actions">
                <Button name="confirmed" value="yes">"Save review"</Button>
                <Button name="confirmed" value="no" variant=Variant::Secondary>"Change"</Button>
            </div>
        </Form>
    }
}
