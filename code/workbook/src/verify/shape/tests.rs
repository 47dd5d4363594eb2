//! Which chapters have a shape, and what is missed in them.

mod concept;
mod step;

use super::*;
use crate::verify::texts;

#[test]
fn a_program_of_the_table_is_run_from_its_own_chapter() {
    let missed = |markdown: &str| panel(&texts::text("evolution/s04-release.md", markdown)).len();
    assert_eq!(missed("# R\n\n{{#run s04-release}}\n"), 0);
    assert_eq!(missed("# R\n\n{{#run s03-replicas}}\n"), 1);
    assert_eq!(missed("# R\n\n`{{#run s04-release}}`\n"), 1);
    assert!(panel(&texts::text("evolution/s99-none.md", "# N\n")).is_empty());
}

#[test]
fn a_chapter_says_at_its_top_that_it_has_a_play() {
    let missed = |markdown: &str| plays(&texts::text("network/one.md", markdown)).len();
    let top = "# O\n\n[play](#play-two-locks)\n\n## P\n\n";
    assert_eq!(missed(&format!("{top}{{{{#play two-locks}}}}\n")), 0);
    assert_eq!(missed(&format!("{top}{{{{#play lost-update}}}}\n")), 1);
    assert_eq!(
        missed("# O\n\n## P\n\n{{#play two-locks}}\n\n[play](#play-two-locks)\n"),
        1
    );
    assert_eq!(missed("# O\n\n`{{#play two-locks}}`\n"), 0);
}
