//! How far a result is out of its range, and the one set of words for it: on pages, on paper and in lists.

use serde::{Deserialize, Serialize};

use super::{Bound, Flag, LabResultView, LabValue, Mark, decimal, kind::words};

words! {
    /// How much a result asks for, the most urgent first.
    Level {
        /// Beyond a limit at which somebody must act at once.
        Critical = "critical", "Critical";
        Far = "far", "Far out of the range";
        Out = "out", "Not as expected";
        Slight = "slight", "Slightly out of the range";
        /// It cannot be said.
        Open = "open", "Not compared";
        Fine = "fine", "As expected";
    }
}

impl Level {
    #[must_use]
    pub const fn is_out_of_range(self) -> bool {
        matches!(self, Self::Critical | Self::Far | Self::Out | Self::Slight)
    }

    /// The most urgent level of some results; `Fine` of none.
    #[must_use]
    pub fn worst(results: &[LabResultView]) -> Self {
        results.iter().map(LabResultView::level).min_by_key(|level| level.rank()).unwrap_or(Self::Fine)
    }

    /// The most urgent has the smallest number.
    #[must_use]
    pub const fn rank(self) -> u8 {
        self as u8
    }
}

/// What a patient should do about a result, in the same words on the page and on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Of what is urgent.
    pub title: Option<&'static str>,
    pub words: &'static str,
    /// What follows the clinic's number, where that is to be called.
    pub after_phone: Option<&'static str>,
}

impl Advice {
    /// The sentences with the clinic's number in them.
    #[must_use]
    pub fn with_phone(&self, phone: &str) -> String {
        let title = self.title.map(|title| format!("{title}. ")).unwrap_or_default();
        match self.after_phone {
            Some(after) => format!("{title}{}{phone}{after}", self.words),
            None => format!("{title}{}", self.words),
        }
    }
}

impl Level {
    /// What a patient should do. Nothing where nothing is out of the ordinary.
    #[must_use]
    pub const fn advice(self) -> Option<Advice> {
        let (title, words, after_phone) = match self {
            Self::Critical => (
                Some("A critical result needs attention now"),
                "Call the clinic now on ",
                Some(
                    ", unless a doctor has already talked to you about it. If the clinic is closed or you feel unwell, call your local emergency number.",
                ),
            ),
            Self::Far => (
                None,
                "A value far out of its range should be looked at soon. If you have not heard from your doctor about it, call the clinic on ",
                Some("."),
            ),
            Self::Out => (
                None,
                "A result that is not as expected does not tell what causes it. Ask your doctor what it means for you, or call the clinic on ",
                Some("."),
            ),
            Self::Slight => (
                None,
                "A value slightly out of its range is common and often harmless. Your doctor looks at the whole picture: ask at your next appointment.",
                None,
            ),
            Self::Open | Self::Fine => return None,
        };
        Some(Advice { title, words, after_phone })
    }
}

/// So much beyond an end is "slightly", by the width of the range or the size of the end.
const SLIGHT: f64 = 0.2;
/// So much above an end is "far": the range once more, or twice the end.
const FAR_ABOVE: f64 = 1.0;
/// So much below an end is "far": half of the end is gone, or half of the range.
const FAR_BELOW: f64 = 0.5;

impl LabValue {
    /// How far it is out, but for what only a table of limits can say: see [`LabResultView::level`].
    #[must_use]
    pub fn level(&self) -> Level {
        if self.mark.is_some_and(Mark::is_critical) {
            return Level::Critical;
        }
        match self.flag {
            Flag::Normal => Level::Fine,
            Flag::Unknown => Level::Open,
            Flag::Low | Flag::High | Flag::Abnormal => self.distance(),
        }
    }

    fn distance(&self) -> Level {
        let bound = |bound: &Option<String>| bound.as_deref().and_then(decimal);
        let (low, high) = (bound(&self.low), bound(&self.high));
        let (Some(amount), Some(side)) = (self.amount(), self.by_range()) else { return Level::Out };
        let (end, far) = match side {
            Flag::Low => (low, FAR_BELOW),
            Flag::High => (high, FAR_ABOVE),
            // In the range, and marked by the laboratory all the same.
            _ => return Level::Out,
        };
        let Some(end) = end else { return Level::Out };
        let away = (amount.number - end).abs();
        let width = low.zip(high).map(|(low, high)| high - low);
        let sizes = [width, Some(end.abs())].into_iter().flatten().filter(|size| *size > 0.0);
        let Some(share) = sizes.map(|size| away / size).reduce(f64::max) else { return Level::Out };
        match share {
            share if share > far => Level::Far,
            // How much further a limit of the method is from the range, nobody knows.
            share if share <= SLIGHT && amount.bound == Bound::Exactly => Level::Slight,
            _ => Level::Out,
        }
    }

    /// "above the range", "slightly below the range"; "as expected" for what is as it should be and has no range. Says both
    /// where range and laboratory do not agree.
    #[must_use]
    pub fn finding(&self) -> String {
        let by_range = self.by_range();
        let distance = if self.flag.is_out_of_range() { self.distance() } else { self.level() };
        let graded = |flag: Flag| match distance {
            Level::Slight => format!("slightly {}", flag.label()),
            Level::Far => format!("far {}", flag.label()),
            _ => flag.label().to_owned(),
        };
        let Some(found) = by_range else { return self.unranged() };
        match self.mark {
            None => graded(found),
            Some(mark) if mark.flag() == found => graded(found),
            // A mark without a side says the same as a side.
            Some(mark) if mark.flag() == Flag::Abnormal && found.is_out_of_range() => graded(found),
            Some(mark) => format!("{}, but marked {} by the laboratory", graded(found), mark.label()),
        }
    }

    /// The finding of a value that is called critical already.
    fn beside_critical(&self) -> String {
        let by_laboratory = self.mark.filter(|mark| mark.is_critical());
        let side = match by_laboratory {
            Some(Mark::CriticalHigh) => "high",
            Some(Mark::CriticalLow) => "low",
            _ => "",
        };
        match (by_laboratory, self.by_range()) {
            (None, None) if self.flag == Flag::Unknown => String::new(),
            (Some(_), None) if self.amount().is_none() => side.to_owned(),
            (Some(_), None) => by_laboratory_words(side),
            (Some(mark), Some(found)) if mark.flag() != found && (side.is_empty() && found.is_out_of_range()) => {
                self.finding()
            }
            (Some(mark), Some(found)) if mark.flag() != found => {
                format!("{}, but {}", found.label(), by_laboratory_words(side))
            }
            _ => self.finding(),
        }
    }

    /// What is said where no range decides.
    fn unranged(&self) -> String {
        match (self.flag, self.mark) {
            (Flag::Unknown, _) if self.has_range() => "cannot be compared with the range".to_owned(),
            (Flag::Unknown, _) => Flag::Unknown.label().to_owned(),
            (_, Some(mark)) if self.amount().is_some() => format!("marked {} by the laboratory", mark.label()),
            (_, Some(mark)) => mark.label().to_owned(),
            (Flag::Normal, None) if !self.has_range() => "as expected".to_owned(),
            (flag, None) => flag.label().to_owned(),
        }
    }
}

impl LabResultView {
    /// How much it asks for.
    #[must_use]
    pub fn level(&self) -> Level {
        if self.critical.is_some() { Level::Critical } else { self.value.level() }
    }

    /// The status in words, the same on pages and on paper: "Above the range", "Critical: far above the range".
    #[must_use]
    pub fn status(&self) -> String {
        capitalised(&self.standing())
    }

    /// "6.9 mmol/L, critical: far above the range"
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}, {}", self.value.shown(), self.standing())
    }

    /// The finding, and before it that it is critical. That is said once, and what is critical has been compared.
    fn standing(&self) -> String {
        if self.level() != Level::Critical {
            return self.value.finding();
        }
        match self.value.beside_critical() {
            finding if finding.is_empty() => "critical".to_owned(),
            finding => format!("critical: {finding}"),
        }
    }

    /// The limit beyond which it is critical, and who says so: "Critical limit: 6 mmol/L or more. Kost, JAMA 1990."
    #[must_use]
    pub fn critical_limit(&self) -> Option<String> {
        self.critical.as_ref().map(|critical| format!("Critical limit: {}. {}.", critical.limit, critical.source))
    }
}

/// "marked high by the laboratory"
fn by_laboratory_words(side: &str) -> String {
    if side.is_empty() { "flagged by the laboratory".to_owned() } else { format!("marked {side} by the laboratory") }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Critical, judged},
        *,
    };
    use crate::{LabResultId, RecordId};
    use rstest::rstest;

    fn value(value: &str, low: &str, high: &str, mark: Option<Mark>) -> LabValue {
        let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (low, high) = (bound(low), bound(high));
        LabValue {
            test: "Test".into(),
            code: String::new(),
            value: value.into(),
            unit: String::new(),
            flag: judged(value, low.as_deref(), high.as_deref(), mark),
            low,
            high,
            mark,
            note: String::new(),
        }
    }

    #[rstest]
    #[case("140.0000001", "135", "140", Level::Slight)]
    #[case("5.4", "3.5", "5.1", Level::Slight)]
    #[case("6.0", "3.5", "5.1", Level::Out)]
    #[case("6.9", "3.5", "5.1", Level::Far)]
    #[case("0.64", "", "0.04", Level::Far)]
    #[case("0.1", "0.4", "4.0", Level::Far)]
    #[case("119", "120", "160", Level::Slight)]
    #[case("100", "120", "160", Level::Out)]
    #[case("60", "120", "160", Level::Far)]
    #[case("25", "90", "", Level::Far)]
    #[case("3", "0", "0", Level::Out)]
    #[case(">1000", "30", "400", Level::Far)]
    #[case(">401", "30", "400", Level::Out)]
    #[case("4", "3.5", "5.1", Level::Fine)]
    #[case("4", "", "", Level::Open)]
    #[case("<5", "0.4", "4", Level::Open)]
    fn how_far_a_value_is_out_is_told_by_its_range(
        #[case] text: &str,
        #[case] low: &str,
        #[case] high: &str,
        #[case] level: Level,
    ) {
        assert_eq!(value(text, low, high, None).level(), level);
    }

    #[rstest]
    #[case("4.4", "", "3.0", None, "above the range")]
    #[case("3.1", "", "3.0", None, "slightly above the range")]
    #[case("9", "", "3.0", None, "far above the range")]
    #[case("2.0", "", "3.0", None, "in range")]
    #[case("4.4", "", "", None, "no range given")]
    #[case("4.4", "", "", Some(Mark::Abnormal), "marked not as expected by the laboratory")]
    #[case("4.4", "", "", Some(Mark::High), "marked high by the laboratory")]
    #[case("4.4", "", "", Some(Mark::Normal), "marked as expected by the laboratory")]
    #[case("2.0", "", "3.0", Some(Mark::High), "in range, but marked high by the laboratory")]
    #[case("4.4", "", "3.0", Some(Mark::Normal), "above the range, but marked as expected by the laboratory")]
    #[case("4.4", "", "3.0", Some(Mark::Low), "above the range, but marked low by the laboratory")]
    #[case("4.4", "", "3.0", Some(Mark::High), "above the range")]
    #[case("4.4", "", "3.0", Some(Mark::Abnormal), "above the range")]
    #[case("<5", "0.4", "4", None, "cannot be compared with the range")]
    #[case("<5", "0.4", "4", Some(Mark::Low), "marked low by the laboratory")]
    #[case("No growth", "", "", Some(Mark::Normal), "as expected")]
    #[case("E. coli", "", "", Some(Mark::Abnormal), "not as expected")]
    #[case("haemolysed", "3.5", "5.1", None, "cannot be compared with the range")]
    fn a_finding_says_what_range_and_laboratory_say(
        #[case] text: &str,
        #[case] low: &str,
        #[case] high: &str,
        #[case] mark: Option<Mark>,
        #[case] said: &str,
    ) {
        assert_eq!(value(text, low, high, mark).finding(), said);
    }

    #[rstest]
    #[case("Sepsis", "", "", Some(Mark::Critical), false, "Critical")]
    #[case("Sepsis", "", "", Some(Mark::CriticalHigh), false, "Critical: high")]
    #[case("6.9", "", "", Some(Mark::Critical), false, "Critical: flagged by the laboratory")]
    #[case("6.9", "", "", Some(Mark::CriticalHigh), true, "Critical: marked high by the laboratory")]
    #[case("4.4", "3.5", "5.1", Some(Mark::Critical), false, "Critical: in range, but flagged by the laboratory")]
    #[case("4.4", "3.5", "5.1", Some(Mark::CriticalLow), false, "Critical: in range, but marked low by the laboratory")]
    #[case("6.9", "3.5", "5.1", Some(Mark::CriticalHigh), true, "Critical: far above the range")]
    #[case("6.9", "3.5", "5.1", Some(Mark::Critical), true, "Critical: far above the range")]
    #[case("6.9", "3.5", "5.1", None, true, "Critical: far above the range")]
    #[case("6.9", "", "", None, true, "Critical")]
    #[case("6.9", "", "", Some(Mark::High), true, "Critical: marked high by the laboratory")]
    #[case("6.9", "3.5", "5.1", None, false, "Far above the range")]
    fn what_is_critical_is_said_once(
        #[case] text: &str,
        #[case] low: &str,
        #[case] high: &str,
        #[case] mark: Option<Mark>,
        #[case] is_beyond_limit: bool,
        #[case] status: &str,
    ) {
        let critical = Critical { limit: "6 or more".into(), source: "A source".into() };
        let result = LabResultView {
            value: value(text, low, high, mark),
            critical: is_beyond_limit.then_some(critical),
            why_not_compared: None,
            is_unacted: false,
            later: None,
            id: LabResultId(1),
            record: RecordId(1),
            record_reference: String::new(),
            date: String::new(),
            date_label: String::new(),
            day: 0,
            processed_at: String::new(),
            time: None,
            slug: String::new(),
        };
        assert_eq!(result.status(), status);
        assert_eq!(result.critical_limit().is_some(), is_beyond_limit);
        let words = result.in_words().to_lowercase();
        assert_eq!(words.matches("critical").count(), usize::from(result.level() == Level::Critical), "{words}");
    }

    #[test]
    fn what_the_laboratory_calls_critical_is_critical() {
        for mark in [Mark::Critical, Mark::CriticalHigh, Mark::CriticalLow] {
            assert_eq!(value("4.4", "", "", Some(mark)).level(), Level::Critical, "{mark}");
        }
    }
}
