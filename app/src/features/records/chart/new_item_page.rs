//! `/patients/:patient/lists/new`

use domain_types::records::{RecordType, RecordView, Severity, WritingDesk};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    item_questions::{choices_of, did_you_mean, recorded_already},
    reader::AccessNotice,
};
use crate::{
    components::{
        Choice, Form, FormErrors, LinkButton, Page, SelectField, Submit, TabItem, Tabs, TextField, TextareaField,
        Variant, Width,
    },
    features::{
        loaded, param, query,
        records::{
            addresses::{chart_address, new_item_address},
            banner::PatientBanner,
            server_fns::{AddItem, get_desk},
        },
    },
    forms::{Flash, take_flash},
};

/// What is said of one kind.
struct Words {
    kind: RecordType,
    tab: &'static str,
    title: &'static str,
    what_happens: &'static str,
    add: &'static str,
}

const KINDS: [Words; 4] = [
    Words {
        kind: RecordType::Allergy,
        tab: "Allergy",
        title: "Add an allergy",
        what_happens: "It appears at the top of the chart, and new prescriptions are checked against it.",
        add: "Add this allergy",
    },
    Words {
        kind: RecordType::Problem,
        tab: "Problem",
        title: "Add a problem",
        what_happens: "It stays in the chart until you mark it as resolved.",
        add: "Add this problem",
    },
    Words {
        kind: RecordType::Medication,
        tab: "Medicine",
        title: "Add a medicine",
        what_happens: "For medicines that were not prescribed here. New prescriptions are checked against them.",
        add: "Add this medicine",
    },
    Words {
        kind: RecordType::Immunisation,
        tab: "Vaccination",
        title: "Add a vaccination",
        what_happens: "It is recorded as given today and stays in the record.",
        add: "Add this vaccination",
    },
];

/// The kind that the address names, an allergy when it names none.
fn words_of(kind: Option<&str>) -> &'static Words {
    KINDS.iter().find(|words| Some(words.kind.as_str()) == kind).unwrap_or(&KINDS[0])
}

/// Adds something that holds for a patient, or a vaccination.
#[component]
pub fn NewItemPage() -> impl IntoView {
    let words = words_of(query("kind").as_deref());
    let (patient, token) = (param("patient"), query("flash"));
    let load = async move { Ok((get_desk(patient).await?, take_flash(token).await)) };
    loaded(load, move |(desk, flash): (WritingDesk, Flash)| {
        let WritingDesk { patient, access, allergies, none_known, known_names, .. } = desk;
        let chart = chart_address(&patient.reference);
        let tabs = KINDS.iter().map(|each| {
            let href = new_item_address(&patient.reference, each.kind.as_str());
            TabItem::new(href, each.tab, each.kind == words.kind)
        });
        let tabs = tabs.collect::<Vec<_>>();
        let banner = view! {
            <PatientBanner head=patient.clone() allergies=allergies.clone() none_known=none_known.clone()/>
        };
        let back_to = (chart.clone(), format!("Chart of {}", patient.name));
        let (problem, [meant, twice_of]) = choices_of(flash.problem().cloned());
        let none_known = (words.kind == RecordType::Allergy && allergies.is_empty())
            .then(|| none_known_form(&patient.reference, none_known));
        view! {
            <Page title=words.title width=Width::Narrow back_to>
                {banner}
                <Tabs label="Details" items=tabs/>
                <FormErrors
                    problem
                    controls=&["name", "reaction", "severity", "since", "dosage", "frequency", "dose", "batch", "site", "note"]
                />
                <Form action=AddItem::PATH class="form">
                    <AccessNotice access/>
                    <input type="hidden" name="patient" value=patient.reference/>
                    <input type="hidden" name="kind" value=words.kind.as_str()/>
                    {fields(words.kind, &flash, known_names)} {did_you_mean(&flash, meant)}
                    {recorded_already(twice_of)}
                    <p class="text-muted">{words.what_happens}</p>
                    <div class="form-actions">
                        <Submit label=words.add busy="Adding…"/>
                        <LinkButton href=chart variant=Variant::Secondary>"Back to the chart"</LinkButton>
                    </div>
                </Form>
                {none_known}
            </Page>
        }
    })
}

/// That somebody asked and none is known: a state of its own, apart from having asked nobody.
fn none_known_form(patient: &str, before: Option<RecordView>) -> impl IntoView + use<> {
    let patient = patient.to_owned();
    let before = before.map(|asked| view! { <p>{asked.title()} ". " {asked.asked_words()}</p> });
    view! {
        <Form action=AddItem::PATH class="form">
            <input type="hidden" name="patient" value=patient/>
            <input type="hidden" name="kind" value=RecordType::NoKnownAllergies.as_str()/>
            <fieldset class="choices">
                <legend class="choices-title">"Asked, and none known?"</legend>
                {before}
                <Choice name="name" value="No known allergies" label="No known allergies" is_chosen=true/>
                <Choice
                    name="name"
                    value="No known drug allergies"
                    label="No known drug allergies"
                    about="You asked about medicines only."
                />
            </fieldset>
            <p class="text-muted">"Your name and today’s date are kept with it. Adding an allergy ends it."</p>
            <div class="form-actions">
                <Submit label="Record that none are known" busy="Recording…" variant=Variant::Secondary/>
            </div>
        </Form>
    }
}

fn fields(kind: RecordType, flash: &Flash, known_names: Vec<String>) -> AnyView {
    let name = |label: &'static str, hint: &'static str| {
        let (value, error) = (flash.value("name"), flash.error("name"));
        view! { <TextField name="name" label hint value error required=true autocomplete="off"/> }
    };
    let line = |name: &'static str, label: &'static str, hint: &'static str| {
        let (value, error) = (flash.value(name), flash.error(name));
        view! { <TextField name label hint value error autocomplete="off"/> }
    };
    let note = || {
        let (value, error) = (flash.value("note"), flash.error("note"));
        view! { <TextareaField name="note" label="Note" value error rows=3/> }
    };
    match kind {
        RecordType::Problem => view! {
            {name("Problem", "Such as raised blood pressure.")}
            {line("since", "Since when", "In the patient’s words, such as 2019 or spring 2024.")}
            {note()}
        }
        .into_any(),
        RecordType::Medication => view! {
            {name("Medicine", "Such as paracetamol.")}
            {line("dosage", "Dose", "Such as 500 mg.")}
            {line("frequency", "How often", "Such as once a day.")}
            {note()}
        }
        .into_any(),
        RecordType::Immunisation => view! {
            {name("Vaccine", "Such as influenza.")}
            {line("dose", "Dose", "First dose, booster.")}
            {line("batch", "Batch", "Printed on the package.")}
            {line("site", "Where given", "Such as left arm.")}
        }
        .into_any(),
        _ => view! {
            {allergic_to(flash, known_names)}
            {line("reaction", "Reaction", "Such as a rash on the third day.")}
            {severity(flash)}
        }
        .into_any(),
    }
}

/// A picker that takes free text too, and works without a script.
fn allergic_to(flash: &Flash, known_names: Vec<String>) -> impl IntoView + use<> {
    let (value, error) = (flash.value("name"), flash.error("name"));
    let options = known_names.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <TextField
            name="name"
            label="Allergic to"
            hint="One at a time. Choose from the list as you type, or write what is not in it."
            value
            error
            required=true
            autocomplete="off"
            list="known-names"
        />
        <datalist id="known-names">{options}</datalist>
    }
}

fn severity(flash: &Flash) -> impl IntoView + use<> {
    let known = [Severity::Severe, Severity::Moderate, Severity::Mild];
    let options = known.iter().map(|severity| (severity.as_str().to_owned(), format!("A {severity} reaction")));
    let options = options.collect();
    let (value, error) = (flash.value("severity"), flash.error("severity"));
    view! { <SelectField name="severity" label="Severity" options value blank="Not known" error/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_the_kind() {
        for words in &KINDS {
            assert_eq!(words_of(Some(words.kind.as_str())).kind, words.kind);
        }
        for other in [None, Some("vitals"), Some("")] {
            assert_eq!(words_of(other).kind, RecordType::Allergy, "{other:?}");
        }
    }
}
