//! What a limit of the system takes from a run is told with its reason, once.

use std::process::{Command, Stdio};

use traffic::step_program;
use traffic::testing::process::{report, run, told};

#[test]
fn the_reason_of_what_is_unresolved_is_told_once() {
    // Each worker has a connection of its own, whose other end is in the same process.
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 16; exec \"$0\" \"$@\"", step_program!()])
        .args(["--workers", "64", "--lines", "500", "--delay", "0"])
        .args(["--format", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let output = run(&mut command);
    let (report, told) = (report(&output), told(&output));
    assert!(report.unresolved > 0, "{told}");
    assert_eq!(told.matches("unresolved: ").count(), 1, "{told}");
    // Either end may be the first without a file: a client gets no socket, or the server cannot accept and the connection is
    // reset, or ends before the answer. Which, is decided by how the threads happen to run.
    assert!(told.contains(" said: "), "{told}");
    let reasons = ["(os error ", "unexpected end of file"];
    assert!(reasons.iter().any(|reason| told.contains(reason)), "{told}");
}
