//! What administrators do with questions about looks.

use std::collections::HashMap;

use domain_types::{
    AccessQuestionId, PatientId, UserId,
    page::Page,
    records::{AccessReview, AnswerQuestion, QuestionFilter, QuestionState},
};
use entity::{
    access_question::{self, Column as Q},
    patient, user,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{
    people::People,
    questions::{opened, place, row_name},
    rows::{self, Emergencies, Event},
    words,
};
use crate::{
    access::{Act, Actor, Admin, Audited, Found},
    db::Tx,
    error::{Error, Result},
    mail::{self, LookMail, Recipient},
    patient_keys,
    services::Services,
    settings::Settings,
    time::{from_db, to_db},
};

/// Questions of patients about looks at their records: open ones, the oldest first, or answered ones, the latest first.
///
/// # Errors
/// `OtherRole` for anybody but administrators.
pub async fn questions(
    services: &Services,
    actor: &Actor,
    filter: QuestionFilter,
) -> Result<Audited<Page<AccessReview>>> {
    actor.person()?;
    let act = Act::ListAccessQuestions;
    let tx = services.db().snapshot().await?;
    let outcome = find(services, &tx, actor, filter).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn find(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    filter: QuestionFilter,
) -> Result<Found<Page<AccessReview>>> {
    Admin::try_from(actor)?;
    let settings = services.settings().await?;
    let query = match filter.state {
        QuestionState::Open => access_question::Entity::find().filter(Q::AnsweredAt.is_null()).order_by_asc(Q::Id),
        QuestionState::Answered => access_question::Entity::find()
            .filter(Q::AnsweredAt.is_not_null())
            .order_by_desc(Q::AnsweredAt)
            .order_by_desc(Q::Id),
    };
    let count = query.clone().count(tx).await?;
    let rows = query.limit(u64::from(filter.page.size())).offset(filter.page.offset()).all(tx).await?;
    let patients = rows.iter().map(|row| PatientId(row.patient_id)).collect::<Vec<_>>();
    let ids = rows.iter().map(|row| row.id).collect();
    let reviews = reviews(services, tx, &settings, actor.person()?.user(), rows).await?;
    Ok(Found::of_all(patients, ids, Page::new(filter.page, count, reviews)))
}

/// Answers a question for good and tells its patient by mail that there is an answer.
///
/// # Errors
/// `OtherRole` for anybody but administrators, `NotFound` for an unknown question, `OwnLook` for one about what the
/// administrator did, `Invalid` when it was answered before or the record was erased.
pub async fn answer(services: &Services, actor: &Actor, command: AnswerQuestion) -> Result<Audited<AccessReview>> {
    actor.person()?;
    let act = Act::AnswerAccessQuestion;
    let tx = services.db().begin().await?;
    let outcome = settle(services, &tx, actor, &command).await;
    Audited::settle(services, tx, actor, act, &command.question.to_string(), outcome).await
}

async fn settle(services: &Services, tx: &Tx, actor: &Actor, command: &AnswerQuestion) -> Result<Found<AccessReview>> {
    Admin::try_from(actor)?;
    let admin = actor.person()?.user();
    let settings = services.settings().await?;
    let row = load(tx, command.question).await?;
    if looker(tx, &row).await? == Some(admin.0) {
        return Err(Error::OwnLook);
    }
    store(services, tx, admin, &row, &command.answer).await?;
    tell(services, tx, &settings, &row).await?;
    let answered = load(tx, command.question).await?;
    let reviews = reviews(services, tx, &settings, admin, vec![answered]).await?;
    let review = reviews.into_iter().next().ok_or_else(|| Error::internal("a question vanished"))?;
    Ok(Found::of(PatientId(row.patient_id), vec![row.id], review))
}

async fn load(tx: &Tx, question: AccessQuestionId) -> Result<access_question::Model> {
    access_question::Entity::find_by_id(question.0).one(tx).await?.ok_or(Error::NotFound)
}

/// Whose look it is about.
async fn looker(tx: &Tx, row: &access_question::Model) -> Result<Option<i64>> {
    Ok(rows::some(tx, [row.event_id]).await?.first().and_then(|event| event.actor_user_id))
}

async fn store(services: &Services, tx: &Tx, admin: UserId, row: &access_question::Model, answer: &str) -> Result<()> {
    let key = patient_keys::for_writing(services, tx, PatientId(row.patient_id)).await?;
    let sealed = key.seal(place("answer", &row_name(row.event_id, row.patient_id)), answer.as_bytes())?;
    let stored = access_question::Entity::update_many()
        .col_expr(Q::Answer, Expr::value(sealed))
        .col_expr(Q::AnsweredAt, Expr::value(to_db(services.now())))
        .col_expr(Q::AnsweredByUserId, Expr::value(admin.0))
        .filter(Q::Id.eq(row.id))
        .filter(Q::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    if stored.rows_affected == 0 {
        return Err(Error::field("answer", "This question was already answered. Answers cannot be changed."));
    }
    Ok(())
}

async fn tell(services: &Services, tx: &Tx, settings: &Settings, row: &access_question::Model) -> Result<()> {
    let found = patient::Entity::find_by_id(row.patient_id).find_also_related(user::Entity).one(tx).await?;
    let (_, account) = found.ok_or_else(|| Error::internal("a patient vanished"))?;
    let account = account.ok_or_else(|| Error::internal("a patient has no account"))?;
    let clinic = settings.clinic.view();
    let url = &services.options().public_url;
    let letter = LookMail { first_name: &account.first_name, clinic: &clinic, event: row.event_id, public_url: url };
    let name = format!("{} {}", account.first_name, account.last_name);
    mail::queue(services, tx, Recipient { address: account.email.clone(), name }, &letter, None).await
}

/// Questions with the looks that they are about, for an administrator.
async fn reviews(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    admin: UserId,
    rows: Vec<access_question::Model>,
) -> Result<Vec<AccessReview>> {
    let labels = settings.labels(services.now());
    let events = rows::some(db, rows.iter().map(|row| row.event_id)).await?;
    let emergencies = Emergencies::around(db, rows.iter().map(|row| row.patient_id), &events).await?;
    let events: HashMap<i64, Event> = events.into_iter().map(|event| (event.id, event)).collect();
    let patients = patients(db, rows.iter().map(|row| row.patient_id)).await?;
    let accounts = events.values().filter_map(|event| event.actor_user_id);
    let accounts = accounts.chain(rows.iter().filter_map(|row| row.answered_by_user_id));
    let people = People::find(db, accounts.chain(patients.values().map(|patient| patient.user_id))).await?;
    let keys = patient_keys::find(services, db, rows.iter().map(|row| row.patient_id)).await?;
    let review = |row: &access_question::Model| {
        let vanished = || Error::internal("what a question is about vanished");
        let event = events.get(&row.event_id).ok_or_else(vanished)?;
        let patient = patients.get(&row.patient_id).ok_or_else(vanished)?;
        let (who, role) = people.who(event, Some(UserId(patient.user_id)));
        Ok(AccessReview {
            id: AccessQuestionId(row.id),
            patient_name: people.name(patient.user_id),
            patient_reference: patient.reference.clone(),
            at: labels.when(from_db(event.at)),
            who,
            role,
            what: words::for_the_clinic(words::of(event.act(), event.is_allowed())),
            is_emergency: emergencies.cover(row.patient_id, event),
            question: opened(row, keys.get(&row.patient_id), &labels, &people)?,
            may_answer: row.answered_at.is_none() && event.actor_user_id != Some(admin.0),
        })
    };
    rows.iter().map(review).collect()
}

async fn patients(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, patient::Model>> {
    let rows = patient::Entity::find().filter(patient::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
