//! The contract, and the nearest of those who fulfil it.

use std::borrow::Cow;
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

// ANCHOR: contract
/// Who holds an address: a name that is part of the program, or one that came over a wire.
pub type Holder = Cow<'static, str>;

/// A service that knows who holds which address.
pub trait Directory {
    /// Who holds the client's address. That there is none is an answer, `unknown`, and no error.
    ///
    /// # Errors
    ///
    /// There was no answer, and why.
    fn holder(&mut self, client: Ipv4Addr) -> Result<Holder, Unresolved>;
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// It did not come in time. What was asked for may have been done all the same.
    Late,
    /// The other side is gone and cannot answer.
    Gone,
    /// What came is not an answer to this question.
    Garbled,
}
// ANCHOR_END: contract

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unresolved::Late => "late",
            Unresolved::Gone => "gone",
            Unresolved::Garbled => "garbled",
        })
    }
}

impl std::error::Error for Unresolved {}

/// The first number of an address, and who holds all addresses that begin with it: five rows of the
/// registry of the IPv4 address space, as IANA publishes it.
const ROWS: [(u8, &str); 5] = [
    (1, "APNIC"),
    (12, "AT&T Bell Laboratories"),
    (17, "Apple Computer Inc."),
    (19, "Ford Motor Company"),
    (53, "Daimler AG"),
];

// ANCHOR: table
/// A directory in our own memory: a place for each first number of an address.
#[derive(Clone, Debug)]
pub struct Table([&'static str; 256]);

impl Directory for Table {
    fn holder(&mut self, client: Ipv4Addr) -> Result<Holder, Unresolved> {
        let [first, ..] = client.octets();
        Ok(Holder::Borrowed(self.0[usize::from(first)]))
    }
}
// ANCHOR_END: table

impl Table {
    /// The table of the five rows above; every other address is `unknown`.
    pub fn new() -> Table {
        let mut holders = ["unknown"; 256];
        for (first, name) in ROWS {
            holders[usize::from(first)] = name;
        }
        Table(holders)
    }
}

impl Default for Table {
    fn default() -> Table {
        Table::new()
    }
}

// ANCHOR: lock
/// A directory that several threads share: who wants to ask takes the lock.
#[derive(Clone, Debug)]
pub struct Locked<D>(pub Arc<Mutex<D>>);

impl<D: Directory> Directory for Locked<D> {
    fn holder(&mut self, client: Ipv4Addr) -> Result<Holder, Unresolved> {
        // A lock is poisoned when a thread panicked while holding it: the local way of being gone.
        let mut directory = self.0.lock().map_err(|_| Unresolved::Gone)?;
        directory.holder(client)
    }
}
// ANCHOR_END: lock
