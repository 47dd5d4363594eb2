//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    twins::print_the_same(
        env!("CARGO_BIN_EXE_select-is-scheduling"),
        "select-is-scheduling",
        &[
            &[],
            &["--shares", "10,1", "--jobs", "40", "--workers", "8"],
            &["--heavy", "1", "--patience", "1", "--deadline-ms", "1"],
            &[
                "--shares",
                "1,2,3,4,5,6,7,8",
                "--turns",
                "100000",
                "--jobs",
                "1",
            ],
        ],
    );
}
