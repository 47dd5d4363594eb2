//! Yes, no and unknown, out of gRPC's codes: sixteen words for what went wrong, in which the one that matters to a
//! caller has to be looked for.

use tonic::{Code, Status};

// ANCHOR: outcome
/// What a caller knows of a call that has ended.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was done.
    Yes,
    /// It was not done.
    No,
    /// It may have been done, or may still be under way.
    Unknown,
}

/// What is known by a status. The library makes some codes by itself, and a service may answer with any of
/// them, so that there are few that say for certain that nothing was done.
pub fn known(status: &Status) -> Known {
    match status.code() {
        Code::Ok => Known::Yes,
        // There is no such call, or it is refused before it is begun; by custom, and not by force.
        Code::Unimplemented
        | Code::InvalidArgument
        | Code::Unauthenticated
        | Code::PermissionDenied => Known::No,
        // `Unavailable` is the library's word for a connection that could not be made, and for one that broke
        // while the call was under way.
        _ => Known::Unknown,
    }
}
// ANCHOR_END: outcome

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_connection_is_never_a_no() {
        for code in [
            Code::Unavailable,
            Code::Cancelled,
            Code::DeadlineExceeded,
            Code::Unknown,
            Code::Internal,
        ] {
            assert_eq!(known(&Status::new(code, "")), Known::Unknown, "{code:?}");
        }
        assert_eq!(known(&Status::unimplemented("")), Known::No);
    }
}
