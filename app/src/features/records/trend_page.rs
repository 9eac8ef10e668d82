//! `/records/labs/:test`

use domain_types::records::{LabResultView, Trend, TrendOfUnit};
use leptos::prelude::*;

use super::{OutOfRangeAdvice, entry_address, lab_results::bound, server_fns::get_trend};
use crate::{
    components::{Alert, Card, Described, DescriptionList, Page, TextLink, Tone, TrendChart, TrendPoint, TrendSeries},
    features::{loaded, param},
};

/// One test over time. Values of different units stand on lines of their own.
#[component]
pub fn TrendPage() -> impl IntoView {
    loaded(get_trend(param("test")), |trend: Trend| {
        let Trend { test, series, patient_name } = trend;
        let units = series.len();
        let name = test.clone();
        let charts = series.into_iter().enumerate().map(move |(number, one)| chart(number, &name, one)).collect_view();
        view! {
            <Page
                title=test
                lead="Your results over time, beside the range that the laboratory gives."
                back=("/records?show=labs", "Lab results")
            >
                <div class="stack-lg">
                    {(units > 1)
                        .then(|| {
                            view! {
                                <Alert tone=Tone::Info>
                                    "Laboratories reported this in different units. Those values cannot be compared on one line, so each unit has its own."
                                </Alert>
                            }
                        })}
                    {charts}
                    <OutOfRangeAdvice/>
                    <p class="text-muted">{patient_name}</p>
                </div>
            </Page>
        }
    })
}

fn chart(number: usize, test: &str, one: TrendOfUnit) -> impl IntoView + use<> {
    let TrendOfUnit { unit, low, high, results } = one;
    let points: Vec<TrendPoint> = results.iter().filter_map(point).collect();
    let in_words: Vec<LabResultView> =
        results.iter().filter(|result| result.value.number().is_none()).cloned().collect();
    let title = test.to_owned();
    let description = described(&points, &unit);
    let (low, high) = (bound(low.as_deref()), bound(high.as_deref()));
    let one_so_far = points.len() == 1;
    let drawn = (!points.is_empty()).then(|| {
        let series = vec![TrendSeries { name: test.to_owned(), points }];
        view! {
            <TrendChart id=format!("trend-{number}") title=title.clone() description unit=unit.clone() series low high/>
            {one_so_far.then(|| view! { <p class="text-muted">"One result so far. The next one begins a line."</p> })}
        }
    });
    view! { <Card>{drawn} {words(in_words)}</Card> }
}

fn point(result: &LabResultView) -> Option<TrendPoint> {
    Some(TrendPoint {
        at: result.day,
        date_label: result.date_label.clone(),
        value: result.value.number()?,
        shown: result.value.value.clone(),
        flag: result.value.flag,
        href: Some(entry_address(&result.record_reference)),
    })
}

fn described(points: &[TrendPoint], unit: &str) -> String {
    match points {
        [] => String::new(),
        [only] => format!("One value, {} {unit}, on {}.", only.shown, only.date_label),
        [first, .., last] => format!(
            "{} values from {} to {}; the last is {} {unit}.",
            points.len(),
            first.date_label,
            last.date_label,
            last.shown
        ),
    }
}

/// Findings that are no numbers.
fn words(results: Vec<LabResultView>) -> impl IntoView {
    let facts = results
        .into_iter()
        .map(|result| {
            let href = entry_address(&result.record_reference);
            let words = result.value.in_words();
            view! { <Described term=result.date_label><TextLink href>{words}</TextLink></Described> }
        })
        .collect::<Vec<_>>();
    (!facts.is_empty()).then(|| view! { <DescriptionList>{facts}</DescriptionList> })
}
