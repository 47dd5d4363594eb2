//! One question at every distance, and what there is to know about a question that may be lost.

use std::error::Error;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use clap::Parser;
use traits_are_rpc::ladder::{Distances, Rung, climb};
use traits_are_rpc::server::{connect, listen};
use traits_are_rpc::visits::{Counter, again};
use traits_are_rpc::wire::Stub;
use traits_are_rpc::{Directory, Holder, Unresolved};

/// Asks one question at every distance.
#[derive(Parser)]
struct Arguments {
    /// Whose holder is asked for
    #[arg(long, default_value = "17.0.0.1")]
    client: Ipv4Addr,
    /// How far another machine of the region is
    #[arg(long, default_value = "500us", value_parser = humantime::parse_duration)]
    region: Duration,
    /// How far another country is
    #[arg(long, default_value = "20ms", value_parser = humantime::parse_duration)]
    country: Duration,
    /// How long to wait for an answer that does not come
    #[arg(long, default_value = "100ms", value_parser = humantime::parse_duration)]
    patience: Duration,
    /// For about how long to ask at each rung
    #[arg(long, default_value = "200ms", value_parser = humantime::parse_duration)]
    time: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    println!("The ladder: who holds {}?", arguments.client);
    println!();
    let mut nearest_ns = None;
    for rung in Rung::ALL {
        let (holder, each_ns) = step(rung, &arguments)?;
        let times = each_ns / *nearest_ns.get_or_insert(each_ns);
        let (name, took) = (rung.name(), short(each_ns));
        println!("  {name:<13} {holder:<23} {took:>9} {times:>12.1} ×");
    }
    println!();
    println!("Five calls, and what each of them hears:");
    println!();
    failures(&arguments)?;
    println!();
    println!("One visit, and the first answer is lost:");
    println!();
    visits();
    Ok(())
}

/// One rung: asks twice to see how long it takes, and then for as long as there is time. The answer, and the
/// nanoseconds for one question.
fn step(rung: Rung, arguments: &Arguments) -> Result<(Holder, f64), Box<dyn Error>> {
    let distances = Distances {
        region: arguments.region,
        country: arguments.country,
    };
    let mut directory = rung.open(distances)?;
    climb(rung, &mut *directory, arguments.client, 1)?;
    let (_, once) = climb(rung, &mut *directory, arguments.client, 1)?;
    let times = arguments.time.as_nanos() / once.as_nanos().max(100);
    let questions = u64::try_from(times.clamp(1, 1_000_000))?;
    let (holder, took) = climb(rung, &mut *directory, arguments.client, questions)?;
    Ok((holder, took.as_nanos() as f64 / questions as f64))
}

/// What a caller may hear: all arms of the contract's result.
fn failures(arguments: &Arguments) -> io::Result<()> {
    let Arguments {
        client, patience, ..
    } = *arguments;
    let mut well = connect(listen(Duration::ZERO)?, patience)?;
    say("a server that is well", well.holder(client));
    let mut slow = connect(listen(patience * 2)?, patience)?;
    say("one that takes too long", slow.holder(client));
    say("and the same, asked again", slow.holder(client));
    let (ours, theirs) = UnixStream::pair()?;
    drop(theirs);
    say("one that has hung up", Stub::new(ours).holder(client));
    let (ours, mut theirs) = UnixStream::pair()?;
    theirs.write_all(b"220 mail.example ready\n")?;
    say("one of another service", Stub::new(ours).holder(client));
    Ok(())
}

fn say(who: &str, answer: Result<Holder, Unresolved>) {
    match answer {
        Ok(holder) => println!("  {who:<28} Ok({holder})"),
        Err(why) => println!("  {who:<28} Err({why})"),
    }
}

fn visits() {
    for (how, number) in [
        ("called again", None),
        ("called again, with its number", Some(7)),
    ] {
        let mut counter = Counter::that_loses(1);
        let answer = again(3, || counter.visit(number));
        let visits = counter.visits;
        match answer {
            Ok(heard) => println!("  {how:<31} counted {visits}, heard {heard}"),
            Err(why) => println!("  {how:<31} counted {visits}, heard nothing: {why}"),
        }
    }
}

/// A time with two digits or three: `12 ns`, `3.4 µs`.
fn short(ns: f64) -> String {
    let (value, unit) = match ns {
        v if v < 1e3 => (v, "ns"),
        v if v < 1e6 => (v / 1e3, "µs"),
        v => (v / 1e6, "ms"),
    };
    if value < 10.0 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}
