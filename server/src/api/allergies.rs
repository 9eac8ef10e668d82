//! `/api/medical-records/allergies`: what a patient does not tolerate.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    PatientId, RecordId,
    records::{AllergyList, AllergyStatus, Content, RecordView, Severity},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::error::{ApiError, ProblemDocument},
    extract::{Id, SignedIn},
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_allergies))
}

/// A patient's allergies.
#[derive(Debug, Serialize, ToSchema)]
struct Allergies {
    patient: PatientId,
    /// `none_known` is not `not_asked`: the one says that somebody asked.
    status: AllergyStatus,
    /// What was told when none are known: `No known allergies`, or `No known drug allergies`.
    none_known: Option<String>,
    /// Who asked, when none are known.
    asked_by: Option<String>,
    /// `YYYY-MM-DD`
    asked_on: Option<String>,
    results: Vec<Allergy>,
}

/// An allergy.
#[derive(Debug, Serialize, ToSchema)]
struct Allergy {
    id: RecordId,
    /// `REC-…`
    record_id: String,
    /// As it was entered.
    substance: String,
    reaction: String,
    severity: Severity,
    /// What the table of medicines and allergens takes it for when a prescription is compared with it.
    read_as: Vec<String>,
    /// The pieces of it that are never compared.
    not_compared: Vec<String>,
    /// Whether a word of it was read by its likely spelling.
    is_guessed: bool,
    /// `Dr. First Last`
    doctor_name: String,
    /// `YYYY-MM-DD`
    record_date: String,
}

impl From<RecordView> for Allergy {
    fn from(record: RecordView) -> Self {
        let understood = record.understood.unwrap_or_default();
        let (substance, reaction, severity) = match record.content {
            Some(Content::Allergy(allergy)) => (allergy.substance, allergy.reaction, allergy.severity),
            _ => (String::new(), String::new(), Severity::Unknown),
        };
        Self {
            id: record.id,
            record_id: record.reference,
            substance,
            reaction,
            severity,
            read_as: understood.read_as,
            not_compared: understood.not_compared,
            is_guessed: understood.is_guessed,
            doctor_name: record.doctor_name,
            record_date: record.date,
        }
    }
}

impl From<AllergyList> for Allergies {
    fn from(list: AllergyList) -> Self {
        let AllergyList { patient, status, none_known, allergies } = list;
        let asked = none_known.filter(|_| status == AllergyStatus::NoneKnown);
        Self {
            patient,
            status,
            none_known: asked.as_ref().map(RecordView::title),
            asked_by: asked.as_ref().map(|asked| asked.doctor_name.clone()),
            asked_on: asked.map(|asked| asked.date),
            results: allergies.into_iter().map(Allergy::from).collect(),
        }
    }
}

/// The allergies in a patient's record: one's own, or those of a patient in care. `status` tells apart that somebody asked
/// and none are known, and that nobody asked.
#[utoipa::path(
    get, path = "/medical-records/allergies/{id}", tag = "medical-records", security(("bearer" = [])),
    params(("id" = PatientId, Path, description = "The patient's number.")),
    responses(
        (status = 200, body = Allergies),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn get_allergies(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<PatientId>,
) -> Result<Json<Allergies>, ApiError> {
    Ok(Json(domain::records::allergies(&services, &actor, id).await?.into_inner().into()))
}
