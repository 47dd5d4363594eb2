//! Every run that a page offers to replay is recorded, and each recording is of the source as it is now.

use anyhow::Result;
use pages::{recording, runnable};
use project::Problem;
use project::Program;
use project::Project;
use results::source;

/// What is missing; with `all` also what is stale. One problem a program, with the command that helps.
pub fn check(project: &Project, programs: &[Program], all: bool) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for program in programs {
        let Some(entry) = runnable::entry(&program.name) else {
            continue;
        };
        let points = entry.recorded();
        let case = recording::case(program.part, &program.name);
        let mut wrong = Vec::new();
        for point in &points {
            match recording::source(&recording::file(project, point)) {
                None => wrong.push(format!("there is no recording {}", point.name)),
                Some(of) if all && of != source::hash(&project.root, &case)? => {
                    wrong.push(format!("{} is of an earlier source", point.name));
                }
                Some(_) => {}
            }
        }
        if let Some(first) = wrong.first() {
            let more = match wrong.len() {
                1 => String::new(),
                number => format!(" (and {} more)", number - 1),
            };
            let folder = recording::folder(project, &program.name);
            problems.push(Problem {
                file: project.shown(&folder).to_path_buf(),
                line: None,
                message: format!("{first}{more}: run `workbook record {}`", program.name),
            });
        }
    }
    Ok(problems)
}
