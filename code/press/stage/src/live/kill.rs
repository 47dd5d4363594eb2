//! When a worker of the run is killed: so long after its start, or when a reader asks for it.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use pages::event::Stamped;
use rustix::process::Pid;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::event;
use super::worker::{self, NotKilled};

/// A reader's wish that a worker be killed, to be answered by what came of it.
pub type Wish = oneshot::Sender<Result<(), NotKilled>>;

/// What is to be killed of a run, and when.
pub struct Kills {
    /// How long after the start of the program's work, if at all.
    pub after: Option<Duration>,
    /// Comes when the program begins to work.
    pub started: oneshot::Receiver<()>,
    /// What readers wish.
    pub wishes: mpsc::Receiver<Wish>,
}

impl Kills {
    /// Kills workers of this program as it is wished, and tells of each kill. It never ends by itself.
    pub async fn go_on(self, of: Pid, began: Instant, page: &mpsc::Sender<Stamped>) -> Infallible {
        let Kills {
            after,
            started,
            mut wishes,
        } = self;
        let tell = async |killed: Result<Pid, NotKilled>| {
            let text = match killed {
                Ok(pid) => format!("a worker was killed (process {})", pid.as_raw_nonzero()),
                Err(why) => why.sentence().to_owned(),
            };
            // Whether the page is still there is looked at elsewhere.
            let _ = page
                .send(event::kill(began.elapsed(), killed.is_ok(), &text))
                .await;
        };
        let planned = async {
            if let (Some(after), Ok(())) = (after, started.await) {
                sleep(after).await;
                tell(worker::kill_first(of).await).await;
            }
        };
        let wished = async {
            while let Some(wish) = wishes.recv().await {
                let killed = worker::kill_one(of).await;
                tell(killed).await;
                // A reader who does not wait for the answer sees it in the run.
                let _ = wish.send(killed.map(|_| ()));
            }
        };
        tokio::join!(planned, wished);
        std::future::pending().await
    }
}
