//! Programs of the book, run from its pages.
//!
//! A page asks for a point of a table that is compiled in (`pages::runnable`); the program is built ([`build`]), started in a
//! process group of its own ([`group`]), and what it says is passed on, line by line, as events of one type ([`event`],
//! [`lines`]). Where it has workers, one of them can be killed ([`kill`], [`worker`]). [`run`] puts these together and sees to the ends: of itself, by the reader, by a limit, or because nobody
//! listens any more. Who may ask is decided elsewhere, by the server.

mod build;
mod event;
mod group;
mod job;
mod kill;
mod lines;
pub mod run;
pub mod worker;
