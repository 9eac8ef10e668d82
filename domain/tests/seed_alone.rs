//! Tried alone.
#![allow(clippy::unwrap_used)]
#[path = "it/seed.rs"]
mod seed;

#[tokio::test]
async fn big() {
    use domain::testing::{Engine, TestWorld};
    use sea_orm::ConnectionTrait;
    let engine = if std::env::var("BIG").is_ok_and(|b| b == "pg") { Engine::Postgres } else { Engine::Sqlite };
    let n: u32 = std::env::var("PATIENTS").unwrap_or("2000".into()).parse().unwrap();
    let world = TestWorld::new(engine).await;
    for table in ["patient", "working_hours", "doctor", "\"user\""] {
        world.raw().execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
    }
    let options = domain::seed::SeedOptions { doctors: n / 90, patients: n, ..Default::default() };
    let t = std::time::Instant::now();
    let mut last = "";
    let r = domain::seed::run(&world.services, options, &mut |p| {
        if p.stage != last || p.done == p.total {
            last = p.stage;
            eprintln!("{:?} {p:?}", t.elapsed());
        }
    })
    .await
    .unwrap();
    eprintln!("{:?} {r:?}", t.elapsed());
}

#[tokio::test]
async fn look() {
    use domain::testing::{Engine, TestWorld};
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    let world = TestWorld::new(Engine::Sqlite).await;
    for table in ["patient", "working_hours", "doctor", "\"user\""] {
        world.raw().execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
    }
    world.at(&std::env::var("NOW").unwrap_or("2026-11-22T18:20:00Z".into()));
    let t = std::time::Instant::now();
    let r = domain::seed::run(&world.services, Default::default(), &mut |_| ()).await.unwrap();
    eprintln!("{:?} {r:?}", t.elapsed());
    world.raw().execute_unprepared("VACUUM INTO '/tmp/h5_look.sqlite'").await.unwrap();
    let _ = Statement::from_string(DbBackend::Sqlite, "");
}
