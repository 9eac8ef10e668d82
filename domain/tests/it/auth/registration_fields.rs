//! What is wrong with a form is told, all at once.

use domain::{
    auth::register,
    testing::{Engine, TestWorld},
    types::auth::Register,
};
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn every_wrong_field_gets_its_sentence_at_once_and_nothing_is_stored(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let all_wrong = Register {
        username: "a b".into(),
        email: "ana".into(),
        password: "short".into(),
        password_confirm: Some("another".into()),
        first_name: " ".into(),
        last_name: "x".repeat(81),
        date_of_birth: "14.3.1986".into(),
        gender: "unheard of".into(),
        phone: "call me".into(),
        accepts_policy: false,
        browser: String::new(),
    };
    let before = world.services.passwords().computed();
    let wrong = wrong_fields(register(&world.services, &anybody(), all_wrong, &somewhere()).await);
    let fields: Vec<_> = wrong.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "accepts_policy",
            "date_of_birth",
            "email",
            "first_name",
            "gender",
            "last_name",
            "password",
            "password_confirm",
            "phone",
            "username"
        ]
    );
    assert!(wrong.iter().all(|(_, sentence)| sentence.ends_with('.')), "{wrong:?}");
    assert!(all::<entity::registration::Entity>(&world).await.is_empty());
    assert!(all::<entity::outbox_message::Entity>(&world).await.is_empty());
    assert!(trail(&world).await.is_empty());
    assert_eq!(world.services.passwords().computed(), before, "nothing is hashed for nothing");
}

#[tokio::test]
async fn an_empty_form_is_told_what_to_choose_and_nothing_about_repeating() {
    let world = TestWorld::new(Engine::Sqlite).await;
    let empty = Register { password_confirm: None, ..Register::default() };
    let wrong = wrong_fields(register(&world.services, &anybody(), empty, &somewhere()).await);
    let told = |name: &str| wrong.iter().find(|(field, _)| field == name).map(|(_, sentence)| sentence.as_str());
    assert_eq!(told("username"), Some("Choose a user name."));
    assert!(told("password").unwrap().starts_with("Use at least 12 characters."), "{wrong:?}");
    assert_eq!(told("password_confirm"), None);
}

#[rstest]
#[case::user_name_too_short("username", Register { username: "ab".into(), ..ana() })]
#[case::user_name_with_spaces("username", Register { username: "ana duarte".into(), ..ana() })]
#[case::user_name_like_an_address("username", Register { username: "ana@example.org".into(), ..ana() })]
#[case::no_address("email", Register { email: String::new(), ..ana() })]
#[case::address_with_a_second_recipient("email", Register { email: "ana@example.org, b@example.org".into(), ..ana() })]
#[case::address_with_a_header("email", Register { email: "ana@example.org\r\nBcc: b@example.org".into(), ..ana() })]
#[case::no_first_name("first_name", Register { first_name: String::new(), ..ana() })]
#[case::control_character_in_a_name("last_name", Register { last_name: "Duarte\0".into(), ..ana() })]
#[case::born_too_early("date_of_birth", Register { date_of_birth: "1899-12-31".into(), ..ana() })]
#[case::born_tomorrow("date_of_birth", Register { date_of_birth: "2026-11-24".into(), ..ana() })]
#[case::address_of_a_machine("email", Register { email: "a@123.45.67.89".into(), ..ana() })]
#[case::nothing_but_punctuation("last_name", Register { last_name: "--".into(), ..ana() })]
#[case::nothing_that_is_seen("first_name", Register { first_name: "\u{200b}\u{3164}".into(), ..ana() })]
#[case::no_such_day("date_of_birth", Register { date_of_birth: "1987-02-29".into(), ..ana() })]
#[case::no_gender("gender", Register { gender: "unheard of".into(), ..ana() })]
#[case::no_number("phone", Register { phone: "1234".into(), ..ana() })]
#[case::policy_not_accepted("accepts_policy", Register { accepts_policy: false, ..ana() })]
#[case::password_too_short("password", plain_password("eleven char"))]
#[case::password_too_long("password", plain_password(&"violet harbour lamp seven ".repeat(5)))]
#[case::password_that_many_have("password", plain_password("password12345"))]
#[case::password_with_the_user_name("password", plain_password("see ana.duarte harbour lamp"))]
#[case::password_with_the_last_name("password", plain_password("violet DUARTE lamp seven"))]
#[case::password_with_the_address("password", plain_password("ana@example.org harbour"))]
#[case::two_different_passwords("password_confirm", Register { password_confirm: Some(STRONGER.into()), ..ana() })]
#[tokio::test]
async fn a_wrong_field_alone_is_told_alone(#[case] field: &str, #[case] command: Register) {
    let world = TestWorld::new(Engine::Sqlite).await;
    assert_eq!(wrong_field(register(&world.services, &anybody(), command, &somewhere()).await), field);
    assert!(all::<entity::registration::Entity>(&world).await.is_empty());
}

fn plain_password(password: &str) -> Register {
    Register { password: password.into(), password_confirm: None, ..ana() }
}

#[rstest]
#[case::nothing_that_may_be_left_out(Register { date_of_birth: String::new(), gender: String::new(), phone: String::new(), ..ana() })]
#[case::born_today(Register { date_of_birth: "2026-11-23".into(), ..ana() })]
#[case::unicode_and_spaces(plain_password("  пароль у моря 虎  "))]
#[case::no_mixture(plain_password("violetharbourlampseven"))]
#[case::one_hundred_and_twenty_eight(plain_password(&"violet harbour lamp seven ".chars().cycle().take(128).collect::<String>()))]
#[case::typed_once(Register { password_confirm: None, ..ana() })]
#[tokio::test]
async fn what_is_allowed_is_taken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] command: Register,
) {
    let world = TestWorld::new(engine).await;
    registered(&world, command).await;
}
