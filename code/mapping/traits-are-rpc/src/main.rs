//! One question at every distance, and what there is to know about a question that may be lost.

mod arguments;
mod print;

use std::error::Error;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::Parser;
use traits_are_rpc::ladder::{Distances, PATIENCE, Rung, climb};
use traits_are_rpc::server::{connect, listen, listen_at};
use traits_are_rpc::visits::{Counter, again};
use traits_are_rpc::wire::Stub;
use traits_are_rpc::{Directory, Holder};

use crate::arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.listen {
        Some(_) => serve(&arguments),
        None => run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("traits-are-rpc: {error}");
            ExitCode::from(2)
        }
    }
}

/// Is a server, until the program is ended.
fn serve(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    if let Some(address) = arguments.listen {
        let address = listen_at(address, Duration::ZERO)
            .map_err(|error| format!("cannot listen at {address}: {error}"))?;
        println!("A directory listens at {address}. Ctrl-C ends it.");
    }
    loop {
        thread::park();
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let client = arguments.client;
    let theirs = arguments.server.map(|address| {
        connect(address, PATIENCE)
            .map_err(|error| format!("cannot reach a server at {address}: {error}"))
    });
    let theirs = theirs.transpose()?;
    println!("Who holds {client}? One question, from near to far:");
    println!();
    let mut nearest_ns = None;
    for rung in Rung::ALL {
        let distances = Distances {
            region: arguments.region,
            country: arguments.country,
        };
        let mut directory = rung.open(distances)?;
        let (holder, each_ns) = step(rung, &mut *directory, client, arguments.time)?;
        let times = each_ns / *nearest_ns.get_or_insert(each_ns);
        print::rung(rung.name(), &holder, each_ns, times);
    }
    if let Some(mut stub) = theirs {
        let (holder, each_ns) = step(Rung::Tcp, &mut stub, client, arguments.time)?;
        let times = each_ns / nearest_ns.unwrap_or(each_ns);
        print::rung("your server", &holder, each_ns, times);
    }
    println!();
    println!("Five more calls over a wire, and what each of them hears:");
    println!();
    failures(client, arguments.patience)?;
    println!();
    println!("One visit is counted, but the first answer is lost, so the caller calls again:");
    println!();
    visits();
    Ok(())
}

/// Asks twice to see how long it takes, and then for as long as there is time. The answer, and the
/// nanoseconds for one question.
fn step(
    rung: Rung,
    directory: &mut dyn Directory,
    client: Ipv4Addr,
    time: Duration,
) -> Result<(Holder, f64), Box<dyn Error>> {
    let lost = |why| format!("rung {}: no answer, {why}", rung.name());
    climb(rung, directory, client, 1).map_err(lost)?;
    let (_, once) = climb(rung, directory, client, 1).map_err(lost)?;
    let questions = time.as_nanos() / once.as_nanos().max(100);
    let questions = u64::try_from(questions.clamp(1, 1_000_000))?;
    let (holder, took) = climb(rung, directory, client, questions).map_err(lost)?;
    Ok((holder, took.as_nanos() as f64 / questions as f64))
}

/// What a caller may hear: all arms of the contract's result.
fn failures(client: Ipv4Addr, patience: Duration) -> io::Result<()> {
    let mut well = connect(listen(Duration::ZERO)?, PATIENCE)?;
    print::answer("a server that is well", &well.holder(client));
    let mut slow = connect(listen(patience * 2)?, patience)?;
    print::answer("one that takes too long", &slow.holder(client));
    print::answer("the same one, asked again", &slow.holder(client));
    let (ours, theirs) = UnixStream::pair()?;
    drop(theirs);
    print::answer("one that has hung up", &Stub::new(ours).holder(client));
    let (ours, mut theirs) = UnixStream::pair()?;
    theirs.write_all(b"220 mail.example ready\n")?;
    print::answer("a server of another kind", &Stub::new(ours).holder(client));
    Ok(())
}

fn visits() {
    for (how, number) in [("without a number", None), ("with a number", Some(7))] {
        let mut counter = Counter::that_loses(1);
        let heard = again(3, || counter.visit(number));
        print::visits(how, counter.visits, &heard);
    }
}
