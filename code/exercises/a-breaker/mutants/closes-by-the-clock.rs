//! A directory behind a breaker: a directory that is left alone when it fails.

/// So many failures in a row open the breaker.
pub const FAILURES: u32 = 3;

/// For so long it lets no question through.
pub const PAUSE_MS: u64 = 1_000;

/// What a directory says of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// It has this holder.
    Known(u32),
    /// It has none.
    Unknown,
}

/// There was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// Answers questions, at whatever distance.
pub trait Directory {
    /// The holder of a client. `now_ms` is the caller's clock.
    ///
    /// # Errors
    ///
    /// If there is no answer.
    fn find(&mut self, client: u32, now_ms: u64) -> Result<Holder, Failed>;
}

/// A directory, and what stands in front of it.
#[derive(Debug)]
pub struct Breaker<D> {
    inner: D,
    /// Failures since the last answer.
    failures: u32,
    open_since_ms: Option<u64>,
}

impl<D> Breaker<D> {
    /// A breaker in front of a directory; it is closed.
    pub fn new(inner: D) -> Breaker<D> {
        Breaker {
            inner,
            failures: 0,
            open_since_ms: None,
        }
    }
}

impl<D: Directory> Directory for Breaker<D> {
    fn find(&mut self, client: u32, now_ms: u64) -> Result<Holder, Failed> {
        if let Some(since_ms) = self.open_since_ms
            && now_ms < since_ms + PAUSE_MS
        {
            return Err(Failed);
        }
        if self.open_since_ms.take().is_some() {
            self.failures = 0;
        }
        let answer = self.inner.find(client, now_ms);
        match answer {
            Ok(_) => {
                self.failures = 0;
                self.open_since_ms = None;
            }
            Err(Failed) => {
                self.failures += 1;
                // Of a probe, too: the count stands where it stood when it opened.
                if self.failures >= FAILURES {
                    self.open_since_ms = Some(now_ms);
                }
            }
        }
        answer
    }
}
