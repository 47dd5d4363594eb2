//! Partitions: workers that own their clients count every line, ask for each client once at a time, and
//! end; an answer always has its place, and never more waits than may.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use proofs::schedules::prove;
use proofs::sync;
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::{Arc, Mutex};
use shuttle::thread;
use sync::{Receiver, Sender, bounded, unbounded};
use traffic::{Answer, Holder, Line, Meter, Place, Report, Unresolved};

#[expect(dead_code, reason = "the step's own tests use the rest")]
#[path = "../../evolution/s12-partition/src/cache.rs"]
mod cache;
#[path = "../../evolution/s12-partition/src/jump.rs"]
mod jump;
#[path = "../../evolution/s12-partition/src/owner.rs"]
mod owner;

use owner::{Answered, Limits, Owner, Question};

/// Schedules of each kind.
const SCHEDULES: usize = 500;

/// So small that everything is full all the time.
const NARROW: Limits = Limits {
    answers: 8,
    waiting: 2,
    batch: 1,
    journeys: 1,
};

/// So wide that nothing is ever full but the batches.
const WIDE: Limits = Limits {
    answers: 8,
    waiting: 100,
    batch: 3,
    journeys: 2,
};

/// Seven hits of four clients, and a line that is none.
const LOG: [&str; 8] = ["a", "b", "a", "c", "", "a", "d", "b"];

fn line(number: usize, client: &str) -> Line {
    Line {
        bytes: format!("{client} - - [-] \"GET / HTTP/1.1\" 200 1").into_bytes(),
        place: Place {
            file: 0,
            offset: number as u64,
        },
        due: None,
    }
}

/// The directory has no answer for this client.
fn answer(client: &[u8]) -> Answer {
    if client == b"c" {
        Err(Unresolved)
    } else {
        Ok(Holder::new("holder"))
    }
}

/// What was asked for: all, and what is under way.
#[derive(Default)]
struct Asked {
    all: Vec<Vec<u8>>,
    under_way: HashSet<Vec<u8>>,
}

/// One journey: answers come when they like, and always find their place.
fn travel(questions: Vec<Question>, answers_in: &Sender<Answered>, asked: &Mutex<Asked>) {
    for (client, _) in &questions {
        let mut asked = asked.lock().unwrap();
        asked.all.push(client.clone());
        assert!(
            asked.under_way.insert(client.clone()),
            "two flights for a client"
        );
    }
    thread::yield_now();
    let answered: Answered = (questions.into_iter())
        .map(|(client, _)| {
            asked.lock().unwrap().under_way.remove(&client);
            let answer = answer(&client);
            (client, answer)
        })
        .collect();
    let is_placed = answers_in.try_send(answered).is_ok();
    assert!(is_placed, "an answer had to wait");
}

/// Takes questions and sends each message of them on a journey of its own.
fn look_up(
    questions: &Receiver<(usize, Vec<Question>)>,
    answers_in: &[Sender<Answered>],
    asked: &Arc<Mutex<Asked>>,
) {
    let mut journeys = Vec::new();
    while let Ok((number, questions)) = questions.recv() {
        let (answers_in, asked) = (answers_in[number].clone(), Arc::clone(asked));
        journeys.push(thread::spawn(move || {
            travel(questions, &answers_in, &asked);
        }));
    }
    for journey in journeys {
        journey.join().unwrap();
    }
}

/// The whole step: a reader that routes, two workers, and who asks for them. The reports, merged.
fn run(
    limits: Limits,
    look_up: impl FnOnce(&Receiver<(usize, Vec<Question>)>, Vec<Sender<Answered>>) + Send,
) -> Report {
    thread::scope(|scope| {
        let (questions_in, questions) = unbounded();
        let (mut lines_in, mut answers_in, mut workers) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..2 {
            let (batch_in, lines) = bounded(1);
            let (answer_in, answers) = bounded(limits.journeys);
            lines_in.push(batch_in);
            answers_in.push(answer_in);
            let questions_in = questions_in.clone();
            workers.push(scope.spawn(move || {
                let stage = Meter::new().stage("work");
                Owner::new(limits).work(&stage, &lines, &answers, |questions| {
                    let _ = questions_in.send((number, questions));
                })
            }));
        }
        drop(questions_in);
        scope.spawn(move || {
            for (number, client) in LOG.into_iter().enumerate() {
                let line = line(number, client);
                let owner = jump::owner(&line.bytes, lines_in.len());
                if lines_in[owner].send(vec![line]).is_err() {
                    return;
                }
            }
        });
        scope.spawn(move || look_up(&questions, answers_in));
        let mut report = Report::new();
        for worker in workers {
            report.merge(worker.join().expect("no panic"));
        }
        report
    })
}

/// Every line is counted, under its holder or as unresolved, and a client that is known or asked for is
/// not asked for again: one journey for each, but for the one that has no answer.
fn counts_all(limits: Limits) {
    let asked = Arc::new(Mutex::new(Asked::default()));
    let looking = Arc::clone(&asked);
    let report = run(limits, move |questions, answers_in| {
        look_up(questions, &answers_in, &looking);
    });
    assert_eq!((report.lines(), report.malformed_lines()), (8, 1));
    assert_eq!(report.unresolved(), 1);
    let mut asked = asked.lock().unwrap().all.clone();
    asked.sort();
    assert_eq!(asked, [b"a", b"b", b"c", b"d"]);
}

#[test]
fn all_is_counted_where_everything_is_full() {
    prove(SCHEDULES, || counts_all(NARROW));
}

#[test]
fn all_is_counted_where_questions_gather() {
    prove(SCHEDULES, || counts_all(WIDE));
}

/// While hits wait, no more lines are taken than may wait.
#[test]
fn what_waits_is_bounded() {
    prove(SCHEDULES, || {
        let (lines_in, lines) = unbounded();
        for number in 0..6 {
            let lines = vec![line(number, &format!("client-{number}"))];
            lines_in.send(lines).unwrap();
        }
        drop(lines_in);
        let (questions_in, questions) = unbounded();
        let (answers_in, answers) = bounded(NARROW.journeys);
        let left = lines.clone();
        let worker = thread::spawn(move || {
            let stage = Meter::new().stage("work");
            Owner::new(NARROW).work(&stage, &lines, &answers, |questions: Vec<Question>| {
                questions_in.send(questions).unwrap();
            })
        });
        let mut answered = 0;
        while let Ok(questions) = questions.recv() {
            let taken = 6 - left.len();
            assert!(
                taken <= answered + NARROW.waiting,
                "{taken} lines, {answered} answers"
            );
            answered += questions.len();
            let all = (questions.into_iter()).map(|(client, _)| (client, Err(Unresolved)));
            answers_in.try_send(all.collect()).unwrap();
        }
        assert_eq!(worker.join().unwrap().unresolved(), 6);
    });
}

/// If the task that asks is gone, the workers end, with what they have counted.
#[test]
fn nobody_waits_for_nobody() {
    prove(SCHEDULES, || {
        run(NARROW, |questions, answers_in| {
            let _ = catch_unwind(AssertUnwindSafe(move || {
                let _answers_in = answers_in;
                if thread_rng().gen_bool(0.5) {
                    let _ = questions.recv();
                }
                resume_unwind(Box::new("whoever asks")); // silently, unlike a panic
            }));
        });
    });
}
