//! Names that are safe to store, to show and to save under.

use super::MediaType;

/// The longest name, extension included, in characters.
pub(super) const MAX_CHARS: usize = 100;

/// What a document is called whose name has nothing in it.
pub(super) const NAMELESS: &str = "document";

/// The name to store a document under: one harmless file name with the extension of its kind.
pub(super) fn stored(given: &str, kind: MediaType) -> String {
    let tidy = tidied(given);
    // An extension that means nothing here ("report.2024") belongs to the name.
    let stem = match split(&tidy) {
        (stem, Some(extension)) if MediaType::from_extension(extension).is_some() => stem,
        _ => &tidy,
    };
    let stem = stem.trim_matches(['.', ' ']);
    let prefix = if is_device(stem) { "file-" } else { "" };
    let room = MAX_CHARS - 1 - kind.extension().len();
    let stem: String = prefix.chars().chain(stem.chars()).take(room).collect();
    let stem = match stem.trim_end_matches(['.', ' ']) {
        "" => NAMELESS,
        stem => stem,
    };
    format!("{stem}.{}", kind.extension())
}

/// A name without this extension.
pub(super) fn without<'a>(given: &'a str, extension: &str) -> &'a str {
    match given.rsplit_once('.') {
        Some((stem, last)) if last.trim().eq_ignore_ascii_case(extension) => stem,
        _ => given,
    }
}

/// The extension of a given name, without the dot.
pub(super) fn extension(given: &str) -> Option<String> {
    split(&tidied(given)).1.map(str::to_owned)
}

/// The last part of a path, with single spaces and without what deceives the eye or a file system.
pub(super) fn tidied(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless: String = last.chars().filter(|&c| c.is_whitespace() || !is_unwanted(c)).collect();
    let words: Vec<&str> = harmless.split_whitespace().collect();
    // Windows drops dots and spaces at the end, and "a.html." would be "a.html" again.
    words.join(" ").trim_end_matches(['.', ' ']).to_owned()
}

/// The name before the last dot, and the extension behind it. "Dr. Miller" has none.
fn split(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.is_empty() && !extension.contains(' ') => (stem, Some(extension)),
        _ => (name, None),
    }
}

/// Whether a character is invisible, turns the writing direction, or is not allowed in file names
/// somewhere.
fn is_unwanted(c: char) -> bool {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => true,
        // Direction: "gpj.exe" reads "exe.jpg" behind U+202E.
        _ if domain_types::text::turns(c) => true,
        // No width at all.
        '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{FEFF}' => true,
        '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' => true,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => c.is_control(),
    }
}

/// Whether Windows takes a name for a device. It looks only at what stands before the first dot.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    match first.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        _ => first
            .strip_prefix("COM")
            .or_else(|| first.strip_prefix("LPT"))
            .is_some_and(|port| matches!(port, "¹" | "²" | "³") || matches!(port.as_bytes(), [b'0'..=b'9'])),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Blood test.pdf", "Blood test.pdf")]
    #[case::upper_case("SCAN.PDF", "SCAN.pdf")]
    #[case::none("letter", "letter.pdf")]
    #[case::of_another_kind("photo.jpeg", "photo.pdf")]
    #[case::of_no_kind("report.2024", "report.2024.pdf")]
    #[case::of_a_program("setup.exe", "setup.exe.pdf")]
    #[case::title("Dr. Miller", "Dr. Miller.pdf")]
    #[case::twice("a.pdf.pdf", "a.pdf.pdf")]
    #[case::other_scripts("Größe 身長.pdf", "Größe 身長.pdf")]
    #[case::up_and_away("../../etc/passwd", "passwd.pdf")]
    #[case::windows_path("C:\\Users\\me\\scan.pdf", "scan.pdf")]
    #[case::folder("letters/", "document.pdf")]
    #[case::dots("..", "document.pdf")]
    #[case::nothing("", "document.pdf")]
    #[case::only_an_extension(".pdf", "document.pdf")]
    #[case::hidden(".htaccess", "htaccess.pdf")]
    #[case::dots_at_the_end("scan.pdf. .", "scan.pdf")]
    #[case::spaces("  my \t\r\n scan .pdf ", "my scan.pdf")]
    #[case::nul("scan\0.pdf", "scan.pdf")]
    #[case::direction("scan\u{202E}gpj.exe", "scangpj.exe.pdf")]
    #[case::no_width("s\u{200B}can\u{FEFF}.pdf", "scan.pdf")]
    #[case::markup("<img src=x onerror=\"y\">.pdf", "img src=x onerror=y.pdf")]
    #[case::stream("scan.pdf:evil", "scan.pdfevil.pdf")]
    #[case::device("con", "file-con.pdf")]
    #[case::device_with_extensions("Nul.tar.pdf", "file-Nul.tar.pdf")]
    #[case::port("COM1.pdf", "file-COM1.pdf")]
    #[case::old_port("lpt¹.pdf", "file-lpt¹.pdf")]
    #[case::no_device("console.pdf", "console.pdf")]
    #[case::no_port("com12.pdf", "com12.pdf")]
    fn a_given_name_becomes_one_harmless_file_name(#[case] given: &str, #[case] expected: &str) {
        assert_eq!(stored(given, MediaType::Pdf), expected);
    }

    #[test]
    fn a_long_name_is_cut_before_its_extension() {
        let name = stored(&format!("{}.pdf", "ü".repeat(300)), MediaType::Pdf);
        assert_eq!(name, format!("{}.pdf", "ü".repeat(96)));
    }

    #[rstest]
    #[case("a.txt", Some("txt"))]
    #[case("a.txt/b.Html", Some("Html"))]
    #[case("a.html. ", Some("html"))]
    #[case("a.ht\u{200B}ml", Some("html"))]
    #[case(".svg", Some("svg"))]
    #[case("notes", None)]
    #[case("Dr. Miller", None)]
    fn the_extension_is_read_from_the_tidy_name(#[case] given: &str, #[case] expected: Option<&str>) {
        assert_eq!(extension(given).as_deref(), expected);
    }

    const TRICKY: &str = "(?s)(\\PC|[./\\\\ \0-\u{1F}]|con|\u{202E}|\\.jpg){0,130}";

    proptest! {
        #[test]
        fn a_stored_name_never_leaves_its_folder(given in TRICKY) {
            for kind in [MediaType::Pdf, MediaType::Jpeg, MediaType::Png, MediaType::Text] {
                let name = stored(&given, kind);
                prop_assert!(!name.contains(['/', '\\']));
                prop_assert!(!name.chars().any(is_unwanted));
                prop_assert!(!name.starts_with(['.', ' ']));
                prop_assert_eq!(split(&name).1, Some(kind.extension()));
                prop_assert!(name.chars().count() <= MAX_CHARS);
                prop_assert!(!is_device(&name));
                prop_assert_eq!(stored(&name, kind), name);
            }
        }
    }
}
