//! Entering vital signs.

use domain_types::records::RecordView;
use leptos::prelude::*;

use crate::error::AppError;

/// Enters vital signs: patients their own, doctors those of `patient`.
#[server(prefix = "/fn", endpoint = "records/enter-vitals")]
pub async fn enter_vitals(
    #[server(default)] patient: String,
    #[server(default)] heart_rate: String,
    #[server(default)] systolic_bp: String,
    #[server(default)] diastolic_bp: String,
    #[server(default)] weight: String,
    #[server(default)] temperature: String,
    #[server(default)] oxygen_saturation: String,
) -> Result<RecordView, AppError> {
    use super::super::{
        RECORDS,
        addresses::{chart_address, new_vitals_address},
        entry_address,
    };
    use domain_types::records::{PatientRef, VitalsForm};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(new_vitals_address(&patient))
        .typed("heart_rate", &heart_rate)
        .typed("systolic_bp", &systolic_bp)
        .typed("diastolic_bp", &diastolic_bp)
        .typed("weight", &weight)
        .typed("temperature", &temperature)
        .typed("oxygen_saturation", &oxygen_saturation);
    let typed = VitalsForm { heart_rate, systolic_bp, diastolic_bp, weight, temperature, oxygen_saturation };
    let whose = (!patient.is_empty()).then(|| PatientRef::parse(&patient));
    let outcome = async {
        let entered = domain::records::enter_vitals(&ctx.services, &ctx.actor, whose.as_ref(), typed.parse()?, None);
        Ok(entered.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |vitals| match vitals.is_from_patient {
        // What to do now stands on the page of the entry.
        true if !domain::records::dangerous_readings(vitals).is_empty() => entry_address(&vitals.reference),
        true => format!("{RECORDS}?show=vitals&done=entered"),
        false => {
            let is_critical = !domain::records::dangerous_readings(vitals).is_empty();
            let done = if is_critical { "critical" } else { "entered" };
            format!("{}?done={done}", chart_address(&vitals.patient_reference))
        }
    })
    .await
}
