//! Plain forms: where they lead, and how a refused one comes back with what was typed.
//!
//! A server function hands its outcome to [`FormPage::answer`]. For a form post it answers with a redirect: onwards
//! after success, back to the form after a refusal. A refused form is kept on the server, never the password or a code
//! in it, and the address carries only a random `flash`; the form's page calls [`take_flash`] and refills once.

use std::collections::BTreeMap;

use domain_types::Problem;

/// The page on which somebody proves who they are once more; it leads back with `next`, and with `act` goes on with
/// what waited for the proof.
pub const STEP_UP: &str = "/account/confirm";
/// The page that tells whoever sent it that a form was drawn for somebody else.
pub const OTHER_PERSON: &str = "/other-person";
/// The field of every form that names for whom it was drawn.
pub const DRAWN_FOR: &str = "drawn_for";
/// The longest address that is led to.
const MAX_ADDRESS: usize = 2_000;

/// What a refused form brought back. Empty when there was none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flash {
    problem: Option<Problem>,
    fields: BTreeMap<String, String>,
}

impl Flash {
    /// A form that was refused, without what was typed.
    #[cfg(test)]
    pub(crate) fn refused(problem: Problem) -> Self {
        Self { problem: Some(problem), fields: BTreeMap::new() }
    }

    /// What was wrong.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// What was typed, or nothing.
    #[must_use]
    pub fn value(&self, field: &str) -> String {
        self.fields.get(field).cloned().unwrap_or_default()
    }

    /// What was typed into a field, or what stood there before when it was not sent along.
    #[must_use]
    pub fn typed_or(&self, field: &str, before: &str) -> String {
        self.fields.get(field).map_or_else(|| before.to_owned(), Clone::clone)
    }

    /// The sentence beside a field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        self.problem()?.for_field(field).map(str::to_owned)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.problem.is_none() && self.fields.is_empty()
    }
}

/// Gives the refused form that `token` stands for, once, to whoever sent it.
pub async fn take_flash(token: Option<String>) -> Flash {
    #[cfg(feature = "ssr")]
    if let (Some(token), Ok(ctx)) = (token, crate::server_ctx::ctx()) {
        // When the database is away the page itself says so.
        if let Ok(Some(kept)) = ctx.take_form(&token).await {
            return Flash { problem: kept.problem, fields: kept.fields };
        }
    }
    #[cfg(not(feature = "ssr"))]
    drop(token);
    Flash::default()
}

/// Keeps what a flash brought for one more page, and gives its new token.
pub async fn keep_flash(flash: &Flash) -> Option<String> {
    #[cfg(feature = "ssr")]
    if let (false, Ok(ctx)) = (flash.is_empty(), crate::server_ctx::ctx()) {
        return ctx.keep_form(flash.problem.as_ref(), &flash.fields).await.ok();
    }
    #[cfg(not(feature = "ssr"))]
    let _ = flash;
    None
}

/// Names the person for whom a form is being drawn.
#[must_use]
pub fn drawn_for() -> String {
    #[cfg(feature = "ssr")]
    let name = crate::server_ctx::drawn_for();
    #[cfg(not(feature = "ssr"))]
    let name = String::new();
    name
}

/// A fresh name for a form that is being drawn: sent twice, it is one act.
#[must_use]
pub fn form_key() -> String {
    #[cfg(feature = "ssr")]
    let key = crate::server_ctx::form_key();
    #[cfg(not(feature = "ssr"))]
    let key = String::new();
    key
}

/// `text` when it is a path of this site, with its query; anything that a browser could take for another site is not.
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let after_slash = text.strip_prefix('/')?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (is_plain && !after_slash.starts_with('/') && text.len() <= MAX_ADDRESS).then_some(text)
}

#[cfg(feature = "ssr")]
pub use answering::FormPage;

#[cfg(feature = "ssr")]
mod answering {
    use std::collections::BTreeMap;

    use domain_types::{Problem, ProblemCode};

    use crate::{
        address::{address, with_query},
        error::AppError,
        forms::STEP_UP,
        server_ctx::ServerCtx,
    };

    /// The page of a form, and what was typed into it.
    #[derive(Clone, Debug)]
    pub struct FormPage {
        address: String,
        fields: BTreeMap<String, String>,
    }

    impl FormPage {
        /// `address` is a path of this site, with its query.
        #[must_use]
        pub fn at(address: impl Into<String>) -> Self {
            Self { address: address.into(), fields: BTreeMap::new() }
        }

        /// Remembers a field for the case of a refusal. Never a password or a code.
        #[must_use]
        pub fn typed(mut self, field: &str, value: &str) -> Self {
            self.fields.insert(field.to_owned(), value.to_owned());
            self
        }

        /// Answers a form post with a redirect: to `onwards` after success, back to the form after a refusal. Scripts
        /// get the outcome itself.
        ///
        /// # Errors
        /// The refusal, as it came in.
        pub async fn answer<T>(
            self,
            ctx: &ServerCtx,
            outcome: Result<T, AppError>,
            onwards: impl FnOnce(&T) -> String,
        ) -> Result<T, AppError> {
            match &outcome {
                Ok(value) => ctx.request.lead_to(&onwards(value)),
                // A form that nothing can be kept of leads nowhere: what was typed is still in the browser behind it.
                Err(error) if error.0.code == ProblemCode::Unavailable => ctx.request.refuse(&error.0),
                Err(error) if ctx.request.accepts_html => {
                    let back = self.back(ctx, &error.0).await;
                    ctx.request.lead_to(&back);
                }
                Err(_) => {}
            }
            outcome
        }

        /// The address of the form with what was remembered so far, which its page takes with `take_flash`: for what goes
        /// from one page to the next and must not stand in an address.
        pub async fn carried(self, ctx: &ServerCtx) -> String {
            match ctx.keep_form(None, &self.fields).await {
                Ok(token) => with_query(&self.address, &[("flash", &token)]),
                Err(_) => self.address,
            }
        }

        /// Where a refused form goes: to itself, or through signing in and then to itself. What lacks a fresh proof alone
        /// goes on by itself when that is given.
        pub async fn back(self, ctx: &ServerCtx, problem: &Problem) -> String {
            if problem.code == ProblemCode::StepUpRequired
                && let Ok(Some(act)) = ctx.keep_act(problem, &self.fields).await
            {
                return address(STEP_UP, &[("next", &self.address), ("act", &act)]);
            }
            let form = match ctx.keep_form(Some(problem), &self.fields).await {
                Ok(token) => with_query(&self.address, &[("flash", &token)]),
                // Nothing could be kept: the form comes back empty rather than not at all.
                Err(_) => self.address,
            };
            match problem.code {
                ProblemCode::Unauthenticated => address("/login", &[("next", &form)]),
                ProblemCode::StepUpRequired => address(STEP_UP, &[("next", &form)]),
                _ => form,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_this_site_are_led_to() {
        for path in ["/", "/dashboard", "/appointments/book?doctor=3&date=2026-12-01&time=09:30", "/a%2F%2Fb#c"] {
            assert_eq!(local_path(path), Some(path));
        }
    }

    #[test]
    fn nothing_that_leaves_this_site_is_led_to() {
        let foreign = [
            "",
            "dashboard",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "https://evil.example",
            "javascript:alert(1)",
            " /dashboard",
            "/\t/evil.example",
            "/\n/evil.example",
            "/dash board",
            "/caf\u{e9}",
            "/\u{0}",
        ];
        for path in foreign {
            assert_eq!(local_path(path), None, "{path:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(MAX_ADDRESS))), None);
    }

    #[test]
    fn a_flash_gives_back_what_was_typed_with_the_sentence_beside_it() {
        let flash = Flash {
            problem: Some(Problem::field("reason", "You wrote 1,001 characters; please keep it to 1,000.")),
            fields: BTreeMap::from([("reason".into(), "long".into())]),
        };
        assert_eq!(flash.value("reason"), "long");
        assert_eq!(flash.error("reason").as_deref(), Some("You wrote 1,001 characters; please keep it to 1,000."));
        assert_eq!((flash.value("date"), flash.error("date")), (String::new(), None));
        assert_eq!(flash.typed_or("reason", "before"), "long");
        assert_eq!(flash.typed_or("date", "before"), "before");
    }
}
