//! Running a program to its end, but not for ever: a deadlock in a twin is a failed test, not a hanging one.

use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any program of the book takes on a busy machine, and than Go takes to compile its library once.
const PATIENCE: Duration = Duration::from_secs(300);

/// How often it is asked whether the program has ended.
const PAUSE: Duration = Duration::from_millis(10);

/// What a program did.
#[derive(Debug)]
pub struct Ended {
    /// Whether its exit code was 0.
    pub succeeded: bool,
    /// Its standard output.
    pub output: String,
    /// Its standard error.
    pub errors: String,
}

/// Runs a program without input until it ends.
///
/// # Errors
///
/// If it cannot be started, or has not ended after five minutes: then it is killed.
pub fn run(command: &mut Command) -> Result<Ended, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // Both pipes are emptied while it runs, or it would wait for room in one of them.
    let output = read(child.stdout.take());
    let errors = read(child.stderr.take());
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            break status;
        }
        if Instant::now() > deadline {
            // It may have ended just now.
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("it has not ended after {} s", PATIENCE.as_secs()));
        }
        thread::sleep(PAUSE);
    };
    Ok(Ended {
        succeeded: status.success(),
        output: output.join().unwrap_or_default(),
        errors: errors.join().unwrap_or_default(),
    })
}

fn read(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read until an error is still worth showing.
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_outputs_and_the_exit_code_are_told() {
        let mut shell = Command::new("sh");
        let ended = run(shell.args(["-c", "echo one; echo two >&2; exit 3"])).expect("a shell");
        assert_eq!(
            (ended.output.as_str(), ended.errors.as_str()),
            ("one\n", "two\n")
        );
        assert!(!ended.succeeded);
        assert!(run(&mut Command::new("/nowhere/at-all")).is_err());
    }
}
