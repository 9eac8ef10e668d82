//! Where things stand in a chart: pure numbers, for any input. Nothing here divides by zero: equal values get room
//! around them, and what is not a number is left out.
//!
//! Across, charts measure in percent, for they are as wide as their place; down and for words, in pixels.

use std::fmt::Write;

/// The width that words must fit in: a card on a phone of 360 px. In wider places they only get more room.
pub(super) const NARROW: f64 = 286.0;
/// Larger numbers are drawn at this edge, and smaller parts of one as nothing.
const LARGEST: f64 = 1e9;
const SMALLEST: f64 = 1e-9;

/// The numbers from the bottom of a chart to its top, in steps of 1, 2 or 5 and zeros.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    step: f64,
    /// In steps, and so is `last`, which is larger.
    first: i64,
    last: i64,
}

impl Scale {
    /// The smallest scale of round steps that holds all of these.
    pub(super) fn covering(numbers: impl IntoIterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for number in numbers.into_iter().filter(|number| number.is_finite()).map(drawable) {
            (low, high) = (low.min(number), high.max(number));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let size = low.abs().max(high.abs());
        if high - low <= size * 1e-6 {
            let room = if size > 0.0 { size * 0.1 } else { 1.0 };
            // What is counted or weighed is never less than nothing.
            low = if low < 0.0 { low - room } else { (low - room).max(0.0) };
            high += room;
        }
        let step = round_step((high - low) / 4.0);
        // A little more than the whole number, because 0.3 / 0.1 is a little less than 3.
        let (first, last) = ((low / step + 1e-6).floor() as i64, (high / step - 1e-6).ceil() as i64);
        Self { step, first, last: last.max(first + 1) }
    }

    /// The numbers at the lines across, from the bottom, and how they are written.
    pub(super) fn ticks(self) -> Vec<(f64, String)> {
        let decimals = (-(self.step.log10() + 1e-6).floor()).max(0.0) as usize;
        let tick = |index: i64| {
            let number = index as f64 * self.step;
            (number, format!("{number:.decimals$}").replace('-', "\u{2212}"))
        };
        (self.first..=self.last).map(tick).collect()
    }

    /// How far up a number stands: 0 at the bottom, 1 at the top, and never outside.
    pub(super) fn share(self, number: f64) -> f64 {
        let (bottom, height) = (self.first as f64 * self.step, (self.last - self.first) as f64 * self.step);
        ((drawable(number) - bottom) / height).clamp(0.0, 1.0)
    }
}

fn drawable(number: f64) -> f64 {
    if number.abs() < SMALLEST { 0.0 } else { number.clamp(-LARGEST, LARGEST) }
}

/// The next of 1, 2, 5, 10, 20… above, or below one of 0.5, 0.2, 0.1…
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.max(SMALLEST * 1e-6).log10().floor());
    let factor = match least / power {
        part if part <= 1.0 + 1e-6 => 1.0,
        part if part <= 2.0 + 1e-6 => 2.0,
        part if part <= 5.0 + 1e-6 => 5.0,
        _ => 10.0,
    };
    factor * power
}

/// How far along a time stands between two others: 0 at the first, 1 at the last, the middle where they are the same.
pub(super) fn along(at: i64, first: i64, last: i64) -> f64 {
    if last <= first {
        return 0.5;
    }
    ((at as f64 - first as f64) / (last as f64 - first as f64)).clamp(0.0, 1.0)
}

/// The whole width, in which [`spread`] gives places.
const WIDE: i64 = 1_000_000;

/// Times in their order, each with its place across: as far apart as they are, but never so close that two points stand above
/// each other.
pub(super) fn spread(times: &[i64]) -> Vec<(i64, i64)> {
    let (Some(&first), Some(&last)) = (times.first(), times.last()) else { return Vec::new() };
    let steps = times.len() - 1;
    let least = (0.045_f64).min(0.7 / steps.max(1) as f64);
    let mut places: Vec<f64> = times.iter().map(|&at| if steps == 0 { 0.5 } else { along(at, first, last) }).collect();
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + least);
    }
    // What was pushed beyond the end goes back.
    let mut most = 1.0;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - least;
    }
    times.iter().copied().zip(places).map(|(at, place)| (at, (place * WIDE as f64).round() as i64)).collect()
}

/// A line through points, as the `d` of a path. Nothing for fewer than two.
pub(super) fn line_through(points: &[(f64, f64)]) -> Option<String> {
    let mut path = String::new();
    for (x, y) in points {
        // Writing to a String cannot fail.
        let _ = write!(path, "{}{x:.2} {y:.2}", if path.is_empty() { 'M' } else { 'L' });
    }
    (points.len() > 1).then_some(path)
}

/// Moves two words that stand at these heights apart, each as little as the other, and keeps both inside.
pub(super) fn apart(one: f64, other: f64, gap: f64, top: f64, bottom: f64) -> (f64, f64) {
    if (one - other).abs() >= gap {
        return (one, other);
    }
    let middle = f64::midpoint(one, other).min(bottom - gap / 2.0).max(top + gap / 2.0);
    let half = if one <= other { gap / 2.0 } else { -gap / 2.0 };
    (middle - half, middle + half)
}

/// About how wide a word of 12 px is.
pub(super) fn width(word: &str) -> f64 {
    word.chars().count() as f64 * 7.0
}

/// Where a word stands under a point so that it is not cut off at the edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Under {
    /// In percent.
    pub x: f64,
    /// Which part of the word is there: `text-anchor`.
    pub anchor: &'static str,
    /// In pixels of the narrowest chart.
    pub from: f64,
    pub to: f64,
}

impl Under {
    pub(super) fn point(percent: f64, word: &str) -> Self {
        let (middle, width) = (percent / 100.0 * NARROW, width(word));
        let (from, to) = (middle - width / 2.0, middle + width / 2.0);
        if from < 0.0 {
            Self { x: 0.0, anchor: "start", from: 0.0, to: width }
        } else if to > NARROW {
            Self { x: 100.0, anchor: "end", from: NARROW - width, to: NARROW }
        } else {
            Self { x: percent, anchor: "middle", from, to }
        }
    }

    /// Whether two words have room beside each other.
    pub(super) fn is_clear_of(self, other: Self) -> bool {
        self.to + 10.0 <= other.from || other.to + 10.0 <= self.from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(numbers: &[f64]) -> Vec<String> {
        Scale::covering(numbers.iter().copied()).ticks().into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn ticks_are_round() {
        let cases: &[(&[f64], &[&str])] = &[
            (&[118.0, 142.0], &["110", "120", "130", "140", "150"]),
            (&[0.0, 3.0, 4.4], &["0", "2", "4", "6"]),
            (&[0.1, 0.3], &["0.10", "0.15", "0.20", "0.25", "0.30"]),
            (&[0.0004, 0.0011], &["0.0004", "0.0006", "0.0008", "0.0010", "0.0012"]),
            (&[-4.0, 1.5], &["\u{2212}4", "\u{2212}2", "0", "2"]),
            (&[5.0], &["4.5", "5.0", "5.5"]),
            (&[7.0, 7.0], &["6.0", "6.5", "7.0", "7.5", "8.0"]),
            (&[0.0, 0.0], &["0.0", "0.5", "1.0"]),
            (&[-5.0], &["\u{2212}5.5", "\u{2212}5.0", "\u{2212}4.5"]),
            (&[], &["0.0", "0.5", "1.0"]),
            (&[f64::NAN, f64::INFINITY], &["0.0", "0.5", "1.0"]),
        ];
        for (numbers, expected) in cases {
            assert_eq!(&written(numbers), expected, "{numbers:?}");
        }
    }

    #[test]
    fn every_pair_of_numbers_has_a_scale_that_holds_it() {
        let mut numbers = vec![0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::EPSILON, 5e-324, f64::NAN];
        numbers.extend((-12..=12).flat_map(|power| [1.0, 2.5, 9.99, -3.3].map(|part| part * 10_f64.powi(power))));
        for one in numbers.iter().copied() {
            for other in numbers.iter().copied() {
                let scale = Scale::covering([one, other]);
                let ticks = scale.ticks();
                assert!((2..=7).contains(&ticks.len()), "{one} {other}: {ticks:?}");
                assert!(ticks.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1), "{ticks:?}");
                for number in [one, other].into_iter().filter(|number| number.is_finite()) {
                    let (least, most) = (ticks[0].0, ticks[ticks.len() - 1].0);
                    let slack = (most - least) * 1e-5;
                    assert!((least - slack..=most + slack).contains(&drawable(number)), "{number}: {ticks:?}");
                    assert!((0.0..=1.0).contains(&scale.share(number)), "{number}");
                }
            }
        }
    }

    #[test]
    fn times_keep_their_distance() {
        assert_eq!([0, 5, 10].map(|at| along(at, 0, 10)), [0.0, 0.5, 1.0]);
        assert_eq!(along(3, 3, 3), 0.5);
        assert_eq!([i64::MIN, i64::MAX].map(|at| along(at, i64::MIN, i64::MAX)), [0.0, 1.0]);
    }

    #[test]
    fn times_that_are_close_get_room_and_keep_their_order() {
        assert_eq!(spread(&[]), []);
        assert_eq!(spread(&[7]), [(7, 500_000)]);
        assert_eq!(spread(&[0, 50, 100]), [(0, 0), (50, 500_000), (100, 1_000_000)]);
        assert_eq!(spread(&[0, 999, 1000]), [(0, 0), (999, 955_000), (1000, 1_000_000)]);
        for times in [vec![0, 1, 2, 3, 4, 1_000_000], (0..200).collect(), vec![i64::MIN, 0, 1, 2, i64::MAX]] {
            let places = spread(&times);
            assert!(places.windows(2).all(|pair| pair[0].1 < pair[1].1), "{places:?}");
            assert!(places.iter().all(|(_, place)| (0..=WIDE).contains(place)), "{places:?}");
        }
    }

    #[test]
    fn a_line_needs_two_points() {
        assert_eq!(line_through(&[]), None);
        assert_eq!(line_through(&[(1.0, 2.0)]), None);
        assert_eq!(line_through(&[(1.0, 2.0), (3.456, 4.0)]).as_deref(), Some("M1.00 2.00L3.46 4.00"));
    }

    #[test]
    fn words_do_not_meet() {
        assert_eq!(apart(10.0, 40.0, 16.0, 0.0, 100.0), (10.0, 40.0));
        assert_eq!(apart(50.0, 52.0, 16.0, 0.0, 100.0), (43.0, 59.0));
        assert_eq!(apart(52.0, 50.0, 16.0, 0.0, 100.0), (59.0, 43.0));
        assert_eq!(apart(0.0, 0.0, 16.0, 0.0, 100.0), (0.0, 16.0));
        assert_eq!(apart(100.0, 100.0, 16.0, 0.0, 100.0), (84.0, 100.0));
        let (first, last) = (Under::point(4.0, "1 Dec 2025"), Under::point(96.0, "3 Dec 2025"));
        assert_eq!((first.anchor, last.anchor), ("start", "end"));
        assert!(first.is_clear_of(last) && !first.is_clear_of(Under::point(25.0, "2 Dec 2025")));
    }
}
