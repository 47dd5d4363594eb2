//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    twins::print_the_same(
        env!("CARGO_BIN_EXE_channels-are-queues"),
        "channels-are-queues",
        &[
            &[],
            &["--capacity", "1", "--items", "1", "--ticks", "1"],
            &["--capacity", "100", "--items", "1000", "--serve", "1"],
            &["--ticks", "12345", "--seed", "18446744073709551615"],
        ],
    );
}
