//! Papers as people hold them: read back by the tools that others read them with.

use std::process::Command;

use domain::{
    paper::{Block, Paper, print},
    records,
    testing::{Engine, TestWorld},
    types::records::{Content, ListForm, Prescription, RecordType},
};
use jiff::civil::date;
use rstest::rstest;

use super::{in_care, maya};

/// The text of each sheet, of a PDF that a strict reader finds nothing wrong with.
fn sheets(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, bytes).unwrap();
    let checked = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf, see scripts/setup");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let read = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().expect("pdftotext");
    let text = String::from_utf8(read.stdout).unwrap();
    text.split('\u{C}').filter(|sheet| !sheet.trim().is_empty()).map(str::to_owned).collect()
}

#[rstest]
#[tokio::test]
async fn every_sheet_names_the_patient_and_all_current_medicines_stand_in_one_place(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rx = Prescription {
        medication_name: "Lisinopril".into(),
        dosage: "10 mg".into(),
        frequency: "Once a day".into(),
        duration: "28 days".into(),
        ..Prescription::default()
    };
    let day = date(2026, 11, 20);
    world.write_entry(&world.maya, &world.rivera, RecordType::Prescription, day, Content::Prescription(rx), &[]).await;
    let form = ListForm { kind: "medication".into(), name: "Cod liver oil".into(), ..ListForm::default() };
    let rivera = world.actor(&world.rivera).await;
    let _ = records::add_item(&world.services, &rivera, &maya(), &form).await.unwrap();
    for number in 0..60 {
        world.write_record(&world.maya, &world.rivera, &format!("Cough {number}")).await;
    }
    let actor = world.actor(&world.maya).await;
    let sheets = sheets(&records::summary(&world.services, &actor).await.unwrap().bytes);
    assert!(sheets.len() > 2);
    let reference = world.reference_of(&world.maya).await;
    for (number, sheet) in (1..).zip(&sheets) {
        let page = format!("Page {number} of {}", sheets.len());
        for words in ["Maya Okafor", "born 12 April 1988", &reference, "12 Bridge Row", &page] {
            assert!(sheet.contains(words), "{words} on sheet {number}: {sheet}");
        }
    }
    let all = sheets.join("\n");
    let (_, after) = all.split_once("Current medicines").unwrap();
    let (medicines, _) = after.split_once("\nNotes").unwrap();
    assert!(medicines.contains("Lisinopril 10 mg") && medicines.contains("Cod liver oil"), "{medicines}");
    for word in ["today", "yesterday", "tomorrow"] {
        assert!(!all.to_lowercase().contains(word), "{word}");
    }
}

#[test]
fn a_paper_says_what_was_written_in_every_script_and_sign() {
    let said = ["☑ yes ☒ no ☐ open ♀ ♂ 5 µg ≥ 3 ≤ 4 → ½ ° …", "first oﬃce", "Հակոբ ნინო Ελένη", "आरती", "สมชาย"];
    let mut blocks: Vec<Block> = said.iter().map(|text| Block::Paragraph((*text).to_owned())).collect();
    blocks.push(Block::Paragraph("שרה".to_owned()));
    blocks.push(Block::Paragraph("\tMorning\tEvening\nMon\t120\t130".to_owned()));
    blocks.push(Block::Paragraph("語".to_owned()));
    let text = sheets(&print(&Paper { blocks, ..Paper::default() }, None).unwrap()).join("\n");
    for words in ["☑ yes ☒ no ☐ open ♀ ♂ 5 µg ≥ 3 ≤ 4 → ½ ° …", "first office", "Հակոբ ნინო Ελένη", "[U+8A9E]"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains("Some characters could not be printed: U+8A9E."), "{text}");
    for letters in ["आरती", "สมชาย", "שרה"] {
        assert!(letters.chars().all(|letter| text.contains(letter)), "{letters}: {text}");
    }
    assert!(text.contains("Morning") && text.contains("120"), "{text}");
}
