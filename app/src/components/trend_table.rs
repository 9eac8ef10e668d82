//! The values of a trend as a table, the newest first.

use leptos::prelude::*;

use super::{
    Cell, DataTable, Row, TextLink,
    chart_marks::{FlagGlyph, is_beyond, with_unit},
    trend_chart::{TrendPoint, TrendSeries},
    trend_range::changes,
};

/// The table, folded. It is always part of the page.
#[component]
pub(super) fn TrendTable(title: String, unit: String, series: Vec<TrendSeries>) -> impl IntoView {
    let is_named = series.len() > 1;
    let has_ranges = series.first().is_some_and(|one| changes(&one.points));
    let names: Vec<String> = series.iter().map(|one| one.name.clone()).collect();
    let mut entries: Vec<(usize, TrendPoint)> = series
        .into_iter()
        .enumerate()
        .flat_map(|(index, one)| one.points.into_iter().map(move |point| (index, point)))
        .collect();
    // Stable: of the values of one time, the first series stays first.
    entries.sort_by_key(|(_, point)| std::cmp::Reverse(point.at));
    let rows = entries
        .chunk_by(|(_, one), (_, other)| is_named && one.at == other.at)
        .map(|entries| row(entries, &names, has_ranges, &unit))
        .collect_view();
    let range = has_ranges.then_some("Range");
    let head = ["Date", values_label(&names)].into_iter().chain(range).collect::<Vec<_>>();
    view! {
        <details class="trend-table">
            <summary class="trend-summary">"Show as a table"</summary>
            <DataTable caption=title head hide_caption=true>{rows}</DataTable>
        </details>
    }
}

fn values_label(names: &[String]) -> &'static str {
    if names.len() > 1 { "Values" } else { "Value" }
}

/// What was measured at one time, with the range of it where that changed.
fn row(entries: &[(usize, TrendPoint)], names: &[String], has_ranges: bool, unit: &str) -> impl IntoView + use<> {
    let is_named = names.len() > 1;
    let range = entries.first().and_then(|(_, point)| point.range.words()).map(|range| with_unit(&range, unit));
    let range = has_ranges.then(|| view! { <Cell label="Range">{range.unwrap_or_else(|| "None given".into())}</Cell> });
    let date = entries.first().map(|(_, point)| point.date_label.clone());
    let values = entries
        .iter()
        .map(|(index, point)| {
            let name = names.get(*index).filter(|_| is_named).map(|name| format!("{name} "));
            let shown = with_unit(&point.shown, unit);
            let shown = match point.href.clone() {
                Some(href) => view! { <TextLink href>{shown}</TextLink> }.into_any(),
                None => shown.into_any(),
            };
            let flag = point.flag;
            let remark = point.remark.clone().or_else(|| is_beyond(flag).then(|| flag.label().to_owned()));
            let words = remark.map(|remark| {
                view! { <span class="flag"><span class="visually-hidden">", "</span> <FlagGlyph flag/> {remark}</span> }
            });
            view! { <p class="tnum">{name} {shown} {words}</p> }
        })
        .collect_view();
    let label = values_label(names);
    view! {
        <Row>
            <Cell label="Date" main=true>{date}</Cell>
            <Cell label><div>{values}</div></Cell>
            {range}
        </Row>
    }
}
