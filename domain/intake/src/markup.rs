//! Whether a text is written in a language of markup, or only begins with "less than".

/// Tags that need nothing else to be one.
const TAGS: [&str; 24] = [
    "html", "head", "body", "title", "script", "style", "link", "meta", "base", "iframe", "frame", "object", "embed",
    "form", "svg", "math", "img", "image", "video", "audio", "table", "div", "span", "template",
];

/// Whether a text begins with a tag, a comment, a declaration or an instruction. "<5.0 mmol/L" and "<LOD" are none.
pub(super) fn begins(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    if rest.starts_with(['!', '?']) {
        return true;
    }
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return false;
    }
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '-' | '_' | '.');
    let end = rest.find(|letter| !is_of_name(letter)).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
        return true;
    }
    let after = after.trim_start();
    let attribute = after.trim_start_matches(is_of_name);
    let has_attribute = attribute.len() < after.len() && attribute.trim_start().starts_with('=');
    after.starts_with('>') || after.starts_with("/>") || has_attribute
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("<html>")]
    #[case("<SCRIPT src=x")]
    #[case("<!doctype html>")]
    #[case("<!-- -->")]
    #[case("<?xml version='1.0'?>")]
    #[case("</title>")]
    #[case("<svg/onload=alert(1)>")]
    #[case("<b>bold")]
    #[case("<a href = 'x'>")]
    #[case("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">")]
    #[case("<br/>")]
    fn a_tag_is_markup(#[case] text: &str) {
        assert!(begins(text));
    }

    #[rstest]
    #[case("<5.0 mmol/L")]
    #[case("< 0.01 ng/mL")]
    #[case("<LOD (limit of detection)")]
    #[case("<LLN, CRP >5 mg/L")]
    #[case("<= 3")]
    #[case("<-- see above")]
    #[case("<")]
    #[case("5 <b>")]
    fn less_than_is_none(#[case] text: &str) {
        assert!(!begins(text));
    }
}
