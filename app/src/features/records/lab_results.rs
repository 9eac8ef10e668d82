//! Results beside their ranges.

use domain_types::records::{Flag, LabResultView, LabValue, decimal};
use leptos::prelude::*;

use super::addresses::Trends;
use crate::components::{Badge, Card, Cell, DataTable, Glyph, RangeBar, RangeBound, Row, TextLink, Tone};

/// An end of a range, when it is a number.
pub(super) fn bound(shown: Option<&str>) -> Option<RangeBound> {
    shown.and_then(|shown| Some(RangeBound { value: decimal(shown)?, shown: shown.to_owned() }))
}

/// The results of a report.
#[component]
pub fn LabResults(
    results: Vec<LabResultView>,
    /// Where the reader goes on to each test over time.
    trends: Trends,
) -> impl IntoView {
    let rows = results
        .into_iter()
        .map(|result| {
            let href = trends.address(&result.slug);
            let value = result.value;
            let (test, beside, flag) = (value.test.clone(), beside_its_range(&value), value.flag);
            let finding = value.finding();
            let range = value.range_label().unwrap_or_else(|| "No range given".to_owned());
            view! {
                <Row>
                    <Cell label="Test" main=true>{named(test, href)}</Cell>
                    <Cell label="Result"><div>{beside}</div></Cell>
                    <Cell label="Range">{range}</Cell>
                    <Cell label="Status">{in_words(flag, finding)}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Card title="Results">
            <div class="results">
                <DataTable caption="Results" hide_caption=true head=vec!["Test", "Result", "Range", "Status"]>
                    {rows}
                </DataTable>
            </div>
        </Card>
    }
}

/// A test, leading to its values over time where the reader may see them.
fn named(test: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <TextLink href>{test}</TextLink> }.into_any(),
        None => test.into_any(),
    }
}

fn beside_its_range(value: &LabValue) -> impl IntoView + use<> {
    let bar = value.number().filter(|_| value.low.is_some() || value.high.is_some()).map(|number| {
        let (low, high) = (bound(value.low.as_deref()), bound(value.high.as_deref()));
        let (shown, unit, flag) = (value.value.clone(), value.unit.clone(), value.flag);
        view! { <RangeBar value=number shown unit low high flag hide_words=true/> }
    });
    let note = (!value.note.is_empty()).then(|| view! { <p class="text-muted">{value.note.clone()}</p> });
    view! { <p class="tnum font-semibold">{value.shown()}</p> {bar} {note} }
}

fn in_words(flag: Flag, finding: &'static str) -> impl IntoView {
    let (tone, icon) = match flag {
        Flag::Normal => (Tone::Success, Glyph::CheckCircle),
        Flag::Low | Flag::High | Flag::Abnormal => (Tone::Warning, Glyph::Warning),
        Flag::Unknown => (Tone::Neutral, Glyph::Info),
    };
    view! { <Badge tone icon>{finding}</Badge> }
}
