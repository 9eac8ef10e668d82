//! `/schedule`

use domain_types::appointments::{AppointmentView, DayEntry, DayView, NoteStep, free_words};
use leptos::prelude::*;

use super::{
    next_step::FocusNextStep,
    server_fns::get_day,
    visit_parts::{SCHEDULE, StepForms, visit_address, visit_anchor},
};
use crate::{
    address::address,
    components::{
        Badge, Button, EmptyState, FormErrors, Glyph, Icon, LinkButton, Page, SearchForm, Size, StatusBadge, TextLink,
        Tone, Variant, Width, ZoneMark,
    },
    features::{
        loaded, query,
        records::{NoteWay, chart_address},
    },
    forms::{Flash, take_flash},
};

/// A step that was just taken: with which visit, and what became of it.
struct Done {
    reference: String,
    news: String,
}

/// A doctor's day: visits by time with the steps that can be taken, free and blocked times between them.
#[component]
pub fn SchedulePage() -> impl IntoView {
    let date = query("date");
    let token = query("flash");
    let done = query("done");
    let load = async move { Ok((get_day(date).await?, take_flash(token).await)) };
    loaded(load, |(day, flash): (DayView, Flash)| {
        let here = day_address(&day.date);
        let title = if day.is_today { format!("Today, {}", day.label) } else { day.label.clone() };
        let lead = day.hours.clone();
        let is_empty = day.entries.is_empty();
        let counts = day.counts();
        let zone = day.zone.clone();
        let ways = ways(&day);
        let done = done.and_then(|reference| day.news_of(&reference).map(|news| Done { reference, news }));
        let entries = day.entries.into_iter().map(|entry| line(entry, &here, done.as_ref())).collect_view();
        view! {
            <Page title="Schedule" heading=title lead width=Width::Wide>
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack" data-times="">
                    <SearchForm
                        action="/appointments"
                        label="Search your appointments"
                        hint="Name, date of birth, PT-… or APT-…"
                    />
                    {ways}
                    <div class="row"><p class="tnum">{counts}</p> <ZoneMark zone/></div>
                    {if is_empty {
                        view! {
                            <EmptyState icon=Glyph::Calendar title="Nothing on this day">
                                "There are no appointments and no working hours. Use the buttons above to see other days."
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
                "Previous day"
            </LinkButton>
            {(!is_today)
                .then(|| {
                    view! {
                        <LinkButton href=SCHEDULE variant=Variant::Secondary size=Size::Small>"Today"</LinkButton>
                    }
                })}
            <LinkButton href=next variant=Variant::Secondary size=Size::Small>
                "Next day"
            </LinkButton>
            <form class="flex items-center gap-2" method="get" action=SCHEDULE>
                <label class="visually-hidden" for="field-date">"Choose a day"</label>
                <input class="input max-w-44" id="field-date" type="date" name="date" value=date required/>
                <Button size=Size::Small variant=Variant::Secondary>"Show"</Button>
            </form>
        </nav>
    }
}

fn line(entry: DayEntry, here: &str, done: Option<&Done>) -> AnyView {
    match entry {
        DayEntry::Visit { visit, waiting, note } => {
            let done = done.filter(|done| done.reference == visit.reference);
            let news = done.map(|done| done.news.clone());
            visit_line(*visit, (waiting, note), here, news).into_any()
        }
        DayEntry::Free { from, to, slots } => {
            run("day-entry day-entry--free", &from, &to, free_words(slots)).into_any()
        }
        DayEntry::Blocked { from, to, why } => run("day-entry day-entry--blocked", &from, &to, why).into_any(),
        DayEntry::Now { time } => view! {
            <li class="day-entry day-entry--now" aria-current="time">
                <time class="day-time">{time}</time>
                <div class="day-body">"Now"</div>
            </li>
        }
        .into_any(),
    }
}

fn run(class: &'static str, from: &str, to: &str, what: String) -> impl IntoView + use<> {
    let times = format!("{from}–{to}");
    view! {
        <li class=class>
            <span class="day-time">{times}</span>
            <div class="day-body">{what}</div>
        </li>
    }
}

/// The patient's number, leading to their chart while the visit puts them into the doctor's care.
fn chart(visit: &AppointmentView) -> AnyView {
    let reference = visit.patient.reference.clone();
    if visit.status.holds_its_time() {
        view! { <TextLink href=chart_address(&reference)>"Chart " {reference}</TextLink> }.into_any()
    } else {
        reference.into_any()
    }
}

/// A visit. After a step it says what became of it, right where the step was taken: the address leads here, and the
/// line takes the focus so that the keyboard goes on from it.
fn visit_line(
    visit: AppointmentView,
    (waiting, note): (Option<String>, Option<NoteStep>),
    here: &str,
    news: Option<String>,
) -> impl IntoView + use<> {
    let times = format!("{}–{}", visit.starts.time, visit.ends_time);
    let href = visit_address(&visit.reference, "");
    let status = visit.status;
    let reason = visit.reason.clone();
    let chart = chart(&visit);
    let kind = format!(" · {}", visit.visit_type);
    let name = visit.patient.name.clone();
    let anchor = visit_anchor(&visit.reference);
    let told_by = news.is_some().then(|| format!("news-{}", visit.reference));
    let is_news = news.is_some();
    let note = note.map(|step| {
        let which = format!(" about {}, {}", visit.patient.name, visit.starts.time);
        let (patient, visit) = (visit.patient.reference.clone(), visit.reference.clone());
        view! { <NoteWay step patient visit which size=Size::Small/> }.into_any()
    });
    let class = if is_news { "day-entry day-entry--visit day-entry--news" } else { "day-entry day-entry--visit" };
    let news = news.map(|news| {
        view! {
            <p class="day-news" role="status" id=told_by.clone()>
                <Icon glyph=Glyph::CheckCircle/>
                <span>{news}</span>
            </p>
            <FocusNextStep line=anchor.clone()/>
        }
    });
    // Beside the news that somebody has just checked in, how long they wait says it once more.
    let waiting =
        waiting.filter(|_| !is_news).map(|words| view! { <Badge tone=Tone::Warning icon=Glyph::Clock>{words}</Badge> });
    view! {
        <li class=class id=anchor tabindex=is_news.then_some("-1")>
            <time class="day-time" datetime=visit.starts.instant.clone()>{times}</time>
            <div class="day-body">
                {news}
                <div class="day-who">
                    <strong><TextLink href>{name}</TextLink></strong>
                    <StatusBadge status/>
                    {waiting}
                    <span class="text-muted">{chart} {kind}</span>
                </div>
                {reason.map(|reason| view! { <p class="day-reason">{reason}</p> })}
            </div>
            <StepForms visit back=here.to_owned() told_by note/>
        </li>
    }
}
