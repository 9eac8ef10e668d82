//! A test clinic with its door, and words for calling it.

use app::server_ctx::PeerAddress;
use axum::{
    Router,
    body::{Body, Bytes},
};
use domain::{
    auth::{SessionKind, Tokens},
    testing::{TestPerson, TestWorld},
};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use server::{AppState, Limits, build_app};
use tower::ServiceExt;

pub use domain::testing::Engine;

/// Whom requests are for.
const HOST: &str = "127.0.0.1:3000";

/// As many requests as a test wants.
pub const UNHURRIED: Limits = Limits { guesses_per_minute: 0, requests_per_minute: 0, ..Limits::DEFAULT };

/// The whole application over a test clinic.
pub struct TestApp {
    pub world: TestWorld,
    pub router: Router,
}

impl TestApp {
    pub async fn new(engine: Engine) -> Self {
        Self::with_limits(engine, UNHURRIED).await
    }

    /// For what does not depend on the engine: on SQLite, or on the one that `TEST_ENGINE` names (`make test-postgres`).
    pub async fn open() -> Self {
        let is_postgres = std::env::var("TEST_ENGINE").is_ok_and(|name| name == "postgres");
        Self::new(if is_postgres { Engine::Postgres } else { Engine::Sqlite }).await
    }

    /// A clinic in which Maya is in Dr. Rivera's care: she was booked with her that day.
    pub async fn in_care(engine: Engine) -> Self {
        let app = Self::new(engine).await;
        let at = jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0);
        app.world.book(&app.world.maya, &app.world.rivera, at).await.unwrap();
        app
    }

    pub async fn with_limits(engine: Engine, limits: Limits) -> Self {
        let world = TestWorld::new(engine).await;
        let router = build_app(AppState::new(world.services.clone(), limits));
        Self { world, router }
    }

    /// The same clinic behind a door that keeps settings and hours in memory, as a real one does.
    pub fn with_memory(self) -> Self {
        let router = build_app(AppState::new(self.world.with_memory(), UNHURRIED));
        Self { router, ..self }
    }

    /// Nobody.
    pub fn anonymous(&self) -> Caller<'_> {
        self.caller(Proof::None)
    }

    pub fn caller(&self, proof: Proof) -> Caller<'_> {
        Caller { app: self, proof, address: None, drawn_for: None, page: None }
    }

    /// A program that signed somebody in.
    pub async fn program(&self, person: &TestPerson) -> Caller<'_> {
        let tokens = self.world.tokens(person, SessionKind::Rest).await;
        self.caller(Proof::Bearer(tokens.access))
    }

    /// A browser in which somebody signed in.
    pub async fn browser(&self, person: &TestPerson) -> Caller<'_> {
        let tokens = self.world.tokens(person, SessionKind::Web).await;
        self.browser_with(&tokens)
    }

    pub fn browser_with(&self, tokens: &Tokens) -> Caller<'_> {
        let cookies = format!("securemed_access={}; securemed_refresh={}", tokens.access, tokens.refresh);
        self.caller(Proof::Cookies(cookies))
    }

    /// Sends a request, to the host of this clinic unless it says another.
    pub async fn send(&self, mut request: Request<Body>) -> Reply {
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static(HOST));
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        Reply::read(response).await
    }
}

/// Somebody who calls, and how they prove who they are.
#[derive(Clone)]
pub struct Caller<'a> {
    app: &'a TestApp,
    proof: Proof,
    address: Option<String>,
    /// For whom the forms that are sent were drawn; for the caller unless told otherwise.
    drawn_for: Option<String>,
    /// The page whose form is sent.
    page: Option<String>,
}

#[derive(Clone)]
pub enum Proof {
    None,
    Bearer(String),
    Cookies(String),
}

impl<'a> Caller<'a> {
    /// The same caller, who proves otherwise who they are.
    pub fn with_proof(&self, proof: Proof) -> Caller<'a> {
        Caller { proof, ..self.clone() }
    }
}

impl Caller<'_> {
    pub fn proof(&self) -> Proof {
        self.proof.clone()
    }

    /// The same caller at another end of the connection.
    pub fn at(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }

    /// The same caller with a form that was drawn for somebody else; for nobody knows whom when it is empty.
    pub fn with_form_of(mut self, drawn_for: &str) -> Self {
        self.drawn_for = Some(drawn_for.to_owned());
        self
    }

    /// The same caller, who sends forms from this page.
    pub fn on_page(mut self, page: &str) -> Self {
        self.page = Some(format!("{}{page}", domain::testing::PUBLIC_URL));
        self
    }

    /// How forms name the person of this caller's cookies, whether their session is over or not.
    pub fn name_in_forms(&self) -> Option<String> {
        let Proof::Cookies(cookies) = &self.proof else { return None };
        let access = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("securemed_access="))?;
        let claims = data_encoding::BASE64URL_NOPAD.decode(access.split('.').nth(1)?.as_bytes()).ok()?;
        let claims: Value = serde_json::from_slice(&claims).ok()?;
        let account = claims["sub"].as_str()?.parse().ok()?;
        Some(domain::forms::drawn_for(&self.app.world.services, Some(account)))
    }

    /// These fields in a form as a page draws it.
    fn drawn<'a>(&'a self, fields: &[(&'a str, &'a str)], name: &'a str) -> Vec<(&'a str, &'a str)> {
        let name = self.drawn_for.as_deref().unwrap_or(name);
        let drawn_for = (!name.is_empty()).then_some((app::forms::DRAWN_FOR, name));
        drawn_for.into_iter().chain(fields.iter().copied()).collect()
    }

    /// A request with the caller's proof. Browsers say that it comes from a page of this site.
    pub fn request(&self, method: &str, path: &str) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        if let Some(address) = &self.address {
            request = request.extension(PeerAddress(address.clone()));
        }
        if let Some(page) = &self.page {
            request = request.header(header::REFERER, page);
        }
        match &self.proof {
            Proof::None => request,
            Proof::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            Proof::Cookies(cookies) => request.header(header::COOKIE, cookies).header("sec-fetch-site", "same-origin"),
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.app.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Opens a page as a browser does.
    pub async fn open(&self, path: &str) -> Reply {
        let request = self.request("GET", path).header(header::ACCEPT, "text/html");
        self.app.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.app.send(self.request("DELETE", path).body(Body::empty()).unwrap()).await
    }

    pub async fn json(&self, method: &str, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        self.app.send(request.body(body.to_string().into()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.json("POST", path, body).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.json("PATCH", path, body).await
    }

    /// Sends a form as a script does.
    pub async fn call(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.form(path, fields, "application/json").await
    }

    /// Sends a form as a browser without JavaScript does.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.form(path, fields, "text/html,application/xhtml+xml").await
    }

    /// Sends a form with a file in it, as a browser does.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], (name, file): (&str, &[u8])) -> Reply {
        let person = self.name_in_forms().unwrap_or_default();
        let body = multipart(&self.drawn(fields, &person), (name, file));
        let mut request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header(header::CONTENT_LENGTH, body.len())
            .header(header::ACCEPT, "text/html,application/xhtml+xml");
        if matches!(self.proof, Proof::None) {
            request = request.header("sec-fetch-site", "same-origin");
        }
        self.app.send(request.body(body.into()).unwrap()).await
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)], accept: &str) -> Reply {
        let person = self.name_in_forms().unwrap_or_default();
        let fields = self.drawn(fields, &person);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, accept);
        if matches!(self.proof, Proof::None) {
            request = request.header("sec-fetch-site", "same-origin");
        }
        self.app.send(request.body(body.into()).unwrap()).await
    }
}

/// What stands between the parts of a form with a file in it.
pub const BOUNDARY: &str = "----what-no-file-contains";

/// The body of a form with a file in it.
pub fn multipart(fields: &[(&str, &str)], (name, file): (&str, &[u8])) -> Vec<u8> {
    let mut body = String::new();
    for (field, value) in fields {
        body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
    }
    body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n");
    body += "Content-Type: application/octet-stream\r\n\r\n";
    [body.as_bytes(), file, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came: of a file.
    pub bytes: Bytes,
}

impl Reply {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { status: parts.status, headers: parts.headers, body, bytes }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    pub fn header(&self, name: impl AsRef<str>) -> &str {
        self.headers.get(name.as_ref()).map_or("", |value| value.to_str().expect("plain header"))
    }

    /// What the answer depends on, in alphabetical order.
    pub fn vary(&self) -> Vec<String> {
        let lines = self.headers.get_all(header::VARY).iter().map(|value| value.to_str().unwrap());
        let mut names: Vec<_> = lines.flat_map(|line| line.split(',')).map(|name| name.trim().to_lowercase()).collect();
        names.sort();
        names
    }

    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The status with the problem's code, checked to be in the contract's shape: `409 SLOT_TAKEN`.
    #[track_caller]
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let body = self.json();
        for member in ["type", "title", "detail", "instance", "error", "code"] {
            assert!(body[member].is_string(), "{member} in {body}");
        }
        assert_eq!(body["status"], self.status.as_u16());
        assert_eq!(body["error"], body["detail"]);
        assert!(body["details"].is_object());
        assert!(body["instance"].as_str().unwrap().ends_with(self.header("x-request-id")), "{body}");
        format!("{} {}", self.status.as_u16(), body["code"].as_str().unwrap())
    }
}
