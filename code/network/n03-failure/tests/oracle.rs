//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault: with the work
//! in another process. (Other places: `places.rs` and `weather.rs`; with losses: `kills.rs`.)

mod common;

mod in_another_process {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{process, run_with, small};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        run_with(vec![process(), small()], input, directory, plan, meter)
    }

    traffic::equals_oracle!(run);
}

traffic::reads_anything!();
