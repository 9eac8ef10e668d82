//! Words that say nothing where they stand, and may name a further substance elsewhere: "mg" behind a number is a unit and
//! behind a name magnesium, "at night" is a time and "Panadol Night" another medicine. Whatever is not plainly harmless
//! where it stands is named as not compared.

use super::ignorable::{is_always_harmless, is_in, is_mineral, is_time, is_unit};
use super::words::Word;

/// Behind these a day or a night is a time.
const BEFORE_A_TIME: &str = "\
    a an at by each every for from in of on per the to one two three four five six seven eight ten once alternate other \
    before after";
/// Behind these "ac" and "pc" mean meals: "Robitussin AC" holds codeine.
const BEFORE_A_MEAL: &str = "od bd bid tds tid qds qid qd po mane nocte";
/// Units of what is given through a skin or a vein in an hour.
const BY_THE_HOUR: &str = "mcg ug microgram microgramme ml unit iu";
/// The hours between two doses, or of a patch.
const HOURS: &str = "1 2 3 4 6 8 12 16 18 24 36 48 72";

/// A word of a text, with what stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct InPlace<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) at: usize,
    /// Whether what stands before it names a medicine, or may name one.
    pub(super) is_behind_name: bool,
}

impl<'a> InPlace<'a> {
    fn word(self, back: usize) -> Option<&'a str> {
        self.words.get(self.at.checked_sub(back)?).map(|word| word.plain.as_str())
    }

    fn next(self) -> Option<&'a Word> {
        self.words.get(self.at + 1)
    }

    /// The words behind this one.
    pub(super) fn rest(self) -> Option<&'a [Word]> {
        self.words.get(self.at + 1..)
    }

    fn next_is(self, is: impl Fn(&str) -> bool) -> bool {
        self.next().is_some_and(|next| is(&next.plain))
    }

    fn is_behind(self, list: &str) -> bool {
        self.word(1).is_some_and(|before| is_in(list, before))
    }

    fn is_behind_number(self) -> bool {
        self.word(1).is_some_and(is_number)
    }

    /// The sign that stands directly before the word.
    fn sign(self) -> Option<char> {
        let start = self.words.get(self.at)?.place.start;
        self.text.get(..start)?.trim_end().chars().next_back()
    }

    fn before(self) -> Option<Self> {
        Some(Self { at: self.at.checked_sub(1)?, is_behind_name: false, ..self })
    }

    /// Whether the word says nothing about which substances a medicine holds.
    pub(super) fn says_nothing(self) -> bool {
        let Some(word) = self.word(0) else { return false };
        match word {
            "h" => self.is_hour(),
            "x" => self.is_behind_number() || (!self.is_behind_name && self.next_is(is_number)),
            "q" => self.next_is(is_number),
            "v" | "w" => self.is_behind_number() || (self.is_behind("v w") && self.sign() == Some('/')),
            "a" => {
                let is_led = self.is_behind("take use apply with of as in for once twice");
                self.next_is(is_time) || (is_led && self.next().is_some())
            }
            "ac" | "pc" => self.is_behind(BEFORE_A_MEAL),
            "morning" | "noon" | "evening" | "nocte" | "mane" | "nightly" => self.at > 0 && !self.is_behind_name,
            "max" | "maximum" => !self.is_behind_name && self.next_is(|next| is_number(next) || is_in("of dose", next)),
            "multi" => self.next_is(|next| is_in("pack dose use", next)),
            "double" => self.next_is(|next| is_in("strength", next)),
            "fast" | "slow" | "long" | "short" => {
                self.next_is(|next| is_in("release releasing acting dissolving term course", next))
            }
            word if is_time(word) => self.is_time_here(),
            word if is_unit(word) => self.is_unit_here(),
            word => is_always_harmless(word),
        }
    }

    /// "500 mg", "mg/ml", "units per ml".
    fn is_unit_here(self) -> bool {
        if !self.word(0).is_some_and(is_unit) {
            return false;
        }
        let is_per_unit = || self.sign() == Some('/') && self.before().is_some_and(Self::is_unit_here);
        self.is_behind_number() || self.is_behind("million thousand per") || is_per_unit()
    }

    fn is_time_here(self) -> bool {
        let goes_on = || {
            let before = if self.is_behind("and or") { self.before().and_then(Self::before) } else { self.before() };
            let is_joined = self.is_behind("and or") || matches!(self.sign(), Some('&' | '/' | '-'));
            is_joined && before.is_some_and(|before| before.word(0).is_some_and(is_time) && before.says_nothing())
        };
        let is_per = || {
            let before = self.before();
            self.sign() == Some('/')
                && before.is_some_and(|before| {
                    before.is_unit_here()
                        || before
                            .word(0)
                            .is_some_and(|word| is_in("dose tablet tab capsule cap puff drop time x", word))
                })
        };
        self.is_behind_number() || self.is_behind(BEFORE_A_TIME) || is_per() || goes_on()
    }

    /// "q6h", "every 6 h", "mcg/h", "mg/24 h": in "Telmisartan H" and "Valsartan 160 H" it is hydrochlorothiazide.
    fn is_hour(self) -> bool {
        let by_the_hour = || {
            let before = self.before().filter(|before| before.is_unit_here());
            self.sign() == Some('/')
                && before.is_some_and(|unit| unit.word(0).is_some_and(|word| is_in(BY_THE_HOUR, word)))
        };
        let number = self.before().filter(|before| before.word(0).is_some_and(|number| is_in(HOURS, number)));
        let is_count = |number: Self| {
            // "q4-6h" counts from its first number.
            let is_range = number.sign() == Some('-') && number.is_behind_number();
            let number = number.before().filter(|_| is_range).unwrap_or(number);
            let is_per_unit = || number.sign() == Some('/') && number.before().is_some_and(Self::is_unit_here);
            number.is_behind("q every per over in for") || is_per_unit()
        };
        number.map_or_else(by_the_hour, is_count)
    }

    /// Whether "plus" joins what stands around it, as "and" does: a further name has to follow. At the end, and before a
    /// strength or a form, it is part of a name, and the medicine another one.
    pub(super) fn joins_a_name(self, is_further_name: impl Fn(&'a [Word]) -> bool) -> bool {
        let rest = self.rest().unwrap_or_default();
        let is_of_strength =
            |place: usize| rest.get(place).is_some_and(|word| is_number(&word.plain) || is_unit(&word.plain));
        let after = (0..).find(|place| !is_of_strength(*place)).unwrap_or_default();
        // "Micardis Plus 80 mg telmisartan" says twice what it is.
        let has_place = after == 0 || !self.is_behind_name;
        let following = rest.get(after..).unwrap_or_default();
        let is_apart = |word: &Word| word.begins && !self.is_written_plus();
        has_place && following.first().is_some_and(|first| !is_apart(first)) && is_further_name(following)
    }

    fn is_written_plus(self) -> bool {
        self.words.get(self.at).and_then(|word| self.text.get(word.place.clone())).is_some_and(|written| written == "+")
    }

    /// Whether a metal is followed by what makes a substance of its own with it: "magnesium oxide".
    pub(super) fn makes_a_mineral(self) -> bool {
        self.next().is_some_and(|next| !next.begins && is_mineral(&next.plain))
    }

    /// Whether a number is neither a strength nor a count: "No. 3", "#3", "Paracetamol 3". `is_large` says that what stands
    /// before it is never given in a strength of one digit.
    pub(super) fn is_part_of_a_name(self, is_large: bool) -> bool {
        if self.word(0).is_none_or(|number| number.chars().count() > 1) {
            return false;
        }
        let is_numbered = self.sign() == Some('#') || self.is_behind("no nr num number");
        let is_counted = self.next().is_some_and(|next| {
            let place = Self { at: self.at + 1, is_behind_name: false, ..self };
            // "2 500 mg" is a name's number before a strength, "2 000 mg" one number, and "8/500" a strength of two.
            let goes_on = || next.plain == "000" || !place.sign().is_some_and(|sign| sign.is_numeric() || sign == '(');
            if is_number(&next.plain) { goes_on() } else { place.says_nothing() }
        });
        is_numbered || (is_large && self.is_behind_name && !is_counted)
    }
}

pub(super) fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}
