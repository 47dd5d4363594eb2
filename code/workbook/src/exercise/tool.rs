//! How this tool is called in what it tells.

/// In front of a command: as a reader of the book types it.
pub const TOOL: &str = "cargo run --release --";
