//! The client's handle on a directory.

use std::fmt::Debug;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use super::connection::Connection;
use super::multiplexed::MultiplexedConnection;
use super::policy::Policy;
use super::table::Table;
use super::upstream::{Stats, Upstream};
use crate::{Error, Unresolved};

/// A remote directory, as its clients see it: a cheap handle, to be cloned at will.
#[derive(Clone, Debug)]
pub struct Directory {
    upstream: Arc<Upstream>,
}

impl Directory {
    /// The directory at an address, with the default [`Policy`].
    ///
    /// Connects to nothing yet: if nothing listens there, then lookups are unresolved.
    ///
    /// # Errors
    ///
    /// The address is none, or its host's name cannot be resolved.
    pub fn at(address: impl ToSocketAddrs + Debug) -> Result<Directory, Error> {
        Directory::with_policy(address, Policy::default())
    }

    /// As [`Directory::at`], with another patience.
    ///
    /// # Errors
    ///
    /// As [`Directory::at`].
    pub fn with_policy(
        address: impl ToSocketAddrs + Debug,
        policy: Policy,
    ) -> Result<Directory, Error> {
        let addresses: Vec<_> = address
            .to_socket_addrs()
            .map_err(|error| Error::Directory(format!("no directory at {address:?}: {error}")))?
            .collect();
        if addresses.is_empty() {
            return Err(Error::Directory(format!(
                "no directory at {address:?}: no such address"
            )));
        }
        Ok(Directory {
            upstream: Arc::new(Upstream::new(addresses, policy)),
        })
    }

    /// A connection of the caller's own, which connects when it is first needed.
    pub fn connect(&self) -> Connection {
        Connection::new(Arc::clone(&self.upstream))
    }

    /// Fetches the whole table with its version.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn table(&self) -> Result<Table, Unresolved> {
        self.connect().table()
    }

    /// Asks for the table's version: whether a copy of it is old can be told without fetching it.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn version(&self) -> Result<u64, Unresolved> {
        self.connect().version()
    }

    /// A connection that many asynchronous tasks share, which connects when it is first needed.
    pub fn share(&self) -> MultiplexedConnection {
        MultiplexedConnection::new(Arc::clone(&self.upstream))
    }

    /// Where it is, in all its addresses.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.upstream.addresses
    }

    /// How patient its clients are.
    pub fn policy(&self) -> Policy {
        self.upstream.policy
    }

    /// Adds what was sent for this handle from elsewhere, by another process.
    pub fn add(&self, stats: Stats) {
        self.upstream.add(stats);
    }

    /// What has been sent so far.
    pub fn stats(&self) -> Stats {
        self.upstream.stats()
    }

    /// Why a request failed, the first of those that did.
    pub fn first_failure(&self) -> Option<&str> {
        self.upstream.first_failure()
    }
}
