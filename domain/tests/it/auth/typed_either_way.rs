//! What two keyboards send differently is one thing: passwords, addresses, telephone numbers.

use domain::{
    auth::{
        change_password, change_profile, me, pending_registration, profile, request_password_reset, reset_password,
        security, step_up, verify_email,
    },
    testing::{Engine, TestWorld},
    types::auth::{ChangePassword, ProfileForm, Proof, Register, ResetPassword, VerifyEmail},
};
use rstest::rstest;

use super::support::*;

/// "Ångström" with its marks apart, full-width letters and a ligature.
const APART: &str = "A\u{30a}ngstro\u{308}m ｌamp oﬃce seven";
/// The same, composed and plain.
const COMPOSED: &str = "\u{c5}ngstr\u{f6}m lamp office seven";

#[rstest]
#[tokio::test]
async fn a_password_is_one_whichever_keyboard_sends_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values((APART, COMPOSED), (COMPOSED, APART))] (set, typed): (&str, &str),
) {
    let world = TestWorld::new(engine).await;
    let command = Register { password: set.into(), password_confirm: Some(typed.into()), ..ana() };
    let link = token_in(&registered(&world, command).await);
    verify_email(&world.services, &anybody(), VerifyEmail::Link(link)).await.unwrap();
    let tokens = done(try_sign_in(&world.services, "ana.duarte", typed, at("203.0.113.5")).await).tokens;
    let ana = actor_of(&world, &tokens).await;
    step_up(&world.services, &ana, Proof::Password(typed.into())).await.unwrap();
    let same = ChangePassword { current_password: set.into(), password: typed.into(), password_confirm: None };
    assert_eq!(wrong_field(change_password(&world.services, &ana, same).await), "password", "it is the same");
    request_password_reset(&world.services, &anybody(), "ana@example.org", &somewhere()).await.unwrap();
    let token = token_in(&world.mail_to("ana@example.org").await.unwrap());
    let reset = ResetPassword { token, password: set.into(), password_confirm: Some(typed.into()) };
    reset_password(&world.services, &anybody(), reset).await.unwrap();
    done(try_sign_in(&world.services, "ana.duarte", typed, at("203.0.113.5")).await);
}

#[rstest]
#[case::composed_it_is_too_short("ααα\u{301}ααα\u{301}ααα\u{301}")]
#[case::the_name_in_full_width("ｄｕａｒｔｅ violet harbour lamp")]
#[tokio::test]
async fn a_password_is_judged_as_it_is_kept(#[case] password: &str) {
    let world = TestWorld::new(Engine::Sqlite).await;
    let command = Register { password: password.into(), password_confirm: None, ..ana() };
    let refused = domain::auth::register(&world.services, &anybody(), command, &somewhere()).await;
    assert_eq!(wrong_field(refused), "password");
}

#[rstest]
#[tokio::test]
async fn an_international_address_is_one_at_every_door(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("müller@bücher.example", "Mu\u{308}ller@XN--bcher-kva.example")] registers: &str,
    #[values("MÜLLER@BÜCHER.example", "müller@xn--bcher-kva.example")] types: &str,
) {
    let world = TestWorld::new(engine).await;
    let kept = "müller@xn--bcher-kva.example";
    let command = Register { email: registers.into(), ..ana() };
    domain::auth::register(&world.services, &anybody(), command, &somewhere()).await.unwrap();
    let mail = world.mail_to(kept).await.expect("a mail");
    let waiting = pending_registration(&world.services, &anybody(), &token_in(&mail), None).await.unwrap();
    assert_eq!(waiting.unwrap().email, "müller@bücher.example", "as people read it");
    let code = code_in(&mail);
    let proof = VerifyEmail::Code { email: types.into(), code };
    verify_email(&world.services, &anybody(), proof).await.unwrap();
    let signed_in = done(try_sign_in(&world.services, types, STRONG, at("203.0.113.5")).await);
    let before = subjects(&world, kept).await.len();
    request_password_reset(&world.services, &anybody(), types, &somewhere()).await.unwrap();
    assert_eq!(subjects(&world, kept).await.len(), before + 1);
    let again = Register { email: types.into(), username: "other".into(), ..ana() };
    domain::auth::register(&world.services, &anybody(), again, &somewhere()).await.unwrap();
    assert_eq!(world.mail_to(kept).await.unwrap().subject, "You already have an account");
    let actor = actor_of(&world, &signed_in.tokens).await;
    let read = "müller@bücher.example";
    assert_eq!(profile(&world.services, &actor).await.unwrap().into_inner().email, read);
    assert_eq!(security(&world.services, &actor).await.unwrap().email, read);
    assert_eq!(me(&world.services, &actor).await.unwrap().email, read);
    let users = all::<entity::user::Entity>(&world).await;
    assert_eq!(users.iter().filter(|user| user.email == kept).count(), 1);
}

#[rstest]
#[tokio::test]
async fn a_profile_keeps_names_and_numbers_plain(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let form = || ProfileForm {
        first_name: "Bri\u{301}d\u{200b}".into(),
        last_name: "Ni\u{301} Chonaill".into(),
        phone: "+353\u{a0}20\u{2011}910\u{2011}0100 x12".into(),
        date_of_birth: "1986-03-14".into(),
        ..ProfileForm::default()
    };
    change_profile(&world.services, &maya, form()).await.unwrap().into_inner();
    let kept = profile(&world.services, &maya).await.unwrap().into_inner();
    assert_eq!((kept.first_name.as_str(), kept.last_name.as_str()), ("Br\u{ed}d", "N\u{ed} Chonaill"));
    assert_eq!(kept.phone.as_deref(), Some("+353 20-910-0100 ext 12"));
    for (field, wrong) in [
        ("first_name", ProfileForm { first_name: "\u{200b}".into(), ..form() }),
        ("last_name", ProfileForm { last_name: "---".into(), ..form() }),
        ("phone", ProfileForm { phone: "020 910 0100 ext".into(), ..form() }),
        ("date_of_birth", ProfileForm { date_of_birth: "2027-02-29".into(), ..form() }),
        ("date_of_birth", ProfileForm { date_of_birth: "2026-11-24".into(), ..form() }),
        ("date_of_birth", ProfileForm { date_of_birth: "1800-01-01".into(), ..form() }),
        ("date_of_birth", ProfileForm { date_of_birth: "9999-12-31".into(), ..form() }),
    ] {
        assert_eq!(wrong_field(change_profile(&world.services, &maya, wrong).await), field);
    }
}

#[rstest]
#[tokio::test]
async fn a_day_of_birth_is_behind_us_in_the_zone_of_the_clinic() {
    let world = TestWorld::new(Engine::Sqlite).await;
    world.set("clinic", r#"{"zone":"Pacific/Kiritimati"}"#).await;
    // 08:00 UTC on 23 November is 22:00 there; three hours later it is the 24th.
    let born = |day: &str| Register { date_of_birth: day.into(), ..ana() };
    let register = async |command| domain::auth::register(&world.services, &anybody(), command, &somewhere()).await;
    assert_eq!(wrong_field(register(born("2026-11-24")).await), "date_of_birth");
    world.wait(HOUR * 3);
    register(born("2026-11-24")).await.unwrap();
    assert_eq!(wrong_field(register(born("2026-11-25")).await), "date_of_birth");
}
