//! Laboratory results: a value beside its range.

use serde::{Deserialize, Serialize};

use super::kind::words;

words! {
    /// Where a value lies.
    Flag {
        Normal = "normal", "in range";
        Low = "low", "below the range";
        High = "high", "above the range";
        /// A finding in words that is not as it should be.
        Abnormal = "abnormal", "not as expected";
        /// There is no range to compare with.
        Unknown = "unknown", "no range given";
    }
}

impl Flag {
    #[must_use]
    pub const fn is_out_of_range(self) -> bool {
        matches!(self, Self::Low | Self::High | Self::Abnormal)
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
    pub flag: Flag,
    #[serde(default)]
    pub note: String,
}

impl LabValue {
    /// The value as a number, when it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        decimal(&self.value)
    }

    /// "0.6–1.2 mmol/L", "up to 3.0 mmol/L", or nothing.
    #[must_use]
    pub fn range_label(&self) -> Option<String> {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        match (&self.low, &self.high) {
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

    /// "above the range"; "as expected" for what is as it should be and has no range.
    #[must_use]
    pub fn finding(&self) -> &'static str {
        match self.flag {
            Flag::Normal if self.low.is_none() && self.high.is_none() => "as expected",
            Flag::Unknown if self.low.is_some() || self.high.is_some() => "not compared with the range",
            flag => flag.label(),
        }
    }

    /// "4.4 mmol/L"
    #[must_use]
    pub fn shown(&self) -> String {
        if self.unit.is_empty() { self.value.clone() } else { format!("{} {}", self.value, self.unit) }
    }
}

/// A plain decimal number, with a point or a comma; anything else is words.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    let plain = !text.is_empty()
        && text.len() <= 20
        && text.trim_start_matches(['-', '+']).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

/// Where a value lies in its range, both ends included. `None` for a finding in words, which says so itself, and for a
/// limit of the method that may lie on either side of an end.
#[must_use]
pub fn flag_of(value: &str, low: Option<&str>, high: Option<&str>) -> Option<Flag> {
    let (low, high) = (low.and_then(decimal), high.and_then(decimal));
    let Some(value) = decimal(value) else { return flag_of_limit(value, low, high) };
    Some(match (low, high) {
        (Some(low), _) if value < low => Flag::Low,
        (_, Some(high)) if value > high => Flag::High,
        (None, None) => Flag::Unknown,
        _ => Flag::Normal,
    })
}

/// The same for "<0.01" and ">90": all that is known is on which side of a limit the value lies.
fn flag_of_limit(value: &str, low: Option<f64>, high: Option<f64>) -> Option<Flag> {
    let value = value.trim();
    if let Some(most) = value.strip_prefix('<').and_then(decimal) {
        return match (low, high) {
            (Some(low), _) => (most <= low).then_some(Flag::Low),
            (None, Some(high)) => (most <= high).then_some(Flag::Normal),
            (None, None) => Some(Flag::Unknown),
        };
    }
    let least = value.strip_prefix('>').and_then(decimal)?;
    match (low, high) {
        (_, Some(high)) => (least >= high).then_some(Flag::High),
        (Some(low), None) => (least >= low).then_some(Flag::Normal),
        (None, None) => Some(Flag::Unknown),
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
    #[case("5.0", Some("3.0"), Some("5.0"), Some(Flag::Normal))]
    #[case("7", None, None, Some(Flag::Unknown))]
    #[case("negative", None, None, None)]
    #[case("<0.01", None, Some("0.04"), Some(Flag::Normal))]
    #[case("<0.01", Some("0.4"), Some("4"), Some(Flag::Low))]
    #[case("< 0,4", Some("0.4"), Some("4"), Some(Flag::Low))]
    #[case("<5", Some("0.4"), Some("4"), None)]
    #[case(">90", Some("60"), None, Some(Flag::Normal))]
    #[case(">90", None, Some("80"), Some(Flag::High))]
    #[case(">90", Some("60"), Some("120"), None)]
    #[case("<5", None, None, Some(Flag::Unknown))]
    #[case("<little", None, Some("4"), None)]
    #[case("1e3", None, Some("4"), None)]
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
    #[case(Flag::High, Some("3.0"), "above the range")]
    #[case(Flag::Normal, Some("3.0"), "in range")]
    #[case(Flag::Normal, None, "as expected")]
    #[case(Flag::Unknown, Some("3.0"), "not compared with the range")]
    #[case(Flag::Unknown, None, "no range given")]
    fn a_finding_speaks_of_a_range_where_there_is_one(
        #[case] flag: Flag,
        #[case] high: Option<&str>,
        #[case] said: &str,
    ) {
        let value = LabValue {
            test: "LDL".into(),
            code: String::new(),
            value: "4.4".into(),
            unit: "mmol/L".into(),
            low: None,
            high: high.map(str::to_owned),
            flag,
            note: String::new(),
        };
        assert_eq!(value.finding(), said);
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
            note: String::new(),
        };
        assert_eq!(value(Some("0.6"), Some("1.2")).range_label().unwrap(), "0.6–1.2 mmol/L");
        assert_eq!(value(None, Some("3.0")).range_label().unwrap(), "up to 3.0 mmol/L");
        assert_eq!(value(None, None).range_label(), None);
        assert_eq!(value(None, None).shown(), "4.4 mmol/L");
    }
}
