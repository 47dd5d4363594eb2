//! n03's own code on a network that is simulated: many machines in one thread, a clock that jumps, and whatever can
//! happen to a machine or a cable, drawn from a seed. The same seed is the same run.
//!
//! What is simulated is time, TCP and machines, by [turmoil](https://docs.rs/turmoil). What is real is n03: the files
//! in the first list below are the very files of that step, compiled here once more. Nothing of this crate is
//! compiled into n03, and n03 does not know of it.
//!
//! Three files of n03 touch what a simulation cannot have, and have a stand-in of the same name here: `reach` (it
//! connects by the simulated network), `child` (there are no processes) and `lookup` (the directory answers from
//! memory, after a time that is drawn). `same.rs` in the tests holds that there are no others.
//!
//! After FoundationDB's simulation and TigerBeetle's VOPR.

// ANCHOR: real
#[path = "../../n03-failure/src/channel.rs"]
pub mod channel;
#[path = "../../n03-failure/src/coded.rs"]
mod coded;
#[path = "../../n03-failure/src/coordinator.rs"]
pub mod coordinator;
#[path = "../../n03-failure/src/crew.rs"]
mod crew;
#[path = "../../n03-failure/src/heard.rs"]
mod heard;
#[path = "../../n03-failure/src/hello.rs"]
pub mod hello;
#[path = "../../n03-failure/src/job.rs"]
pub mod job;
#[path = "../../n03-failure/src/leave.rs"]
pub mod leave;
#[path = "../../n03-failure/src/ledger.rs"]
pub mod ledger;
#[path = "../../n03-failure/src/losses.rs"]
mod losses;
#[path = "../../n03-failure/src/member.rs"]
pub mod member;
#[path = "../../n03-failure/src/muster.rs"]
mod muster;
#[path = "../../n03-failure/src/peer.rs"]
pub mod peer;
#[path = "../../n03-failure/src/place.rs"]
pub mod place;
#[path = "../../n03-failure/src/ranges.rs"]
pub mod ranges;
#[path = "../../n03-failure/src/repairs.rs"]
mod repairs;
#[path = "../../n03-failure/src/serve.rs"]
pub mod serve;
#[path = "../../n03-failure/src/start.rs"]
pub mod start;
#[path = "../../n03-failure/src/terms.rs"]
pub mod terms;
#[path = "../../n03-failure/src/ticket.rs"]
pub mod ticket;
#[path = "../../n03-failure/src/wire.rs"]
pub mod wire;
#[path = "../../n03-failure/src/work.rs"]
pub mod work;
// ANCHOR_END: real

// ANCHOR: stand-ins
mod child;
mod lookup;
mod reach;
// ANCHOR_END: stand-ins

mod clock;
pub mod cluster;
mod cores;
mod dice;
mod log;
pub mod rate;
mod run;
pub mod search;
pub mod strike;
mod trace;
mod wired;
mod world;
