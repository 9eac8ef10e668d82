//! The patients whom a doctor may see, by name, page after page.

use domain_types::{
    PatientId,
    records::{Access, PatientList, PatientQuery, PatientRow},
};
use entity::{patient, user};
use sea_orm::{
    FromQueryResult,
    sea_query::{Condition, Expr, ExprTrait, Order, SelectStatement},
};

use super::{
    patients::{Facts, facts},
    policy,
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments::{around_now, with_doctor},
    db::{self, Tx},
    error::{Error, Result},
    keyset,
    people::PersonSearch,
    services::Services,
};

/// Patients of one page.
const SHOWN: usize = 25;

/// A patient with their place in the list.
#[derive(FromQueryResult)]
struct Placed {
    #[sea_orm(nested)]
    facts: Facts,
    sort_key: String,
    account: i64,
}

/// Where somebody stands in the list. A page begins beside a place and not beside a person, so that nobody is left out or
/// shown twice when that person is renamed or leaves the list meanwhile.
#[derive(Debug)]
struct Place {
    sort_key: String,
    account: i64,
}

impl Place {
    /// As it stands in an address, where no name may be read.
    fn seal(services: &Services, at: &Placed) -> Result<String> {
        let plain = format!("{} {}", at.account, at.sort_key);
        Ok(data_encoding::BASE64URL_NOPAD.encode(&services.seals().places.seal(CONTEXT, plain.as_bytes())?))
    }

    fn open(services: &Services, text: &str) -> Option<Self> {
        let sealed = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let plain = services.seals().places.open(CONTEXT, &sealed)?;
        let (account, sort_key) = std::str::from_utf8(&plain).ok()?.split_once(' ')?;
        Some(Self { sort_key: sort_key.to_owned(), account: account.parse().ok()? })
    }
}

const CONTEXT: &str = "patients";

/// The patients in a doctor's care, and those whose record they opened in an emergency, whom the search means: by name,
/// reference, day of birth, e-mail address, or the reference of a visit with this doctor.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a place that no page gave.
pub async fn search(services: &Services, actor: &Actor, query: PatientQuery) -> Result<Audited<PatientList>> {
    actor.person()?;
    let act = Act::SearchPatients;
    let tx = services.db().snapshot().await?;
    let outcome = found(services, &tx, actor, query).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn found(services: &Services, tx: &Tx, actor: &Actor, wanted: PatientQuery) -> Result<Found<PatientList>> {
    let doctor = Doctor::try_from(actor)?;
    let place = |text: &Option<String>| -> Result<Option<Place>> {
        text.as_deref().map(|text| Place::open(services, text).ok_or(Error::NotFound)).transpose()
    };
    let (after, before) = (place(&wanted.after)?, place(&wanted.before)?);
    let backwards = before.is_some() && after.is_none();
    let came_from_before = after.is_some();

    let (settings, now) = (services.settings().await?, services.now());
    let mut query = facts();
    let column = || Expr::col(("p", patient::Column::Id));
    query.and_where(policy::within_reach(doctor.person, &settings, now, column)?);
    let of_visit = |visit: &_| Condition::all().add(column().in_subquery(with_doctor(doctor.id, visit)));
    query.cond_where(PersonSearch::parse(&wanted.search).finds(account, of_visit));
    in_order(&mut query, after.or(before), backwards);
    let mut rows: Vec<Placed> = db::all(tx, &query).await?;
    if rows.is_empty() && backwards {
        // Everybody before that place has left: the list begins there now.
        let wanted = PatientQuery { after: None, before: None, ..wanted };
        return Box::pin(found(services, tx, actor, wanted)).await;
    }
    let goes_on = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    if backwards {
        rows.reverse();
    }
    let seal = |row: Option<&Placed>| row.map(|row| Place::seal(services, row)).transpose();
    let previous = seal(rows.first().filter(|_| if backwards { goes_on } else { came_from_before }))?;
    let next = seal(rows.last().filter(|_| backwards || goes_on))?;

    let ids: Vec<i64> = rows.iter().map(|row| row.facts.id).collect();
    let around = around_now(tx, doctor.id, &ids, now).await?;
    let opened = policy::reached_by_emergency(tx, doctor.person, &ids, &settings, now).await?;
    let labels = settings.labels(now);
    let row = |Placed { facts, .. }: Placed| {
        let (last, next) = around.get(&facts.id).copied().unwrap_or_default();
        let until = opened.get(&facts.id).map(|until| labels.when(*until));
        Ok(PatientRow {
            head: facts.head(&labels)?,
            last_visit: last.map(|at| labels.when(at)),
            next_visit: next.map(|at| labels.when(at)),
            access: until.map_or(Access::InCare, |until| Access::Emergency { until }),
        })
    };
    let patients = rows.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    let list = PatientList { search: wanted.search.trim().to_owned(), patients, previous, next };
    let patients: Vec<PatientId> = ids.iter().copied().map(PatientId).collect();
    Ok(Found::of_all(patients, ids, list))
}

fn account() -> Expr {
    Expr::col(("pu", user::Column::Id))
}

/// One page and one row more, by name from a place on; the order is that of the index `user_by_sort_key`.
fn in_order(query: &mut SelectStatement, place: Option<Place>, backwards: bool) {
    let sort_key = || Expr::col(("pu", user::Column::SortKey));
    if let Some(Place { sort_key: at, account: row }) = place {
        let beyond = if backwards { keyset::before } else { keyset::after };
        query.cond_where(beyond(&sort_key, &at, &account, row));
    }
    let order = if backwards { Order::Desc } else { Order::Asc };
    query
        .column(("pu", user::Column::SortKey))
        .expr_as(account(), "account")
        .order_by(("pu", user::Column::SortKey), order.clone())
        .order_by(("pu", user::Column::Id), order)
        .limit(SHOWN as u64 + 1);
}
