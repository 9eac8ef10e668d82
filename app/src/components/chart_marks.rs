//! What a chart says about one value: words, and a mark whose shape says it without colour.

use domain_types::records::{Bound, Flag, with_minus};
use leptos::prelude::*;

/// One end of a range.
#[derive(Clone, Debug)]
pub struct RangeBound {
    pub value: f64,
    /// As it was typed: "3.0".
    pub shown: String,
}

/// Whether a triangle says it: the value lies beyond an end of its range.
pub(super) const fn is_beyond(flag: Flag) -> bool {
    matches!(flag, Flag::Low | Flag::High)
}

/// A range in words: "3.9 to 5.6", "−2 to 2", "up to 3.0", "from 60". `None` without a bound.
pub(super) fn range_words(low: Option<&RangeBound>, high: Option<&RangeBound>) -> Option<String> {
    match (low.map(|bound| with_minus(&bound.shown)), high.map(|bound| with_minus(&bound.shown))) {
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

/// A dot, a triangle that points to where the value is out of the range, or an arrow to where it lies beyond what the method
/// measures. Stands in a chart.
#[component]
pub(super) fn Mark(
    flag: Flag,
    #[prop(default = Bound::Exactly)] bound: Bound,
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
    let arrow = |d: &'static str| {
        let class = if is_beyond(flag) { "mark mark-out" } else { "mark" };
        view! { <path class=class d=d></path> }.into_any()
    };
    let shape = match flag {
        _ if bound.is_lower() => arrow("M0-10 6.5-1.5H2.2V6.5H-2.2V-1.5H-6.5z"),
        _ if bound.is_upper() => arrow("M0 10 6.5 1.5H2.2V-6.5H-2.2V1.5H-6.5z"),
        Flag::High => view! { <path class="mark mark-out" d="M0-6.5 6.5 5H-6.5z"></path> }.into_any(),
        Flag::Low => view! { <path class="mark mark-out" d="M0 6.5 6.5-5H-6.5z"></path> }.into_any(),
        Flag::Normal | Flag::Abnormal | Flag::Unknown => {
            let class = if hollow { "mark mark-hollow" } else { "mark" };
            view! { <circle class=class r=size></circle> }.into_any()
        }
    };
    view! { <svg x=percent(x) y=pixels(y) overflow="visible">{shape}</svg> }
}

/// The triangle among words.
#[component]
pub(super) fn FlagGlyph(flag: Flag) -> impl IntoView {
    is_beyond(flag).then(|| {
        let d = if flag == Flag::High { "M7 1.5 13 12H1z" } else { "M7 12.5 13 2H1z" };
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
    fn a_range_has_words() {
        let bound = |shown: &str| Some(RangeBound { value: 0.0, shown: shown.to_owned() });
        let words = |low: Option<RangeBound>, high: Option<RangeBound>| range_words(low.as_ref(), high.as_ref());
        assert_eq!(words(bound("0"), bound("3.0")).as_deref(), Some("0 to 3.0"));
        assert_eq!(words(None, bound("3.0")).as_deref(), Some("up to 3.0"));
        assert_eq!(words(bound("60"), None).as_deref(), Some("from 60"));
        assert_eq!(words(None, None), None);
    }
}
