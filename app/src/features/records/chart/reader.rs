//! Who reads, whom they read about, and how they came to them.

use domain_types::{
    Problem, ProblemCode,
    auth::{Role, Viewer},
    records::Access,
};
use leptos::prelude::*;

use crate::{
    components::{Alert, Instead, TimeText, Tone},
    error::AppError,
    features::{auth::server_fns::get_viewer, records::addresses::emergency_address},
};

/// Whoever is signed in, for a page that shows no data and still is not for everybody: those whom `is_for` names.
pub(super) async fn reader(needed: Role, is_for: fn(Role) -> bool) -> Result<Viewer, AppError> {
    let viewer = get_viewer().await?;
    let viewer = viewer.ok_or_else(|| Problem::new(ProblemCode::Unauthenticated, "Please sign in first."))?;
    if is_for(viewer.role) {
        Ok(viewer)
    } else {
        Err(Problem::new(ProblemCode::Forbidden, needed.told_to(viewer.role)).into())
    }
}

/// Says that a record is open in an emergency, and until when. Nothing is drawn where the patient is in care.
#[component]
pub(in super::super) fn AccessNotice(access: Access) -> impl IntoView {
    let until = match access {
        Access::InCare => None,
        Access::Emergency { until } => Some(until),
    };
    until.map(|until| {
        view! {
            <Alert tone=Tone::Warning title="Opened in an emergency">
                <p>"Open until " <TimeText when=until/> "."</p>
                <p>"Every access is logged, the patient has been told, and the access will be reviewed."</p>
            </Alert>
        }
    })
}

/// A record that is not found may be one of somebody who is not in care: the emergency's page is named whether or not
/// there is such a patient, so that it tells nothing.
pub(in super::super) fn in_an_emergency(patient: String) -> impl FnOnce(&Problem) -> Option<Instead> + Send + 'static {
    move |problem| {
        let href = emergency_address(&patient);
        let words = "You can open the charts of patients in your care. If you cannot wait:";
        (problem.code == ProblemCode::NotFound).then_some(Instead {
            words,
            href,
            link: "open a record in an emergency",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_record_that_is_not_found_leads_to_the_emergency() {
        let way = |code| in_an_emergency("PT-7K3M9Q2X".into())(&Problem::new(code, "No."));
        let href = way(ProblemCode::NotFound).map(|instead| instead.href);
        assert_eq!(href.as_deref(), Some("/emergency?patient=PT-7K3M9Q2X"));
        assert_eq!(way(ProblemCode::Forbidden), None, "patients have nothing to open");
        assert_eq!(way(ProblemCode::Internal), None);
    }
}
