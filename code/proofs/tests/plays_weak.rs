//! The letter in the store buffer on real code: loom returns from a load whatever the memory model allows.

use loom::model;
use loom::sync::Arc;
use loom::thread;
use proofs::weak as sync;
use sync::AtomicU64;

#[path = "../../play/src/store_buffer/broken.rs"]
mod broken;
#[path = "../../play/src/store_buffer/repaired.rs"]
mod repaired;

type Write = fn(&AtomicU64, &AtomicU64);
type Read = fn(&AtomicU64, &AtomicU64) -> Option<u64>;

fn a_flag(write: Write, read: Read) {
    model(move || {
        let shared = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let theirs = Arc::clone(&shared);
        let writer = thread::spawn(move || write(&theirs.0, &theirs.1));
        let seen = read(&shared.0, &shared.1);
        writer.join().unwrap();
        assert_ne!(seen, Some(0), "the flag has overtaken the value");
    });
}

#[test]
#[should_panic(expected = "the flag has overtaken the value")]
fn without_an_order_the_flag_overtakes_the_value() {
    a_flag(broken::write, broken::read);
}

#[test]
fn behind_a_release_it_does_not() {
    a_flag(repaired::write, repaired::read);
}
