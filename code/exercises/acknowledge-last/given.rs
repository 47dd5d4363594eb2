//! A worker between two durable queues, and the tally of what it reports.

/// The worker's process was killed: it does nothing more. `?` sees to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Killed;

/// A range of a log: the bytes of each of its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The same number is always the same range.
    pub number: u64,
    /// The bytes of each answer.
    pub answers: Vec<u64>,
}

/// The report on a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The range's number.
    pub number: u64,
    /// The bytes of all answers.
    pub bytes: u64,
}

/// Two durable queues, as a worker sees them.
pub trait Queues {
    /// The next range, or none when all are acknowledged. It is given again, to this worker or another, until it is.
    ///
    /// # Errors
    ///
    /// If the worker was killed; so with all of them.
    fn take(&mut self) -> Result<Option<Range>, Killed>;

    /// Puts a report into its queue, and tells whether the server has acknowledged it. If not, it may be there, and it may not.
    fn publish(&mut self, report: Report) -> Result<bool, Killed>;

    /// Tells the server that a range is done with.
    fn acknowledge(&mut self, number: u64) -> Result<(), Killed>;
}

/// Works on ranges until all are acknowledged.
///
/// # Errors
///
/// If the worker was killed.
pub fn work(queues: &mut impl Queues) -> Result<(), Killed> {
    while let Some(range) = queues.take()? {
        queues.acknowledge(range.number)?;
        let (number, bytes) = (range.number, range.answers.iter().sum());
        queues.publish(Report { number, bytes })?;
    }
    Ok(())
}

/// What was reported.
#[derive(Debug, Default)]
pub struct Tally {
    bytes: u64,
}

impl Tally {
    /// A report came: at least once, at some time.
    pub fn merge(&mut self, report: &Report) {
        self.bytes += report.bytes;
    }

    /// The bytes of all ranges.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}
