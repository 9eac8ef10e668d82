//! What somebody can do that the audit trail keeps: one name for each act, with what it is done to, how, and in which words
//! people read it. Names are kept with the events, so that they never change; `docs/AUDIT.md` lists them.

/// What is done to something, as FHIR's AuditEvent has it (`AuditEvent.action`, R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Create,
    Read,
    Update,
    Delete,
    /// Anything else that is done: signing in, calculating, sending.
    Execute,
}

impl Operation {
    /// FHIR's code.
    #[must_use]
    pub const fn code(self) -> char {
        match self {
            Self::Create => 'C',
            Self::Read => 'R',
            Self::Update => 'U',
            Self::Delete => 'D',
            Self::Execute => 'E',
        }
    }
}

macro_rules! object_kinds {
    ($($name:ident = $wire:literal;)*) => {
        /// To what something is done: the table whose rows an event names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ObjectKind { $($name,)* }

        impl ObjectKind {
            /// As it is stored: `appointment`.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $wire,)* } }
        }
    };
}

object_kinds! {
    AccessQuestion = "access_question";
    Appointment = "appointment";
    AuditEvent = "audit_event";
    EmergencyAccess = "emergency_access";
    LabResult = "lab_result";
    Patient = "patient";
    Record = "record";
    Registration = "registration";
    Session = "session";
    SigningKey = "signing_key";
    User = "user";
}

/// Whom an act is about, and what it is in words: after the name of whoever did it, with "your" for the patient's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A patient, who reads of it.
    Patient(&'static str),
    /// What is still being written about a patient: they read of it once it is signed.
    Draft(&'static str),
    /// An account, or SecureMed itself.
    Account(&'static str),
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $wire:literal: $operation:ident $object:ident, $about:ident $words:literal;)*) => {
        /// Something that somebody does and that is kept in the audit trail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Act { $($(#[$doc])* $name,)* }

        impl Act {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it is stored: `records.read`.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $wire,)* } }

            #[must_use]
            pub const fn object(self) -> ObjectKind { match self { $(Self::$name => ObjectKind::$object,)* } }

            #[must_use]
            pub const fn operation(self) -> Operation { match self { $(Self::$name => Operation::$operation,)* } }

            #[must_use]
            pub const fn about(self) -> About { match self { $(Self::$name => About::$about($words),)* } }
        }
    };
}

acts! {
    ListAppointments = "appointments.list": Read Appointment, Patient "saw a list of your appointments";
    ReadAppointment = "appointments.read": Read Appointment, Patient "viewed one of your appointments";
    ReadDay = "appointments.day": Read Appointment, Patient "saw your appointment in the day’s schedule";
    ReadDashboard = "appointments.dashboard": Read Appointment, Patient "viewed your next appointment";
    SaveCalendarFile = "appointments.calendar_file": Read Appointment, Patient "saved one of your appointments as a calendar file";
    FindSlots = "appointments.slots": Read Appointment, Patient "looked for another time for your appointment";
    ChooseSlot = "appointments.choose": Read Appointment, Patient "checked free times against your appointments";
    BookAppointment = "appointments.book": Create Appointment, Patient "booked your appointment";
    MoveAppointment = "appointments.move": Update Appointment, Patient "moved your appointment";
    CancelAppointment = "appointments.cancel": Update Appointment, Patient "cancelled your appointment";
    StepAppointment = "appointments.step": Update Appointment, Patient "updated the status of your appointment";

    ListEntries = "records.list": Read Record, Patient "saw a list of entries in your record";
    ReadEntry = "records.read": Read Record, Patient "read an entry in your record";
    ReadTimeline = "records.timeline": Read Record, Patient "viewed the timeline of your record";
    ReadGlance = "records.glance": Read Record, Patient "viewed the latest entries in your record";
    ReadAllergies = "records.allergies": Read Record, Patient "viewed your allergies";
    OpenChart = "records.chart": Read Patient, Patient "opened your chart";
    DownloadRecord = "records.summary": Read Record, Patient "viewed the summary of your record";
    DownloadEntry = "records.download": Read Record, Patient "downloaded an entry in your record as a PDF";
    /// A form for a new entry, with the allergies and earlier notes that stand beside it.
    OpenForm = "records.desk": Read Patient, Patient "opened a form for your record";
    /// By its author, with what of the record stands beside it.
    OpenDraft = "records.open_draft": Read Record, Patient "viewed your chart";
    BeginNote = "records.write": Create Record, Draft "began a note for your record";
    SaveDraft = "records.draft": Update Record, Draft "worked on a draft for your record";
    DiscardDraft = "records.discard": Delete Record, Draft "discarded a draft for your record";
    SignNote = "records.sign": Update Record, Patient "signed a note in your record";
    AddToEntry = "records.add": Create Record, Patient "added to an entry in your record";
    EraseRecord = "records.erase": Delete Patient, Patient "erased the content of your record";

    AddToList = "lists.add": Create Record, Patient "added an allergy, problem or medicine to your record";
    EndInList = "lists.end": Update Record, Patient "marked an allergy, problem or medicine as no longer current";

    ListPrescriptions = "prescriptions.list": Read Record, Patient "saw a list of your prescriptions";
    BeginPrescription = "prescriptions.write": Create Record, Draft "began a prescription for you";
    SignPrescription = "prescriptions.sign": Update Record, Patient "signed your prescription";
    CancelPrescription = "prescriptions.cancel": Create Record, Patient "cancelled your prescription";
    VerifyPrescription = "prescriptions.verify": Read Record, Patient "checked that your prescription is genuine";

    ListVitals = "vitals.list": Read Record, Patient "viewed your vital signs";
    EnterVitals = "vitals.write": Create Record, Patient "recorded your vital signs";

    ListResults = "labs.list": Read LabResult, Patient "viewed your lab results";
    ListTests = "labs.tests": Read LabResult, Patient "viewed the list of your lab tests";
    ReadTrend = "labs.trend": Read LabResult, Patient "viewed one of your lab results over time";
    BeginReport = "labs.write": Create Record, Draft "began to enter your lab results";
    ReleaseReport = "labs.release": Update Record, Patient "released your lab results";
    MarkReportSeen = "labs.seen": Update Record, Patient "marked your lab results as seen";

    UploadDocument = "documents.upload": Create Record, Patient "added a document to your record";
    DownloadDocument = "documents.download": Read Record, Patient "downloaded a document from your record";

    ListRecentPatients = "patients.recent": Read Patient, Patient "saw your name among the patients they opened last";
    SearchPatients = "patients.search": Read Patient, Patient "saw your name in a search for patients";

    ReadInbox = "inbox.list": Read Record, Patient "saw your record in their inbox";
    AskDoctor = "inbox.ask": Create Record, Patient "asked your doctor about an entry in your record";
    MarkNoticeSeen = "inbox.seen": Update Record, Patient "marked your critical value or your question as seen";

    BreakGlass = "emergency.open": Create EmergencyAccess, Patient "opened your record in an emergency";
    ListEmergencies = "emergency.list": Read EmergencyAccess, Patient "saw an emergency access to your record in a list";
    ReadEmergency = "emergency.read": Read EmergencyAccess, Patient "viewed an emergency access to your record";
    ReviewEmergency = "emergency.review": Update EmergencyAccess, Patient "reviewed an emergency access to your record";

    ReadProfile = "profile.read": Read Patient, Patient "read your profile";
    ChangeProfile = "profile.change": Update Patient, Patient "changed your profile";
    ReadNumbers = "stats.read": Read Record, Patient "viewed the numbers in your record";

    ReadAccessLog = "looks.list": Read AuditEvent, Patient "viewed the access log of your record";
    ReadAccess = "looks.read": Read AuditEvent, Patient "viewed one access in the log of your record";
    AskAboutAccess = "looks.ask": Create AuditEvent, Patient "asked the clinic about an access to your record";
    ListAccessQuestions = "looks.questions": Read AccessQuestion, Patient "read your question about an access to your record";
    AnswerAccessQuestion = "looks.answer": Update AccessQuestion, Patient "answered your question about an access to your record";

    Register = "auth.register": Create User, Account "asked for an account";
    ResendVerification = "auth.resend_verification": Execute Registration, Account "asked for another confirmation e-mail";
    OpenAccount = "auth.open_account": Create User, Patient "created your account";
    SignIn = "auth.sign_in": Execute User, Account "signed in";
    SignOut = "auth.sign_out": Update Session, Account "signed out";
    EndStolenSession = "auth.end_stolen_session": Update Session, Account "used a token twice, which ended the session";
    EndSession = "auth.end_session": Update Session, Account "ended one of their sessions";
    EndOtherSessions = "auth.end_other_sessions": Update User, Account "ended their other sessions";
    StepUp = "auth.step_up": Execute User, Account "confirmed who they are";
    RequestPasswordReset = "auth.request_password_reset": Execute User, Account "asked for a link to choose a new password";
    MailPasswordReset = "auth.mail_password_reset": Execute User, Account "sent a link to choose a new password";
    ResetPassword = "auth.reset_password": Update User, Account "chose a new password with a link";
    ChangePassword = "auth.change_password": Update User, Account "changed their password";
    BeginFactor = "auth.begin_factor": Update User, Account "began to set up an authenticator app";
    ConfirmFactor = "auth.confirm_factor": Update User, Account "set up an authenticator app";
    RemoveFactor = "auth.remove_factor": Update User, Account "removed their authenticator app";
    RenewRecoveryCodes = "auth.renew_recovery_codes": Update User, Account "made new recovery codes";
    AcceptPolicy = "auth.accept_policy": Update User, Account "accepted the privacy policy";
    MakeSigningKey = "auth.make_signing_key": Create SigningKey, Account "made a key for signing tokens";
    Reseal = "auth.reseal": Update SigningKey, Account "wrapped the stored keys anew";
}

impl Act {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.as_str() == text)
    }

    /// What it is, after the name of whoever did it; the patient's is "your".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self.about() {
            About::Patient(words) | About::Draft(words) | About::Account(words) => words,
        }
    }

    /// The same for those who work at the clinic.
    #[must_use]
    pub fn words_for_staff(self) -> String {
        for_staff(self.words())
    }

    /// Whether it is what the clinic does about access to a record, which needs no access itself.
    #[must_use]
    pub const fn is_about_access(self) -> bool {
        matches!(self.object(), ObjectKind::AuditEvent | ObjectKind::AccessQuestion | ObjectKind::EmergencyAccess)
    }
}

/// Words for a patient, as those read them who work at the clinic.
#[must_use]
pub fn for_staff(words: &str) -> String {
    words.replace("for you", "for the patient").replace("your ", "the patient’s ")
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fmt::Write};

    use super::*;

    #[test]
    fn every_act_has_a_name_of_its_own_that_is_read_back() {
        let names: BTreeSet<&str> = Act::ALL.iter().map(|act| act.as_str()).collect();
        assert_eq!(names.len(), Act::ALL.len());
        for act in Act::ALL {
            assert_eq!(Act::parse(act.as_str()), Some(*act));
        }
        assert_eq!(Act::parse("records.transmogrify"), None);
    }

    #[test]
    fn the_clinic_reads_of_the_patient_where_the_patient_reads_of_themselves() {
        assert_eq!(Act::ReadEntry.words_for_staff(), "read an entry in the patient’s record");
        assert_eq!(Act::BeginPrescription.words_for_staff(), "began a prescription for the patient");
        for act in Act::ALL {
            let words = act.words_for_staff();
            assert!(!words.contains("you"), "{act:?}: {words}");
        }
    }

    /// Whoever reads an event by other programs finds its name, its kind and its code there.
    #[test]
    fn the_documentation_lists_every_act() {
        let mut table = String::from("| act | object | FHIR | about | in words |\n|---|---|---|---|---|\n");
        for act in Act::ALL {
            let about = match act.about() {
                About::Patient(_) => "a patient",
                About::Draft(_) => "a patient, who reads of it once it is signed",
                About::Account(_) => "an account",
            };
            let code = act.operation().code();
            let (name, object, words) = (act.as_str(), act.object().as_str(), act.words_for_staff());
            writeln!(table, "| `{name}` | `{object}` | {code} | {about} | {words} |").unwrap();
        }
        let page = include_str!("../../../docs/AUDIT.md");
        let listed = &page[page.find("| act |").unwrap()..];
        assert_eq!(listed, table, "docs/AUDIT.md ends with this table");
    }
}
