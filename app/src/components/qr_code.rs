//! A picture for the camera of a telephone: always dark on white, whatever the theme, for cameras need it so.

use leptos::prelude::*;

/// The quiet zone that the standard asks for, in modules.
#[cfg(feature = "ssr")]
const QUIET: usize = 4;

/// A text as a QR code. Nothing where the text is too long for one: what it says always stands beside it too.
#[component]
pub fn QrCode(
    #[prop(into)] text: String,
    /// What the picture is, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    drawn(&text).map(|(size, path)| {
        view! {
            <svg
                class="qr"
                role="img"
                aria-label=label
                viewBox=format!("0 0 {size} {size}")
                shape-rendering="crispEdges"
            >
                <rect width=size height=size fill="#ffffff"></rect>
                <path d=path fill="#000000"></path>
            </svg>
        }
    })
}

/// How wide the picture is, and its dark modules as one path: a run of each row is one rectangle.
#[cfg(feature = "ssr")]
fn drawn(text: &str) -> Option<(usize, String)> {
    use qrcode::{Color, EcLevel, QrCode};
    use std::fmt::Write;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, modules) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                // Writing to a String cannot fail.
                let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    Some((width + 2 * QUIET, path))
}

#[cfg(not(feature = "ssr"))]
fn drawn(_text: &str) -> Option<(usize, String)> {
    None
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_its_quiet_zone_and_its_first_finder_pattern() {
        let (size, path) = drawn("otpauth://totp/SecureMed:maya?secret=GEZDGNBVGY3TQOJQ&issuer=SecureMed").unwrap();
        // 33 or more modules and twice the quiet zone; the sides of a code are 17 and a multiple of four.
        assert!(size >= 41 && (size - 8 - 17) % 4 == 0, "{size}");
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
    }

    #[test]
    fn what_no_code_can_hold_is_left_out() {
        assert!(drawn(&"x".repeat(5_000)).is_none());
    }
}
