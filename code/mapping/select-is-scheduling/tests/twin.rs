//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    twins::print_the_same(
        env!("CARGO_BIN_EXE_select-is-scheduling"),
        "select-is-scheduling",
        &[
            &[],
            &[
                "--shares",
                "8,7,6,5,4,3,2,1",
                "--jobs",
                "40",
                "--workers",
                "8",
                "--heavy",
                "1",
                "--patience",
                "1",
                "--deadline-ms",
                "1",
            ],
        ],
    );
}
