//! The stored words and places of people.

use std::collections::BTreeSet;

#[cfg(feature = "seed")]
use entity::{doctor, patient};
use entity::{user, user_word};
#[cfg(feature = "seed")]
use sea_orm::{ActiveModelTrait, QueryOrder, QuerySelect, Set};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::folding::{order_of, words_of};
#[cfg(feature = "seed")]
use super::{folding::key, phone_digits};
use crate::error::Result;

/// Longer words are found by their beginning; an index takes no word of any length.
const LONGEST_WORD: usize = 120;
/// People at a time.
#[cfg(feature = "seed")]
const BATCH: u64 = 500;

/// Where a person stands in a list: by last name, then by first name. No letter comes before the sign between them, so
/// that a shorter name stands first.
pub(crate) fn sort_key(first_name: &str, last_name: &str) -> String {
    format!("{}\t{}", order_of(last_name), order_of(first_name))
}

/// The words by which a person is found: those of the name, and those of the user name.
pub(crate) fn words(user: i64, first_name: &str, last_name: &str, username: &str) -> Vec<user_word::Model> {
    let all: BTreeSet<String> = [first_name, last_name, username].into_iter().flat_map(words_of).map(cut).collect();
    all.into_iter().map(|word| user_word::Model { user_id: user, word }).collect()
}

pub(super) fn cut(word: String) -> String {
    match word.char_indices().nth(LONGEST_WORD) {
        Some((end, _)) => word[..end].to_owned(),
        None => word,
    }
}

/// Puts the words of a person in the place of those that were stored before.
///
/// # Errors
/// When the database is away.
pub(crate) async fn store_words(db: &impl ConnectionTrait, user: &user::Model) -> Result<()> {
    user_word::Entity::delete_many().filter(user_word::Column::UserId.eq(user.id)).exec(db).await?;
    let words = words(user.id, &user.first_name, &user.last_name, &user.username);
    if !words.is_empty() {
        let rows = words.into_iter().map(user_word::ActiveModel::from);
        user_word::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Folds the names, and the languages of doctors, that were stored before they were folded, and writes the digits of
/// telephone numbers that stand alone.
///
/// # Errors
/// When the database is away.
#[cfg(feature = "seed")]
pub(crate) async fn fold_missing(db: &impl ConnectionTrait) -> Result<()> {
    loop {
        let people = user::Entity::find()
            .filter(user::Column::SortKey.eq(""))
            .order_by_asc(user::Column::Id)
            .limit(BATCH)
            .all(db)
            .await?;
        if people.is_empty() {
            break;
        }
        for person in people {
            store_words(db, &person).await?;
            let place = sort_key(&person.first_name, &person.last_name);
            user::ActiveModel { id: Set(person.id), sort_key: Set(place), ..Default::default() }.update(db).await?;
        }
    }
    let with_phone = patient::Entity::find().filter(patient::Column::Phone.is_not_null());
    for row in with_phone.filter(patient::Column::PhoneDigits.is_null()).all(db).await? {
        let digits = phone_digits(row.phone.as_deref());
        if digits.is_some() {
            patient::ActiveModel { id: Set(row.id), phone_digits: Set(digits), ..Default::default() }
                .update(db)
                .await?;
        }
    }
    for row in doctor::Entity::find().all(db).await? {
        let languages = key(&row.languages);
        if row.search_key != languages {
            doctor::ActiveModel { id: Set(row.id), search_key: Set(languages), ..Default::default() }
                .update(db)
                .await?;
        }
    }
    Ok(())
}
