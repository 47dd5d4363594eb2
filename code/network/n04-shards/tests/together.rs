//! The tests that mostly wait for processes, in one program, so that they wait side by side.

mod common;
mod places;
mod processes;
mod upsets;
