//! Why a line is not a hit.

use serde::{Deserialize, Serialize};

/// Why a line is not a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Malformed {
    /// Nothing before the first blank, or no blank at all.
    #[error("no client")]
    Client,
    /// No quoted field, or one that never ends.
    #[error("no closed quoted request")]
    Request,
    /// Behind the request there are not exactly three digits.
    #[error("no three-digit status after the request")]
    Status,
    /// Behind the status there is neither `-` nor a number of 64 bits.
    #[error("no size after the status")]
    Size,
}
