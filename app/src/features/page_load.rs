//! How a page gets its data, and what it says when it does not.

use std::future::Future;

use domain_types::Problem;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    components::{Instead, LoadError},
    error::{AppError, answer_page, this_address, this_viewer},
};

/// Waits for the data and draws the page, or tells why there is none. The page is sent when it is whole.
pub fn loaded<T, L, D, V>(load: L, draw: D) -> impl IntoView
where
    T: Send + 'static,
    L: Future<Output = Result<T, AppError>> + Send + 'static,
    D: FnOnce(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    loaded_or(load, draw, |_| None)
}

/// The same for a page with another way on for some of those to whom it cannot be shown.
pub fn loaded_or<T, L, D, V>(
    load: L,
    draw: D,
    instead: impl FnOnce(&Problem) -> Option<Instead> + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    L: Future<Output = Result<T, AppError>> + Send + 'static,
    D: FnOnce(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load.await {
                    Ok(data) => draw(data).into_any(),
                    Err(error) => {
                        let instead = instead(&error.0);
                        view! { <Trouble problem=error.0 instead/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// A page that cannot be shown. Whoever is not signed in is sent to sign in and comes back to this address; everybody
/// else reads what happened, under the status that says the same to programs.
#[component]
pub fn Trouble(
    problem: Problem,
    /// Another way on.
    #[prop(optional_no_strip)]
    instead: Option<Instead>,
) -> impl IntoView {
    answer_page(&problem);
    view! { <LoadError problem viewer=this_viewer() here=this_address() instead/> }
}

/// A value of the address's query; an empty one is none.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    use_query_map().with_untracked(|values| values.get(name)).filter(|value| !value.is_empty())
}

/// A part of the address's path.
#[must_use]
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|values| values.get(name)).unwrap_or_default()
}
