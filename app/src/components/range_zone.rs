//! Where a value and its range stand on a bar: pure numbers in percent, for any input.

/// What a bar of a range shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RangeZone {
    /// The part that is in the range, in percent of the bar.
    pub from: f64,
    pub to: f64,
    pub value: Spot,
}

/// Where the value stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spot {
    /// In percent of the bar.
    At(f64),
    /// Further than the bar reaches.
    FarBelow,
    FarAbove,
}

impl RangeZone {
    /// `None` without a bound, or where a number is none.
    pub(super) fn of(value: f64, low: Option<f64>, high: Option<f64>) -> Option<Self> {
        if [Some(value), low, high].into_iter().flatten().any(|number| !number.is_finite()) {
            return None;
        }
        let (from, to, zero, hundred) = match (low, high) {
            (None, None) => return None,
            (Some(low), Some(high)) => {
                // A range typed the wrong way round is the same range.
                let (low, high) = (low.min(high), low.max(high));
                let room = room(high - low, high);
                // Nothing is less than nothing: a range from 0 starts at the edge.
                if low == 0.0 && value >= 0.0 {
                    (0.0, 65.0, low, high.max(room) + room * 35.0 / 65.0)
                } else {
                    (25.0, 75.0, low - room / 2.0, high + room / 2.0)
                }
            }
            (None, Some(high)) => {
                let room = room(high, high);
                (0.0, 65.0, high - room, high + room * 35.0 / 65.0)
            }
            (Some(low), None) => {
                let room = room(low, low);
                (35.0, 100.0, low - room, low + room * 65.0 / 35.0)
            }
        };
        // Both bounds may be so large that the bar has no length that can be counted in.
        let place = (value - zero) / (hundred - zero) * 100.0;
        let value = match place {
            place if place < 0.0 => Spot::FarBelow,
            place if place > 100.0 => Spot::FarAbove,
            place if place.is_finite() => Spot::At(place),
            _ => return None,
        };
        Some(Self { from, to, value })
    }
}

/// How much the bar shows beside a bound: as much as the range is wide, or as the bound is large.
fn room(width: f64, bound: f64) -> f64 {
    [width, bound].into_iter().map(f64::abs).find(|size| *size > 0.0).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_beside_its_range() {
        use Spot::{At, FarAbove, FarBelow};
        let cases = [
            (5.0, Some(4.0), Some(6.0), Some((25.0, 75.0, At(50.0)))),
            (3.0, Some(4.0), Some(6.0), Some((25.0, 75.0, At(0.0)))),
            (2.9, Some(4.0), Some(6.0), Some((25.0, 75.0, FarBelow))),
            (70.0, Some(4.0), Some(6.0), Some((25.0, 75.0, FarAbove))),
            (5.0, Some(6.0), Some(4.0), Some((25.0, 75.0, At(50.0)))),
            (1.0, Some(0.0), Some(2.0), Some((0.0, 65.0, At(32.5)))),
            (-1.0, Some(0.0), Some(2.0), Some((25.0, 75.0, At(0.0)))),
            (4.0, Some(4.0), Some(4.0), Some((25.0, 75.0, At(50.0)))),
            (0.0, Some(0.0), Some(0.0), Some((0.0, 65.0, At(0.0)))),
            (0.0, None, Some(3.0), Some((0.0, 65.0, At(0.0)))),
            (3.0, None, Some(3.0), Some((0.0, 65.0, At(65.0)))),
            (-9.0, None, Some(3.0), Some((0.0, 65.0, FarBelow))),
            (0.0, None, Some(0.0), Some((0.0, 65.0, At(65.0)))),
            (60.0, Some(60.0), None, Some((35.0, 100.0, At(35.0)))),
            (900.0, Some(60.0), None, Some((35.0, 100.0, FarAbove))),
            (0.0, Some(0.0), None, Some((35.0, 100.0, At(35.0)))),
            (-2.0, Some(-2.0), None, Some((35.0, 100.0, At(35.0)))),
            (5.0, None, None, None),
            (f64::NAN, Some(1.0), None, None),
            (1.0, Some(f64::INFINITY), None, None),
        ];
        for (value, low, high, expected) in cases {
            let zone = RangeZone::of(value, low, high);
            let found = zone.map(|zone| match zone.value {
                At(place) => (zone.from, zone.to, At((place * 1e6).round() / 1e6)),
                far => (zone.from, zone.to, far),
            });
            assert_eq!(found, expected, "{value} in {low:?} to {high:?}");
        }
    }

    #[test]
    fn no_number_breaks_the_bar() {
        let numbers = [0.0, -0.0, 1.0, -1.0, 1e-9, 5e-324, f64::MIN_POSITIVE, f64::MAX, f64::MIN, 4.4];
        let bounds = || numbers.into_iter().map(Some).chain([None]);
        for value in numbers {
            for low in bounds() {
                for high in bounds() {
                    if let Some(RangeZone { value: Spot::At(place), .. }) = RangeZone::of(value, low, high) {
                        assert!((0.0..=100.0).contains(&place), "{value} in {low:?} to {high:?}: {place}");
                    }
                }
            }
        }
    }
}
