//! What the chapter says about tokio's `select!`: chance decides where it begins to look, and nothing else.

use tokio::runtime::Builder;
use tokio::sync::mpsc;

#[test]
fn of_two_ready_branches_the_first_is_served_in_three_cases_of_four() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let mut served = [0_u32; 2];
    runtime.block_on(async {
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
    });
    // Chance has a standard deviation of about 60 here.
    assert!((14_400..15_600).contains(&served[0]), "{served:?}");
}
