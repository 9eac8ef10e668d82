//! `/admin/users`

use domain_types::{admin::UserRow, auth::Role, page::Page as PageOf};
use leptos::prelude::*;

use super::server_fns::list_users;
use crate::{
    address::address,
    components::{
        Badge, Cell, Chips, DataTable, EmptyState, Glyph, Page, Pagination, Row, SearchForm, TabItem, Tone, WhenText,
        Width,
    },
    features::{loaded, query},
};

const USERS: &str = "/admin/users";

/// Everybody who can sign in: searched, filtered by role, page by page.
#[component]
pub fn UsersPage() -> impl IntoView {
    let role = query("role").unwrap_or_default();
    let search = query("search").unwrap_or_default();
    let users = list_users(Some(role.clone()), Some(search.clone()), query("page"));
    loaded(users, move |users: PageOf<UserRow>| {
        let base = address(USERS, &[("role", &role), ("search", &search)]);
        let (page, pages) = (users.page, users.pages());
        let lead = match users.count {
            1 => "1 user".to_owned(),
            count => format!("{count} users"),
        };
        let is_empty = users.results.is_empty();
        let rows = users.results.into_iter().map(row).collect_view();
        let chips = roles(&role, &search);
        view! {
            <Page title="Users" lead back=("/admin", "Administration") width=Width::Wide>
                <div class="stack-lg">
                    <SearchForm
                        action=USERS
                        label="Search users"
                        value=search
                        hint="Name, e-mail, phone, date of birth, PT-… or APT-…"
                        keep=vec![("role".to_owned(), role)]
                    />
                    <Chips label="Role" items=chips/>
                    {if is_empty {
                        view! {
                            <EmptyState icon=Glyph::Users title="No users found" action=(USERS, "Show all users")>
                                "Try part of the name, or a different role."
                            </EmptyState>
                        }
                            .into_any()
                    } else {
                        view! {
                            <DataTable
                                caption="Users who can sign in"
                                hide_caption=true
                                head=vec!["Name", "User name", "E-mail", "Role", "Status", "Last sign-in", "Joined"]
                            >
                                {rows}
                            </DataTable>
                        }
                            .into_any()
                    }}
                    <Pagination page pages base/>
                </div>
            </Page>
        }
    })
}

fn roles(current: &str, search: &str) -> Vec<TabItem> {
    let everybody = TabItem::new(address(USERS, &[("search", search)]), "All", current.is_empty());
    let each = Role::ALL.into_iter().map(|role| {
        let href = address(USERS, &[("role", role.as_str()), ("search", search)]);
        TabItem::new(href, format!("{}s", role.label()), current == role.as_str())
    });
    std::iter::once(everybody).chain(each).collect()
}

fn row(user: UserRow) -> impl IntoView {
    let (tone, state) = if user.is_active { (Tone::Success, "Active") } else { (Tone::Neutral, "Disabled") };
    let last = match user.last_sign_in {
        Some(when) => view! { <WhenText when/> }.into_any(),
        None => "Never".into_any(),
    };
    view! {
        <Row>
            <Cell label="Name" main=true>{user.name}</Cell>
            <Cell label="User name">{user.username}</Cell>
            <Cell label="E-mail">{user.email}</Cell>
            <Cell label="Role">{user.role.label()}</Cell>
            <Cell label="Status"><Badge tone>{state}</Badge></Cell>
            <Cell label="Last sign-in">{last}</Cell>
            <Cell label="Joined">{user.joined}</Cell>
        </Row>
    }
}
