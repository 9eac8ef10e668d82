//! Laboratory results: a value beside its range, and what the laboratory says of it.

use serde::{Deserialize, Serialize};

use super::{Amount, Bound, decimal, kind::words};

words! {
    /// Where a value lies.
    Flag {
        Normal = "normal", "in range";
        Low = "low", "below the range";
        High = "high", "above the range";
        /// Not as it should be, without a side: a finding in words, or what the laboratory marked.
        Abnormal = "abnormal", "not as expected";
        /// There is nothing to compare with, or it cannot be decided.
        Unknown = "unknown", "no range given";
    }
}

impl Flag {
    #[must_use]
    pub const fn is_out_of_range(self) -> bool {
        matches!(self, Self::Low | Self::High | Self::Abnormal)
    }
}

words! {
    /// What the laboratory says of a value, whatever its range says.
    Mark {
        Normal = "normal", "as expected";
        Low = "low", "low";
        High = "high", "high";
        Abnormal = "abnormal", "not as expected";
        CriticalLow = "critical_low", "critically low";
        CriticalHigh = "critical_high", "critically high";
        Critical = "critical", "critical";
    }
}

impl Mark {
    /// As laboratories print it behind a value: the abnormal flags of HL7 (table 0078), arrows and asterisks. A small "h" or
    /// "l" is a unit and no mark.
    #[must_use]
    pub fn of_sign(sign: &str) -> Option<Self> {
        let sign = sign.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
        Some(match sign {
            "N" | "normal" | "Normal" | "NORMAL" => Self::Normal,
            "L" | "L*" | "↓" | "low" | "Low" | "LOW" => Self::Low,
            "H" | "H*" | "↑" | "high" | "High" | "HIGH" => Self::High,
            "A" | "*" | "!" | "abnormal" | "Abnormal" | "ABNORMAL" => Self::Abnormal,
            "LL" | "CL" | "↓↓" => Self::CriticalLow,
            "HH" | "CH" | "↑↑" => Self::CriticalHigh,
            "AA" | "**" | "***" | "!!" | "critical" | "Critical" | "CRITICAL" => Self::Critical,
            _ => return None,
        })
    }

    #[must_use]
    pub const fn flag(self) -> Flag {
        match self {
            Self::Normal => Flag::Normal,
            Self::Low | Self::CriticalLow => Flag::Low,
            Self::High | Self::CriticalHigh => Flag::High,
            Self::Abnormal | Self::Critical => Flag::Abnormal,
        }
    }

    #[must_use]
    pub const fn is_critical(self) -> bool {
        matches!(self, Self::Critical | Self::CriticalLow | Self::CriticalHigh)
    }
}

/// One result, as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabValue {
    /// "LDL cholesterol"
    pub test: String,
    /// LOINC, when it is known: `22748-8`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// As it was reported: a number, "<0.01" or words.
    pub value: String,
    /// UCUM or as written by the laboratory: "mmol/L". Empty for findings in words.
    #[serde(default)]
    pub unit: String,
    /// The reference range; either end may be missing.
    #[serde(default)]
    pub low: Option<String>,
    #[serde(default)]
    pub high: Option<String>,
    /// Where it lies by its range and by what the laboratory says: out of range when either says so.
    pub flag: Flag,
    /// What the laboratory says, when it says something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    #[serde(default)]
    pub note: String,
}

impl LabValue {
    /// The value as a number, when it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        decimal(&self.value)
    }

    /// The value as a number or a limit, when it is one.
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        Amount::of(&self.value)
    }

    #[must_use]
    pub const fn has_range(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }

    /// "0.6–1.2 mmol/L", "−2 to 2 mmol/L", "up to 3.0 mmol/L", or nothing.
    #[must_use]
    pub fn range_label(&self) -> Option<String> {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        let shown = |end: &Option<String>| end.as_deref().map(with_minus);
        match (shown(&self.low), shown(&self.high)) {
            (Some(low), Some(high)) if low.starts_with(MINUS) || high.starts_with(MINUS) => {
                Some(format!("{low} to {high}{unit}"))
            }
            (Some(low), Some(high)) => Some(format!("{low}–{high}{unit}")),
            (None, Some(high)) => Some(format!("up to {high}{unit}")),
            (Some(low), None) => Some(format!("from {low}{unit}")),
            (None, None) => None,
        }
    }

    /// "4.4 mmol/L, above the range"
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}, {}", self.shown(), self.finding())
    }

    /// "4.4 mmol/L", "−3.1 mmol/L"
    #[must_use]
    pub fn shown(&self) -> String {
        let value = if self.amount().is_some() { with_minus(&self.value) } else { self.value.clone() };
        if self.unit.is_empty() { value } else { format!("{value} {}", self.unit) }
    }

    /// Where the range alone puts the value.
    #[must_use]
    pub fn by_range(&self) -> Option<Flag> {
        flag_of(&self.value, self.low.as_deref(), self.high.as_deref()).filter(|flag| *flag != Flag::Unknown)
    }
}

/// The minus sign, which is no hyphen.
const MINUS: char = '\u{2212}';

/// A number with the minus sign that belongs to it: "−2".
#[must_use]
pub fn with_minus(number: &str) -> String {
    number.replace('-', "\u{2212}")
}

/// Where a value lies by its range and by what the laboratory says. Out of range when either of them says so: nothing that
/// was marked becomes unmarked by a range that somebody typed.
#[must_use]
pub fn judged(value: &str, low: Option<&str>, high: Option<&str>, mark: Option<Mark>) -> Flag {
    let by_range = flag_of(value, low, high).unwrap_or(Flag::Unknown);
    let by_mark = mark.map_or(Flag::Unknown, Mark::flag);
    match (by_range, by_mark) {
        (Flag::Normal, said) if said.is_out_of_range() => said,
        (Flag::Unknown, said) => said,
        (found, _) => found,
    }
}

/// Where a value lies in its range, both ends included. `None` for a finding in words, and for a limit of the method that
/// may lie on either side of an end; `Unknown` without a range.
#[must_use]
pub fn flag_of(value: &str, low: Option<&str>, high: Option<&str>) -> Option<Flag> {
    let amount = Amount::of(value)?;
    let (low, high) = (low.and_then(decimal), high.and_then(decimal));
    if low.is_none() && high.is_none() {
        return Some(Flag::Unknown);
    }
    let number = amount.number;
    // What is counted or weighed is never less than nothing, unless its range or the limit itself says so.
    let is_never_negative = number >= 0.0 && low.is_none_or(|low| low >= 0.0) && high.is_none_or(|high| high >= 0.0);
    let is_below = low.is_some_and(|low| match amount.bound {
        Bound::Exactly | Bound::AtMost => number < low,
        Bound::Below => number <= low,
        Bound::Above | Bound::AtLeast => false,
    });
    let is_above = high.is_some_and(|high| match amount.bound {
        Bound::Exactly | Bound::AtLeast => number > high,
        Bound::Above => number >= high,
        Bound::Below | Bound::AtMost => false,
    });
    let is_from_low = match (low, amount.bound) {
        (None, _) => true,
        (Some(low), Bound::Below | Bound::AtMost) => low <= 0.0 && is_never_negative,
        (Some(low), _) => number >= low,
    };
    let is_to_high = match (high, amount.bound) {
        (None, _) => true,
        (Some(_), Bound::Above | Bound::AtLeast) => false,
        (Some(high), _) => number <= high,
    };
    match (is_below, is_above) {
        (true, _) => Some(Flag::Low),
        (_, true) => Some(Flag::High),
        _ => (is_from_low && is_to_high).then_some(Flag::Normal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("4.4", None, Some("3.0"), Some(Flag::High))]
    #[case("3.0", None, Some("3.0"), Some(Flag::Normal))]
    #[case("11", Some("15"), Some("150"), Some(Flag::Low))]
    #[case("15", Some("15"), Some("150"), Some(Flag::Normal))]
    #[case("5,1", Some("4.0"), Some("6.0"), Some(Flag::Normal))]
    #[case("9", Some("3.0"), None, Some(Flag::Normal))]
    #[case("2.9", Some("3.0"), Some("5.0"), Some(Flag::Low))]
    #[case("140.0000001", Some("135"), Some("140"), Some(Flag::High))]
    #[case("7", None, None, Some(Flag::Unknown))]
    #[case("negative", None, None, None)]
    #[case("1.50e3", None, Some("4"), Some(Flag::High))]
    #[case("−5", Some("−2"), Some("2"), Some(Flag::Low))]
    #[case("-1", Some("-2"), Some("2"), Some(Flag::Normal))]
    #[case("0", Some("0"), Some("0.04"), Some(Flag::Normal))]
    #[case(".5", Some("0,4"), Some("1"), Some(Flag::Normal))]
    #[case("<0.01", None, Some("0.04"), Some(Flag::Normal))]
    #[case("<0.01", Some("0"), Some("0.04"), Some(Flag::Normal))]
    #[case("≤0", Some("0"), Some("0.04"), Some(Flag::Normal))]
    #[case("<0.01", Some("0.4"), Some("4"), Some(Flag::Low))]
    #[case("< 0,4", Some("0.4"), Some("4"), Some(Flag::Low))]
    #[case("≤0.4", Some("0.4"), Some("4"), None)]
    #[case("<5", Some("10"), Some("20"), Some(Flag::Low))]
    #[case("<5", Some("0.4"), Some("4"), None)]
    #[case("<5", Some("0"), Some("4"), None)]
    #[case("<3", Some("-2"), Some("3"), None)]
    #[case("<-5", Some("-2"), Some("2"), Some(Flag::Low))]
    #[case(">1000", Some("30"), Some("400"), Some(Flag::High))]
    #[case("≥90", Some("60"), None, Some(Flag::Normal))]
    #[case(">= 90", Some("60"), None, Some(Flag::Normal))]
    #[case(">90", None, Some("80"), Some(Flag::High))]
    #[case(">90", None, Some("90"), Some(Flag::High))]
    #[case("≥90", None, Some("90"), None)]
    #[case(">90", Some("60"), Some("120"), None)]
    #[case(">5", Some("10"), None, None)]
    #[case("<5", None, None, Some(Flag::Unknown))]
    #[case("<little", None, Some("4"), None)]
    #[case("1,200", None, Some("4"), None)]
    #[case("inf", None, Some("4"), None)]
    fn a_value_is_compared_with_its_range(
        #[case] value: &str,
        #[case] low: Option<&str>,
        #[case] high: Option<&str>,
        #[case] expected: Option<Flag>,
    ) {
        assert_eq!(flag_of(value, low, high), expected);
    }

    #[rstest]
    #[case("4.4", None, Some(Mark::Abnormal), Flag::Abnormal)]
    #[case("4.4", None, Some(Mark::High), Flag::High)]
    #[case("4.4", None, Some(Mark::Normal), Flag::Normal)]
    #[case("4.4", None, None, Flag::Unknown)]
    #[case("4.4", Some("5"), Some(Mark::High), Flag::High)]
    #[case("4.4", Some("5"), Some(Mark::Critical), Flag::Abnormal)]
    #[case("4.4", Some("5"), None, Flag::Normal)]
    #[case("4.4", Some("3"), Some(Mark::Normal), Flag::High)]
    #[case("4.4", Some("3"), Some(Mark::Low), Flag::High)]
    #[case("<5", Some("3"), Some(Mark::Low), Flag::Low)]
    #[case("<5", Some("3"), None, Flag::Unknown)]
    #[case("positive", None, Some(Mark::Abnormal), Flag::Abnormal)]
    #[case("positive", Some("3"), None, Flag::Unknown)]
    fn what_the_laboratory_says_is_never_dropped(
        #[case] value: &str,
        #[case] high: Option<&str>,
        #[case] mark: Option<Mark>,
        #[case] expected: Flag,
    ) {
        assert_eq!(judged(value, None, high, mark), expected);
    }

    #[test]
    fn a_range_reads_as_people_write_it() {
        let value = |low: Option<&str>, high: Option<&str>| LabValue {
            test: "LDL cholesterol".into(),
            code: String::new(),
            value: "4.4".into(),
            unit: "mmol/L".into(),
            low: low.map(Into::into),
            high: high.map(Into::into),
            flag: Flag::High,
            mark: None,
            note: String::new(),
        };
        assert_eq!(value(Some("0.6"), Some("1.2")).range_label().unwrap(), "0.6–1.2 mmol/L");
        assert_eq!(value(None, Some("3.0")).range_label().unwrap(), "up to 3.0 mmol/L");
        assert_eq!(value(Some("-2"), Some("2")).range_label().unwrap(), "\u{2212}2 to 2 mmol/L");
        assert_eq!(value(Some("\u{2212}5"), Some("-2")).range_label().unwrap(), "\u{2212}5 to \u{2212}2 mmol/L");
        assert_eq!(value(Some("-2"), None).range_label().unwrap(), "from \u{2212}2 mmol/L");
        assert_eq!(value(None, Some("-2")).range_label().unwrap(), "up to \u{2212}2 mmol/L");
        assert_eq!(value(None, None).range_label(), None);
        assert_eq!(value(None, None).shown(), "4.4 mmol/L");
    }

    #[test]
    fn a_result_that_was_signed_without_a_mark_says_the_same_as_before() {
        let signed = r#"{"test":"LDL","value":"4.4","unit":"","low":null,"high":null,"flag":"high","note":""}"#;
        let value: LabValue = serde_json::from_str(signed).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), signed);
    }
}
