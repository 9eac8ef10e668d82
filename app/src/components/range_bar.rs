//! One value beside its range.

use domain_types::records::{Bound, Flag};
use leptos::prelude::*;

use super::{
    chart_marks::{FlagGlyph, Mark, RangeBound, is_beyond, percent, range_words, with_unit},
    range_zone::{RangeZone, Spot},
};

/// A value in words, and where it stands on a bar with its range. What the bar shows is in the words too.
#[component]
pub fn RangeBar(
    value: f64,
    /// Where the value is a limit of the method, its side.
    #[prop(default = Bound::Exactly)]
    bound: Bound,
    /// The value as it was typed.
    #[prop(into)]
    shown: String,
    #[prop(into)] unit: String,
    low: Option<RangeBound>,
    high: Option<RangeBound>,
    flag: Flag,
    /// "slightly above the range"; by the flag when it is left out.
    #[prop(optional, into)]
    finding: String,
    /// The words are only for screen readers, where the value stands beside the bar.
    #[prop(optional)]
    hide_words: bool,
) -> impl IntoView {
    let end = |end: &Option<RangeBound>| end.as_ref().map(|end| end.value);
    let zone = RangeZone::of(value, end(&low), end(&high));
    let finding = if finding.is_empty() { flag.label().to_owned() } else { finding };
    let range = range_words(low.as_ref(), high.as_ref());
    let (low, high) = (low.map(|bound| bound.shown), high.map(|bound| bound.shown));
    let verdict = match (range, flag) {
        // Said by a laboratory that did not say the range.
        (None, Flag::Unknown) => view! { <span class="range-none">"No range given"</span> }.into_any(),
        (None, flag) => view! { <span class=flag_class(flag)><FlagGlyph flag/> {finding}</span> }.into_any(),
        (Some(range), Flag::Unknown) => view! { <span class="range-none">"range " {range}</span> }.into_any(),
        (Some(range), flag) => view! {
            <span class=flag_class(flag)>
                <FlagGlyph flag/>
                {finding}
                <span class="visually-hidden">" " {range}</span>
            </span>
        }
        .into_any(),
    };
    let class = if hide_words && zone.is_some() { "visually-hidden" } else { "range-words" };
    view! {
        <div class="range">
            <p class=class>
                <span class="range-value">{with_unit(&shown, &unit)}</span>
                <span class="visually-hidden">", "</span>
                {verdict}
            </p>
            {zone.map(|zone| bar(zone, (flag, bound), low, high))}
        </div>
    }
}

const fn flag_class(flag: Flag) -> &'static str {
    if is_beyond(flag) { "flag" } else { "range-in" }
}

/// The bar: 100 percent wide, its line 13 px from the top, the bounds below.
fn bar(zone: RangeZone, (flag, bound): (Flag, Bound), low: Option<String>, high: Option<String>) -> impl IntoView {
    let word = |at: f64, word: String| {
        let anchor = if at <= 0.0 { "start" } else { "middle" };
        view! { <text class="range-bound" x=percent(at) y="36" text-anchor=anchor>{word}</text> }
    };
    let tick = |at: f64| {
        (at > 0.0).then(|| view! { <line class="range-tick" x1=percent(at) x2=percent(at) y1="6" y2="20"></line> })
    };
    let is_open = zone.from <= 0.0 || zone.to >= 100.0;
    let marker = match zone.value {
        Spot::At(x) => view! { <Mark flag bound x=x.clamp(3.0, 97.0) y=13.0 size=6.5/> }.into_any(),
        Spot::FarBelow => arrow(0.0, "M1 0 11-7V7zM14-7V7"),
        Spot::FarAbove => arrow(100.0, "M-1 0-11-7V7zM-14-7V7"),
    };
    view! {
        <svg class="range-bar" width="100%" height="40" aria-hidden="true">
            <rect class="range-track" x="0" y="8" width="100%" height="10" rx="3"></rect>
            <rect
                class="range-zone"
                x=percent(zone.from)
                y="8"
                width=percent(zone.to - zone.from)
                height="10"
                rx=is_open.then_some("3")
            ></rect>
            {low.map(|low| view! { {tick(zone.from)} {word(zone.from, low)} })}
            {high.map(|high| view! { {tick(zone.to)} {word(zone.to, high)} })}
            {marker}
        </svg>
    }
}

/// The value is further than the bar reaches.
fn arrow(x: f64, d: &'static str) -> AnyView {
    view! {
        <svg x=percent(x) y="13" overflow="visible">
            <path class="range-far" d=d></path>
        </svg>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain_types::records::flag_of;

    fn text(value: f64, low: Option<f64>, high: Option<f64>) -> String {
        let bound = |value: f64| RangeBound { value, shown: format!("{value:.1}") };
        let (low, high) = (low.map(bound), high.map(bound));
        let shown = |bound: &Option<RangeBound>| bound.as_ref().map(|bound| bound.shown.clone());
        let flag =
            flag_of(&value.to_string(), shown(&low).as_deref(), shown(&high).as_deref()).unwrap_or(Flag::Unknown);
        let html = view! { <RangeBar value shown=value.to_string() unit="mmol/L" low high flag/> }.to_html();
        let words = html.split("</p>").next().unwrap_or_default().replace("<!>", "");
        words.split('<').filter_map(|part| part.split_once('>')).map(|(_, word)| word).collect()
    }

    #[test]
    fn the_words_say_what_the_bar_shows() {
        assert_eq!(text(4.4, Some(0.0), Some(3.0)), "4.4 mmol/L, above the range 0.0 to 3.0");
        assert_eq!(text(2.0, None, Some(3.0)), "2 mmol/L, in range up to 3.0");
        assert_eq!(text(-2.0, Some(3.0), None), "-2 mmol/L, below the range from 3.0");
        assert_eq!(text(4.4, None, None), "4.4 mmol/L, No range given");
    }
}
