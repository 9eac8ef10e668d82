//! A question to the clinic about one thing: a text, what happens with it, and the way back.

use leptos::prelude::*;

use super::{Form, LinkButton, Submit, TextareaField, Variant};
use crate::forms::Flash;

/// The form of a question. Its children say who reads it and what happens next.
#[component]
pub fn AskForm(
    #[prop(into)] action: String,
    /// The hidden field that names what is asked about, and its value.
    about: (&'static str, String),
    /// Name and label of the text.
    text: (&'static str, &'static str),
    #[prop(optional, into)] hint: String,
    #[prop(optional)] required: bool,
    flash: Flash,
    /// What the button says.
    send: &'static str,
    /// Address and words of the way back.
    back: (String, &'static str),
    children: Children,
) -> impl IntoView {
    let ((subject, which), (name, label), (href, leave)) = (about, text, back);
    view! {
        <Form action class="form">
            <input type="hidden" name=subject value=which/>
            <TextareaField name label hint value=flash.value(name) error=flash.error(name) rows=5 required/>
            {children()}
            <div class="form-actions">
                <Submit label=send busy="Sending…"/>
                <LinkButton href variant=Variant::Secondary>{leave}</LinkButton>
            </div>
        </Form>
    }
}
