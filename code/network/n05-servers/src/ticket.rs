//! What stays while a question travels: the hits of a batch, until their answers come.

use std::io;
use std::time::{Duration, Instant, SystemTime};

use traffic::{Answer, Error, Hit, HitBuf, Line, Malformed, Place, Report};

use crate::channel::Receives;
use crate::job::{Answers, Clients, Job};

// ANCHOR: ticket
/// Parsed lines: what is to be asked, and what is to be counted when the answers are there.
#[derive(Debug, Default)]
pub struct Batch {
    clients: Clients,
    /// One for each client, in their order. The client itself is only there.
    hits: Vec<HitBuf>,
    malformed: Vec<(Place, Malformed)>,
    /// When its first line arrived, if the input has a pace.
    due: Option<Instant>,
}

/// The hits of a batch that is being asked about, and where the answers will come.
#[derive(Debug)]
pub struct Ticket<R> {
    batch: Batch,
    answers: R,
}

impl Batch {
    /// Adds a line.
    pub fn push(&mut self, line: &Line) {
        match Hit::parse(&line.bytes) {
            Ok(hit) => {
                self.due = self.due.or(line.due);
                self.clients.push(hit.client);
                let route = hit.route.to_vec();
                self.hits.push(HitBuf {
                    client: Vec::new(),
                    route,
                    status: hit.status,
                    bytes: hit.bytes,
                    due: line.due,
                });
            }
            Err(why) => self.malformed.push((line.place, why)),
        }
    }

    /// Whether no more should travel together.
    pub fn is_full(&self) -> bool {
        self.clients.is_full()
    }

    /// Takes the batch apart, into the question and what waits for the answers.
    pub fn ask<A, R>(mut self, answers_in: A, answers: R) -> (Job<A>, Ticket<R>) {
        let waited = self.due.map_or(Duration::ZERO, |due| due.elapsed());
        let job = Job {
            clients: std::mem::take(&mut self.clients),
            since: SystemTime::now() - waited,
            answers: answers_in,
        };
        let batch = self;
        (job, Ticket { batch, answers })
    }
}

impl<R: Receives<Answers>> Ticket<R> {
    /// Waits for the answers. That they are all there is looked at here, where the hits are: a channel
    /// that ends is no answer, however well it ends.
    ///
    /// # Errors
    ///
    /// If the answers are lost, some or all.
    pub async fn answered(mut self) -> Result<(Batch, Vec<Answer>), Error> {
        let lost = |why: String| Error::System {
            what: "the answers to a batch are lost",
            source: io::Error::other(why),
        };
        let hits = self.batch.hits.len();
        match self.answers.receive().await {
            Ok(Some(Answers { answers, .. })) if answers.len() == hits => Ok((self.batch, answers)),
            Ok(Some(Answers { answers, .. })) => {
                let got = answers.len();
                Err(lost(format!("{got} answers came to {hits} questions")))
            }
            Ok(None) => Err(lost("their channel ended without them".into())),
            Err(err) => Err(lost(err.to_string())),
        }
    }
}
// ANCHOR_END: ticket

impl Batch {
    /// How many lines it has.
    pub fn lines(&self) -> usize {
        self.hits.len() + self.malformed.len()
    }

    /// Counts the lines with their answers.
    pub fn count(&self, answers: &[Answer], report: &mut Report) {
        for (hit, answer) in self.hits.iter().zip(answers) {
            report.count(answer, &hit.as_hit());
        }
        for &(place, why) in &self.malformed {
            report.malformed_at(place, why);
        }
    }
}
