//! Rows turned into what people see.

use domain_types::{
    AppointmentId, DoctorId, PatientId, VisitTypeId,
    appointments::{
        AppointmentEventView, AppointmentStatus, AppointmentView, Audience, BookingRules, PatientName, VisitAction,
    },
    auth::Role,
};
use entity::{appointment_event, user, visit_type};
use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use super::{
    policy,
    repo::{VisitRow, doctor_name},
    words::Words,
};
use crate::{
    access::Person,
    addresses,
    error::Result,
    moment::Moment,
    services::Services,
    settings::Settings,
    time::{from_db, zone_words},
};

/// How somebody looks at visits.
pub(super) struct Lens<'a> {
    pub person: &'a Person,
    pub at: &'a Moment,
    words: Words,
}

impl<'a> Lens<'a> {
    /// For these visits: what is said about others stays sealed.
    pub async fn over(
        services: &Services,
        db: &impl ConnectionTrait,
        person: &'a Person,
        at: &'a Moment,
        rows: &[VisitRow],
    ) -> Result<Self> {
        let words = Words::of(services, db, person, rows).await?;
        Ok(Self { person, at, words })
    }

    pub fn visit(&self, row: &VisitRow) -> Result<AppointmentView> {
        let (starts, ends) = (from_db(row.starts_at), from_db(row.ends_at));
        let status = row.status()?;
        let actions = VisitAction::ALL
            .into_iter()
            .filter(|action| policy::step(self.person, row, *action, self.at).is_ok())
            .collect();
        Ok(AppointmentView {
            id: AppointmentId(row.id),
            reference: row.reference.clone(),
            status,
            patient: PatientName {
                id: PatientId(row.patient_id),
                reference: row.patient_reference.clone(),
                name: format!("{} {}", row.patient_first_name, row.patient_last_name),
            },
            doctor: DoctorId(row.doctor_id),
            doctor_name: row.doctor_name(),
            doctor_initials: initials(&row.doctor_first_name, &row.doctor_last_name),
            specialty: row.specialty_name.clone(),
            specialty_code: row.specialty_code.clone(),
            hospital: row.hospital.clone(),
            department: row.department.clone(),
            starts: self.at.labels.when(starts),
            ends_time: self.at.labels.time(ends),
            duration_minutes: minutes_between(starts, ends),
            visit_type: row.visit_type_name.clone(),
            fee: row.fee()?,
            reason: self.words.reason(row)?,
            notes: self.words.notes(row)?,
            created_at: from_db(row.created_at).to_string(),
            is_upcoming: ends > self.at.now && !status.is_final(),
            may_move: policy::reschedule(self.person, row, self.at).is_ok(),
            actions,
            change_until: self.at.labels.when(policy::cutoff(starts, self.at.settings())),
        })
    }

    pub fn event(&self, event: &appointment_event::Model, by: Option<&user::Model>) -> AppointmentEventView {
        let reader = Audience::from(self.person.role());
        let words = |status| reader.words_for(status);
        let what = match (event.kind.as_str(), event.from_starts_at) {
            ("booked", _) => {
                let booked = words(AppointmentStatus::Scheduled);
                format!("{booked} for {}", self.at.labels.moment(from_db(event.to_starts_at)))
            }
            ("moved", Some(from)) => format!(
                "Moved from {} to {}",
                self.at.labels.moment(from_db(from)),
                self.at.labels.moment(from_db(event.to_starts_at))
            ),
            _ => AppointmentStatus::parse(&event.to_status).map_or("Changed", words).to_owned(),
        };
        let at = self.at.labels.when(from_db(event.at));
        let zone = matches!(event.kind.as_str(), "booked" | "moved").then(|| at.zone.clone());
        AppointmentEventView { at, what, zone, by: self.who(by) }
    }

    /// Who took a step: "you" for the reader's own, otherwise name and role. Patients need not know who sat at the
    /// desk; colleagues do.
    fn who(&self, by: Option<&user::Model>) -> String {
        // Without an account it was SecureMed itself, on behalf of the clinic.
        let Some(user) = by else { return "The clinic".to_owned() };
        if user.id == self.person.user().0 {
            return "You".to_owned();
        }
        let name = format!("{} {}", user.first_name, user.last_name);
        match (Role::parse(&user.role), self.person.role()) {
            (Some(Role::Doctor), _) => doctor_name(&user.first_name, &user.last_name),
            (Some(Role::Patient), _) => format!("{name}, patient"),
            (Some(Role::Admin), Role::Patient) => "The front desk".to_owned(),
            (Some(Role::Admin), _) => format!("{name}, front desk"),
            (None, _) => name,
        }
    }
}

pub(super) fn rules(kind: &visit_type::Model, fee: domain_types::money::Money, settings: &Settings) -> BookingRules {
    BookingRules {
        visit_type: VisitTypeId(kind.id),
        visit_type_name: kind.name.clone(),
        duration_minutes: u32::try_from(kind.duration_minutes).unwrap_or(0),
        fee,
        cancel_cutoff_hours: settings.booking.cancel_cutoff_hours,
        zone: zone_words(&settings.clinic.zone),
    }
}

pub(super) fn minutes_between(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.duration_since(from).as_mins()).unwrap_or(0)
}

/// Enough of an e-mail address to recognise it: "m***@example.org".
pub(super) fn hinted(address: &str) -> String {
    let address = addresses::shown(address);
    let (name, domain) = address.rsplit_once('@').unwrap_or((&address, ""));
    format!("{}***@{domain}", name.chars().next().unwrap_or_default())
}

pub(super) fn initials(first: &str, last: &str) -> String {
    first.chars().take(1).chain(last.chars().take(1)).flat_map(char::to_uppercase).collect()
}
