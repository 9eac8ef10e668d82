//! The frame of a page's own part: its title, its heading and its column.

use leptos::{children::ViewFn, prelude::*};

use super::{BackLink, PageTitle};

/// How wide the column of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// One form or one decision.
    Narrow,
    #[default]
    Normal,
    /// Tables and grids.
    Wide,
}

/// A page: sets the document's title, the `h1` and the column.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// The `h1`, when it says something else than the title.
    #[prop(optional, into)]
    heading: Option<String>,
    /// One sentence below the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    #[prop(optional)] width: Width,
    /// Address and name of the page before.
    #[prop(optional)]
    back: Option<(&'static str, &'static str)>,
    /// The same with an address that is made.
    #[prop(optional)]
    back_to: Option<(String, String)>,
    /// What stands at the end of the heading's line.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let class = match width {
        Width::Narrow => "page page-narrow",
        Width::Normal => "page",
        Width::Wide => "page page-wide",
    };
    let heading = heading.unwrap_or_else(|| title.clone());
    let back = back_to.or_else(|| back.map(|(href, name)| (href.to_owned(), name.to_owned())));
    view! {
        <PageTitle text=title/>
        <div class=class>
            {back.map(|(href, name)| view! { <BackLink href>{name}</BackLink> })}
            <header class="page-head">
                <div>
                    <h1 class="page-title">{heading}</h1>
                    {lead.map(|lead| view! { <p class="page-lead">{lead}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="page-actions no-print">{actions.run()}</div> })}
            </header>
            {children()}
        </div>
    }
}
