//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    let few = [
        "--messages",
        "11",
        "--capacity",
        "1000",
        "--nodes",
        "1",
        "--memory-mib",
        "1",
    ];
    let many = [
        "--capacity",
        "100",
        "--nodes",
        "64",
        "--behind-ms",
        "60000",
        "--rounds",
        "20",
    ];
    let arguments: [&[&str]; 3] = [&[], &few, &many];
    let name = "where-the-analogy-breaks";
    twins::print_the_same(
        env!("CARGO_BIN_EXE_where-the-analogy-breaks"),
        name,
        &arguments,
    );
}
