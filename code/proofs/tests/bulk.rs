//! Questions asked in bulk: each task has the answer to its own question, whatever becomes of the others.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use proofs::remote::{Does, MultiplexedConnection, named};
use proofs::schedules::prove;
use proofs::sync;
use shuttle::future::block_on;
use shuttle::rand::{Rng, thread_rng};
use traffic::{Answer, Unresolved};

#[path = "../../evolution/s09-batch/src/batch.rs"]
mod batch;

#[path = "../../evolution/s09-batch/src/bulk.rs"]
mod bulk;

use batch::Limits;
use bulk::Bulk;

/// Schedules tried by each proof; more have found nothing more.
const SCHEDULES: usize = 500;

const TASKS: u8 = 4;

/// Batches of two, of which the last may have to wait for a clock that strikes as it likes.
const LIMITS: Limits = Limits {
    size: 2,
    linger: Duration::from_millis(1),
};

/// Several tasks that each ask two questions; each with all that it was told.
fn told<F>(
    does: fn(&[u8]) -> Does,
    ask: impl Fn(Bulk, String) -> F,
) -> Vec<(String, Option<Answer>)>
where
    F: Future<Output = Option<Answer>> + Send + 'static,
{
    block_on(async {
        let connection = Bulk::over(MultiplexedConnection { does }, LIMITS);
        let tasks: Vec<_> = (0..TASKS)
            .map(|number| {
                let names = [format!("first-{number}"), format!("second-{number}")];
                let asking = names.map(|name| (name.clone(), ask(connection.clone(), name)));
                shuttle::future::spawn(async move {
                    let mut told = Vec::new();
                    for (name, asking) in asking {
                        told.push((name, asking.await));
                    }
                    told
                })
            })
            .collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.expect("it was not cancelled"));
        }
        all
    })
}

async fn look_up(connection: Bulk, client: String) -> Option<Answer> {
    Some(connection.lookup(client.as_bytes()).await)
}

/// However questions fall into batches, no answer is lost, and none goes to another task.
#[test]
fn each_task_has_the_answer_to_its_own_question() {
    prove(SCHEDULES, || {
        for (client, answer) in told(|_| Does::Answer, look_up) {
            assert_eq!(answer, Some(Ok(named(client.as_bytes()))));
        }
    });
}

/// One question fails, and those that travel with it do not.
#[test]
fn a_failure_is_one_questions_own() {
    fn does(client: &[u8]) -> Does {
        match client {
            b"first-1" => Does::Fail,
            _ => Does::Answer,
        }
    }
    prove(SCHEDULES, || {
        for (client, answer) in told(does, look_up) {
            let expected = match client.as_str() {
                "first-1" => Err(Unresolved),
                other => Ok(named(other.as_bytes())),
            };
            assert_eq!(answer, Some(expected));
        }
    });
}

/// The task of a batch panics: its questions are unresolved, and those of other batches are answered.
#[test]
fn a_panic_hangs_no_task() {
    fn does(client: &[u8]) -> Does {
        match client {
            b"first-1" => Does::Panic,
            _ => Does::Answer,
        }
    }
    prove(SCHEDULES, || {
        let told = told(does, look_up);
        let lost = told
            .iter()
            .filter(|(_, answer)| *answer == Some(Err(Unresolved)));
        assert!((1..=LIMITS.size).contains(&lost.count()), "{told:?}");
        for (client, answer) in &told {
            let own = Some(Ok(named(client.as_bytes())));
            assert!(*answer == own || *answer == Some(Err(Unresolved)));
        }
    });
}

/// Lookups are cancelled at any time: all others have their answers.
#[test]
fn a_cancellation_harms_no_other_lookup() {
    prove(SCHEDULES, || {
        let told = told(
            |_| Does::Answer,
            |connection, client| async move {
                let mut polls_left = thread_rng().gen_range(0..4);
                let may_stay = polls_left == 0;
                let mut lookup = pin!(Some(connection.lookup(client.as_bytes())));
                let answer = poll_fn(|context| {
                    let poll = lookup.as_mut().as_pin_mut().expect("not dropped");
                    let poll = poll.poll(context).map(Some);
                    polls_left -= 1;
                    if poll.is_pending() && polls_left == 0 {
                        lookup.set(None); // that is what cancelling is
                        return Poll::Ready(None);
                    }
                    poll
                })
                .await;
                assert!(!may_stay || answer.is_some());
                answer
            },
        );
        for (client, answer) in told {
            assert!(answer.is_none_or(|answer| answer == Ok(named(client.as_bytes()))));
        }
    });
}
