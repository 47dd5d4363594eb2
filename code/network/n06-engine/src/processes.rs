//! The other processes of a run: started, told what to do, looked after, and ended.
//!
//! Each has a socket to each other one, which is a pair that the run made: there is no port that a stranger could connect
//! to, and no file to be left behind. When the run ends, however it ends, its ends of them are closed, and they end.

use std::fmt;
use std::io::{self, BufReader, ErrorKind, Read};
use std::net::Shutdown;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use traffic::directory::Stats;
use traffic::{Error, OpenFile, Seen};

use crate::fate::BECAUSE_OF_ANOTHER;
use crate::lines::{hear, say};
use crate::rights;
use crate::serve::WORKER;
use crate::start::{GREETING, Order, Reply, Start};

/// How long a process may take to greet, and then to open the log.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a process that has nothing more to do may take to end.
const GRACE: Duration = Duration::from_secs(1);

/// How long an ending is waited for where something broken suggests one.
const OBITUARY: Duration = Duration::from_millis(500);

/// How often it is looked at.
const TICK: Duration = Duration::from_millis(5);

/// All processes of a run but this one. Dropping them kills what still runs, and leaves no zombie.
#[derive(Debug, Default)]
pub struct Processes(Vec<Process>);

#[derive(Debug)]
struct Process {
    number: usize,
    child: Child,
    socket: UnixStream,
    /// The same socket, to hear what it says.
    says: BufReader<UnixStream>,
}

impl Processes {
    /// Starts all that a start speaks of, and waits until they are ready. Gives them, and the sockets of this process to
    /// each of them.
    ///
    /// To be called from a thread that lives as long as the run: Linux takes the end of that thread for the end of the
    /// parent.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if one cannot be started, or is something else.
    pub fn start(
        program: Option<&Path>,
        start: &Start,
        log: &[OpenFile],
    ) -> Result<(Processes, Vec<Option<UnixStream>>), Error> {
        let refused = |err: io::Error| Error::Refused(format!("cannot start a process: {err}"));
        let mut mesh = mesh(start.processes).map_err(refused)?.into_iter();
        let ours = mesh.next().unwrap_or_default();
        let mut processes = Processes::default();
        // All are started before the first is waited for.
        for number in 1..start.processes {
            let process = Process::start(program, number).map_err(refused)?;
            processes.0.push(process);
        }
        for (process, sockets) in processes.0.iter_mut().zip(mesh) {
            let start = Start {
                process: process.number,
                ..start.clone()
            };
            process.brief(&start, &sockets, log)?;
        }
        for process in &mut processes.0 {
            let Reply::Ready = process.hears()? else {
                return Err(process.is_of_no_use("it says that it is done"));
            };
        }
        Ok((processes, ours))
    }

    /// Their numbers in the system.
    pub fn ids(&self) -> impl Iterator<Item = (usize, u32)> {
        self.0
            .iter()
            .map(|process| (process.number, process.child.id()))
    }

    /// Gives an order to all.
    pub fn order(&self, order: Order) {
        for process in &self.0 {
            // One that is gone is found to be.
            let _ = say(&process.socket, &order);
        }
    }

    /// The process that has ended although the run has not, and how.
    pub fn lost(&mut self) -> Option<String> {
        let ended: Vec<(String, ExitStatus)> =
            self.0.iter_mut().filter_map(Process::ended).collect();
        // Those that say that another was lost are not the ones to be told of.
        let is_first =
            |(_, status): &&(String, ExitStatus)| status.code() != Some(BECAUSE_OF_ANOTHER.into());
        let (process, status) = ended.iter().find(is_first)?;
        Some(format!("{process} is lost, with {status}"))
    }

    /// The same, where something has broken and one of them may just be ending.
    pub fn lost_soon(&mut self) -> Option<String> {
        let deadline = Instant::now() + OBITUARY;
        loop {
            let lost = self.lost();
            if lost.is_some() || self.0.is_empty() || Instant::now() > deadline {
                return lost;
            }
            thread::sleep(TICK);
        }
    }

    /// What each has seen of the log and asked of the directory, when all is done; and lets them end.
    ///
    /// # Errors
    ///
    /// If one of them is gone, or silent for so long.
    pub fn end(mut self, patience: Duration) -> Result<Vec<(Seen, Stats)>, Error> {
        let mut all = Vec::new();
        for process in &mut self.0 {
            let _ = process.socket.set_read_timeout(Some(patience.max(TICK)));
            match hear(&mut process.says) {
                Ok(Reply::Done(seen, asked)) => all.push((seen, asked)),
                Ok(Reply::Ready) | Err(_) => {
                    let lost = format!("{process} is lost before it was done; there is no report");
                    return Err(Error::Lost(lost));
                }
            }
        }
        for process in &self.0 {
            // To them it is the end.
            let _ = process.socket.shutdown(Shutdown::Both);
        }
        let deadline = Instant::now() + GRACE;
        while self.0.iter_mut().any(|process| process.ended().is_none())
            && Instant::now() < deadline
        {
            thread::sleep(TICK);
        }
        Ok(all)
    }
}

impl Process {
    fn start(program: Option<&Path>, number: usize) -> io::Result<Process> {
        let own;
        let program = match program {
            Some(program) => program,
            None => {
                own = std::env::current_exe()?;
                &own
            }
        };
        let (socket, theirs) = UnixStream::pair()?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let says = BufReader::new(socket.try_clone()?);
        let child = Command::new(program)
            .args(["--serve", WORKER])
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            // A Ctrl-C at the terminal is for the run, which then ends its input and drains.
            .process_group(0)
            .spawn()?;
        Ok(Process {
            number,
            child,
            socket,
            says,
        })
    }

    /// Hears its greeting, and tells it what to do.
    fn brief(
        &mut self,
        start: &Start,
        sockets: &[Option<UnixStream>],
        log: &[OpenFile],
    ) -> Result<(), Error> {
        let mut greeting = vec![0; GREETING.len() + 1];
        match self.says.read_exact(&mut greeting) {
            Ok(()) if greeting == format!("{GREETING}\n").as_bytes() => {}
            Ok(()) => {
                return Err(
                    self.is_of_no_use("it is another program, or another version of this one")
                );
            }
            Err(err) => return Err(self.is_silent(&err)),
        }
        let sockets = sockets.iter().flatten().map(AsFd::as_fd);
        let files: Vec<BorrowedFd> = sockets
            .chain(log.iter().map(|log| log.file.as_fd()))
            .collect();
        rights::give(&self.socket, &files)
            .and_then(|()| say(&self.socket, start))
            .map_err(|err| self.is_silent(&err))
    }

    fn hears(&mut self) -> Result<Reply, Error> {
        hear(&mut self.says).map_err(|err| self.is_silent(&err))
    }

    fn is_silent(&mut self, err: &io::Error) -> Error {
        match err.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                self.is_of_no_use(&format!("it has said nothing for {} s", PATIENCE.as_secs()))
            }
            _ => self.is_of_no_use("it ended early"),
        }
    }

    fn is_of_no_use(&self, why: &str) -> Error {
        Error::Refused(format!("{self} cannot be used: {why}"))
    }

    fn ended(&mut self) -> Option<(String, ExitStatus)> {
        let status = self.child.try_wait().ok()??;
        Some((self.to_string(), status))
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "worker process {} ({})", self.number, self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail if it has ended and was waited for, as is usual.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The sockets of each process to all others: two of them have one pair.
fn mesh(processes: usize) -> io::Result<Vec<Vec<Option<UnixStream>>>> {
    let none = || (0..processes).map(|_| None).collect();
    let mut mesh: Vec<Vec<Option<UnixStream>>> = (0..processes).map(|_| none()).collect();
    for far in 0..processes {
        // Those in front of it, each with a pair.
        let (before, rest) = mesh.split_at_mut(far);
        for (near, sockets) in before.iter_mut().enumerate() {
            let (here, there) = UnixStream::pair()?;
            sockets[far] = Some(here);
            rest[0][near] = Some(there);
        }
    }
    Ok(mesh)
}
