//! The picture of a trend. It is as wide as its place while its words keep their size: across, everything stands at a
//! percentage of the width.

use leptos::prelude::*;

use super::{
    chart_marks::{Mark, is_beyond, percent, pixels, with_unit},
    chart_scale::{NARROW, Scale, Under, along, apart, line_through, width},
    trend_chart::{TrendPoint, TrendSeries, series_class},
    trend_range::{bands, ends},
};

/// In pixels, as in `style/charts.css`.
const HEIGHT: f64 = 224.0;
pub(super) const TOP: f64 = 24.0;
pub(super) const BOTTOM: f64 = 188.0;
/// What is left free between the first point and the numbers at the left, in percent of the width.
pub(super) const GAP: f64 = 2.0;
/// More points than this are drawn smaller.
const MANY: usize = 24;

/// Turns a point into its place: across in percent, down in pixels.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    scale: Scale,
    first: i64,
    last: i64,
    pub left: f64,
    right: f64,
}

impl Frame {
    /// Leaves room for the numbers at the left and for the last value at the right.
    fn around(series: &[TrendSeries]) -> Self {
        let points = || series.iter().flat_map(|one| &one.points);
        let scale = Scale::covering(points().flat_map(|point| std::iter::once(point.value).chain(point.range.ends())));
        let words = scale.ticks().into_iter().map(|(_, word)| width(&word)).fold(0.0, f64::max);
        let last = series.iter().filter_map(|one| one.points.last()).filter(|point| stands_beside(point));
        let last = last.map(|point| width(&point.shown) * 1.25 + 6.0).fold(0.0, f64::max);
        Self {
            scale,
            first: points().map(|point| point.at).min().unwrap_or_default(),
            last: points().map(|point| point.at).max().unwrap_or_default(),
            left: ((words + 10.0) / NARROW * 100.0 + GAP).min(35.0),
            right: 100.0 - ((last + 10.0) / NARROW * 100.0).min(35.0),
        }
    }

    pub fn x(self, at: i64) -> f64 {
        self.left + along(at, self.first, self.last) * (self.right - self.left)
    }

    pub fn y(self, value: f64) -> f64 {
        BOTTOM - self.scale.share(value) * (BOTTOM - TOP)
    }

    fn place(self, point: &TrendPoint) -> (f64, f64) {
        (self.x(point.at), self.y(point.value))
    }
}

/// Whether there is room for the value beside the last point; a longer one stands above it.
fn stands_beside(point: &TrendPoint) -> bool {
    point.shown.chars().count() <= 7
}

/// The picture, and over it a layer that answers the pointer. The layer is hidden from screen readers and the keyboard,
/// which find the same links in the table.
#[component]
pub(super) fn TrendPlot(
    id: String,
    title: String,
    description: String,
    unit: String,
    /// In order.
    series: Vec<TrendSeries>,
) -> impl IntoView {
    let frame = Frame::around(&series);
    let judged = series.first().map(|one| one.points.clone()).unwrap_or_default();
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-desc"));
    let labels = format!("{title_id} {description_id}");
    let is_dense = series.iter().any(|one| one.points.len() > MANY);
    let lines = series.iter().enumerate().map(|(index, one)| line(index, one, frame, is_dense)).collect_view();
    let spots = series.iter().map(|one| spots(one, series.len() > 1, &unit, frame)).collect_view();
    view! {
        <div class="trend-frame">
            <svg class="trend-plot" width="100%" height=HEIGHT role="img" aria-labelledby=labels>
                <title id=title_id>{title}</title>
                <desc id=description_id>{description}</desc>
                {bands(&judged, frame)}
                {grid(frame)}
                {ends(&judged, frame)}
                {numbers(frame)}
                {dates(&series, frame)}
                {lines}
                {last_values(&series, frame)}
            </svg>
            <svg class="trend-spots" width="100%" height=HEIGHT aria-hidden="true">{spots}</svg>
        </div>
    }
}

/// The lines across.
fn grid(frame: Frame) -> impl IntoView {
    let line = |(number, _): (f64, String)| {
        let at = pixels(frame.y(number));
        view! { <line class="trend-grid" x1=percent(frame.left - GAP) x2="100%" y1=at.clone() y2=at></line> }
    };
    frame.scale.ticks().into_iter().map(line).collect_view()
}

/// Their numbers, at the left of them: nothing is drawn there.
fn numbers(frame: Frame) -> impl IntoView {
    let word = |(number, word): (f64, String)| {
        // Words of 12 px stand on a line 4 px below their middle.
        view! { <text class="trend-word" x="0" y=pixels(frame.y(number) + 4.0)>{word}</text> }
    };
    frame.scale.ticks().into_iter().map(word).collect_view()
}

/// The first and the last date, and one between them where there is room.
fn dates(series: &[TrendSeries], frame: Frame) -> impl IntoView + use<> {
    let mut points: Vec<&TrendPoint> = series.iter().flat_map(|one| &one.points).collect();
    points.sort_by_key(|point| point.at);
    let place = |point: &TrendPoint| (Under::point(frame.x(point.at), &point.date_label), point.date_label.clone());
    let mut shown: Vec<(Under, String)> = points.last().map(|last| place(last)).into_iter().collect();
    let from_middle = |point: &&TrendPoint| (along(point.at, frame.first, frame.last) - 0.5).abs();
    let middle = points.iter().copied().min_by(|one, other| from_middle(one).total_cmp(&from_middle(other)));
    for (under, word) in points.first().copied().into_iter().chain(middle).map(place) {
        if shown.iter().all(|(other, other_word)| under.is_clear_of(*other) && word != *other_word) {
            shown.push((under, word));
        }
    }
    let word = |(under, word): (Under, String)| {
        view! { <text class="trend-word" x=percent(under.x) y=pixels(BOTTOM + 24.0) text-anchor=under.anchor>{word}</text> }
    };
    shown.into_iter().map(word).collect_view()
}

/// One line and its marks.
fn line(index: usize, series: &TrendSeries, frame: Frame, is_dense: bool) -> impl IntoView + use<> {
    let places: Vec<(f64, f64)> = series.points.iter().map(|point| frame.place(point)).collect();
    let size = if is_dense { 2.5 } else { 4.5 };
    let marks = series
        .points
        .iter()
        .zip(&places)
        .map(|(point, &(x, y))| view! { <Mark flag=point.flag bound=point.bound hollow={index > 0} x y size/> })
        .collect_view();
    let path = line_through(&places).map(|d| {
        // Stretched to the width; the stroke is not.
        view! {
            <svg width="100%" height=HEIGHT viewBox=format!("0 0 100 {HEIGHT}") preserveAspectRatio="none">
                <path class="trend-line" d=d vector-effect="non-scaling-stroke"></path>
            </svg>
        }
    });
    view! { <g class=series_class(index)>{path} {marks}</g> }
}

/// The last value of each line, as it was typed.
fn last_values(series: &[TrendSeries], frame: Frame) -> impl IntoView + use<> {
    let last: Vec<&TrendPoint> = series.iter().filter_map(|one| one.points.last()).collect();
    let mut heights: Vec<f64> = last.iter().map(|point| frame.y(point.value)).collect();
    if let [one, other] = heights.as_mut_slice() {
        (*one, *other) = apart(*one, *other, 17.0, TOP, BOTTOM);
    }
    // A long word keeps away from the line that comes to its point.
    let falls = series.iter().filter_map(|one| one.points.last_chunk()).any(|[before, last]| before.value > last.value);
    let value = |(point, y): (&TrendPoint, f64)| {
        let class = if is_beyond(point.flag) { "trend-last trend-last-out" } else { "trend-last" };
        // Words of 14 px stand on a line 5 px below their middle.
        let (x, y, anchor, dx) = if stands_beside(point) {
            (frame.x(point.at), y + 5.0, "start", "11")
        } else {
            let is_below = y < TOP + 20.0 || (falls && y < BOTTOM - 24.0);
            (100.0, if is_below { y + 22.0 } else { y - 12.0 }, "end", "0")
        };
        view! { <text class=class x=percent(x) y=pixels(y) dx=dx text-anchor=anchor>{point.shown.clone()}</text> }
    };
    last.into_iter().zip(heights).map(value).collect_view()
}

/// What the pointer finds: the value in words, and the way to where it came from.
fn spots(series: &TrendSeries, is_named: bool, unit: &str, frame: Frame) -> impl IntoView + use<> {
    let name = if is_named { format!("{} ", series.name) } else { String::new() };
    let spot = |point: &TrendPoint| {
        let (x, y) = frame.place(point);
        let words = format!("{name}{}, {}", with_unit(&point.shown, unit), point.date_label);
        let words = match &point.remark {
            Some(remark) => format!("{words}. {remark}"),
            None if is_beyond(point.flag) => format!("{words}, {}", point.flag.label()),
            None => words,
        };
        let circle = view! { <circle class="trend-spot" r="13"><title>{words}</title></circle> };
        let circle = match point.href.clone() {
            Some(href) => view! { <a href=href tabindex="-1">{circle}</a> }.into_any(),
            None => circle.into_any(),
        };
        view! { <svg x=percent(x) y=pixels(y) overflow="visible">{circle}</svg> }
    };
    series.points.iter().map(spot).collect_view()
}
