//! PDFs as programs really write them, and what people hide in them.

use std::{path::Path, process::Command};

use domain::{
    paper::{Block, Paper, print},
    records::upload::{MediaType, Refusal, accept},
};
use rstest::rstest;

/// A page of our own.
fn printed() -> Vec<u8> {
    let paragraph = Block::Paragraph("Blood pressure is well controlled. ".repeat(40));
    print(&Paper { title: "Letter".to_owned(), blocks: vec![paragraph; 12], ..Paper::default() }, None).unwrap()
}

/// A page that runs a script when it is opened, with the script in an object of its own.
fn scripted(action: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n\
         4 0 obj\n{action}\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n"
    )
    .into_bytes()
}

/// What qpdf makes of a document.
fn by_qpdf(bytes: &[u8], how: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from.pdf"), folder.path().join("to.pdf"));
    std::fs::write(&from, bytes).unwrap();
    qpdf(how.iter().map(AsRef::as_ref).chain([from.as_path(), to.as_path()]));
    std::fs::read(to).unwrap()
}

fn qpdf<'a>(arguments: impl Iterator<Item = &'a Path>) {
    let done = Command::new("qpdf").args(arguments.map(Path::as_os_str)).output().expect("qpdf, see scripts/setup");
    // 3 is a warning: the documents written by hand have no table of references.
    assert!(matches!(done.status.code(), Some(0 | 3)), "{}", String::from_utf8_lossy(&done.stderr));
}

fn outcome(bytes: Vec<u8>) -> Result<MediaType, Refusal> {
    accept("letter.pdf", bytes).map(|accepted| accepted.media_type)
}

const PACKED: &[&str] = &["--object-streams=generate"];
const LINEAR: &[&str] = &["--object-streams=generate", "--linearize"];
const LOOSE: &[&str] = &["--qdf", "--object-streams=disable"];
const OWNER: &[&str] = &["--encrypt", "", "owner", "256", "--"];
const OWNER_PACKED: &[&str] = &["--object-streams=generate", "--encrypt", "", "owner", "256", "--"];
const OWNER_128: &[&str] = &["--object-streams=generate", "--encrypt", "", "owner", "128", "--use-aes=y", "--"];

#[rstest]
#[case::as_printed(&[])]
#[case::packed(PACKED)]
#[case::linear(LINEAR)]
#[case::loose(LOOSE)]
#[case::owner_password(OWNER)]
#[case::owner_password_packed(OWNER_PACKED)]
#[case::owner_password_of_128_bits(OWNER_128)]
fn a_letter_is_stored_and_the_same_with_a_script_is_not(#[case] how: &[&str]) {
    let made = |bytes: Vec<u8>| if how.is_empty() { bytes } else { by_qpdf(&bytes, how) };
    assert_eq!(outcome(made(printed())), Ok(MediaType::Pdf));
    for action in [
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<< /S /SubmitForm /F (https://example.org/) >>",
        "<< /S /Launch /F (calc.exe) >>",
    ] {
        assert_eq!(outcome(made(scripted(action))), Err(Refusal::ActiveContent), "{action}");
    }
    assert_eq!(outcome(made(scripted("<< /S /GoTo /D [3 0 R /Fit] >>"))), Ok(MediaType::Pdf));
}

#[test]
fn a_document_that_needs_a_password_is_refused() {
    let locked = by_qpdf(&printed(), &["--encrypt", "user", "owner", "256", "--"]);
    assert_eq!(outcome(locked), Err(Refusal::Encrypted));
    assert!(Refusal::Encrypted.sentence().contains("needs a password"));
}

#[test]
fn an_attached_file_is_found_however_it_is_packed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("macro.docm");
    std::fs::write(&file, b"PK").unwrap();
    let attach = ["--add-attachment".to_owned(), file.display().to_string(), "--".to_owned()];
    for more in [&[][..], PACKED, OWNER_PACKED] {
        let how: Vec<&str> = more.iter().copied().chain(attach.iter().map(String::as_str)).collect();
        assert_eq!(outcome(by_qpdf(&printed(), &how)), Err(Refusal::ActiveContent), "{more:?}");
    }
}
