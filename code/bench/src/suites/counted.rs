//! What a line costs inside a core: the step of columns beside its parent, counted.

use traffic::generator::Workload;

/// One program on one log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub program: &'static str,
    /// What stands in the brackets of its case.
    pub parameters: &'static str,
    pub workload: Workload,
    /// A variable of its environment, and the value.
    pub environment: Option<(&'static str, &'static str)>,
}

/// Both on both logs, and the masks that ask nothing of a processor.
pub(super) const COUNTED: [Counted; 6] = [
    counted("s15-steal", "[workload=steady]", Workload::Steady),
    counted("s17-columns", "[workload=steady]", Workload::Steady),
    counted("s15-steal", "[workload=wide]", Workload::Wide),
    counted("s17-columns", "[workload=wide]", Workload::Wide),
    plain("[masks=plain,workload=steady]", Workload::Steady),
    plain("[masks=plain,workload=wide]", Workload::Wide),
];

const fn counted(program: &'static str, parameters: &'static str, workload: Workload) -> Counted {
    Counted {
        program,
        parameters,
        workload,
        environment: None,
    }
}

const fn plain(parameters: &'static str, workload: Workload) -> Counted {
    Counted {
        environment: Some(("S17_MASKS", "plain")),
        ..counted("s17-columns", parameters, workload)
    }
}
