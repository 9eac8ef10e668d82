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
    auth::{
        AcceptPolicyPage, AccountPage, AppOffPage, AppPage, CodePage, ConfirmPage, EnrolmentPage, ForgotPasswordPage,
        OtherPersonPage, ProfilePage, RecoveryCodesPage, RegisterPage, ResetPasswordPage, SecurityPage,
        SessionEndingPage, SessionsPage, SignInPage, VerifyEmailPage,
    },
    looks::{AskPage, LooksPage, QuestionsPage},
    mail::MailboxPage,
    public::{DoctorPage, DoctorsPage, LandingPage, NotFoundPage, PrivacyPage, TermsPage},
    records::{
        AdditionPage, AskDoctorPage, ChartEntriesPage, ChartPage, ChartTestsPage, ChartTrendPage, DiscardPage,
        DocumentPage, EmergenciesPage, EmergencyPage, EmergencyReviewPage, EndItemPage, EndingPage, InboxPage, LabPage,
        NewItemPage, NewLabPage, NewNotePage, NewPrescriptionPage, NotePage, OwnVitalsPage, PatientsPage,
        PrescriptionPage, RecordPage, RecordsPage, TestsPage, TrendPage, VitalsPage,
    },
};

/// Forgets of what a page is made. Its type names everything in it, and the router's would name every page: the compiler
/// took minutes, and a gigabyte, to write that down.
macro_rules! page {
    ($page:ident) => {
        (|| $page().into_any()) as fn() -> AnyView
    };
}

/// The page that the address names.
#[component]
pub fn Pages() -> AnyView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFoundPage/> }>
            <Route path=path!("/") view=page!(LandingPage) ssr=SsrMode::Async/>
            <Route path=path!("/doctors") view=page!(DoctorsPage) ssr=SsrMode::Async/>
            <Route path=path!("/doctors/:id") view=page!(DoctorPage) ssr=SsrMode::Async/>
            <Route path=path!("/privacy") view=page!(PrivacyPage) ssr=SsrMode::Async/>
            <Route path=path!("/terms") view=page!(TermsPage) ssr=SsrMode::Async/>
            <Route path=path!("/login") view=page!(SignInPage) ssr=SsrMode::Async/>
            <Route path=path!("/login/code") view=page!(CodePage) ssr=SsrMode::Async/>
            <Route path=path!("/login/app") view=page!(EnrolmentPage) ssr=SsrMode::Async/>
            <Route path=path!("/register") view=page!(RegisterPage) ssr=SsrMode::Async/>
            <Route path=path!("/verify-email") view=page!(VerifyEmailPage) ssr=SsrMode::Async/>
            <Route path=path!("/forgot-password") view=page!(ForgotPasswordPage) ssr=SsrMode::Async/>
            <Route path=path!("/reset-password") view=page!(ResetPasswordPage) ssr=SsrMode::Async/>
            <Route path=path!("/accept-policy") view=page!(AcceptPolicyPage) ssr=SsrMode::Async/>
            <Route path=path!("/other-person") view=page!(OtherPersonPage) ssr=SsrMode::Async/>
            <Route path=path!("/session-ending") view=page!(SessionEndingPage) ssr=SsrMode::Async/>
            <Route path=path!("/account") view=page!(AccountPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/profile") view=page!(ProfilePage) ssr=SsrMode::Async/>
            <Route path=path!("/account/confirm") view=page!(ConfirmPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/security") view=page!(SecurityPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/app") view=page!(AppPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/app/off") view=page!(AppOffPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/recovery-codes") view=page!(RecoveryCodesPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/sessions") view=page!(SessionsPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/looks") view=page!(LooksPage) ssr=SsrMode::Async/>
            <Route path=path!("/account/looks/:event/ask") view=page!(AskPage) ssr=SsrMode::Async/>
            <Route path=path!("/dashboard") view=page!(DashboardPage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments") view=page!(AppointmentsPage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments/book") view=page!(BookPage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference") view=page!(AppointmentPage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/cancel") view=page!(CancelPage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/complete") view=page!(CompletePage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/no-show") view=page!(NoShowPage) ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/move") view=page!(MovePage) ssr=SsrMode::Async/>
            <Route path=path!("/records") view=page!(RecordsPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/documents/new") view=page!(DocumentPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/documents/new") view=page!(DocumentPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/labs") view=page!(TestsPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/labs/:test") view=page!(TrendPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference") view=page!(RecordPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/vitals/new") view=page!(OwnVitalsPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients") view=page!(PatientsPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient") view=page!(ChartPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/entries") view=page!(ChartEntriesPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/tests") view=page!(ChartTestsPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/tests/:test") view=page!(ChartTrendPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/lists/new") view=page!(NewItemPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/lists/:reference/end") view=page!(EndItemPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/vitals/new") view=page!(VitalsPage) ssr=SsrMode::Async/>
            <Route path=path!("/inbox") view=page!(InboxPage) ssr=SsrMode::Async/>
            <Route path=path!("/emergency") view=page!(EmergencyPage) ssr=SsrMode::Async/>
            <Route path=path!("/admin/emergencies") view=page!(EmergenciesPage) ssr=SsrMode::Async/>
            <Route path=path!("/admin/emergencies/:id") view=page!(EmergencyReviewPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference/add") view=page!(AdditionPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference/ask") view=page!(AskDoctorPage) ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference/end") view=page!(EndingPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/notes/new") view=page!(NewNotePage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/notes/:reference") view=page!(NotePage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/notes/:reference/discard") view=page!(DiscardPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/prescriptions/new") view=page!(NewPrescriptionPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/prescriptions/:reference") view=page!(PrescriptionPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/labs/new") view=page!(NewLabPage) ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/labs/:reference") view=page!(LabPage) ssr=SsrMode::Async/>
            <Route path=path!("/schedule") view=page!(SchedulePage) ssr=SsrMode::Async/>
            <Route path=path!("/admin") view=page!(AdminPage) ssr=SsrMode::Async/>
            <Route path=path!("/admin/users") view=page!(UsersPage) ssr=SsrMode::Async/>
            <Route path=path!("/admin/mail") view=page!(MailsPage) ssr=SsrMode::Async/>
            <Route path=path!("/admin/questions") view=page!(QuestionsPage) ssr=SsrMode::Async/>
            <Route path=path!("/demo/mailbox") view=page!(MailboxPage) ssr=SsrMode::Async/>
        </FlatRoutes>
    }
    .into_any()
}
