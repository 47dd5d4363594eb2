//! The two ends of a channel for ranges, and nothing between them but a pair of sockets that a test can cut.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use n03_failure::channel::{Receives, Sends, Sent};
use n03_failure::ranges::{Cutter, Lease, Part, Task};
use n03_failure::start::{TasksIn, TasksOut, tasks};
use n03_failure::wire::converse;
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use traffic::{Line, Place};

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Does some work under the time limit.
pub fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
}

/// The two ends of a channel for ranges, and the connection of one of them.
pub async fn channel() -> (TasksIn, TasksOut, JoinHandle<Option<String>>) {
    let (here, there) = UnixStream::pair().expect("a pair of sockets");
    let (here, there) = tokio::join!(
        converse::<_, TasksOut, ()>(here),
        converse::<_, (), TasksOut>(there)
    );
    let (connection, mut sender, _) = here.expect("remoc is spoken");
    let (_, _, mut receiver) = there.expect("remoc is spoken");
    let (tasks_in, tasks) = tasks();
    sender.send(tasks).await.expect("open");
    let tasks = receiver.recv().await.expect("open");
    (tasks_in, tasks.expect("the receiver"), connection)
}

/// A part of one line.
pub fn part(text: &[u8]) -> Arc<Part> {
    let mut cutter = Cutter::new(1);
    let line = Line {
        bytes: text.to_vec(),
        place: Place { file: 1, offset: 9 },
        due: None,
    };
    let [_, range] = cutter.push(&line);
    range.expect("it is full").part
}

/// A range of one line, which is its number.
pub fn task(number: u64) -> Task {
    let lease = Lease {
        range: number,
        token: number + 7,
    };
    Task {
        lease,
        part: part(number.to_string().as_bytes()),
    }
}

/// The next range.
pub async fn take(tasks: &mut TasksOut) -> Task {
    tasks.receive().await.expect("open").expect("a range")
}

/// Sends, and says whether that was accepted.
pub async fn is_accepted<T, S: Sends<T>>(to: &mut S, item: T) -> bool {
    matches!(to.send(item).await, Ok(Sent::Accepted))
}
