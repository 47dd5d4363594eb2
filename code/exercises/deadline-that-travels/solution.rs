//! A service in the middle: it is asked by a caller with little patience, and asks a store itself.

/// How long one try may take, if there is time: what takes longer is lost, and worth another try.
const TRY_MS: u64 = 50;

/// How often the store is asked at most.
const TRIES: u32 = 3;

/// A question as it has come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub client: u32,
    /// When it came, by this machine's clock. It may have waited since.
    pub came_ms: u64,
    /// How long the caller would wait from then on.
    pub left_ms: u64,
}

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The store has answered, in time.
    Answer(u32),
    /// The caller is not waiting any more.
    TooLate,
    /// The store did not answer, though there was time.
    Failed,
}

/// Serves a question. `now_ms` is this machine's clock. `store` is asked for a client, is told how long its caller will
/// wait, and answers within that time, or not at all when it is over.
pub fn serve(
    request: Request,
    now_ms: &dyn Fn() -> u64,
    store: &mut dyn FnMut(u32, u64) -> Option<u32>,
) -> Outcome {
    // A remaining time travels, and no time of day: no other machine's clock is like this one.
    let left_ms = || (request.left_ms).saturating_sub(now_ms().saturating_sub(request.came_ms));
    for _ in 0..TRIES {
        let patience_ms = left_ms().min(TRY_MS);
        if patience_ms == 0 {
            return Outcome::TooLate;
        }
        if let Some(holder) = store(request.client, patience_ms) {
            return Outcome::Answer(holder);
        }
    }
    if left_ms() == 0 {
        return Outcome::TooLate;
    }
    Outcome::Failed
}
