//! A step as a process: what it does with inputs that a shell, a rotation or a disk leaves it.
//!
//! A step's `tests/oracle.rs` has one line for these: `traffic::reads_anything!();`. What the
//! command line does beside reading is the same code for all, and is tested with one step.

mod checks;
mod program;

pub use checks::{cut_short, endless, packed, quiet};
pub use program::{
    ended, hear_interrupts, log, named_pipe, program, report, run, signal, started, told,
};

/// Makes the tests of what a step's program reads; with a condition as [`equals_oracle`](crate::equals_oracle) has it.
#[macro_export]
macro_rules! reads_anything {
    () => {
        $crate::reads_anything!(if $crate::testing::always);
    };
    (if $is_there:path) => {
        #[test]
        fn packed_files() {
            if $is_there("packed_files") {
                $crate::testing::process::packed($crate::step_program!());
            }
        }
        #[test]
        fn endless_inputs() {
            if $is_there("endless_inputs") {
                $crate::testing::process::endless($crate::step_program!());
            }
        }
        #[test]
        fn quiet_inputs() {
            if $is_there("quiet_inputs") {
                $crate::testing::process::quiet($crate::step_program!());
            }
        }
        #[test]
        fn a_log_that_is_cut_short() {
            if $is_there("a_log_that_is_cut_short") {
                $crate::testing::process::cut_short($crate::step_program!());
            }
        }
    };
}

/// The path of the step's own program, in a test of the step.
#[macro_export]
macro_rules! step_program {
    () => {
        env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME")))
    };
}
