//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault: with two hops.
//! (Other places: `places.rs` and `weather.rs`.)

mod common;

mod two_hops {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{process, run_with};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        let own = vec![process("front"), process("directory")];
        run_with(own, input, directory, plan, meter)
    }

    traffic::equals_oracle!(run);
}

traffic::reads_anything!();
