//! For how long an answer is kept.

/// No answer is used that is older.
pub const TTL_MS: u64 = 60_000;

/// Some are kept for less, by up to so much: what was asked for together does not expire together.
const SPREAD_MS: u64 = TTL_MS / 5;

/// When an answer for a client expires that was asked for at this time. From then on the client is asked for again.
pub fn expires_ms(client: u32, asked_ms: u64) -> u64 {
    // Neighbours get numbers that are far apart (Knuth's multiplicative hash), the same ones on every machine.
    let mixed = u64::from((asked_ms as u32).wrapping_mul(2_654_435_769));
    asked_ms + TTL_MS - ((mixed * SPREAD_MS) >> 32)
}
