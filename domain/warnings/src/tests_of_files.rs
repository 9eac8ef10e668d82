//! The files of the tables: every row is whole and fits to the others, and one that does not is refused where it stands.

#[path = "../build/tables/mod.rs"]
mod tables;

use std::path::Path;

use rstest::rstest;

use super::STANDING;
use tables::{Files, as_rust, files};

/// A few rows of each file, right as they are.
const SMALL: &[(&str, &[&str])] = &[
    (
        "classes.csv",
        &[
            "class,order,name,two_together,allergy_to_another",
            "Nsaid,20,NSAIDs,caution,danger",
            "Salicylate,10,salicylates,no,danger",
        ],
    ),
    ("substances.csv", &["substance,order", "aspirin,20", "codeine,10", "naproxen,10"]),
    ("substance_classes.csv", &["substance,class", "aspirin,Salicylate", "naproxen,Nsaid"]),
    ("combinations.csv", &["combination,order,parts", "co-codaprin,10,aspirin + codeine"]),
    ("allergens.csv", &["allergen,order,in_medicines", "eggs,10,yes", "pollen,20,no"]),
    ("names.csv", &["of,order,name", "aspirin,10,disprin", "aspirin,20,aspro", "naproxen,10,aleve"]),
    ("class_names.csv", &["name,class,order", "nsaid,Nsaid,20", "painkiller,Nsaid,10", "painkiller,Salicylate,10"]),
    (
        "cross_reactions.csv",
        &[
            "allergy,medicine,order,severity,why",
            "Nsaid,Salicylate,10,danger,acts alike",
            "Nsaid,aspirin,20,caution,is one",
        ],
    ),
    (
        "interactions.csv",
        &[
            "one,other,order,severity,effect,why",
            "Nsaid,codeine,10,caution,nerves,They are not alike.",
            "codeine,aspirin,20,danger,other,They are not alike.",
        ],
    ),
    ("forms.csv", &["form,word", "nose,nasal", "skin,cream"]),
    ("words.csv", &["list,word", "capitals,nsaid", "units,mg", "units,ml"]),
    ("kept_apart.csv", &["name", "aleve", "disprin"]),
    ("marks.csv", &["mark,substance", "large,aspirin", "unsalted,naproxen"]),
];

fn all_files() -> Files {
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tables")).expect("the tables can be read")
}

fn small_files() -> Files {
    let text = |lines: &[&str]| {
        let (head, rows) = lines.split_first().expect("a head");
        let rows: String = rows.iter().map(|row| format!("{row},A book,none yet,2026-11-29,\n")).collect();
        format!("{head},source,reviewer,date,note\n{rows}")
    };
    let mut files: Files = SMALL.iter().map(|(file, lines)| ((*file).to_owned(), text(lines))).collect();
    files.insert("edition.txt".to_owned(), "2026-11-29\n".to_owned());
    files
}

/// What is wrong with these files.
fn faults(files: &Files) -> Vec<String> {
    as_rust(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// The small files with something in one of them written otherwise, and the last line of what was written.
fn changed(file: &str, from: &str, to: &str) -> (Files, usize) {
    let mut files = small_files();
    let text = files.get_mut(file).expect(file);
    let at = text.find(from).unwrap_or_else(|| panic!("{file} does not hold {from}"));
    let line = 1 + text[..at].matches('\n').count() + to.matches('\n').count();
    text.replace_range(at..at + from.len(), to);
    (files, line)
}

#[test]
fn every_row_of_every_file_is_right() {
    let faults = faults(&all_files());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[rstest]
#[case::no_source("names.csv", "aspro,A book", "aspro,", "source is empty")]
#[case::no_reviewer("names.csv", "aspro,A book,none yet", "aspro,A book,", "reviewer is empty")]
#[case::no_date("names.csv", "aspro,A book,none yet,2026-11-29", "aspro,A book,none yet,", "date is empty")]
#[case::no_such_day("marks.csv", "2026-11-29", "2026-11-31", "“2026-11-31” is no date as in 2026-11-30")]
#[case::a_day_otherwise("marks.csv", "2026-11-29", "29.11.2026", "“29.11.2026” is no date as in 2026-11-30")]
#[case::a_day_to_come("marks.csv", "2026-11-29", "2062-11-29", "2062-11-29 is later than the day in edition.txt")]
#[case::a_cell_too_few("forms.csv", "skin,cream", "skin", "5 cells instead of 6")]
#[case::a_blank("forms.csv", "skin,cream", "skin, cream", "word begins or ends with a blank, or is of several lines")]
#[case::no_number("allergens.csv", "eggs,10", "eggs,ten", "order: invalid digit found in string")]
#[case::no_answer("allergens.csv", "10,yes", "10,often", "unknown variant `often`, expected `yes` or `no`")]
#[case::no_weight("interactions.csv", "danger", "severe", "unknown variant `severe`, expected `danger` or `caution`")]
#[case::twice("kept_apart.csv", "disprin", "aleve", "“aleve” is there twice")]
#[case::unsorted(
    "names.csv",
    "aspirin,20",
    "aspirin,5",
    "“aspirin” “5” “aspro” belongs further up: rows are sorted by their first columns"
)]
#[case::other_columns("forms.csv", "form", "forms", "the columns are not form,word,source,reviewer,date,note")]
fn a_row_that_is_wrong_by_itself_is_refused_with_its_line(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] reason: &str,
) {
    let (files, line) = changed(file, from, to);
    assert_eq!(faults(&files), [format!("{file}, line {line}: {reason}")]);
}

#[rstest]
#[case::a_class("substance_classes.csv", "Nsaid", "Nsaids", "there is no “Nsaids” in classes.csv")]
#[case::a_member("substance_classes.csv", "naproxen", "naproxene", "there is no “naproxene” in substances.csv")]
#[case::a_mark_of("marks.csv", "large,aspirin", "large,aspirine", "there is no “aspirine” in substances.csv")]
#[case::a_part("combinations.csv", "+ codeine", "+ codein", "there is no “codein” in substances.csv")]
#[case::one_part("combinations.csv", " + codeine", "", "“aspirin” is one part, and a combination has two")]
#[case::one_side("interactions.csv", "Nsaid,", "Nsaids,", "there is no “Nsaids” in classes.csv")]
#[case::other_side("interactions.csv", "codeine,aspirin", "codeine,asprin", "there is no “asprin” in substances.csv")]
#[case::an_allergy("cross_reactions.csv", "Nsaid,asp", "Nsaids,asp", "there is no “Nsaids” in classes.csv")]
#[case::the_named("names.csv", "naproxen", "naproxene", "“naproxene” is no substance, combination or allergen")]
#[case::a_class_named("class_names.csv", "nsaid,Nsaid", "nsaid,Nsaids", "there is no “Nsaids” in classes.csv")]
#[case::a_brand("kept_apart.csv", "disprin", "dispril", "“dispril” is nobody's name")]
#[case::an_abbreviation("words.csv", "capitals,nsaid", "capitals,ssri", "there is no “ssri” in class_names.csv")]
#[case::a_list("words.csv", "units,ml", "unity,ml", "“unity” is none of about_allergies, anywhere, ")]
#[case::a_form("forms.csv", "skin", "skins", "“skins” is none of nose, eye_or_ear, whole, lungs, skin")]
#[case::a_mark("marks.csv", "unsalted", "unsalty", "“unsalty” is none of dangerous_twice, large, unsalted")]
#[case::two_words("words.csv", "units,ml", "units,ml l", "“ml l” is more than a word")]
#[case::two_meanings("names.csv", "aleve", "pollen", "“pollen” is in allergens.csv, line 3, too")]
#[case::a_capital("allergens.csv", "pollen", "pollenX", "“pollenX” is not in small letters, or holds a comma")]
#[case::no_class("classes.csv", "Salicylate", "Salicylic acid", "“Salicylic acid” is not of letters only")]
#[case::a_pair("interactions.csv", "codeine,aspirin", "codeine,Nsaid", "“codeine” with “Nsaid” is there twice")]
fn a_row_that_does_not_fit_to_the_others_is_refused_with_its_line(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] reason: &str,
) {
    let (files, line) = changed(file, from, to);
    let faults = faults(&files);
    let expected = format!("{file}, line {line}: {reason}");
    assert!(faults.first().is_some_and(|fault| fault.starts_with(&expected)), "{expected} is not {faults:#?}");
}

#[test]
fn a_file_that_is_missing_and_one_that_nobody_reads_are_refused() {
    let mut files = small_files();
    let text = files.remove("forms.csv").expect("the table of forms");
    files.insert("form.csv".to_owned(), text);
    assert_eq!(faults(&files), ["forms.csv, line 1: the file is missing", "form.csv, line 1: nobody reads this file"]);
}

#[rstest]
#[case::none("", "the day of the newest row is missing, as in 2026-11-30")]
#[case::later_than_every_row("2062-11-30", "the newest row is of 2026-11-29")]
fn an_edition_that_is_not_the_day_of_the_newest_row_is_refused(#[case] edition: &str, #[case] reason: &str) {
    let mut files = small_files();
    files.insert("edition.txt".to_owned(), edition.to_owned());
    assert_eq!(faults(&files).first(), Some(&format!("edition.txt, line 1: {reason}")));
}

#[test]
fn the_rows_that_wait_for_a_reviewer_or_for_a_source_are_counted() {
    let counted = |files: &Files| {
        let (_, text) =
            as_rust(files).expect("right files").into_iter().find(|(name, _)| *name == "standing").expect("it");
        text.split(['{', '}']).nth(1).map(|values| values.trim().to_owned())
    };
    let said = |rest: &str| Some(format!("rows: 29, {rest}, edition: \"2026-11-29\""));
    assert_eq!(counted(&small_files()), said("unreviewed: 29, unsourced: 0"));
    assert_eq!(counted(&changed("marks.csv", "none yet", "A. Person").0), said("unreviewed: 28, unsourced: 0"));
    assert_eq!(counted(&changed("marks.csv", "A book", "none yet").0), said("unreviewed: 29, unsourced: 1"));

    let rows = |text: &String| text.lines().count() - 1;
    assert_eq!(STANDING.rows, all_files().values().map(rows).sum::<usize>());
}
