//! A connection for many tasks that gathers their questions and asks them together.
//!
//! To a task it looks as the connection below it does: it asks for a client and waits for the answer.

use traffic::{Answer, Unresolved};

use crate::batch::{Journey, Limits, gather};
use crate::sync::{MultiplexedConnection, mpsc, oneshot, spawn};

/// A client to ask for, and where its answer goes.
type Question = (Vec<u8>, oneshot::Sender<Answer>);

/// A connection that asks in bulk; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Bulk(mpsc::UnboundedSender<Question>);

// ANCHOR: bulk
impl Bulk {
    /// Gathers questions for this connection.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub fn over(connection: MultiplexedConnection, limits: Limits) -> Bulk {
        let (questions_in, questions) = mpsc::unbounded_channel();
        spawn(gather(questions, limits, move |batch, journey| {
            spawn(ask(connection.clone(), batch, journey));
        }));
        Bulk(questions_in)
    }

    /// Asks who holds a client's address, together with whatever else is asked.
    pub async fn lookup(&self, client: &[u8]) -> Answer {
        let (answer_in, answer) = oneshot::channel();
        let _ = self.0.send((client.to_vec(), answer_in));
        // Without an answer the batch's task has panicked.
        answer.await.unwrap_or(Err(Unresolved))
    }
}

/// One journey for many questions.
async fn ask(connection: MultiplexedConnection, batch: Vec<Question>, _journey: Journey) {
    let (clients, answers_in): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let clients: Vec<&[u8]> = clients.iter().map(Vec::as_slice).collect();
    let answers = connection.lookup_many(&clients).await;
    for (answer_in, answer) in answers_in.into_iter().zip(answers) {
        let _ = answer_in.send(answer);
    }
}
// ANCHOR_END: bulk
