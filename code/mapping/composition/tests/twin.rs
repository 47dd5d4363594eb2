//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    let few = ["--words", "65", "--workers", "3", "--shards", "1"];
    let many_shards = ["--words", "1000", "--workers", "16", "--shards", "64"];
    let arguments: [&[&str]; 3] = [&[], &few, &many_shards];
    twins::print_the_same(env!("CARGO_BIN_EXE_composition"), "composition", &arguments);
}
