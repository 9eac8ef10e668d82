//! What the demo says when it is ready.

use std::path::Path;

/// What is known of the demo accounts' password.
pub(super) enum Password {
    /// Drawn at this start.
    New(String),
    /// From `SECUREMED_DEMO_PASSWORD`.
    Chosen,
    /// Drawn at an earlier start and not kept anywhere.
    Earlier,
}

const ACCOUNTS: [(&str, &str); 4] = [
    ("patient", "Maya Okafor, with upcoming appointments"),
    ("patient2", "Jonas Lindqvist"),
    ("dr.rivera", "Dr. Elena Rivera, cardiology"),
    ("admin", "the administrator"),
];

pub(super) fn print(url: &str, folder: &Path, password: &Password) {
    print!("{}", text(url, folder, password));
}

fn text(url: &str, folder: &Path, password: &Password) -> String {
    let accounts: String = ACCOUNTS.iter().map(|(name, who)| format!("    {name:10} {who}\n")).collect();
    let password = match password {
        Password::New(password) => format!("The password of all four, shown only now:  {password}"),
        Password::Chosen => "The password of all four is the one in SECUREMED_DEMO_PASSWORD.".into(),
        Password::Earlier => format!(
            "The password was shown at the first start. For a new one set SECUREMED_DEMO_PASSWORD,\n  \
             or delete {} and start again.",
            folder.display()
        ),
    };
    format!("\n  SecureMed is ready:  {url}\n\n  Sign in as\n{accounts}\n  {password}\n  Stop with ctrl-c.\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_shown_only_when_it_was_drawn_just_now() {
        let folder = Path::new("./data");
        assert!(
            text("http://127.0.0.1:3000", folder, &Password::New("oak-lamp-river".into())).contains("oak-lamp-river")
        );
        assert!(text("http://127.0.0.1:3000", folder, &Password::Earlier).contains("delete ./data"));
    }
}
