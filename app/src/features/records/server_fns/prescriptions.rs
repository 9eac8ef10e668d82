//! Writing prescriptions, signing and ending them. Each is a plain form that leads somewhere.

// The fields of plain forms; the macro does not hand a function its own exception on.
#![allow(clippy::too_many_arguments)]

use domain_types::records::RecordView;
use leptos::prelude::*;

use crate::error::AppError;

/// Begins a prescription for a patient, or one that belongs to a note. It is compared with the record afterwards.
#[server(prefix = "/fn", endpoint = "records/write-prescription")]
pub async fn write_prescription(
    #[server(default)] patient: String,
    #[server(default)] note: String,
    #[server(default)] medication_name: String,
    #[server(default)] dosage: String,
    #[server(default)] frequency: String,
    #[server(default)] duration: String,
    #[server(default)] instructions: String,
) -> Result<RecordView, AppError> {
    use super::super::addresses::{new_prescription_address, prescription_address};
    use domain::records::{PrescribedFor, Which};
    use domain_types::records::{PatientRef, PrescriptionForm};
    let ctx = crate::server_ctx::ctx()?;
    let typed = PrescriptionForm { medication_name, dosage, frequency, duration, instructions };
    let form = with_typed(crate::forms::FormPage::at(new_prescription_address(&patient, &note)), &typed);
    let whose = match note.is_empty() {
        true => PrescribedFor::Patient(PatientRef::parse(&patient)),
        false => PrescribedFor::Note(Which::Reference(note)),
    };
    let outcome = async {
        let written = domain::records::write_prescription(&ctx.services, &ctx.actor, &whose, &typed, None);
        Ok(written.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |rx| prescription_address(&rx.patient_reference, &rx.reference)).await
}

/// Changes a prescription that is not signed, and compares it anew.
#[server(prefix = "/fn", endpoint = "records/save-prescription")]
pub async fn save_prescription(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
    version: i32,
    #[server(default)] medication_name: String,
    #[server(default)] dosage: String,
    #[server(default)] frequency: String,
    #[server(default)] duration: String,
    #[server(default)] instructions: String,
) -> Result<RecordView, AppError> {
    use super::super::addresses::prescription_address;
    use domain_types::records::PrescriptionForm;
    let ctx = crate::server_ctx::ctx()?;
    let typed = PrescriptionForm { medication_name, dosage, frequency, duration, instructions };
    let form = with_typed(crate::forms::FormPage::at(prescription_address(&patient, &reference)), &typed);
    let outcome = async {
        let saved = domain::records::save_prescription(&ctx.services, &ctx.actor, &reference, version, &typed);
        Ok(saved.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |rx| {
        format!("{}?done=saved", prescription_address(&rx.patient_reference, &rx.reference))
    })
    .await
}

#[cfg(feature = "ssr")]
fn with_typed(page: crate::forms::FormPage, typed: &domain_types::records::PrescriptionForm) -> crate::forms::FormPage {
    page.typed("medication_name", &typed.medication_name)
        .typed("dosage", &typed.dosage)
        .typed("frequency", &typed.frequency)
        .typed("duration", &typed.duration)
        .typed("instructions", &typed.instructions)
}

/// Signs a prescription for good. `seen` names the warnings that were on the page, `because` says why it is signed in
/// spite of a danger.
#[server(prefix = "/fn", endpoint = "records/sign-prescription")]
pub async fn sign_prescription(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
    #[server(default)] seen: String,
    #[server(default)] because: String,
) -> Result<RecordView, AppError> {
    use super::super::{addresses::prescription_address, entry_address};
    use domain::records::{Weighed, Which};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(prescription_address(&patient, &reference)).typed("because", &because);
    let (which, weighed) = (Which::Reference(reference), Weighed { seen: Some(seen), because });
    let outcome = async {
        let signed = domain::records::sign_prescription(&ctx.services, &ctx.actor, &which, &weighed, None);
        Ok(signed.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |rx| format!("{}?done=signed", entry_address(&rx.reference))).await
}

/// Ends a signed prescription.
#[server(prefix = "/fn", endpoint = "records/cancel-prescription")]
pub async fn cancel_prescription(
    #[server(default)] reference: String,
    #[server(default)] reason: String,
    #[server(default)] which: String,
    #[server(default)] shown: String,
) -> Result<RecordView, AppError> {
    use super::super::{addresses::ending_address, entry_address};
    use domain::records::{Ending, Which};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(ending_address(&reference)).typed("reason", &reason).typed("which", &which);
    let shown = shown.split_whitespace().map(str::to_owned).collect();
    let ending = Ending { reason, only_this: which == "this", shown: Some(shown) };
    let which = Which::Reference(reference);
    let outcome = async {
        let ended = domain::records::cancel_prescription(&ctx.services, &ctx.actor, &which, ending, None);
        Ok(ended.await?.into_inner().record)
    };
    form.answer(&ctx, outcome.await, |rx| format!("{}?done=cancelled", entry_address(&rx.reference))).await
}
