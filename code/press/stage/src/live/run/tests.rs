//! Every run ends, leaves nothing behind, and says how it ended.

use serde_json::Value;
use tokio::process::Command;

use super::*;

/// Too short for whoever sleeps.
const SHORT: Duration = Duration::from_millis(300);
/// Longer than anything takes that ends by itself.
const LONG: Duration = Duration::from_secs(30);

/// The events of a shell script under a deadline, and with little that it may say.
async fn events(script: &str, deadline: Duration) -> Vec<Value> {
    let project = Project::find().expect("the project");
    let mut runner = Runner::new(&project);
    runner.limits = Limits {
        run: Duration::ZERO, // for programs of the book
        build: deadline,
        output: 10_000,
    };
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    let turn = runner.turn().expect("nothing runs");
    let mut heard = runner.begin(turn, Job::Command(command));
    assert!(runner.turn().is_none(), "one at a time");
    let mut events = Vec::new();
    while let Some(event) = heard.recv().await {
        events.push(serde_json::to_value(event).expect("JSON"));
    }
    events
}

async fn end(script: &str, deadline: Duration) -> Value {
    (events(script, deadline).await.pop()).expect("an end")
}

#[tokio::test]
async fn every_run_ends_and_says_how() {
    assert_eq!(end("true", LONG).await["code"], 0);
    assert_eq!(end("exit 7", LONG).await["code"], 7);
    assert_eq!(end("kill -9 $$", LONG).await["code"], Value::Null);
    for late in ["sleep 600", "trap '' TERM; while :; do sleep 1; done"] {
        assert_eq!(end(late, SHORT).await["why"], "deadline", "{late}");
    }
    for flood in ["yes", "yes >&2", "yes | tr -d '\\n'"] {
        assert_eq!(end(flood, LONG).await["why"], "flood", "{flood}");
    }
}

#[tokio::test]
async fn what_a_program_leaves_behind_ends_with_it() {
    // The child has closed what it inherited, or its program would not be seen to end.
    let script = "sleep 600 >/dev/null 2>&1 & echo $!";
    let events = events(script, LONG).await;
    let pid: i32 = (events[0]["text"].as_str().expect("text").parse()).expect("a number");
    let pid = rustix::process::Pid::from_raw(pid).expect("a number of a process");
    for _ in 0..100 {
        if rustix::process::test_kill_process(pid).is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the child is still there");
}

#[tokio::test]
async fn nothing_begins_when_all_is_closed() {
    let project = Project::find().expect("the project");
    let runner = Runner::new(&project);
    let mut command = Command::new("sleep");
    command.arg("600");
    let turn = runner.turn().expect("nothing runs");
    let mut heard = runner.begin(turn, Job::Command(command));
    runner.close().await;
    let end = heard.recv().await.expect("an end");
    let end = serde_json::to_value(end).expect("JSON");
    assert_eq!(end["why"], "stopped");
    assert!(runner.turn().is_none());
}
