//! An entry on paper.

use domain_types::records::{Flag, LabResultView, LabValue, Level, PatientHead, PatientRef, RecordDetail, RecordView};

use super::{
    detail::{self, Which},
    patients,
};
use crate::{
    access::{Act, Actor},
    error::{Error, Result},
    paper::{Block, Paper, print},
    services::Services,
    settings::ClinicSettings,
    time::dated,
};

/// A document for its reader.
#[derive(Clone, Debug)]
pub struct Printed {
    /// "REC-7K3M9Q2X.pdf"
    pub name: String,
    /// PDF, tagged.
    pub bytes: Vec<u8>,
}

/// An entry as a PDF, for whoever may read it.
///
/// # Errors
/// Those of [`super::detail`].
pub async fn printed(services: &Services, actor: &Actor, which: &Which) -> Result<Printed> {
    let detail = detail::read(services, actor, Act::DownloadEntry, which).await?.into_inner();
    entry(services, actor, detail).await
}

/// An entry that was read, on paper.
pub(super) async fn entry(services: &Services, actor: &Actor, detail: RecordDetail) -> Result<Printed> {
    let record = &detail.record;
    let db = services.db().read();
    let patient = patients::find(db, &PatientRef::Id(record.patient)).await?.ok_or(Error::NotFound)?;
    let settings = services.settings().await?;
    let head = patient.head(&settings.labels(services.now()))?;
    let phone = settings.clinic.phone.clone();
    let cover = Cover { name: format!("{}.pdf", record.reference), title: record.title(), patient: head };
    on_paper(services, actor, cover, move || blocks(&detail, &phone)).await
}

/// What tells a patient from others, on each sheet: one by itself has to be filed under the right person.
fn marks(head: &PatientHead) -> String {
    let born = head.born.as_ref().map(|born| format!("born {born}, ")).unwrap_or_default();
    format!("{born}{}", head.reference)
}

/// What stands on top of a document.
pub(super) struct Cover {
    /// The file's.
    pub name: String,
    pub title: String,
    pub patient: PatientHead,
}

/// Prints where it keeps nobody waiting.
pub(super) async fn on_paper(
    services: &Services,
    actor: &Actor,
    cover: Cover,
    blocks: impl FnOnce() -> Vec<Block> + Send + 'static,
) -> Result<Printed> {
    let settings = services.settings().await?;
    let labels = settings.labels(services.now());
    let reader = actor.viewer().map(|viewer| viewer.name).unwrap_or_default();
    let Cover { name, title, patient } = cover;
    let (marks, about) = (marks(&patient), patient.name);
    let font = services.options().font;
    let ClinicSettings { name: clinic, address, phone, .. } = settings.clinic.clone();
    let letterhead = [address, phone].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let made = format!("Printed on {} for {reader}", dated(&labels.when(services.now())));
    let printing = move || print(&Paper { title, clinic, letterhead, about, marks, made, blocks: blocks() }, font);
    let bytes = tokio::task::spawn_blocking(printing)
        .await
        .map_err(Error::caused("printing stopped"))?
        .map_err(Error::caused("a document could not be printed"))?;
    Ok(Printed { name, bytes })
}

fn blocks(detail: &RecordDetail, phone: &str) -> Vec<Block> {
    let record = &detail.record;
    let mut blocks = Vec::new();
    if record.is_draft() {
        blocks.push(Block::Notice("Unsigned draft.".to_owned()));
    }
    if record.is_cancelled {
        blocks.push(Block::Notice("This prescription was cancelled.".to_owned()));
    }
    blocks.push(Block::Facts(vec![
        ("Type".to_owned(), record.kind.label().to_owned()),
        ("Date".to_owned(), record.date_label.clone()),
        ("By".to_owned(), record.doctor_name.clone()),
        ("Reference".to_owned(), record.reference.clone()),
    ]));
    blocks.extend(said(record));
    if !detail.results.is_empty() {
        blocks.push(Block::Heading("Results".to_owned()));
        blocks.extend(advice(&detail.results, detail.is_own, phone));
        blocks.push(results(detail.results.iter()));
    }
    if !record.prescriptions.is_empty() {
        blocks.push(Block::Heading("Prescriptions".to_owned()));
        blocks.push(Block::List(
            record.prescriptions.iter().map(|rx| format!("{}: {}", rx.title(), rx.summary())).collect(),
        ));
    }
    for addendum in &detail.addenda {
        blocks.push(Block::Heading(format!("Added on {} by {}", dated(&addendum.created), addendum.doctor_name)));
        blocks.extend(said(addendum));
    }
    if let Some(signed) = &record.signed {
        blocks.push(Block::Paragraph(format!("{} by {} on {}.", record.signed_word(), signed.by, dated(&signed.at))));
    }
    blocks
}

/// What a patient should do about the most urgent result, as on the page.
fn advice(results: &[LabResultView], is_own: bool, phone: &str) -> Option<Block> {
    let worst = results.iter().map(LabResultView::level).min_by_key(|level| level.rank());
    let advice = worst.filter(|_| is_own)?.advice()?;
    let words = advice.with_phone(phone);
    Some(if advice.title.is_some() { Block::Notice(words) } else { Block::Paragraph(words) })
}

/// A table of laboratory results.
pub(super) fn results<'a>(results: impl Iterator<Item = &'a LabResultView>) -> Block {
    let rows = results.map(|result| {
        let value = &result.value;
        vec![value.test.clone(), with_note(value), value.range_label().unwrap_or_default(), status(result)]
    });
    Block::Table {
        caption: "Laboratory results".to_owned(),
        head: ["Test", "Result", "Range", "Status"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// Where a value lies, with a mark where it is not as it should be, and the limit beyond which it is critical: as plain as
/// on the page, also in black and white.
fn status(result: &LabResultView) -> String {
    let mark = match result.value.flag {
        _ if result.level() == Level::Critical => "⚠ ",
        Flag::High => "▲ ",
        Flag::Low => "▼ ",
        flag if flag.is_out_of_range() => "⚠ ",
        _ => "",
    };
    let limit = result.critical_limit();
    [Some(format!("{mark}{}", result.status())), limit].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A value, and under it what was noted about it.
fn with_note(value: &LabValue) -> String {
    let note = if value.note.is_empty() { String::new() } else { format!("Note: {}", value.note) };
    [value.shown(), note].join("\n").trim().to_owned()
}

/// What an entry says, part by part: a report's parts are prose under headings, everything else is facts.
fn said(record: &RecordView) -> Vec<Block> {
    let Some(content) = &record.content else {
        return vec![Block::Notice("The content of this entry was erased.".to_owned())];
    };
    let facts = content.facts(record.kind).into_iter();
    if record.kind.is_report() {
        facts.flat_map(|(term, text)| [Block::Subheading(term), Block::Paragraph(text)]).collect()
    } else {
        vec![Block::Facts(facts.collect())]
    }
}

#[cfg(test)]
mod tests {
    use domain_types::{
        LabResultId, RecordId,
        records::{Critical, Mark, judged},
    };

    use super::*;

    fn potassium(number: &str, mark: Option<Mark>, critical: Option<Critical>) -> LabResultView {
        let value = LabValue {
            test: "Potassium".into(),
            code: String::new(),
            value: number.into(),
            unit: "mmol/L".into(),
            low: Some("3.5".into()),
            high: Some("5.1".into()),
            flag: judged(number, Some("3.5"), Some("5.1"), mark),
            mark,
            note: String::new(),
        };
        LabResultView {
            id: LabResultId(1),
            record: RecordId(1),
            record_reference: String::new(),
            date: String::new(),
            date_label: String::new(),
            day: 0,
            processed_at: String::new(),
            time: None,
            value,
            slug: String::new(),
            critical,
            why_not_compared: None,
            is_unacted: false,
            later: None,
        }
    }

    #[test]
    fn the_limit_of_a_critical_result_stands_on_paper_too() {
        let critical = Critical { limit: "6 mmol/L or more".into(), source: "A source".into() };
        let printed = status(&potassium("6.9", None, Some(critical)));
        assert_eq!(printed, "⚠ Critical: far above the range\nCritical limit: 6 mmol/L or more. A source.");
        assert_eq!(status(&potassium("5.4", None, None)), "▲ Slightly above the range");
    }

    #[test]
    fn what_a_patient_should_do_stands_on_their_paper_in_the_words_of_the_page() {
        let of = |number: &str, is_own: bool| {
            let critical = (number == "6.9").then(|| Critical { limit: "6 or more".into(), source: "A source".into() });
            advice(&[potassium("4.1", None, None), potassium(number, None, critical)], is_own, "+353 20 910 0100")
        };
        let Some(Block::Notice(words)) = of("6.9", true) else { panic!("no notice") };
        assert!(words.starts_with("A critical result needs attention now. Call the clinic now on +353 20 910 0100, "));
        assert!(words.ends_with("call your local emergency number."), "{words}");
        assert!(matches!(of("5.4", true), Some(Block::Paragraph(words)) if words.contains("often harmless")));
        assert!(of("4.2", true).is_none() && of("6.9", false).is_none());
    }
}
