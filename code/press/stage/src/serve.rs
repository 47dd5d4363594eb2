//! `workbook serve`: the book on this machine, rebuilt on every change.
//!
//! A thread builds ([`rebuild`]) and puts each finished site, whole and in memory ([`site`]), where
//! the server takes it from ([`routes`]); so a reader never sees half a build, and a build that
//! fails leaves the last good one standing. Open pages ask for both ([`reload`]), over
//! connections that end ([`connections`]). This server
//! runs programs ([`runs`]), so it is strict ([`guard`], [`admit`], [`policy`]).

mod admit;
mod connections;
mod guard;
mod policy;
mod port;
mod rebuild;
mod reload;
mod routes;
mod runs;
mod script;
mod site;

use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result};
use pages::runnable;
use project::Project;
use project::catalog;
use project::count;

pub use self::rebuild::Build;
use crate::live::run::Runner;
use crate::{compile, terminal};

/// How the book is served.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The port, which must be free; without one it is the next free one.
    pub port: Option<u16>,
    /// Whether the reader's browser is opened.
    pub open: bool,
    /// Whether every program that can be run from a page is built first.
    pub prepare: bool,
}

/// Builds by `build` and serves until Ctrl-C.
///
/// # Errors
///
/// If there is no port, a program cannot be prepared, or the server fails. A book that cannot be built is told, and a
/// later save can mend it.
pub fn serve(project: &Project, options: Options, build: Build) -> Result<()> {
    let listener = port::listen(options.port)?;
    let port = listener
        .local_addr()
        .context("cannot tell the port")?
        .port();
    let hosts = guard::hosts(port);
    let admission = admit::Admission::new(&hosts).context("the system has no random numbers")?;
    let admission = Arc::new(admission);
    let runner = Runner::new(project);
    if options.prepare {
        prepare(project)?;
    }
    let current = Arc::new(reload::Current::new(admission.token()));
    let mut builder = rebuild::Builder::new(project, build, Arc::clone(&current));
    builder.first();
    // Before the address is told: what a reader changes from then on is seen.
    let _watching = builder.keep_up()?;

    let address = format!("http://127.0.0.1:{port}/");
    terminal::note(&format!("the book is served at {address} until Ctrl-C"));
    if current.site().file("/talk/").is_some() {
        terminal::note(&format!(
            "the talk is at {address}talk/, its speaker's view at {address}talk/speaker/"
        ));
    }
    if options.open {
        open(&address);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let runs = runs::Runs {
            admission,
            runner: runner.clone(),
        };
        let router = routes::router(current, runs, hosts);
        let ended = tokio::select! {
            () = connections::serve(listener, router, connections::LIMITS) => Ok(()),
            stopped = stopped() => stopped,
        };
        runner.close().await;
        ended
    });
    // Open pages keep their connections; nobody waits for those.
    runtime.shutdown_background();
    served.context("the server failed")?;
    Ok(())
}

/// Builds all that can be run from a page, so that nothing has to be built when somebody is watching.
fn prepare(project: &Project) -> Result<()> {
    let mut programs = catalog::programs(&project.root)?;
    programs.retain(|program| runnable::entry(&program.name).is_some());
    compile::all(project, &programs)?;
    terminal::note(&format!(
        "all {} are built: nothing has to be compiled from here on",
        count(programs.len(), "program")
    ));
    Ok(())
}

/// Ctrl-C, or the request to terminate.
async fn stopped() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

/// Opens the reader's browser, which is a convenience: when there is none, the address stands above.
fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = Command::new(opener)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        terminal::note(&format!("cannot open a browser with {opener}: {error}"));
    }
}
