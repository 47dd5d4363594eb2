//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault of the directory: with
//! two shards of two servers each, all in this process. (Other places: `places.rs`. Faults of servers: `upsets.rs`.)

mod common;

mod two_by_two {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{here, replicas, run_with};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        let own = [here(4), vec![replicas(2)]].concat();
        run_with(own, input, directory, plan, meter)
    }

    traffic::equals_oracle!(run);
}

traffic::reads_anything!();
