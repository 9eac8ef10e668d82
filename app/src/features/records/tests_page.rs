//! `/records/labs` for patients, `/patients/:patient/tests` for doctors

use domain_types::records::{ChartTests, Level, TestInBrief};
use leptos::prelude::*;

use super::{
    RECORDS,
    addresses::{Trends, chart_address},
    chart::{AccessNotice, in_an_emergency},
    entry_address,
    lab_results::{named, range_bar, sampled},
    result_words::{OutOfRangeAdvice, StatusOfResult},
    server_fns::{get_tests, get_tests_of},
};
use crate::{
    components::{Card, Cell, DataTable, EmptyState, Glyph, Page, Row, TextLink},
    features::{clinic::get_clinic, loaded, loaded_or, param},
};

/// The list of a patient's lab tests.
pub(super) const TESTS: &str = "/records/labs";

/// Every lab test of one's own with its latest result, the most urgent first.
#[component]
pub fn TestsPage() -> impl IntoView {
    let load = async { Ok((get_tests().await?, get_clinic().await?.phone)) };
    loaded(load, |(tests, phone): (Vec<TestInBrief>, String)| {
        let latest: Vec<_> = tests.iter().map(|test| test.latest.clone()).collect();
        let level = Level::worst(&latest);
        let body = if tests.is_empty() {
            view! {
                <EmptyState icon=Glyph::Flask title="No lab results yet" action=(RECORDS, "Medical records")>
                    "Your tests appear here as soon as a doctor has released a result."
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <OutOfRangeAdvice level phone/> {table(tests, &Trends::TheirOwn)} }.into_any()
        };
        view! {
            <Page title="Lab tests" lead="The latest result of each test." back=(RECORDS, "Medical records")>
                <div class="stack-lg">{body}</div>
            </Page>
        }
    })
}

/// Every lab test of a patient with its latest result, for those who may see their chart.
#[component]
pub fn ChartTestsPage() -> impl IntoView {
    let patient = param("patient");
    let instead = in_an_emergency(patient.clone());
    let draw = |found: ChartTests| {
        let ChartTests { patient, access, tests } = found;
        let chart = chart_address(&patient.reference);
        let body = if tests.is_empty() {
            view! {
                <EmptyState icon=Glyph::Flask title="No lab results yet">
                    "Tests appear here as soon as a result is released."
                </EmptyState>
            }
            .into_any()
        } else {
            table(tests, &Trends::Of(patient.reference.clone())).into_any()
        };
        view! {
            <Page
                title=format!("Lab tests of {}", patient.name)
                heading="Lab tests"
                lead=format!("{} · {}", patient.name, patient.facts())
                back_to=(chart, format!("Chart of {}", patient.name))
            >
                <div class="stack-lg"><AccessNotice access/> {body}</div>
            </Page>
        }
    };
    loaded_or(get_tests_of(patient), draw, instead)
}

fn table(tests: Vec<TestInBrief>, trends: &Trends) -> impl IntoView + use<> {
    let rows = tests
        .into_iter()
        .map(|TestInBrief { latest, count }| {
            let (level, status) = (latest.level(), latest.status());
            let test = latest.value.test.clone();
            let later = latest.later.clone();
            let later = later.map(|later| view! { <p>"Later: " {later} ". No doctor has acted on this one yet."</p> });
            let (trend, entry) = (trends.address(&latest.slug), entry_address(&latest.record_reference));
            let test = named(test, trend);
            let date = sampled(&latest.date_label, latest.time.as_deref());
            let so_many = if count == 1 { "1 result".to_owned() } else { format!("{count} results over time") };
            view! {
                <Row>
                    <Cell label="Test" main=true>
                        <div>{test} <p class="text-muted">{so_many}</p></div>
                    </Cell>
                    <Cell label="Latest result">
                        <div>
                            <p class="tnum font-semibold">{latest.value.shown()}</p>
                            {range_bar(&latest.value)}
                        </div>
                    </Cell>
                    <Cell label="Status"><div><StatusOfResult level status/> {later}</div></Cell>
                    <Cell label="Date"><TextLink href=entry>{date}</TextLink></Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Card>
            <DataTable caption="Lab tests" hide_caption=true head=vec!["Test", "Latest result", "Status", "Date"]>
                {rows}
            </DataTable>
        </Card>
    }
}
