//! What a page says when it could not be shown.

use domain_types::{Problem, ProblemCode, auth::Viewer};
use leptos::prelude::*;

use super::{Button, Form, Glyph, Icon, LinkButton, PageTitle, Sentence, TextLink, Variant};

/// Another way on from a page that could not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    pub words: &'static str,
    pub href: String,
    pub link: &'static str,
}

/// A page that could not be shown: what happened and the ways on. The response's status is set elsewhere.
#[component]
pub fn LoadError(
    problem: Problem,
    /// Whoever is signed in: they go on from a page of theirs.
    viewer: Option<Viewer>,
    /// This page: where somebody else who signs in comes back to.
    here: String,
    /// What else the reader may have come for: a sentence, and where it leads.
    #[prop(optional_no_strip)]
    instead: Option<Instead>,
) -> impl IntoView {
    let glyph = match problem.code {
        ProblemCode::NotFound => Glyph::Search,
        ProblemCode::Forbidden | ProblemCode::CrossSite => Glyph::Shield,
        _ => Glyph::Warning,
    };
    let title = match problem.code {
        ProblemCode::NotFound => "Page not found",
        ProblemCode::Forbidden => "This page is not for your account",
        code => code.title(),
    };
    let may_retry = problem.status() >= 500 || problem.status() == 429;
    let (home, home_text) = match (problem.code, &viewer) {
        (ProblemCode::Unauthenticated | ProblemCode::TokenNotValid, _) => ("/login", "Sign in"),
        (_, Some(viewer)) => (viewer.role.home(), "Go to your start page"),
        _ => ("/", "Go to the start page"),
    };
    let is_for_others = problem.code == ProblemCode::Forbidden && viewer.is_some();
    view! {
        <PageTitle text=title/>
        <section class="trouble">
            <span class="empty-icon"><Icon glyph=glyph/></span>
            <h1 class="page-title">{title}</h1>
            <p class="trouble-text"><Sentence text=problem.detail/></p>
            {instead
                .map(|Instead { words, href, link }| {
                    view! { <p class="trouble-text">{words} " " <TextLink href>{link}</TextLink></p> }
                })}
            {problem
                .request_id
                .filter(|_| !is_for_others)
                .map(|id| {
                    view! {
                        <p class="trouble-note">
                            "If you call us about this, quote this number: "
                            <code class="reference">{id}</code>
                        </p>
                    }
                })}
            <div class="row trouble-ways">
                // An empty address is this page again.
                {may_retry.then(|| view! { <LinkButton href="">"Try again"</LinkButton> })}
                <LinkButton href=home variant=if is_for_others { Variant::Primary } else { Variant::Secondary }>
                    {home_text}
                </LinkButton>
                {is_for_others.then(|| view! { <SomebodyElse here/> })}
            </div>
        </section>
    }
}

/// Ends this session and asks somebody else to sign in for the same page.
#[component]
fn SomebodyElse(here: String) -> impl IntoView {
    view! {
        <Form action="/fn/auth/sign_out">
            <input type="hidden" name="next" value=here/>
            <Button variant=Variant::Secondary>"Sign in with a different account"</Button>
        </Form>
    }
}
