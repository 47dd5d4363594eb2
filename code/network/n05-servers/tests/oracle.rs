//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault, through both servers.
//! (With processes: `places.rs`; with losses: `kills.rs`.)

mod common;

mod through_servers {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::run::run_with;
    use crate::common::servers::are_there;
    use crate::common::{here, small};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        run_with(vec![here(), small()], input, directory, plan, meter)
    }

    traffic::equals_oracle!(run, if are_there);
}

traffic::reads_anything!(if common::servers::are_there);
