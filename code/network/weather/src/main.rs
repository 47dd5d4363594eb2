//! Stands between two peers: `weather --listen 127.0.0.1:7001 --to 127.0.0.1:7000 delay=20ms,drip`.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use tokio::runtime::Runtime;
use weather::{Place, Proxy, Weather};

/// Passes connections on, and does to their bytes what networks do
#[derive(Debug, Parser)]
#[command(name = "weather", version)]
struct Arguments {
    /// What the weather is like: delay=TIME, jitter=TIME, bandwidth=BYTES, drip, hold=BYTES:TIME,
    /// blackhole=BYTES, reset=BYTES, cut=BYTES, only=up|down, seed=N, with commas between them; of hold,
    /// blackhole, reset and cut one, and their BYTES may be a range to draw from, as in hold=1k..64k:500ms.
    /// bandwidth is in bytes a second, and drip writes byte by byte: what is sent through them takes its time
    #[arg(value_name = "WEATHER", default_value = "")]
    weather: Weather,
    /// Where to listen: HOST:PORT or unix:PATH
    #[arg(long, value_name = "PLACE")]
    listen: Place,
    /// Where connections go
    #[arg(long, value_name = "PLACE")]
    to: Place,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match Runtime::new().and_then(|runtime| runtime.block_on(pass_on(arguments))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("weather: {err}");
            ExitCode::from(2)
        }
    }
}

async fn pass_on(arguments: Arguments) -> io::Result<()> {
    let Arguments {
        weather,
        listen,
        to,
    } = arguments;
    let proxy = Proxy::listen(&listen, to.clone(), weather).await?;
    eprintln!("weather: {} leads to {to}; Ctrl-C ends it", proxy.place()?);
    let passing_on = proxy.run(|number, passed| match passed {
        Ok(passed) => eprintln!("weather: connection {number}: {passed:?}"),
        Err(err) => eprintln!("weather: connection {number}: cannot connect to {to}: {err}"),
    });
    tokio::select! {
        ended = passing_on => ended,
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}
