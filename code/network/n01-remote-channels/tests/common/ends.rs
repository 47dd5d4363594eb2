//! The two ends of a channel for jobs, and nothing between them but a pair of sockets that a test can cut.

use std::future::Future;
use std::time::{Duration, SystemTime};

use n01_remote_channels::channel::{Receives, Sends, Sent};
use n01_remote_channels::job::{Clients, Job};
use n01_remote_channels::wire::{self, JobsIn, JobsOut, RemoteJob, converse};
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A sender that has not got on for so long is held up, or the machine is busy: then it has sent less.
pub const QUIET: Duration = Duration::from_millis(500);

/// Does some work under the time limit.
pub fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
}

/// The two ends of a channel for jobs, and the connection of one of them.
pub async fn channel() -> (JobsIn, JobsOut, JoinHandle<Option<String>>) {
    let (here, there) = UnixStream::pair().expect("a pair of sockets");
    let (here, there) = tokio::join!(
        converse::<_, JobsOut, ()>(here),
        converse::<_, (), JobsOut>(there)
    );
    let (connection, mut sender, _) = here.expect("remoc is spoken");
    let (_, _, mut receiver) = there.expect("remoc is spoken");
    let (jobs_in, jobs) = wire::jobs();
    sender.send(jobs).await.expect("open");
    let jobs = receiver.recv().await.expect("open");
    (jobs_in, jobs.expect("the receiver"), connection)
}

/// One connection with a channel for jobs each way: what each of its ends has.
pub async fn both_ways() -> [(JobsIn, JobsOut); 2] {
    let (here, there) = UnixStream::pair().expect("a pair of sockets");
    let (here, there) = tokio::join!(
        converse::<_, JobsOut, JobsOut>(here),
        converse::<_, JobsOut, JobsOut>(there)
    );
    let (_, mut to_there, mut from_there) = here.expect("remoc is spoken");
    let (_, mut to_here, mut from_here) = there.expect("remoc is spoken");
    let ((here_in, here_jobs), (there_in, there_jobs)) = (wire::jobs(), wire::jobs());
    to_there.send(here_jobs).await.expect("open");
    to_here.send(there_jobs).await.expect("open");
    let from_here = from_here.recv().await.expect("open");
    let from_there = from_there.recv().await.expect("open");
    [
        (here_in, from_there.expect("the receiver")),
        (there_in, from_here.expect("the receiver")),
    ]
}

/// A job about one client, and where its answers come.
pub fn job(client: &[u8]) -> (RemoteJob, wire::AnswersIn) {
    let mut clients = Clients::default();
    clients.push(client);
    let (answers_in, answers) = wire::answers();
    let since = SystemTime::now();
    let job = Job {
        clients,
        since,
        answers: answers_in,
    };
    (job, answers)
}

/// The number that stands where the client should.
pub fn number(job: &RemoteJob) -> usize {
    let text = String::from_utf8(job.clients.iter().next().expect("one").to_vec());
    text.expect("digits").parse().expect("a number")
}

/// The next job.
pub async fn take(jobs: &mut JobsOut) -> RemoteJob {
    jobs.receive().await.expect("open").expect("a job")
}

/// Sends, and says whether that was accepted.
pub async fn is_accepted<T, S: Sends<T>>(to: &mut S, item: T) -> bool {
    matches!(to.send(item).await, Ok(Sent::Accepted))
}

/// Sends numbered jobs until that goes no further, and says how many.
pub async fn fill(jobs_in: &mut JobsIn) -> usize {
    let mut sent = 0;
    loop {
        let (job, _) = job(format!("{sent}").as_bytes());
        let Ok(accepted) = timeout(QUIET, is_accepted(jobs_in, job)).await else {
            return sent;
        };
        assert!(accepted);
        sent += 1;
    }
}
