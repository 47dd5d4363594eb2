//! The directory as a service of a cluster: `directory --listen 10.78.0.10:7100`.
//!
//! The directory of this book answers on its own machine alone. Here fair weather leads to it from the others, as in the
//! tests of hosts. What it is asked and what it answers is in the clear, so it belongs on a network of the cluster's own.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use traffic::directory::{Config, DELAY_DEFAULT, Server, Table};
use traffic::units::duration;
use traffic::{Directory, Error};
use weather::{Place, Proxy, Weather};

/// Says which holder an address belongs to, for the workers of a cluster
#[derive(Debug, Parser)]
#[command(name = "directory", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to answer
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:7100")]
    listen: Place,
    /// The simulated distance, from a request's arrival to its answer [default: 500us]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    delay: Option<Duration>,
    /// A CSV file of `first,last,holder` rows, gzip too, instead of the IANA IPv4 registry
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Asks a directory for its version: the exit code is 0 if it answers, and else 1
    Health {
        /// Where it is
        #[arg(value_name = "HOST:PORT")]
        at: String,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(Command::Health { at }) => health(at),
        None => match serve(&arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(err) => {
                eprintln!("directory: {err}");
                ExitCode::from(2)
            }
        },
    }
}

fn health(at: &str) -> ExitCode {
    let answer = Directory::at(at).map(|directory| directory.version());
    match answer {
        Ok(Ok(version)) => println!("ready, with version {version}"),
        Ok(Err(_)) => println!("not well: {at} does not answer"),
        Err(ref err) => println!("not well: {err}"),
    }
    match answer {
        Ok(Ok(_)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn serve(arguments: &Arguments) -> Result<(), Error> {
    let table = match &arguments.table {
        Some(path) => Table::read(path)?,
        None => Table::iana(),
    };
    let (ranges, delay) = (table.len(), arguments.delay.unwrap_or(DELAY_DEFAULT));
    let server = Server::start(Config {
        delay,
        table: Arc::new(table),
        ..Config::default()
    })?;
    let told = format!("the directory has {ranges} ranges, and answers after {delay:?}");
    let to = Place::Tcp(server.address().to_string());
    let leading = Runtime::new().and_then(|runtime| {
        let led = runtime.block_on(lead(&arguments.listen, to, &told));
        // Requests under way are asked again, by workers that are told so by the end of the connection.
        runtime.shutdown_background();
        led
    });
    leading.map_err(|source| Error::System {
        what: "cannot serve",
        source,
    })
}

/// Leads from a place to the directory, until this process is told to end.
async fn lead(listen: &Place, to: Place, told: &str) -> io::Result<()> {
    // From the first moment: where this is the first process of a container, no signal ends it that it does not ask for.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let proxy = Proxy::listen(listen, to, Weather::default()).await?;
    eprintln!("{told}, at {}; Ctrl-C ends it", proxy.place()?);
    tokio::select! {
        ended = proxy.run(|_, _| {}) => ended,
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}
