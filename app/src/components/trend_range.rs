//! The ranges of a trend: laboratories change theirs, and each value is judged by the one that it was reported with.

use leptos::prelude::*;

use super::{
    chart_marks::{RangeBound, percent, pixels, range_words},
    trend_chart::TrendPoint,
    trend_plot::{BOTTOM, Frame, GAP, TOP},
};

/// The range that a value was reported with. An end that is not a number, or not finite, is open.
#[derive(Clone, Debug, Default)]
pub struct TrendRange {
    pub low: Option<RangeBound>,
    pub high: Option<RangeBound>,
}

impl TrendRange {
    /// Without the ends that cannot be drawn.
    #[must_use]
    pub fn of(low: Option<RangeBound>, high: Option<RangeBound>) -> Self {
        let finite = |bound: Option<RangeBound>| bound.filter(|bound| bound.value.is_finite());
        Self { low: finite(low), high: finite(high) }
    }

    pub(super) fn ends(&self) -> impl Iterator<Item = f64> {
        self.low.iter().chain(&self.high).map(|bound| bound.value)
    }

    /// "3.9 to 5.6"; `None` without an end.
    pub(super) fn words(&self) -> Option<String> {
        range_words(self.low.as_ref(), self.high.as_ref())
    }

    fn is_as(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

/// Whether values were reported with different ranges.
pub(super) fn changes(points: &[TrendPoint]) -> bool {
    points.windows(2).any(|pair| !pair[0].range.is_as(&pair[1].range))
}

/// A range and the part of the width in which it holds, in percent.
type Stretch<'a> = (&'a TrendRange, f64, f64);

/// The stretches of these points, the oldest first: a range holds from halfway to the value before to halfway to the
/// value after.
fn stretches<'a>(points: &'a [TrendPoint], x: impl Fn(&TrendPoint) -> f64) -> Vec<Stretch<'a>> {
    let groups: Vec<&[TrendPoint]> = points.chunk_by(|one, other| one.range.is_as(&other.range)).collect();
    let halfway = |one: &[TrendPoint], other: &[TrendPoint]| match (one.last(), other.first()) {
        (Some(last), Some(first)) => (x(last) + x(first)) / 2.0,
        _ => 0.0,
    };
    let borders: Vec<f64> = groups.windows(2).map(|pair| halfway(pair[0], pair[1])).collect();
    let from = std::iter::once(0.0).chain(borders.iter().copied());
    let to = borders.iter().copied().chain(std::iter::once(100.0));
    groups.iter().zip(from.zip(to)).filter_map(|(group, (from, to))| Some((&group.first()?.range, from, to))).collect()
}

/// The ranges as bands, open to an edge where one has no end there, but not behind the numbers at the left.
pub(super) fn bands(points: &[TrendPoint], frame: Frame) -> impl IntoView + use<> {
    let band = |(range, from, to): Stretch<'_>| {
        let end = |bound: &Option<RangeBound>, edge: f64| bound.as_ref().map_or(edge, |bound| frame.y(bound.value));
        let (one, other) = (end(&range.high, TOP), end(&range.low, BOTTOM));
        let (top, bottom) = (one.min(other), one.max(other));
        let from = from.max(frame.left - GAP);
        let (x, width) = (percent(from), percent(to - from));
        range.ends().next().is_some().then(|| {
            view! { <rect class="trend-band" x=x width=width y=pixels(top) height=pixels(bottom - top)></rect> }
        })
    };
    stretches(points, |point| frame.x(point.at)).into_iter().map(band).collect_view()
}

/// The ends of the ranges, but not through the numbers at the left.
pub(super) fn ends(points: &[TrendPoint], frame: Frame) -> impl IntoView + use<> {
    let lines = |(range, from, to): Stretch<'_>| {
        let line = |end: f64| {
            let y = pixels(frame.y(end));
            let from = percent(from.max(frame.left - GAP));
            view! { <line class="trend-bound" x1=from x2=percent(to) y1=y.clone() y2=y></line> }
        };
        range.ends().map(line).collect_view()
    };
    stretches(points, |point| frame.x(point.at)).into_iter().map(lines).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::records::Flag;

    fn point(at: i64, high: Option<f64>) -> TrendPoint {
        let high = high.map(|value| RangeBound { value, shown: value.to_string() });
        TrendPoint {
            at,
            date_label: String::new(),
            value: 4.0,
            bound: domain_types::records::Bound::Exactly,
            remark: None,
            shown: "4.0".into(),
            flag: Flag::Unknown,
            range: TrendRange::of(None, high),
            href: None,
        }
    }

    fn across(points: &[TrendPoint]) -> Vec<(Option<String>, f64, f64)> {
        let found = stretches(points, |point| point.at as f64);
        found.into_iter().map(|(range, from, to)| (range.words(), from, to)).collect()
    }

    #[test]
    fn a_range_that_does_not_change_holds_from_edge_to_edge() {
        let points = [point(10, Some(3.0)), point(50, Some(3.0)), point(90, Some(3.0))];
        assert_eq!(across(&points), [(Some("up to 3".into()), 0.0, 100.0)]);
        assert!(!changes(&points));
        assert_eq!(across(&[]), []);
    }

    #[test]
    fn a_range_that_changes_does_so_halfway_between_two_values() {
        let points = [point(10, Some(3.0)), point(50, Some(2.5)), point(60, None), point(90, Some(2.5))];
        let up_to = |high: &str| Some(format!("up to {high}"));
        let expected =
            [(up_to("3"), 0.0, 30.0), (up_to("2.5"), 30.0, 55.0), (None, 55.0, 75.0), (up_to("2.5"), 75.0, 100.0)];
        assert_eq!(across(&points), expected);
        assert!(changes(&points));
    }

    #[test]
    fn an_end_that_cannot_be_drawn_is_open() {
        let bound = Some(RangeBound { value: f64::INFINITY, shown: "inf".into() });
        assert_eq!(TrendRange::of(bound, None).words(), None);
    }
}
