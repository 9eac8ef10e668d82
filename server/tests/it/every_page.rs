//! Every kind of page, as those see it who can open it.

use jiff::civil::datetime;

use crate::{html, support::TestApp};

/// A page, and by which name its forms know its reader.
pub struct Seen {
    pub name: String,
    pub address: String,
    pub page: String,
}

/// Opens what links lead to from the first pages of a stranger, a patient, a doctor and an administrator. The patient is
/// in the doctor's care, and a note has been begun.
pub async fn every_page(app: &TestApp) -> Vec<Seen> {
    let world = &app.world;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 0, 0, 0)).await.unwrap();
    world.note_look(&world.rivera, &world.maya).await;
    let patient = world.reference_of(&world.maya).await;
    let chart = format!("/patients/{patient}");
    let (maya, rivera) = (app.browser(&world.maya).await, app.browser(&world.rivera).await);
    let (admin, nobody) = (app.browser(&world.admin).await, app.anonymous());
    let begun = rivera.submit("/fn/records/begin-note", &[("patient", &patient)]).await;
    let starts = [
        (&nobody, vec!["/", "/login", "/register", "/forgot-password", "/verify-email", "/verify-email?again=1"]),
        (&maya, vec!["/dashboard", "/account", "/account/looks?show=all", "/account/confirm", "/other-person"]),
        (&rivera, vec!["/schedule", &chart, begun.header("location"), "/inbox", "/emergency", "/account/app"]),
        (&admin, vec!["/admin", "/admin/questions", "/admin/emergencies", "/account"]),
    ];
    let mut seen = Vec::new();
    for (caller, from) in starts {
        let of_nobody = domain::forms::drawn_for(&world.services, None);
        let name = caller.name_in_forms().unwrap_or(of_nobody);
        let pages = html::walk(caller, &from).await;
        seen.extend(pages.into_iter().map(|(address, page)| Seen { name: name.clone(), address, page }));
    }
    seen
}
