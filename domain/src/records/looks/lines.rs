//! Events as people read them: a row for each person and day, in it a line for the same look repeated.

use std::collections::HashMap;

use domain_types::{
    AuditEventId, PatientId, UserId,
    audit::Act,
    records::{EntryLookedAt, LookRow, LookView, QuestionView, RecordStatus, RecordType},
};
use entity::medical_record;
use jiff::civil::Date;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{
    people::People,
    questions,
    rows::{Emergencies, Event},
    words,
};
use crate::{
    error::{Error, Result},
    services::Services,
    settings::Settings,
    time::{Labels, date_from_db, from_db},
};

/// What makes two looks the same look.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    day: Date,
    account: Option<i64>,
    role: String,
    what: &'static str,
    entry: Option<i64>,
    is_emergency: bool,
}

/// An event with its kind.
#[derive(Clone, Debug)]
struct Look {
    event: Event,
    kind: Kind,
    /// One that was asked about begins a line, so that the question stays with what it was asked about.
    is_asked_about: bool,
}

impl Look {
    /// Whether it was the opening of a draft that is signed by now: its author's signature tells of it.
    fn led_to_a_signature(&self) -> bool {
        self.event.act() == Some(Act::OpenDraft) && self.kind.entry.is_some() && !self.is_asked_about
    }
}

/// Looks of one kind that follow one another, the latest first.
#[derive(Clone, Debug)]
struct Line {
    latest: Event,
    first: Event,
    kind: Kind,
    times: u32,
}

impl Kind {
    /// Whether both are of one person on one day.
    fn is_of_one_row(&self, other: &Self) -> bool {
        self.day == other.day && self.account == other.account && self.role == other.role
    }
}

/// The looks of each person and day, in the order of their latest.
fn by_person_and_day(looks: Vec<Look>) -> Vec<Vec<Look>> {
    let mut rows: Vec<Vec<Look>> = Vec::new();
    for look in looks {
        match rows.iter_mut().rev().find(|row| row.first().is_some_and(|one| one.kind.is_of_one_row(&look.kind))) {
            Some(row) => row.push(look),
            None => rows.push(vec![look]),
        }
    }
    rows
}

fn grouped(looks: Vec<Look>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for Look { event, kind, is_asked_about } in looks {
        match lines.last_mut() {
            Some(line) if line.kind == kind && !is_asked_about => {
                line.times += 1;
                line.first = event;
            }
            _ => lines.push(Line { latest: event.clone(), first: event, kind, times: 1 }),
        }
    }
    lines
}

/// What is told about some events beside what stands in them.
struct Around {
    labels: Labels,
    people: People,
    emergencies: Emergencies,
    asked: HashMap<i64, QuestionView>,
    entries: HashMap<i64, EntryLookedAt>,
    patient: PatientId,
    /// The patient's, when they read it themselves.
    account: Option<UserId>,
}

/// The rows of some events about a patient, the latest first.
pub(super) async fn rows(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    (patient, account): (PatientId, UserId),
    events: Vec<Event>,
) -> Result<Vec<LookRow>> {
    let labels = settings.labels(services.now());
    let asked = questions::about(services, db, &labels, patient, &events).await?;
    let around = Around::of(db, labels, (patient, Some(account)), asked, &events).await?;
    let looks = events.into_iter().map(|event| around.look(event)).collect::<Result<Vec<_>>>()?;
    let looks = looks.into_iter().filter(|look| !look.led_to_a_signature()).collect();
    let row = |looks| LookRow { looks: grouped(looks).iter().map(|line| around.shown(line)).collect() };
    Ok(by_person_and_day(looks).into_iter().map(row).collect())
}

/// The lines of some events about a patient, the latest first, for somebody else than the patient.
pub(super) async fn for_the_clinic(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    patient: PatientId,
    events: Vec<Event>,
) -> Result<Vec<LookView>> {
    let labels = settings.labels(services.now());
    let around = Around::of(db, labels, (patient, None), HashMap::new(), &events).await?;
    let looks = events.into_iter().map(|event| around.look(event)).collect::<Result<Vec<_>>>()?;
    Ok(grouped(looks).iter().map(|line| around.shown(line)).collect())
}

impl Around {
    async fn of(
        db: &impl ConnectionTrait,
        labels: Labels,
        (patient, account): (PatientId, Option<UserId>),
        asked: HashMap<i64, QuestionView>,
        events: &[Event],
    ) -> Result<Self> {
        Ok(Self {
            people: People::find(db, events.iter().filter_map(|event| event.actor_user_id)).await?,
            emergencies: Emergencies::around(db, [patient.0], events).await?,
            entries: entries(db, &labels, patient, events).await?,
            asked,
            labels,
            patient,
            account,
        })
    }

    fn look(&self, event: Event) -> Result<Look> {
        let kind = Kind {
            day: self.labels.local(from_db(event.at)).date(),
            account: event.actor_user_id,
            role: event.actor_role.clone(),
            what: words::of(event.act(), event.is_allowed()),
            entry: event.entry()?.filter(|entry| self.entries.contains_key(entry)),
            is_emergency: self.emergencies.cover(self.patient.0, &event),
        };
        Ok(Look { is_asked_about: self.asked.contains_key(&event.id), event, kind })
    }

    fn shown(&self, line: &Line) -> LookView {
        let Line { latest, first, kind, times } = line;
        let (who, role) = self.people.who(latest, self.account);
        let question = self.asked.get(&latest.id).cloned();
        LookView {
            event: AuditEventId(latest.id),
            at: self.labels.when(from_db(latest.at)),
            first_time: self.labels.time(from_db(first.at)),
            day_label: day_label(&self.labels, kind.day),
            who,
            role,
            what: kind.what.to_owned(),
            entry: kind.entry.and_then(|entry| self.entries.get(&entry).cloned()),
            times: *times,
            is_emergency: kind.is_emergency,
            may_ask: question.is_none() && self.account.is_some_and(|account| !latest.is_of(account)),
            question,
        }
    }
}

fn day_label(labels: &Labels, day: Date) -> String {
    match labels.near(day) {
        Some(near) => format!("{near}, {}", labels.long_day(day)),
        None => labels.long_day(day),
    }
}

/// What the entries are that were looked at one by one: their kind and day. Only signed ones of this patient: nobody
/// learns here that something is being written.
async fn entries(
    db: &impl ConnectionTrait,
    labels: &Labels,
    patient: PatientId,
    events: &[Event],
) -> Result<HashMap<i64, EntryLookedAt>> {
    use medical_record::Column as R;
    let ids: Vec<i64> = events.iter().filter_map(|event| event.entry().transpose()).collect::<Result<_>>()?;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String, String, sea_orm::prelude::TimeDate)> = medical_record::Entity::find()
        .select_only()
        .columns([R::Id, R::Reference, R::RecordType, R::RecordDate])
        .filter(R::Id.is_in(ids))
        .filter(R::PatientId.eq(patient.0))
        .filter(R::Status.eq(RecordStatus::Final.as_str()))
        .into_tuple()
        .all(db)
        .await?;
    let entry = |(id, reference, kind, day): (i64, String, String, _)| {
        let kind = RecordType::parse(&kind).ok_or_else(|| Error::internal("a stored kind is unknown"))?;
        let label = format!("{} of {}", kind.label(), labels.full_date(date_from_db(day)?));
        Ok((id, EntryLookedAt { reference, label }))
    };
    rows.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use sea_orm::prelude::TimeDateTimeWithTimeZone;

    /// What is read of a sequence of looks, each given as who, what and the day of November, the latest first.
    fn read(looks: &[(i64, &'static str, i8)], asked: &[usize]) -> Vec<(i64, u32, i64)> {
        let look = |(number, (who, what, day)): (usize, &(i64, &'static str, i8))| Look {
            event: Event {
                id: 100 - i64::try_from(number).unwrap(),
                at: TimeDateTimeWithTimeZone::UNIX_EPOCH,
                actor_user_id: Some(*who),
                actor_role: "doctor".into(),
                action: String::new(),
                object_ids: "[]".into(),
                outcome: "allowed".into(),
            },
            kind: Kind {
                day: date(2026, 11, *day),
                account: Some(*who),
                role: "doctor".into(),
                what,
                entry: None,
                is_emergency: false,
            },
            is_asked_about: asked.contains(&number),
        };
        let rows = by_person_and_day(looks.iter().enumerate().map(look).collect());
        let lines = rows.into_iter().flat_map(grouped);
        lines.map(|line| (line.latest.id, line.times, line.first.id)).collect()
    }

    #[test]
    fn the_same_look_again_and_again_is_one_line() {
        let chart = (1, "opened your chart", 23);
        assert_eq!(read(&[chart, chart, chart], &[]), [(100, 3, 98)]);
        assert!(read(&[], &[]).is_empty());
    }

    #[test]
    fn another_kind_or_another_day_is_another_line() {
        let chart = (1, "opened your chart", 23);
        assert_eq!(read(&[chart, (1, "read your profile", 23), chart], &[]), [(100, 1, 100), (99, 1, 99), (98, 1, 98)]);
        assert_eq!(read(&[chart, (1, "opened your chart", 22)], &[]), [(100, 1, 100), (99, 1, 99)]);
    }

    #[test]
    fn what_one_person_did_on_one_day_stays_together_whoever_came_between() {
        let (chart, other) = ((1, "opened your chart", 23), (2, "opened your chart", 23));
        assert_eq!(read(&[chart, other, chart, other], &[]), [(100, 2, 98), (99, 2, 97)]);
        assert_eq!(read(&[other, chart, other], &[]), [(100, 2, 98), (99, 1, 99)]);
    }

    #[test]
    fn a_look_that_was_asked_about_begins_a_line_and_later_ones_do_not_take_its_question() {
        let chart = (1, "opened your chart", 23);
        assert_eq!(read(&[chart, chart, chart, chart], &[1]), [(100, 1, 100), (99, 3, 97)]);
    }
}
