//! How places are filled, and filled again.

use std::time::Duration;

use tokio::time::timeout;
use traffic::{Directory, Error, Plan};

use crate::peer::Peer;
use crate::place::{Place, Places, STAGE};

/// How long it is waited before a place is filled for the second time, and twice as long for the third: what
/// ends at once should not be started at once.
const BACKOFF: Duration = Duration::from_millis(100);

/// How long a process of ours may take to greet. After that it is lost as any other, and not refused: it is no
/// stranger, and may have been stopped. It is not `--silence`, which is about workers that have greeted and beat: to
/// start a process takes a busy machine longer than a beat.
const GREETING_MAX: Duration = Duration::from_secs(3);

impl Places {
    /// Reaches the worker of one place, after so many that were lost there; `None` if that is here.
    ///
    /// # Errors
    ///
    /// One sentence, if it cannot be reached.
    pub async fn fill(
        &self,
        number: usize,
        lost: u32,
        directory: &Directory,
        plan: &Plan,
    ) -> Result<Option<Peer>, Error> {
        if lost > 1 {
            tokio::time::sleep(BACKOFF * 2_u32.pow((lost - 2).min(4))).await;
        }
        // The place alone, and with its number.
        let mut replicas = vec![Place::Here; number];
        replicas.push(self.replicas[number].clone());
        let place = Places {
            replicas,
            weather: self.weather.clone(),
            keys: self.keys.clone(),
        };
        let reaching = place.reach(directory, plan);
        let mut reached = match self.replicas[number] {
            Place::Process(_) => timeout(GREETING_MAX, reaching)
                .await
                .unwrap_or_else(|_| Err(silent(number)))?,
            Place::Here | Place::At(_) => reaching.await?,
        };
        Ok(reached.pop().flatten())
    }
}

fn silent(number: usize) -> Error {
    let (number, s) = (number + 1, GREETING_MAX.as_secs());
    Error::Lost(format!(
        "worker {number} of {STAGE} is lost: it has not greeted for {s} s"
    ))
}
