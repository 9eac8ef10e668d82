//! `/records/:reference/ask`

use domain_types::{
    Problem, ProblemCode,
    records::{RecordDetail, RecordType, RecordView},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    entry_address,
    server_fns::{AskDoctor, get_record},
};
use crate::{
    components::{AskForm, FormErrors, Page, PhoneLink, Width},
    features::{Trouble, clinic::get_clinic, loaded, param, query},
    forms::{Flash, take_flash},
};

/// Where a patient asks about one of their entries.
pub(super) fn ask_address(reference: &str) -> String {
    format!("{}/ask", entry_address(reference))
}

/// Whether the reader can ask about it: it is their own.
pub(super) fn can_be_asked_about(detail: &RecordDetail) -> bool {
    detail.is_own && detail.record.takes_questions()
}

/// "Ask about this prescription"
pub(super) fn ask_words(kind: RecordType) -> String {
    format!("Ask about this {}", kind.one())
}

/// A question to the doctor who answers for an entry. It comes to their inbox.
#[component]
pub fn AskDoctorPage() -> impl IntoView {
    let (reference, token) = (param("reference"), query("flash"));
    let load = async move { Ok((get_record(reference).await?, get_clinic().await?.phone, take_flash(token).await)) };
    loaded(load, |(detail, phone, flash): (RecordDetail, String, Flash)| {
        if !can_be_asked_about(&detail) {
            let problem = Problem::new(ProblemCode::NotFound, "You cannot ask about this entry here.");
            return view! { <Trouble problem/> }.into_any();
        }
        let record = detail.record;
        let lead = format!("{} · {} · {}", record.title(), record.date_label, record.doctor_name);
        let back_to = (entry_address(&record.reference), record.title());
        view! {
            <Page title=ask_words(record.kind) lead width=Width::Narrow back_to>
                <FormErrors problem=flash.problem().cloned() controls=&["text"]/>
                {form(&record, phone, flash)}
            </Page>
        }
        .into_any()
    })
}

fn form(record: &RecordView, phone: String, flash: Flash) -> impl IntoView + use<> {
    let (reference, doctor) = (record.reference.clone(), record.doctor_name.clone());
    let back = (entry_address(&reference), "Cancel");
    let how = if record.takes_additions() {
        ", who adds an answer to this entry or calls you. "
    } else {
        ", who will contact you. "
    };
    view! {
        <AskForm
            action=AskDoctor::PATH
            about=("reference", reference)
            text=("text", "Your question")
            required=true
            flash
            send="Send question"
            back
        >
            <p>
                "Your question goes to " {doctor} {how} "It may not be read today. If it is urgent, call the clinic on "
                <PhoneLink number=phone/> "."
            </p>
        </AskForm>
    }
}
