//! The fields of a laboratory report, with its results in rows. On phones each row is a card.

use domain_types::{
    Problem,
    records::{LabResultView, MOST_RESULTS, Mark, ResultForm},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::super::server_fns::MoreRows;
use crate::{
    components::{Button, Glyph, Icon, Size, TextField, TextareaField, Variant, described_by, field_id},
    forms::Flash,
};

/// So many rows are offered at first, and so many more by each "More rows".
const FEWEST_ROWS: usize = 6;
/// The fields above the results, in their order.
pub(super) const FIELDS: &[&str] = &["title", "date", "time", "doctor", "comment"];
/// Name and label of each field of a row, but for the laboratory's mark.
const CELLS: [(&str, &str); 6] =
    [("test", "Test"), ("value", "Result"), ("unit", "Unit"), ("low", "From"), ("high", "To"), ("note", "Note")];

/// What can be wrong in a row, in its order.
const COMPLAINTS: [(&str, &str); 7] =
    [CELLS[0], CELLS[1], CELLS[2], CELLS[3], CELLS[4], ("flag", "Laboratory’s mark"), CELLS[5]];

/// How many rows are shown: as many as were asked for, and one at least below those that are filled.
pub(super) fn row_count(asked: Option<&str>, filled: usize) -> usize {
    let asked = asked.and_then(|text| text.parse().ok()).unwrap_or(FEWEST_ROWS);
    asked.max(filled + 1).clamp(FEWEST_ROWS, MOST_RESULTS)
}

/// Where one goes on when so many rows were asked for: not at the top of the form again.
#[cfg(feature = "ssr")]
pub(in super::super) fn first_new_row(asked: &str) -> String {
    result_id(row_count(Some(asked), 0).saturating_sub(FEWEST_ROWS))
}

/// How many rows a refused form brought back.
pub(super) fn rows_typed(flash: &Flash) -> usize {
    let is_typed = |row: &usize| CELLS.iter().any(|(name, _)| !flash.value(&complaint(*row, name)).is_empty());
    (0..MOST_RESULTS).rev().find(is_typed).map_or(0, |last| last + 1)
}

/// A result as it is typed.
pub(super) fn typed(result: LabResultView) -> ResultForm {
    let value = result.value;
    ResultForm {
        test: value.test,
        value: value.value,
        unit: value.unit,
        low: value.low.unwrap_or_default(),
        high: value.high.unwrap_or_default(),
        flag: value.mark.map(|mark| mark.as_str().to_owned()).unwrap_or_default(),
        note: value.note,
    }
}

/// The name under which the server complains about a field of a row.
fn complaint(row: usize, name: &str) -> String {
    format!("results[{row}].{name}")
}

/// The controls of these rows that are complained about, in their order.
pub(super) fn wrong_controls(problem: Option<&Problem>, rows: usize) -> Vec<String> {
    let names = (0..rows).flat_map(|row| COMPLAINTS.map(|(name, _)| complaint(row, name)));
    names.filter(|name| problem.is_some_and(|problem| problem.for_field(name).is_some())).collect()
}

/// The same problem, each sentence about a row with its number: a list above the form stands far from the rows.
pub(super) fn numbered(mut problem: Problem) -> Problem {
    for (field, sentences) in &mut problem.fields {
        let row = field.strip_prefix("results[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        if let Some(row) = row {
            sentences.iter_mut().for_each(|sentence| *sentence = format!("Result {}: {sentence}", row + 1));
        }
    }
    problem
}

/// What was saved before of the fields above the results.
#[derive(Clone, Debug, Default)]
pub(super) struct Saved {
    pub title: String,
    pub date: String,
    pub time: String,
    pub comment: String,
}

/// Title, day, time and comment. `children` stands between the time and the comment.
#[component]
pub(super) fn ReportFields(flash: Flash, saved: Saved, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <TextField
            name="title"
            label="What was tested"
            hint="Such as lipid profile."
            value=flash.typed_or("title", &saved.title)
            error=flash.error("title")
            required=true
        />
        <TextField
            name="date"
            label="Date of the sample"
            kind="date"
            value=flash.typed_or("date", &saved.date)
            error=flash.error("date")
            required=true
        />
        <TextField
            name="time"
            label="Time of the sample"
            kind="time"
            hint="Needed when there are several samples from one day."
            value=flash.typed_or("time", &saved.time)
            error=flash.error("time")
        />
        {children.map(|children| children())}
        <TextareaField
            name="comment"
            label="Doctor’s advice"
            hint="The patient will read this with the results."
            value=flash.typed_or("comment", &saved.comment)
            error=flash.error("comment")
        />
    }
}

/// The rows of results, those that were saved first, and a way to more of them. Rows without a word are left out.
#[component]
pub(super) fn ResultRows(flash: Flash, saved: Vec<ResultForm>, rows: usize) -> impl IntoView {
    let mut saved = saved.into_iter();
    let shown = (0..rows).map(|row| result_row(row, &saved.next().unwrap_or_default(), &flash)).collect_view();
    let more = (rows < MOST_RESULTS).then(|| {
        view! {
            <p>
                <Button
                    variant=Variant::Quiet
                    size=Size::Small
                    name="rows"
                    value=(rows + FEWEST_ROWS).to_string()
                    formaction=MoreRows::PATH
                >
                    "More rows"
                </Button>
            </p>
        }
    });
    view! {
        <p class="field-hint">
            "Each result needs its test and its value; the rest is optional. Numbers are compared with their range. For a \
             result in words, choose whether it is as expected. Empty rows are left out."
        </p>
        <div class="results">{shown}</div>
        {more}
    }
}

/// Names a row in an address.
fn result_id(row: usize) -> String {
    format!("result-{}", row + 1)
}

fn result_row(row: usize, saved: &ResultForm, flash: &Flash) -> impl IntoView + use<> {
    let before = [&saved.test, &saved.value, &saved.unit, &saved.low, &saved.high, &saved.note];
    let [test, value, unit, low, high, note] =
        std::array::from_fn(|at| cell(row, CELLS[at], flash.typed_or(&complaint(row, CELLS[at].0), before[at]), flash));
    let flag = mark(row, &flash.typed_or(&complaint(row, "flag"), &saved.flag), flash);
    let errors =
        COMPLAINTS.into_iter().filter_map(|(name, label)| row_error(row, name, label, flash)).collect::<Vec<_>>();
    view! {
        <fieldset class="result" id=result_id(row)>
            <legend class="result-title">{format!("Result {}", row + 1)}</legend>
            {test} {value} {unit} {low} {high} {flag} {note}
            {(!errors.is_empty()).then(|| view! { <div class="result-errors">{errors}</div> })}
        </fieldset>
    }
}

/// What is wrong with a field, below its row: the columns are too narrow for sentences.
fn row_error(row: usize, name: &str, label: &'static str, flash: &Flash) -> Option<impl IntoView + use<>> {
    let complaint = complaint(row, name);
    let sentence = flash.error(&complaint)?;
    Some(view! {
        <p class="field-error" id=format!("{}-error", field_id(&complaint))>
            <Icon glyph=Glyph::AlertCircle/>
            <span>{label} ": " {sentence}</span>
        </p>
    })
}

fn cell(
    row: usize,
    (name, label): (&'static str, &'static str),
    typed: String,
    flash: &Flash,
) -> impl IntoView + use<> {
    let complaint = complaint(row, name);
    let error = flash.error(&complaint);
    let id = field_id(&complaint);
    let described = described_by(&complaint, "", error.as_deref());
    let is_number = matches!(name, "low" | "high");
    view! {
        <div class=format!("field result-{name}")>
            <label class="result-label" for=id.clone()>{label}</label>
            <input
                class="input"
                id=id
                name=format!("results[{row}][{name}]")
                type="text"
                value=typed
                autocomplete="off"
                inputmode=is_number.then_some("decimal")
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
            />
        </div>
    }
}

/// What the laboratory says of the result, when it says something.
fn mark(row: usize, chosen: &str, flash: &Flash) -> impl IntoView + use<> {
    let complaint = complaint(row, "flag");
    let error = flash.error(&complaint);
    let described = described_by(&complaint, "", error.as_deref());
    let id = field_id(&complaint);
    let automatic = view! { <option value="" selected=chosen.is_empty()>"Automatic"</option> };
    let options = Mark::ALL
        .iter()
        .map(|mark| {
            let (value, label) = (mark.as_str(), capitalised(mark.label()));
            view! { <option value=value selected=value == chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field result-flag">
            <label class="result-label" for=id.clone()>"Laboratory’s mark"</label>
            <div class="select">
                <select
                    class="input"
                    id=id
                    name=format!("results[{row}][flag]")
                    aria-describedby=described
                    aria-invalid=error.is_some().then_some("true")
                >
                    {automatic} {options}
                </select>
            </div>
            {error}
        </div>
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_row_to_fill_in_until_there_are_too_many() {
        assert_eq!(row_count(None, 0), FEWEST_ROWS);
        assert_eq!(row_count(Some("12"), 0), 12);
        assert_eq!(row_count(Some("1"), 8), 9);
        assert_eq!(row_count(Some("a dozen"), 0), FEWEST_ROWS);
        assert_eq!(row_count(Some("999999"), 0), MOST_RESULTS);
        assert_eq!(row_count(None, MOST_RESULTS), MOST_RESULTS);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn one_goes_on_at_the_first_of_the_new_rows() {
        assert_eq!(first_new_row("12"), "result-7");
        assert_eq!(first_new_row("#elsewhere"), "result-1");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn what_is_wrong_in_a_row_stands_below_all_of_its_fields() {
        let mut problem = Problem::field("results[0].low", "A number, or nothing.");
        problem.fields.insert("results[0].value".into(), vec!["What was found?".into()]);
        let html = result_row(0, &ResultForm::default(), &Flash::refused(problem)).to_html();
        let (fields, errors) = html.split_once("result-errors").unwrap();
        assert!(fields.contains("results[0][note]") && !fields.contains("What was found?"));
        let first = errors.find("What was found?").unwrap();
        assert!(first < errors.find("A number, or nothing.").unwrap(), "in the order of the fields");
        assert!(errors.contains("id=\"field-results[0].low-error\""));
    }

    #[test]
    fn a_sentence_about_a_row_says_which_one() {
        let problem = numbered(Problem::field("results[2].high", "Enter a number, or leave this empty."));
        assert_eq!(problem.for_field("results[2].high"), Some("Result 3: Enter a number, or leave this empty."));
        assert_eq!(wrong_controls(Some(&problem), 6), ["results[2].high"]);
        assert!(wrong_controls(Some(&problem), 2).is_empty(), "that row is not on the page");
        let problem = numbered(Problem::field("title", "Enter what was tested, such as lipid profile."));
        assert_eq!(problem.for_field("title"), Some("Enter what was tested, such as lipid profile."));
    }
}
