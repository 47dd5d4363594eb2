//! Running a program to its end, but not for ever: a deadlock in a twin is a failed test, not a hanging one.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

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

/// Runs a program without input until it ends. It must not start other programs: see [`run_with_children`].
///
/// # Errors
///
/// If it cannot be started, or has not ended after five minutes: then it is killed.
pub fn run(command: &mut Command) -> Result<Ended, String> {
    end(command, PATIENCE, |child| {
        // It may have ended just now.
        let _ = child.kill();
    })
}

/// Runs a program that starts others, as `go test` does. They are in a process group of their own, and all of
/// them are killed when it takes too long. The price: Ctrl-C on a terminal does not reach them.
///
/// # Errors
///
/// If it cannot be started, or has not ended after five minutes: then all of them are killed.
pub fn run_with_children(command: &mut Command) -> Result<Ended, String> {
    end(command.process_group(0), PATIENCE, kill_group)
}

fn end(
    command: &mut Command,
    patience: Duration,
    kill: impl FnOnce(&mut Child),
) -> Result<Ended, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // Both pipes are emptied while it runs, or it would wait for room in one of them.
    let output = read(child.stdout.take());
    let errors = read(child.stderr.take());
    let deadline = Instant::now() + patience;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            break status;
        }
        if Instant::now() > deadline {
            kill(&mut child);
            let _ = child.wait();
            return Err(format!(
                "it had not ended after {} s, and was killed; until then it had said:\n{}{}",
                patience.as_secs(),
                output.join().unwrap_or_default(),
                errors.join().unwrap_or_default()
            ));
        }
        thread::sleep(PAUSE);
    };
    Ok(Ended {
        succeeded: status.success(),
        output: output.join().unwrap_or_default(),
        errors: errors.join().unwrap_or_default(),
    })
}

/// Kills the process group of which the child is the leader. It has not been waited for, so its number is still its own.
fn kill_group(child: &mut Child) {
    if let Some(leader) = Pid::from_raw(child.id().cast_signed()) {
        // All of it may have ended just now.
        let _ = kill_process_group(leader, Signal::KILL);
    }
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

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    #[test]
    fn both_outputs_and_the_exit_code_are_told() {
        let ended = run(&mut shell("echo one; echo two >&2; exit 3")).expect("a shell");
        assert_eq!(
            (ended.output.as_str(), ended.errors.as_str()),
            ("one\n", "two\n")
        );
        assert!(!ended.succeeded);
        assert!(run(&mut Command::new("/nowhere/at-all")).is_err());
    }

    /// The pipes end when the last process that holds them has: if one were left, this would wait for it.
    #[test]
    fn who_takes_too_long_is_killed_with_all_its_children() {
        let began = Instant::now();
        let mut hanging = shell("echo begun; sleep 40 & sleep 40");
        let why = end(
            hanging.process_group(0),
            Duration::from_millis(200),
            kill_group,
        )
        .expect_err("it hangs");
        assert!(
            why.contains("had not ended") && why.contains("begun"),
            "{why}"
        );
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "a child was left"
        );
    }
}
