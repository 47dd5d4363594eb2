//! The tests that mostly wait for servers, in one program, so that they wait side by side. What a chapter names, or kills what
//! others use, is a program of its own.

mod common;

mod absent;
mod cache;
mod places;
mod processes;
mod wire;
