//! In which form a program answers.

/// What a contender prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// `holder`, `route`, `hits`, `bytes`, `errors`, separated by tabs. Malformed lines are a row with neither
    /// holder nor route.
    Rows,
    /// The JSON of our steps.
    Step,
    /// GoAccess's own JSON, which knows nothing of holders: its hits by route are all that is compared.
    GoAccess,
}
