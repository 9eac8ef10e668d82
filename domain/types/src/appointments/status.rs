//! The life of a visit. The page draws its buttons from this table and the service enforces the same table.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::auth::Role;

/// Where a visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppointmentStatus {
    Scheduled,
    Confirmed,
    CheckedIn,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
}

/// A step that somebody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitAction {
    Confirm,
    CheckIn,
    Start,
    Complete,
    NoShow,
    Cancel,
}

impl AppointmentStatus {
    pub const ALL: [Self; 7] = [
        Self::Scheduled,
        Self::Confirmed,
        Self::CheckedIn,
        Self::InProgress,
        Self::Completed,
        Self::Cancelled,
        Self::NoShow,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Confirmed => "confirmed",
            Self::CheckedIn => "checked_in",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The words on screens and in `status_display`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Scheduled => "Booked",
            Self::Confirmed => "Confirmed",
            Self::CheckedIn => "Checked in",
            Self::InProgress => "In progress",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
            Self::NoShow => "No-show",
        }
    }

    /// Whether the visit still takes its time in the calendar: every status but cancelled and no-show.
    #[must_use]
    pub const fn holds_its_time(self) -> bool {
        !matches!(self, Self::Cancelled | Self::NoShow)
    }

    /// Whether nothing more can happen to it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::NoShow)
    }

    /// Whether its doctor writes a note about it: once the patient came.
    #[must_use]
    pub const fn is_noted(self) -> bool {
        matches!(self, Self::CheckedIn | Self::InProgress | Self::Completed)
    }

    /// Whether it can still be moved to another time.
    #[must_use]
    pub const fn may_move(self) -> bool {
        matches!(self, Self::Scheduled | Self::Confirmed)
    }

    /// The whole machine: where `action` leads from here, if anywhere.
    #[must_use]
    pub const fn after(self, action: VisitAction) -> Option<Self> {
        use VisitAction::{Cancel, CheckIn, Complete, Confirm, NoShow, Start};
        match (self, action) {
            (Self::Scheduled, Confirm) => Some(Self::Confirmed),
            (Self::Scheduled | Self::Confirmed, CheckIn) => Some(Self::CheckedIn),
            (Self::CheckedIn, Start) => Some(Self::InProgress),
            (Self::InProgress, Complete) => Some(Self::Completed),
            (Self::Scheduled | Self::Confirmed, NoShow) => Some(Self::NoShow),
            (Self::Scheduled | Self::Confirmed | Self::CheckedIn, Cancel) => Some(Self::Cancelled),
            _ => None,
        }
    }

    /// Whether what `action` is taken for is so already, or was so before it came to stand here.
    #[must_use]
    pub fn holds(self, action: VisitAction) -> bool {
        let target = action.target();
        self == target || (self.was_attended() && target.was_expected() && target < self)
    }

    const fn was_attended(self) -> bool {
        matches!(self, Self::CheckedIn | Self::InProgress | Self::Completed)
    }

    const fn was_expected(self) -> bool {
        matches!(self, Self::Confirmed | Self::CheckedIn | Self::InProgress)
    }

    /// The next step on the way to [`Self::Completed`]; none once nothing more can happen.
    #[must_use]
    pub const fn towards_completion(self) -> Option<VisitAction> {
        match self {
            Self::Scheduled | Self::Confirmed => Some(VisitAction::CheckIn),
            Self::CheckedIn => Some(VisitAction::Start),
            Self::InProgress => Some(VisitAction::Complete),
            Self::Completed | Self::Cancelled | Self::NoShow => None,
        }
    }

    /// The steps possible from here, in the order of their buttons.
    pub fn actions(self) -> impl Iterator<Item = VisitAction> {
        VisitAction::ALL.into_iter().filter(move |action| self.after(*action).is_some())
    }
}

impl fmt::Display for AppointmentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl VisitAction {
    pub const ALL: [Self; 6] = [Self::Confirm, Self::CheckIn, Self::Start, Self::Complete, Self::NoShow, Self::Cancel];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::CheckIn => "check_in",
            Self::Start => "start",
            Self::Complete => "complete",
            Self::NoShow => "no_show",
            Self::Cancel => "cancel",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// The verb on its button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirm => "Confirm",
            Self::CheckIn => "Check in",
            Self::Start => "Start appointment",
            Self::Complete => "Complete",
            Self::NoShow => "Mark no-show",
            Self::Cancel => "Cancel appointment",
        }
    }

    /// The status that it leads to.
    #[must_use]
    pub const fn target(self) -> AppointmentStatus {
        match self {
            Self::Confirm => AppointmentStatus::Confirmed,
            Self::CheckIn => AppointmentStatus::CheckedIn,
            Self::Start => AppointmentStatus::InProgress,
            Self::Complete => AppointmentStatus::Completed,
            Self::NoShow => AppointmentStatus::NoShow,
            Self::Cancel => AppointmentStatus::Cancelled,
        }
    }

    /// Whether it is asked once more before this step is taken: what ends a visit cannot be taken back.
    #[must_use]
    pub const fn asks_first(self) -> bool {
        self.target().is_final()
    }

    /// The step that leads to `target`, if one does. Each status but the first is reached by exactly one step.
    #[must_use]
    pub const fn leading_to(target: AppointmentStatus) -> Option<Self> {
        match target {
            AppointmentStatus::Scheduled => None,
            AppointmentStatus::Confirmed => Some(Self::Confirm),
            AppointmentStatus::CheckedIn => Some(Self::CheckIn),
            AppointmentStatus::InProgress => Some(Self::Start),
            AppointmentStatus::Completed => Some(Self::Complete),
            AppointmentStatus::Cancelled => Some(Self::Cancel),
            AppointmentStatus::NoShow => Some(Self::NoShow),
        }
    }

    /// Whether a role may ever take this step on a visit that is theirs to see. Patients only cancel.
    #[must_use]
    pub const fn is_for(self, role: Role) -> bool {
        match role {
            Role::Patient => matches!(self, Self::Cancel),
            Role::Doctor | Role::Admin => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_statuses_lead_nowhere_and_all_others_lead_somewhere() {
        for status in AppointmentStatus::ALL {
            assert_eq!(status.actions().next().is_none(), status.is_final(), "{status}");
        }
    }

    #[test]
    fn every_step_leads_to_the_status_that_names_it() {
        for status in AppointmentStatus::ALL {
            for action in status.actions() {
                let target = status.after(action).unwrap();
                assert_eq!(VisitAction::leading_to(target), Some(action), "{status} → {target}");
                assert_eq!(action.target(), target, "{status} → {target}");
            }
        }
    }

    #[test]
    fn a_visit_in_progress_can_no_longer_be_cancelled() {
        assert_eq!(AppointmentStatus::InProgress.after(VisitAction::Cancel), None);
        assert_eq!(AppointmentStatus::CheckedIn.after(VisitAction::Cancel), Some(AppointmentStatus::Cancelled));
    }

    #[test]
    fn whatever_can_still_happen_leads_to_completed_step_by_step() {
        for status in AppointmentStatus::ALL {
            let mut at = status;
            while let Some(action) = at.towards_completion() {
                at = at.after(action).unwrap();
            }
            assert_eq!(
                at == AppointmentStatus::Completed,
                !status.is_final() || at == status && at.is_noted(),
                "{status}"
            );
        }
    }

    #[test]
    fn a_step_holds_once_it_was_taken_and_while_those_after_it_are() {
        use AppointmentStatus::{Cancelled, CheckedIn, Completed, Confirmed, InProgress, NoShow, Scheduled};
        let holding = |action: VisitAction| -> Vec<_> {
            AppointmentStatus::ALL.into_iter().filter(|status| status.holds(action)).collect()
        };
        assert_eq!(holding(VisitAction::Confirm), [Confirmed, CheckedIn, InProgress, Completed]);
        assert_eq!(holding(VisitAction::CheckIn), [CheckedIn, InProgress, Completed]);
        assert_eq!(holding(VisitAction::Complete), [Completed]);
        assert_eq!((holding(VisitAction::Cancel), holding(VisitAction::NoShow)), (vec![Cancelled], vec![NoShow]));
        assert!(VisitAction::ALL.into_iter().all(|action| !Scheduled.holds(action)));
    }

    #[test]
    fn what_cannot_be_taken_back_is_asked_once_more() {
        let asked: Vec<_> = VisitAction::ALL.into_iter().filter(|action| action.asks_first()).collect();
        assert_eq!(asked, [VisitAction::Complete, VisitAction::NoShow, VisitAction::Cancel]);
    }

    #[test]
    fn patients_only_cancel() {
        let theirs: Vec<_> = VisitAction::ALL.into_iter().filter(|a| a.is_for(Role::Patient)).collect();
        assert_eq!(theirs, [VisitAction::Cancel]);
    }

    #[test]
    fn words_on_the_wire_read_back() {
        for status in AppointmentStatus::ALL {
            assert_eq!(AppointmentStatus::parse(status.as_str()), Some(status));
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("\"{status}\""));
        }
        for action in VisitAction::ALL {
            assert_eq!(VisitAction::parse(action.as_str()), Some(action));
        }
    }
}
