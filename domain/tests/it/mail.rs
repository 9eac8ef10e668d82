use domain::{
    Error,
    access::Actor,
    appointments,
    mail::{deliver_due, demo_mailbox},
    testing::{Engine, TestWorld},
    types::{appointments::MoveAppointment, mail::MailPart},
};
use jiff::{
    SignedDuration,
    civil::{date, datetime, time},
};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn booking_moving_and_cancelling_each_send_one_message_with_a_calendar_file(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let to = MoveAppointment { appointment: visit.id, date: date(2026, 11, 26), time: time(10, 0, 0, 0) };
    world.wait(SignedDuration::from_mins(1));
    appointments::reschedule(&world.services, &maya, to).await.unwrap();
    appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
    assert_eq!(deliver_due(&world.services).await.unwrap(), 3);
    assert_eq!(deliver_due(&world.services).await.unwrap(), 0, "nothing is sent twice");
    let sent = world.mailer.sent();
    let subjects: Vec<_> = sent.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "Your appointment on Wed 25 November, 09:30 is booked",
            "Your appointment was moved to Thu 26 November, 10:00",
            "Your appointment on Thu 26 November, 10:00 is cancelled",
        ]
    );
    assert!(sent.iter().all(|mail| mail.to == "maya@example.org"));
    assert!(sent.iter().all(|mail| !mail.body.contains("Palpitations")), "no clinical words leave by mail");
    let calendars: Vec<_> = sent.iter().map(|mail| mail.calendar.clone().unwrap().text).collect();
    assert!(calendars[1].contains("DTSTART:20261126T100000Z"));
    assert!(calendars[2].contains("STATUS:CANCELLED"));
}

#[rstest]
#[tokio::test]
async fn mail_about_a_visit_within_the_cutoff_does_not_promise_to_change_it_online(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 23, 14, 0, 0, 0)).await.unwrap();
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    deliver_due(&world.services).await.unwrap();
    let promises = |body: &str| body.contains("move or cancel it: http");
    let sent = world.mailer.sent();
    assert_eq!([promises(&sent[0].body), promises(&sent[1].body)], [false, true]);
    assert!(sent[0].body.contains("please call"));
}

#[rstest]
#[tokio::test]
async fn a_refused_booking_is_not_mailed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 3, 7, 0, 0)).await.unwrap_err();
    assert_eq!(deliver_due(&world.services).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn mail_waits_for_a_server_that_is_down_and_keeps_its_message_id(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    world.mailer.set_down(true);
    assert_eq!(deliver_due(&world.services).await.unwrap(), 0);
    world.mailer.set_down(false);
    assert_eq!(deliver_due(&world.services).await.unwrap(), 0, "not before its time");
    world.wait(SignedDuration::from_secs(10));
    assert_eq!(deliver_due(&world.services).await.unwrap(), 1);
    assert!(world.mailer.sent()[0].message_id.ends_with("@securemed>"));
}

#[rstest]
#[tokio::test]
async fn a_message_is_given_up_after_ten_tries(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    world.mailer.set_down(true);
    for _ in 0..10 {
        deliver_due(&world.services).await.unwrap();
        world.wait(SignedDuration::from_hours(1));
    }
    world.mailer.set_down(false);
    assert_eq!(deliver_due(&world.services).await.unwrap(), 0);
    let admin = world.actor(&world.admin).await;
    assert_eq!(domain::admin::overview(&world.services, &admin).await.unwrap().mails_failed, 1);
}

#[rstest]
#[tokio::test]
async fn two_servers_send_each_message_once() {
    let world = TestWorld::new(Engine::Postgres).await;
    let other = world.second_server().await;
    for hour in 9..12 {
        world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, hour, 0, 0, 0)).await.unwrap();
    }
    let (here, there) = futures::join!(deliver_due(&world.services), deliver_due(&other));
    assert_eq!(here.unwrap() + there.unwrap(), 3);
    assert_eq!(world.mailer.sent().len(), 3);
}

#[rstest]
#[tokio::test]
async fn the_mailbox_is_open_in_the_demo_clinic_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let closed = demo_mailbox(&world.services, &Actor::anonymous()).await;
    assert!(matches!(closed, Err(Error::NotFound)));
    let open = demo_mailbox(&world.as_demo(), &Actor::anonymous()).await.unwrap();
    assert_eq!(open.len(), 1);
    assert!(open[0].calendar_name.as_deref().is_some_and(|name| name.ends_with(".ics")) && !open[0].is_sent);
    let links: Vec<_> = open[0].body.iter().filter(|part| matches!(part, MailPart::Link(_))).collect();
    let page = format!("/appointments/{}", visit.reference);
    assert!(matches!(&links[..], [MailPart::Link(address)] if address.ends_with(&page)), "{links:?}");
}

#[rstest]
#[tokio::test]
async fn a_message_that_cannot_be_read_holds_no_other_up(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    domain::auth::request_password_reset(
        &world.services,
        &Actor::anonymous(),
        "maya@example.org",
        &world.device(domain::auth::SessionKind::Web),
    )
    .await
    .unwrap();
    domain::auth::answer_requests(&world.services).await.unwrap();
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    // Under another master key nobody opens the words of the first.
    let other = world.under(domain::secrets::MasterKey::generate().into());
    assert_eq!(deliver_due(&other).await.unwrap(), 1);
    assert_eq!(world.mailer.sent()[0].to, "jonas@example.org");
    world.wait(SignedDuration::from_secs(10));
    assert_eq!(deliver_due(&world.services).await.unwrap(), 1, "and whoever has the key still sends it");
    assert_eq!(world.mailer.sent()[1].to, "maya@example.org");
}
