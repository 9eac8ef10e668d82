//! Numbers as laboratories and people write them: "4.4", "0,5", "<0.01", "≥ 90", "−5", "1.50e3", "15.4 H", "5.1 mmol/L".
//!
//! A number that can be read in two ways is never guessed: "1,200" is 1200 to one reader and 1.2 to the next.

use std::borrow::Cow;

use super::{Mark, is_unit};

/// On which side of its number a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Exactly,
    /// "<"
    Below,
    /// "≤"
    AtMost,
    /// ">"
    Above,
    /// "≥"
    AtLeast,
}

impl Bound {
    /// As it is written before a number.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Exactly => "",
            Self::Below => "<",
            Self::AtMost => "≤",
            Self::Above => ">",
            Self::AtLeast => "≥",
        }
    }

    #[must_use]
    pub const fn is_lower(self) -> bool {
        matches!(self, Self::Above | Self::AtLeast)
    }

    #[must_use]
    pub const fn is_upper(self) -> bool {
        matches!(self, Self::Below | Self::AtMost)
    }
}

/// A number, or the limit beyond which a method does not measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub bound: Bound,
    pub number: f64,
}

impl Amount {
    /// An amount that stands there alone and can be read in one way.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let written = read_amount(text).ok()?;
        (written.mark.is_none() && written.unit.is_empty()).then_some(written.amount)
    }
}

/// What was written in the place of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub amount: Amount,
    /// With a point, a zero before it and a plain minus, as it is kept: "<0.4".
    pub plain: String,
    /// What the laboratory wrote behind it: "H", "*".
    pub mark: Option<Mark>,
    /// The unit, where somebody wrote it into the same field.
    pub unit: String,
}

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// It is words.
    Words,
    /// It is a number that can be read in several ways, or with signs between its thousands. A sentence says what to write.
    Unclear(String),
}

/// Reads a result.
///
/// # Errors
/// Words, and numbers that are not clear.
pub fn read_amount(text: &str) -> Result<Written, NotANumber> {
    let text = with_plain_digits(text.trim());
    let text = text.as_ref();
    // Some laboratories write their mark first: "* 15.4", "H 15.4".
    let (before, text) = match text.split_once(char::is_whitespace) {
        Some((first, rest)) if Mark::of_sign(first).is_some() => (Mark::of_sign(first), rest.trim_start()),
        _ => match text.strip_prefix('*') {
            Some(rest) => (Some(Mark::Abnormal), rest.trim_start_matches('*').trim_start()),
            None => (None, text),
        },
    };
    let (bound, rest) = bound_of(text);
    let (minus, rest) = match rest.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => ("-", rest),
        None => ("", rest.strip_prefix('+').unwrap_or(rest)),
    };
    let (body, rest) = rest.split_at(end_of_number(rest));
    let body = one_reading(body, &format!("{}{minus}", bound.sign()))?;
    let (power, rest) = exponent(rest);
    let plain = format!("{minus}{body}{power}");
    let number: f64 = plain.parse().map_err(|_| NotANumber::Words)?;
    if !number.is_finite() {
        return Err(NotANumber::Unclear("That number is too large.".to_owned()));
    }
    let (behind, unit) = after(rest).ok_or(NotANumber::Words)?;
    let plain = format!("{}{plain}", bound.sign());
    Ok(Written { amount: Amount { bound, number }, plain, mark: behind.or(before), unit: unit.to_owned() })
}

/// The number that a text begins with, where a remark in words follows it: "6.9 (haemolysed)", "6.9 mmol/L, repeat". Says
/// too whether the remark has digits in it: then the first number may not be the one that counts.
#[must_use]
pub fn amount_before_remark(text: &str) -> Option<(Written, bool)> {
    let text = with_plain_digits(text.trim());
    let begins_remark = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | ',' | ';');
    text.char_indices().rev().filter(|(_, c)| begins_remark(*c)).find_map(|(cut, _)| {
        let (number, remark) = text.split_at(cut);
        let words = remark.trim_start_matches(|c: char| begins_remark(c) || matches!(c, '-' | '–' | '—'));
        let is_remark = words.starts_with(char::is_alphabetic);
        let written = read_amount(number).ok().filter(|_| is_remark)?;
        Some((written, remark.contains(|c: char| c.is_ascii_digit())))
    })
}

/// Digits of other keyboards as the ones that a number is made of, and a dot in the middle between two of them as a point:
/// "６.９", "6·9", "٦٫٩".
fn with_plain_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| {
        let zero = match c {
            '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
            '\u{660}'..='\u{669}' => '\u{660}',
            '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
            '．' | '٫' => return '.',
            '，' => return ',',
            other => return other,
        };
        u8::try_from(u32::from(c) - u32::from(zero)).map_or(c, |digit| char::from(b'0' + digit))
    };
    let letters: Vec<char> = text.chars().map(plain).collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let dotted = letters.iter().enumerate().map(|(at, &c)| match c {
        '·' | '‧' | '∙' | '⋅' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => '.',
        other => other,
    });
    Cow::Owned(dotted.collect())
}

/// The sign before a number, and what follows.
fn bound_of(text: &str) -> (Bound, &str) {
    let signs = [
        ("<=", Bound::AtMost),
        ("=<", Bound::AtMost),
        ("≤", Bound::AtMost),
        ("⩽", Bound::AtMost),
        (">=", Bound::AtLeast),
        ("=>", Bound::AtLeast),
        ("≥", Bound::AtLeast),
        ("⩾", Bound::AtLeast),
        ("<", Bound::Below),
        (">", Bound::Above),
    ];
    let found = signs.iter().find_map(|(sign, bound)| Some((*bound, text.strip_prefix(sign)?.trim_start())));
    found.unwrap_or((Bound::Exactly, text))
}

/// Between groups of digits, and before the decimals.
const fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// How far the digits go, with what stands between them. A space belongs to a number only before three digits.
fn end_of_number(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let digits = || text[at + c.len_utf8()..].chars().take_while(char::is_ascii_digit).count();
        let goes_on = match c {
            '0'..='9' => true,
            '.' | ',' => digits() > 0,
            _ if is_separator(c) => end > 0 && digits() == 3,
            _ => false,
        };
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The number with a decimal point alone, when there is one way to read it. `before` is the sign that stands before it.
fn one_reading(body: &str, before: &str) -> Result<String, NotANumber> {
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return Err(NotANumber::Words);
    }
    let parts: Vec<&str> = body.split(is_separator).collect();
    let signs: Vec<char> = body.chars().filter(|c| is_separator(*c)).collect();
    let is_whole = |part: &str| (1..=3).contains(&part.len()) && !part.starts_with('0');
    let are_thousands = is_whole(parts[0]) && parts[1..].iter().all(|part| part.len() == 3);
    let with_point = |whole: &str, part: &str| format!("{}.{part}", if whole.is_empty() { "0" } else { whole });
    match (signs.as_slice(), parts.as_slice()) {
        ([], [whole]) => Ok((*whole).to_owned()),
        (['.'], [whole, part]) => Ok(with_point(whole, part)),
        ([','], [whole, part]) if !are_thousands => Ok(with_point(whole, part)),
        ([','], [whole, part]) => {
            let decimal = with_point(whole, part);
            let decimal = decimal.trim_end_matches('0').trim_end_matches('.');
            Err(NotANumber::Unclear(format!(
                "“{before}{body}” can be read in two ways. Write {before}{whole}{part} or {before}{decimal}."
            )))
        }
        // "12.11.2026", "1,2,3": no number.
        _ if signs.iter().all(|sign| *sign == signs[0]) && !are_thousands => Err(NotANumber::Words),
        _ if signs.iter().all(|sign| *sign == signs[0]) => {
            Err(NotANumber::Unclear(format!("Write {before}{}, with no sign between the thousands.", parts.concat())))
        }
        _ => Err(NotANumber::Unclear(without_thousands(&parts, &signs, before))),
    }
}

/// What to write instead of "1.234,5" and "1,234.5": the last sign stands before the decimals when it is another one.
fn without_thousands(parts: &[&str], signs: &[char], before: &str) -> String {
    let (last, thousands) = (signs.last(), &signs[..signs.len() - 1]);
    let whole = &parts[..parts.len() - 1];
    let is_clear = thousands.iter().all(|sign| Some(sign) != last && *sign == thousands[0])
        && matches!(last, Some('.' | ','))
        && whole[1..].iter().all(|part| part.len() == 3);
    if is_clear {
        let decimals = parts[parts.len() - 1];
        format!("Write {before}{}.{decimals}, with no sign between the thousands.", whole.concat())
    } else {
        "Write one number with a decimal point, such as 1234.5.".to_owned()
    }
}

/// "e3" behind a number, and what follows.
fn exponent(text: &str) -> (String, &str) {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return (String::new(), text) };
    let (minus, rest) = match rest.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", rest.strip_prefix('+').unwrap_or(rest)),
    };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        (format!("e{minus}{}", &rest[..digits]), &rest[digits..])
    } else {
        (String::new(), text)
    }
}

/// What may stand behind a number: a mark, a unit, both. `None` for anything else: then it is words.
fn after(rest: &str) -> Option<(Option<Mark>, &str)> {
    // A full stop, as at the end of a sentence.
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some((None, ""));
    }
    if let Some(mark) = Mark::of_sign(rest) {
        return Some((Some(mark), ""));
    }
    if is_unit(rest) {
        return Some((None, rest));
    }
    let with_mark = |sign: &str, unit: &'_ str| Mark::of_sign(sign).filter(|_| is_unit(unit));
    let last = rest.rsplit_once(char::is_whitespace);
    let first = rest.split_once(char::is_whitespace);
    if let Some((unit, sign)) = last
        && let Some(mark) = with_mark(sign, unit)
    {
        return Some((Some(mark), unit.trim()));
    }
    let (sign, unit) = first?;
    with_mark(sign, unit).map(|mark| (Some(mark), unit.trim()))
}

/// A plain number that stands there alone; anything else is words, or not clear.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    Amount::of(text).filter(|amount| amount.bound == Bound::Exactly).map(|amount| amount.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("4.4", "4.4", 4.4)]
    #[case(" 4.4\u{a0}", "4.4", 4.4)]
    #[case("0", "0", 0.0)]
    #[case(".5", "0.5", 0.5)]
    #[case(",5", "0.5", 0.5)]
    #[case("0,5", "0.5", 0.5)]
    #[case("0,139", "0.139", 0.139)]
    #[case("1,20", "1.20", 1.2)]
    #[case("1,2000", "1.2000", 1.2)]
    #[case("1234,567", "1234.567", 1234.567)]
    #[case("1.200", "1.200", 1.2)]
    #[case("5.", "5", 5.0)]
    #[case("-5", "-5", -5.0)]
    #[case("\u{2212}5", "-5", -5.0)]
    #[case("+5", "5", 5.0)]
    #[case("1.50e3", "1.50e3", 1500.0)]
    #[case("1.50E+3", "1.50e3", 1500.0)]
    #[case("2e\u{2212}2", "2e-2", 0.02)]
    #[case("1234567890123", "1234567890123", 1_234_567_890_123.0)]
    #[case("6·9", "6.9", 6.9)]
    #[case("６．９", "6.9", 6.9)]
    #[case("６.９", "6.9", 6.9)]
    #[case("٦٫٩", "6.9", 6.9)]
    fn a_number_is_read_however_it_is_typed(#[case] text: &str, #[case] plain: &str, #[case] number: f64) {
        let written = read_amount(text).unwrap();
        assert_eq!((written.plain.as_str(), written.amount), (plain, Amount { bound: Bound::Exactly, number }));
        assert_eq!(decimal(text), Some(number));
    }

    #[rstest]
    #[case("<0.01", "<0.01", Bound::Below)]
    #[case("< 0,4", "<0.4", Bound::Below)]
    #[case(">1000", ">1000", Bound::Above)]
    #[case("> 1,5", ">1.5", Bound::Above)]
    #[case("≥90", "≥90", Bound::AtLeast)]
    #[case(">= 90", "≥90", Bound::AtLeast)]
    #[case("≤ 5", "≤5", Bound::AtMost)]
    #[case("<=5", "≤5", Bound::AtMost)]
    #[case("<-5", "<-5", Bound::Below)]
    fn a_limit_of_the_method_keeps_its_sign(#[case] text: &str, #[case] plain: &str, #[case] bound: Bound) {
        let written = read_amount(text).unwrap();
        assert_eq!((written.plain.as_str(), written.amount.bound), (plain, bound));
        assert_eq!(decimal(text), None);
    }

    #[rstest]
    #[case("15.4 H", Some(Mark::High), "")]
    #[case("15.4H", Some(Mark::High), "")]
    #[case("15.4 (H)", Some(Mark::High), "")]
    #[case("15.4 ↑", Some(Mark::High), "")]
    #[case("H 15.4", Some(Mark::High), "")]
    #[case("15.4 L", Some(Mark::Low), "")]
    #[case("15.4*", Some(Mark::Abnormal), "")]
    #[case("* 15.4", Some(Mark::Abnormal), "")]
    #[case("*15.4", Some(Mark::Abnormal), "")]
    #[case("15.4 HH", Some(Mark::CriticalHigh), "")]
    #[case("15.4 LL", Some(Mark::CriticalLow), "")]
    #[case("15.4 N", Some(Mark::Normal), "")]
    #[case("15.4 mmol/L", None, "mmol/L")]
    #[case("15.4mmol/L H", Some(Mark::High), "mmol/L")]
    #[case("15.4 H mmol / L", Some(Mark::High), "mmol / L")]
    #[case("15.4 %", None, "%")]
    #[case("15.4 10^9/L", None, "10^9/L")]
    fn what_the_laboratory_wrote_behind_a_number_is_split_off(
        #[case] text: &str,
        #[case] mark: Option<Mark>,
        #[case] unit: &str,
    ) {
        let written = read_amount(text).unwrap();
        assert_eq!((written.plain.as_str(), written.mark, written.unit.as_str()), ("15.4", mark, unit));
    }

    #[rstest]
    #[case("1,200", &["1200", "1.2"])]
    #[case("12,345", &["12345", "12.345"])]
    #[case("999,000", &["999000", "999"])]
    #[case("-1,200", &["-1200", "-1.2"])]
    #[case("<1,200", &["<1200", "<1.2"])]
    #[case("≥ 1,250", &["≥1250", "≥1.25"])]
    #[case("1,200 H", &["1200", "1.2"])]
    #[case("1.234,5", &["1234.5"])]
    #[case("1,234.5", &["1234.5"])]
    #[case("1,234,567", &["1234567"])]
    #[case("1.234.567", &["1234567"])]
    #[case("1 200", &["1200"])]
    #[case("1\u{a0}200", &["1200"])]
    #[case("1'200.5", &["1200.5"])]
    fn a_number_that_is_not_clear_is_refused_with_what_to_write(#[case] text: &str, #[case] readings: &[&str]) {
        let Err(NotANumber::Unclear(sentence)) = read_amount(text) else { panic!("{text} was read") };
        let (_, offered) = sentence.rsplit_once("Write ").unwrap();
        assert!(readings.iter().all(|reading| offered.contains(reading)), "{sentence}");
        assert_eq!(decimal(text), None);
    }

    #[rstest]
    #[case("6.9 (haemolysed)", "6.9", "", false)]
    #[case("6.9(haemolysed)", "6.9", "", false)]
    #[case("6.9 mmol/L, repeat", "6.9", "mmol/L", false)]
    #[case(">6·9 H haemolysed", ">6.9", "", false)]
    #[case("6.9 – spoilt sample", "6.9", "", false)]
    #[case("6.9 (repeat 4.1)", "6.9", "", true)]
    #[case("5 to 10", "5", "", true)]
    fn a_number_is_read_before_a_remark(
        #[case] text: &str,
        #[case] plain: &str,
        #[case] unit: &str,
        #[case] has_digits: bool,
    ) {
        let (written, more) = amount_before_remark(text).unwrap();
        assert_eq!((written.plain.as_str(), written.unit.as_str(), more), (plain, unit, has_digits));
    }

    #[rstest]
    #[case("5 - 10")]
    #[case("1 : 40")]
    #[case("haemolysed (6.9)")]
    #[case("6.9/4.0")]
    #[case("6.9, 4.0")]
    #[case("1,200 (haemolysed)")]
    fn what_is_no_number_with_a_remark_is_not_read_as_one(#[case] text: &str) {
        assert_eq!(amount_before_remark(text), None);
    }

    #[rstest]
    #[case("negative")]
    #[case("1, 2 and 3")]
    #[case("1:40")]
    #[case("5-10")]
    #[case("2+")]
    #[case("12.11.2026")]
    #[case("E. coli")]
    #[case("<little")]
    #[case("inf")]
    #[case("NaN")]
    #[case("")]
    #[case("-")]
    #[case("4.4 in the morning")]
    fn findings_in_words_are_no_numbers(#[case] text: &str) {
        assert_eq!(read_amount(text).unwrap_err(), NotANumber::Words);
    }

    #[rstest]
    #[case("1e999")]
    #[case("1,2.3")]
    #[case("1.2,3.4")]
    fn what_nobody_can_mean_is_refused(#[case] text: &str) {
        assert!(matches!(read_amount(text), Err(NotANumber::Unclear(_))));
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", numbers in "[-−<>≥ 0-9.,'eE+*HL]{0,14}") {
            let _ = (read_amount(&text), read_amount(&numbers), amount_before_remark(&text), amount_before_remark(&numbers));
        }

        #[test]
        fn what_is_kept_reads_back_the_same(text in "[<>≤≥]?[-−]?[0-9]{1,6}[.,]?[0-9]{0,6}(e-?[0-9])?") {
            if let Ok(written) = read_amount(&text) {
                prop_assert_eq!(Amount::of(&written.plain), Some(written.amount));
            }
        }
    }
}
