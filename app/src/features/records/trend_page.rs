//! `/records/labs/:test` for patients, `/patients/:patient/tests/:test` for doctors

use domain_types::records::{ChartTrend, LabResultView, Level, Trend, TrendOfUnit};
use leptos::prelude::*;

use super::{
    OutOfRangeAdvice,
    addresses::chart_address,
    ask_page::ask_address,
    chart::AccessNotice,
    entry_address,
    lab_results::{bound, range_bar, sampled},
    result_words::StatusOfResult,
    server_fns::{get_trend, get_trend_of},
    tests_page::TESTS,
};
use crate::{
    components::{
        Alert, Card, Described, DescriptionList, LinkButton, Page, TextLink, Tone, TrendChart, TrendPoint, TrendRange,
        TrendSeries, Variant,
    },
    features::{clinic::get_clinic, loaded, param},
};

/// One of a patient's own tests over time.
#[component]
pub fn TrendPage() -> impl IntoView {
    let test = param("test");
    let load = async move { Ok((get_trend(test).await?, get_clinic().await?.phone)) };
    loaded(load, |(trend, phone): (Trend, String)| {
        let (test, patient_name) = (trend.test.clone(), trend.patient_name.clone());
        let waits = |one: &TrendOfUnit| one.results.iter().any(|result| result.is_unacted);
        let level = trend.series.iter().map(|one| if waits(one) { Level::Critical } else { one.holds.level() });
        let ask = latest_report(&trend).map(|reference| {
            let href = ask_address(&reference);
            view! { <p><LinkButton href variant=Variant::Secondary>"Ask about this result"</LinkButton></p> }
        });
        let level = level.min_by_key(|level| level.rank()).unwrap_or(Level::Fine);
        view! {
            <Page
                title=test
                lead="Your results over time, with the laboratory’s range."
                back=(TESTS, "Lab tests")
            >
                <div class="stack-lg">
                    {explained(&trend)} <OutOfRangeAdvice level phone/> {lines(trend)} {ask} <p class="text-muted">{patient_name}</p>
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
        let (heading, lead) = (trend.test.clone(), format!("{} · {}", patient.name, patient.facts()));
        view! {
            <Page title heading lead back_to>
                <div class="stack-lg"><AccessNotice access/> {lines(trend)}</div>
            </Page>
        }
    })
}

/// What the test is.
fn explained(trend: &Trend) -> impl IntoView + use<> {
    trend.explanation.clone().map(|words| view! { <p>{words}</p> })
}

/// The entry in which the result stands that counts now.
fn latest_report(trend: &Trend) -> Option<String> {
    trend.series.first().map(|one| one.holds.record_reference.clone())
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
    let newer = one.newer().map(|newer| latest("Latest", newer));
    let holds = latest(if newer.is_some() { "Last one that could be judged" } else { "Latest" }, &one.holds);
    let waits = one.results.iter().rev().filter(|result| result.is_unacted && result.id != one.holds.id);
    let waits = waits.map(|result| latest("No doctor has acted on this yet", result)).collect_view();
    let TrendOfUnit { unit, results, .. } = one;
    let points: Vec<TrendPoint> = results.iter().filter_map(point).collect();
    let in_words: Vec<LabResultView> =
        results.iter().filter(|result| result.value.amount().is_none()).cloned().collect();
    let drawn = match points.len() {
        0 => ().into_any(),
        1 => {
            let bar =
                results.iter().find(|result| result.value.amount().is_some()).and_then(|one| range_bar(&one.value));
            view! { {bar} <p class="text-muted">"One result so far. A trend appears after the next."</p> }.into_any()
        }
        _ => {
            let description = described(&points, results.last(), &unit);
            let series = vec![TrendSeries { name: test.to_owned(), points }];
            let title = test.to_owned();
            view! { <TrendChart id=format!("trend-{number}") title description unit series/> }.into_any()
        }
    };
    view! { <Card><div class="stack">{waits} {newer} {holds} {drawn} {words(in_words)}</div></Card> }
}

/// A result with its range and where it stands.
fn latest(called: &'static str, result: &LabResultView) -> impl IntoView + use<> {
    let range = result.value.range_label().map(|range| format!("Range {range} · "));
    let href = entry_address(&result.record_reference);
    let sampled = sampled(&result.date_label, result.time.as_deref());
    view! {
        <div>
            <p>
                {called} ": " <strong class="tnum">{result.value.shown()}</strong> " "
                <StatusOfResult level=result.level() status=result.status()/>
            </p>
            <p class="text-muted">{range} <TextLink href>{sampled}</TextLink></p>
        </div>
    }
}

fn point(result: &LabResultView) -> Option<TrendPoint> {
    let amount = result.value.amount()?;
    Some(TrendPoint {
        at: result.minute(),
        date_label: sampled(&result.date_label, result.time.as_deref()),
        value: amount.number,
        bound: amount.bound,
        shown: result.value.value.clone(),
        flag: result.value.flag,
        remark: result.level().is_out_of_range().then(|| result.status()),
        range: TrendRange::of(bound(result.value.low.as_deref()), bound(result.value.high.as_deref())),
        href: Some(entry_address(&result.record_reference)),
    })
}

fn described(points: &[TrendPoint], last: Option<&LabResultView>, unit: &str) -> String {
    let (Some(first), Some(end)) = (points.first(), points.last()) else { return String::new() };
    let last = last.map_or_else(|| format!("{} {unit}", end.shown), LabResultView::in_words);
    format!("{} values from {} to {}; the latest is {last}.", points.len(), first.date_label, end.date_label)
}

/// Findings that are no numbers.
fn words(results: Vec<LabResultView>) -> impl IntoView {
    let facts = results
        .into_iter()
        .rev()
        .map(|result| {
            let href = entry_address(&result.record_reference);
            let words = result.in_words();
            let term = sampled(&result.date_label, result.time.as_deref());
            view! { <Described term><TextLink href>{words}</TextLink></Described> }
        })
        .collect::<Vec<_>>();
    (!facts.is_empty()).then(|| view! { <DescriptionList>{facts}</DescriptionList> })
}
