//! The neighbour behind remote calls: tarpc, in its binary format, over TCP.

use std::thread;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use tarpc::tokio_serde::formats::Bincode;
use tarpc::{client, context, serde_transport, server::BaseChannel, server::Channel};

use crate::hop::{Load, Message, answer};
use crate::remote::{runtime, stream, tcp};

/// What can be asked of the neighbour.
#[tarpc::service]
pub trait Sums {
    /// The sum of what the items hold.
    async fn sum(message: Message) -> u64;
}

#[derive(Clone)]
struct Neighbour;

impl Sums for Neighbour {
    async fn sum(self, _: context::Context, message: Message) -> u64 {
        answer(&message)
    }
}

/// Calls, so many at a time, over one connection.
pub fn by_tarpc(load: Load) -> (u64, Duration) {
    let (near, far) = tcp();
    let neighbour = thread::spawn(move || {
        runtime().block_on(async {
            let transport =
                serde_transport::Transport::from((stream(far).await, Bincode::default()));
            let answers = BaseChannel::with_defaults(transport).execute(Neighbour.serve());
            answers
                .for_each(async |answer| {
                    tokio::spawn(answer);
                })
                .await;
        });
    });
    let runtime = runtime();
    let outcome = runtime.block_on(async {
        let transport = serde_transport::Transport::from((stream(near).await, Bincode::default()));
        let client = SumsClient::new(client::Config::default(), transport).spawn();
        let begin = Instant::now();
        let calls = load
            .make()
            .map(|message| client.sum(context::current(), message));
        let answers = futures_util::stream::iter(calls).buffer_unordered(load.under_way);
        let sum = answers
            .fold(0_u64, async |sum, answer| {
                sum.wrapping_add(answer.expect("an answer"))
            })
            .await;
        (sum, begin.elapsed())
    });
    drop(runtime);
    neighbour.join().expect("the neighbour does not panic");
    outcome
}
