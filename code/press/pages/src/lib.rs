//! The pages of a book: what chapters show besides measurements, and what is left to do when mdBook has written them.
//!
//! mdBook renders the chapters. Before it does, their directives are expanded ([`chapters`]); those that show code and
//! programs are listed here ([`DIRECTIVES`]), and look things up on a [`Shelf`]. Afterwards the pages are finished
//! ([`site`]). What a page can run stands in a table ([`runnable`]), what it hears
//! of a run in types ([`event`]), and what it replays in files ([`recording`]).

pub mod arrows;
pub mod cards;
pub mod chapters;
pub mod contract;
pub mod diagram;
mod diff;
pub mod event;
mod exercise;
mod figure;
pub mod load;
pub mod output_folder;
mod panel;
pub mod paths;
pub mod predict;
mod progress;
mod queue;
pub mod quiz;
pub mod recording;
mod repository;
pub mod runnable;
mod shelf;
pub mod site;
mod size;
pub mod source;
pub mod staging;
mod tables;
mod twin;

use directives::Directive;

pub use self::repository::Repository;
pub use self::shelf::Shelf;

/// The directives that show code and programs, one line each. Each is one file of this crate.
pub const DIRECTIVES: &[&dyn Directive<Shelf>] = &[
    &diff::Diff,
    &twin::Twin,
    &panel::Run,
    &size::Size,
    &arrows::Arrows,
    &exercise::Exercise,
    &quiz::Quiz,
    &predict::Predict,
    &cards::Cards,
    &paths::Shown,
    &progress::Progress,
    &figure::Figure,
    &queue::Queue,
];
