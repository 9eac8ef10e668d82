//! `/records/:reference`

use domain_types::records::{Content, Level, RecordDetail, RecordView};
use leptos::prelude::*;

use super::{
    RECORDS,
    addresses::{Trends, addition_address, chart_address, draft_address, ending_address},
    ask_page::{ask_address, ask_words, can_be_asked_about},
    chart::seen_and_next,
    entry_address,
    entry_content::EntryContent,
    entry_list::glyph_of,
    lab_results::LabResults,
    next_steps::next_steps,
    questions::Questions,
    result_words::OutOfRangeAdvice,
    server_fns::get_record,
    unacted,
};
use crate::{
    components::{
        Alert, Badge, Card, DownloadButton, Glyph, LinkButton, Page, PhoneLink, TextLink, Tone, Variant, WhenText,
    },
    features::{clinic::get_clinic, loaded, param, query},
};

/// One entry with everything around it: to read, to print, to keep.
#[component]
pub fn RecordPage() -> impl IntoView {
    let done = query("done");
    let reference = param("reference");
    let load = async move { Ok((get_record(reference).await?, get_clinic().await?.phone)) };
    loaded(load, move |(detail, phone): (RecordDetail, String)| {
        let ways = ways_on(&detail);
        let urgent = dangers(&detail, &phone);
        let act = detail.may_act.then(|| unacted::acted_on(&detail.record.reference, &detail.record.title()));
        let act = act.map(|way| {
            view! {
                <Alert tone=Tone::Danger title="Critical: no doctor has acted on this yet"><div class="stack">{way}</div></Alert>
            }
        });
        let level = detail.is_own.then(|| Level::worst(&detail.results));
        let advice = level.map(|level| view! { <OutOfRangeAdvice level phone/> });
        // What must be done now comes before what it is about.
        let (advice_now, advice) = if level == Some(Level::Critical) { (advice, None) } else { (None, advice) };
        let goes_on = done.as_deref() == Some("signed");
        let done = done.and_then(|done| just_done(&done, &detail.record));
        let RecordDetail {
            record,
            addenda,
            questions,
            parent,
            results,
            cancellation,
            is_own,
            may_add,
            next: after,
            ..
        } = detail;
        let answer_at = may_add.then(|| record.reference.clone());
        let after = after.filter(|_| goes_on).map(|after| next_steps(after, &record));
        // The timeline is for the patient alone: staff come from the chart.
        let back_to = way_back(&record, is_own);
        let pdf = format!("{}/pdf", entry_address(&record.reference));
        let is_document = matches!(record.content, Some(Content::Document(_)));
        let file = is_document.then(|| format!("{}/file", entry_address(&record.reference)));
        let whose = format!("{}, {}", record.patient_name, record.patient_reference);
        let written = format!("{} · {}", record.date_label, record.doctor_name);
        // Whose it is comes first for those who read many.
        let lead = if is_own { written } else { format!("{whose} · {written}") };
        let trends = if is_own { Trends::TheirOwn } else { Trends::Of(record.patient_reference.clone()) };
        let (signed, signed_word) = (record.signed.clone(), record.signed_word());
        let (kind, is_cancelled, reference) = (record.kind, record.is_cancelled, record.reference.clone());
        let next = (!is_own).then(|| seen_and_next(&record.reference));
        view! {
            <Page
                title=record.title()
                lead
                back_to
                actions=move || view! { <Badge tone=Tone::Neutral icon=glyph_of(kind)>{kind.label()}</Badge> }
            >
                <div class="stack-lg">
                    {done.map(|words| view! { <Alert tone=Tone::Success><p>{words}</p></Alert> })}
                    {after}
                    {urgent}
                    {act}
                    {advice_now}
                    {is_cancelled.then(|| cancelled(cancellation))}
                    {parent.map(belongs_to)}
                    <Card><EntryContent kind=record.kind content=record.content.clone()/></Card>
                    {(!results.is_empty()).then(|| view! { <LabResults results trends/> })}
                    {advice}
                    {prescriptions(record.prescriptions.clone())}
                    <Questions questions addenda=addenda.clone() answer_at are_own=is_own/>
                    {addenda.into_iter().map(addendum).collect_view()}
                    {signed
                        .map(|signed| {
                            view! { <p class="text-muted">{signed_word} " by " {signed.by} " on " <WhenText when=signed.at/> "."</p> }
                        })}
                    {record.visit.clone()
                        .map(|visit| {
                            let href = format!("/appointments/{visit}");
                            view! { <p class="no-print"><TextLink href>"View the appointment"</TextLink></p> }
                        })}
                    <div class="row no-print">
                        {next} {ways}
                        {file
                            .map(|href| view! { <DownloadButton href icon=Glyph::Download>"Download"</DownloadButton> })}
                        <DownloadButton href=pdf icon=Glyph::Download>"Download as PDF"</DownloadButton>
                    </div>
                    // A printed page may travel alone, and the badge beside the heading is not printed.
                    <p class="text-muted">{kind.label()} " · " {whose} " · " <span class="reference">{reference}</span></p>
                </div>
            </Page>
        }
    })
}

fn way_back(record: &RecordView, is_own: bool) -> (String, String) {
    if is_own {
        (RECORDS.to_owned(), "Medical records".to_owned())
    } else {
        (chart_address(&record.patient_reference), format!("Chart of {}", record.patient_name))
    }
}

/// What was just done with it, when something was.
fn just_done(done: &str, record: &RecordView) -> Option<&'static str> {
    Some(match (done, &record.content) {
        ("added", Some(Content::Document(_))) => {
            "Document added. Details that a camera stores in a picture, such as place and time, were removed."
        }
        ("added", _) => "Addendum signed. It appears below the entry.",
        ("noted", _) => "This appointment already has a note. You can add an addendum.",
        ("signed", _) => "Signed. It can no longer be changed, and the patient can read it.",
        ("released", _) => "Released. The patient can see it now. We have e-mailed them.",
        ("seen", _) => "The last one is marked as seen. This is the next result.",
        ("asked", _) => "Your question has been sent to your doctor.",
        ("cancelled", _) => "Prescription cancelled. It stays in the record.",
        _ => return None,
    })
}

/// What a doctor can do with it next.
fn ways_on(detail: &RecordDetail) -> impl IntoView + use<> {
    let record = &detail.record;
    let asking = ask_words(record.kind);
    let ways = [
        (
            record.is_draft(),
            draft_address(record.kind, &record.patient_reference, &record.reference),
            "Continue writing".to_owned(),
        ),
        (detail.may_add, addition_address(&record.reference), "Add an addendum".to_owned()),
        (detail.may_end, ending_address(&record.reference), "Cancel this prescription".to_owned()),
        (can_be_asked_about(detail), ask_address(&record.reference), asking),
    ];
    let possible = ways.into_iter().filter(|(is_possible, ..)| *is_possible);
    possible
        .map(|(_, href, words)| view! { <LinkButton href variant=Variant::Secondary>{words}</LinkButton> })
        .collect_view()
}

/// What somebody must do about readings that they measured themselves; for others, that they are critical.
fn dangers(detail: &RecordDetail, phone: &str) -> Option<AnyView> {
    if detail.dangers.is_empty() {
        return None;
    }
    let readings: Vec<&str> = detail.dangers.iter().map(|danger| danger.words.as_str()).collect();
    let title = format!("Critical: {}", readings.join(", "));
    let phone = phone.to_owned();
    let mut advices: Vec<String> = detail.dangers.iter().map(|danger| danger.advice.clone()).collect();
    advices.dedup();
    let advice = if detail.is_own {
        view! {
            <p>
                "Call your local emergency number now if you have chest pain, trouble breathing, weakness on one side, a severe headache or confusion, or feel very unwell."
            </p>
            {advices.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
            <p>
                "In any case call the clinic today on " <PhoneLink number=phone/>
                ". The doctors who treat you here can see this reading, but they may not see it today. Do not wait for them to call."
            </p>
        }
        .into_any()
    } else {
        let sources = detail.dangers.iter().map(|danger| view! { <p>"Limit: " {danger.source.clone()}</p> });
        sources.collect_view().into_any()
    };
    Some(view! { <Alert tone=Tone::Danger title>{advice}</Alert> }.into_any())
}

fn cancelled(cancellation: Option<RecordView>) -> impl IntoView {
    let told = cancellation.map(|entry| (entry.summary(), format!("Cancelled on {}.", entry.date_label)));
    view! {
        <p><Badge tone=Tone::Warning icon=Glyph::Warning>"Cancelled: do not use this prescription"</Badge></p>
        {told.map(|(why, when)| view! { <p class="whitespace-pre-line">{why}</p> <p class="text-muted">{when}</p> })}
    }
}

fn belongs_to(parent: RecordView) -> impl IntoView {
    let words = format!("{} of {}", parent.title(), parent.date_label);
    view! { <p>"Related entry: " <TextLink href=entry_address(&parent.reference)>{words}</TextLink></p> }
}

fn prescriptions(prescriptions: Vec<RecordView>) -> impl IntoView {
    let lines = prescriptions
        .into_iter()
        .map(|rx| {
            let (title, summary, href) = (rx.title(), rx.summary(), entry_address(&rx.reference));
            view! {
                <li>
                    <TextLink href>{title}</TextLink>
                    {(!summary.is_empty()).then(|| format!(": {summary}"))}
                    {rx.is_cancelled.then_some(" (cancelled)")}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <Card title="Prescribed"><ul class="list-disc pl-6">{lines}</ul></Card> })
}

fn addendum(entry: RecordView) -> impl IntoView {
    let title = format!("Added by {}", entry.doctor_name);
    view! { <Card title>
        <p class="text-muted"><WhenText when=entry.created/></p>
        <EntryContent kind=entry.kind content=entry.content/>
    </Card> }
}
