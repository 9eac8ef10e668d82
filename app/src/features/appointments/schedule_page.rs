//! `/schedule`

use domain_types::appointments::{AppointmentView, DayEntry, DayView};
use leptos::prelude::*;

use super::{
    server_fns::get_day,
    visit_parts::{StepForms, visit_address},
};
use crate::{
    address::address,
    components::{
        Badge, Button, EmptyState, FormErrors, Glyph, LinkButton, Page, Size, StatusBadge, TextLink, Tone, Variant,
        Width,
    },
    features::{loaded, query},
    forms::{Flash, take_flash},
};

const SCHEDULE: &str = "/schedule";

/// A doctor's day: visits by time with the steps that can be taken, free and blocked times between them.
#[component]
pub fn SchedulePage() -> impl IntoView {
    let date = query("date");
    let token = query("flash");
    let load = async move { Ok((get_day(date).await?, take_flash(token).await)) };
    loaded(load, |(day, flash): (DayView, Flash)| {
        let here = day_address(&day.date);
        let title = if day.is_today { format!("Today, {}", day.label) } else { day.label.clone() };
        let lead = day.hours.clone();
        let is_empty = day.entries.is_empty();
        let counts = counts(&day);
        let ways = ways(&day);
        let entries = day.entries.into_iter().map(|entry| line(entry, &here)).collect_view();
        view! {
            <Page title="Schedule" heading=title lead width=Width::Wide>
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack">
                    {ways}
                    {counts}
                    {if is_empty {
                        view! {
                            <EmptyState icon=Glyph::Calendar title="Nothing on this day">
                                "There are no visits and no hours. The arrows above lead to other days."
                            </EmptyState>
                        }
                            .into_any()
                    } else {
                        view! { <ol class="day-list">{entries}</ol> }.into_any()
                    }}
                </div>
            </Page>
        }
    })
}

fn day_address(date: &str) -> String {
    address(SCHEDULE, &[("date", date)])
}

/// The days before and after, and any other.
fn ways(day: &DayView) -> impl IntoView + use<> {
    let previous = day_address(&day.previous);
    let next = day_address(&day.next);
    let date = day.date.clone();
    let is_today = day.is_today;
    view! {
        <nav class="row no-print" aria-label="Days">
            <LinkButton href=previous variant=Variant::Secondary size=Size::Small>
                "Day before"
            </LinkButton>
            {(!is_today)
                .then(|| {
                    view! {
                        <LinkButton href=SCHEDULE variant=Variant::Secondary size=Size::Small>"Today"</LinkButton>
                    }
                })}
            <LinkButton href=next variant=Variant::Secondary size=Size::Small>
                "Day after"
            </LinkButton>
            <form class="flex items-center gap-2" method="get" action=SCHEDULE>
                <label class="visually-hidden" for="field-date">"Go to the day"</label>
                <input class="input max-w-44" id="field-date" type="date" name="date" value=date required/>
                <Button size=Size::Small variant=Variant::Secondary>"Go"</Button>
            </form>
        </nav>
    }
}

/// How the day stands, on one line.
fn counts(day: &DayView) -> impl IntoView + use<> {
    let free = if day.free == 1 { "1 free time".to_owned() } else { format!("{} free times", day.free) };
    let counts = format!("{} booked · {} waiting · {} done · {free}", day.booked, day.waiting, day.done);
    let now = day.now.clone().map(|now| view! { " · now " <time>{now}</time> });
    view! { <p class="tnum">{counts} {now}</p> }
}

fn line(entry: DayEntry, here: &str) -> AnyView {
    match entry {
        DayEntry::Visit { visit, waiting_minutes } => visit_line(*visit, waiting_minutes, here).into_any(),
        DayEntry::Free { from, to, slots } => {
            let count = if slots == 1 { "1 free time".to_owned() } else { format!("{slots} free times") };
            run("day-entry day-entry--free", &from, &to, count).into_any()
        }
        DayEntry::Blocked { from, to, why } => run("day-entry day-entry--blocked", &from, &to, why).into_any(),
    }
}

fn run(class: &'static str, from: &str, to: &str, what: String) -> impl IntoView + use<> {
    let times = format!("{from}–{to}");
    view! {
        <li class=class>
            <span class="day-time tnum">{times}</span>
            <div class="day-body">{what}</div>
        </li>
    }
}

fn visit_line(visit: AppointmentView, waiting: Option<u32>, here: &str) -> impl IntoView + use<> {
    let times = format!("{}–{}", visit.starts.time, visit.ends_time);
    let href = visit_address(&visit.reference, "");
    let status = visit.status;
    let reason = visit.reason.clone();
    let facts = format!("{} · {}", visit.patient.reference, visit.visit_type);
    let name = visit.patient.name.clone();
    let waiting = waiting.map(|minutes| {
        let words = if minutes == 1 { "waiting 1 minute".to_owned() } else { format!("waiting {minutes} minutes") };
        view! { <Badge tone=Tone::Warning icon=Glyph::Clock>{words}</Badge> }
    });
    view! {
        <li class="day-entry day-entry--visit">
            <time class="day-time tnum" datetime=visit.starts.instant.clone()>{times}</time>
            <div class="day-body">
                <div class="row">
                    <strong><TextLink href>{name}</TextLink></strong>
                    <StatusBadge status/>
                    {waiting}
                </div>
                {reason.map(|reason| view! { <p>{reason}</p> })}
                <p class="text-muted">{facts}</p>
                <StepForms visit back=here.to_owned()/>
            </div>
        </li>
    }
}
