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
