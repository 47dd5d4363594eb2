//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault of the directory: all
//! workers in this process, in small epochs. (Other processes: `places.rs`.)

mod common;

mod small_epochs {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{epoch, run_with};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        run_with(vec![epoch(5)], input, directory, plan, meter)
    }

    traffic::equals_oracle!(run);
}

traffic::reads_anything!();
