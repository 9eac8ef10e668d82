//! An address that names no page.

use domain_types::{Problem, ProblemCode};
use leptos::prelude::*;

use crate::features::Trouble;

/// The page for addresses that name none.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let problem = Problem::new(
        ProblemCode::NotFound,
        "There is no page at this address. It may have moved, or part of the address may be missing.",
    );
    view! { <Trouble problem/> }
}
