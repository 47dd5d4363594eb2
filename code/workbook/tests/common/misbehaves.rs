//! A program that does what no program should; which of it, is told by `--workers`, which any reader may choose.

use std::os::unix::process::CommandExt;
use std::process::{Command, exit};
use std::time::Duration;

fn main() {
    let mut words = std::env::args().skip_while(|word| word != "--workers");
    match words.nth(1).as_deref() {
        Some("1") => {
            start();
            println!(
                r#"{{"t_ms":5,"event":"end","step":"s04-release","lines":1,"malformed":0,"unresolved":0,"seconds":0.1,"rows":[]}}"#
            );
            eprintln!("done");
        }
        Some("2") => println!("<img src=x onerror=alert(1)> & \u{1b}[31m"),
        Some("3") => loop {
            println!("{}", "flood ".repeat(1000));
        },
        // Two that stay, each with a child: one goes when it is asked to, one does not.
        Some("4") => shell("sleep 600 & echo pids $$ $!; wait"),
        Some("5") => shell("trap '' TERM; sleep 600 & echo pids $$ $!; while :; do sleep 0.1; done"),
        Some("6") => exit(3),
        // As a step does: for two seconds, and until somebody ends it.
        Some("8") => step(20),
        Some("9") => step(600),
        _ => loop {
            print!("no end of line ");
        },
    }
}

/// Looks at a run, ten a second, with words in it that would be markup.
fn step(looks: u64) {
    start();
    println!("pids {0} {0}", std::process::id());
    eprintln!("<img src=x onerror='window.isHarmed = true'><b>bold</b>");
    for look in 1..=looks {
        std::thread::sleep(Duration::from_millis(100));
        let (t_ms, lines, depth) = (look * 100, look * 700, look % 64);
        println!(r#"{{"t_ms":{t_ms},"event":"progress","lines":{lines},"bytes":1,"lines_per_s":7000.0}}"#);
        println!(
            r#"{{"t_ms":{t_ms},"event":"stage","name":"<b>lookup</b>","done":1,"busy":0.5,"busy_ms":1,"waiting_ms":0,"messages":1,"waits":0,"depth":{depth},"capacity":64,"workers":8,"worker_ms":9}}"#
        );
    }
    let row = r#"{"holder":"<b>holder</b>","route":"<script>","hits":3,"bytes":2,"errors":1}"#;
    println!(
        r#"{{"t_ms":{0},"event":"end","step":"s04-release","lines":{1},"seconds":{2},"malformed":0,"unresolved":0,"rows":[{row}]}}"#,
        looks * 100,
        looks * 700,
        looks as f64 / 10.0
    );
}

/// The first event of a step.
fn start() {
    println!(
        r#"{{"t_ms":0,"event":"start","step":"s04-release","bytes":9,"workers":8,"capacity":64,"batch":64,"linger_us":1000,"shards":16,"refresh_us":1000000}}"#
    );
}

fn shell(script: &str) {
    let error = Command::new("sh").args(["-c", script]).exec();
    panic!("{error}");
}
