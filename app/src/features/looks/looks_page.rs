//! `/account/looks`

use domain_types::{
    AuditEventId,
    records::{LookView, Looks, LooksShown},
};
use leptos::prelude::*;

use super::{
    LOOKS, ask_address,
    look_parts::{EmergencyNote, LookSentence, QuestionStory, glyph_of},
    server_fns::get_looks,
};
use crate::{
    address::address,
    components::{Chips, EmptyState, Glyph, Icon, LinkButton, Page, TabItem, Variant},
    features::{loaded, query},
};

/// Everybody who did something with a patient's record, day by day, the latest first.
#[component]
pub fn LooksPage() -> impl IntoView {
    let is_first = query("older").is_none() && query("newer").is_none();
    loaded(get_looks(query("show"), query("older"), query("newer")), move |looks: Looks| {
        let Looks { looks, newer, older, show } = looks;
        let list = if looks.is_empty() {
            nothing(show, is_first).into_any()
        } else {
            days(looks).into_iter().map(|(label, looks)| view! { <Day label looks/> }).collect_view().into_any()
        };
        view! {
            <Page
                title="Who accessed my record"
                lead="Who opened or changed your record, and when. Every access is logged automatically and never removed."
                back=("/account", "Account")
            >
                <div class="stack-lg">
                    <Chips label="Show access by" items=choices(show)/>
                    {list}
                    {neighbours(show, newer, older)}
                </div>
            </Page>
        }
    })
}

/// The value of `show` in an address: what is shown at first needs none.
const fn show_value(show: LooksShown) -> &'static str {
    match show {
        LooksShown::Others => "",
        LooksShown::All => LooksShown::All.as_str(),
    }
}

fn choices(current: LooksShown) -> Vec<TabItem> {
    let item = |show: &LooksShown| {
        TabItem::new(address(LOOKS, &[("show", show_value(*show))]), show.label(), *show == current)
    };
    LooksShown::ALL.iter().map(item).collect()
}

/// Looks that follow one another, by the day they were on.
fn days(looks: Vec<LookView>) -> Vec<(String, Vec<LookView>)> {
    let mut days: Vec<(String, Vec<LookView>)> = Vec::new();
    for look in looks {
        match days.last_mut() {
            Some((label, day)) if *label == look.day_label => day.push(look),
            _ => days.push((look.day_label.clone(), vec![look])),
        }
    }
    days
}

#[component]
fn Day(label: String, looks: Vec<LookView>) -> impl IntoView {
    let lines = looks.into_iter().map(|look| view! { <Line look/> }).collect_view();
    view! {
        <section class="stack">
            <h2 class="card-title">{label}</h2>
            <ul class="looks card">{lines}</ul>
        </section>
    }
}

#[component]
fn Line(look: LookView) -> impl IntoView {
    let (at, time) = (look.at.instant.clone(), look.time_label());
    let (glyph, is_emergency) = (glyph_of(look.role), look.is_emergency);
    let class = if is_emergency { "look look-marked" } else { "look" };
    let question = look.question.clone();
    let ask = look.may_ask.then(|| {
        let href = ask_address(&look.event.to_string());
        let which = format!(": {}, {}, {time}", look.who, look.day_label);
        view! { <a class="look-ask link" href=href>"Ask about this access"<span class="visually-hidden">{which}</span></a> }
    });
    view! {
        <li class=class>
            <Icon glyph/>
            <time class="look-time tnum" datetime=at>{time.clone()}</time>
            <div class="look-body">
                <LookSentence look/>
                {is_emergency.then(|| view! { <EmergencyNote/> })}
                {question.map(|question| view! { <QuestionStory question/> })}
                {ask}
            </div>
        </li>
    }
}

fn neighbours(show: LooksShown, newer: Option<AuditEventId>, older: Option<AuditEventId>) -> impl IntoView + use<> {
    let link = |name: &str, place: Option<AuditEventId>, words: &'static str| {
        place.map(|place| {
            let href = address(LOOKS, &[("show", show_value(show)), (name, &place.to_string())]);
            view! { <LinkButton href variant=Variant::Secondary>{words}</LinkButton> }
        })
    };
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="row no-print" aria-label="Other dates">
                {link("newer", newer, "Newer")} {link("older", older, "Older")}
            </nav>
        }
    })
}

fn nothing(show: LooksShown, is_first: bool) -> impl IntoView {
    if !is_first {
        return view! {
            <EmptyState icon=Glyph::Eye title="Nothing here" action=(LOOKS, "Show the latest")>
                "There is nothing before or after this access."
            </EmptyState>
        }
        .into_any();
    }
    match show {
        LooksShown::Others => view! {
            <EmptyState icon=Glyph::Eye title="No one but you" action=("/records", "Open the record")>
                "No one else has opened or changed your record. If someone does, it will appear here."
            </EmptyState>
        }
        .into_any(),
        LooksShown::All => view! {
            <EmptyState icon=Glyph::Eye title="No access yet" action=("/records", "Open the record")>
                "No one has opened or changed your record yet, including you."
            </EmptyState>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::{appointments::When, records::Looker};

    fn look(event: i64, day: &str) -> LookView {
        let when = When {
            instant: String::new(),
            date: String::new(),
            time: "09:30".into(),
            day: String::new(),
            label: String::new(),
            near: None,
        };
        LookView {
            event: AuditEventId(event),
            at: when,
            first_time: "09:30".into(),
            day_label: day.into(),
            who: String::new(),
            role: Looker::Doctor,
            what: String::new(),
            entry: None,
            times: 1,
            is_emergency: false,
            question: None,
            may_ask: true,
        }
    }

    #[test]
    fn looks_stand_under_their_day_in_their_order() {
        let days = days(vec![look(3, "Today"), look(2, "Today"), look(1, "Sunday 22 November")]);
        let events: Vec<_> = days
            .iter()
            .map(|(day, looks)| (day.as_str(), looks.iter().map(|look| look.event.0).collect::<Vec<_>>()))
            .collect();
        assert_eq!(events, [("Today", vec![3, 2]), ("Sunday 22 November", vec![1])]);
    }
}
