//! The unkind network: a proxy between two peers that does to their bytes what networks do.
//!
//! It stands between any two programs that talk over TCP or a Unix socket, and knows nothing of what
//! they say. [`Weather`] is what it does; [`Proxy`] listens and passes connections on; [`between`] does the
//! same to two ends that are already there.
//!
//! What it decides by chance it decides by a seed and by *places*: which connection, which direction, which
//! byte. How reads happen to cut a stream into pieces changes nothing. So the same peers with the same seed
//! have the same weather again, as far as they say the same.
//!
//! Left out: loss, reordering and duplicates. TCP hides them from programs, at the cost of delay. So is
//! anything below a connection: for that there are network namespaces (`hosts` and `cluster`, a feature for tests).
//!
//! After the proxies that test suites put before databases (Toxiproxy and its kin), and after the
//! simulated networks that do it without sockets (FoundationDB, turmoil).

mod arrivals;
#[cfg(feature = "hosts")]
pub mod cluster;
mod dice;
#[cfg(feature = "hosts")]
pub mod hosts;
mod link;
mod place;
mod proxy;
mod spec;
mod stream;

pub use link::{End, Passed, between};
pub use place::Place;
pub use proxy::Proxy;
pub use spec::{Direction, Fault, Range, Weather};
pub use stream::Stream;
