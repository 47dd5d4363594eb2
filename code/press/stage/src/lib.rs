//! The book on this machine: a local server ([`serve`]), and the programs that are run from its pages ([`live`]).
//!
//! How a book is built is not known here: the server gets a function that builds it. What is said
//! meanwhile goes to the [`terminal`], which the rest of the tool uses, too.

pub mod compile;
pub mod live;
pub mod serve;
pub mod terminal;
mod watch;
