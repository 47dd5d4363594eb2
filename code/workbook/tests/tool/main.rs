//! The tool at the command line and over HTTP, without a browser. What waits for a compiler does so beside the others. (The
//! attacks on the server that runs programs are a program of their own, `live.rs`: what they start has to be gone in time.)

#[path = "../common/mod.rs"]
mod common;

mod cli;
mod deck;
mod exercise;
mod fork;
mod hostile;
mod keys;
mod prepared;
mod serve;
mod verify;
