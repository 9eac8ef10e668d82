//! The one who asks, resolved once for each request.

use std::marker::PhantomData;

use domain_types::{
    DoctorId, PatientId, SessionId, UserId,
    auth::{Role, SessionClock, Viewer},
};

use crate::error::{Error, Result};

/// Who is asking. Built only by [`crate::auth`] for people, by [`Actor::system`] for jobs and by [`Actor::anonymous`].
#[derive(Clone, Debug)]
pub struct Actor {
    kind: Kind,
    request_id: Option<String>,
}

#[derive(Clone, Debug)]
enum Kind {
    Anonymous,
    System(&'static str),
    Person(Person),
}

/// Somebody who signed in.
#[derive(Clone, Debug)]
pub struct Person {
    parts: PersonParts,
}

#[derive(Clone, Debug)]
pub(crate) struct PersonParts {
    pub user: UserId,
    pub session: SessionId,
    pub role: Role,
    pub name: String,
    pub first_name: String,
    pub patient: Option<PatientId>,
    pub doctor: Option<DoctorId>,
    /// Whether they proved who they are within the last minutes.
    pub is_recently_verified: bool,
    pub clock: Option<SessionClock>,
}

impl Person {
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.parts.user
    }

    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.parts.session
    }

    #[must_use]
    pub const fn role(&self) -> Role {
        self.parts.role
    }

    /// "Ada Nolan"
    #[must_use]
    pub fn name(&self) -> &str {
        &self.parts.name
    }

    #[must_use]
    pub(crate) fn first_name(&self) -> &str {
        &self.parts.first_name
    }

    /// Told to somebody whose role may never do what they asked for.
    fn is_not(&self, needed: Role) -> Error {
        Error::OtherRole { needed, is: self.role() }
    }

    /// The patient side, when the role is patient.
    #[must_use]
    pub fn patient(&self) -> Option<PatientId> {
        self.parts.patient.filter(|_| self.parts.role == Role::Patient)
    }

    /// The doctor side, when the role is doctor.
    #[must_use]
    pub fn doctor(&self) -> Option<DoctorId> {
        self.parts.doctor.filter(|_| self.parts.role == Role::Doctor)
    }
}

impl Actor {
    /// Somebody who did not sign in: the public pages.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self { kind: Kind::Anonymous, request_id: None }
    }

    /// A job of our own; `reason` names it in the audit trail.
    #[must_use]
    pub const fn system(reason: &'static str) -> Self {
        Self { kind: Kind::System(reason), request_id: None }
    }

    pub(crate) const fn person_of(parts: PersonParts) -> Self {
        Self { kind: Kind::Person(Person { parts }), request_id: None }
    }

    /// The same actor, with the id that names this request in logs and in the audit trail.
    #[must_use]
    pub fn with_request_id(mut self, id: String) -> Self {
        self.request_id = Some(id);
        self
    }

    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// # Errors
    /// `Unauthenticated` for everybody who did not sign in.
    pub fn person(&self) -> Result<&Person> {
        match &self.kind {
            Kind::Person(person) => Ok(person),
            Kind::Anonymous | Kind::System(_) => Err(Error::Unauthenticated),
        }
    }

    /// For what no person asks for through the doors: only a job of our own, or the command line.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, `Forbidden` for every person.
    pub(crate) fn must_be_system(&self) -> Result<()> {
        match &self.kind {
            Kind::System(_) => Ok(()),
            Kind::Anonymous => Err(Error::Unauthenticated),
            Kind::Person(_) => Err(Error::Forbidden),
        }
    }

    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.person().is_ok()
    }

    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.person().ok().map(Person::role)
    }

    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        self.person().ok().map(Person::user)
    }

    #[must_use]
    pub fn session_id(&self) -> Option<SessionId> {
        self.person().ok().map(Person::session)
    }

    /// What the page frame shows of whoever is looking.
    #[must_use]
    pub fn viewer(&self) -> Option<Viewer> {
        self.person().ok().map(|person| Viewer {
            role: person.role(),
            name: person.parts.name.clone(),
            clock: person.parts.clock,
        })
    }

    /// The word for the audit trail: a role, `anonymous`, or `system: <job>`.
    pub(crate) fn trail_name(&self) -> String {
        match &self.kind {
            Kind::Anonymous => "anonymous".into(),
            Kind::System(reason) => format!("system: {reason}"),
            Kind::Person(person) => person.role().as_str().into(),
        }
    }
}

/// An actor who is a patient.
#[derive(Clone, Copy, Debug)]
pub struct Patient<'a> {
    pub(crate) person: &'a Person,
    pub(crate) id: PatientId,
}

/// An actor who is a doctor.
#[derive(Clone, Copy, Debug)]
pub struct Doctor<'a> {
    pub(crate) person: &'a Person,
    pub(crate) id: DoctorId,
}

/// An actor who proved who they are within the last minutes: for what must not happen by a browser left open.
#[derive(Clone, Copy, Debug)]
pub struct RecentlyVerified<'a> {
    pub(crate) person: &'a Person,
}

/// An actor who is an administrator.
#[derive(Clone, Copy, Debug)]
pub struct Admin<'a>(PhantomData<&'a Person>);

impl<'a> TryFrom<&'a Actor> for Patient<'a> {
    type Error = Error;
    fn try_from(actor: &'a Actor) -> Result<Self> {
        let person = actor.person()?;
        Ok(Self { person, id: person.patient().ok_or_else(|| person.is_not(Role::Patient))? })
    }
}

impl<'a> TryFrom<&'a Actor> for Doctor<'a> {
    type Error = Error;
    fn try_from(actor: &'a Actor) -> Result<Self> {
        let person = actor.person()?;
        Ok(Self { person, id: person.doctor().ok_or_else(|| person.is_not(Role::Doctor))? })
    }
}

impl<'a> TryFrom<&'a Actor> for Admin<'a> {
    type Error = Error;
    fn try_from(actor: &'a Actor) -> Result<Self> {
        let person = actor.person()?;
        if person.role() == Role::Admin { Ok(Self(PhantomData)) } else { Err(person.is_not(Role::Admin)) }
    }
}

impl<'a> TryFrom<&'a Actor> for RecentlyVerified<'a> {
    type Error = Error;
    fn try_from(actor: &'a Actor) -> Result<Self> {
        let person = actor.person()?;
        if person.parts.is_recently_verified { Ok(Self { person }) } else { Err(Error::StepUpRequired) }
    }
}
