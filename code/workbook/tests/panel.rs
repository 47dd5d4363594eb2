//! The run panel in a browser: live, stopped, recorded, by keyboard, and when the server goes away.

mod common;
#[path = "panel/hand.rs"]
mod hand;
#[path = "panel/live.rs"]
mod live;
#[path = "panel/recorded.rs"]
mod recorded;
