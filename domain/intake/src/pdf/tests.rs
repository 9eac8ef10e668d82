use lopdf::{Document, Object, Stream, dictionary};
use rstest::rstest;

use super::{
    super::fixtures::{pdf, pdf_of, pdf_with},
    *,
};

#[test]
fn a_document_that_only_shows_something_stays_as_it_is() {
    assert_eq!(checked(pdf()), Ok(pdf()));
}

#[rstest]
#[case::script("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")]
#[case::script_alone("/A << /S /Rendition /JS (1) >>")]
#[case::without_spaces("/A<</S/JavaScript>>")]
#[case::escaped("/A << /S /J#61va#53cript >>")]
#[case::escaped_in_both_cases("/A << /S /Ren /#4a#53 (1) >>")]
#[case::program("/OpenAction << /S /Launch /F (cmd.exe) >>")]
#[case::sends_itself("/OpenAction << /S /SubmitForm /F (https://example.org) >>")]
#[case::sends_when_pressed("/A << /S /Submit#46orm /F (https://example.org) >>")]
#[case::reads_a_file("/A << /S /ImportData /F (data.fdf) >>")]
#[case::opens_an_address_by_itself("/OpenAction << /S /URI /URI (https://example.org) >>")]
#[case::prints_by_itself("/OpenAction << /S /Named /N /Print >>")]
#[case::goes_on_by_itself("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /Named /N /Print >> >>")]
#[case::follows_events("/AA << /WC << /S /URI /URI (https://example.org) >> >>")]
#[case::another_file("/A << /S /GoToR /F (\\\\\\\\server\\\\share.pdf) /D [0 /Fit] >>")]
#[case::address_of_a_script("/A << /S /URI /URI (java\\nscript:alert\\(1\\)) >>")]
#[case::address_in_hexadecimal("/A << /S /URI /URI <6a6176617363726970743a> >>")]
#[case::base_of_addresses("/URI << /Base (javascript:) >>")]
#[case::attachments("/Names << /EmbeddedFiles 9 0 R >>")]
#[case::attachment("/F << /Type /EmbeddedFile >>")]
#[case::attached("/AF [<< /Type /Filespec /EF << /F 9 0 R >> >>]")]
#[case::film("/Annots [<< /Type /Annot /Subtype /Movie >>]")]
#[case::media("/Media << /Subtype /RichMedia >>")]
#[case::portfolio("/Collection << /View /D >>")]
#[case::form("/AcroForm << /XFA 9 0 R >>")]
fn a_document_that_does_something_is_refused(#[case] entry: &str) {
    assert_eq!(checked(pdf_with(entry)), Err(Refusal::ActiveContent));
}

#[rstest]
#[case::view("/OpenAction [3 0 R /Fit]")]
#[case::go_to("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>")]
#[case::link("/A << /S /URI /URI (https://example.org/?q=javascript) >>")]
#[case::mail("/A << /S /URI /URI (mailto:desk@example.org) >>")]
#[case::form("/AcroForm << /Fields [] >>")]
#[case::no_events("/AA << >>")]
#[case::longer_name("/JSON (1) /LaunchPad 1 /EncryptMetadata true")]
#[case::other_case("/javascript 1 /Js 2")]
#[case::words("/Title (About JavaScript and JS)")]
fn a_document_that_does_nothing_is_accepted(#[case] entry: &str) {
    assert_eq!(checked(pdf_with(entry)), Ok(pdf_with(entry)));
}

/// A document whose catalogue, pages and one more object stand in an object stream.
fn packed(more: Object) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! { "Type" => "Page", "Parent" => pages });
    let kids = vec![Object::Reference(page)];
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let more = document.add_object(more);
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "More" => more });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).unwrap();
    bytes
}

#[test]
fn an_action_in_an_object_stream_is_found() {
    let link = dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.org") };
    assert!(checked(packed(link.into())).is_ok());
    for action in ["JavaScript", "SubmitForm", "Launch"] {
        let bytes = packed(dictionary! { "S" => action }.into());
        assert!(!bytes.windows(action.len()).any(|window| window == action.as_bytes()), "{action} is not packed");
        assert_eq!(checked(bytes), Err(Refusal::ActiveContent), "{action}");
    }
}

#[test]
fn an_object_stream_that_calls_itself_something_else_is_found() {
    let inner = b"9 0 << /S /JavaScript >>".to_vec();
    for entry in ["/N 1 /First 4", "/Type /Metadata /N 1 /First 4"] {
        let stream =
            [format!("<< {entry} /Length {} >>\nstream\n", inner.len()).as_bytes(), &inner, b"\nendstream"].concat();
        let whole = pdf_of(&[b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", &stream]);
        assert_eq!(checked(whole), Err(Refusal::ActiveContent), "{entry}");
    }
}

/// A document with an object stream of this content.
fn with_stream(index: &str, objects: &[u8], pack: bool) -> Vec<u8> {
    let plain = [index.as_bytes(), objects].concat();
    let mut stream = Stream::new(dictionary! { "Type" => "ObjStm", "N" => 1, "First" => index.len() as i64 }, plain);
    if pack {
        stream.compress().unwrap();
    }
    let filter = if pack { "/Filter /FlateDecode" } else { "" };
    let head =
        format!("<< /Type /ObjStm /N 1 /First {} {filter} /Length {} >>\nstream\n", index.len(), stream.content.len());
    let stream = [head.as_bytes(), &stream.content, b"\nendstream"].concat();
    pdf_of(&[b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", &stream])
}

#[test]
fn what_unpacks_to_far_more_than_it_is_is_refused() {
    let large = |bytes: usize| [b"(", &vec![b'a'; bytes][..], b")"].concat();
    assert!(checked(with_stream("9 0 ", &large(1_000), true)).is_ok());
    let bomb = with_stream("9 0 ", &large(65 * 1024 * 1024), true);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(checked(bomb), Err(Refusal::TooComplex));
}

#[test]
fn an_index_that_names_one_object_many_times_is_refused() {
    assert!(checked(with_stream("9 0 10 2 ", b"1 2 ", false)).is_ok());
    assert_eq!(checked(with_stream("9 0 10 0 ", b"1 2 ", false)), Err(Refusal::Damaged));
    assert_eq!(checked(with_stream("9 0 x y ", b"1 2 ", false)), Err(Refusal::Damaged));
}

#[test]
fn objects_in_objects_without_end_do_not_stop_the_check() {
    let deep = format!("/Deep {}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let _ = checked(pdf_with(&deep));
    let circle = "/A 1 0 R /OpenAction 1 0 R";
    assert_eq!(checked(pdf_with(circle)), Err(Refusal::ActiveContent));
}

#[test]
fn what_an_update_adds_or_takes_away_is_found() {
    let update = |object: &str| {
        let first = pdf();
        let place = first.len();
        let object = format!("9 0 obj\n{object}\nendobj\n");
        let table = place + object.len();
        let tail = format!(
            "xref\n9 1\n{place:010} 00000 n \ntrailer\n<< /Root 1 0 R /Size 10 /Prev 0 >>\nstartxref\n{table}\n%%EOF\n"
        );
        [first, object.into_bytes(), tail.into_bytes()].concat()
    };
    assert!(checked(update("<< /S /URI >>")).is_ok());
    assert_eq!(checked(update("<< /S /JavaScript >>")), Err(Refusal::ActiveContent));
    let replaced = [pdf_with("/A << /S /JavaScript >>"), update("<< /S /URI >>")].concat();
    assert_eq!(checked(replaced), Err(Refusal::ActiveContent));
}

#[test]
fn a_document_that_nobody_can_open_is_refused() {
    let whole = String::from_utf8(pdf()).unwrap().replace("/Size 4", "/Size 4 /Encrypt 3 0 R");
    assert_eq!(checked(whole.into_bytes()), Err(Refusal::Encrypted));
}

#[rstest]
#[case::mark_of_the_encoding(b"\xEF\xBB\xBF")]
#[case::line(b"\r\n")]
#[case::printer(b"\x1B%-12345X@PJL SET RESOLUTION=600\r\n@PJL ENTER LANGUAGE=PDF\r\n")]
fn what_stands_before_the_header_is_cut_off(#[case] before: &[u8]) {
    assert_eq!(checked([before, &pdf()].concat()), Ok(pdf()));
}

#[rstest]
#[case::markup(b"<html><script>alert(1)</script>".to_vec())]
#[case::picture(b"GIF89a/*".to_vec())]
#[case::archive(b"PK\x03\x04".to_vec())]
#[case::too_much(vec![b'\n'; 1024])]
fn a_document_behind_another_is_none(#[case] before: Vec<u8>) {
    assert_eq!(header(&[&before[..], &pdf()].concat()), None);
}

#[test]
fn what_comes_behind_the_end_is_cut_off() {
    for tail in [&b"<html><script>"[..], b"PK\x03\x04", b"trailer << /Encrypt 1 0 R >>"] {
        assert_eq!(checked([&pdf(), tail].concat()), Ok(pdf()));
    }
}

#[test]
fn white_space_behind_the_end_and_earlier_ends_are_kept() {
    let spaced = [&pdf()[..], b"\r\n\0 "].concat();
    assert_eq!(checked(spaced.clone()), Ok(spaced));
    let updated = [pdf(), pdf()].concat();
    assert_eq!(checked(updated.clone()), Ok(updated));
}

#[test]
fn a_document_without_an_end_or_without_objects_is_damaged() {
    let without_end = |length| checked(pdf().into_iter().take(length).collect());
    for length in 0..pdf().len() - 1 {
        assert_eq!(without_end(length), Err(Refusal::Damaged), "{length} bytes");
    }
    assert_eq!(checked([&pdf()[..], &[b'x'; WITHIN]].concat()), Err(Refusal::Damaged));
    assert_eq!(checked(b"%PDF-1.7\nNothing in it.\n%%EOF\n".to_vec()), Err(Refusal::Damaged));
}
