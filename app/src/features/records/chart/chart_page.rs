//! `/patients/:patient`

use domain_types::records::{Chart, ContactDetails, Overview};
use leptos::prelude::*;

use super::{
    allergies::allergies,
    held::{medicines, problems},
    parts::{drafts, latest, results, vaccinations, vitals},
    reader::{AccessNotice, in_an_emergency},
    visits::visits,
};
use crate::{
    components::{
        Alert, Described, DescriptionList, FormErrors, Glyph, Icon, LinkButton, Page, PhoneLink, Tone, Variant, Width,
    },
    features::{
        loaded_or, param, query,
        records::{
            addresses::{
                PATIENTS, new_document_address, new_lab_address, new_note_address, new_prescription_address,
                new_vitals_address,
            },
            banner::PatientBanner,
            server_fns::get_chart,
            unacted,
        },
    },
    forms::{Flash, take_flash},
};

/// A patient's record as a doctor needs it: what must not be overlooked first, then what holds, then what happened.
#[component]
pub fn ChartPage() -> impl IntoView {
    let (patient, token) = (param("patient"), query("flash"));
    let instead = in_an_emergency(patient.clone());
    let done = query("done");
    let has_measured_critical = done.as_deref() == Some("critical");
    let done = done.and_then(|done| told(&done));
    let load = async move { Ok((get_chart(patient).await?, take_flash(token).await)) };
    loaded_or(
        load,
        move |(chart, flash): (Chart, Flash)| chart_page(chart, &flash, done, has_measured_critical),
        instead,
    )
}

/// What was just done.
fn told(done: &str) -> Option<&'static str> {
    match done {
        "added" => Some("Added to the chart."),
        "ended" => Some("Removed from the chart. The record still shows that it was there."),
        "discarded" => Some("Draft discarded."),
        "entered" => Some("Vital signs saved."),
        "acted" => Some("Marked as acted on. It stays in the record."),
        _ => None,
    }
}

fn chart_page(
    chart: Chart,
    flash: &Flash,
    done: Option<&'static str>,
    has_measured_critical: bool,
) -> impl IntoView + use<> {
    let Chart { patient, contact, access, may_write, overview, .. } = chart;
    let waiting = overview.unacted();
    let measured = (has_measured_critical && waiting.iter().any(|entry| entry.are_readings)).then(just_measured);
    let waiting = unacted::for_doctors(&waiting, may_write);
    let Overview { allergies, none_known, problems, medications, prescriptions, vitals: readings, results: values } =
        overview;
    let problem = flash.problem().cloned();
    let done = done.filter(|_| problem.is_none());
    let writer = may_write.then_some(patient.reference.as_str());
    let back = if may_write { (PATIENTS, "Patients") } else { ("/admin", "Administration") };
    let ways = writer.map(ways);
    let banner = view! {
        <PatientBanner head=patient.clone() allergies=allergies.clone() none_known=none_known.clone()/>
    };
    let allergies = self::allergies(allergies, none_known, writer);
    let problems = self::problems(problems, writer);
    let medicines = medicines(prescriptions, medications, writer);
    let (results, vitals) = (results(values, &patient.reference), vitals(readings));
    let (drafts, visits) = (drafts(chart.drafts), visits(chart.visits, &patient.reference));
    let (vaccinations, latest) = (vaccinations(chart.immunisations, writer), latest(chart.recent, &patient.reference));
    let phone = patient.phone.clone();
    view! {
        <Page
            title=format!("Chart of {}", patient.name)
            heading="Chart"
            back
            width=Width::Wide
            actions=move || phone.clone().map(call)
        >
            {banner}
            {contact_details(contact)}
            <FormErrors problem/>
            <div class="stack chart">
                <AccessNotice access/>
                {done.map(|words| view! { <Alert tone=Tone::Success title="Done"><p>{words}</p></Alert> })}
                {measured}
                {waiting}
                {allergies}
                {ways}
                <div class="chart-columns">
                    <div class="stack">{problems} {medicines} {results} {vitals}</div>
                    <div class="stack">{drafts} {visits} {vaccinations}</div>
                </div>
                {latest}
            </div>
        </Page>
    }
}

/// What a doctor does who has just entered a critical reading.
fn just_measured() -> impl IntoView {
    view! {
        <Alert tone=Tone::Danger title="Vital signs saved: they are critical">
            <p>
                "Act on them now: see the patient, measure again, and call for help if they are unwell. Then mark them as \
                 acted on below. Until then they stay here, and the patient’s pages ask them to call the clinic."
            </p>
        </Alert>
    }
}

fn call(number: String) -> impl IntoView {
    view! { <p class="chart-phone"><Icon glyph=Glyph::Phone label="Phone"/> <PhoneLink number/></p> }
}

/// Whom to call about the patient, and where they live; nothing when they wrote neither.
fn contact_details(contact: ContactDetails) -> impl IntoView {
    let ContactDetails { address, emergency_name, emergency_phone } = contact;
    let between = (emergency_name.is_some() && emergency_phone.is_some()).then_some(", ");
    let somebody = (emergency_name.is_some() || emergency_phone.is_some()).then(|| {
        let phone = emergency_phone.map(|number| view! { <PhoneLink number/> });
        view! { <Described term="Emergency contact">{emergency_name} {between} {phone}</Described> }
    });
    let address = address.map(|lines| {
        let line = lines.lines().collect::<Vec<_>>().join(", ");
        view! { <Described term="Address">{line}</Described> }
    });
    (somebody.is_some() || address.is_some()).then(|| {
        view! { <div class="chart-contact"><DescriptionList compact=true>{somebody} {address}</DescriptionList></div> }
    })
}

/// What can be written about the patient.
fn ways(patient: &str) -> impl IntoView + use<> {
    let [note, prescription] = [new_note_address(patient, ""), new_prescription_address(patient, "")];
    let [report, measured] = [new_lab_address(patient), new_vitals_address(patient)];
    let document = new_document_address(patient);
    view! {
        <nav class="chart-ways no-print" aria-label="Write">
            <LinkButton href=note icon=Glyph::FileText>"Write a note"</LinkButton>
            <LinkButton href=prescription variant=Variant::Secondary icon=Glyph::Pill>"Prescribe"</LinkButton>
            <LinkButton href=report variant=Variant::Secondary icon=Glyph::Flask>"Enter results"</LinkButton>
            <LinkButton href=measured variant=Variant::Secondary icon=Glyph::Activity>"Enter vital signs"</LinkButton>
            <LinkButton href=document variant=Variant::Secondary icon=Glyph::FileText>"Add a document"</LinkButton>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_nothing_in_words_of_its_own() {
        for done in ["added", "ended", "discarded", "entered", "acted"] {
            assert!(told(done).is_some(), "{done}");
        }
        assert_eq!(told("Your account is locked"), None);
    }
}
