//! A cache in front of a directory that may fail.

use std::collections::HashMap;

/// So many lines of a client are let by after a question that failed, before the next one.
pub const PAUSE_LINES: u32 = 10;

/// What the directory says of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// It has this holder.
    Known(u32),
    /// It has none.
    Unknown,
}

/// The directory has not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// What was heard of each client.
#[derive(Debug, Default)]
pub struct Cache {
    answers: HashMap<u32, Holder>,
    /// How many lines to let by without a question, for each client whose last question failed.
    pauses: HashMap<u32, u32>,
}

impl Cache {
    /// Nothing was heard yet.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// What is known of the client of one line, for which the directory is asked if it makes sense.
    ///
    /// # Errors
    ///
    /// If the directory does not answer, or did not a few lines ago: the line is counted as unresolved.
    pub fn get(
        &mut self,
        client: u32,
        ask: impl FnOnce(u32) -> Result<Holder, Failed>,
    ) -> Result<Holder, Failed> {
        if let Some(holder) = self.answers.get(&client) {
            return Ok(*holder);
        }
        if let Some(left @ 1..) = self.pauses.get_mut(&client) {
            *left -= 1;
            if *left > 0 {
                return Err(Failed);
            }
        }
        let answer = ask(client);
        match answer {
            Ok(holder) => self.answers.insert(client, holder).map(|_| ()),
            Err(Failed) => self.pauses.insert(client, PAUSE_LINES).map(|_| ()),
        };
        answer
    }
}
