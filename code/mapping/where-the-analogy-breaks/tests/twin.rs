//! The program and its Go twin print the same.

/// Little is timed, since that is not what is compared.
const QUICK: [&str; 4] = ["--memory-mib", "1", "--rounds", "20"];

#[test]
fn both_print_the_same() {
    let few = ["--messages", "11", "--capacity", "1000", "--nodes", "1"];
    let many = ["--capacity", "100", "--nodes", "64", "--behind-ms", "60000"];
    let (few, many) = ([&few, &QUICK[..]].concat(), [&many, &QUICK[..]].concat());
    twins::print_the_same(
        env!("CARGO_BIN_EXE_where-the-analogy-breaks"),
        "where-the-analogy-breaks",
        &[&QUICK, &few, &many],
    );
}
