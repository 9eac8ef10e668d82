//! Forms that are kept for whoever sent them, and acts that wait for a fresh proof of who is asking.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Services,
    access::Actor,
    auth::{Activity, Tokens},
    forms::{KeptForm, PostedForm, Source, is_secret},
};
use domain_types::{Problem, ProblemCode};
use http::{Method, Request, header, request::Parts};
use leptos::{
    prelude::{provide_context, use_context},
    server_fn::axum::get_server_fn_service,
};

use super::{Posted, ServerCtx};
use crate::{
    address::{address, encoded, with_query},
    error::AppError,
    forms::{DRAWN_FOR, OTHER_PERSON, local_path},
};

impl ServerCtx {
    /// Keeps a refused form for whoever sent it and gives the token that brings it back.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn keep_form(
        &self,
        problem: Option<&Problem>,
        fields: &BTreeMap<String, String>,
    ) -> Result<String, AppError> {
        let kept = KeptForm { problem: problem.cloned(), fields: fields.clone(), act: None };
        // Whoever proves once more who they are comes back with another session: the form is theirs by their account.
        let changes_session = problem.is_some_and(|problem| problem.code == ProblemCode::StepUpRequired);
        let session = self.session_owner().filter(|_| !changes_session);
        let owner = session.or_else(|| self.person_owner()).unwrap_or_else(|| self.browser_owner());
        self.keep(&owner, &kept).await
    }

    async fn keep(&self, owner: &str, kept: &KeptForm) -> Result<String, AppError> {
        let here = self.session_owner();
        let source = here.as_deref().map_or(Source::Address(&self.request.peer), Source::Session);
        Ok(domain::forms::keep(&self.services, owner, source, kept).await?)
    }

    /// Keeps the act that this request asks for until whoever asks has proved who they are. `None` for an act that
    /// cannot go on by itself, because it came with something that is never kept.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn keep_act(
        &self,
        problem: &Problem,
        fields: &BTreeMap<String, String>,
    ) -> Result<Option<String>, AppError> {
        let whole =
            self.request.posted.as_ref().filter(|Posted(form)| !form.fields.iter().any(|(field, _)| is_secret(field)));
        let (Some(Posted(form)), Some(owner)) = (whole, self.person_owner()) else { return Ok(None) };
        let kept =
            KeptForm { problem: Some(problem.clone()), fields: fields.clone(), act: Some(PostedForm::clone(form)) };
        self.keep(&owner, &kept).await.map(Some)
    }

    /// Gives a kept form back, once, to whoever sent it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn take_form(&self, token: &str) -> Result<Option<KeptForm>, AppError> {
        for owner in [self.session_owner(), self.person_owner(), self.browser_owner_known()].into_iter().flatten() {
            let taken = domain::forms::take(&self.services, &owner, token).await?;
            if taken.is_some() {
                return Ok(taken);
            }
        }
        Ok(None)
    }

    /// Does what waited for the proof that was just given, once, as if it were asked for now: the answer is that of the
    /// act. `false` when nothing waits any more.
    ///
    /// # Errors
    /// When the database is away, or the session ended meanwhile.
    pub async fn go_on(&self, token: &str, tokens: &Tokens) -> Result<bool, AppError> {
        let Some(PostedForm { path, fields }) = self.take_form(token).await?.and_then(|kept| kept.act) else {
            return Ok(false);
        };
        let (Some(mut service), Some(mut parts)) = (get_server_fn_service(&path, Method::POST), use_context::<Parts>())
        else {
            return Ok(false);
        };
        let actor = domain::auth::authenticate(&self.services, &tokens.access, Activity::Active).await?;
        let actor = match self.actor.request_id() {
            Some(id) => actor.with_request_id(id.to_owned()),
            None => actor,
        };
        let body = fields.iter().fold(String::new(), |body, (field, value)| {
            let pair = format!("{}={}", encoded(field), encoded(value));
            if body.is_empty() { pair } else { body + "&" + &pair }
        });
        let request = Request::post(&path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into());
        let Ok(request) = request else { return Ok(false) };
        parts.uri = request.uri().clone();
        parts.extensions.insert(actor);
        parts.extensions.insert(Posted(Arc::new(PostedForm { path, fields })));
        provide_context(parts);
        // It says by itself where it leads.
        service.run(request).await;
        Ok(true)
    }

    /// The account of whoever asks, or the one for which the form was drawn that somebody sent whose session had ended.
    fn person_owner(&self) -> Option<String> {
        let nobody = domain::forms::drawn_for(&self.services, None);
        let person = if self.actor.is_signed_in() {
            domain::forms::drawn_for(&self.services, self.actor.user_id())
        } else {
            self.request.posted.as_ref()?.value(DRAWN_FOR)?.to_owned()
        };
        (person != nobody).then(|| person_of(&person))
    }

    fn session_owner(&self) -> Option<String> {
        self.actor.session_id().map(|session| format!("session {session}"))
    }

    fn browser_owner_known(&self) -> Option<String> {
        self.cookies().form(&self.request.headers).map(|value| format!("browser {value}"))
    }

    /// The browser by its form cookie, which is set when there is none.
    fn browser_owner(&self) -> String {
        self.browser_owner_known().unwrap_or_else(|| {
            let value = domain::secrets::random_token();
            self.request.set_cookies(self.cookies().form_cookie(&value).into_iter().collect());
            format!("browser {value}")
        })
    }
}

/// Who may open a form that belongs to an account, by its name in forms.
fn person_of(drawn_for: &str) -> String {
    format!("person {drawn_for}")
}

/// Where a form leads that was drawn for somebody else than whoever sends it. What was typed is kept for the one for whom
/// it was drawn, and for nobody else; `page` is the page of the form.
pub async fn sent_by_another(
    services: &Services,
    actor: &Actor,
    drawn_for: Option<&str>,
    page: &str,
    form: &PostedForm,
) -> String {
    let fields = form.fields.iter().filter(|(field, _)| !is_secret(field) && field != DRAWN_FOR).cloned().collect();
    let kept = KeptForm { problem: Some(other_person()), fields, act: None };
    let page = local_path(page).unwrap_or("/");
    let session = actor.session_id().map(|session| session.to_string()).unwrap_or_default();
    let token = match drawn_for {
        // When the database is away the form comes back empty rather than not at all.
        Some(drawn_for) => domain::forms::keep(services, &person_of(drawn_for), Source::Session(&session), &kept)
            .await
            .unwrap_or_default(),
        None => String::new(),
    };
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let query: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("flash=")).collect();
    let page = if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) };
    address(OTHER_PERSON, &[("next", &with_query(&page, &[("flash", &token)]))])
}

/// What whoever sends a form is told that was drawn for somebody else.
#[must_use]
pub fn other_person() -> Problem {
    let code = ProblemCode::OtherPerson;
    Problem::new(code, format!("{}. Nothing was saved.", code.title()))
}
