//! Every result was measured on the source as it is now.

use project::Problem;
use project::Project;
use results::Suite;
use results::source;

/// The cases whose source has changed since; one problem a file, with the command that helps.
pub fn check(project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    for path in results::files(&project.results()) {
        // A file that cannot be read is told by the check of the names.
        let Ok(suite) = Suite::read(&path) else {
            continue;
        };
        let stale: Vec<&str> = suite
            .cases
            .iter()
            .filter(|(name, case)| {
                source::hash(&project.root, name).map_or(true, |source| source != case.source)
            })
            .map(|(name, _)| name.as_str())
            .collect();
        if !stale.is_empty() {
            problems.push(Problem {
                file: project.shown(&path).to_path_buf(),
                line: None,
                message: format!(
                    "the source has changed since {} was measured: measure again with `{}`",
                    stale.join(", "),
                    suite.command
                ),
            });
        }
    }
    problems
}
