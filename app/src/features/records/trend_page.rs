//! `/records/labs/:test` for patients, `/patients/:patient/tests/:test` for doctors

use domain_types::records::{ChartTrend, LabResultView, Trend, TrendOfUnit};
use leptos::prelude::*;

use super::{
    OutOfRangeAdvice,
    addresses::chart_address,
    chart::{AccessNotice, lead_of},
    entry_address,
    lab_results::bound,
    server_fns::{get_trend, get_trend_of},
};
use crate::{
    components::{
        Alert, Card, Described, DescriptionList, Page, TextLink, Tone, TrendChart, TrendPoint, TrendRange, TrendSeries,
    },
    features::{loaded, param},
};

/// One of a patient's own tests over time.
#[component]
pub fn TrendPage() -> impl IntoView {
    loaded(get_trend(param("test")), |trend: Trend| {
        let (test, patient_name) = (trend.test.clone(), trend.patient_name.clone());
        view! {
            <Page
                title=test
                lead="Your results over time, with the laboratory’s range."
                back=("/records?show=labs", "Lab results")
            >
                <div class="stack-lg">
                    {lines(trend)} <OutOfRangeAdvice/> <p class="text-muted">{patient_name}</p>
                </div>
            </Page>
        }
    })
}

/// One test of a patient over time, for those who may see their chart.
#[component]
pub fn ChartTrendPage() -> impl IntoView {
    loaded(get_trend_of(param("patient"), param("test")), |found: ChartTrend| {
        let ChartTrend { patient, access, trend } = found;
        let back_to = (chart_address(&patient.reference), format!("Chart of {}", patient.name));
        let title = format!("{} of {}", trend.test, patient.name);
        let (heading, lead) = (trend.test.clone(), format!("{} · {}", patient.name, lead_of(&patient)));
        view! {
            <Page title heading lead back_to>
                <div class="stack-lg"><AccessNotice access/> {lines(trend)}</div>
            </Page>
        }
    })
}

/// A line for each unit: values of different units cannot be compared.
fn lines(trend: Trend) -> impl IntoView {
    let Trend { test, series, .. } = trend;
    let several = series.len() > 1;
    let charts = series.into_iter().enumerate().map(|(number, one)| chart(number, &test, one)).collect_view();
    view! {
        {several
            .then(|| {
                view! {
                    <Alert tone=Tone::Info>
                        "Laboratories reported this in different units, which cannot be compared. Each unit has its \
                         own chart."
                    </Alert>
                }
            })}
        {charts}
    }
}

fn chart(number: usize, test: &str, one: TrendOfUnit) -> impl IntoView + use<> {
    let TrendOfUnit { unit, results } = one;
    let points: Vec<TrendPoint> = results.iter().filter_map(point).collect();
    let in_words: Vec<LabResultView> =
        results.iter().filter(|result| result.value.number().is_none()).cloned().collect();
    let title = test.to_owned();
    let description = described(&points, &unit);
    let one_so_far = points.len() == 1;
    let drawn = (!points.is_empty()).then(|| {
        let series = vec![TrendSeries { name: test.to_owned(), points }];
        view! {
            <TrendChart id=format!("trend-{number}") title=title.clone() description unit=unit.clone() series/>
            {one_so_far.then(|| view! { <p class="text-muted">"One result so far. A trend appears after the next."</p> })}
        }
    });
    view! { <Card><div class="stack">{drawn} {words(in_words)}</div></Card> }
}

fn point(result: &LabResultView) -> Option<TrendPoint> {
    Some(TrendPoint {
        at: result.day,
        date_label: result.date_label.clone(),
        value: result.value.number()?,
        shown: result.value.value.clone(),
        flag: result.value.flag,
        range: TrendRange::of(bound(result.value.low.as_deref()), bound(result.value.high.as_deref())),
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
