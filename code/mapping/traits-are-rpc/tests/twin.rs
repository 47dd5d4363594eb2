//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    twins::print_the_same(
        env!("CARGO_BIN_EXE_traits-are-rpc"),
        "traits-are-rpc",
        &[&[]],
    );
}
