//! Whether somebody must act at once on a laboratory value, and whether that could be told at all.

use domain_types::records::{
    Amount, Critical, Flag, LabValue, Mark, amount_before_remark, decimal, flag_of, is_no_concentration, read_amount,
    unit_key, unit_scale,
};

use super::{
    critical_limits::Limits,
    critical_names::{Meant, Surely, may_be_creatinine, meant},
};

#[cfg(test)]
mod tests;

/// Units without which these are reported: nothing else is meant.
const NEEDS_NO_UNIT: [&str; 4] = ["potassium", "sodium", "inr", "ph"];

/// What of a finding in words is no number that somebody failed to read: test strips say so.
const FINDINGS: [&str; 14] = [
    "negative",
    "neg",
    "positive",
    "pos",
    "nil",
    "none",
    "trace",
    "normal",
    "absent",
    "present",
    "not detected",
    "detected",
    "+",
    "-",
];

/// What a table of limits says of a value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Compared {
    /// The limit that it lies beyond.
    pub critical: Option<Critical>,
    /// Why it was not compared, though its test has limits, or seems to.
    pub why_not: Option<String>,
}

/// Compares a value with the limits of its test. Says nothing of a test that has none.
pub(super) fn compared(value: &LabValue) -> Compared {
    if may_be_creatinine(&value.test).is_some_and(|limits| factor_of(limits, &value.unit).is_some()) {
        let why_not = format!("“{}” is not creatinine. Correct the name if creatinine is meant", value.test);
        return Compared { critical: None, why_not: Some(why_not) };
    }
    let Some(meant) = meant(&value.test) else { return Compared::default() };
    match against(&meant, value) {
        Outcome::Beyond(limit) => {
            let limit = match meant.surely {
                Surely::Yes => limit,
                Surely::Almost(name) | Surely::WithMore(name) => {
                    format!("{limit}, if {} is meant", name.replace('-', " "))
                }
            };
            Compared { critical: Some(Critical { limit, source: meant.limits.source.to_owned() }), why_not: None }
        }
        Outcome::Within | Outcome::Another => Compared::default(),
        // What was marked as critical by the laboratory needs no limits.
        Outcome::Unknown(_) | Outcome::WithinIfMeant(_) if value.mark.is_some_and(Mark::is_critical) => {
            Compared::default()
        }
        Outcome::Unknown(_) if matches!(meant.surely, Surely::WithMore(_)) => Compared::default(),
        Outcome::Unknown(why) => Compared { critical: None, why_not: Some(why) },
        Outcome::WithinIfMeant(name) => {
            let name = name.replace('-', " ");
            let why = format!("“{}” is not a known name. Correct it if {name} is meant", value.test);
            Compared { critical: None, why_not: Some(why) }
        }
    }
}

enum Outcome {
    /// By this limit.
    Beyond(String),
    Within,
    /// It is within the limits of the test that its name almost is.
    WithinIfMeant(&'static str),
    /// It is another test by its unit or by what was found.
    Another,
    /// Why it cannot be told.
    Unknown(String),
}

fn against(meant: &Meant, value: &LabValue) -> Outcome {
    let limits = meant.limits;
    let Some(reading) = Reading::of(&value.value) else {
        let words = value.value.trim().to_lowercase();
        if FINDINGS.contains(&words.as_str()) || words.chars().all(|c| c == '+') {
            return Outcome::Another;
        }
        return Outcome::Unknown(format!("“{}” is not one number", value.value.trim()));
    };
    let within = || match meant.surely {
        Surely::Almost(name) => Outcome::WithinIfMeant(name),
        _ if reading.may_be_another => Outcome::Unknown(format!("“{}” is not one number", value.value.trim())),
        _ => Outcome::Within,
    };
    if limits.is_above_range {
        return match flag_of(&reading.plain, value.low.as_deref(), value.high.as_deref()) {
            Some(Flag::High) => Outcome::Beyond("above the range of the test".to_owned()),
            Some(Flag::Normal | Flag::Low) => within(),
            _ if value.has_range() => Outcome::Unknown(may_lie_beyond(&reading)),
            _ => Outcome::Unknown("the laboratory gave no range".to_owned()),
        };
    }
    let unit = [&value.unit, &reading.unit, &meant.unit].into_iter().find(|unit| !unit.trim().is_empty());
    let factors = match unit {
        Some(unit) => match factor_of(limits, unit) {
            Some(factor) => vec![factor],
            None => return other_unit(meant, unit),
        },
        None => possible_factors(limits, value),
    };
    let found: Vec<Option<Side>> = factors.iter().map(|factor| side(limits, reading.amount, *factor)).collect();
    if let Some(Some(Side::Beyond(limit))) = found.first()
        && found.iter().all(|one| matches!(one, Some(Side::Beyond(_))))
    {
        return Outcome::Beyond(limit.clone());
    }
    if found.iter().any(|one| matches!(one, Some(Side::Beyond(_)))) {
        return Outcome::Unknown("the unit is missing".to_owned());
    }
    if found.iter().any(Option::is_none) {
        return Outcome::Unknown(may_lie_beyond(&reading));
    }
    if !value.unit.is_empty() && !meant.unit.is_empty() && unit_key(&value.unit) != unit_key(&meant.unit) {
        return Outcome::Unknown(format!("the name says {}, and the unit {}", meant.unit, value.unit));
    }
    within()
}

/// "“>5” may lie beyond them"
fn may_lie_beyond(reading: &Reading) -> String {
    format!("“{}” may lie beyond them", reading.plain)
}

/// What a unit says that the limits cannot be written in.
fn other_unit(meant: &Meant, unit: &str) -> Outcome {
    if is_no_concentration(unit) || meant.surely != Surely::Yes {
        return Outcome::Another;
    }
    let unit = unit.trim();
    match (unit_scale(unit), meant.limits.unit) {
        (Some(_), limit) if !limit.is_empty() => {
            Outcome::Unknown(format!("the limits are in {limit}, and the result is in {unit}"))
        }
        _ => Outcome::Unknown(format!("the unit “{unit}” is not known")),
    }
}

/// What was written as a result, as far as it begins with a number.
struct Reading {
    amount: Amount,
    /// With a point and its sign: ">6.9".
    plain: String,
    unit: String,
    /// Whether digits follow in a remark, which may be the number that counts.
    may_be_another: bool,
}

impl Reading {
    fn of(value: &str) -> Option<Self> {
        let (written, may_be_another) = match read_amount(value) {
            Ok(written) => (written, false),
            Err(_) => amount_before_remark(value)?,
        };
        Some(Self { amount: written.amount, plain: written.plain, unit: written.unit, may_be_another })
    }
}

/// How much one of a unit is in the unit of the limits: a factor, and a power of ten, by which nothing is rounded.
type Factor = (f64, i32);

/// The factor of a unit: by the table, or from one of the table that differs by a power of ten.
fn factor_of(limits: &Limits, unit: &str) -> Option<Factor> {
    let key = unit_key(unit);
    if let Some((_, factor)) = limits.units.iter().find(|(known, _)| *known == key) {
        return Some((*factor, 0));
    }
    let (of, power) = unit_scale(unit)?;
    limits.units.iter().find_map(|(known, factor)| {
        let (known_of, known_power) = unit_scale(known)?;
        (known_of == of).then_some((*factor, power - known_power))
    })
}

/// The factors of the units that can be meant where none is written: the one in which the reported range lies between the
/// limits, else all.
fn possible_factors(limits: &Limits, value: &LabValue) -> Vec<Factor> {
    let is_clear = limits.names.iter().any(|name| NEEDS_NO_UNIT.contains(name));
    if is_clear || limits.units.iter().any(|(known, _)| known.is_empty()) {
        return vec![(1.0, 0)];
    }
    let ends: Vec<f64> = [&value.low, &value.high].into_iter().flatten().filter_map(|end| decimal(end)).collect();
    let fits = |factor: f64| {
        let is_between = |end: &f64| {
            let end = end * factor;
            limits.low.is_none_or(|low| end > low) && limits.high.is_none_or(|high| end < high)
        };
        !ends.is_empty() && ends.iter().all(is_between)
    };
    let all = || limits.units.iter().map(|(_, factor)| *factor);
    let mut fitting: Vec<f64> = all().filter(|factor| fits(*factor)).collect();
    if fitting.is_empty() {
        fitting = all().collect();
    }
    fitting.dedup();
    fitting.into_iter().map(|factor| (factor, 0)).collect()
}

enum Side {
    Beyond(String),
    Within,
}

/// Where an amount lies. `None` for a limit of the method that may lie on either side.
fn side(limits: &Limits, amount: Amount, (factor, power): Factor) -> Option<Side> {
    let scaled = amount.number * factor;
    let number = if power < 0 { scaled / 10_f64.powi(-power) } else { scaled * 10_f64.powi(power) };
    let shown =
        |limit: f64| if limits.unit.is_empty() { limit.to_string() } else { format!("{limit} {}", limits.unit) };
    let (is_lower, is_upper) = (amount.bound.is_lower(), amount.bound.is_upper());
    // A limit of the method counts when all that it can mean is beyond.
    match (limits.low, limits.high) {
        (Some(low), _) if !is_lower && number <= low => Some(Side::Beyond(format!("{} or less", shown(low)))),
        (_, Some(high)) if !is_upper && number >= high => Some(Side::Beyond(format!("{} or more", shown(high)))),
        (Some(_), _) if is_upper => None,
        (_, Some(_)) if is_lower => None,
        _ => Some(Side::Within),
    }
}
