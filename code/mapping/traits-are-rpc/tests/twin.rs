//! The program and its Go twin print the same.

use std::time::Duration;

use traits_are_rpc::server::listen;

#[test]
fn both_print_the_same() {
    // Both ask a server that is written in Rust: a protocol does not know its languages.
    let server = listen(Duration::ZERO).expect("a socket").to_string();
    let all_arguments: [&[&str]; 2] = [
        &["--time", "1ms", "--server", &server],
        &[
            "--time",
            "1ms",
            "--client",
            "203.0.113.9",
            "--patience",
            "50ms",
        ],
    ];
    twins::print_the_same(
        env!("CARGO_BIN_EXE_traits-are-rpc"),
        "traits-are-rpc",
        &all_arguments,
    );
}
