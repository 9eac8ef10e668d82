//! What was wrong with a form, on top of it.

use domain_types::{Problem, ProblemCode};
use leptos::prelude::*;

use super::{Alert, Glyph, Icon, Sentence, Tone, field_id, raw_text::title_tells_errors};

/// The summary of a refused form. It takes the focus when the page arrives, is announced, and leads to each wrong field.
/// Nothing is drawn without a problem.
///
/// That somebody had to sign in, or to prove who they are, is no longer wrong when they are back: they are told that the
/// form waits for them.
#[component]
pub fn FormErrors(
    problem: Option<Problem>,
    /// Names of the controls that are on this page: their sentences become links.
    #[prop(optional)]
    controls: &'static [&'static str],
    /// The same for controls whose names are made.
    #[prop(optional)]
    made: Vec<String>,
) -> impl IntoView {
    problem.map(|problem| {
        if let Some(words) = waits(problem.code) {
            return view! {
                <div class="form-errors">
                    <Alert tone=Tone::Info title="Not sent yet"><p>{words}</p></Alert>
                </div>
            }
            .into_any();
        }
        title_tells_errors();
        let title = problem.title();
        let detail = problem.detail.clone();
        let mut sentences: Vec<_> = problem
            .fields
            .into_iter()
            .flat_map(|(field, sentences)| sentences.into_iter().map(move |sentence| (field.clone(), sentence)))
            .collect();
        // In the order in which the controls stand on the page.
        let all: Vec<&str> = controls.iter().copied().chain(made.iter().map(String::as_str)).collect();
        sentences.sort_by_key(|(field, _)| all.iter().position(|control| control == field));
        // One sentence about one field is the detail already.
        let says_more = detail != title && (problem.code != ProblemCode::ValidationError || sentences.is_empty());
        let items = sentences
            .into_iter()
            .map(|(field, sentence)| {
                let target = all.contains(&field.as_str()).then(|| format!("#{}", field_id(&field)));
                match target {
                    Some(href) => view! { <li><a class="link" href=href>{sentence}</a></li> }.into_any(),
                    None => view! { <li>{sentence}</li> }.into_any(),
                }
            })
            .collect::<Vec<_>>();
        let has_items = !items.is_empty();
        view! {
            <div class="alert alert-danger form-errors" role="alert" tabindex="-1" autofocus>
                <Icon glyph=Glyph::AlertCircle/>
                <div class="alert-body">
                    <h2 class="alert-title">{title}</h2>
                    {says_more.then(|| view! { <p><Sentence text=detail/></p> })}
                    {has_items.then(|| view! { <ul>{items}</ul> })}
                </div>
            </div>
        }
        .into_any()
    })
}

/// What to do with a form that waited until somebody had shown who they are.
const fn waits(code: ProblemCode) -> Option<&'static str> {
    match code {
        ProblemCode::Unauthenticated => {
            Some("You are signed in. What you typed is still here: press the button again.")
        }
        ProblemCode::StepUpRequired | ProblemCode::OtherPerson => Some("What you typed is still here."),
        _ => None,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn drawn(code: ProblemCode) -> String {
        view! { <FormErrors problem=Some(Problem::new(code, "Please sign in first."))/> }.to_html()
    }

    #[test]
    fn having_had_to_sign_in_is_not_told_as_an_error_afterwards() {
        for code in [ProblemCode::Unauthenticated, ProblemCode::StepUpRequired, ProblemCode::OtherPerson] {
            let html = drawn(code);
            assert!(
                html.contains("What you typed is still here")
                    && !html.contains("role=\"alert\"")
                    && !html.contains("sign in first"),
                "{html}"
            );
        }
        assert!(drawn(ProblemCode::Forbidden).contains("role=\"alert\""));
    }
}
