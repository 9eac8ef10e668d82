//! The frame around every page: skip link, header with the navigation of whoever is looking, footer.

use domain_types::auth::{Role, Viewer};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Avatar, Form, Glyph, Icon, Size, Theme, ThemeSwitch};

/// Where a role goes from anywhere.
const fn places(role: Option<Role>) -> &'static [(&'static str, &'static str)] {
    match role {
        None => &[("/doctors", "Find a doctor")],
        Some(Role::Patient) => &[
            ("/dashboard", "Home"),
            ("/appointments", "Appointments"),
            ("/records", "Records"),
            ("/doctors", "Find a doctor"),
        ],
        Some(Role::Doctor) => &[
            ("/schedule", "Schedule"),
            ("/patients", "Patients"),
            ("/inbox", "Inbox"),
            ("/appointments", "Appointments"),
            ("/doctors", "Doctors"),
        ],
        Some(Role::Admin) => &[
            ("/admin", "Overview"),
            ("/appointments", "Appointments"),
            ("/admin/users", "Users"),
            ("/doctors", "Doctors"),
        ],
    }
}

/// Whether `path` lies under the navigation's `place`: the longest one wins, so that `/admin/users` is not `/admin`.
fn is_under(path: &str, place: &str, places: &[(&str, &str)]) -> bool {
    let under = |place: &str| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    under(place) && !places.iter().any(|(other, _)| other.len() > place.len() && under(other))
}

/// "Ana Duarte" → "AD"
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !word.ends_with('.')).filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// The first thing that Tab reaches.
#[component]
pub fn SkipLink() -> impl IntoView {
    view! { <a class="skip-link" href="#main">"Skip to main content"</a> }
}

/// The name with its mark.
#[component]
fn Brand(href: &'static str) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
                <rect width="32" height="32" rx="9"></rect>
                <path d="M16 8.5v15M8.5 16h15"></path>
            </svg>
            <span>"SecureMed"</span>
        </a>
    }
}

/// A number beside the inbox; nothing when nothing waits.
fn waiting_count(waiting: u64) -> impl IntoView {
    let words = if waiting > 99 { "99+".to_owned() } else { waiting.to_string() };
    (waiting > 0).then(|| {
        view! { <span class="nav-count tnum">{words} <span class="visually-hidden">" waiting"</span></span> }
    })
}

/// The header. `viewer` is whoever is signed in.
#[component]
pub fn SiteHeader(
    viewer: Option<Viewer>,
    /// Offers to open an account in place of signing in, on the page where one signs in.
    may_register: bool,
    /// How much waits in a doctor's inbox.
    waiting: u64,
) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let role = viewer.as_ref().map(|viewer| viewer.role);
    let places = places(role);
    let link = |class: &'static str| {
        let items = places.iter().map(|&(href, name)| {
            let current = is_under(&path, href, places).then_some("page");
            let count = (href == "/inbox").then(|| waiting_count(waiting));
            view! { <li><a class=class href=href aria-current=current>{name} {count}</a></li> }
        });
        items.collect_view()
    };
    let wide = link("nav-link");
    let narrow = link("menu-item");
    let home = role.map_or("/", Role::home);
    let (href, words) = if may_register { ("/register", "Create an account") } else { ("/login", "Sign in") };
    view! {
        <header class="site-header no-print">
            <div class="site-header-row">
                <Brand href=home/>
                <nav class="nav" aria-label="Main"><ul>{wide}</ul></nav>
                {match viewer {
                    Some(viewer) => view! { <AccountMenu viewer places=narrow.into_any()/> }.into_any(),
                    None => {
                        view! {
                            <ul class="nav-guest">
                                <li class="nav-guest-find"><a class="nav-link" href="/doctors">"Doctors"</a></li>
                                <li><a class="btn btn-secondary" href=href><span>{words}</span></a></li>
                            </ul>
                        }
                            .into_any()
                    }
                }}
            </div>
        </header>
    }
}

/// The id of the menu's panel, which its button opens.
const MENU: &str = "account-menu";

/// The person's own menu; on phones it holds the navigation too. The browser opens it, and closes it with Escape or a
/// press beside it, without a script.
#[component]
fn AccountMenu(viewer: Viewer, places: AnyView) -> impl IntoView {
    view! {
        <div class="menu">
            <button type="button" class="menu-button" popovertarget=MENU>
                <Avatar initials=initials(&viewer.name) size=Size::Small/>
                <span class="menu-name">{viewer.name.clone()}</span>
                <span class="menu-word">"Menu"</span>
                <Icon glyph=Glyph::ChevronDown/>
            </button>
            <div class="menu-panel" id=MENU popover="auto">
                <p class="menu-who">
                    <strong>{viewer.name}</strong>
                    <span>{viewer.role.label()}</span>
                </p>
                <nav class="menu-places" aria-label="Main, short"><ul>{places}</ul></nav>
                <a class="menu-item" href="/account">
                    <Icon glyph=Glyph::User/>
                    <span>"Account"</span>
                </a>
                <Form action="/fn/auth/sign_out">
                    <button type="submit" class="menu-item">
                        <Icon glyph=Glyph::LogOut/>
                        <span>"Sign out"</span>
                    </button>
                </Form>
            </div>
        </div>
    }
}

/// The footer. In the demo clinic it also leads to the mail that the demo wrote.
#[component]
pub fn SiteFooter(theme: Theme) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let is_demo = crate::server_ctx::is_demo();
    #[cfg(not(feature = "ssr"))]
    let is_demo = false;
    view! {
        <footer class="site-footer no-print">
            <div class="site-footer-row">
                <nav aria-label="About">
                    <ul class="site-footer-links">
                        <li><a class="quiet-link" href="/doctors">"Doctors"</a></li>
                        <li><a class="quiet-link" href="/privacy">"Privacy"</a></li>
                        <li><a class="quiet-link" href="/terms">"Terms"</a></li>
                    </ul>
                </nav>
                <p class="site-footer-note">
                    "In an emergency, call your local emergency number. SecureMed is not for emergencies."
                </p>
                <ThemeSwitch current=theme/>
            </div>
            {is_demo
                .then(|| {
                    view! {
                        <p class="site-footer-demo">
                            "This is a demo clinic: " <a class="link" href="/demo/mailbox">"see the e-mails it sent"</a> "."
                        </p>
                    }
                })}
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_of_the_navigation_is_current() {
        let admin = places(Some(Role::Admin));
        let current = |path: &str| -> Vec<_> {
            admin.iter().filter(|(place, _)| is_under(path, place, admin)).map(|(_, name)| *name).collect()
        };
        assert_eq!(current("/admin"), ["Overview"]);
        assert_eq!(current("/admin/users"), ["Users"]);
        assert_eq!(current("/appointments/APT-7K3M9Q2X"), ["Appointments"]);
        assert_eq!(current("/doctors/3"), ["Doctors"]);
        assert!(current("/administration").is_empty());
    }

    #[test]
    fn initials_leave_out_titles() {
        assert_eq!(initials("Ana Duarte"), "AD");
        assert_eq!(initials("Dr. Ana María Rivera"), "AR");
        assert_eq!(initials("émile"), "É");
    }
}
