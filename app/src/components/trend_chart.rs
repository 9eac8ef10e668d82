//! Values over time beside their range: a picture drawn on the server, and the same values as a table.

use std::collections::BTreeSet;

use domain_types::records::{Bound, Flag};
use leptos::prelude::*;

use super::{
    chart_marks::{FlagGlyph, with_unit},
    chart_scale::spread,
    trend_plot::TrendPlot,
    trend_range::{TrendRange, changes},
    trend_table::TrendTable,
};

/// One value at one time.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    /// Days, minutes or seconds: only the distance between points matters.
    pub at: i64,
    /// Short enough for three beside each other on a phone: "3 Mar 2025".
    pub date_label: String,
    /// The number, or where a method does not measure further.
    pub value: f64,
    /// On which side of that number the value lies.
    pub bound: Bound,
    /// The value as it was typed: "4.40", "<0.1".
    pub shown: String,
    pub flag: Flag,
    /// What is said of it where it is not as it should be: "Critical: far above the range".
    pub remark: Option<String>,
    /// The range that it was judged by.
    pub range: TrendRange,
    /// Where the value came from.
    pub href: Option<String>,
}

/// What was measured again and again.
#[derive(Clone, Debug)]
pub struct TrendSeries {
    /// "Systolic". Shown only where there are two.
    pub name: String,
    /// In any order.
    pub points: Vec<TrendPoint>,
}

/// One or two lines over time, the ranges of the first one as bands behind them. Its words: the title, a key, the table.
#[component]
pub fn TrendChart(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    /// What the picture shows, for those who do not see it: "Five values from … to …; the last, 4.4, is above the range."
    #[prop(into)]
    description: String,
    #[prop(into)] unit: String,
    /// One, or two that belong together: the pressures of blood.
    series: Vec<TrendSeries>,
) -> impl IntoView {
    let series = in_order(series);
    let range = range_in_key(&series, &unit);
    let head = view! {
        <span class="trend-title">{title.clone()}</span>
        {(!unit.is_empty()).then(|| view! { " " <span class="trend-unit">{unit.clone()}</span> })}
    };
    if series.iter().all(|series| series.points.is_empty()) {
        return view! {
            <figure class="trend" id=id>
                <figcaption class="trend-head">{head}</figcaption>
                <p class="trend-empty">"No values yet. The first result will start this chart."</p>
            </figure>
        }
        .into_any();
    }
    let figure_id = id.clone();
    view! {
        <figure class="trend" id=figure_id>
            <figcaption class="trend-head">{head} {key(&series, range)}</figcaption>
            <TrendPlot id title=title.clone() description unit=unit.clone() series=series.clone()/>
            <TrendTable title unit series/>
        </figure>
    }
    .into_any()
}

/// Only what can be drawn, the oldest first, each beside the one before it.
fn in_order(mut series: Vec<TrendSeries>) -> Vec<TrendSeries> {
    for one in &mut series {
        one.points.retain(|point| point.value.is_finite());
        one.points.sort_by_key(|point| point.at);
        // Of one time, in the order in which they came.
        let mut before = None;
        for point in &mut one.points {
            point.at = before.map_or(point.at, |before: i64| point.at.max(before.saturating_add(1)));
            before = Some(point.at);
        }
    }
    let times: BTreeSet<i64> = series.iter().flat_map(|one| &one.points).map(|point| point.at).collect();
    let places = spread(&times.into_iter().collect::<Vec<_>>());
    for point in series.iter_mut().flat_map(|one| &mut one.points) {
        point.at = places.iter().find(|(at, _)| *at == point.at).map_or(point.at, |(_, place)| *place);
    }
    series
}

/// The range of the newest value, and that there were others.
fn range_in_key(series: &[TrendSeries], unit: &str) -> Option<String> {
    let points = &series.first()?.points;
    let range = points.last()?.range.words().map(|range| with_unit(&range, unit));
    match (range, changes(points)) {
        (Some(range), false) => Some(format!("Range {range}")),
        (Some(range), true) => Some(format!("Range (changed over time): now {range}")),
        (None, true) => Some("Range, where one was given".to_owned()),
        (None, false) => None,
    }
}

/// What the lines, the band and the triangles are, as far as they are there.
fn key(series: &[TrendSeries], range: Option<String>) -> impl IntoView + use<> {
    let lines = (series.len() > 1).then(|| {
        let line = |(index, one): (usize, &TrendSeries)| {
            let class = series_class(index);
            let name = one.name.clone();
            view! {
                <span class="trend-key-item">
                    <svg class=format!("trend-key-line {class}") viewBox="0 0 24 12" aria-hidden="true">
                        <path class="trend-line" d="M0 6H24"></path>
                        <circle class=if index == 0 { "mark" } else { "mark mark-hollow" } cx="12" cy="6" r="4"></circle>
                    </svg>
                    {name}
                </span>
            }
        };
        series.iter().enumerate().map(line).collect_view()
    });
    let range = range.map(|range| {
        view! {
            <span class="trend-key-item">
                <svg class="trend-key-band" viewBox="0 0 24 12" aria-hidden="true">
                    <rect class="trend-band" width="24" height="12"></rect>
                    <path class="trend-bound" d="M0 .75H24M0 11.25H24"></path>
                </svg>
                {range}
            </span>
        }
    });
    let flags = [Flag::High, Flag::Low]
        .into_iter()
        .filter(|flag| series.iter().flat_map(|one| &one.points).any(|point| point.flag == *flag));
    let limits = series.iter().flat_map(|one| &one.points).any(|point| point.bound != Bound::Exactly);
    let limits = limits.then(|| view! { <span class="trend-key-item">"↑ more than, ↓ less than was measured"</span> });
    let flags = flags
        .map(|flag| {
            let word = if flag == Flag::High { "Above the range" } else { "Below the range" };
            view! { <span class="trend-key-item"><FlagGlyph flag/> {word}</span> }
        })
        .collect_view();
    view! { <span class="trend-key">{lines} {range} {flags} {limits}</span> }
}

/// The colour and the dash of a line.
pub(super) const fn series_class(index: usize) -> &'static str {
    if index == 0 { "trend-first" } else { "trend-second" }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::components::RangeBound;
    use domain_types::records::flag_of;

    fn point(at: i64, value: f64, low: Option<f64>, high: Option<f64>) -> TrendPoint {
        let words = |bound: Option<f64>| bound.map(|bound| bound.to_string());
        let bound = |value: Option<f64>| value.map(|value| RangeBound { value, shown: value.to_string() });
        TrendPoint {
            at,
            date_label: format!("{} Mar", at + 1),
            value,
            bound: Bound::Exactly,
            remark: None,
            shown: value.to_string(),
            flag: flag_of(&value.to_string(), words(low).as_deref(), words(high).as_deref()).unwrap_or(Flag::Unknown),
            range: TrendRange::of(bound(low), bound(high)),
            href: Some("/records".into()),
        }
    }

    fn picture(points: Vec<TrendPoint>) -> String {
        let series = vec![TrendSeries { name: "LDL".into(), points }];
        view! { <TrendChart id="ldl" title="LDL" description="Falls." unit="mmol/L" series/> }.to_html()
    }

    fn drawn(values: &[f64], low: Option<f64>, high: Option<f64>) -> String {
        picture((0..).zip(values).map(|(at, &value)| point(at, value, low, high)).collect())
    }

    #[test]
    fn any_values_make_a_picture_and_a_table() {
        let values: [&[f64]; 5] = [&[4.4], &[4.4, 4.4], &[0.0, 0.0], &[-1e300, 1e300], &[f64::NAN, 4.4]];
        for values in values {
            for (low, high) in [(None, None), (Some(3.0), None), (None, Some(3.0)), (Some(5.0), Some(3.0))] {
                let html = drawn(values, low, high);
                let numbers = html.split("<details").next().unwrap();
                assert!(html.contains("</table>") && html.contains("aria-labelledby=\"ldl-title ldl-desc\""), "{html}");
                assert!(!html.contains("style=") && !numbers.contains("NaN") && !numbers.contains("inf"), "{html}");
                assert_eq!(html.contains("trend-band"), low.is_some() || high.is_some());
            }
        }
    }

    #[test]
    fn a_limit_is_drawn_at_its_bound_with_an_arrow_and_is_the_last_value() {
        let limit = TrendPoint {
            bound: Bound::Above,
            shown: ">1000".into(),
            flag: Flag::High,
            remark: Some("Far above the range".into()),
            ..point(9, 1000.0, Some(30.0), Some(400.0))
        };
        let html = picture(vec![point(0, 350.0, Some(30.0), Some(400.0)), limit]);
        assert!(html.contains("trend-last-out") && html.contains("M0-10"), "{html}");
        let table = html.split("<table").nth(1).unwrap();
        assert!(table.contains("&gt;1000") && table.contains("Far above the range"), "{table}");
    }

    #[test]
    fn several_values_of_one_time_stand_side_by_side_in_their_order() {
        let html = picture(vec![point(0, 4.0, None, None), point(700, 5.0, None, None), point(700, 6.0, None, None)]);
        let path = html.split("<path").find(|path| path.contains("trend-line")).unwrap();
        let line = path.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let across: Vec<f64> =
            line.split(['M', 'L']).filter_map(|place| place.split(' ').next()?.parse().ok()).collect();
        assert_eq!(across.len(), 3);
        assert!(across.windows(2).all(|pair| pair[1] - pair[0] > 2.0), "{across:?}");
    }

    #[test]
    fn without_values_it_says_so() {
        let html = drawn(&[], None, Some(3.0));
        assert!(html.contains("No values yet") && !html.contains("<svg"), "{html}");
    }

    #[test]
    fn a_range_that_changed_is_drawn_as_it_was() {
        let html = picture(vec![point(0, 2.8, None, Some(3.0)), point(9, 2.8, None, Some(2.6))]);
        assert_eq!(html.matches("trend-band\"").count(), 3, "one for each range and one in the key: {html}");
        assert!(html.contains("Range (changed over time): now up to 2.6 mmol/L") && html.contains("up to 3"), "{html}");
    }

    #[test]
    fn shapes_say_what_is_out_of_the_range() {
        let html = drawn(&[2.0, 4.0, 6.0], Some(3.0), Some(5.0));
        assert_eq!(html.matches("mark mark-out").count(), 2);
        assert!(html.contains("Above the range") && html.contains("Below the range") && html.contains("Range 3 to 5"));
        assert!(!drawn(&[4.0], Some(3.0), Some(5.0)).contains("Above the range"));
    }
}
