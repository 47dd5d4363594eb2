//! Every rung keeps the contract, and so does every way of failing.

use std::io::Write;
use std::net::Ipv4Addr;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use traits_are_rpc::directory::Locked;
use traits_are_rpc::ladder::{Distances, Rung, climb};
use traits_are_rpc::mailbox::{Task, Thread};
use traits_are_rpc::server::{connect, listen};
use traits_are_rpc::visits::{Counter, again};
use traits_are_rpc::wire::Stub;
use traits_are_rpc::{Directory, Holder, Table, Unresolved};

const APPLE: Ipv4Addr = Ipv4Addr::new(17, 0, 0, 1);
const STRANGER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn every_rung_gives_the_same_answers() {
    let near = Distances {
        region: Duration::from_micros(10),
        country: Duration::from_micros(20),
    };
    for rung in Rung::ALL {
        let mut directory = rung.open(near).unwrap();
        for (client, holder) in [(APPLE, "Apple Computer Inc."), (STRANGER, "unknown")] {
            let (answer, _) = climb(rung, &mut *directory, client, 3).unwrap();
            assert_eq!(&*answer, holder, "{rung:?}");
        }
    }
}

#[test]
fn an_answer_that_comes_too_late_is_no_answer_and_never_another_questions() {
    let address = listen(Duration::from_secs(1)).unwrap();
    let mut stub = connect(address, Duration::from_millis(20)).unwrap();
    assert_eq!(stub.holder(APPLE), Err(Unresolved::Late));
    // The late answer may arrive now. It is not read.
    assert_eq!(stub.holder(STRANGER), Err(Unresolved::Gone));
}

#[test]
fn who_has_hung_up_is_gone() {
    let (ours, theirs) = UnixStream::pair().unwrap();
    drop(theirs);
    assert_eq!(Stub::new(ours).holder(APPLE), Err(Unresolved::Gone));
}

#[test]
fn what_is_no_answer_to_the_question_is_garbled() {
    let long = "x".repeat(10_000) + "\n";
    for said in [
        "220 mail.example ready\n",
        "17.0.0.2 Apple\n",
        "cut of",
        long.as_str(),
    ] {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        ours.set_read_timeout(Some(PATIENCE)).unwrap();
        theirs.write_all(said.as_bytes()).unwrap();
        // No more will come, and the question can still be written.
        theirs.shutdown(std::net::Shutdown::Write).unwrap();
        let answer = Stub::new(ours).holder(APPLE);
        assert_eq!(answer, Err(Unresolved::Garbled), "{said:.20}");
    }
}

/// A directory that panics when it is asked.
#[derive(Clone, Debug)]
struct Broken;

impl Directory for Broken {
    fn holder(&mut self, _: Ipv4Addr) -> Result<Holder, Unresolved> {
        panic!("asked")
    }
}

#[test]
fn a_thread_that_panicked_gives_no_answer_and_a_lock_is_gone() {
    let mut mailbox = Thread::start(Broken, Duration::from_millis(200));
    for _ in 0..3 {
        // A letter that comes while the thread is dying lies in the mailbox, and only time tells.
        let heard = mailbox.holder(APPLE);
        assert!(
            matches!(heard, Err(Unresolved::Gone | Unresolved::Late)),
            "{heard:?}"
        );
    }
    let shared = Locked(Arc::new(Mutex::new(Broken)));
    let mut theirs = shared.clone();
    thread::spawn(move || theirs.holder(APPLE))
        .join()
        .unwrap_err();
    assert_eq!(shared.clone().holder(APPLE), Err(Unresolved::Gone));
}

#[test]
fn a_task_that_panicked_is_gone() {
    let mut task = Task::start(Broken).unwrap();
    assert_eq!(task.holder(APPLE), Err(Unresolved::Gone));
    assert_eq!(task.holder(APPLE), Err(Unresolved::Gone));
}

#[test]
fn a_call_with_a_number_is_done_once() {
    for loses in 0..3 {
        let mut plain = Counter::that_loses(loses);
        assert!(again(3, || plain.visit(None)).is_ok());
        assert_eq!(plain.visits, u64::from(loses) + 1);
        let mut numbered = Counter::that_loses(loses);
        assert_eq!(again(3, || numbered.visit(Some(7))), Ok(1));
        assert_eq!(numbered.visits, 1);
    }
}

#[test]
fn when_all_answers_are_lost_nobody_knows_what_was_done() {
    let mut counter = Counter::that_loses(3);
    assert_eq!(again(3, || counter.visit(Some(7))), Err(Unresolved::Late));
    assert_eq!(counter.visits, 1);
}

#[test]
fn the_table_is_a_directory() {
    assert_eq!(&*Table::new().holder(APPLE).unwrap(), "Apple Computer Inc.");
}
