//! Two weeks of a doctor's free times. On the server every time is a link and every other pair of weeks an address; in
//! the browser other weeks come without a page load, arrow keys walk the grid, and a time that was taken meanwhile
//! greys out when the reader returns. Times that were taken before are left out: nobody can choose them.

use domain_types::appointments::{SlotDay, SlotGrid, SlotView};
use leptos::{
    ev::{self, KeyboardEvent, MouseEvent},
    html,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Element, Event, HtmlElement},
};

use super::{
    Glyph, Icon,
    dialog::is_plain,
    slot_fetch::fetch_slots,
    slot_keys::{Place, find, first_free, step},
};
use crate::address::with_query;

/// Where the keyboard and the eye are in the grid.
#[derive(Clone, Copy, Default, PartialEq)]
struct Focus {
    /// The day that phones show.
    day: usize,
    /// The time that Tab reaches; the others are a key away. `None` until the browser has taken over.
    place: Option<Place>,
}

impl Focus {
    fn start(grid: &SlotGrid) -> Self {
        Self { day: first_free(grid).map_or(0, |(day, _)| day), place: None }
    }

    /// The day of the time that was chosen before, when the grid has it.
    fn around(grid: &SlotGrid, chosen: &str) -> Self {
        let (date, _) = chosen.split_once('T').unwrap_or_default();
        let day = grid.days.iter().position(|day| day.date == date && !day.slots.is_empty());
        day.map_or_else(|| Self::start(grid), |day| Self { day, place: None })
    }
}

/// The grid. A chosen time leads to `slot_href` with `date` and `time`, other weeks to `page_href` with `from`.
#[component]
pub fn SlotPicker(
    grid: SlotGrid,
    #[prop(into)] slot_href: String,
    #[prop(into)] page_href: String,
    /// The time chosen before: `YYYY-MM-DDTHH:MM`.
    #[prop(optional, into)]
    chosen: String,
) -> impl IntoView {
    view! { <SlotGridLive grid=only_free(grid) slot_href page_href chosen/> }
}

#[island]
fn SlotGridLive(grid: SlotGrid, slot_href: String, page_href: String, chosen: String) -> impl IntoView {
    let doctor = grid.doctor;
    let zone = grid.zone.clone();
    let focus = RwSignal::new(Focus::around(&grid, &chosen));
    let grid = RwSignal::new(grid);
    let is_busy = RwSignal::new(false);
    let range = NodeRef::<html::P>::new();
    let strip = NodeRef::<html::Nav>::new();
    Effect::new(move |_| {
        let day = focus.get().day;
        if let Some(strip) = strip.get() {
            bring_into_view(&strip, day);
        }
    });

    let show = move |fresh: SlotGrid| {
        let fresh = only_free(fresh);
        let place = first_free(&fresh);
        focus.set(Focus { place, ..Focus::start(&fresh) });
        grid.set(fresh);
    };

    Effect::new(move |_| {
        focus.update(|focus| focus.place = grid.with_untracked(first_free));
        window_event_listener(ev::Custom::<Event>::new("visibilitychange"), move |_| {
            if !document().hidden() {
                spawn_local(async move {
                    let from = grid.with_untracked(|grid| grid.days.first().map(|day| day.date.clone()));
                    // A failed look changes nothing: the grid stays as it was.
                    if let Some(fresh) = fetch_slots(doctor, from.as_deref()).await {
                        grid.update(|grid| grey_out(grid, only_free(fresh)));
                        focus.update(|focus| focus.place = grid.with_untracked(first_free));
                    }
                });
            }
        });
    });

    let turn = {
        let page_href = page_href.clone();
        move |event: MouseEvent, from: Option<String>| {
            let Some(from) = from.filter(|_| is_plain(&event)) else { return };
            event.prevent_default();
            if is_busy.get_untracked() {
                return;
            }
            is_busy.set(true);
            let href = with_query(&page_href, &[("from", &from)]);
            spawn_local(async move {
                match fetch_slots(doctor, Some(&from)).await {
                    Some(fresh) => {
                        show(fresh);
                        // Reloading and going back lead to the weeks that are shown.
                        if let Ok(history) = window().history() {
                            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&href));
                        }
                        if let Some(range) = range.get_untracked() {
                            let _ = range.focus();
                        }
                    }
                    // The plain way says what is wrong, or works.
                    None => drop(window().location().set_href(&href)),
                }
                is_busy.set(false);
            });
        }
    };
    let turn_back = {
        let turn = turn.clone();
        move |event| turn(event, grid.with_untracked(|grid| grid.earlier.clone()))
    };
    let turn_on = move |event| turn(event, grid.with_untracked(|grid| grid.later.clone()));
    let weeks = move |pick: fn(&SlotGrid) -> &Option<String>| {
        let page_href = page_href.clone();
        move || grid.with(|grid| pick(grid).as_ref().map(|from| with_query(&page_href, &[("from", from)])))
    };
    let earlier = weeks(|grid| &grid.earlier);
    let later = weeks(|grid| &grid.later);

    let tab = move |event: MouseEvent| {
        let index = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|at| day_of(&at));
        if let Some(day) = index.filter(|_| is_plain(&event)) {
            event.prevent_default();
            focus.update(|focus| focus.day = day);
        }
    };
    let walk = move |event: KeyboardEvent| {
        let Some(at) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(day) = day_of(&at) else { return };
        let time = at.text_content().unwrap_or_default();
        let to = grid.with_untracked(|grid| step(grid, find(grid, day, time.trim())?, &event.key()));
        if let Some((day, slot)) = to {
            event.prevent_default();
            focus.set(Focus { day, place: Some((day, slot)) });
            let selector = format!("#day-{day} li:nth-child({}) a", slot + 1);
            // The day may be hidden until the page has been drawn with it.
            request_animation_frame(move || {
                let found = document().query_selector(&selector).ok().flatten();
                if let Some(link) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                    let _ = link.focus();
                }
            });
        }
    };

    view! {
        <div class="slots" data-times="" aria-busy=move || is_busy.get().then_some("true")>
            <div class="slots-bar">
                <a class="btn btn-secondary" role=off(earlier.clone(), "link") aria-disabled=off(earlier.clone(), "true") href=earlier on:click=turn_back>
                    <Icon glyph=Glyph::ChevronLeft/>
                    <span>"Earlier"</span>
                </a>
                <p class="slots-range" tabindex="-1" node_ref=range>{move || grid.with(range_of)}</p>
                <a class="btn btn-secondary" role=off(later.clone(), "link") aria-disabled=off(later.clone(), "true") href=later on:click=turn_on>
                    <span>"Later"</span>
                    <Icon glyph=Glyph::ChevronRight/>
                </a>
            </div>
            <nav class="slots-tabs" aria-label="Days" node_ref=strip on:click=tab>
                {move || grid.with(|grid| tabs(grid, focus.get().day))}
            </nav>
            <div class="slots-days" on:keydown=walk>
                {move || grid.with(|grid| days(grid, focus.get(), &slot_href, &chosen))}
            </div>
            <p class="slots-zone">"All times in " {zone}</p>
        </div>
    }
}

/// Leaves out what is taken.
fn only_free(mut grid: SlotGrid) -> SlotGrid {
    for day in &mut grid.days {
        day.slots.retain(|slot| slot.available);
    }
    grid
}

/// Brings a grid that is looked at up to date. What is no longer free stays where it is, as taken.
fn grey_out(shown: &mut SlotGrid, mut fresh: SlotGrid) {
    for (new, old) in fresh.days.iter_mut().zip(&mut shown.days) {
        let gone = old.slots.drain(..).filter(|slot| !new.slots.iter().any(|free| free.time == slot.time));
        let gone: Vec<_> = gone.map(|slot| SlotView { available: false, ..slot }).collect();
        new.slots.extend(gone);
        new.slots.sort_unstable_by(|one, other| one.time.cmp(&other.time));
    }
    *shown = fresh;
}

/// "23 Nov – 6 Dec"
fn range_of(grid: &SlotGrid) -> String {
    match (grid.days.first(), grid.days.last()) {
        (Some(first), Some(last)) => format!("{} – {}", first.short, last.short),
        _ => String::new(),
    }
}

/// What a link says about itself while it leads nowhere.
fn off(
    href: impl Fn() -> Option<String> + Send + Sync + 'static,
    says: &'static str,
) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
    move || href().is_none().then_some(says)
}

/// Moves the strip of days, which phones show, to the tab of a day. The page stays where it is.
fn bring_into_view(strip: &HtmlElement, day: usize) {
    // The tabs may be about to be drawn with it.
    let strip = strip.clone();
    request_animation_frame(move || {
        let tab = strip.query_selector(&format!("[data-day='{day}']")).ok().flatten();
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            let middle = tab.offset_left() + tab.offset_width() / 2 - strip.offset_left();
            strip.set_scroll_left(middle - strip.client_width() / 2);
        }
    });
}

/// The index of the day whose tab or column `at` is in.
fn day_of(at: &Element) -> Option<usize> {
    at.closest("[data-day]").ok()??.get_attribute("data-day")?.parse().ok()
}

/// The days as tabs, which phones show: links to the parts below.
fn tabs(grid: &SlotGrid, shown: usize) -> impl IntoView + use<> {
    let tab = |(index, day): (usize, &SlotDay)| {
        let free = day.free();
        let count = if free == 0 { "–".to_owned() } else { format!("{free} free") };
        let class = if free == 0 { "slots-tab slots-tab-none" } else { "slots-tab" };
        view! {
            <a
                class=class
                href=format!("#day-{index}")
                data-day=index.to_string()
                aria-current=(index == shown).then_some("true")
            >
                <span>{day.weekday.clone()}</span>
                <strong>{day.short.clone()}</strong>
                <small>{count}</small>
            </a>
        }
    };
    grid.days.iter().enumerate().map(tab).collect_view()
}

/// The days as columns.
fn days(grid: &SlotGrid, focus: Focus, slot_href: &str, chosen: &str) -> impl IntoView + use<> {
    let column = |(index, day): (usize, &SlotDay)| {
        let tab_stop = focus.place.map(|(on, slot)| if on == index { Some(slot) } else { None });
        let class = if day.free() == 0 { "slots-day slots-day-none" } else { "slots-day" };
        view! {
            <div
                class=class
                role="group"
                id=format!("day-{index}")
                data-day=index.to_string()
                data-shown=(index == focus.day).then_some("")
                aria-labelledby=format!("day-{index}-name")
            >
                <p class="slots-name" id=format!("day-{index}-name")>
                    <span class="slots-name-full">{day.label.clone()}</span>
                    <span class="slots-name-day" aria-hidden="true">{day.weekday.clone()}</span>
                    <span class="slots-name-date" aria-hidden="true">{day.short.clone()}</span>
                </p>
                {times(day, tab_stop, slot_href, chosen)}
            </div>
        }
    };
    grid.days.iter().enumerate().map(column).collect_view()
}

/// The times of one day. With `tab_stop` only that one is reached by Tab.
fn times(day: &SlotDay, tab_stop: Option<Option<usize>>, slot_href: &str, chosen: &str) -> impl IntoView + use<> {
    if day.slots.is_empty() {
        return view! { <p class="slots-none">"None free"</p> }.into_any();
    }
    let time = |(index, slot): (usize, &SlotView)| {
        if slot.available {
            let href = with_query(slot_href, &[("date", &day.date), ("time", &slot.time)]);
            let tabindex = tab_stop.map(|stop| if stop == Some(index) { "0" } else { "-1" });
            let is_chosen = chosen.split_once('T') == Some((&day.date, &slot.time));
            view! {
                <li>
                    <a class="slot" href=href tabindex=tabindex aria-current=is_chosen.then_some("true")>
                        {slot.time.clone()}
                    </a>
                </li>
            }
            .into_any()
        } else {
            view! {
                <li>
                    <s class="slot slot-taken">
                        {slot.time.clone()}
                        <span class="visually-hidden">" taken"</span>
                    </s>
                </li>
            }
            .into_any()
        }
    };
    view! { <ul class="slots-times">{day.slots.iter().enumerate().map(time).collect_view()}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::DoctorId;

    fn grid(times: &[(&str, bool)]) -> SlotGrid {
        let slots = times.iter().map(|&(time, available)| SlotView { time: time.into(), available }).collect();
        let text = String::new;
        let day = SlotDay { date: text(), weekday: text(), short: "1 Dec".into(), label: text(), slots };
        SlotGrid {
            doctor: DoctorId(1),
            days: vec![day],
            earlier: None,
            later: None,
            zone: text(),
            changeable_from: text(),
        }
    }

    fn times(grid: &SlotGrid) -> Vec<(&str, bool)> {
        grid.days[0].slots.iter().map(|slot| (slot.time.as_str(), slot.available)).collect()
    }

    #[test]
    fn a_time_taken_meanwhile_stays_and_greys_out() {
        let mut shown = only_free(grid(&[("09:00", true), ("09:30", true), ("10:00", false)]));
        assert_eq!(times(&shown), [("09:00", true), ("09:30", true)]);
        grey_out(&mut shown, only_free(grid(&[("09:00", false), ("09:30", true), ("10:00", true)])));
        assert_eq!(times(&shown), [("09:00", false), ("09:30", true), ("10:00", true)]);
        grey_out(&mut shown, only_free(grid(&[("09:00", true), ("09:30", true), ("10:00", false)])));
        assert_eq!(times(&shown), [("09:00", true), ("09:30", true), ("10:00", false)]);
    }

    #[test]
    fn the_range_is_read_from_the_days() {
        assert_eq!(range_of(&grid(&[])), "1 Dec – 1 Dec");
    }
}
