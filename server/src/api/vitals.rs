//! `/api/medical-records/vitals` and `/api/medical-records/dashboard/stats`: what was measured, and a patient's numbers.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    PatientId, Problem, RecordId,
    page::PageRequest,
    records::{Content, PatientRef, RecordView, Unacted, VITALS_LIMITS, Vitals as Readings, VitalsForm, kilograms},
};
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::Sent,
        error::{ApiError, ProblemDocument},
        idempotent,
        page::{CursorQuery, Links, PageBody},
        role::{For, read_for},
    },
    extract::{Query, SignedIn},
    state::{AppState, PublicAddress},
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_vitals, enter_vitals)).routes(routes!(dashboard_stats))
}

/// What was measured at one time.
#[derive(Debug, Serialize, ToSchema)]
struct Vitals {
    id: RecordId,
    patient: PatientId,
    /// Beats a minute.
    heart_rate: Option<u16>,
    /// mmHg
    systolic_bp: Option<u16>,
    /// mmHg
    diastolic_bp: Option<u16>,
    /// Kilograms, as a decimal string.
    weight: Option<String>,
    /// Degrees Celsius, as a decimal string.
    temperature: Option<String>,
    /// Percent.
    oxygen_saturation: Option<u16>,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// The readings that somebody must act on at once, in words: "Blood pressure 240/140 mmHg".
    critical: Vec<String>,
    /// Whether something is critical and no doctor has acted on it.
    unacted: bool,
}

impl From<RecordView> for Vitals {
    fn from(record: RecordView) -> Self {
        let critical = domain::records::dangerous_readings(&record);
        let readings = match record.content {
            Some(Content::Vitals(readings)) => readings,
            _ => Readings::default(),
        };
        Self {
            id: record.id,
            patient: record.patient,
            heart_rate: readings.heart_rate,
            systolic_bp: readings.systolic_bp,
            diastolic_bp: readings.diastolic_bp,
            weight: readings.weight_grams.map(kilograms),
            temperature: readings.temperature_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
            oxygen_saturation: readings.oxygen_saturation,
            recorded_at: record.created.instant,
            critical,
            unacted: record.is_unacted,
        }
    }
}

/// What was measured just now, as numbers or as their text. What was not measured is left out, null or an empty text.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct VitalsBody {
    /// Of whom, when a doctor enters it.
    patient: Option<i64>,
    #[schema(schema_with = pulse)]
    heart_rate: Value,
    #[schema(schema_with = systolic)]
    systolic_bp: Value,
    #[schema(schema_with = diastolic)]
    diastolic_bp: Value,
    #[schema(schema_with = weight)]
    weight: Value,
    #[schema(schema_with = temperature)]
    temperature: Value,
    #[schema(schema_with = oxygen)]
    oxygen_saturation: Value,
}

fn pulse() -> Schema {
    counted("Beats a minute", VITALS_LIMITS.heart_rate)
}

fn systolic() -> Schema {
    counted("mmHg", VITALS_LIMITS.systolic_bp)
}

fn diastolic() -> Schema {
    counted("mmHg", VITALS_LIMITS.diastolic_bp)
}

fn weight() -> Schema {
    measured("Kilograms", Type::Number, VITALS_LIMITS.weight)
}

fn temperature() -> Schema {
    measured("Degrees Celsius", Type::Number, VITALS_LIMITS.temperature)
}

fn oxygen() -> Schema {
    counted("Percent", VITALS_LIMITS.oxygen_saturation)
}

fn counted(unit: &str, (lowest, highest): (u16, u16)) -> Schema {
    measured(unit, Type::Integer, (f64::from(lowest), f64::from(highest)))
}

/// A reading between two bounds, its text, or nothing.
fn measured(unit: &str, kind: Type, (lowest, highest): (f64, f64)) -> Schema {
    let description = format!("{unit}, {lowest} to {highest}.");
    let number = ObjectBuilder::new()
        .schema_type(SchemaType::Array(vec![kind, Type::Null]))
        .minimum(Some(lowest))
        .maximum(Some(highest));
    let text = ObjectBuilder::new().schema_type(Type::String);
    Schema::OneOf(OneOfBuilder::new().description(Some(description)).item(number).item(text).build())
}

impl VitalsBody {
    fn parse(self) -> Result<(Option<PatientRef>, Readings), Problem> {
        let text = |value: Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        let form = VitalsForm {
            heart_rate: text(self.heart_rate),
            systolic_bp: text(self.systolic_bp),
            diastolic_bp: text(self.diastolic_bp),
            weight: text(self.weight),
            temperature: text(self.temperature),
            oxygen_saturation: text(self.oxygen_saturation),
        };
        Ok((self.patient.map(|patient| PatientRef::Id(PatientId(patient))), form.parse()?))
    }
}

/// What was measured: a patient's own, a doctor's patients in care.
#[utoipa::path(
    get, path = "/medical-records/vitals", tag = "medical-records", security(("bearer" = [])),
    params(CursorQuery),
    responses(
        (status = 200, body = PageBody<Vitals>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_vitals(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Query(query): Query<CursorQuery>,
    links: Links,
) -> Result<Json<PageBody<Vitals>>, ApiError> {
    let page: PageRequest = query.request()?;
    Ok(Json(links.page(domain::records::vitals(&services, &actor, page).await?.into_inner())?))
}

/// Enters what was measured just now: patients their own, doctors that of a patient in their care.
#[utoipa::path(
    post, path = "/medical-records/vitals", tag = "medical-records", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act")),
    request_body = VitalsBody,
    responses(
        (status = 201, body = Vitals, headers(("Location" = String))),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn enter_vitals(
    State(services): State<Services>,
    State(public): State<PublicAddress>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    body: Sent<VitalsBody>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Vitals>), ApiError> {
    let (key, (patient, readings)) = read_for(For::PatientsAndDoctors, &actor, || {
        let command = body?.value.parse()?;
        Ok((idempotent(&headers, "POST vitals", &command)?, command))
    })?;
    let entered = domain::records::enter_vitals(&services, &actor, patient.as_ref(), readings, key).await?.into_inner();
    let location = format!("{}/api/medical-records/records/{}/", public.url(), entered.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(entered.into())))
}

/// An entry with critical values on which no doctor has acted.
#[derive(Debug, Serialize, ToSchema)]
struct UnactedEntry {
    record: RecordId,
    /// `YYYY-MM-DD`
    date: String,
    /// In words: "Potassium 6.9 mmol/L, critical: far above the range".
    values: Vec<String>,
    /// What was measured later, in sentences. It does not end what is critical.
    later: Vec<String>,
}

impl From<Unacted> for UnactedEntry {
    fn from(entry: Unacted) -> Self {
        Self { record: entry.record, date: entry.date, values: entry.words, later: entry.later }
    }
}

/// A patient's numbers, counted from real rows.
#[derive(Debug, Serialize, ToSchema)]
struct Stats {
    patient_name: String,
    /// The newest reading.
    vitals: Option<Vitals>,
    /// The newest first, at most thirty.
    vitals_history: Vec<Vitals>,
    /// What is critical and no doctor has acted on, the newest first, whatever was measured later.
    unacted: Vec<UnactedEntry>,
    /// Signed within a year and not ended.
    active_prescriptions: u64,
    upcoming_appointments: u64,
}

/// A patient's own numbers.
#[utoipa::path(
    get, path = "/medical-records/dashboard/stats", tag = "medical-records", security(("bearer" = [])),
    responses(
        (status = 200, body = Stats),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn dashboard_stats(State(services): State<Services>, SignedIn(actor): SignedIn) -> Result<Json<Stats>, ApiError> {
    let stats = domain::records::stats(&services, &actor).await?.into_inner();
    Ok(Json(Stats {
        patient_name: stats.patient_name,
        vitals: stats.vitals.map(Vitals::from),
        vitals_history: stats.vitals_history.into_iter().map(Vitals::from).collect(),
        unacted: stats.unacted.into_iter().map(UnactedEntry::from).collect(),
        active_prescriptions: stats.active_prescriptions,
        upcoming_appointments: stats.upcoming_appointments,
    }))
}
