//! What a chart says about one value: words, and a mark whose shape says it without colour.

use leptos::prelude::*;

/// How a value compares with its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrendFlag {
    InRange,
    Low,
    High,
    /// Without a range.
    #[default]
    Unknown,
}

impl TrendFlag {
    /// Both bounds are in the range.
    #[must_use]
    pub fn of(value: f64, low: Option<f64>, high: Option<f64>) -> Self {
        if low.is_some_and(|low| value < low) {
            Self::Low
        } else if high.is_some_and(|high| value > high) {
            Self::High
        } else if value.is_finite() && (low.is_some() || high.is_some()) {
            Self::InRange
        } else {
            Self::Unknown
        }
    }

    /// What stands before "the range", and after a comma.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::InRange => "in the range",
            Self::Low => "below the range",
            Self::High => "above the range",
            Self::Unknown => "no range given",
        }
    }

    pub(super) const fn is_out(self) -> bool {
        matches!(self, Self::Low | Self::High)
    }
}

/// A range in words: "3.9 to 5.6", "up to 3.0", "from 60". `None` without a bound.
pub(super) fn range_words(low: Option<&str>, high: Option<&str>) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (Some(low), None) => Some(format!("from {low}")),
        (None, None) => None,
    }
}

/// A value and its unit, if it has one.
pub(super) fn with_unit(shown: &str, unit: &str) -> String {
    if unit.is_empty() { shown.to_owned() } else { format!("{shown} {unit}") }
}

/// A dot, or a triangle that points to where the value is out of the range. Stands in a chart.
#[component]
pub(super) fn Mark(
    flag: TrendFlag,
    /// The second of two lines.
    #[prop(optional)]
    hollow: bool,
    /// In percent.
    x: f64,
    /// In pixels.
    y: f64,
    /// Half of a dot's width.
    #[prop(default = 4.5)]
    size: f64,
) -> impl IntoView {
    let shape = match flag {
        TrendFlag::High => view! { <path class="mark mark-out" d="M0-6.5 6.5 5H-6.5z"></path> }.into_any(),
        TrendFlag::Low => view! { <path class="mark mark-out" d="M0 6.5 6.5-5H-6.5z"></path> }.into_any(),
        TrendFlag::InRange | TrendFlag::Unknown => {
            let class = if hollow { "mark mark-hollow" } else { "mark" };
            view! { <circle class=class r=size></circle> }.into_any()
        }
    };
    view! { <svg x=percent(x) y=pixels(y) overflow="visible">{shape}</svg> }
}

/// The triangle among words.
#[component]
pub(super) fn FlagGlyph(flag: TrendFlag) -> impl IntoView {
    flag.is_out().then(|| {
        let d = if flag == TrendFlag::High { "M7 1.5 13 12H1z" } else { "M7 12.5 13 2H1z" };
        view! {
            <svg class="flag-glyph" viewBox="0 0 14 14" aria-hidden="true">
                <path d=d></path>
            </svg>
        }
    })
}

/// A place across, as an attribute.
pub(super) fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

/// A place down, as an attribute.
pub(super) fn pixels(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_in_the_range() {
        use TrendFlag::{High, InRange, Low, Unknown};
        let cases = [
            (3.0, Some(3.0), Some(5.0), InRange),
            (5.0, Some(3.0), Some(5.0), InRange),
            (5.1, Some(3.0), Some(5.0), High),
            (2.9, Some(3.0), Some(5.0), Low),
            (9.0, Some(3.0), None, InRange),
            (9.0, None, Some(5.0), High),
            (9.0, None, None, Unknown),
            (f64::NAN, Some(3.0), None, Unknown),
        ];
        for (value, low, high, expected) in cases {
            assert_eq!(TrendFlag::of(value, low, high), expected, "{value} in {low:?} to {high:?}");
        }
    }

    #[test]
    fn a_range_has_words() {
        assert_eq!(range_words(Some("0"), Some("3.0")).as_deref(), Some("0 to 3.0"));
        assert_eq!(range_words(None, Some("3.0")).as_deref(), Some("up to 3.0"));
        assert_eq!(range_words(Some("60"), None).as_deref(), Some("from 60"));
        assert_eq!(range_words(None, None), None);
    }
}
