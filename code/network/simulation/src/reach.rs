//! In place of n03's ways to a worker: one way, the simulated network. No weather, which the simulation is itself,
//! and no TLS.

use std::io;

use tokio::time::timeout;
use traffic::{Directory, Error, Plan};
use turmoil::net::TcpStream;

use crate::hello::HELLO_MAX;
use crate::peer::{Peer, unreachable};
use crate::place::{Place, Places, STAGE};
use crate::wired::Wired;

impl Places {
    /// Reaches every replica that is to run elsewhere, in order; `None` is for those that run here.
    ///
    /// # Errors
    ///
    /// One sentence about the first that cannot be reached.
    pub async fn reach(
        &self,
        directory: &Directory,
        plan: &Plan,
    ) -> Result<Vec<Option<Peer>>, Error> {
        let mut peers = Vec::new();
        for (number, place) in self.replicas.iter().enumerate() {
            peers.push(match place {
                Place::Here => None,
                Place::Process(_) => unreachable!("there are no processes in a simulation"),
                Place::At(address) => Some(join(number, address, directory, plan).await?),
            });
        }
        Ok(peers)
    }
}

async fn join(
    number: usize,
    address: &str,
    directory: &Directory,
    plan: &Plan,
) -> Result<Peer, Error> {
    let name = format!("worker {} of {STAGE}", number + 1);
    let stream = connect(address)
        .await
        .map_err(|err| unreachable(&name, &err.to_string()))?;
    Peer::meet(name, stream, None, directory, plan).await
}

async fn connect(address: &str) -> io::Result<Wired> {
    let connecting = timeout(HELLO_MAX, TcpStream::connect(address)).await;
    let stream = connecting.map_err(|_| io::Error::other("nothing answers there"))??;
    Wired::new(stream)
}
