//! What is final, and when: the dataflow by itself, with a worker that is held back.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use n06_engine::combine::Answers;
use n06_engine::dataflow::{Final, News, report};
use n06_engine::epochs::Epochs;
use n06_engine::parts::{Key, Part, Read, Said};
use n06_engine::work::{AHEAD_MAX, Job, work};
use timely::dataflow::InputHandle;
use timely::dataflow::operators::Probe;
use timely::worker::Worker;
use traffic::{Counts, Holder, Input, Meter};

/// What has not happened by then does not happen.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// So often a worker looks around, which is far more often than a message needs to arrive.
const LOOKS: usize = 2_000;

const EPOCHS: u64 = 3;

/// Behind all epochs.
const END: u64 = 8;

type Hand = InputHandle<u64, timely::container::CapacityContainerBuilder<Vec<Said>>>;

/// The dataflow of one worker, and what its worker says.
fn dataflow(worker: &mut Worker, tell: impl FnMut(News) + 'static) -> Hand {
    let index = worker.index();
    let mut said = InputHandle::new();
    worker.dataflow(|scope| {
        let _ = report(said.to_stream(scope), Key::Row, index, END, tell).probe();
    });
    said
}

/// A part of a row that the first of two workers counts.
fn part() -> Said {
    let mut parts = (0_u32..).map(|number| {
        Said::Part(Part {
            holder: Some(Holder::new("a")),
            route: number.to_string().into_bytes(),
            counts: Counts {
                hits: 1,
                ..Counts::default()
            },
        })
    });
    parts
        .find(|part| part.owner(Key::Row) % 2 == 0)
        .expect("half of all are")
}

fn read(worker: usize) -> Said {
    Said::Read(Read {
        worker,
        lines: 1,
        ..Read::default()
    })
}

/// Two workers with a part in each epoch. The second one begins when the first has said everything and looked around; what
/// is told before that, and after.
fn with_a_slow_worker() -> (Vec<News>, Vec<News>) {
    let (tell, told) = channel();
    let (before, may_begin) = (
        Arc::<Mutex<Vec<News>>>::default(),
        Arc::<AtomicBool>::default(),
    );
    let early = Arc::clone(&before);
    let told = Arc::new(Mutex::new(told));
    let all = Arc::clone(&told);
    let guards = timely::execute(timely::Config::process(2), move |worker| {
        let (index, tell) = (worker.index(), tell.clone());
        let mut said = dataflow(worker, move |news| {
            tell.send(news).expect("it is listened to");
        });
        if index == 1 {
            while !may_begin.load(SeqCst) {
                worker.step();
            }
        }
        for epoch in 0..EPOCHS {
            said.send(part());
            said.send(read(index));
            said.advance_to(epoch + 1);
            worker.step();
        }
        if index == 0 {
            for _ in 0..LOOKS {
                worker.step();
            }
            let told = told.lock().expect("no panic");
            early.lock().expect("no panic").extend(told.try_iter());
            may_begin.store(true, SeqCst);
        }
    });
    for result in guards.expect("threads").join() {
        result.expect("no panic");
    }
    let before = std::mem::take(&mut *before.lock().expect("no panic"));
    let after = all.lock().expect("no panic").try_iter().collect();
    (before, after)
}

/// The epochs that are final, in the order in which that was told.
fn finals(news: Vec<News>) -> Vec<Final> {
    let finals = news.into_iter().filter_map(|news| match news {
        News::Final(all) => Some(all),
        News::Row(_) | News::End => None,
    });
    finals.collect()
}

#[test]
fn an_epoch_is_final_when_the_slowest_worker_is_done_with_it_and_not_before() {
    let (before, after) = with_a_slow_worker();
    assert!(before.is_empty(), "{before:?}");
    for all in finals(after) {
        assert_eq!(all.read.len(), 2, "{all:?}");
        assert_eq!(
            all.counted.iter().map(|counted| counted.hits).sum::<u64>(),
            2,
            "{all:?}"
        );
    }
}

#[test]
fn epochs_become_final_in_order_each_once() {
    let (_, after) = with_a_slow_worker();
    let epochs: Vec<u64> = finals(after).iter().map(|all| all.epoch).collect();
    assert_eq!(epochs, (0..EPOCHS).collect::<Vec<_>>());
}

#[test]
fn parts_of_a_slow_worker_come_behind_those_of_later_epochs() {
    let (_, after) = with_a_slow_worker();
    let behind = |all: &Final| all.counted.iter().map(|counted| counted.behind).sum();
    let behind: Vec<u64> = finals(after).iter().map(behind).collect();
    // A count that is closed when the next one begins would have missed them.
    assert_eq!(behind, [1, 1, 0]);
}

#[test]
fn rows_come_at_the_end_and_then_the_end() {
    let (_, after) = with_a_slow_worker();
    let last_final = after
        .iter()
        .rposition(|news| matches!(news, News::Final(_)));
    let rows: Vec<&Part> = after[last_final.expect("some are") + 1..]
        .iter()
        .filter_map(|news| match news {
            News::Row(part) => Some(part),
            News::Final(_) | News::End => None,
        })
        .collect();
    assert_eq!(rows.len(), 1, "{after:?}");
    assert_eq!(rows[0].counts.hits, 2 * EPOCHS);
    assert!(matches!(after.last(), Some(News::End)));
    let ends = after.iter().filter(|news| matches!(news, News::End));
    assert_eq!(ends.count(), 1);
}

/// A log of 64 chunks. The first of them has two lines, for the second line begins where the chunk ends, the last one has
/// none, and all others have one.
fn job() -> Job {
    let line = "192.0.2.1 - - [01/Dec/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1\n";
    let log = Input::from_bytes(&[line.repeat(64).as_bytes()]).expect("a temporary file");
    let chunks = log.map().expect("a file").chunks();
    assert_eq!(chunks, 64);
    Job {
        log,
        answers: Answers::of(None),
        epochs: Epochs {
            chunks,
            chunks_each: 8,
        },
        key: Key::Row,
        combines: true,
        stage: Meter::new().stage("work"),
    }
}

#[test]
fn a_worker_runs_no_further_ahead_than_two_epochs() {
    let (job, (tell, told)) = (Arc::new(job()), channel());
    // The first worker has half of the chunks.
    let lines_max = AHEAD_MAX * job.epochs.chunks_each / 2 + 1;
    let read = Arc::<Mutex<u64>>::default();
    let guards = timely::execute(timely::Config::process(2), {
        let (job, read) = (Arc::clone(&job), Arc::clone(&read));
        move |worker| {
            let tell = tell.clone();
            let tell = move |news| tell.send(news).expect("it is listened to");
            if worker.index() == 0 {
                work(worker, &job, move |news, _| tell(news));
                return;
            }
            // The same dataflow, and a worker that does nothing in it for a while.
            let said = dataflow(worker, |_| ());
            let start = Instant::now();
            while job.log.progress().0 < lines_max && start.elapsed() < TIME_LIMIT {
                worker.step();
            }
            for _ in 0..LOOKS {
                worker.step();
            }
            *read.lock().expect("no panic") = job.log.progress().0;
            // A panic in here would be waited for by the other.
            said.close();
        }
    });
    for result in guards.expect("threads").join() {
        result.expect("no panic");
    }
    assert_eq!(*read.lock().expect("no panic"), lines_max);
    assert_eq!(finals(told.try_iter().collect()).len(), 8);
}
