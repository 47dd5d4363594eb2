//! For how long an answer is kept.

/// No answer is used that is older.
pub const TTL_MS: u64 = 60_000;

/// When an answer for a client expires that was asked for at this time. From then on the client is asked for again.
pub fn expires_ms(_client: u32, asked_ms: u64) -> u64 {
    asked_ms + TTL_MS
}
