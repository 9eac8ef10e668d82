//! An entry on paper.

use domain_types::records::{RecordDetail, RecordView};

use super::detail::{self, Which};
use crate::{
    access::{Act, Actor},
    error::{Error, Result},
    paper::{Block, Paper, print},
    services::Services,
    settings,
    time::Labels,
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
    let act = Act { action: "records.download", object: "record" };
    let detail = detail::read(services, actor, act, which).await?.into_inner();
    let settings = settings::load(services.db().read()).await?;
    let labels = Labels::new(settings.zone.clone(), services.now());
    let reader = actor.viewer().map(|viewer| viewer.name).unwrap_or_default();
    let record = &detail.record;
    let paper = Paper {
        title: record.title(),
        clinic: settings.clinic.name,
        about: format!("{}, {}", record.patient_name, record.patient_reference),
        made: format!("Made on {} for {reader}", labels.moment(services.now())),
        blocks: blocks(&detail),
    };
    let name = format!("{}.pdf", record.reference);
    let made = tokio::task::spawn_blocking(move || print(&paper)).await;
    let bytes =
        made.map_err(Error::caused("printing stopped"))?.map_err(Error::caused("a document could not be printed"))?;
    Ok(Printed { name, bytes })
}

fn blocks(detail: &RecordDetail) -> Vec<Block> {
    let record = &detail.record;
    let mut blocks = Vec::new();
    if record.is_draft() {
        blocks.push(Block::Notice("A draft that was not signed.".to_owned()));
    }
    if record.is_cancelled {
        blocks.push(Block::Notice("This prescription was cancelled.".to_owned()));
    }
    blocks.push(Block::Facts(vec![
        ("Kind".to_owned(), record.kind.label().to_owned()),
        ("Date".to_owned(), record.date_label.clone()),
        ("By".to_owned(), record.doctor_name.clone()),
        ("Reference".to_owned(), record.reference.clone()),
    ]));
    blocks.extend(said(record));
    if !detail.results.is_empty() {
        let rows = detail.results.iter().map(|result| {
            let value = &result.value;
            vec![
                value.test.clone(),
                [value.shown(), value.note.clone()].join("\n").trim().to_owned(),
                value.range_label().unwrap_or_default(),
                value.flag.label().to_owned(),
            ]
        });
        blocks.push(Block::Heading("Results".to_owned()));
        blocks.push(Block::Table {
            caption: "Laboratory results".to_owned(),
            head: ["Test", "Result", "Range", "In words"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        });
    }
    if !record.prescriptions.is_empty() {
        blocks.push(Block::Heading("Prescriptions".to_owned()));
        blocks.push(Block::List(
            record.prescriptions.iter().map(|rx| format!("{}: {}", rx.title(), rx.summary())).collect(),
        ));
    }
    for addendum in &detail.addenda {
        blocks.push(Block::Heading(format!("Added on {} by {}", addendum.created.label, addendum.doctor_name)));
        blocks.extend(said(addendum));
    }
    if let Some(signed) = &record.signed {
        blocks.push(Block::Paragraph(format!("{} by {} on {}.", record.signed_word(), signed.by, signed.at.label)));
    }
    blocks
}

/// What an entry says, part by part: a report's parts are prose under headings, everything else is facts.
fn said(record: &RecordView) -> Vec<Block> {
    let Some(content) = &record.content else {
        return vec![Block::Notice("What this entry said was erased.".to_owned())];
    };
    let facts = content.facts().into_iter();
    if record.kind.is_report() {
        facts.flat_map(|(term, text)| [Block::Subheading(term), Block::Paragraph(text)]).collect()
    } else {
        vec![Block::Facts(facts.collect())]
    }
}
