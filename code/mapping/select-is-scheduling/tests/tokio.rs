//! What the chapter says about tokio's `select!`: how fair it is, and what a dropped future takes with it.

mod limit;

use std::future::Future;
use std::time::Duration;

use limit::in_time;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{self, Receiver, error::TryRecvError};
use tokio::time::sleep;

const SOON: Duration = Duration::from_millis(10);
const NEVER: Duration = Duration::from_secs(3600);

fn run(test: impl Future<Output = ()> + Send + 'static) {
    in_time(|| {
        let runtime = Builder::new_current_thread().enable_time().build();
        runtime.expect("a runtime").block_on(test);
    });
}

/// Chance decides where it begins to look, and nothing else.
#[test]
fn of_two_ready_branches_the_first_is_served_in_three_cases_of_four() {
    run(async {
        let mut served = [0_u32; 2];
        let (in_a, mut a) = mpsc::channel(1);
        let (in_b, mut b) = mpsc::channel(1);
        let (_in_c, mut c) = mpsc::channel::<()>(1);
        let (_in_d, mut d) = mpsc::channel::<()>(1);
        in_a.send(()).await.unwrap();
        in_b.send(()).await.unwrap();
        for _ in 0..20_000 {
            tokio::select! {
                _ = a.recv() => {
                    served[0] += 1;
                    in_a.send(()).await.unwrap();
                }
                _ = b.recv() => {
                    served[1] += 1;
                    in_b.send(()).await.unwrap();
                }
                _ = c.recv() => unreachable!("it is empty"),
                _ = d.recv() => unreachable!("it is empty"),
            }
        }
        // Chance has a standard deviation of about 60 here.
        assert!((14_400..15_600).contains(&served[0]), "{served:?}");
    });
}

/// Takes an item, and is not done with it for long.
async fn take_and_work(queue: &mut Receiver<u8>) -> Option<u8> {
    let item = queue.recv().await;
    sleep(NEVER).await;
    item
}

#[test]
fn who_is_dropped_with_an_item_in_hand_loses_it() {
    run(async {
        let (send, mut queue) = mpsc::channel(1);
        send.send(7).await.unwrap();
        tokio::select! {
            _ = take_and_work(&mut queue) => unreachable!("it works for an hour"),
            () = sleep(SOON) => {}
        }
        assert_eq!(queue.try_recv(), Err(TryRecvError::Empty));
    });
}

#[test]
fn a_receive_that_is_dropped_takes_nothing() {
    run(async {
        let (send, mut queue) = mpsc::channel(1);
        tokio::select! {
            _ = queue.recv() => unreachable!("it is empty"),
            () = sleep(SOON) => {}
        }
        send.send(7).await.unwrap();
        assert_eq!(queue.try_recv(), Ok(7));
    });
}
