//! Tables with a caption. On phones each row becomes a card whose cells carry their column's name.

use leptos::prelude::*;

/// A table. `head` are the column names in order; an empty one is a column of actions.
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    head: Vec<&'static str>,
    /// The caption is only for screen readers, where a heading says the same.
    #[prop(optional)]
    hide_caption: bool,
    children: Children,
) -> impl IntoView {
    let class = if hide_caption { "visually-hidden" } else { "" };
    let head = head
        .into_iter()
        .map(|name| match name {
            "" => view! { <th scope="col"><span class="visually-hidden">"Actions"</span></th> }.into_any(),
            name => view! { <th scope="col">{name}</th> }.into_any(),
        })
        .collect_view();
    // The roles are written out because a table shown as cards would lose them in some browsers.
    view! {
        <div class="table-frame">
            <table class="table" role="table">
                <caption class=class>{caption}</caption>
                <thead role="rowgroup"><tr role="row">{head}</tr></thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
}

/// One row of a [`DataTable`].
#[component]
pub fn Row(children: Children) -> impl IntoView {
    view! { <tr role="row">{children()}</tr> }
}

/// One cell of a [`Row`].
#[component]
pub fn Cell(
    /// The column's name.
    #[prop(into)]
    label: String,
    /// Names the row: its heading.
    #[prop(optional)]
    main: bool,
    #[prop(optional)] numeric: bool,
    /// Holds buttons or links.
    #[prop(optional)]
    actions: bool,
    children: Children,
) -> impl IntoView {
    let class = match (numeric, actions) {
        (true, _) => "cell cell-numeric",
        (false, true) => "cell cell-actions",
        (false, false) => "cell",
    };
    let label = (!label.is_empty()).then_some(label);
    if main {
        view! { <th class="cell cell-main" scope="row" role="rowheader">{children()}</th> }.into_any()
    } else {
        view! { <td class=class role="cell" data-label=label><div class="cell-body">{children()}</div></td> }.into_any()
    }
}
