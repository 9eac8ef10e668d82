//! Results beside their ranges.

use domain_types::records::{LabResultView, LabValue, decimal, several_values};
use leptos::prelude::*;

use super::{addresses::Trends, result_words::StatusOfResult};
use crate::components::{Card, Cell, DataTable, RangeBar, RangeBound, Row, TextLink};

/// An end of a range, when it is a number.
pub(super) fn bound(shown: Option<&str>) -> Option<RangeBound> {
    shown.and_then(|shown| Some(RangeBound { value: decimal(shown)?, shown: shown.to_owned() }))
}

/// When a sample was taken: "1 December 2026", "1 December 2026, 08:30".
pub(super) fn sampled(date: &str, time: Option<&str>) -> String {
    match time.filter(|time| !time.is_empty()) {
        Some(time) => format!("{date}, {time}"),
        None => date.to_owned(),
    }
}

/// The results of a report.
#[component]
pub fn LabResults(
    results: Vec<LabResultView>,
    /// Where the reader goes on to each test over time.
    trends: Trends,
) -> impl IntoView {
    let is_for_doctors = !matches!(trends, Trends::TheirOwn);
    // Whoever checks a report is asked about this above it.
    let is_read_by_doctor = matches!(trends, Trends::Of(_));
    let twice = several_values(&results).into_iter().filter(|_| is_read_by_doctor);
    let twice = twice.map(|words| view! { <p>{words} " Check the values and the patient."</p> }).collect_view();
    let rows = results
        .into_iter()
        .map(|result| {
            let href = trends.address(&result.slug);
            let (level, status) = (result.level(), result.status());
            let limit = result.critical_limit().map(|words| view! { <p class="text-muted">{words}</p> });
            let not_compared = result.not_compared().filter(|_| is_for_doctors).map(|words| view! { <p>{words}</p> });
            let value = result.value;
            let (test, beside) = (value.test.clone(), beside_its_range(&value));
            let range = value.range_label().unwrap_or_else(|| "No range given".to_owned());
            view! {
                <Row>
                    <Cell label="Test" main=true>{named(test, href)}</Cell>
                    <Cell label="Result"><div>{beside}</div></Cell>
                    <Cell label="Range">{range}</Cell>
                    <Cell label="Status"><div><StatusOfResult level status/> {limit} {not_compared}</div></Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Card title="Results">
            {twice}
            <div class="results">
                <DataTable caption="Results" hide_caption=true head=vec!["Test", "Result", "Range", "Status"]>
                    {rows}
                </DataTable>
            </div>
        </Card>
    }
}

/// A test, leading to its values over time where the reader may see them.
pub(super) fn named(test: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <TextLink href>{test}</TextLink> }.into_any(),
        None => test.into_any(),
    }
}

/// The value on a bar with its range, where it is a number or a limit and has one.
pub(super) fn range_bar(value: &LabValue) -> Option<impl IntoView + use<>> {
    let amount = value.amount().filter(|_| value.has_range())?;
    let (low, high) = (bound(value.low.as_deref()), bound(value.high.as_deref()));
    let (shown, unit, flag, finding) = (value.value.clone(), value.unit.clone(), value.flag, value.finding());
    Some(view! {
        <RangeBar value=amount.number bound=amount.bound shown unit low high flag finding hide_words=true/>
    })
}

fn beside_its_range(value: &LabValue) -> impl IntoView + use<> {
    let bar = range_bar(value);
    let note = (!value.note.is_empty()).then(|| view! { <p class="text-muted">{value.note.clone()}</p> });
    view! { <p class="tnum font-semibold">{value.shown()}</p> {bar} {note} }
}
