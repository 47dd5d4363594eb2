//! Servers that a test starts, kills, and starts again.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::{Sender, channel};
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use n05_servers::queue::MESSAGE_BYTES_MAX;
use n05_servers::servers::{NATS, REDIS, find};
use tempfile::TempDir;

use super::program::until;

/// Whether the servers' programs are on this machine. If not, says loudly that a test is skipped, or fails where everything has to
/// be tested (`CI` is set).
pub fn are_there(test: &str) -> bool {
    let Some(why) = [NATS, REDIS]
        .into_iter()
        .find_map(|program| find(program).err())
    else {
        return true;
    };
    assert!(std::env::var_os("CI").is_none(), "{test} cannot run: {why}");
    let message = format!("\n*** SKIPPED {test}: {why}\n\n");
    std::io::stderr()
        .write_all(message.as_bytes())
        .expect("standard error");
    false
}

/// What is to be started, and where the child is wanted.
type Order = (Command, Sender<Child>);

/// A queue and a cache.
#[derive(Debug)]
pub struct Servers {
    folder: TempDir,
    port: u16,
    queue: Mutex<Option<Child>>,
    cache: Mutex<Option<Child>>,
}

/// Those that all tests of a file share.
pub fn shared() -> &'static Servers {
    static SHARED: LazyLock<Servers> = LazyLock::new(Servers::start);
    &SHARED
}

impl Servers {
    pub fn start() -> Servers {
        let servers = Servers {
            folder: tempfile::tempdir().expect("a folder"),
            port: free_port(),
            queue: Mutex::default(),
            cache: Mutex::default(),
        };
        servers.start_queue();
        servers.start_cache();
        servers
    }

    /// The flags of a run that joins them.
    pub fn flags(&self) -> Vec<super::Own> {
        vec![
            ("nats", self.queue()),
            ("redis", self.cache().display().to_string()),
        ]
    }

    /// The same, on a command line.
    pub fn arguments(&self) -> Vec<String> {
        let flags = self.flags().into_iter();
        flags
            .flat_map(|(flag, value)| [format!("--{flag}"), value])
            .collect()
    }

    pub fn queue(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn url(&self) -> String {
        format!("nats://{}", self.queue())
    }

    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    pub fn start_queue(&self) {
        let (config, store) = (self.folder.path().join("nats.conf"), self.store());
        let (address, store) = (self.queue(), store.display());
        let text = format!(
            "listen: \"{address}\"\nmax_payload: {MESSAGE_BYTES_MAX}\njetstream {{ store_dir: \"{store}\" }}\n"
        );
        std::fs::write(&config, text).expect("room");
        let is_up = || TcpStream::connect(&address).is_ok();
        for _ in 0..5 {
            let mut command = Command::new(find(NATS).expect("it is there"));
            command.arg("-c").arg(&config);
            *lock(&self.queue) = Some(started(command));
            until("queue", || is_up() || self.has_queue_ended());
            if !self.has_queue_ended() {
                return;
            }
        }
        panic!("the queue has ended five times");
    }

    /// Starts the queue again if it ends within this time, as what looks after servers would. Version 2.9.10 may: asked for a
    /// message of a stream that another connection is just making, it follows a pointer to nothing.
    pub fn look_after_queue(&self, time: Duration) {
        let end = Instant::now() + time;
        while Instant::now() < end {
            if self.has_queue_ended() {
                self.start_queue();
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn has_queue_ended(&self) -> bool {
        let mut queue = lock(&self.queue);
        let queue = queue.as_mut().expect("it was started");
        queue.try_wait().expect("a child").is_some()
    }

    pub fn start_cache(&self) {
        let mut command = Command::new(find(REDIS).expect("it is there"));
        command
            .args(["--port", "0", "--save", "", "--unixsocket"])
            .arg(self.cache());
        *lock(&self.cache) = Some(started(command));
        until("cache", || UnixStream::connect(self.cache()).is_ok());
    }

    pub fn kill_queue(&self) {
        kill(&self.queue);
    }

    pub fn kill_cache(&self) {
        kill(&self.cache);
    }

    /// The process of the cache.
    pub fn cache_id(&self) -> u32 {
        lock(&self.cache).as_ref().expect("it runs").id()
    }

    /// Where the queue keeps what it has.
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("jetstream")
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.kill_queue();
        self.kill_cache();
    }
}

fn kill(server: &Mutex<Option<Child>>) {
    if let Some(mut server) = lock(server).take() {
        server.kill().expect("it runs");
        server.wait().expect("it was started");
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a server that ends with this process, by way of the program. A thread of its own starts all of them: they end
/// with the thread that has started them, and those of tests end.
fn started(command: Command) -> Child {
    static STARTER: OnceLock<Mutex<Sender<Order>>> = OnceLock::new();
    let starter = STARTER.get_or_init(|| {
        let (commands_in, commands) = channel::<(Command, Sender<Child>)>();
        thread::spawn(move || {
            for (command, to) in commands {
                let mut ours = Command::new(super::PROGRAM);
                ours.args(["--serve", "exec", &std::process::id().to_string()]);
                ours.arg(command.get_program()).args(command.get_args());
                ours.stdin(Stdio::null())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null());
                let _ = to.send(ours.spawn().expect("the program is built"));
            }
        });
        Mutex::new(commands_in)
    });
    let (to, from) = channel();
    lock(starter).send((command, to)).expect("it never ends");
    from.recv().expect("a child")
}

/// A port that the system gives to no connection by itself.
fn free_port() -> u16 {
    // Two tests at once are not to find the same one free.
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let first = 10_000 + std::process::id() % 190 * 100 + TAKEN.fetch_add(10, Relaxed);
    let mut ports = (0..10).map(|more| (first + more) as u16);
    let free = ports.find(|&port| TcpListener::bind(("127.0.0.1", port)).is_ok());
    free.expect("a free port")
}
