//! Every page and its address.
//!
//! Pages are rendered whole before they are sent (`SsrMode::Async`), so that their status says what is in them.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route},
    path,
};

use crate::features::{
    admin::{AdminPage, MailsPage, UsersPage},
    appointments::{
        AppointmentPage, AppointmentsPage, BookPage, CancelPage, CompletePage, DashboardPage, MovePage, NoShowPage,
        SchedulePage,
    },
    auth::SignInPage,
    mail::MailboxPage,
    public::{DoctorPage, DoctorsPage, LandingPage, NotFoundPage, PrivacyPage, TermsPage},
    records::RecordsPage,
};

/// The page that the address names.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFoundPage/> }>
            <Route path=path!("/") view=LandingPage ssr=SsrMode::Async/>
            <Route path=path!("/doctors") view=DoctorsPage ssr=SsrMode::Async/>
            <Route path=path!("/doctors/:id") view=DoctorPage ssr=SsrMode::Async/>
            <Route path=path!("/privacy") view=PrivacyPage ssr=SsrMode::Async/>
            <Route path=path!("/terms") view=TermsPage ssr=SsrMode::Async/>
            <Route path=path!("/login") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments") view=AppointmentsPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/book") view=BookPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference") view=AppointmentPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/cancel") view=CancelPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/complete") view=CompletePage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/no-show") view=NoShowPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/move") view=MovePage ssr=SsrMode::Async/>
            <Route path=path!("/records") view=RecordsPage ssr=SsrMode::Async/>
            <Route path=path!("/schedule") view=SchedulePage ssr=SsrMode::Async/>
            <Route path=path!("/admin") view=AdminPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/users") view=UsersPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/mail") view=MailsPage ssr=SsrMode::Async/>
            <Route path=path!("/demo/mailbox") view=MailboxPage ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}
