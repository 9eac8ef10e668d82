//! `/api/medical-records`: the medical record.

use axum::{Json, extract::State, response::Response};
use domain::{
    Services,
    records::{Download, Which},
};
use domain_types::{
    AppointmentId, PatientId, Problem, RecordId,
    appointments::parse_date,
    page::PageRequest,
    records::{ChangeReport, Content, NoteForm, PatientRef, RecordFilter, RecordType, RecordView, Report, WriteReport},
};
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        File,
        body::Sent,
        error::{ApiError, ProblemDocument},
        idempotent,
        page::{Checked, Links, PageBody},
        prescriptions::Prescription,
        role::{For, read_for},
    },
    extract::{Id, Query, SignedIn},
    files::{as_document, as_pdf},
    state::{AppState, PublicAddress},
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_records, write_record))
        .routes(routes!(get_record, change_record))
        .routes(routes!(sign_record))
        .routes(routes!(download_record))
}

/// An entry of the record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Record {
    id: RecordId,
    /// `REC-…`
    record_id: String,
    record_type: RecordType,
    /// `Lab report`
    record_type_display: String,
    /// `YYYY-MM-DD`
    #[schema(format = Date)]
    record_date: String,
    /// `Dr. First Last`
    doctor_name: String,
    diagnosis: String,
    symptoms: String,
    treatment: String,
    notes: String,
    /// The entry to be kept: a document as it was brought, every other entry as a PDF.
    file_url: Option<String>,
    /// The entry that this one adds to: what it adds stands in `notes`.
    amends: Option<RecordId>,
    /// Whether it is signed, and can no longer change.
    is_signed: bool,
    /// Prescriptions that belong to the entry.
    prescriptions: Vec<Prescription>,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    created_at: String,
}

/// The four texts that every entry has for older programs.
fn report(content: Option<Content>) -> Report {
    match content {
        Some(Content::Report(report)) => report,
        Some(Content::Addition(addition)) => Report { objective: addition.text, ..Report::default() },
        // Whole, like every note: its last line may say what the document was before.
        Some(Content::Document(document)) => {
            Report { assessment: document.name, objective: document.note, ..Report::default() }
        }
        Some(Content::Prescription(rx)) => Report {
            assessment: rx.title(),
            plan: rx.instructions.clone(),
            objective: [rx.frequency, rx.duration].join(", "),
            ..Report::default()
        },
        Some(other) => Report { assessment: other.title(), objective: other.summary(), ..Report::default() },
        None => Report::default(),
    }
}

impl From<RecordView> for Record {
    fn from(record: RecordView) -> Self {
        let text = report(record.content);
        Self {
            id: record.id,
            record_id: record.reference,
            record_type: record.kind,
            record_type_display: record.kind.label().to_owned(),
            record_date: record.date,
            doctor_name: record.doctor_name,
            diagnosis: text.assessment,
            symptoms: text.subjective,
            treatment: text.plan,
            notes: text.objective,
            amends: record.about.filter(|_| record.is_addendum),
            is_signed: record.signed.is_some(),
            file_url: Some(format!("/api/medical-records/records/{}/download/", record.id)),
            prescriptions: record.prescriptions.into_iter().map(Prescription::from).collect(),
            created_at: record.created.instant,
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct RecordQuery {
    /// Only entries of this kind.
    #[param(value_type = Option<RecordType>)]
    record_type: Option<String>,
    /// Which page of the list, from 1. A page behind the last is 404.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// How many entries on a page: 10 unless told otherwise. More than 100 are 100.
    #[param(value_type = Option<u32>, minimum = 1)]
    page_size: Option<String>,
    /// In place of `page`: empty for the first page, then the `next_cursor` of the answer before.
    cursor: Option<String>,
}

impl RecordQuery {
    fn filter(&self) -> Result<RecordFilter, Problem> {
        let mut checked = Checked::default();
        let kind =
            |text: &str| RecordType::parse(text).ok_or_else(|| "Choose a type of entry from the list.".to_owned());
        let filter = RecordFilter {
            kind: checked.read("record_type", self.record_type.as_deref(), kind),
            page: PageRequest::parse_with_cursor(
                self.page.as_deref(),
                self.page_size.as_deref(),
                self.cursor.as_deref(),
            )?,
        };
        checked.done().map(|()| filter)
    }
}

/// The record: a patient's own, a doctor's patients in care. Each look is in the audit trail. Also at
/// `medical_records/records`.
#[utoipa::path(
    get, path = "/medical-records/records", tag = "medical-records", security(("bearer" = [])),
    params(RecordQuery),
    responses(
        (status = 200, body = PageBody<Record>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_records(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Query(query): Query<RecordQuery>,
    links: Links,
) -> Result<Json<PageBody<Record>>, ApiError> {
    let page = domain::records::list(&services, &actor, query.filter()?).await?.into_inner();
    Ok(Json(links.page(page)?))
}

/// One entry: its patient's, or of a patient in care. An unknown one looks like somebody else's.
#[utoipa::path(
    get, path = "/medical-records/records/{id}", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The entry's number.")),
    responses(
        (status = 200, body = Record),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn get_record(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
) -> Result<Json<Record>, ApiError> {
    let detail = domain::records::detail(&services, &actor, &Which::Id(id)).await?.into_inner();
    Ok(Json(detail.record.into()))
}

/// A new entry, or what is changed of one that is not signed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct RecordBody {
    /// About whom; needed for a new entry.
    patient: Option<i64>,
    /// `consultation` unless told otherwise; not `prescription`, which has a route of its own.
    #[schema(value_type = Option<RecordType>)]
    record_type: Option<String>,
    /// `YYYY-MM-DD`; today unless told otherwise.
    #[schema(format = Date)]
    record_date: Option<String>,
    /// The visit that it is about, by its `id`.
    appointment: Option<i64>,
    diagnosis: Option<String>,
    symptoms: Option<String>,
    treatment: Option<String>,
    notes: Option<String>,
}

impl RecordBody {
    fn date(&self, checked: &mut Checked) -> Option<jiff::civil::Date> {
        checked.read("record_date", self.record_date.as_deref(), parse_date)
    }

    fn write(self) -> Result<WriteReport, Problem> {
        let mut checked = Checked::default();
        let kind =
            |text: &str| RecordType::parse(text).ok_or_else(|| "Choose a type of entry from the list.".to_owned());
        let kind = checked.read("record_type", self.record_type.as_deref(), kind);
        let date = self.date(&mut checked);
        checked.done()?;
        let patient = self.patient.ok_or_else(|| Problem::field("patient", "Enter the patient."))?;
        let form = NoteForm {
            subjective: self.symptoms.unwrap_or_default(),
            objective: self.notes.unwrap_or_default(),
            assessment: self.diagnosis.unwrap_or_default(),
            plan: self.treatment.unwrap_or_default(),
        };
        Ok(WriteReport {
            patient: PatientRef::Id(PatientId(patient)),
            kind: kind.unwrap_or(RecordType::Consultation),
            date,
            report: form.parse()?,
            visit: self.appointment.map(AppointmentId),
        })
    }

    fn change(self) -> Result<ChangeReport, Problem> {
        let mut checked = Checked::default();
        let date = self.date(&mut checked);
        checked.done()?;
        Ok(ChangeReport {
            date,
            subjective: self.symptoms,
            objective: self.notes,
            assessment: self.diagnosis,
            plan: self.treatment,
        })
    }
}

/// Writes an entry about a patient in care. It is a draft, which its author alone sees, until it is signed.
#[utoipa::path(
    post, path = "/medical-records/records", tag = "medical-records", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act")),
    request_body = RecordBody,
    responses(
        (status = 201, body = Record, headers(("Location" = String))),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn write_record(
    State(services): State<Services>,
    State(public): State<PublicAddress>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    body: Sent<RecordBody>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Record>), ApiError> {
    let (key, report) = read_for(For::Doctors, &actor, || {
        let report = body?.value.write()?;
        Ok((idempotent(&headers, "POST records", &report)?, report))
    })?;
    let written = domain::records::write_report(&services, &actor, report, key).await?.into_inner();
    let location = format!("{}/api/medical-records/records/{}/", public.url(), written.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(written.into())))
}

/// Changes an entry that is not signed; what is left out stays.
#[utoipa::path(
    patch, path = "/medical-records/records/{id}", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The entry's number.")), request_body = RecordBody,
    responses(
        (status = 200, body = Record),
        (status = 409, description = "`RECORD_SIGNED`: signed entries cannot be changed, only added to", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn change_record(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
    body: Sent<RecordBody>,
) -> Result<Json<Record>, ApiError> {
    let change = read_for(For::Doctors, &actor, || Ok(body?.value.change()?))?;
    let changed = domain::records::change_report(&services, &actor, id, change).await?;
    Ok(Json(changed.into_inner().into()))
}

/// Signs an entry for good. Needs a fresh proof (`auth/step-up/`), a diagnosis and a treatment.
#[utoipa::path(
    post, path = "/medical-records/records/{id}/sign", tag = "medical-records", security(("bearer" = [])),
    params(
        ("id" = RecordId, Path, description = "The entry's number."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act"),
    ),
    responses(
        (status = 200, body = Record),
        (status = 409, description = "`RECORD_SIGNED`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn sign_record(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
    headers: HeaderMap,
) -> Result<Json<Record>, ApiError> {
    let key = read_for(For::Doctors, &actor, || Ok(idempotent(&headers, "POST records sign", &id)?))?;
    Ok(Json(domain::records::sign_report(&services, &actor, id, key).await?.into_inner().into()))
}

/// One entry to be kept: a document as it was brought, every other entry as a PDF.
#[utoipa::path(
    get, path = "/medical-records/records/{id}/download", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The entry's number.")),
    responses(
        (
            status = 200,
            content(
                (File = "application/pdf"), (File = "image/jpeg"), (File = "image/png"), (File = "text/plain")
            ),
            description = "The entry, for printing. A document comes in its own type: PDF, JPEG, PNG or plain text."
        ),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn download_record(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
) -> Result<Response, ApiError> {
    Ok(match domain::records::download(&services, &actor, &Which::Id(id)).await? {
        Download::Document(stream) => as_document(*stream),
        Download::Printed(printed) => as_pdf(printed),
    })
}
