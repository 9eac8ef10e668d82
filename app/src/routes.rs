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
        ProfilePage, RecoveryCodesPage, RegisterPage, ResetPasswordPage, SecurityPage, SessionEndingPage, SessionsPage,
        SignInPage, VerifyEmailPage,
    },
    looks::{AskPage, LooksPage, QuestionsPage},
    mail::MailboxPage,
    public::{DoctorPage, DoctorsPage, LandingPage, NotFoundPage, PrivacyPage, TermsPage},
    records::{
        AdditionPage, ChartEntriesPage, ChartPage, ChartTrendPage, DiscardPage, DocumentPage, EmergenciesPage,
        EmergencyPage, EndItemPage, EndingPage, InboxPage, LabPage, NewItemPage, NewLabPage, NewNotePage,
        NewPrescriptionPage, NotePage, OwnVitalsPage, PatientsPage, PrescriptionPage, RecordPage, RecordsPage,
        TrendPage, VitalsPage,
    },
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
            <Route path=path!("/login/code") view=CodePage ssr=SsrMode::Async/>
            <Route path=path!("/login/app") view=EnrolmentPage ssr=SsrMode::Async/>
            <Route path=path!("/register") view=RegisterPage ssr=SsrMode::Async/>
            <Route path=path!("/verify-email") view=VerifyEmailPage ssr=SsrMode::Async/>
            <Route path=path!("/forgot-password") view=ForgotPasswordPage ssr=SsrMode::Async/>
            <Route path=path!("/reset-password") view=ResetPasswordPage ssr=SsrMode::Async/>
            <Route path=path!("/accept-policy") view=AcceptPolicyPage ssr=SsrMode::Async/>
            <Route path=path!("/session-ending") view=SessionEndingPage ssr=SsrMode::Async/>
            <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
            <Route path=path!("/account/profile") view=ProfilePage ssr=SsrMode::Async/>
            <Route path=path!("/account/confirm") view=ConfirmPage ssr=SsrMode::Async/>
            <Route path=path!("/account/security") view=SecurityPage ssr=SsrMode::Async/>
            <Route path=path!("/account/app") view=AppPage ssr=SsrMode::Async/>
            <Route path=path!("/account/app/off") view=AppOffPage ssr=SsrMode::Async/>
            <Route path=path!("/account/recovery-codes") view=RecoveryCodesPage ssr=SsrMode::Async/>
            <Route path=path!("/account/sessions") view=SessionsPage ssr=SsrMode::Async/>
            <Route path=path!("/account/looks") view=LooksPage ssr=SsrMode::Async/>
            <Route path=path!("/account/looks/:event/ask") view=AskPage ssr=SsrMode::Async/>
            <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments") view=AppointmentsPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/book") view=BookPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference") view=AppointmentPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/cancel") view=CancelPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/complete") view=CompletePage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/no-show") view=NoShowPage ssr=SsrMode::Async/>
            <Route path=path!("/appointments/:reference/move") view=MovePage ssr=SsrMode::Async/>
            <Route path=path!("/records") view=RecordsPage ssr=SsrMode::Async/>
            <Route path=path!("/records/documents/new") view=DocumentPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/documents/new") view=DocumentPage ssr=SsrMode::Async/>
            <Route path=path!("/records/labs/:test") view=TrendPage ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference") view=RecordPage ssr=SsrMode::Async/>
            <Route path=path!("/records/vitals/new") view=OwnVitalsPage ssr=SsrMode::Async/>
            <Route path=path!("/patients") view=PatientsPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient") view=ChartPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/entries") view=ChartEntriesPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/tests/:test") view=ChartTrendPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/lists/new") view=NewItemPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/lists/:reference/end") view=EndItemPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/vitals/new") view=VitalsPage ssr=SsrMode::Async/>
            <Route path=path!("/inbox") view=InboxPage ssr=SsrMode::Async/>
            <Route path=path!("/emergency") view=EmergencyPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/emergencies") view=EmergenciesPage ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference/add") view=AdditionPage ssr=SsrMode::Async/>
            <Route path=path!("/records/:reference/end") view=EndingPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/notes/new") view=NewNotePage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/notes/:reference") view=NotePage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/notes/:reference/discard") view=DiscardPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/prescriptions/new") view=NewPrescriptionPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/prescriptions/:reference") view=PrescriptionPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/labs/new") view=NewLabPage ssr=SsrMode::Async/>
            <Route path=path!("/patients/:patient/labs/:reference") view=LabPage ssr=SsrMode::Async/>
            <Route path=path!("/schedule") view=SchedulePage ssr=SsrMode::Async/>
            <Route path=path!("/admin") view=AdminPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/users") view=UsersPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/mail") view=MailsPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/questions") view=QuestionsPage ssr=SsrMode::Async/>
            <Route path=path!("/demo/mailbox") view=MailboxPage ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}
