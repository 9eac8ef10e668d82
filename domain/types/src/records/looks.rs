//! Who looked at what of a record and when, as its patient reads it, and what the clinic answers about it.

use serde::{Deserialize, Serialize};

use super::{LookRow, kind::words};
use crate::{
    appointments::When,
    ids::{AccessQuestionId, AuditEventId},
    page::PageRequest,
    problem::{Problem, ProblemCode},
};

words! {
    /// What somebody who did something with a record is to its patient.
    Looker {
        /// The patient themselves.
        You = "you", "You";
        Doctor = "doctor", "Doctor";
        FrontDesk = "front_desk", "Front desk";
        /// A job of SecureMed, which no person asked for.
        SecureMed = "secure_med", "SecureMed (automatic)";
        /// Nobody who is known here.
        Somebody = "somebody", "Someone";
    }
}

words! {
    /// Whose looks are wanted.
    LooksShown {
        Others = "others", "Other people";
        /// One's own too.
        All = "all", "Everyone, including you";
    }
}

/// Somebody did something with a record; or several times the same, one after the other on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookView {
    /// The latest of them.
    pub event: AuditEventId,
    pub at: When,
    /// `HH:MM` of the first of them.
    pub first_time: String,
    /// "Today, Monday 23 November"
    pub day_label: String,
    /// "Dr. Elena Rivera, Cardiology", "You", "The front desk (Ada Nolan)", "SecureMed itself"
    pub who: String,
    pub role: Looker,
    /// What they did, after who they are: "read an entry of your record".
    pub what: String,
    /// The entry that it was, where it was a single signed one.
    pub entry: Option<EntryLookedAt>,
    /// How often.
    pub times: u32,
    /// Whether the record had been opened in an emergency.
    pub is_emergency: bool,
    pub question: Option<QuestionView>,
    /// Whether the patient can ask the clinic about it.
    pub may_ask: bool,
}

impl LookView {
    /// "3 times"; nothing for once.
    #[must_use]
    pub fn times_label(&self) -> Option<String> {
        match self.times {
            0 | 1 => None,
            2 => Some("twice".to_owned()),
            times => Some(format!("{times} times")),
        }
    }

    /// "09:30", or "09:10 to 09:30" for several looks.
    #[must_use]
    pub fn time_label(&self) -> String {
        if self.first_time == self.at.time {
            self.at.time.clone()
        } else {
            format!("{} to {}", self.first_time, self.at.time)
        }
    }
}

/// An entry that somebody looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLookedAt {
    /// `REC-…`
    pub reference: String,
    /// "Consultation of 1 December 2026"
    pub label: String,
}

/// What a patient asked about a look, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    pub asked: When,
    /// In the patient's words; empty when they wrote nothing.
    pub note: String,
    pub answer: Option<AnswerView>,
}

/// What the clinic answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerView {
    pub text: String,
    pub at: When,
    /// "Ada Nolan"
    pub by: String,
}

/// A stretch of the looks at a record: a row for each person and day, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    pub rows: Vec<LookRow>,
    /// Where the later ones end, unless there are none.
    pub newer: Option<AuditEventId>,
    /// Where the earlier ones begin, unless there are none.
    pub older: Option<AuditEventId>,
    pub show: LooksShown,
}

/// From where to where looks are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LooksQuery {
    pub show: LooksShown,
    pub older_than: Option<AuditEventId>,
    pub newer_than: Option<AuditEventId>,
}

impl Default for LooksQuery {
    fn default() -> Self {
        Self { show: LooksShown::Others, older_than: None, newer_than: None }
    }
}

impl LooksQuery {
    /// What stands in the address; whatever cannot be meant is no page.
    ///
    /// # Errors
    /// `NOT_FOUND`.
    pub fn parse(show: Option<&str>, older: Option<&str>, newer: Option<&str>) -> Result<Self, Problem> {
        let show = show.map_or(Some(LooksShown::Others), LooksShown::parse).ok_or_else(nowhere)?;
        Ok(Self { show, older_than: older.map(event_of).transpose()?, newer_than: newer.map(event_of).transpose()? })
    }

    /// Whether what is wanted lies towards the present.
    #[must_use]
    pub const fn is_forwards(self) -> bool {
        self.older_than.is_none() && self.newer_than.is_some()
    }
}

fn nowhere() -> Problem {
    Problem::new(ProblemCode::NotFound, "Page not found.")
}

/// The number of a look in an address.
///
/// # Errors
/// `NOT_FOUND` when it cannot be one.
pub fn event_of(text: &str) -> Result<AuditEventId, Problem> {
    text.parse().ok().filter(|event: &AuditEventId| event.0 > 0).ok_or_else(nowhere)
}

/// "I don't recognise this", as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionForm {
    pub event: String,
    pub note: String,
}

/// A patient asks about a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskAboutLook {
    pub event: AuditEventId,
    pub note: String,
}

impl QuestionForm {
    /// Most characters of a note.
    pub const LONGEST: usize = 1_000;

    /// # Errors
    /// `NOT_FOUND` for no look, `VALIDATION_ERROR` with a sentence for a note that is too long.
    pub fn parse(&self) -> Result<AskAboutLook, Problem> {
        let note = text(&self.note, Self::LONGEST).map_err(|sentence| Problem::field("note", sentence))?;
        Ok(AskAboutLook { event: event_of(&self.event)?, note })
    }
}

/// What the clinic answers, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerForm {
    pub question: String,
    pub answer: String,
}

/// An administrator answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerQuestion {
    pub question: AccessQuestionId,
    pub answer: String,
}

impl AnswerForm {
    /// Most characters of an answer.
    pub const LONGEST: usize = 2_000;

    /// # Errors
    /// `NOT_FOUND` for no question, `VALIDATION_ERROR` with a sentence for an answer that is empty or too long.
    pub fn parse(&self) -> Result<AnswerQuestion, Problem> {
        let wrong = |sentence| Problem::field("answer", sentence);
        let answer = text(&self.answer, Self::LONGEST).map_err(wrong)?;
        if answer.is_empty() {
            return Err(wrong("Write what you found out.".to_owned()));
        }
        let unknown = || Problem::new(ProblemCode::NotFound, "Question not found.");
        let question = self.question.parse().map_err(|_| unknown())?;
        Ok(AnswerQuestion { question, answer })
    }
}

/// What was typed, up to so many characters.
fn text(typed: &str, most: usize) -> Result<String, String> {
    let text = crate::text::written(typed)?;
    crate::text::at_most(most, &text).map(|()| text)
}

words! {
    /// Where a question stands.
    QuestionState {
        Open = "open", "Open";
        Answered = "answered", "Answered";
    }
}

/// Which questions an administrator wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionFilter {
    pub state: QuestionState,
    pub page: PageRequest,
}

impl Default for QuestionFilter {
    fn default() -> Self {
        Self { state: QuestionState::Open, page: PageRequest::default() }
    }
}

/// A question with the look that it is about, as administrators read it: who, when and what kind of look, and nothing
/// of what stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReview {
    pub id: AccessQuestionId,
    pub patient_name: String,
    /// `PT-…`
    pub patient_reference: String,
    /// When the look was.
    pub at: When,
    pub who: String,
    pub role: Looker,
    /// "read an entry of the patient’s record"
    pub what: String,
    pub is_emergency: bool,
    pub question: QuestionView,
    /// Whether whoever reads this may answer: nobody answers for their own look.
    pub may_answer: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn ask(event: &str, note: &str) -> Result<AskAboutLook, ProblemCode> {
        QuestionForm { event: event.into(), note: note.into() }.parse().map_err(|problem| problem.code)
    }

    fn answer(question: &str, answer: &str) -> Result<AnswerQuestion, ProblemCode> {
        AnswerForm { question: question.into(), answer: answer.into() }.parse().map_err(|problem| problem.code)
    }

    #[test]
    fn a_note_may_be_empty_and_has_at_most_a_thousand_characters() {
        assert_eq!(ask("7", "  ").unwrap(), AskAboutLook { event: AuditEventId(7), note: String::new() });
        assert_eq!(ask("7", "I was\r\naway\r\n").unwrap().note, "I was\naway");
        assert!(ask("7", &"é".repeat(1_000)).is_ok());
        assert_eq!(ask("7", &"é".repeat(1_001)), Err(ProblemCode::ValidationError));
        assert_eq!(ask("7", "a\0b"), Err(ProblemCode::ValidationError));
        assert_eq!(ask("seven", ""), Err(ProblemCode::NotFound));
        assert_eq!(ask("0", ""), Err(ProblemCode::NotFound));
    }

    #[test]
    fn an_answer_has_one_to_two_thousand_characters() {
        assert_eq!(answer("3", " \n "), Err(ProblemCode::ValidationError));
        assert!(answer("3", &"é".repeat(2_000)).is_ok());
        assert_eq!(answer("3", &"é".repeat(2_001)), Err(ProblemCode::ValidationError));
        assert_eq!(answer("x", "She was on duty."), Err(ProblemCode::NotFound));
        let told = AnswerForm { question: "3".into(), answer: "é".repeat(2_001) }.parse().unwrap_err();
        assert_eq!(told.for_field("answer"), Some("You wrote 2,001 characters; please keep it to 2,000."));
    }

    #[rstest]
    #[case(None, None, None, true)]
    #[case(Some("all"), Some("17"), None, true)]
    #[case(Some("nobody"), None, None, false)]
    #[case(None, Some("-1"), None, false)]
    #[case(None, None, Some("tomorrow"), false)]
    fn what_cannot_be_meant_is_no_page(
        #[case] show: Option<&str>,
        #[case] older: Option<&str>,
        #[case] newer: Option<&str>,
        #[case] fine: bool,
    ) {
        assert_eq!(LooksQuery::parse(show, older, newer).is_ok(), fine);
    }

    #[test]
    fn several_looks_are_counted_in_words_with_their_times() {
        let when = When {
            instant: String::new(),
            date: String::new(),
            time: "09:30".into(),
            day: String::new(),
            label: String::new(),
            near: None,
            zone: Default::default(),
        };
        let look = |times, first: &str| {
            let look = LookView {
                event: AuditEventId(1),
                at: when.clone(),
                first_time: first.into(),
                day_label: String::new(),
                who: String::new(),
                role: Looker::Doctor,
                what: String::new(),
                entry: None,
                times,
                is_emergency: false,
                question: None,
                may_ask: true,
            };
            (look.times_label(), look.time_label())
        };
        assert_eq!(look(1, "09:30"), (None, "09:30".to_owned()));
        assert_eq!(look(2, "09:30"), (Some("twice".to_owned()), "09:30".to_owned()));
        assert_eq!(look(3, "09:10"), (Some("3 times".to_owned()), "09:10 to 09:30".to_owned()));
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(one in ".*", other in ".*") {
            let _ = ask(&one, &other);
            let _ = answer(&one, &other);
            let _ = LooksQuery::parse(Some(&one), Some(&other), Some(&one));
        }
    }
}
