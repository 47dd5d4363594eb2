//! The learner's copy of an exercise.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use project::Project;
use project::exercises::Exercise;

use super::tool::TOOL;
use super::workspace;

/// The learner's file in the copy.
pub const SOURCE: &str = "src/lib.rs";

/// Where earlier attempts are kept in the copy.
const KEPT: &str = "kept";

/// Makes the copy if there is none; whether it was made.
///
/// # Errors
///
/// If it cannot be made, or its place is taken by something else.
pub fn begin(project: &Project, exercise: &Exercise) -> Result<bool> {
    let folder = project.root.join(exercise.own());
    if folder.join("Cargo.toml").is_file() {
        return Ok(false);
    }
    ensure!(
        !folder.exists(),
        "{} is there, and is no copy of the exercise: move it away",
        exercise.own().display()
    );
    crate::fork::share_target(project)?;
    let made = make(project, exercise, &folder);
    if made.is_err() {
        // Half a copy would be in the way of the next try.
        let _ = fs::remove_dir_all(&folder);
    }
    made.map(|()| true)
}

/// Puts the given code in the place of the learner's, which is kept; where.
///
/// # Errors
///
/// If there is no copy, or it cannot be written.
pub fn again(project: &Project, exercise: &Exercise) -> Result<PathBuf> {
    let folder = project.root.join(exercise.own());
    ensure!(
        folder.exists(),
        "{} has not been begun, and is as it was given",
        exercise.name
    );
    let kept = (1..)
        .map(|number: u32| folder.join(KEPT).join(number.to_string()))
        .find(|kept| !kept.exists())
        .context("all numbers are taken")?;
    fs::create_dir_all(&kept).with_context(|| format!("cannot create {}", kept.display()))?;
    let source = folder.join("src");
    if source.exists() {
        let place = kept.join("src");
        fs::rename(&source, &place)
            .with_context(|| format!("cannot move {} away", source.display()))?;
    }
    make(project, exercise, &folder)?;
    Ok(kept)
}

fn make(project: &Project, exercise: &Exercise, folder: &Path) -> Result<()> {
    let given = exercise.file("given.rs");
    let given = fs::read_to_string(project.root.join(&given))
        .with_context(|| format!("cannot read {}", given.display()))?;
    let about = &exercise.about;
    let readme = format!(
        "# {}\n\n{}\n\nThe code is in `{SOURCE}`. It is judged by\n\n    {TOOL} check {}\n",
        about.title,
        about.task.trim(),
        exercise.name
    );
    let mut files = vec![
        ("Cargo.toml", workspace::of_learner(exercise)),
        ("README.md", readme),
        (SOURCE, given),
    ];
    // The same versions of everything.
    if let Ok(lock) = fs::read_to_string(project.root.join("Cargo.lock")) {
        files.push(("Cargo.lock", lock));
    }
    for (name, text) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use project::exercises;

    use super::*;

    fn given() -> (tempfile::TempDir, Project, Exercise) {
        let folder = tempfile::tempdir().expect("a folder");
        let exercise = folder.path().join("code/exercises/a-b");
        fs::create_dir_all(&exercise).expect("created");
        let about = "title = \"T\"\nchapter = \"c\"\nminutes = 9\nkind = \"repair\"\ntask = \"Do.\"\n\
                     hints = []\nexplanation = \"So.\"\n";
        fs::write(exercise.join("exercise.toml"), about).expect("written");
        fs::write(exercise.join("given.rs"), "// given\n").expect("written");
        let project = Project::at(folder.path());
        let exercise = exercises::find(&project, "a-b").expect("an exercise");
        (folder, project, exercise)
    }

    #[test]
    fn the_learners_work_is_never_overwritten() {
        let (folder, project, exercise) = given();
        let own = folder.path().join("my-work/a-b");
        let source = own.join(SOURCE);
        assert!(begin(&project, &exercise).expect("made"));
        assert_eq!(fs::read_to_string(&source).expect("read"), "// given\n");
        fs::write(&source, "// mine\n").expect("written");
        assert!(!begin(&project, &exercise).expect("there"));
        assert_eq!(fs::read_to_string(&source).expect("read"), "// mine\n");
        for number in ["1", "2"] {
            let kept = again(&project, &exercise).expect("again");
            assert_eq!(kept, own.join("kept").join(number));
            assert_eq!(fs::read_to_string(&source).expect("read"), "// given\n");
        }
        let kept = own.join("kept/1").join(SOURCE);
        assert_eq!(fs::read_to_string(kept).expect("read"), "// mine\n");
    }

    #[test]
    fn what_is_no_copy_is_left_alone() {
        let (folder, project, exercise) = given();
        assert!(again(&project, &exercise).is_err(), "it has not been begun");
        fs::create_dir_all(folder.path().join("my-work/a-b")).expect("created");
        let said = begin(&project, &exercise).expect_err("taken").to_string();
        assert!(said.ends_with("move it away"), "{said}");
    }
}
