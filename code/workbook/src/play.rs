//! Plays in the book: what chapters show of them, the files that pages load, and how they look in a terminal.
//!
//! What makes the book knows nothing of the models; they come in here, as graphs.

mod board;
mod count;
mod counted;
mod explored;
mod fallback;
mod panel;
mod run;
mod way;

use directives::Directive;

pub use self::explored::Plays;
pub use self::run::run;

/// The directives that show plays, one line each.
pub const DIRECTIVES: &[&dyn Directive<Plays>] = &[&panel::Panel, &count::Count];
