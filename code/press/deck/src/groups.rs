//! The groups in which a chart is drawn, `<!-- steps: 1-10|11-14|15-17 -->`, and code is lit, `lines=1-3|5,7`.
//!
//! The parts of a chart are its bars, rows or lines, counted from 1 in the order in which they are drawn. The first group
//! is there at once, and each other one comes by a step. Each part is in one group: who adds a bar to a chart is told
//! of the slide that would not show it when it should.

use project::count;

/// Groups of parts, which are counted from 1, in the order in which they come.
pub type Groups = Vec<Vec<usize>>;

/// The most that a chart can have. It keeps a slip of the finger, `1-1000000`, from being drawn.
const PARTS_MAX: usize = 100;

/// Reads `1-6,8|7`.
///
/// # Errors
///
/// If it is no list of groups, or names a part twice: one sentence for the writer.
pub fn parse(text: &str) -> Result<Groups, String> {
    let text = text.trim();
    let groups = listed(text).ok_or_else(|| {
        format!("`steps:` takes groups of a chart's parts, `1-3|4,6|5`, not `{text}`")
    })?;
    if groups.len() < 2 {
        return Err(format!("`steps: {text}` is one group, which takes no step"));
    }
    let mut parts: Vec<usize> = groups.concat();
    parts.sort_unstable();
    match parts.windows(2).find(|two| two[0] == two[1]) {
        Some(two) => Err(format!("`steps:` has part {} twice", two[0])),
        None => Ok(groups),
    }
}

/// Reads the groups of lines of `lines=1-3|5,7`. A line may be in several of them, and be lit again.
///
/// # Errors
///
/// If it is no list of groups: one sentence for the writer.
pub fn of_lines(text: &str) -> Result<Groups, String> {
    listed(text).ok_or_else(|| format!("`lines=` takes groups of lines, `1-3|5,7`, not `{text}`"))
}

fn listed(text: &str) -> Option<Groups> {
    let groups = text.split('|').map(|group| {
        let ranges = group.split(',').map(range);
        let ranges = ranges.collect::<Option<Vec<_>>>()?;
        Some(ranges.into_iter().flatten().collect())
    });
    groups.collect()
}

/// `4` or `1-3`.
fn range(text: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last && last <= PARTS_MAX).then_some(first..=last)
}

/// What is wrong with these groups for a chart of so many parts.
pub fn misfit(groups: &Groups, parts: usize) -> Option<String> {
    let listed = || groups.iter().flatten().copied();
    if parts == 0 {
        return Some("only a chart with bars, rows or lines is drawn in groups".to_owned());
    }
    if let Some(part) = listed().find(|part| *part > parts) {
        return Some(format!("the chart has {parts} parts, and no part {part}"));
    }
    let left = (1..=parts).find(|part| !listed().any(|one| one == *part))?;
    Some(format!("part {left} of the chart is in none of the groups"))
}

/// What is wrong with these groups for code of so many lines.
pub fn misfit_of_lines(groups: &Groups, lines: usize) -> Option<String> {
    let gone = groups.iter().flatten().find(|line| **line > lines)?;
    let lines = count(lines, "line");
    Some(format!("the code has {lines}, and no line {gone}"))
}

/// The step by which each of so many parts comes, if the second group comes by this one; 0 is at once.
pub fn steps(groups: &Groups, parts: usize, from: usize) -> Vec<usize> {
    let step = |part: usize| {
        let group = groups.iter().position(|group| group.contains(&part));
        group.filter(|at| *at > 0).map_or(0, |at| from + at - 1)
    };
    (1..=parts).map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_lists_of_parts() {
        assert_eq!(parse("2|1").unwrap(), [vec![2], vec![1]]);
        assert_eq!(parse(" 1-3,5 | 4 ").unwrap(), [vec![1, 2, 3, 5], vec![4]]);
        for (text, message) in [
            ("", "takes groups"),
            ("1|", "takes groups"),
            ("0|1", "takes groups"),
            ("3-1|4", "takes groups"),
            ("1|2-1000000", "takes groups"),
            ("a|b", "`1-3|4,6|5`, not `a|b`"),
            ("1-3", "`steps: 1-3` is one group"),
            ("1-3|2", "has part 2 twice"),
            ("1,1|2", "has part 1 twice"),
        ] {
            let said = parse(text).unwrap_err();
            assert!(said.contains(message), "{text}: {said}");
        }
    }

    #[test]
    fn lines_may_be_lit_again() {
        assert_eq!(of_lines("2").unwrap(), [[2]]);
        let again = of_lines("1-2|2,4").unwrap();
        assert_eq!(again, [[1, 2], [2, 4]]);
        assert_eq!(misfit_of_lines(&again, 4), None);
        let told = misfit_of_lines(&again, 3);
        assert_eq!(told.unwrap(), "the code has 3 lines, and no line 4");
        for text in ["9-3", "1-|", "", "a"] {
            let said = of_lines(text).unwrap_err();
            assert!(said.ends_with(&format!("not `{text}`")), "{said}");
        }
    }

    #[test]
    fn each_part_of_a_chart_is_in_one_group() {
        let told = |text: &str, parts: usize| misfit(&parse(text).unwrap(), parts);
        assert_eq!(told("3|1-2", 3), None);
        assert_eq!(
            told("1|2-4", 3).unwrap(),
            "the chart has 3 parts, and no part 4"
        );
        assert_eq!(
            told("1|3", 3).unwrap(),
            "part 2 of the chart is in none of the groups"
        );
        assert!(told("1|2", 0).unwrap().starts_with("only a chart"));
    }

    #[test]
    fn the_first_group_is_there_at_once() {
        let groups = parse("2,4|1|3").unwrap();
        assert_eq!(steps(&groups, 4, 1), [1, 0, 2, 0]);
        assert_eq!(steps(&groups, 4, 3), [3, 0, 4, 0]);
    }
}
