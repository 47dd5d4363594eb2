//! The workloads by name.

use std::fmt;
use std::str::FromStr;

/// What kind of traffic a generated log shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Workload {
    /// 100,000 clients and 200 routes, a few of them popular; day and night; about 1 % errors
    #[default]
    Steady,
    /// Every client is new: a cache of clients never hits
    Cold,
    /// From time to time a crowd behind a few new addresses arrives for one route
    Flash,
    /// One client is most of the traffic, and one stretch is far slower to process
    Skew,
    /// 100,000 different pairs of holder and route
    Wide,
    /// Every oddity that a valid log may hold, and some malformed lines
    Messy,
}

impl Workload {
    /// All of them, in the order of the documentation.
    pub const ALL: [Workload; 6] = [
        Workload::Steady,
        Workload::Cold,
        Workload::Flash,
        Workload::Skew,
        Workload::Wide,
        Workload::Messy,
    ];

    /// The name on a command line and in results.
    pub fn name(self) -> &'static str {
        match self {
            Workload::Steady => "steady",
            Workload::Cold => "cold",
            Workload::Flash => "flash",
            Workload::Skew => "skew",
            Workload::Wide => "wide",
            Workload::Messy => "messy",
        }
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Workload {
    type Err = UnknownWorkload;

    fn from_str(name: &str) -> Result<Workload, UnknownWorkload> {
        Workload::ALL
            .into_iter()
            .find(|workload| workload.name() == name)
            .ok_or_else(|| UnknownWorkload(name.to_owned()))
    }
}

/// No workload has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no workload `{0}`: choose one of {names}",
    names = Workload::ALL.map(Workload::name).join(", ")
)]
pub struct UnknownWorkload(pub String);

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_name_is_read_back_here_and_on_a_command_line() {
        for workload in Workload::ALL {
            assert_eq!(workload.name().parse(), Ok(workload));
            assert_eq!(workload.to_string(), workload.name());
            assert_eq!(
                <Workload as ValueEnum>::from_str(workload.name(), false),
                Ok(workload)
            );
        }
        assert_eq!(Workload::value_variants(), Workload::ALL);
    }

    #[test]
    fn a_wrong_name_is_told_the_right_ones() {
        let error = "stedy".parse::<Workload>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no workload `stedy`: choose one of steady, cold, flash, skew, wide, messy"
        );
    }
}
