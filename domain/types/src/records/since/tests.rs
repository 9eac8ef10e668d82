//! Beginnings as people write them.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const TODAY: Date = jiff::civil::date(2026, 11, 30);

#[rstest]
fn a_date_behind_us_and_words_that_are_none_are_kept(
    #[values(
        "",
        "2019",
        "2026",
        "1900",
        "2019-03",
        "2019-03-28",
        "2019/3/28",
        "28.3.2019",
        "28/03/2019",
        "28-03-19",
        "03/2019",
        "March 2019",
        "march, 2019",
        "Sept. 2019",
        "2019 March",
        "29 February 2024",
        "29th of February, 2024",
        "February 29, 2024",
        "28-Mar-2019",
        "30 November 2026",
        "November 2026",
        "29 February",
        "March",
        "2019-03-28T10:00",
        "\u{FF12}019",
        "around 2015",
        "c. 2015",
        "the 1990s",
        "1990’s",
        "the 90s",
        "’19",
        "2019-03-28 10:00",
        "since 2019",
        "spring 2024",
        "Spring",
        "mid-2019",
        "2019/20",
        "2019-2020",
        "2019 or 2020",
        "March to May 2019",
        "since childhood",
        "after the accident",
        "about 20 years",
        "5 years ago",
        "since she was 12",
        "many years",
        "yesterday",
        "worse since tomorrow never came",
        "birth",
        "may have been earlier",
        "3 weeks",
        "in 2 places",
        "als Kind",
        "с детства"
    )]
    said: &str,
) {
    assert_eq!(check(said, TODAY), Ok(()), "{said}");
}

#[rstest]
#[case::in_words("29 February 2023", Fault::NoSuchDay)]
#[case::as_programs_do("2023-02-29", Fault::NoSuchDay)]
#[case::month_first("12/13/2019", Fault::NoSuchDay)]
#[case::thirteenth_month("2019-13", Fault::NoSuchDay)]
#[case::no_day("31 April", Fault::NoSuchDay)]
#[case::no_day_at_all("32.1.2019", Fault::NoSuchDay)]
#[case::zeros("0000-00-00", Fault::NoSuchDay)]
#[case::too_many("1 2 3 2019", Fault::NoSuchDay)]
#[case::tomorrow("1 December 2026", Fault::Future)]
#[case::tomorrow_by_numbers("1.12.2026", Fault::Future)]
#[case::far("3019-01-01", Fault::Future)]
#[case::next_month("December 2026", Fault::Future)]
#[case::next_month_by_numbers("2026-12", Fault::Future)]
#[case::next_year("2027", Fault::Future)]
#[case::decade("2030s", Fault::Future)]
#[case::with_words("since 2030", Fault::Future)]
#[case::season("Summer 2027", Fault::Future)]
#[case::very_far("9999", Fault::Future)]
#[case::said("Tomorrow", Fault::Future)]
#[case::said_longer("from tomorrow", Fault::Future)]
#[case::next("next week", Fault::Future)]
#[case::after_days("in 2 weeks", Fault::Future)]
#[case::second_of_two("2019 or 2030", Fault::Future)]
#[case::year_zero("0000", Fault::NoSuchYear)]
#[case::negative("−5", Fault::NoSuchYear)]
#[case::negative_plain("-2019", Fault::NoSuchYear)]
#[case::one_digit("5", Fault::NoSuchYear)]
#[case::five_digits("20191", Fault::NoSuchYear)]
#[case::two_digits("12", Fault::NoSuchYear)]
#[case::with_a_time("2030-01-01 10:00", Fault::Future)]
#[case::span("2019-2030", Fault::Future)]
#[case::endless("99999999999999999999", Fault::NoSuchYear)]
#[case::before_everybody("1823", Fault::NoSuchYear)]
#[case::day_before_everybody("1 March 1823", Fault::NoSuchYear)]
fn what_cannot_have_begun_then_is_refused_with_what_to_write(#[case] said: &str, #[case] why: Fault) {
    assert_eq!(fault(said, TODAY), Some(why), "{said}");
    assert!(check(said, TODAY).unwrap_err().ends_with(SUCH_AS));
}

proptest! {
    #[test]
    fn nothing_typed_panics(text in ".*", numbers in "[-0-9/. −ts]{0,14}", year in 1900_i16..2026, month in 1_i8..13, day in 1_i8..29) {
        let _ = (check(&text, TODAY), check(&numbers, TODAY));
        let date = jiff::civil::date(year, month, day);
        for format in ["%Y-%m-%d", "%d/%m/%Y", "%-d.%-m.%Y", "%d %B %Y", "%B %-d, %Y", "%B %Y", "%b %Y", "%Y-%m", "%m/%Y", "%Y", "%-d-%b-%Y"] {
            let said = date.strftime(format).to_string();
            prop_assert_eq!(check(&said, TODAY), Ok(()), "{}", said);
        }
    }
}
