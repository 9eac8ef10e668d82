//! `/inbox`

use domain_types::records::{Inbox, InboxItem, InboxVisit, Level};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{held::nothing, notices::notices, visits::WriteNote};
use crate::{
    components::{
        Alert, Button, Card, EmptyState, Form, FormErrors, Glyph, Page, Size, TextLink, Tone, Variant, WhenText,
    },
    features::{
        loaded, query,
        records::{
            addresses::{chart_address, draft_address, waiting_result_address},
            result_words::flags,
            server_fns::{MarkSeen, get_inbox},
        },
    },
    forms::{Flash, take_flash},
};

/// Values of a report that stand in its line.
const VALUES: usize = 6;

/// What waits for a doctor: what they began, results that came, visits without a note. The oldest comes first.
#[component]
pub fn InboxPage() -> impl IntoView {
    let token = query("flash");
    let is_seen = query("done").as_deref() == Some("seen");
    let load = async move { Ok((get_inbox().await?, take_flash(token).await)) };
    loaded(load, move |(inbox, flash): (Inbox, Flash)| {
        let Inbox { notices: told, drafts, results, visits } = inbox;
        let is_seen = is_seen && flash.problem().is_none();
        let is_empty = told.is_empty() && drafts.is_empty() && results.is_empty() && visits.is_empty();
        let body = if is_empty {
            view! {
                <EmptyState icon=Glyph::Inbox title="Nothing to do" action=("/schedule", "Go to the schedule")>
                    "Notes to sign, new results and appointments without a note appear here."
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                {notices(told)} {part("New results", results, result)} {part("Unsigned drafts", drafts, draft)}
                {part("Appointments without a note", visits, visit)}
            }
            .into_any()
        };
        view! {
            <Page title="Inbox" lead="Critical values come first, then the oldest.">
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack">
                    {is_seen
                        .then(|| {
                            view! {
                                <Alert tone=Tone::Success title="Taken from your inbox">
                                    <p>"The entry stays in the patient’s record."</p>
                                </Alert>
                            }
                        })}
                    {body}
                </div>
            </Page>
        }
    })
}

/// One kind of what waits.
fn part<T>(title: &'static str, items: Vec<T>, line: fn(T) -> AnyView) -> AnyView {
    let title = match items.len() {
        0 => title.to_owned(),
        count => format!("{title} ({count})"),
    };
    let list = if items.is_empty() {
        nothing("None.")
    } else {
        view! { <ul class="held">{items.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! { <Card title>{list}</Card> }.into_any()
}

fn draft(item: InboxItem) -> AnyView {
    let InboxItem { record, values } = item;
    let title = record.title();
    let href = draft_address(record.kind, &record.patient_reference, &record.reference);
    let chart = chart_address(&record.patient_reference);
    let kind = format!(" · {} · saved ", record.kind.label());
    view! {
        <li class="held-item">
            <div class="held-body">
                <p><strong><TextLink href>{title}</TextLink></strong></p>
                <p class="text-muted"><TextLink href=chart>{record.patient_name}</TextLink> {kind} <WhenText when=record.updated/></p>
                {flags(values.into_iter().filter(|value| value.level.is_out_of_range()).collect())}
            </div>
        </li>
    }
    .into_any()
}

fn result(item: InboxItem) -> AnyView {
    let InboxItem { record, values } = item;
    let (out_of_range, others): (Vec<_>, Vec<_>) = values.into_iter().partition(|value| value.level.is_out_of_range());
    let (href, chart) = (waiting_result_address(&record.reference), chart_address(&record.patient_reference));
    let title = record.title();
    let which = format!(" {title}, {}, {}", record.patient_name, record.date_label);
    let not_compared = others.iter().filter(|value| value.level == Level::Open).count();
    let standing = standing(out_of_range.is_empty(), others.len(), not_compared).map(|words| view! { <p>{words}</p> });
    let flags = flags(out_of_range);
    let others = shown_of(others.into_iter().map(|value| value.words).collect())
        .map(|words| view! { <p class="text-muted">{words}</p> });
    view! {
        <li class="held-item held-item-tall">
            <div class="held-body">
                <p><strong><TextLink href>{title}</TextLink></strong></p>
                <p class="text-muted">
                    <TextLink href=chart>{record.patient_name}</TextLink> " · "
                    <time datetime=record.date>{record.date_label}</time>
                </p>
                {flags} {standing} {others}
            </div>
            <Form action=MarkSeen::PATH>
                <input type="hidden" name="reference" value=record.reference/>
                <Button size=Size::Small variant=Variant::Secondary>
                    "Mark as seen" <span class="visually-hidden">{which}</span>
                </Button>
            </Form>
        </li>
    }
    .into_any()
}

/// What is said of the results that are not marked: nothing is called in range that was not compared.
fn standing(has_no_flags: bool, others: usize, not_compared: usize) -> Option<String> {
    let fine = if has_no_flags && others > not_compared { "No results out of range." } else { "" };
    let open = match not_compared {
        0 => String::new(),
        1 => "1 result was not compared with a range.".to_owned(),
        count => format!("{count} results were not compared with a range."),
    };
    let said = format!("{fine} {open}").trim().to_owned();
    (!said.is_empty()).then_some(said)
}

/// The first values of a report in one line.
fn shown_of(mut values: Vec<String>) -> Option<String> {
    let more = values.len().saturating_sub(VALUES);
    values.truncate(VALUES);
    let line = values.join(" · ");
    match (line.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(line),
        (false, more) => Some(format!("{line} · and {more} more")),
    }
}

fn visit(visit: InboxVisit) -> AnyView {
    let InboxVisit { reference, when, patient_name, patient_reference } = visit;
    let which = format!(" about {patient_name}, {}", when.label);
    let (href, chart) = (format!("/appointments/{reference}"), chart_address(&patient_reference));
    view! {
        <li class="held-item">
            <div class="held-body">
                <p><strong><TextLink href><WhenText when/></TextLink></strong></p>
                <p class="text-muted"><TextLink href=chart>{patient_name}</TextLink></p>
            </div>
            <WriteNote patient=patient_reference visit=reference which size=Size::Small/>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_compared_is_never_called_in_range() {
        for (has_no_flags, others, not_compared, words) in [
            (true, 3, 0, "No results out of range."),
            (true, 2, 2, "2 results were not compared with a range."),
            (true, 3, 1, "No results out of range. 1 result was not compared with a range."),
            (false, 3, 1, "1 result was not compared with a range."),
            (false, 3, 0, ""),
            (true, 0, 0, ""),
        ] {
            let said = standing(has_no_flags, others, not_compared).unwrap_or_default();
            assert_eq!(said, words, "{has_no_flags}, {others}, {not_compared}");
        }
    }

    #[test]
    fn what_finds_no_place_in_the_line_of_a_report_is_counted() {
        let values = |count: usize| (1..=count).map(|number| format!("T{number} {number}, in range")).collect();
        assert_eq!(shown_of(values(0)), None);
        assert_eq!(shown_of(values(2)).as_deref(), Some("T1 1, in range · T2 2, in range"));
        assert!(shown_of(values(9)).is_some_and(|line| line.ends_with("T6 6, in range · and 3 more")));
    }
}
