//! The lengths of the talk, and how its times are written.

/// The lengths that the talk can have, in minutes; the last is shown when nobody asks for another.
pub const CUTS: [u32; 3] = [20, 45, 90];

/// What is said of a cut that there is none of.
pub fn no_cut(text: &str) -> String {
    let minutes = CUTS.map(|cut| cut.to_string());
    let (last, others) = minutes.split_last().expect("there are cuts");
    format!(
        "there is no cut of {text} minutes: there are {} and {last}",
        others.join(", ")
    )
}

/// `90` as `1:30`, as times of a talk are read.
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_named_as_one_says_them() {
        let said = "there is no cut of 30 minutes: there are 20, 45 and 90";
        assert_eq!(no_cut("30"), said);
    }
}
