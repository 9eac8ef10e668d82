//! Opening a record in an emergency.

use domain::{
    Error,
    access::{Actor, Audited},
    records::{self, Which},
    testing::{Engine, TestPerson, TestWorld},
    types::{
        ProblemCode,
        page::PageRequest,
        records::{Access, EmergencyReview, EmergencyView, Finding, OpenEmergency, RecordFilter},
    },
};
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use time::macros::date;

use super::{in_care, maya};

const WHY: &str = "Unconscious after a fall, nobody else is here";

fn opening(reference: &str) -> OpenEmergency {
    OpenEmergency::parse(reference, "", "", WHY).unwrap()
}

async fn open(world: &TestWorld, who: &TestPerson) -> Result<EmergencyView, Error> {
    let actor = world.actor(who).await;
    let patient = world.maya.patient.unwrap().to_string();
    records::open_emergency(&world.services, &actor, opening(&patient), None).await.map(Audited::into_inner)
}

fn code<T>(outcome: Result<T, Error>) -> ProblemCode {
    outcome.err().expect("a refusal").to_problem().code
}

async fn sees(world: &TestWorld, who: &TestPerson) -> u64 {
    let actor = world.actor(who).await;
    records::list(&world.services, &actor, RecordFilter::default()).await.unwrap().into_inner().count
}

#[rstest]
#[tokio::test]
async fn a_record_is_open_for_sixty_minutes_to_whoever_opened_it_and_to_nobody_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let id = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    for who in [&world.brandt, &world.admin] {
        assert_eq!(sees(&world, who).await, 0);
        let opened = open(&world, who).await.unwrap();
        assert!(opened.reference.starts_with("EMG-") && !opened.is_over);
        assert_eq!(sees(&world, who).await, 1, "{}", who.username);
        let actor = world.actor(who).await;
        let chart = records::chart(&world.services, &actor, &maya()).await.unwrap().into_inner();
        assert!(matches!(chart.access, Access::Emergency { .. }));
        assert_eq!(chart.may_write, who.doctor.is_some());
        let which = Which::Id(domain::types::RecordId(id));
        assert!(records::detail(&world.services, &actor, &which).await.is_ok());
        assert!(records::printed(&world.services, &actor, &which).await.is_ok());
    }
    assert_eq!(sees(&world, &world.rivera).await, 0, "it is open to nobody else");
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 27, 9, 30, 0, 0)).await.unwrap();
    let admin = world.actor(&world.admin).await;
    let reasons = async || {
        let filter = domain::types::appointments::AppointmentFilter::default();
        let page = domain::appointments::list(&world.services, &admin, filter).await.unwrap().into_inner();
        page.results.into_iter().map(|visit| visit.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons().await, [Some("Palpitations after climbing stairs".to_owned())], "why she comes, too");
    let chart = records::chart(&world.services, &admin, &maya()).await.unwrap().into_inner();
    assert_eq!(chart.visits[0].reason.as_deref(), Some("Palpitations after climbing stairs"));
    world.wait(SignedDuration::from_mins(60));
    assert_eq!(reasons().await, [None]);
    for who in [&world.brandt, &world.admin] {
        assert_eq!(sees(&world, who).await, 0, "{}", who.username);
        let actor = world.actor(who).await;
        assert_eq!(code(records::chart(&world.services, &actor, &maya()).await), ProblemCode::NotFound);
    }
}

#[rstest]
#[tokio::test]
async fn the_patient_is_told_who_opened_it_and_nothing_of_the_reason(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    open(&world, &world.brandt).await.unwrap();
    let mail = world.mail_to(&world.maya.email).await.expect("a message");
    assert!(mail.body.contains("Tomas Brandt"), "{}", mail.body);
    assert!(!mail.body.contains("Unconscious"), "{}", mail.body);
    let stored = world.everything_stored().await;
    assert!(!stored.windows(11).any(|piece| piece == b"Unconscious"), "the reason is sealed");
    let event = entity::audit_event::Entity::find().all(world.raw()).await.unwrap().pop().unwrap();
    assert_eq!((event.action.as_str(), event.outcome.as_str()), ("emergency.open", "allowed"));
    assert_eq!(event.patient_id, world.maya.patient.map(|patient| patient.0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn opening_it_again_while_it_is_open_is_one_opening_however_many_ask_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let brandt = world.actor(&world.brandt).await;
    let patient = world.maya.patient.unwrap().to_string();
    let tries = (0..8).map(|_| {
        let (services, actor, command) = (world.services.clone(), brandt.clone(), opening(&patient));
        tokio::spawn(async move { records::open_emergency(&services, &actor, command, None).await })
    });
    let opened = futures::future::join_all(tries).await;
    let opened: Vec<_> = opened.into_iter().map(|outcome| outcome.unwrap().unwrap().into_inner()).collect();
    assert!(opened.iter().all(|view| view.reference == opened[0].reference), "all read of the one");
    let rows = async || entity::emergency_access::Entity::find().all(world.raw()).await.unwrap().len();
    assert_eq!(rows().await, 1);
    domain::mail::deliver_due(&world.services).await.unwrap();
    let told = world.mailer.sent().iter().filter(|mail| mail.to.contains(&world.maya.email)).count();
    assert_eq!(told, 1, "the patient is told once");
    world.wait(SignedDuration::from_mins(30));
    let again = open(&world, &world.brandt).await.unwrap();
    assert_eq!(again.expires, opened[0].expires, "and it does not last longer");
    open(&world, &world.admin).await.unwrap();
    assert_eq!(rows().await, 2, "what somebody else opens is another");
    world.wait(SignedDuration::from_mins(30));
    open(&world, &world.brandt).await.unwrap();
    assert_eq!(rows().await, 3, "and so is another hour");
}

#[rstest]
#[tokio::test]
async fn it_takes_a_role_a_reason_and_a_fresh_proof(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    assert_eq!(code(open(&world, &world.jonas).await), ProblemCode::Forbidden);
    assert!(OpenEmergency::parse("1", "", "", "urgent").is_err());
    let tokens = world.tokens(&world.brandt, domain::auth::SessionKind::Rest).await;
    world.wait(SignedDuration::from_mins(5));
    let active = domain::auth::Activity::Active;
    let stale: Actor = domain::auth::authenticate(&world.services, &tokens.access, active).await.unwrap();
    let patient = world.maya.patient.unwrap().to_string();
    let refused = records::open_emergency(&world.services, &stale, opening(&patient), None).await;
    assert_eq!(code(refused), ProblemCode::StepUpRequired);
    in_care(&world).await;
    let needless = open(&world, &world.rivera).await.unwrap_err().to_problem();
    assert!(needless.for_field("patient").is_some(), "she has the patient in care");
    assert_eq!(entity::emergency_access::Entity::find().all(world.raw()).await.unwrap().len(), 0);
}

#[rstest]
#[tokio::test]
async fn a_patient_without_a_reference_is_found_by_name_and_birth_when_there_is_one_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let born = async |person: &TestPerson| {
        let id = person.patient.unwrap().0;
        let row = entity::patient::Entity::find_by_id(id).one(world.raw()).await.unwrap().unwrap();
        let mut row = row.into_active_model();
        row.date_of_birth = Set(Some(date!(1984 - 02 - 29)));
        row.update(world.raw()).await.unwrap();
    };
    born(&world.maya).await;
    let brandt = world.actor(&world.brandt).await;
    let by_name = async |name: &str, day: &str| {
        let command = OpenEmergency::parse("", name, day, WHY).unwrap();
        records::open_emergency(&world.services, &brandt, command, None).await.map(Audited::into_inner)
    };
    assert_eq!(by_name("maya  okafor", "1984-02-29").await.unwrap().patient_name, "Maya Okafor");
    for (name, day) in [("Maya", "1984-02-29"), ("Maya Okafor", "1984-02-28"), ("Nobody Atall", "1984-02-29")] {
        let told = by_name(name, day).await.unwrap_err().to_problem();
        assert!(told.for_field("patient").is_some(), "{name}");
    }
    let denied = entity::audit_event::Entity::find().all(world.raw()).await.unwrap();
    let denied = denied.iter().filter(|event| event.outcome == "denied").count();
    assert_eq!(denied, 3, "every try is noted");
}

#[rstest]
#[tokio::test]
async fn every_opening_is_reviewed_once_by_another_administrator(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let own = open(&world, &world.admin).await.unwrap();
    let opened = open(&world, &world.brandt).await.unwrap();
    let (admin, brandt) = (world.actor(&world.admin).await, world.actor(&world.brandt).await);
    let list = records::emergencies(&world.services, &admin, PageRequest::default()).await.unwrap().into_inner();
    let may: Vec<_> = list.results.iter().map(|view| (view.reference.clone(), view.may_review)).collect();
    assert_eq!(may, [(opened.reference.clone(), true), (own.reference.clone(), false)]);
    assert_eq!(list.results[0].reason.as_deref(), Some(WHY));
    assert_eq!(list.results[1].by, format!("{}, Administrator", admin.person().unwrap().name()));
    assert_eq!(domain::admin::overview(&world.services, &admin).await.unwrap().emergencies_waiting, 2);
    let review = async |actor: &Actor, view: &EmergencyView| {
        let justified = EmergencyReview::parse("justified", "").unwrap();
        records::review_emergency(&world.services, actor, view.id, justified).await.map(Audited::into_inner)
    };
    assert_eq!(code(review(&brandt, &opened).await), ProblemCode::Forbidden);
    assert!(review(&admin, &own).await.unwrap_err().to_problem().for_field("finding").is_some());
    let reviewed = review(&admin, &opened).await.unwrap();
    assert!(reviewed.review.is_some_and(|review| review.finding == Finding::Justified));
    assert!(review(&admin, &opened).await.unwrap_err().to_problem().for_field("finding").is_some(), "once");
    assert_eq!(
        code(records::emergencies(&world.services, &brandt, PageRequest::default()).await),
        ProblemCode::Forbidden
    );
}

#[rstest]
#[tokio::test]
async fn what_a_review_finds_unjustified_is_closed_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let opened = open(&world, &world.brandt).await.unwrap();
    assert_eq!(sees(&world, &world.brandt).await, 1);
    let (admin, brandt) = (world.actor(&world.admin).await, world.actor(&world.brandt).await);
    let unjustified = EmergencyReview::parse("unjustified", "She was awake and had said no.").unwrap();
    let reviewed = records::review_emergency(&world.services, &admin, opened.id, unjustified).await;
    let reviewed = reviewed.unwrap().into_inner();
    assert!(reviewed.is_over);
    let review = reviewed.review.unwrap();
    assert_eq!(review.remark.as_deref(), Some("She was awake and had said no."));
    assert_eq!(reviewed.expires, review.at, "it was open until then and no longer");
    let stored = world.everything_stored().await;
    assert!(!stored.windows(9).any(|piece| piece == b"was awake"), "why is sealed");
    assert_eq!(sees(&world, &world.brandt).await, 0);
    assert_eq!(code(records::chart(&world.services, &brandt, &maya()).await), ProblemCode::NotFound);
    open(&world, &world.brandt).await.unwrap();
    assert_eq!(sees(&world, &world.brandt).await, 1, "another emergency is another row");
}

#[rstest]
#[tokio::test]
async fn a_doctor_who_opened_a_record_writes_into_it_while_it_is_open(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    open(&world, &world.brandt).await.unwrap();
    let brandt = world.actor(&world.brandt).await;
    let begin = || records::BeginNote {
        patient: maya(),
        visit: None,
        template: domain::types::records::NoteTemplate::Blank,
        carried_from: None,
    };
    assert!(records::begin_note(&world.services, &brandt, begin()).await.is_ok());
    let found = records::search(&world.services, &brandt, "may".into()).await.unwrap().into_inner();
    assert!(matches!(found.patients[0].access, Access::Emergency { .. }));
    world.wait(SignedDuration::from_mins(60));
    let brandt = world.actor(&world.brandt).await;
    assert_eq!(code(records::begin_note(&world.services, &brandt, begin()).await), ProblemCode::NotFound);
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    assert!(records::begin_note(&world.services, &brandt, begin()).await.is_ok(), "care is care");
}

#[rstest]
#[tokio::test]
async fn a_reviewer_reads_what_was_opened_because_of_it_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let id = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let other = open(&world, &world.admin).await.unwrap();
    let opened = open(&world, &world.brandt).await.unwrap();
    let (admin, brandt) = (world.actor(&world.admin).await, world.actor(&world.brandt).await);
    let which = Which::Id(domain::types::RecordId(id));
    for actor in [&brandt, &admin] {
        let _ = records::chart(&world.services, actor, &maya()).await.unwrap();
    }
    world.wait(SignedDuration::from_mins(2));
    let _ = records::detail(&world.services, &brandt, &which).await.unwrap();
    world.wait(SignedDuration::from_mins(60));
    let brandt = world.actor(&world.brandt).await;
    assert!(records::chart(&world.services, &brandt, &maya()).await.is_err(), "and was refused afterwards");

    let admin = world.actor(&world.admin).await;
    let seen = records::emergency(&world.services, &admin, opened.id).await.unwrap().into_inner();
    let told: Vec<_> = seen.opened.iter().map(|look| (look.what.as_str(), look.at.time.as_str())).collect();
    assert_eq!(told, [("read an entry in the patient’s record", "08:02"), ("opened the patient’s chart", "08:00")]);
    let entry = seen.opened[0].entry.as_ref().unwrap();
    assert!(entry.label.starts_with("Consultation of ") && entry.reference.starts_with("REC-"), "{entry:?}");
    assert!(!seen.has_more && seen.access.may_review);
    assert!(!format!("{seen:?}").contains("Hypertension"), "never what stands there");
    let own = records::emergency(&world.services, &admin, other.id).await.unwrap().into_inner();
    assert_eq!(own.opened.len(), 1);
    assert!(!own.access.may_review);
    assert_eq!(code(records::emergency(&world.services, &brandt, opened.id).await), ProblemCode::Forbidden);
    let unknown = domain::types::EmergencyId(opened.id.0 + 1_000);
    assert_eq!(code(records::emergency(&world.services, &admin, unknown).await), ProblemCode::NotFound);
}
