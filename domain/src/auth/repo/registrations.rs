//! Rows of registrations that wait for their address to be confirmed, and of the mails that were sent for them.

use domain_types::auth::{Email, LoginName};
use entity::{registration, registration_mail, user};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IdenStatic, Iterable, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, JoinType, OnConflict, Query},
};

use crate::{
    db::Tx,
    error::{Error, Result},
    time::to_db,
};

/// A registration, and the mail that somebody proved to have read.
pub(in crate::auth) type Proven = (registration::Model, i64);

fn waiting(now: Timestamp) -> Expr {
    registration::Column::ExpiresAt.gt(to_db(now))
}

/// All that wait for an address, the oldest first.
pub(in crate::auth) async fn waiting_for(
    db: &impl ConnectionTrait,
    email: &str,
    now: Timestamp,
) -> Result<Vec<registration::Model>> {
    let theirs = registration::Column::Email.eq(email).and(waiting(now));
    Ok(registration::Entity::find().filter(theirs).order_by_asc(registration::Column::Id).all(db).await?)
}

/// All for an address, locked until the transaction ends; always in this order, so that nobody waits for each other.
pub(in crate::auth) async fn lock_for(tx: &Tx, email: &str) -> Result<Vec<registration::Model>> {
    let theirs = registration::Entity::find().filter(registration::Column::Email.eq(email));
    Ok(theirs.order_by_asc(registration::Column::Id).lock_exclusive().all(tx).await?)
}

/// How many wait for an address, and how many of them come from this network.
pub(in crate::auth) async fn count(tx: &Tx, email: &Email, requester_hash: &str, now: Timestamp) -> Result<(u64, u64)> {
    let all = registration::Entity::find().filter(registration::Column::Email.eq(email.as_str()).and(waiting(now)));
    let theirs = all.clone().filter(registration::Column::RequesterHash.eq(requester_hash));
    Ok((all.count(tx).await?, theirs.count(tx).await?))
}

/// The account, and the newest registration, that somebody could mean with what they typed to sign in. One query asks for
/// both, whether there is one or not: nobody learns from the time which of them knows the name.
pub(in crate::auth) async fn find_by_login(
    db: &impl ConnectionTrait,
    name: &LoginName,
    now: Timestamp,
) -> Result<(Option<user::Model>, Option<registration::Model>)> {
    let is_address = name.as_str().contains('@');
    let (of_account, of_waiting) = match is_address {
        true => (user::Column::Email, registration::Column::Email),
        false => (user::Column::Username, registration::Column::Username),
    };
    let newest = registration::Entity::find()
        .filter(of_waiting.eq(name.as_str()).and(waiting(now)))
        .select_only()
        .column_as(registration::Column::Id.max(), "id");
    let mut query = Query::select();
    query
        .from_subquery(Query::select().expr_as(Expr::value(1), "one").take(), "asked")
        .join(JoinType::LeftJoin, user::Entity, Expr::col((user::Entity, of_account)).eq(name.as_str()))
        .join(
            JoinType::LeftJoin,
            registration::Entity,
            Expr::col((registration::Entity, registration::Column::Id)).in_subquery(newest.into_query()),
        );
    for column in user::Column::iter() {
        query.expr_as(Expr::col((user::Entity, column)), format!("A_{}", column.as_str()));
    }
    for column in registration::Column::iter() {
        query.expr_as(Expr::col((registration::Entity, column)), format!("B_{}", column.as_str()));
    }
    let row = db.query_one(&query).await?.ok_or_else(|| Error::internal("a question without an answer"))?;
    let account = user::Model::from_query_result_optional(&row, "A_")?;
    Ok((account, registration::Model::from_query_result_optional(&row, "B_")?))
}

/// The one of this browser.
pub(in crate::auth) async fn find_by_browser(
    db: &impl ConnectionTrait,
    browser_hash: &str,
    now: Timestamp,
) -> Result<Option<registration::Model>> {
    let mine = registration::Column::BrowserHash.eq(browser_hash).and(waiting(now));
    Ok(registration::Entity::find().filter(mine).one(db).await?)
}

pub(in crate::auth) async fn find_by_link(
    db: &impl ConnectionTrait,
    link_hash: &str,
    now: Timestamp,
) -> Result<Option<Proven>> {
    let mailed = registration_mail::Entity::find()
        .find_also_related(registration::Entity)
        .filter(registration_mail::Column::LinkHash.eq(link_hash).and(waiting(now)));
    Ok(mailed.one(db).await?.and_then(|(mail, row)| row.map(|row| (row, mail.id))))
}

/// The one of these for which this code was mailed, as long as it works.
pub(in crate::auth) async fn find_by_code(
    db: &impl ConnectionTrait,
    rows: Vec<registration::Model>,
    code_hash_of: impl Fn(i64) -> String,
    now: Timestamp,
) -> Result<Option<Proven>> {
    let hashes: Vec<String> = rows.iter().map(|row| code_hash_of(row.id)).collect();
    let mailed =
        registration_mail::Column::CodeHash.is_in(hashes).and(registration_mail::Column::CodeExpiresAt.gt(to_db(now)));
    let Some(mail) = registration_mail::Entity::find().filter(mailed).one(db).await? else { return Ok(None) };
    Ok(rows.into_iter().find(|row| row.id == mail.registration_id).map(|row| (row, mail.id)))
}

/// The registration of this browser, locked until the transaction ends.
pub(in crate::auth) async fn lock_of_browser(tx: &Tx, browser_hash: &str) -> Result<Option<registration::Model>> {
    let mine = registration::Entity::find().filter(registration::Column::BrowserHash.eq(browser_hash));
    Ok(mine.lock_exclusive().one(tx).await?)
}

/// A new one. Of two that the same browser sends at once the first is kept.
pub(in crate::auth) async fn insert(tx: &Tx, row: registration::ActiveModel) -> Result<()> {
    let once = OnConflict::column(registration::Column::BrowserHash).do_nothing().to_owned();
    registration::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn update(tx: &Tx, row: registration::ActiveModel) -> Result<()> {
    row.update(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn insert_mail(tx: &Tx, row: registration_mail::ActiveModel) -> Result<()> {
    row.insert(tx).await?;
    Ok(())
}

/// Whether a mail still counts: those to an address that was given up do not.
pub(in crate::auth) async fn has_mail(tx: &Tx, mail: i64, registration: i64) -> Result<bool> {
    let found = registration_mail::Entity::find_by_id(mail).one(tx).await?;
    Ok(found.is_some_and(|mail| mail.registration_id == registration))
}

/// Takes one of the tries of the mailed digits. `false` when none is left.
pub(in crate::auth) async fn take_try(tx: &Tx, id: i64) -> Result<bool> {
    take_one(tx, id, registration::Column::CodeTriesLeft).await
}

/// Notes that one more user name was taken. `false` when that happened too often.
pub(in crate::auth) async fn take_name(tx: &Tx, id: i64) -> Result<bool> {
    take_one(tx, id, registration::Column::NamesLeft).await
}

async fn take_one(tx: &Tx, id: i64, column: registration::Column) -> Result<bool> {
    let taken = registration::Entity::update_many()
        .col_expr(column, Expr::col(column).sub(1))
        .filter(registration::Column::Id.eq(id).and(column.gt(0)))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// The links and codes of a registration stop working.
pub(in crate::auth) async fn withdraw_mails(tx: &Tx, id: i64) -> Result<()> {
    let theirs = registration_mail::Column::RegistrationId.eq(id);
    registration_mail::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}

/// All registrations for an address go once one of them is an account.
pub(in crate::auth) async fn remove_for(tx: &Tx, email: &str) -> Result<()> {
    remove(tx, registration::Column::Email.eq(email)).await.map(drop)
}

pub(in crate::auth) async fn forget(tx: &Tx, now: Timestamp) -> Result<u64> {
    remove(tx, registration::Column::ExpiresAt.lte(to_db(now))).await
}

async fn remove(tx: &Tx, which: Expr) -> Result<u64> {
    let ids = registration::Entity::find().select_only().column(registration::Column::Id).filter(which.clone());
    let theirs = registration_mail::Column::RegistrationId.in_subquery(ids.into_query());
    registration_mail::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(registration::Entity::delete_many().filter(which).exec(tx).await?.rows_affected)
}
