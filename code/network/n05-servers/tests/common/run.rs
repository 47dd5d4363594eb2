//! Runs on the servers that the tests of a file share.

use traffic::{Directory, Error, Input, Meter, Plan, Report};

use super::{Own, servers};

/// Runs with flags of the step's own, on the servers that all share.
///
/// # Errors
///
/// As the step.
pub fn run_with(
    own: Vec<Own>,
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let plan = Plan {
        own: [servers::shared().flags(), own].concat(),
        ..plan.clone()
    };
    n05_servers::run(input, directory, &plan, meter)
}
