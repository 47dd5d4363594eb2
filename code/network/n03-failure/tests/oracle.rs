//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault: with the work
//! in one process, two, four, and over TLS.

mod common;

/// All in this process: nothing crosses.
#[test]
fn here_alone() {
    traffic::testing::check_workloads("n03_failure::run", n03_failure::run);
}

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

mod in_four_processes {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{here, process, run_with, small};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        let own = vec![here(), process(), process(), process(), small()];
        run_with(own, input, directory, plan, meter)
    }

    #[test]
    fn generated_workloads() {
        traffic::testing::check_workloads("n03_failure::run", run);
    }

    #[test]
    fn faulty_directories() {
        traffic::testing::check_faults("n03_failure::run", run);
    }
}

mod over_tls {
    use std::sync::OnceLock;

    use n03_failure::keys;
    use traffic::testing::{check_faults, check_workloads};
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::joined::Worker;
    use crate::common::{run_with, small};

    /// Where the worker of the test is, and the keys to it.
    static WORKER: OnceLock<(String, String)> = OnceLock::new();

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        let (place, keys) = WORKER.get().expect("the test has started it").clone();
        let place = ("place", place);
        let own = vec![place.clone(), place, ("keys", keys), small()];
        run_with(own, input, directory, plan, meter)
    }

    #[test]
    fn workloads_and_faults() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = folder.path().join("keys");
        keys::make(&keys).expect("a new folder");
        let worker = Worker::start(Some(&keys));
        let at = (worker.place(), keys.display().to_string());
        WORKER.set(at).expect("this is the one test here");
        check_workloads("n03_failure::run", run);
        check_faults("n03_failure::run", run);
    }
}

mod without_acknowledgements {
    use traffic::{Directory, Error, Input, Meter, Plan, Report};

    use crate::common::{here, process, run_with, small};

    fn run(
        input: &Input,
        directory: &Directory,
        plan: &Plan,
        meter: &Meter,
    ) -> Result<Report, Error> {
        let ack = ("ack", "none".to_owned());
        // No worker may be taken for lost because the machine is busy: that would be the end of the run.
        let silence = ("silence", "5s".to_owned());
        let own = vec![here(), process(), process(), small(), ack, silence];
        run_with(own, input, directory, plan, meter)
    }

    #[test]
    fn generated_workloads() {
        traffic::testing::check_workloads("n03_failure::run", run);
    }

    #[test]
    fn an_input_that_is_stopped() {
        traffic::testing::check_stopped("n03_failure::run", run);
    }
}

traffic::reads_anything!();
