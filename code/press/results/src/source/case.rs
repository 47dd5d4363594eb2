//! The names of cases.

/// The program that a case is about: `s01-cache` of `evolution/s01-cache[delay=0]`.
pub(super) fn program(case: &str) -> &str {
    case.split(['/', '[']).nth(1).unwrap_or_default()
}
