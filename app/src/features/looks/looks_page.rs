//! `/account/looks`

use domain_types::{
    AuditEventId,
    records::{LookRow, LookView, Looks, LooksShown},
};
use leptos::prelude::*;

use super::{
    LOOKS, ask_address,
    look_parts::{EmergencyNote, QuestionStory, WhatWasDone, glyph_of},
    server_fns::get_looks,
};
use crate::{
    address::address,
    components::{Chips, EmptyState, Glyph, Icon, LinkButton, Page, TabItem, Variant, ZoneMark},
    features::{loaded, query},
};

/// Everybody who did something with a patient's record: a row for each person and day, the latest first.
#[component]
pub fn LooksPage() -> impl IntoView {
    let is_first = query("older").is_none() && query("newer").is_none();
    loaded(get_looks(query("show"), query("older"), query("newer")), move |looks: Looks| {
        let Looks { rows, newer, older, show } = looks;
        let list = if rows.is_empty() {
            nothing(show, is_first).into_any()
        } else {
            days(rows).into_iter().map(|(label, rows)| view! { <Day label rows/> }).collect_view().into_any()
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

/// Rows that follow one another, by the day they were on.
fn days(rows: Vec<LookRow>) -> Vec<(String, Vec<LookRow>)> {
    let mut days: Vec<(String, Vec<LookRow>)> = Vec::new();
    for row in rows {
        let Some(day) = row.looks.first().map(|look| look.day_label.clone()) else { continue };
        match days.last_mut() {
            Some((label, rows)) if *label == day => rows.push(row),
            _ => days.push((day, vec![row])),
        }
    }
    days
}

#[component]
fn Day(label: String, rows: Vec<LookRow>) -> impl IntoView {
    let zone = rows.first().and_then(|row| row.looks.first()).map(|look| look.at.zone.clone());
    let zone = zone.map(|zone| view! { <ZoneMark zone/> });
    let rows = rows.into_iter().map(|row| view! { <Row row/> }).collect_view();
    view! {
        <section class="stack" data-times="">
            <h2 class="card-title">{label} {zone}</h2>
            <ul class="looks card">{rows}</ul>
        </section>
    }
}

/// One person on one day. It opens without a script; what must not be missed is open from the start.
#[component]
fn Row(row: LookRow) -> impl IntoView {
    let (count, time, what) = (row.count_label(), row.time_label(), row.what_label());
    let (is_emergency, is_open) = (row.is_emergency(), row.is_emergency() || row.is_asked_about());
    let (who, glyph) = row.looks.first().map(|look| (look.who.clone(), glyph_of(look.role))).unzip();
    let lines = row.looks.into_iter().map(|look| view! { <Line look/> }).collect_view();
    view! {
        <li class=if is_emergency { "look look-marked" } else { "look" }>
            <details class="look-row" open=is_open>
                <summary class="look-summary">
                    {glyph.map(|glyph| view! { <Icon glyph/> })}
                    <span class="look-body">
                        <strong class="look-said">{who}</strong>
                        <span>{what}</span>
                        <span class="look-time tnum">{format!("{count}, {time}")}</span>
                    </span>
                </summary>
                {is_emergency.then(|| view! { <EmergencyNote/> })}
                <ul class="look-lines">{lines}</ul>
            </details>
        </li>
    }
}

#[component]
fn Line(look: LookView) -> impl IntoView {
    let (at, time) = (look.at.instant.clone(), look.time_label());
    let question = look.question.clone();
    let ask = look.may_ask.then(|| {
        let href = ask_address(&look.event.to_string());
        let which = format!(": {}, {}, {time}", look.who, look.day_label);
        view! { <a class="look-ask link" href=href>"Ask about this access"<span class="visually-hidden">{which}</span></a> }
    });
    view! {
        <li class="look-line">
            <time class="look-time tnum" datetime=at>{time.clone()}</time>
            <div class="look-body">
                <WhatWasDone look/>
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
            zone: Default::default(),
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
    fn rows_stand_under_their_day_in_their_order() {
        let row = |event, day: &str| LookRow { looks: vec![look(event, day)] };
        let days = days(vec![row(3, "Today"), row(2, "Today"), row(1, "Sunday 22 November")]);
        let events: Vec<_> = days
            .iter()
            .map(|(day, rows)| (day.as_str(), rows.iter().map(|row| row.looks[0].event.0).collect::<Vec<_>>()))
            .collect();
        assert_eq!(events, [("Today", vec![3, 2]), ("Sunday 22 November", vec![1])]);
    }
}
