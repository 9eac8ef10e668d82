//! Which visit a note is about, when it is begun from a chart.

use domain_types::{
    DoctorId,
    appointments::{AppointmentStatus, NoteStep, NoteVisit, NoteVisits},
};
use jiff::{SignedDuration, Timestamp};

use super::{chart::Opening, drafts};
use crate::{
    access::Person,
    appointments::{self, VisitFacts},
    db::Tx,
    error::Result,
    time::Labels,
};

/// Visits that can be chosen from.
const SHOWN: u64 = 8;

/// The visits of a doctor with a patient up to today that a note can be about, and the one that is offered.
pub(super) async fn note_visits(
    tx: &Tx,
    (person, doctor): (&Person, DoctorId),
    opening: &Opening,
    now: Timestamp,
) -> Result<NoteVisits> {
    let labels = &opening.labels;
    let tomorrow = labels.local(now).tomorrow()?.start_of_day()?.timestamp();
    let visits = appointments::held_with(tx, doctor, opening.head.id, tomorrow, SHOWN).await?;
    let mut notes = drafts::of_visits(tx, person, visits.iter().map(|visit| visit.id)).await?;
    let offered = offered(&visits, labels, now);
    let view = |visit: VisitFacts| NoteVisit {
        when: labels.when(visit.starts),
        status: visit.status,
        note: notes.remove(&visit.id).map(NoteStep::with),
        reference: visit.reference,
    };
    Ok(NoteVisits { offered, visits: visits.into_iter().map(view).collect() })
}

/// The visit that runs, otherwise today's nearest.
fn offered(visits: &[VisitFacts], labels: &Labels, now: Timestamp) -> Option<String> {
    let near = |visit: &VisitFacts| {
        let is_today = labels.local(visit.starts).date() == labels.today();
        Some((nearness(visit.status, (visit.starts, visit.ends), is_today, now)?, visit.reference.clone()))
    };
    visits.iter().filter_map(near).min().map(|(_, reference)| reference)
}

/// How near a visit is: one in progress before one whose time it is, and that before the others of today by their distance.
/// One that was left in progress on another day does not run any more.
fn nearness(
    status: AppointmentStatus,
    (starts, ends): (Timestamp, Timestamp),
    is_today: bool,
    now: Timestamp,
) -> Option<(u8, SignedDuration)> {
    let is_now = starts <= now && now < ends;
    if !status.holds_its_time() || !(is_today || is_now) {
        return None;
    }
    let away = starts.duration_since(now).max(now.duration_since(ends)).max(SignedDuration::ZERO);
    let rank = match status {
        AppointmentStatus::InProgress => 0,
        status if is_now && !status.is_final() => 1,
        _ => 2,
    };
    Some((rank, away))
}

#[cfg(test)]
mod tests {
    use super::*;
    use AppointmentStatus::{Cancelled, CheckedIn, Completed, Confirmed, InProgress, NoShow, Scheduled};
    use rstest::rstest;

    /// Of visits of half an hour that begin at these minutes of the day, which one is offered at 10:00.
    fn nearest(visits: &[(AppointmentStatus, i64)]) -> Option<usize> {
        let at = |minute: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        let near = |(number, (status, starts)): (usize, &(AppointmentStatus, i64))| {
            let is_today = (0..24 * 60).contains(starts);
            Some((nearness(*status, (at(*starts), at(starts + 30)), is_today, at(600))?, number))
        };
        visits.iter().enumerate().filter_map(near).min().map(|(_, number)| number)
    }

    #[rstest]
    #[case::none(&[], None)]
    #[case::called_off_now(&[(Cancelled, 600), (NoShow, 590)], None)]
    #[case::of_yesterday_and_tomorrow(&[(Completed, -600), (Scheduled, 1500), (InProgress, -30)], None)]
    #[case::in_progress_though_late(&[(Scheduled, 600), (InProgress, 420)], Some(1))]
    #[case::its_time_is_now(&[(CheckedIn, 640), (Confirmed, 590)], Some(1))]
    #[case::completed_before_its_end(&[(Completed, 585), (Scheduled, 640)], Some(0))]
    #[case::the_nearest_before(&[(Completed, 540), (Scheduled, 660)], Some(0))]
    #[case::the_nearest_to_come(&[(Completed, 480), (CheckedIn, 620)], Some(1))]
    #[case::begins_this_moment(&[(Completed, 570), (Scheduled, 600)], Some(1))]
    #[case::runs_over_midnight(&[(CheckedIn, -10), (InProgress, 590)], Some(1))]
    fn the_running_visit_is_offered_otherwise_the_nearest_of_today(
        #[case] visits: &[(AppointmentStatus, i64)],
        #[case] offered: Option<usize>,
    ) {
        assert_eq!(nearest(visits), offered);
    }

    #[test]
    fn a_visit_over_midnight_runs_while_its_time_is_now() {
        let at = |minute: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        assert!(nearness(CheckedIn, (at(-15), at(15)), false, at(0)).is_some());
        assert_eq!(nearness(CheckedIn, (at(-15), at(15)), false, at(15)), None);
    }
}
