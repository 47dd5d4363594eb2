//! Replicas: a version is seen whole, never one that is older than before, and the newest in the end.

use std::sync::atomic::Ordering::{Relaxed, Release};

use loom::cell::UnsafeCell;
use loom::model;
use loom::sync::Arc;
use loom::sync::atomic::AtomicU64;
use loom::thread;
use proofs::weak as sync;

#[path = "../../evolution/s13-replicate/src/replica.rs"]
mod replica;

use replica::Published;

/// Versions that are published while the readers run.
const VERSIONS: u64 = 2;

/// What a table is to the model: a plain variable. Loom fails if it is read by one thread and was
/// written by another, and nothing orders the two.
struct Table(UnsafeCell<u64>);

impl Table {
    fn version(version: u64) -> Table {
        let table = Table(UnsafeCell::new(0));
        #[expect(unsafe_code, reason = "the checker looks at each access")]
        // SAFETY: no other thread has the table yet.
        table.0.with_mut(|content| unsafe { *content = version });
        table
    }

    fn read(&self) -> u64 {
        #[expect(unsafe_code, reason = "the checker looks at each access")]
        // SAFETY: after it was made no thread writes to it; that this is after, is what is checked.
        self.0.with(|content| unsafe { *content })
    }
}

/// Publishes while a reader looks again and again.
#[test]
fn a_reader_sees_whole_versions_and_goes_forward_only() {
    model(|| {
        let published = Arc::new(Published::new());
        let theirs = Arc::clone(&published);
        let publisher = thread::spawn(move || {
            for version in 1..=VERSIONS {
                theirs.publish(Table::version(version));
            }
        });
        let mut replica = published.replica();
        let mut last = 0;
        for _ in 0..3 {
            let version = replica.newest().map_or(0, Table::read);
            assert!(version >= last, "{version} after {last}");
            last = version;
        }
        publisher.join().unwrap();
        // A thread that knows that a version is out sees it: here the join says so.
        assert_eq!(replica.newest().map(Table::read), Some(VERSIONS));
    });
}

/// The last owner of an old version is the publisher or the reader, whichever is later.
#[test]
fn old_versions_are_given_back_when_the_last_owner_moves_on() {
    // Loom fails if at the end an owner counts as alive.
    model(|| {
        let published = Arc::new(Published::new());
        published.publish(Table::version(1));
        let theirs = Arc::clone(&published);
        let reader = thread::spawn(move || {
            let mut replica = theirs.replica();
            let first = replica.newest().map_or(0, Table::read);
            let second = replica.newest().map_or(0, Table::read);
            assert!(first >= 1 && second >= first, "{second} after {first}");
        });
        published.publish(Table::version(2));
        reader.join().unwrap();
    });
}

/// A version that is learned of by other means, here from another reader, is seen as well.
#[test]
fn what_one_reader_has_seen_the_next_sees() {
    model(|| {
        let published = Arc::new(Published::new());
        let theirs = Arc::clone(&published);
        let publisher = thread::spawn(move || theirs.publish(Table::version(1)));
        let seen = published.replica().newest().map_or(0, Table::read);
        let theirs = Arc::clone(&published);
        let told = thread::spawn(move || {
            let version = theirs.replica().newest().map_or(0, Table::read);
            assert!(version >= seen, "{version} after {seen}");
        });
        told.join().unwrap();
        publisher.join().unwrap();
    });
}

/// A model of what the file does without: a number alone, and no lock that orders what was written.
fn publish_by_number_alone(ordering: std::sync::atomic::Ordering) {
    model(move || {
        let shared = Arc::new((AtomicU64::new(0), Table(UnsafeCell::new(0))));
        let theirs = Arc::clone(&shared);
        let publisher = thread::spawn(move || {
            #[expect(unsafe_code, reason = "the checker looks at each access")]
            // SAFETY: no thread reads before the number says so; whether that holds, is what is asked.
            theirs.1.0.with_mut(|content| unsafe { *content = 1 });
            theirs.0.store(1, ordering);
        });
        if shared.0.load(std::sync::atomic::Ordering::Acquire) == 1 {
            assert_eq!(shared.1.read(), 1);
        }
        publisher.join().unwrap();
    });
}

/// So it would need `Release` ...
#[test]
fn without_the_lock_release_is_enough() {
    publish_by_number_alone(Release);
}

/// ... and the checker would tell if it had `Relaxed`.
#[test]
#[should_panic(expected = "Causality violation")]
fn without_the_lock_relaxed_is_not() {
    publish_by_number_alone(Relaxed);
}
