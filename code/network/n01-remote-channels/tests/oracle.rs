//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault: with the
//! lookup here, in another process, and in both.

mod common;

/// The stage in this process is the parent's, file by file: all that is new is the way to it.
#[test]
fn here_alone() {
    traffic::testing::check_workloads("n01_remote_channels::run", n01_remote_channels::run);
}

mod in_another_process {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{process, run_with};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        run_with(vec![process()], input, directory, plan, meter)
    }

    traffic::equals_oracle!(run);
}

mod in_three_places {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{here, process, run_with};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        let own = vec![here(), process(), process()];
        run_with(own, input, directory, plan, meter)
    }

    traffic::equals_oracle!(run);
}

traffic::reads_anything!();
