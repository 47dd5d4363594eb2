//! What was counted when a version was explored, in a sentence.

use play::Counts;

/// Schedules, states, bad ends.
pub fn counted(counts: &Counts) -> String {
    let all = format!(
        "There are {} schedules, through {} states",
        grouped(counts.schedules),
        grouped(counts.states)
    );
    let bad = match counts.bad_schedules {
        0 => return format!("{all}; none leads to a bad end."),
        1 => "one of them leads".to_owned(),
        bad => format!("{} of them lead", grouped(bad)),
    };
    let shortest = counts.shortest;
    format!("{all}; {bad} to a bad end. The shortest takes {shortest} steps.")
}

/// A number with its thousands apart: these are counts, and exact.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        let numbers = [7, 123, 1_234, 8_921_422].map(grouped);
        assert_eq!(numbers, ["7", "123", "1,234", "8,921,422"]);
    }

    #[test]
    fn one_none_and_many_are_told_as_such() {
        let told = |bad_schedules| {
            counted(&Counts {
                schedules: 2_000,
                bad_schedules,
                states: 9,
                bad_ends: 1,
                shortest: 3,
            })
        };
        let all = "There are 2,000 schedules, through 9 states";
        let shortest = "to a bad end. The shortest takes 3 steps.";
        assert_eq!(told(0), format!("{all}; none leads to a bad end."));
        assert_eq!(told(1), format!("{all}; one of them leads {shortest}"));
        assert_eq!(told(1_200), format!("{all}; 1,200 of them lead {shortest}"));
    }
}
