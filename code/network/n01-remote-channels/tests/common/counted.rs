//! How many bytes this process has allocated, now and at most: for the tests that have a process to themselves.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, which counts: `#[global_allocator] static BYTES: Counted = Counted::new();`.
#[derive(Debug)]
pub struct Counted {
    live: AtomicUsize,
    most: AtomicUsize,
}

impl Counted {
    pub const fn new() -> Counted {
        Counted {
            live: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        }
    }

    /// Bytes now; the most is counted from here.
    pub fn begin(&self) -> usize {
        let live = self.live.load(Relaxed);
        self.most.store(live, Relaxed);
        live
    }

    /// The most bytes at a time since then.
    pub fn most(&self) -> usize {
        self.most.load(Relaxed)
    }

    fn add(&self, bytes: usize) {
        let live = self.live.fetch_add(bytes, Relaxed) + bytes;
        self.most.fetch_max(live, Relaxed);
    }
}

#[expect(unsafe_code, reason = "that is how allocators are written")]
// SAFETY: all of it is the system's; beside it, two numbers change.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: as our caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        self.live.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as our caller promises.
        unsafe { System.dealloc(memory, layout) }
    }
}
