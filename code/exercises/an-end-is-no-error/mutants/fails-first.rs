//! A stage that puts items into batches, wherever its input and its output are.

use std::mem::take;

/// Items in a batch, at most.
pub const SIZE: usize = 3;

/// The connection was lost: what was still to come is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// The receiver takes nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// Where items come from.
pub trait Receive {
    /// The next item, or none at the end.
    ///
    /// # Errors
    ///
    /// If the connection was lost.
    fn receive(&mut self) -> Result<Option<u32>, Lost>;
}

/// Where batches go.
pub trait Send {
    /// Sends a batch.
    ///
    /// # Errors
    ///
    /// If the receiver takes nothing any more.
    fn send(&mut self, batch: Vec<u32>) -> Result<(), Closed>;

    /// All was sent.
    fn end(&mut self);

    /// No more can be sent, for this reason.
    fn fail(&mut self, error: Lost);
}

/// The stage: items in, batches out, in their order.
pub fn batches(input: &mut dyn Receive, output: &mut dyn Send) {
    let mut batch = Vec::new();
    let ending = loop {
        match input.receive() {
            Ok(Some(item)) => batch.push(item),
            Ok(None) => break Ok(()),
            Err(lost) => {
                output.fail(lost);
                break Err(lost);
            }
        }
        if batch.len() == SIZE && output.send(take(&mut batch)).is_err() {
            return;
        }
    };
    // What came before is passed on, however it ends.
    if !batch.is_empty() && output.send(batch).is_err() {
        return;
    }
    match ending {
        Ok(()) => output.end(),
        Err(_) => {}
    }
}
