//! The program and its Go twin print the same.

#[test]
fn both_print_the_same() {
    twins::print_the_same(
        env!("CARGO_BIN_EXE_maps-are-caches"),
        "maps-are-caches",
        &[
            &["--questions", "40000"],
            &["--questions", "10000", "--keys", "700", "--seed", "7"],
            &[
                "--questions",
                "5000",
                "--keys",
                "50000",
                "--change-every",
                "3",
                "--threads",
                "7",
            ],
            &[
                "--questions",
                "1",
                "--keys",
                "1",
                "--change-every",
                "1",
                "--threads",
                "1",
            ],
        ],
    );
}
