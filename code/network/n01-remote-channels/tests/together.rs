//! The tests that mostly wait, in one program, so that they wait side by side. A test that needs a process to itself, or that
//! a chapter names, is a program of its own.

mod common;
mod joined;
mod liars;
mod places;
mod processes;
mod same;
mod strangers;
mod versions;
mod weather;
mod wire;
