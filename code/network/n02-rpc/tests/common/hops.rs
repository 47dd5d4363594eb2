//! Two hops of calls over pairs of sockets: a caller, a front, and a directory.

use std::time::{Duration, Instant};

use n02_rpc::contract::Directory;
use n02_rpc::front::Front;
use n02_rpc::job::Clients;
use n02_rpc::remote::Remote;
use n02_rpc::service::serve;
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::probe::{Log, Silent, Slow};

/// What has not happened by then does not happen. Far longer than anything here takes.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A deadline that does not pass while a test runs.
pub const FAR: Duration = Duration::from_secs(600);

/// Does some work under the time limit.
pub fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
    runtime.shutdown_background();
}

/// Waits until something is so.
pub async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + TIME_LIMIT;
    while !is_so() {
        assert!(Instant::now() < deadline, "no {what}");
        sleep(Duration::from_millis(1)).await;
    }
}

/// A directory behind one hop, and the task that answers there.
pub fn hop(name: &str, directory: impl Directory) -> (Remote, JoinHandle<()>) {
    let (here, there) = UnixStream::pair().expect("a pair of sockets");
    let serving = tokio::spawn(serve(directory, there));
    (Remote::over(name, here), serving)
}

/// Two hops, with a probe at the end of each.
pub struct Hops {
    pub caller: Remote,
    /// What the front sees.
    pub front: Log,
    /// What the directory sees.
    pub directory: Log,
}

impl Hops {
    /// The front takes so long before it asks, and the directory never answers.
    pub fn new(takes: Duration) -> Hops {
        let (front, directory) = (Log::default(), Log::default());
        let (behind, _) = hop("the directory", Silent(directory.clone()));
        let slow = Slow {
            log: front.clone(),
            takes,
            behind: Front::of(behind),
        };
        let (caller, _) = hop("the front", slow);
        Hops {
            caller,
            front,
            directory,
        }
    }

    /// Waits until the question has come to the end.
    pub async fn arrived(&self) {
        until("question at the directory", || {
            self.directory.first().is_some()
        })
        .await;
    }
}

/// One client to ask for.
pub fn one() -> Clients {
    let mut clients = Clients::default();
    clients.push(b"17.0.0.1");
    clients
}

/// As many bytes of clients as a call may have.
pub fn many() -> Clients {
    let mut clients = Clients::default();
    let mut number = 0;
    while !clients.is_full() {
        clients.push(format!("{number:0>200}").as_bytes());
        number += 1;
    }
    clients
}
