//! Where messages wait for a node, and the address that they are sent to.
//!
//! It is a bounded channel of tokio's, because that has both ways of waiting: to block a thread, and to
//! give it to another task. What channels are is the next chapter.

use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};

use crate::message::Message;

/// Messages that wait in a mailbox at most: a sender of more waits with them.
const CAPACITY: usize = 16;

/// The end that is given away.
#[derive(Debug)]
pub struct Address(mpsc::Sender<Message>);

/// The end that a node reads.
#[derive(Debug)]
pub(crate) struct Mailbox(mpsc::Receiver<Message>);

impl Address {
    /// Puts a message into the mailbox, and waits for room; false if its node no longer reads it.
    pub fn send(&self, message: Message) -> bool {
        self.0.blocking_send(message).is_ok()
    }

    /// Asks what the node has counted; nothing if it dies before it has answered.
    pub fn ask(&self) -> Option<u64> {
        let (answer, answered) = oneshot::channel();
        self.send(Message::Read(answer));
        answered.blocking_recv().ok()
    }
}

impl Mailbox {
    pub(crate) fn new() -> (Address, Mailbox) {
        let (address, mailbox) = mpsc::channel(CAPACITY);
        (Address(address), Mailbox(mailbox))
    }

    /// The next message; none when the last address is gone. Blocks the thread.
    pub(crate) fn wait(&mut self) -> Option<Message> {
        self.0.blocking_recv()
    }

    /// The same for a task.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        self.0.recv().await
    }
}

impl Drop for Mailbox {
    /// A question in a dead node's mailbox must go with it, or the asker would wait for ever.
    ///
    /// tokio drops what is in a channel when its reader goes, but not a message whose sender had got its
    /// place just before and puts it there just after. A closed channel counts those, so we wait for them.
    fn drop(&mut self) {
        self.0.close();
        while !matches!(self.0.try_recv(), Err(TryRecvError::Disconnected)) {
            std::hint::spin_loop();
        }
    }
}
