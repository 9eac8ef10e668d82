//! `/admin/mail`

use domain_types::{
    admin::{MailRow, MailState},
    page::Page as PageOf,
};
use leptos::prelude::*;

use super::server_fns::list_mails;
use crate::{
    address::address,
    components::{
        Badge, Cell, Chips, DataTable, EmptyState, Glyph, Page, Pagination, Row, TabItem, Tone, WhenText, Width,
    },
    features::{loaded, query},
};

const MAILS: &str = "/admin/mail";

/// The messages that have not gone out: to whom, since when, and what the mail server said.
#[component]
pub fn MailsPage() -> impl IntoView {
    let state = query("state").unwrap_or_default();
    let mails = list_mails(Some(state.clone()), query("page"));
    loaded(mails, move |mails: PageOf<MailRow>| {
        let base = address(MAILS, &[("state", &state)]);
        let (page, pages) = (mails.page, mails.pages());
        let is_empty = mails.results.is_empty();
        let rows = mails.results.into_iter().map(row).collect_view();
        view! {
            <Page
                title="Undelivered e-mail"
                lead="Waiting e-mails are tried again automatically. Undelivered ones are not."
                back=("/admin", "Administration")
                width=Width::Wide
            >
                <div class="stack-lg">
                    <Chips label="Status" items=states(&state)/>
                    {if is_empty {
                        view! {
                            <EmptyState icon=Glyph::Inbox title="Nothing here">
                                "There are no such e-mails at the moment."
                            </EmptyState>
                        }
                            .into_any()
                    } else {
                        view! {
                            <DataTable
                                caption="Undelivered e-mails"
                                hide_caption=true
                                head=vec!["To", "Subject", "Created", "Status", "Attempts", "Next attempt", "Error"]
                            >
                                {rows}
                            </DataTable>
                        }
                            .into_any()
                    }}
                    <Pagination page pages base/>
                </div>
            </Page>
        }
    })
}

fn states(current: &str) -> Vec<TabItem> {
    let all = TabItem::new(MAILS, "All", current.is_empty());
    let each = MailState::ALL.into_iter().map(|state| {
        TabItem::new(address(MAILS, &[("state", state.as_str())]), state.label(), current == state.as_str())
    });
    std::iter::once(all).chain(each).collect()
}

fn row(mail: MailRow) -> impl IntoView {
    let tone = match mail.state {
        MailState::Waiting => Tone::Info,
        MailState::Failed => Tone::Danger,
    };
    let next_try = match mail.next_try {
        Some(when) => view! { <WhenText when/> }.into_any(),
        None => "None".into_any(),
    };
    view! {
        <Row>
            <Cell label="To" main=true>
                {mail.to_name} <br/> <span class="text-muted break-words">{mail.to_address}</span>
            </Cell>
            <Cell label="Subject">{mail.subject}</Cell>
            <Cell label="Created"><WhenText when=mail.written/></Cell>
            <Cell label="Status"><Badge tone>{mail.state.label()}</Badge></Cell>
            <Cell label="Attempts" numeric=true>{mail.tries.to_string()}</Cell>
            <Cell label="Next attempt">{next_try}</Cell>
            <Cell label="Error">{mail.last_error.unwrap_or_else(|| "No error".to_owned())}</Cell>
        </Row>
    }
}
