//! The neighbour in this process: another thread behind a channel of crossbeam's, another task behind one of tokio's.

use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

use crate::hop::{Load, Message, answer, timed};
use crate::remote::{exchange, serve};

/// Two threads, a channel there and a channel back.
pub fn between_threads(load: Load) -> (u64, Duration) {
    let (messages_in, messages) = bounded::<Message>(load.under_way);
    let (answers_in, answers) = bounded(load.under_way);
    // Moved, so that the channel ends with what is timed, and the neighbour with it.
    thread::scope(move |scope| {
        scope.spawn(move || {
            for message in messages {
                if answers_in.send(answer(&message)).is_err() {
                    break;
                }
            }
        });
        timed(|| {
            let (mut under_way, mut sum) = (0, 0_u64);
            let wait = || answers.recv().expect("the neighbour lives");
            for message in load.make() {
                if under_way == load.under_way {
                    sum = sum.wrapping_add(wait());
                    under_way -= 1;
                }
                messages_in.send(message).expect("the neighbour lives");
                under_way += 1;
            }
            (0..under_way).fold(sum, |sum, _| sum.wrapping_add(wait()))
        })
    })
}

/// Two tasks on the threads of one runtime, by the same two functions that are used over a connection.
pub fn between_tasks(load: Load) -> (u64, Duration) {
    let runtime = Runtime::new().expect("a runtime");
    let (messages_in, messages) = mpsc::channel(load.under_way);
    let (answers_in, answers) = mpsc::channel(load.under_way);
    runtime.spawn(serve(messages, answers_in));
    timed(|| {
        let sum = runtime.spawn(exchange(load, messages_in, answers));
        runtime.block_on(sum).expect("the task does not panic")
    })
}
