//! `/patients/:patient/notes/:reference/discard`

use domain_types::records::{RecordDetail, RecordView};
use leptos::{prelude::*, server_fn::ServerFn};

use super::super::{
    addresses::draft_address,
    entry_address,
    entry_content::EntryContent,
    server_fns::{DiscardDraft, get_record},
};
use crate::{
    components::{Alert, Card, Form, LinkButton, Page, Submit, Tone, Variant, Width},
    features::{loaded, param},
};

/// Asks once more before a draft of any kind is thrown away.
#[component]
pub fn DiscardPage() -> impl IntoView {
    loaded(get_record(param("reference")), |detail: RecordDetail| {
        let record = detail.record;
        if record.is_draft() { question(record).into_any() } else { refusal(&record).into_any() }
    })
}

fn question(draft: RecordView) -> impl IntoView {
    let editor = draft_address(draft.kind, &draft.patient_reference, &draft.reference);
    let keep = editor.clone();
    let whose = format!("{}, {} · {}", draft.patient_name, draft.patient_reference, draft.date_label);
    view! {
        <Page title="Discard this draft?" lead=whose width=Width::Narrow back_to=(editor, "Draft".to_owned())>
            <div class="stack-lg">
                <Card title=draft.kind.label()><EntryContent kind=draft.kind content=draft.content/></Card>
                <Form action=DiscardDraft::PATH class="form">
                    <input type="hidden" name="reference" value=draft.reference/>
                    <input type="hidden" name="patient" value=draft.patient_reference/>
                    <p>
                        "This deletes it, with any unsigned prescriptions that belong to it. Only you have seen it. \
                         This cannot be undone."
                    </p>
                    <div class="form-actions">
                        <Submit label="Discard this draft" busy="Discarding…" variant=Variant::Danger/>
                        <LinkButton href=keep variant=Variant::Secondary>"Keep it"</LinkButton>
                    </div>
                </Form>
            </div>
        </Page>
    }
}

fn refusal(record: &RecordView) -> impl IntoView + use<> {
    let href = entry_address(&record.reference);
    view! {
        <Page title="Discard this draft?" width=Width::Narrow back_to=(href, "Entry".to_owned())>
            <Alert tone=Tone::Warning title="This entry is signed">
                <p>"It cannot be changed. You can add an addendum."</p>
            </Alert>
        </Page>
    }
}
