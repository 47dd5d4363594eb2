//! A mapped file that another program cuts off while it is looked at.
//!
//! Pages behind the new end cannot be shown, and looking at one is the signal `SIGBUS`, which ends the process
//! without a report. Two ways around it cost more. To ask for the file's length before each chunk leaves the
//! time in which the chunk is worked on, which is nearly all the time. To read chunks into buffers (`pread`)
//! copies each byte once more, and that is what the mapping is there to avoid.
//!
//! So a handler answers the signal as libwayland does for the memory that its clients share: pages of zeros take
//! the place of those that are gone, from the one that was looked at to the end of the map, and the program goes
//! on. It notices at the end: zeros hold no newline, so a line that has none asks here.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering::SeqCst};
use std::sync::{Once, OnceLock};

use libc::{c_int, c_void, sigaction, siginfo_t};

/// A map that the handler knows, until it is dropped.
#[derive(Debug)]
pub(super) struct Guard(&'static Entry);

/// One map of the list that the handler looks into.
///
/// A handler may neither lock nor allocate, so entries are never freed: one that is not in use has no
/// addresses, and is taken by the next guard.
#[derive(Debug)]
struct Entry {
    is_used: AtomicBool,
    /// The map's first address, and the one behind its last page.
    start: AtomicUsize,
    end: AtomicUsize,
    is_cut: AtomicBool,
    next: AtomicPtr<Entry>,
}

static FIRST: AtomicPtr<Entry> = AtomicPtr::new(null_mut());

/// What a page is, in bytes; asked before there is a handler.
static PAGE_BYTES: AtomicUsize = AtomicUsize::new(0);

/// What was done about the signal before: std's own handler, which tells of a stack that has overflowed.
static BEFORE: OnceLock<sigaction> = OnceLock::new();

impl Guard {
    /// Watches over a map. It has to be dropped before the map is.
    pub fn over(map: &[u8]) -> Guard {
        static HANDLER: Once = Once::new();
        HANDLER.call_once(install);
        let entry = entries()
            .find(|entry| !entry.is_used.swap(true, SeqCst))
            .unwrap_or_else(add_entry);
        entry.is_cut.store(false, SeqCst);
        let start = map.as_ptr() as usize;
        let pages_end = (start + map.len()).next_multiple_of(PAGE_BYTES.load(SeqCst));
        // Until it has an end it has no addresses.
        entry.start.store(start, SeqCst);
        entry.end.store(pages_end, SeqCst);
        Guard(entry)
    }

    /// Whether pages of the map were gone when they were looked at.
    pub fn is_cut(&self) -> bool {
        self.0.is_cut.load(SeqCst)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.end.store(0, SeqCst);
        self.0.is_used.store(false, SeqCst);
    }
}

fn add_entry() -> &'static Entry {
    let entry = Box::leak(Box::new(Entry {
        is_used: AtomicBool::new(true),
        start: AtomicUsize::new(0),
        end: AtomicUsize::new(0),
        is_cut: AtomicBool::new(false),
        next: AtomicPtr::new(null_mut()),
    }));
    let mut next = FIRST.load(SeqCst);
    loop {
        entry.next.store(next, SeqCst);
        match FIRST.compare_exchange(next, entry, SeqCst, SeqCst) {
            Ok(_) => return entry,
            Err(newer) => next = newer,
        }
    }
}

#[expect(
    unsafe_code,
    reason = "a list that a signal handler can walk is made of raw pointers"
)]
fn entries() -> impl Iterator<Item = &'static Entry> {
    // SAFETY: what the list points at was leaked by `add_entry`, and is changed through atomics alone.
    let at = |entry: &AtomicPtr<Entry>| unsafe { entry.load(SeqCst).as_ref::<'static>() };
    std::iter::successors(at(&FIRST), move |entry| at(&entry.next))
}

#[expect(
    unsafe_code,
    reason = "neither std nor a crate of ours lets one answer this signal"
)]
fn install() {
    // SAFETY: the structures are plain and filled in before they are used. The handler keeps to what POSIX lets
    // a handler do (see there), on the stack that std gives each thread for handlers.
    unsafe {
        let page_bytes = libc::sysconf(libc::_SC_PAGESIZE);
        PAGE_BYTES.store(usize::try_from(page_bytes).unwrap_or(4096), SeqCst);
        let mut before: sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGBUS, std::ptr::null(), &raw mut before);
        let _ = BEFORE.set(before);
        let mut action: sigaction = std::mem::zeroed();
        action.sa_sigaction = answer as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGBUS, &raw const action, null_mut());
    }
}

/// Puts zeros where a guarded map has nothing to show. Any other address is left to the handler before us.
#[expect(
    unsafe_code,
    reason = "a handler is called by the system, and puts pages in place"
)]
extern "C" fn answer(signal: c_int, info: *mut siginfo_t, _: *mut c_void) {
    // SAFETY: the system passes valid information. Nothing here locks or allocates: atomics, and two system
    // calls. The pages that are replaced belong to a map that a thread is looking at, so it is there, and its
    // guard with it; they are read-only for everybody, and have been lost already.
    unsafe {
        let address = (*info).si_addr() as usize;
        let page = address - address % PAGE_BYTES.load(SeqCst);
        let is_there =
            |entry: &&Entry| (entry.start.load(SeqCst)..entry.end.load(SeqCst)).contains(&address);
        if let Some(entry) = entries().find(is_there) {
            let zeros = libc::mmap(
                page as *mut c_void,
                entry.end.load(SeqCst) - page,
                libc::PROT_READ,
                libc::MAP_PRIVATE | libc::MAP_ANON | libc::MAP_FIXED,
                -1,
                0,
            );
            if zeros != libc::MAP_FAILED {
                entry.is_cut.store(true, SeqCst);
                return;
            }
        }
        // The instruction is tried again, and then it is theirs.
        if let Some(before) = BEFORE.get() {
            libc::sigaction(signal, before, null_mut());
        }
    }
}
