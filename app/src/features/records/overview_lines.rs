//! Lines of what a doctor must know of a patient: on the chart each leads on; beside a note that is being written none
//! leads away from it.

use domain_types::records::{Content, LabResultView, LatestReading, Level, RecordView, Severity};
use leptos::prelude::*;

use super::{addresses::Trends, entry_address, lab_results::sampled, result_words::StatusOfResult};
use crate::components::{Described, TextLink};

/// A result with its mark, its range and its day. With `trends` it leads to its values over time and to its report.
#[component]
pub(super) fn ResultLine(result: LabResultView, trends: Trends) -> impl IntoView {
    let (level, status, later) = (result.level(), result.status(), result.later.clone());
    let range =
        result.value.range_label().map_or_else(|| "No range given".to_owned(), |range| format!("Range {range}"));
    let name = result.value.test.clone();
    let day = sampled(&result.date_label, result.time.as_deref());
    let day = view! { <time datetime=result.date>{day}</time> };
    let (test, day) = match trends.address(&result.slug) {
        Some(href) => {
            let report = entry_address(&result.record_reference);
            (
                view! { <TextLink href>{name}</TextLink> }.into_any(),
                view! { <TextLink href=report>"Report of " {day}</TextLink> }.into_any(),
            )
        }
        None => (name.into_any(), day.into_any()),
    };
    view! {
        <li class="held-item">
            <div class="held-body">
                <p>
                    <strong>{test} " " <span class="tnum">{result.value.shown()}</span></strong>
                    " " <StatusOfResult level status/>
                </p>
                <p class="text-muted">{range} " · " {day}</p>
                {later.map(|later| view! { <p>"Later: " {later} ". No doctor has acted on this one yet."</p> })}
            </div>
        </li>
    }
}

/// A reading as it was taken last, with the day when that was.
#[component]
pub(super) fn ReadingFact(
    reading: LatestReading,
    /// Whether it leads to the entry that it stands in.
    leads: bool,
) -> impl IntoView {
    let href = entry_address(&reading.record_reference);
    let day = view! { <time datetime=reading.date>{reading.date_label}</time> };
    let day = if leads { view! { <TextLink href>{day}</TextLink> }.into_any() } else { day.into_any() };
    view! {
        <Described term=reading.name>
            <span class="tnum">{reading.value}</span>
            {reading.is_critical.then(|| view! { " " <StatusOfResult level=Level::Critical status="Critical"/> })}
            <span class="reading-when">{day} " · " {reading.by}</span>
            {reading.later
                .map(|later| {
                    view! { <span class="reading-when">"Later: " {later} ". No doctor has acted on this one yet."</span> }
                })}
        </Described>
    }
}

/// An allergy: what against, how bad it was, what happened, and how it is compared with prescriptions.
#[component]
pub(super) fn AllergyBody(record: RecordView) -> impl IntoView {
    let reaction = match &record.content {
        Some(Content::Allergy(allergy)) => allergy.reaction.clone(),
        _ => record.summary(),
    };
    let how_bad = record.severity().map(how_bad).unwrap_or_default();
    let remark = record.understood.as_ref().and_then(|understood| understood.remark(&record.title()));
    view! {
        <div class="held-body">
            <p>
                <strong class="allergy-name">{record.title()}</strong> " " <span class="allergy-severity">{how_bad}</span>
            </p>
            {(!reaction.is_empty()).then(|| view! { <p>{reaction}</p> })}
            {remark.map(|remark| view! { <p>{remark}</p> })}
        </div>
    }
}

/// "severe reaction"
fn how_bad(severity: Severity) -> String {
    match severity {
        Severity::Unknown => severity.label().to_owned(),
        known => format!("{} reaction", known.label()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_bad_a_reaction_was_is_told_in_words() {
        assert_eq!(how_bad(Severity::Severe), "severe reaction");
        assert_eq!(how_bad(Severity::Unknown), "severity unknown");
    }
}
