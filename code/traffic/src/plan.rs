//! The parameters of a step. A step uses those that it has a use for.

use std::time::Duration;

/// What can be turned without changing the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many workers ask the directory, or, where a controller decides, how many at most.
    pub workers: usize,
    /// How many messages a queue between two stages holds.
    pub capacity: usize,
    /// How many keys or lines travel together.
    pub batch: usize,
    /// How long a batch that is not full waits for more.
    pub linger: Duration,
    /// Into how many parts the cache is split.
    pub shards: usize,
    /// How often a copy of the directory's table is checked for a newer version.
    pub refresh: Duration,
    /// What only one step knows of: its own flags with their values, as they were given.
    pub own: Vec<(&'static str, String)>,
}

impl Plan {
    /// The values of one of the step's own flags, in the order in which they were given.
    pub fn own<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let given = self.own.iter().filter(move |(flag, _)| *flag == name);
        given.map(|(_, value)| value.as_str())
    }
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            workers: 8,
            capacity: 64,
            batch: 64,
            linger: Duration::from_millis(1),
            shards: 16,
            refresh: Duration::from_secs(1),
            own: Vec::new(),
        }
    }
}

/// The name of a parameter: what a step says that it has a use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// [`Plan::workers`]
    Workers,
    /// [`Plan::capacity`]
    Capacity,
    /// [`Plan::batch`]
    Batch,
    /// [`Plan::linger`]
    Linger,
    /// [`Plan::shards`]
    Shards,
    /// [`Plan::refresh`]
    Refresh,
}

impl Parameter {
    /// All of them, in the order of the plan.
    pub const ALL: [Parameter; 6] = [
        Parameter::Workers,
        Parameter::Capacity,
        Parameter::Batch,
        Parameter::Linger,
        Parameter::Shards,
        Parameter::Refresh,
    ];

    /// Its name, as the flag has it.
    pub fn name(self) -> &'static str {
        match self {
            Parameter::Workers => "workers",
            Parameter::Capacity => "capacity",
            Parameter::Batch => "batch",
            Parameter::Linger => "linger",
            Parameter::Shards => "shards",
            Parameter::Refresh => "refresh",
        }
    }

    /// The largest value that the command line takes, for what is started or allocated in such numbers.
    ///
    /// Each is far above what pays on any machine. So many threads can be started where a system has its
    /// usual limits (Linux gives a process about 32,000), and so many places of a queue be allocated.
    pub fn max(self) -> Option<usize> {
        match self {
            Parameter::Workers => Some(4_096),
            Parameter::Capacity | Parameter::Batch | Parameter::Shards => Some(65_536),
            Parameter::Linger | Parameter::Refresh => None,
        }
    }
}
