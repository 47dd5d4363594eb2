//! Real hosts for tests: network namespaces of Linux, each with a cable to one switch, and any of the cables can
//! be pulled.
//!
//! The namespaces have no names, and nothing of them is seen outside: a test runs itself again as the first
//! process in namespaces of its own, where it is root, the switch, and a host on it. When that process ends,
//! however it ends, the system ends all others in there, and takes the namespaces and the cables away. So
//! nothing is left behind by a test that panics, or that is killed.
//!
//! What it takes is `unshare` and `ip`, and a system that lets us; where one is missing the test says so, and
//! is skipped.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Ipv4Addr;
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};
use std::thread;

/// Is set for the test inside.
const INSIDE: &str = "WEATHER_INSIDE";

/// The namespaces of a test. The second is for users that are not root, and for a root that may do little.
const WAYS_IN: [&[&str]; 2] = [
    &["--net", "--pid", "--fork", "--kill-child"],
    &[
        "--user",
        "--map-root-user",
        "--net",
        "--pid",
        "--fork",
        "--kill-child",
    ],
];

/// What a host does before it is the program that is wanted: it waits for its cable, and says so.
const BOOT: &str = r#"echo; read -r address
ip link set lo up && ip addr add "$address/24" dev eth0 && ip link set eth0 up && exec "$@" </dev/null"#;

/// The switch that all hosts are on, and itself a host with this test in it.
#[derive(Debug)]
pub struct Switch(());

/// A host with one program on it, which ends when this is dropped.
#[derive(Debug)]
pub struct Host {
    number: u8,
    child: Child,
    /// What the program prints.
    pub stdout: BufReader<ChildStdout>,
    /// What it complains of.
    pub stderr: BufReader<ChildStderr>,
}

/// Runs a test, of that name, again on a network of its own. There it has the switch. Here it has nothing, and
/// nothing left to do: it has passed there, or was skipped and has said so.
///
/// # Panics
///
/// If the test fails there; in CI, if there is no `ip`, which is installed for it.
pub fn inside(test: &str) -> Option<Switch> {
    if env::var_os(INSIDE).is_some() {
        end_with_the_test_outside();
        return Some(Switch::plug_in());
    }
    let program = env::current_exe().expect("a test knows its program");
    let way_in = way_in(test)?;
    let inside = Command::new("unshare")
        .args(way_in)
        .arg(program)
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, test)
        // Nothing is ever said; that it is closed says that this test is gone.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut inside = inside.expect("it was there a moment ago");
    let _gone = inside.stdin.take();
    let output = inside.wait_with_output().expect("a child");
    assert!(output.status.success(), "{}", told(&output));
    None
}

/// The first way in that is open.
fn way_in(test: &str) -> Option<&'static [&'static str]> {
    if let Err(err) = Command::new("ip").arg("-V").output() {
        assert!(env::var_os("CI").is_none(), "{test}: there is no ip: {err}");
        skipped(test, "there is no `ip` (the package iproute2)");
        return None;
    }
    let mut why = String::new();
    for way_in in WAYS_IN {
        let cable = "ip link add name one type veth peer name other".split(' ');
        match Command::new("unshare").args(way_in).args(cable).output() {
            Ok(output) if output.status.success() => return Some(way_in),
            Ok(output) => why = told(&output),
            Err(err) => why = err.to_string(),
        }
    }
    let why = why.trim();
    skipped(test, &format!("no network namespaces are to be had: {why}"));
    None
}

/// Straight to standard error: the test runner keeps back what a passing test prints.
fn skipped(test: &str, why: &str) {
    let message = format!("\n*** SKIPPED {test}: {why}.\n\n");
    // Without a standard error there is nowhere to say it.
    let _ = io::stderr().write_all(message.as_bytes());
}

fn end_with_the_test_outside() {
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(1);
    });
}

fn told(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Calls `ip`.
fn ip(arguments: &str) {
    let output = Command::new("ip").args(arguments.split(' ')).output();
    let output = output.expect("there is an ip");
    assert!(output.status.success(), "ip {arguments}: {}", told(&output));
}

impl Switch {
    /// Where this test is on its network.
    pub const ADDRESS: Ipv4Addr = Switch::address(254);

    /// Where a host is.
    pub const fn address(number: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 77, 0, number)
    }

    fn plug_in() -> Switch {
        ip("link set lo up");
        // With an address of its own: else it has that of one of its ports, and another when that one goes, and the
        // hosts would go on sending to the old one.
        ip("link add name switch address 02:00:00:00:00:fe type bridge");
        ip(&format!("addr add {}/24 dev switch", Switch::ADDRESS));
        ip("link set switch up");
        Switch(())
    }

    /// A new host, with a program on it. Its number, from 1 to 253, is also that of its address.
    ///
    /// # Panics
    ///
    /// If it cannot be had: we are root in here.
    pub fn host(&self, number: u8, program: &str, arguments: &[&str]) -> Host {
        let child = Command::new("unshare")
            .args(["--net", "sh", "-c", BOOT, "sh", program])
            .args(arguments)
            .env_remove(INSIDE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("there is an unshare");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        // From here on it is in its namespace.
        stdout.read_line(&mut String::new()).expect("a line");
        let pid = child.id();
        ip(&format!(
            "link add name port{number} type veth peer name eth0 \
             address 02:00:00:00:00:{number:02x} netns {pid}"
        ));
        ip(&format!("link set port{number} master switch up"));
        let mut boot = child.stdin.take().expect("piped");
        writeln!(boot, "{}", Switch::address(number)).expect("it waits");
        Host {
            number,
            child,
            stdout,
            stderr,
        }
    }
}

impl Host {
    /// Pulls its cable: nothing arrives any more, here or there, and neither side is told.
    pub fn pull(&self) {
        ip(&format!("link set port{} down", self.number));
    }

    /// Plugs it in again.
    pub fn plug(&self) {
        ip(&format!("link set port{} up", self.number));
    }

    /// Waits for the end of the program: its exit code, and all that it printed and complained of and that was
    /// not read before.
    ///
    /// # Panics
    ///
    /// If it was killed, or what it says is no text.
    pub fn ended(mut self) -> (i32, String, String) {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        thread::scope(|scope| {
            scope.spawn(|| self.stderr.read_to_string(&mut stderr).expect("text"));
            self.stdout.read_to_string(&mut stdout).expect("text");
        });
        let status = self.child.wait().expect("a child");
        (status.code().expect("not killed"), stdout, stderr)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // If it has ended, both fail.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The system takes it away by itself, some time later; the next host may have the same number.
        let port = format!("port{}", self.number);
        let _ = Command::new("ip").args(["link", "del", &port]).output();
    }
}
