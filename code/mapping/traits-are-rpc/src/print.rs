//! How the program says what it found.

use traits_are_rpc::{Holder, Unresolved};

/// One rung of the ladder: who answered what, how long it took, and how many times the nearest that is.
pub fn rung(name: &str, holder: &Holder, each_ns: f64, times: f64) {
    let took = time(each_ns);
    let times = grouped(times);
    println!("  {name:<13} {holder:<22} {took:>8} {times:>12} ×");
}

/// What one call heard.
pub fn answer(who: &str, answer: &Result<Holder, Unresolved>) {
    match answer {
        Ok(holder) => println!("  {who:<26} the answer: {holder}"),
        Err(why) => println!("  {who:<26} no answer: {why}"),
    }
}

/// What a counter counted, and what its caller heard of it.
pub fn visits(how: &str, counted: u64, heard: &Result<u64, Unresolved>) {
    match heard {
        Ok(heard) => println!("  {how:<26} counted {counted}, the answer: {heard}"),
        Err(why) => println!("  {how:<26} counted {counted}, no answer: {why}"),
    }
}

/// A time with two digits or three: `12 ns`, `3.4 µs`.
fn time(ns: f64) -> String {
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

/// A whole number with a comma behind each thousand.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
