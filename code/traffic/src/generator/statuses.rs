//! How requests end.

/// Statuses and how many of 1,024 answers have them: eleven are errors of the server.
const STATUSES: [(u32, u16); 12] = [
    (872, 200),
    (72, 304),
    (30, 404),
    (14, 301),
    (9, 302),
    (6, 206),
    (6, 403),
    (4, 400),
    (4, 500),
    (3, 502),
    (3, 503),
    (1, 504),
];

/// The status that these ten random bits draw.
///
/// A walk and no table: the first entry is nearly always the answer.
pub fn status(mut chance: u32) -> u16 {
    for (share, status) in STATUSES {
        if chance < share {
            return status;
        }
        chance -= share;
    }
    unreachable!("the shares sum up to 1,024 and the chance is ten bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_in_a_hundred_is_an_error() {
        let shares = |of: fn(u16) -> bool| -> u32 {
            let of = STATUSES.iter().filter(|&&(_, status)| of(status));
            of.map(|&(share, _)| share).sum()
        };
        assert_eq!(shares(|_| true), 1_024);
        assert_eq!(shares(|status| status >= 500), 11);
    }
}
