//! A program with two workers, each in a process group of its own, as those of the book's steps are: they end when their input
//! does. When one of them has ended it reports what is left.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn main() {
    println!(
        r#"{{"t_ms":0,"event":"start","step":"n01-remote-channels","bytes":9,"workers":8,"capacity":64,"batch":64,"linger_us":1000,"shards":16,"refresh_us":1000000}}"#
    );
    let mut workers = [worker(), worker()];
    println!("pids {} {}", workers[0].id(), workers[1].id());
    while workers.iter_mut().all(runs) {
        std::thread::sleep(Duration::from_millis(10));
    }
    println!(
        r#"{{"t_ms":5,"event":"end","step":"n01-remote-channels","lines":1,"malformed":0,"unresolved":0,"seconds":0.1,"rows":[]}}"#
    );
}

fn worker() -> Child {
    Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("it starts")
}

fn runs(worker: &mut Child) -> bool {
    matches!(worker.try_wait(), Ok(None))
}
