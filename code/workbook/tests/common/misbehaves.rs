//! A program that does what no program should; which of it, is told by `--workers`, which any reader may choose.

use std::os::unix::process::CommandExt;
use std::process::{Command, exit};

fn main() {
    let mut words = std::env::args().skip_while(|word| word != "--workers");
    match words.nth(1).as_deref() {
        Some("1") => {
            println!(r#"{{"t_ms":0,"event":"start","step":"s04-release","bytes":9}}"#);
            println!(r#"{{"t_ms":5,"event":"end","lines":1,"rows":[]}}"#);
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
        _ => loop {
            print!("no end of line ");
        },
    }
}

fn shell(script: &str) {
    let error = Command::new("sh").args(["-c", script]).exec();
    panic!("{error}");
}
