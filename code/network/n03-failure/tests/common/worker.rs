//! Workers that are none: they greet and are told what to work on, and then do as the test says.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use n03_failure::channel::{Receives, Sends};
use n03_failure::hello::greet;
use n03_failure::ranges::{Lease, Task};
use n03_failure::start::Start;
use n03_failure::wire::converse;
use n03_failure::work::{Reported, Word};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::time::sleep;
use traffic::{Directory, Hit, Meter, Reading, Report};

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A worker for one run, at this address.
pub fn worker<W>(runtime: &Runtime, work: impl FnOnce(Start) -> W + Send + 'static) -> SocketAddr
where
    W: Future<Output = ()> + Send,
{
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("loopback");
    let address = listener.local_addr().expect("bound");
    runtime.spawn(async move {
        let (stream, _) = listener.accept().await.expect("a run");
        work_at(stream, work).await;
    });
    address
}

/// A worker at one end of a connection. When it is done, the connection breaks.
pub async fn work_at<S, W>(mut stream: S, work: impl FnOnce(Start) -> W)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    W: Future<Output = ()>,
{
    greet(&mut stream, "lookup").await.expect("a run of ours");
    let conversation = converse::<_, (), Start>(stream).await;
    let (connection, _, mut starts) = conversation.expect("remoc is spoken");
    work(starts.recv().await.expect("open").expect("a start")).await;
    connection.abort();
}

/// A worker's side of a conversation.
pub struct Hands {
    pub start: Start,
    directory: Directory,
    beating: Option<tokio::task::JoinHandle<()>>,
}

impl Hands {
    pub fn of(start: Start) -> Hands {
        let directory = Directory::at(&start.directory[..]).expect("an address");
        Hands {
            start,
            directory,
            beating: None,
        }
    }

    /// The next range, or none when there are no more or the run is gone.
    pub async fn take(&mut self) -> Option<Task> {
        self.start.tasks.receive().await.ok().flatten()
    }

    /// Says from now on that it is there.
    pub fn beat(&mut self) {
        let (mut words, beat) = (self.start.words.clone(), self.start.manner.beat);
        self.beating = Some(tokio::spawn(async move {
            while Sends::send(&mut words, Word::Alive).await.is_ok() {
                sleep(beat.expect("one that can be lost beats")).await;
            }
        }));
    }

    /// The report on a range, as it should be.
    pub async fn report_on(&self, task: &Task) -> Report {
        let lines: Vec<_> = task.part.lines().collect();
        let connection = self.directory.share();
        let mut report = Report::new();
        for line in &lines {
            match Hit::parse(&line.bytes) {
                Ok(hit) => {
                    let answers = connection.lookup_many(&[hit.client]).await;
                    report.count(&answers[0], &hit);
                }
                Err(why) => report.malformed(line, why),
            }
        }
        report
    }

    /// Reports. Whether that is heard is for the test to see.
    pub async fn say(&mut self, lease: Lease, report: Report) {
        let asked = Default::default();
        let word = Word::Reported(lease, Reported { report, asked });
        let _ = Sends::send(&mut self.start.words, word).await;
    }

    /// Works as it should, so many times or until there is no more.
    pub async fn work(&mut self, times: usize) {
        for _ in 0..times {
            let Some(task) = self.take().await else {
                return;
            };
            let report = self.report_on(&task).await;
            self.say(task.lease, report).await;
        }
    }
}

impl Drop for Hands {
    fn drop(&mut self) {
        if let Some(beating) = &self.beating {
            beating.abort();
        }
    }
}

/// Waits until the meter of a run says so of a stage.
pub async fn until_stage(meter: &Arc<Meter>, name: &str, is_so: impl Fn(&Reading) -> bool) {
    let deadline = Instant::now() + TIME_LIMIT;
    while !(meter.read().iter()).any(|stage| stage.name == name && is_so(stage)) {
        assert!(Instant::now() < deadline, "{name} does not get there");
        sleep(Duration::from_millis(2)).await;
    }
}
