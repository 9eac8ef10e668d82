//! What is printed with.

use domain::paper::FontFile;

use super::Env;

/// Larger files are no fonts; those for Chinese, Japanese and Korean together have some 20 MB.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What is printed with.
#[derive(Clone, Copy, Debug)]
pub struct PaperConfig {
    /// Draws what the built-in fonts lack.
    pub font: Option<FontFile>,
}

impl PaperConfig {
    pub(super) fn from_env(env: &Env, problems: &mut Vec<String>) -> Self {
        let font = env.get("SECUREMED_CJK_FONT").and_then(|path| {
            read(&path).map_err(|problem| problems.push(format!("SECUREMED_CJK_FONT {problem}: {path}"))).ok()
        });
        Self { font }
    }
}

fn read(path: &str) -> Result<FontFile, &'static str> {
    let size = std::fs::metadata(path).map_err(|_| "cannot be read")?.len();
    if size > MOST_BYTES {
        return Err("is too large for a font");
    }
    let bytes = std::fs::read(path).map_err(|_| "cannot be read")?;
    FontFile::read(bytes).ok_or("is not a TrueType or OpenType font")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(path: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let _ = PaperConfig::from_env(&Env::of(&[("SECUREMED_CJK_FONT", path)]), &mut problems);
        problems
    }

    #[test]
    fn a_file_that_is_no_font_is_told_at_the_start() {
        let font = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/paper/assets/fonts/DejaVuSans.ttf");
        assert_eq!(problems(font), Vec::<String>::new());
        assert_eq!(problems("/nowhere.ttf"), ["SECUREMED_CJK_FONT cannot be read: /nowhere.ttf"]);
        let text = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert!(problems(text)[0].contains("is not a TrueType or OpenType font"));
    }
}
