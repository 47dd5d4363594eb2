//! Prints one of the runs, by its name, or all of them.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use limits::{accepted, cycle, local, once, partition, silent};
use tokio::runtime::Runtime;

const NAMES: [&str; 6] = ["accepted", "silent", "partition", "once", "cycle", "local"];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let told = Runtime::new().and_then(|runtime| {
        let told = runtime.block_on(tell(&wanted));
        // What is at a standstill is not waited for.
        runtime.shutdown_background();
        told
    });
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("limits: {err}");
            ExitCode::from(2)
        }
    }
}

async fn tell(wanted: &[String]) -> io::Result<()> {
    let program = std::env::current_exe()?;
    match wanted {
        [mode] if mode == accepted::WORKER => return accepted::work().await,
        [mode] if mode == silent::PEER => return silent::answer(),
        [] => {
            for name in NAMES {
                println!("{name}:");
                run(name, &program).await?;
                println!();
            }
        }
        names => {
            for name in names {
                run(name, &program).await?;
            }
        }
    }
    Ok(())
}

async fn run(name: &str, program: &Path) -> io::Result<()> {
    match name {
        "accepted" => print!("{}", accepted::run(program).await?),
        "silent" => print!("{}", silent::run(program).await?),
        "partition" => print!("{}", partition::run().await?),
        "cycle" => print!("{}", cycle::run().await?),
        "local" => print!("{}", local::run()?),
        "once" => print!("{}", once::run().await?),
        _ => {
            let why = format!("there is {}, and no {name}", NAMES.join(", "));
            return Err(io::Error::other(why));
        }
    }
    Ok(())
}
