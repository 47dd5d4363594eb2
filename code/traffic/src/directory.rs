//! The directory: the remote service that maps a client's address to its holder.
//!
//! A [`Server`] answers from a [`Table`] behind real TCP, at a distance that is simulated by a
//! delay, and can be given a [`Fault`]. A [`Directory`] is the client's side: a handle that makes
//! [`Connection`]s, which time out, try again and share one circuit breaker, so that a directory
//! that is dead, hangs or babbles costs seconds in total. The language between the two is described
//! in `directory/protocol.rs`.
//!
//! Everything here blocks and uses threads, but for the [`MultiplexedConnection`]; nothing is cached, and
//! nothing is shared between lookups but the breaker and the counters. Doing better than that is what the steps are about.
//!
//! # Examples
//!
//! ```
//! use traffic::directory::{Config, Directory, Server};
//!
//! let server = Server::start(Config::default())?;
//! let directory = Directory::at(server.address())?;
//! let mut connection = directory.connect();
//! assert_eq!(connection.lookup(b"17.0.0.1").unwrap().as_str(), "Apple Computer Inc.");
//! assert_eq!(connection.lookup(b"a.host.example").unwrap().as_str(), "unknown");
//! # Ok::<(), traffic::Error>(())
//! ```

mod breaker;
mod changes;
mod client;
mod config;
mod connection;
mod fault;
mod limits;
mod lines;
mod multiplexed;
mod policy;
mod protocol;
mod server;
mod server_state;
mod session;
mod span;
mod switch;
mod table;
#[cfg(test)]
mod tests;
mod upstream;
mod wire;

pub use client::Directory;
pub use config::{Config, DELAY_DEFAULT};
pub use connection::Connection;
pub use fault::{DIE_AFTER, Fault};
pub use multiplexed::MultiplexedConnection;
pub use policy::Policy;
pub use protocol::is_key;
pub use server::Server;
pub use span::Span;
pub use table::{Row, Table, address};
pub use upstream::Stats;
