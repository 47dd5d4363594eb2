//! Who asks when many miss: a crowd, and one whose first fails. A test that could hang has a limit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::Duration;

use maps_are_caches::stampede::{self, LookAside, SingleFlight};

const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn a_crowd_asks_once_or_all_of_it() {
    for threads in [1, 2, 8] {
        let (told, heard) = mpsc::channel();
        thread::spawn(move || told.send(stampede::crowd(threads, Duration::from_millis(1))));
        let asked = heard.recv_timeout(PATIENCE).expect("nobody waits for ever");
        assert_eq!(asked, (threads as u64, 1));
    }
}

#[test]
fn an_answer_is_kept_and_each_key_has_its_own() {
    let (aside, flight) = (LookAside::default(), SingleFlight::default());
    for key in [1, 2, 1] {
        assert_eq!(aside.get(key, || u64::from(key)), u64::from(key));
        assert_eq!(flight.get(key, || u64::from(key)), u64::from(key));
    }
    let nobody_asks = || unreachable!("it is known");
    assert_eq!(aside.get(2, nobody_asks), 2);
    assert_eq!(flight.get(2, nobody_asks), 2);
}

#[test]
fn one_key_does_not_wait_for_another() {
    let flight = Arc::new(SingleFlight::default());
    let both = Arc::new(Barrier::new(2));
    let (told, heard) = mpsc::channel();
    for key in [1, 2] {
        let (flight, both, told) = (Arc::clone(&flight), Arc::clone(&both), told.clone());
        thread::spawn(move || {
            // Each is answered only while the other one asks as well.
            let ask = || {
                both.wait();
                u64::from(key)
            };
            told.send(flight.get(key, ask))
        });
    }
    let mut answers = [(); 2].map(|()| heard.recv_timeout(PATIENCE).expect("both are answered"));
    answers.sort_unstable();
    assert_eq!(answers, [1, 2]);
}

#[test]
fn when_the_first_fails_the_next_one_asks() {
    let flight = Arc::new(SingleFlight::default());
    let asked = Arc::new(AtomicUsize::new(0));
    let (told, heard) = mpsc::channel();
    for _ in 0..8 {
        let (flight, asked, told) = (Arc::clone(&flight), Arc::clone(&asked), told.clone());
        thread::spawn(move || {
            let ask = || {
                let is_first = asked.fetch_add(1, Relaxed) == 0;
                // Long enough that the others have come to wait.
                thread::sleep(Duration::from_millis(50));
                assert!(!is_first, "the original has failed");
                42
            };
            told.send(catch_unwind(AssertUnwindSafe(|| flight.get(21, ask))).ok())
        });
    }
    let answers = [(); 8].map(|()| heard.recv_timeout(PATIENCE).expect("nobody waits for ever"));
    assert_eq!(answers.iter().filter(|answer| answer.is_none()).count(), 1);
    assert!(answers.iter().flatten().all(|&answer| answer == 42));
    // The one that failed, and the one that came after it.
    assert_eq!(asked.load(Relaxed), 2);
}
