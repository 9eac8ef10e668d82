//! A step that opens over the page where JavaScript runs, and has a page of its own where it does not.

use leptos::{ev::MouseEvent, html, prelude::*};

use super::{Glyph, Icon, Variant};

/// Whether a click asks for this page and not for a new tab or window.
pub(super) fn is_plain(event: &MouseEvent) -> bool {
    event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key()
}

/// A link to the page of a step that opens the same step, its children, as a native dialog.
#[component]
pub fn Dialog(
    /// The page of the same step.
    #[prop(into)]
    href: String,
    /// The words of the link.
    #[prop(into)]
    open_label: String,
    #[prop(into)] title: String,
    #[prop(default = Variant::Secondary)] variant: Variant,
    children: Children,
) -> impl IntoView {
    view! { <DialogOver href open_label title variant>{children()}</DialogOver> }
}

#[island]
fn DialogOver(href: String, open_label: String, title: String, variant: Variant, children: Children) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let name = title.clone();
    let open = move |event: MouseEvent| {
        let opened = is_plain(&event) && dialog.get_untracked().is_some_and(|dialog| dialog.show_modal().is_ok());
        if opened {
            event.prevent_default();
        }
    };
    view! {
        <a class=variant.class() href=href on:click=open><span>{open_label}</span></a>
        // `closedby` closes it by a press beside it, the form inside by its button: both without a script.
        <dialog class="dialog" node_ref=dialog aria-label=name closedby="any">
            <div class="dialog-head">
                <h2 class="dialog-title">{title}</h2>
                <form method="dialog">
                    <button type="submit" class="btn btn-quiet dialog-close">
                        <Icon glyph=Glyph::Close/>
                        <span class="visually-hidden">"Close"</span>
                    </button>
                </form>
            </div>
            {children()}
        </dialog>
    }
}
