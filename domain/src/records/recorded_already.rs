//! An allergy that is entered while it stands there with another reaction or severity: which of the two holds is asked.

use domain_types::{
    FieldErrors,
    records::{Allergy, Content, ListForm, RecordView, Twice, Understood},
};

use super::{
    policy,
    rows::Row,
    warnings::{self, folded},
    writing,
};
use crate::{
    access::Doctor,
    db::Tx,
    error::{Error, Result},
    services::Services,
};

/// Of the allergies that hold those that are of the same thing as `content`, as warnings read both.
pub(super) fn earlier(held: Vec<(Row, RecordView)>, content: &Content) -> Vec<(Row, RecordView)> {
    let Content::Allergy(entered) = content else { return Vec::new() };
    let entered_as = read(entered);
    let is_same = |allergy: &Allergy| {
        folded(&allergy.substance) == folded(&entered.substance) || entered_as.is_some() && read(allergy) == entered_as
    };
    let is_earlier = |record: &RecordView| matches!(&record.content, Some(Content::Allergy(it)) if is_same(it));
    held.into_iter().filter(|(_, record)| is_earlier(record)).collect()
}

/// What warnings compare of an allergy, and what they do not; nothing when they guess, for whoever kept a spelling meant it.
fn read(allergy: &Allergy) -> Option<(Vec<String>, Vec<String>)> {
    let read = warnings::read_allergy(&allergy.substance, &allergy.coded);
    let Understood { mut read_as, not_compared, is_guessed } = read;
    read_as.sort();
    let not_compared: Vec<String> = not_compared.iter().map(|word| folded(word)).collect();
    (!is_guessed && [&read_as, &not_compared].iter().any(|names| !names.is_empty())).then_some((read_as, not_compared))
}

/// Asks what is to become of allergies that stand there already, with another reaction or severity, and does it: the
/// numbers of those that were ended.
///
/// # Errors
/// `Invalid` with the question, as long as it is not answered about these very entries.
pub(super) async fn end_earlier(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    form: &ListForm,
    earlier: Vec<(Row, RecordView)>,
) -> Result<Vec<i64>> {
    if earlier.is_empty() {
        return Ok(Vec::new());
    }
    let references: Vec<String> = earlier.iter().map(|(_, record)| record.reference.clone()).collect();
    let is_about_these = form.twice_of.split_whitespace().eq(references.iter().map(String::as_str));
    match Twice::parse(form.twice.trim()).filter(|_| is_about_these) {
        Some(Twice::Keep) => Ok(Vec::new()),
        Some(Twice::End) => {
            let mut ended = Vec::new();
            for (row, record) in &earlier {
                writing::end(services, tx, policy::end(doctor, row)?).await?;
                ended.push(record.id.0);
            }
            Ok(ended)
        }
        None => {
            let told: Vec<String> = earlier.iter().map(|(_, record)| told(record)).collect();
            let question = format!(
                "Already recorded: {}. Choose below whether that entry ends, or add yours anyway.",
                told.join("; ")
            );
            Err(Error::Invalid(FieldErrors::from([
                ("name".to_owned(), vec![question]),
                ("twice".to_owned(), references),
            ])))
        }
    }
}

/// "Penicillin (rash, severe), 20 November 2026, Dr. Ana Rivera"
fn told(record: &RecordView) -> String {
    let said = record.summary();
    format!("{} ({said}), {}, {}", record.title(), record.date_label, record.doctor_name)
}
