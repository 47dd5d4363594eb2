//! Memory that several tasks share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, OnceLock, RwLock};
use std::thread;

pub fn mutex() -> String {
    // ANCHOR: mutex
    let total = Mutex::new(0); // what it guards is in it
    thread::scope(|scope| {
        for amount in 1..=4 {
            let total = &total;
            scope.spawn(move || *total.lock().expect("no panic") += amount);
        }
    });
    let total = total.into_inner().expect("no panic");
    // ANCHOR_END: mutex
    total.to_string()
}

pub fn rw_mutex() -> String {
    // ANCHOR: rw-mutex
    let table = RwLock::new(HashMap::from([("a", 1)]));
    table.write().expect("no panic").insert("b", 2);
    let table = table.read().expect("no panic"); // with other readers
    let sum = table["a"] + table["b"];
    // ANCHOR_END: rw-mutex
    sum.to_string()
}

pub fn once() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let make = || MADE.fetch_add(1, Relaxed) + 1;
    // ANCHOR: once
    let value = OnceLock::new();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| value.get_or_init(make)); // the others wait for the first
        }
    });
    // ANCHOR_END: once
    format!("made {} time", value.get().copied().unwrap_or(0))
}

pub fn atomic() -> String {
    // ANCHOR: atomic
    let count = AtomicU32::new(0);
    count.fetch_add(5, Relaxed);
    let swapped = count.compare_exchange(5, 8, Relaxed, Relaxed).is_ok();
    // ANCHOR_END: atomic
    format!("{}, swapped: {swapped}", count.load(Relaxed))
}

pub fn sync_map() -> String {
    // ANCHOR: sync-map
    // The standard library has none; this is one lock for all keys.
    let ages = RwLock::new(HashMap::new());
    ages.write().expect("no panic").insert("ada", 36);
    let mut all = ages.write().expect("no panic"); // look and insert under one lock
    let loaded = all.contains_key("ada");
    let age = *all.entry("ada").or_insert(99);
    // ANCHOR_END: sync-map
    format!("{age}, loaded: {loaded}")
}

pub fn pool() -> String {
    // ANCHOR: pool
    // The standard library has none: a stack of what is not in use will do.
    let unused: Mutex<Vec<Vec<u8>>> = Mutex::default();
    let mut buffer = unused.lock().expect("no panic").pop().unwrap_or_default();
    buffer.extend(b"hello");
    let length = buffer.len();
    buffer.clear(); // its memory stays
    unused.lock().expect("no panic").push(buffer);
    // ANCHOR_END: pool
    length.to_string()
}

pub fn cond() -> String {
    // ANCHOR: cond
    let (ready, changed) = (Mutex::new(false), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            *ready.lock().expect("no panic") = true;
            changed.notify_all();
        });
        let ready = ready.lock().expect("no panic");
        // Lets the lock go while it waits, and has it again here.
        drop(changed.wait_while(ready, |ready| !*ready));
    });
    // ANCHOR_END: cond
    "ready".to_owned()
}
