//! Queues: how many may wait, and that whoever does not is told to come back.

use std::sync::mpsc;

use futures::{StreamExt as _, stream::FuturesUnordered};

use super::*;

#[tokio::test]
async fn a_crowd_is_told_to_come_back_and_nobody_is_let_in_for_it() {
    let passwords = Passwords::new(PasswordCost::Cheap).unwrap();
    // Two hashes that take as long as the test wants: how fast this machine hashes is no part of it.
    let (finish, gate) = mpsc::channel::<()>();
    let gate = Arc::new(std::sync::Mutex::new(gate));
    let mut long = FuturesUnordered::new();
    for _ in 0..AT_ONCE {
        let gate = Arc::clone(&gate);
        long.push(passwords.run(move |_| {
            gate.lock().unwrap().recv().unwrap();
            Ok(())
        }));
    }
    assert!(futures::poll!(long.next()).is_pending());

    let mut crowd: FuturesUnordered<_> =
        (0..200).map(|number| passwords.verify(Password::parse(format!("crowd {number}")).unwrap(), None)).collect();
    for _ in 0..200 - QUEUE {
        let refused = crowd.next().await.unwrap();
        assert!(matches!(refused, Err(Error::Busy { retry_after: 1.. })), "{refused:?}");
    }
    assert!(futures::poll!(crowd.next()).is_pending(), "those who have a place wait for their turn");

    for _ in 0..AT_ONCE {
        finish.send(()).unwrap();
    }
    let admitted: Vec<_> = crowd.collect().await;
    assert_eq!(admitted.len(), QUEUE);
    assert!(admitted.into_iter().all(|fits| matches!(fits, Ok(false))));
    while long.next().await.is_some() {}
    assert_eq!(passwords.computed(), (AT_ONCE + QUEUE) as u64);
}

#[tokio::test]
async fn a_crowd_that_types_is_told_to_come_back_and_keeps_nobody_from_signing_in() {
    let passwords = Passwords::new(PasswordCost::Cheap).unwrap();
    let (finish, gate) = mpsc::channel::<()>();
    let gate = Arc::new(std::sync::Mutex::new(gate));
    let mut long = FuturesUnordered::new();
    for _ in 0..JUDGED_AT_ONCE {
        let gate = Arc::clone(&gate);
        long.push(passwords.judge(move || gate.lock().unwrap().recv().unwrap()));
    }
    assert!(futures::poll!(long.next()).is_pending());

    let mut crowd: FuturesUnordered<_> = (0..200).map(|number| passwords.judge(move || number)).collect();
    for _ in 0..200 - JUDGED_QUEUE {
        let refused = crowd.next().await.unwrap();
        assert!(matches!(refused, Err(Error::Busy { retry_after: 1.. })), "{refused:?}");
    }
    assert!(futures::poll!(crowd.next()).is_pending(), "those who have a place wait for their turn");
    let own = passwords.hash(Password::parse("a plain test password".into()).unwrap()).await;
    assert!(own.is_ok(), "hashes have a queue of their own: {own:?}");

    for _ in 0..JUDGED_AT_ONCE {
        finish.send(()).unwrap();
    }
    let judged: Vec<_> = crowd.collect().await;
    assert_eq!(judged.into_iter().filter(Result::is_ok).count(), JUDGED_QUEUE);
    while long.next().await.is_some() {}
}
