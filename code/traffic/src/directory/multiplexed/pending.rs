//! Which lookups wait for which keys on one socket.

use std::collections::HashMap;
use std::io::{self, ErrorKind};

use tokio::sync::oneshot;

use crate::Holder;
use crate::directory::protocol;

/// The keys that have been asked for, and the lookups that wait for them.
#[derive(Debug, Default)]
pub(super) struct Pending {
    keys: HashMap<Box<[u8]>, Waiters>,
    names: HashMap<String, Holder>,
    /// Nothing will be answered any more.
    is_closed: bool,
}

/// The lookups that wait for one key. Any answer for the key serves them all.
#[derive(Debug, Default)]
struct Waiters {
    senders: Vec<oneshot::Sender<Holder>>,
    /// Answers that are still to come, also those of lookups that were cancelled.
    outstanding: usize,
}

impl Pending {
    /// Whether nothing will be answered any more.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Where the answer for a key will arrive, which is asked for once more.
    ///
    /// # Errors
    ///
    /// If nothing will be answered any more.
    pub fn expect(&mut self, key: &[u8]) -> io::Result<oneshot::Receiver<Holder>> {
        if self.is_closed {
            return Err(ErrorKind::NotConnected.into());
        }
        let (sender, receiver) = oneshot::channel();
        let waiters = self.keys.entry(key.into()).or_default();
        waiters.outstanding += 1;
        waiters.senders.push(sender);
        Ok(receiver)
    }

    /// Gives one answer line to all lookups that wait for it.
    ///
    /// # Errors
    ///
    /// If the line is no answer, or to a key that was not asked for.
    pub fn answer(&mut self, line: &[u8]) -> io::Result<()> {
        let garbage = || io::Error::from(ErrorKind::InvalidData);
        let space = memchr::memchr(b' ', line).ok_or_else(garbage)?;
        let key = &line[..space];
        let name = protocol::decode_answer(line, key).ok_or_else(garbage)?;
        let waiters = self.keys.get_mut(key).ok_or_else(garbage)?;
        waiters.outstanding -= 1;
        let senders = std::mem::take(&mut waiters.senders);
        if waiters.outstanding == 0 {
            self.keys.remove(key);
        }
        if !self.names.contains_key(name) {
            self.names.insert(name.to_owned(), Holder::new(name));
        }
        for sender in senders {
            // A lookup that was cancelled has dropped the other end.
            let _ = sender.send(self.names[name].clone());
        }
        Ok(())
    }

    /// Lets all lookups fail, those that wait and those to come.
    pub fn close(&mut self) {
        self.is_closed = true;
        self.keys.clear(); // dropping the senders tells those who wait
    }
}
