//! What is asked before something is added: which name was meant, and which of two entries holds.

use domain_types::{Problem, records::Twice};
use leptos::prelude::*;

use crate::{components::Choice, forms::Flash};

/// What a refused name may have meant, and which entries say the same already, are no sentences about a field.
pub(super) fn choices_of(problem: Option<Problem>) -> (Option<Problem>, [Vec<String>; 2]) {
    let Some(mut problem) = problem else { return (None, Default::default()) };
    let choices = ["meant", "twice"].map(|field| problem.fields.remove(field).unwrap_or_default());
    (Some(problem), choices)
}

/// What may have been meant by a name that is almost one that we know, and the name as it was typed.
pub(super) fn did_you_mean(flash: &Flash, meant: Vec<String>) -> impl IntoView + use<> {
    let typed = flash.value("name");
    let keep = format!("Keep “{typed}”");
    let choices = meant.into_iter().map(|name| view! { <Choice name="meant" value=name.clone() label=name/> });
    let choices = choices.collect::<Vec<_>>();
    if choices.is_empty() {
        // What was answered already is not asked again when there is another question.
        let (meant, meant_for) = (flash.value("meant"), flash.value("meant_for"));
        return (!meant_for.is_empty()).then(|| {
            view! {
                <input type="hidden" name="meant" value=meant/>
                <input type="hidden" name="meant_for" value=meant_for/>
            }
            .into_any()
        });
    }
    Some(
        view! {
            <fieldset class="choices">
                <legend class="choices-title">"Did you mean"</legend>
                <input type="hidden" name="meant_for" value=typed.clone()/>
                {choices}
                <Choice name="meant" value=typed label=keep about="If it is spelled as you meant it."/>
            </fieldset>
        }
        .into_any(),
    )
}

/// What becomes of the allergies that say the same with another reaction or severity.
pub(super) fn recorded_already(twice_of: Vec<String>) -> impl IntoView {
    (!twice_of.is_empty()).then(|| {
        view! {
            <fieldset class="choices">
                <legend class="choices-title">"Recorded already"</legend>
                <input type="hidden" name="twice_of" value=twice_of.join(" ")/>
                <Choice
                    name="twice"
                    value=Twice::End.as_str()
                    label=Twice::End.label()
                    about="It no longer holds. The record still shows that it was there."
                />
                <Choice
                    name="twice"
                    value=Twice::Keep.as_str()
                    label=Twice::Keep.label()
                    about="Both stand in the chart. Warnings name the more severe one first."
                />
            </fieldset>
        }
    })
}
