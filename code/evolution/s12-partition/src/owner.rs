//! One worker and all that it owns: the answers for its clients, their open questions, and its counts.
//!
//! No other worker touches any of it, so there is no lock. That a client is asked for once is a look into a
//! map of the worker's own here, where it took a single flight among threads.
//!
//! Everything is bounded, and no wait closes a circle: the reader waits for a worker to take lines, a
//! worker waits for lines and answers at once, and an answer never waits, because for each journey that
//! a worker has under way there is a place in the channel that its answers return by.

use std::collections::HashMap;
use std::mem;
use std::time::Instant;

use traffic::{Answer, Hit, HitBuf, Line, Report, Stage, Unresolved};

use crate::cache::Cache;
use crate::sync::{Receiver, never, select};

// ANCHOR: owner
/// What bounds a worker.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many answers are remembered.
    pub answers: usize,
    /// How many hits may wait for answers; and a batch of lines more, since none is cut.
    pub waiting: usize,
    /// How many questions leave together, unless nothing is under way; at least one.
    pub batch: usize,
    /// How many journeys may be under way: as many as there are places for their answers.
    pub journeys: usize,
}

/// A client to ask for, and since when the first of its hits has waited.
pub type Question = (Vec<u8>, Instant);

/// Clients with what the directory said: all questions of one journey.
pub type Answered = Vec<(Vec<u8>, Answer)>;

/// A worker's own part of the world.
#[derive(Debug)]
pub struct Owner {
    /// What is known: holders only, as answers, so that to count one nothing is copied.
    known: Cache<Answer>,
    /// Hits that wait, by the client that was asked for or will be.
    pending: HashMap<Vec<u8>, Vec<HitBuf>>,
    /// How many hits those are.
    waiting: usize,
    /// Those of the pending clients that were not asked for yet.
    questions: Vec<Question>,
    /// How many answers are under way.
    journeys: usize,
    limits: Limits,
    report: Report,
}

impl Owner {
    /// A worker that knows nothing yet.
    pub fn new(limits: Limits) -> Owner {
        Owner {
            known: Cache::new(limits.answers),
            pending: HashMap::new(),
            waiting: 0,
            questions: Vec::new(),
            journeys: 0,
            limits,
            report: Report::new(),
        }
    }

    /// Counts lines until there are no more and nothing is waited for. `ask` sends questions on their
    /// journey and does not wait.
    pub fn work(
        mut self,
        stage: &Stage,
        lines: &Receiver<Vec<Line>>,
        answers: &Receiver<Answered>,
        mut ask: impl FnMut(Vec<Question>),
    ) -> Report {
        let (nothing, mut more) = (never(), true);
        while more || self.waiting > 0 {
            // While too many hits wait no line is taken. Answers always are.
            let takes = more && self.waiting < self.limits.waiting;
            let more_lines = if takes { lines } else { &nothing };
            select! {
                recv(more_lines) -> batch => match batch {
                    Ok(batch) => {
                        stage.queue(lines.len(), lines.capacity());
                        stage.busy_batch(|| (batch.len(), self.sort(&batch)));
                    }
                    Err(_) => more = false,
                },
                recv(answers) -> answered => match answered {
                    Ok(answered) => {
                        stage.queue(lines.len(), lines.capacity());
                        stage.busy_batch(|| (0, self.land(answered)));
                    }
                    // The task that asks for us is gone: it panicked, and the scope will say so.
                    Err(_) => break,
                },
            }
            if self.is_time_to_ask() {
                self.journeys += 1;
                ask(mem::take(&mut self.questions));
            }
        }
        self.report
    }

    /// Counts what is known, and lets wait what is not.
    fn sort(&mut self, batch: &[Line]) {
        for line in batch {
            match Hit::parse(&line.bytes) {
                Ok(hit) => match self.known.get(hit.client) {
                    Some(answer) => self.report.count(answer, &hit),
                    None => self.wait(hit.to_buf(line.due)),
                },
                Err(why) => self.report.malformed(line, why),
            }
        }
    }

    /// Single flight: a line that finds its client pending waits with the others.
    fn wait(&mut self, hit: HitBuf) {
        self.waiting += 1;
        if let Some(hits) = self.pending.get_mut(&hit.client) {
            return hits.push(hit);
        }
        let since = hit.due.unwrap_or_else(Instant::now);
        self.questions.push((hit.client.clone(), since));
        self.pending.insert(hit.client.clone(), vec![hit]);
    }

    /// Nagle's rule: at once if nothing is under way, and else when there is a batch.
    fn is_time_to_ask(&self) -> bool {
        let is_batch =
            self.questions.len() >= self.limits.batch && self.journeys < self.limits.journeys;
        !self.questions.is_empty() && (self.journeys == 0 || is_batch)
    }

    /// Counts the hits that waited for these answers.
    fn land(&mut self, answered: Answered) {
        self.journeys -= 1;
        for (client, answer) in answered {
            let hits = self.pending.remove(&client).unwrap_or_default();
            self.waiting -= hits.len();
            for hit in hits {
                self.report.count(&answer, &hit.as_hit());
            }
            if answer != Err(Unresolved) {
                self.known.insert(&client, answer);
            }
        }
    }
}
// ANCHOR_END: owner
