//! A directory that lives: a task or a thread with a mailbox.
//!
//! A question is a letter with an envelope for the answer in it, a channel that is used once. It is
//! the oldest form of a call without a shared stack, and an actor's.

use std::io;
use std::net::Ipv4Addr;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};

use crate::directory::{Directory, Holder, Unresolved};

/// How many letters wait in a mailbox at most. The asker waits for the answer, so one would do.
const LETTERS_MAX: usize = 16;

/// What comes back.
type Answer = Result<Holder, Unresolved>;

// ANCHOR: task
/// A directory in a task: it runs on our own thread, whenever we wait.
pub struct Task {
    runtime: Runtime,
    mailbox: mpsc::Sender<(Ipv4Addr, oneshot::Sender<Answer>)>,
}

impl Task {
    /// Starts the task, and the runtime that it lives in.
    ///
    /// # Errors
    ///
    /// The system refuses what a runtime needs.
    pub fn start(mut directory: impl Directory + Send + 'static) -> io::Result<Task> {
        let runtime = Builder::new_current_thread().build()?;
        let (mailbox, mut letters) =
            mpsc::channel::<(Ipv4Addr, oneshot::Sender<Answer>)>(LETTERS_MAX);
        runtime.spawn(async move {
            while let Some((client, envelope)) = letters.recv().await {
                // The asker may have stopped waiting.
                let _ = envelope.send(directory.holder(client));
            }
        });
        Ok(Task { runtime, mailbox })
    }
}

impl Directory for Task {
    fn holder(&mut self, client: Ipv4Addr) -> Answer {
        let (envelope, answer) = oneshot::channel();
        self.runtime.block_on(async {
            let sent = self.mailbox.send((client, envelope)).await;
            sent.map_err(|_| Unresolved::Gone)?;
            answer.await.map_err(|_| Unresolved::Gone)?
        })
    }
}
// ANCHOR_END: task

// ANCHOR: thread
/// A directory in a thread: the operating system has to wake it, and then us.
pub struct Thread {
    mailbox: Sender<(Ipv4Addr, Sender<Answer>)>,
    patience: Duration,
}

impl Thread {
    /// Starts the thread, which ends when the mailbox is dropped.
    pub fn start(mut directory: impl Directory + Send + 'static, patience: Duration) -> Thread {
        let (mailbox, letters) = bounded::<(Ipv4Addr, Sender<Answer>)>(LETTERS_MAX);
        thread::spawn(move || {
            for (client, envelope) in letters {
                // The asker may have stopped waiting.
                let _ = envelope.send(directory.holder(client));
            }
        });
        Thread { mailbox, patience }
    }
}

impl Directory for Thread {
    fn holder(&mut self, client: Ipv4Addr) -> Answer {
        let (envelope, answer) = bounded(1);
        let sent = self.mailbox.send((client, envelope));
        sent.map_err(|_| Unresolved::Gone)?;
        match answer.recv_timeout(self.patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(Unresolved::Late),
            Err(RecvTimeoutError::Disconnected) => Err(Unresolved::Gone),
        }
    }
}
// ANCHOR_END: thread
