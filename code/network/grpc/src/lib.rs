//! The service of n02-rpc once more, in gRPC.
//!
//! The interface is in `proto/directory.proto`, in a language of its own; what is written in Rust about it is
//! generated when this crate is built ([`interface`]). What that gives: programs in other languages, rules for
//! what may change, tools, a header for the deadline, a list of status codes. What it takes is here: our own
//! types ([`types`]), and with them the three outcomes ([`outcome`]).

pub mod front;
pub mod outcome;
pub mod time_left;
pub mod types;

/// What is generated from the interface.
#[allow(
    missing_docs,
    clippy::all,
    clippy::allow_attributes_without_reason,
    reason = "generated, with the comments of the interface"
)]
pub mod interface {
    tonic::include_proto!("directory");
}
