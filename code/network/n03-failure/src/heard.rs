//! What the coordinator does with what it hears of a worker.

use tokio::time::Instant;
use traffic::{Error, Report};

use crate::coordinator::{Coordinator, Stages};
use crate::ledger::{Past, Verdict, Worker};
use crate::member::Standing;
use crate::peer::Event;
use crate::ranges::Lease;
use crate::work::{Reported, Word};

impl Coordinator<'_> {
    /// What was heard of a worker.
    pub(crate) fn hear(&mut self, worker: Worker, event: Event) -> Result<(), Error> {
        match event {
            Event::Said(word) => {
                let is_report = !matches!(word, Word::Alive);
                let member = &mut self.members[worker];
                if member.has_spoken(is_report, Instant::now()) {
                    let name = &member.name;
                    self.meter.tell(format!(
                        "{name} is back: it was given up, and had not ended"
                    ));
                    self.alone = None;
                    self.count_workers();
                }
                match word {
                    Word::Alive => Ok(()),
                    Word::Reported(lease, reported) => self.reported(worker, lease, reported),
                    Word::Last(reported) => self.last_word(worker, reported),
                }
            }
            Event::Sent => {
                self.members[worker].unsent -= 1;
                Ok(())
            }
            Event::Ended(None) if self.is_ending => self.has_ended(worker),
            Event::Ended(why) => {
                self.members[worker].tasks = None;
                let why = why.unwrap_or_else(|| "it has left".into());
                self.give_up(worker, Standing::Gone, &format!("is lost: {why}"))
            }
        }
    }

    /// A report came: it counts if the ledger says so.
    fn reported(&mut self, worker: Worker, lease: Lease, reported: Reported) -> Result<(), Error> {
        let Reported { report, asked } = reported;
        let member = &mut self.members[worker];
        member.asked = asked;
        // While it was stopped, all of its requests timed out: what it says about the directory is about itself.
        if member.was_given_up && report.unresolved() > 0 && self.ledger.refuse(lease) {
            return Ok(());
        }
        match self.ledger.judge(worker, lease, report.lines()) {
            Verdict::Merge(past) => self.merge(lease.range, past, report),
            Verdict::Late => {
                let (name, range) = (&self.members[worker].name, lease.range);
                self.meter.tell(format!(
                    "{name} reports range {range} too late: that is not counted"
                ));
            }
            Verdict::Wrong { lines } => {
                let why = format!("is lost: it reported {} lines of {lines}", report.lines());
                self.members[worker].attending.abort();
                return self.give_up(worker, Standing::Gone, &why);
            }
        }
        Ok(())
    }

    fn merge(&mut self, range: u64, past: Past, report: Report) {
        let Stages {
            ranges,
            repair,
            merge,
        } = &self.stages;
        ranges.took(past.since.elapsed());
        if let Some(last_word) = past.lost {
            repair.took(last_word.elapsed());
        }
        let lines = usize::try_from(report.lines()).unwrap_or(usize::MAX);
        merge.busy_batch(|| (lines, self.report.merge(report)));
        for repaired in self.repairs.merged(range) {
            self.meter.tell(repaired);
        }
    }

    /// The report on all ranges that a worker was given, where it gives no other.
    fn last_word(&mut self, worker: Worker, reported: Reported) -> Result<(), Error> {
        let member = &mut self.members[worker];
        member.asked = reported.asked;
        if reported.report.lines() != member.lines {
            let (name, given) = (&member.name, member.lines);
            let lines = reported.report.lines();
            return Err(Error::Lost(format!(
                "{name} is lost: it reported {lines} lines of {given}"
            )));
        }
        member.lines = 0;
        self.report.merge(reported.report);
        Ok(())
    }

    /// A worker that was told that there are no more ranges has ended.
    fn has_ended(&mut self, worker: Worker) -> Result<(), Error> {
        let member = &mut self.members[worker];
        member.standing = Standing::Gone;
        if member.lines > 0 {
            let name = &member.name;
            return Err(Error::Lost(format!(
                "{name} is lost: it has left without its report"
            )));
        }
        Ok(())
    }
}
