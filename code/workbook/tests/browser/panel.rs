//! The run panel in a browser: live, stopped, recorded, by keyboard, and when the server goes away.

mod hand;
mod live;
mod recorded;
