//! A control between two steps: the threads of `s04-release`, which have a connection each there, over the one
//! connection that the tasks of `s06-tasks` share.
//!
//! Two things change between those steps at once. This changes the second alone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crossbeam_channel::bounded;
use tokio::runtime::Builder;
use traffic::{Directory, Error, Hit, Holder, Input, Meter, Plan, Report};

/// Reports who asks for what.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    _meter: &Meter,
) -> Result<Report, Error> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|source| Error::System {
            what: "cannot start the runtime of the connection",
            source,
        })?;
    let connection = directory.share();
    let cache: Mutex<HashMap<Vec<u8>, Holder>> = Mutex::default();
    let lock = || cache.lock().unwrap_or_else(PoisonError::into_inner);
    let (lines_in, lines) = bounded(plan.capacity);
    let (parsed_in, parsed) = bounded(plan.capacity);
    let (answered_in, answered) = bounded(plan.capacity);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            for line in input.lines() {
                if lines_in.send(line?).is_err() {
                    break;
                }
            }
            Ok(())
        });
        scope.spawn(move || {
            for line in lines {
                let parsed = match Hit::parse(&line.bytes) {
                    Ok(hit) => Ok(hit.to_buf(line.due)),
                    Err(why) => Err((line, why)),
                };
                if parsed_in.send(parsed).is_err() {
                    break;
                }
            }
        });
        for _ in 0..plan.workers {
            let (parsed, answered_in, connection) =
                (parsed.clone(), answered_in.clone(), connection.clone());
            let (runtime, lock) = (&runtime, &lock);
            scope.spawn(move || {
                for line in parsed {
                    let answered = line.map(|hit| {
                        let known = lock().get(&hit.client).cloned();
                        let answer = known.map(Ok).unwrap_or_else(|| {
                            let answer = runtime.block_on(connection.lookup(&hit.client));
                            if let Ok(holder) = &answer {
                                lock().insert(hit.client.clone(), holder.clone());
                            }
                            answer
                        });
                        (answer, hit)
                    });
                    if answered_in.send(answered).is_err() {
                        break;
                    }
                }
            });
        }
        drop((parsed, answered_in));
        let mut report = Report::new();
        for line in answered {
            match line {
                Ok((answer, hit)) => report.count(&answer, &hit.as_hit()),
                Err((line, why)) => report.malformed(&line, why),
            }
        }
        reader.join().expect("the reader does not panic")?;
        Ok(report)
    })
}
