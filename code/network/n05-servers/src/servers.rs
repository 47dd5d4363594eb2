//! The servers of a run: those that are there, and those that it starts for itself.
//!
//! A server of its own is a child with a folder that nobody else may look into. When it ends it is started again, at the same
//! place and with the same folder. When the run ends, however it ends, its servers end with it, and the folder goes.

use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use traffic::Error;

use crate::kin::Process;
use crate::queue::MESSAGE_BYTES_MAX;
use crate::settings::{At, Settings};

/// A server that has lived for so long was no failure to start.
const SOUND: Duration = Duration::from_secs(2);

/// How often one that was not is started in a row.
const STARTS_MAX: u32 = 10;

/// The programs, each with the package that has it.
pub const NATS: &str = "nats-server";
/// See [`NATS`].
pub const REDIS: &str = "redis-server";

/// The servers of a run.
#[derive(Debug)]
pub struct Servers {
    /// Where the queue is.
    pub queue: String,
    /// Where the shared cache is, if there is one.
    pub cache: Option<String>,
    own: Vec<Own>,
    /// Takes the folder away when this process is gone, however it went.
    janitor: Option<(Process, ChildStdin)>,
    folder: Option<TempDir>,
}

/// A server that the run has started.
#[derive(Debug)]
struct Own {
    program: &'static str,
    path: PathBuf,
    arguments: Vec<String>,
    log: PathBuf,
    process: Process,
    since: Instant,
    starts: u32,
}

impl Servers {
    /// Starts those that are not there. To be called from a thread that lives as long as they should.
    ///
    /// # Errors
    ///
    /// One sentence, if one cannot be started.
    pub fn start(settings: &Settings) -> Result<Servers, Error> {
        let mut servers = Servers {
            queue: String::new(),
            cache: None,
            own: Vec::new(),
            janitor: None,
            folder: None,
        };
        match &settings.queue {
            At::There(url) => servers.queue.clone_from(url),
            At::Own | At::None => servers.start_nats()?,
        }
        match &settings.cache {
            At::There(url) => servers.cache = Some(url.clone()),
            At::Own => servers.start_redis()?,
            At::None => {}
        }
        servers.start_janitor()?;
        Ok(servers)
    }

    fn start_nats(&mut self) -> Result<(), Error> {
        let path = find(NATS)?;
        let folder = self.folder()?;
        let (port, token) = (free_port()?, token()?);
        let config = folder.join("nats.conf");
        let store = folder.join("jetstream");
        let text = format!(
            "listen: \"127.0.0.1:{port}\"\nmax_payload: {MESSAGE_BYTES_MAX}\n\
             authorization {{ token: \"{token}\" }}\njetstream {{ store_dir: \"{}\" }}\n",
            store.display()
        );
        fs::write(&config, text).map_err(failed(NATS))?;
        self.queue = format!("nats://{token}@127.0.0.1:{port}");
        let arguments = vec!["-c".to_owned(), config.display().to_string()];
        self.begin(NATS, path, arguments)
    }

    fn start_redis(&mut self) -> Result<(), Error> {
        let path = find(REDIS)?;
        let folder = self.folder()?;
        let socket = folder.join("redis.sock");
        // No port, and no file: it is a cache, and what it has lost it is told again.
        let arguments = [
            "--port",
            "0",
            "--unixsocketperm",
            "700",
            "--appendonly",
            "no",
        ];
        let bounded = ["--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"];
        let mut arguments: Vec<String> = (arguments.iter().chain(&bounded))
            .map(|&text| text.into())
            .collect();
        for (flag, value) in [
            ("--save", String::new()),
            ("--dir", folder.display().to_string()),
        ] {
            arguments.extend([flag.to_owned(), value]);
        }
        arguments.extend(["--unixsocket".to_owned(), socket.display().to_string()]);
        self.cache = Some(format!("redis+unix://{}", socket.display()));
        self.begin(REDIS, path, arguments)
    }

    fn begin(
        &mut self,
        program: &'static str,
        path: PathBuf,
        arguments: Vec<String>,
    ) -> Result<(), Error> {
        let log = self.folder()?.join(program).with_extension("log");
        let process = start(&path, &arguments, &log).map_err(failed(program))?;
        self.own.push(Own {
            program,
            path,
            arguments,
            log,
            process,
            since: Instant::now(),
            starts: 1,
        });
        Ok(())
    }

    fn folder(&mut self) -> Result<PathBuf, Error> {
        if self.folder.is_none() {
            let made = tempfile::Builder::new().prefix("n05-servers-").tempdir();
            self.folder = Some(made.map_err(failed("a temporary folder"))?);
        }
        let folder = self.folder.as_ref().expect("it was made");
        Ok(folder.path().to_owned())
    }

    /// Who is to take the folder away. Last, so that the servers are the oldest children.
    fn start_janitor(&mut self) -> Result<(), Error> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let mut janitor = own_program().map_err(failed("the janitor"))?;
        janitor.args(["--serve", "janitor"]).arg(folder.path());
        janitor.stdin(Stdio::piped()).stdout(Stdio::null());
        let (janitor, stdin) = Process::start(&mut janitor).map_err(failed("the janitor"))?;
        self.janitor = stdin.map(|stdin| (janitor, stdin));
        Ok(())
    }

    /// What is to be told first.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.own.iter().map(Own::is_started)
    }

    /// Looks whether all still run, starts again what does not, and tells of it. To be called from the thread that
    /// has started them.
    ///
    /// # Errors
    ///
    /// One sentence, if a server ends again and again.
    pub fn look(&mut self) -> Result<Vec<String>, Error> {
        let mut told = Vec::new();
        for own in &mut self.own {
            let Some(status) = own.process.has_ended() else {
                continue;
            };
            if own.since.elapsed() > SOUND {
                own.starts = 0;
            }
            if own.starts >= STARTS_MAX {
                let (program, why) = (own.program, last_line(&own.log));
                return Err(Error::Lost(format!(
                    "{program} ends as soon as it is started, with {status}: {why}"
                )));
            }
            own.starts += 1;
            own.process =
                start(&own.path, &own.arguments, &own.log).map_err(failed(own.program))?;
            own.since = Instant::now();
            told.push(format!("{} has ended, with {status}", own.program));
            told.push(own.is_started());
        }
        Ok(told)
    }
}

impl Own {
    fn is_started(&self) -> String {
        format!(
            "{} (process {}) is started",
            self.program,
            self.process.id()
        )
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        // In this order: what still runs would write into the folder. The janitor has nothing left to do then.
        self.own.clear();
        self.folder.take();
        if let Some((mut janitor, stdin)) = self.janitor.take() {
            drop(stdin);
            janitor.wait();
        }
    }
}

/// Starts a server, which ends with this process.
fn start(path: &Path, arguments: &[String], log: &Path) -> io::Result<Process> {
    let log = fs::File::create(log)?;
    let mut command = own_program()?;
    command
        .args(["--serve", "exec", &std::process::id().to_string()])
        .arg(path)
        .args(arguments);
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Process::start(&mut command).map(|(process, _)| process)
}

fn own_program() -> io::Result<Command> {
    Ok(Command::new(std::env::current_exe()?))
}

/// A server's program on the path.
///
/// # Errors
///
/// The line that installs it.
pub fn find(program: &str) -> Result<PathBuf, Error> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).flat_map(|folder| {
        // Where servers are, on systems whose users have no business there.
        let beside = folder
            .ends_with("bin")
            .then(|| folder.with_file_name("sbin"));
        [Some(folder), beside].into_iter().flatten()
    });
    let mut found = folders
        .map(|folder| folder.join(program))
        .filter(|path| path.is_file());
    found.next().ok_or_else(|| {
        let (flag, else_) = if program == NATS { ("nats", "") } else { ("redis", ", or --redis none to do without it") };
        Error::Refused(format!(
            "{program} is not on this machine: `apt-get install -y --no-install-recommends {NATS} {REDIS}` \
             installs it (or give --{flag} HOST:PORT of one that runs{else_})"
        ))
    })
}

/// A port that nothing listens at. Not one of those that the system gives to connections, of which one could have it
/// while the server is away, and be the one that looks for it.
fn free_port() -> Result<u16, Error> {
    for _ in 0..1_000 {
        let number = getrandom::u32().map_err(|err| failed(NATS)(io::Error::other(err)))?;
        let port = 10_000 + (number % 20_000) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err(failed(NATS)(io::Error::other("no port is free")))
}

/// What only this run knows: the port is there for all users of the machine.
fn token() -> Result<String, Error> {
    let number = || getrandom::u64().map_err(|err| failed(NATS)(io::Error::other(err)));
    Ok(format!("{:016x}{:016x}", number()?, number()?))
}

fn failed(what: &str) -> impl Fn(io::Error) -> Error {
    move |err| Error::Refused(format!("cannot start {what}: {err}"))
}

fn last_line(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    text.trim_end()
        .lines()
        .next_back()
        .unwrap_or("it says nothing")
        .to_owned()
}
