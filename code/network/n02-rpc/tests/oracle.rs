//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault: with both
//! services here, with one of them in another process, and with two hops.

mod common;

traffic::equals_oracle!(n02_rpc::run);

mod one_hop {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{process, run_with};

    fn to_a_front(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        run_with(vec![process("front")], input, directory, plan, meter)
    }

    fn to_a_directory(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        run_with(vec![process("directory")], input, directory, plan, meter)
    }

    #[test]
    fn workloads() {
        traffic::testing::check_workloads("n02_rpc::run, a front", to_a_front);
        traffic::testing::check_workloads("n02_rpc::run, a directory", to_a_directory);
    }

    #[test]
    fn faulty_directories() {
        // What a front in a process asks is asked from there with two hops, too.
        traffic::testing::check_faults("n02_rpc::run, a front", to_a_front);
    }
}

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
