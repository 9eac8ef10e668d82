//! What a page says when it could not be shown.

use domain_types::{Problem, ProblemCode};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Glyph, Icon, LinkButton, Variant};

/// A page that could not be shown: what happened and the ways on. The response's status is set elsewhere.
#[component]
pub fn LoadError(problem: Problem) -> impl IntoView {
    let glyph = match problem.code {
        ProblemCode::NotFound => Glyph::Search,
        ProblemCode::Forbidden | ProblemCode::CrossSite => Glyph::Shield,
        _ => Glyph::Warning,
    };
    let title = match problem.code {
        ProblemCode::NotFound => "We could not find that",
        ProblemCode::Forbidden => "This page is not for your account",
        code => code.title(),
    };
    let may_retry = problem.status() >= 500 || problem.status() == 429;
    let (home, home_text) = match problem.code {
        ProblemCode::Unauthenticated | ProblemCode::TokenNotValid => ("/login", "Sign in"),
        _ => ("/", "Go to the start page"),
    };
    view! {
        <Title text=title/>
        <section class="trouble">
            <span class="empty-icon"><Icon glyph=glyph/></span>
            <h1 class="page-title">{title}</h1>
            <p class="trouble-text">{problem.detail}</p>
            {problem
                .request_id
                .map(|id| {
                    view! {
                        <p class="trouble-note">
                            "If you call us about it, this number helps us find it: "
                            <code class="reference">{id}</code>
                        </p>
                    }
                })}
            <div class="row trouble-ways">
                // An empty address is this page again.
                {may_retry.then(|| view! { <LinkButton href="">"Try again"</LinkButton> })}
                <LinkButton href=home variant=Variant::Secondary>{home_text}</LinkButton>
            </div>
        </section>
    }
}
