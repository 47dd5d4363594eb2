//! The folders that a careless or hostile reader names, and what is left of them.

use std::os::unix::fs::symlink;

use super::*;

/// A place with a project in it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        for kept in [
            "book/start",
            "code/traffic",
            "my-work/mine",
            "target/results",
            "target/debug",
        ] {
            std::fs::create_dir_all(folder.path().join("project").join(kept)).expect("created");
        }
        Place { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        // macOS has its temporary folders behind a link.
        self.folder
            .path()
            .canonicalize()
            .expect("a real path")
            .join(path)
    }

    fn project(&self) -> Project {
        Project::at(self.path("project"))
    }

    fn write(&self, path: &str) {
        std::fs::write(self.path(path), "years of work").expect("written");
    }

    fn refusal(&self, out: &str) -> String {
        let error = OutputFolder::take(&self.project(), &self.path(out)).expect_err(out);
        format!("{error:#}")
    }

    fn take(&self, out: &str) -> OutputFolder {
        OutputFolder::take(&self.project(), &self.path(out))
            .unwrap_or_else(|error| panic!("{out}: {error:#}"))
    }

    fn site(&self) -> PathBuf {
        let site = self.path("built");
        std::fs::create_dir_all(site.join("start")).expect("created");
        std::fs::write(site.join("start/idea.html"), "<html>").expect("written");
        site
    }
}

#[test]
fn only_a_new_an_empty_or_an_own_folder_is_filled() {
    let place = Place::new();
    let built = place.site();
    place.take("new/in/new").fill(&built).expect("a new folder");
    std::fs::create_dir(place.path("site")).expect("created");
    place.take("site").fill(&built).expect("an empty folder");
    place.write("site/page-of-before.html");
    place.take("site").fill(&built).expect("an earlier build");
    assert!(place.path("site/start/idea.html").is_file());
    assert!(!place.path("site/page-of-before.html").exists());

    std::fs::create_dir(place.path("homepage")).expect("created");
    place.write("homepage/thesis.txt");
    for out in [
        "homepage",
        "project/../homepage",
        "project/target/../../homepage/.",
    ] {
        assert!(place.refusal(out).contains("not empty"), "{out}");
    }
    assert!(
        place
            .refusal("homepage/thesis.txt")
            .contains("is not a folder")
    );
    assert!(
        place
            .refusal("homepage/thesis.txt/site")
            .contains("cannot write")
    );
    assert!(place.path("homepage/thesis.txt").is_file());
}

#[test]
fn what_is_not_built_is_never_emptied() {
    let place = Place::new();
    symlink("../code", place.path("project/target/s")).expect("a link");
    symlink("project/book", place.path("site")).expect("a link");
    symlink("/nowhere/at/all", place.path("dangling")).expect("a link");
    symlink("..", place.path("project/target/up")).expect("a link");
    for out in [
        "project",
        ".",
        "",
        "project/..",
        "project/book",
        "project/book/start",
        "project/book/new",
        "project/code",
        "project/code/traffic/new",
        "project/target/../book",
        "project/target/s",
        "project/target/s/new",
        "project/target",
        "project/target/results",
        "project/target/results/new",
        "project/my-work",
        "project/my-work/mine",
        "project/.git/new",
        "site",
        "site/new",
        "project/target/up",
        "project/target/up/book",
        "project/target/nothing/../../book",
        "../../../../../../../../..",
    ] {
        let error = place.refusal(out);
        assert!(error.contains("holds"), "{out}: {error}");
    }
    assert!(place.refusal("dangling").contains("leads nowhere"));
    let error = OutputFolder::take(&place.project(), Path::new("-")).expect_err("standard output");
    assert!(error.to_string().contains("standard output"), "{error}");
    if let Some(home) = std::env::home_dir() {
        let error = OutputFolder::take(&place.project(), &home).expect_err("a home");
        assert!(error.to_string().contains("home"), "{error}");
    }
}

/// Nothing is ours because of where it is: `target` holds a reader's files, too.
#[test]
fn a_folder_in_target_is_judged_as_any_other() {
    let place = Place::new();
    place.write("project/target/debug/thesis.txt");
    assert!(place.refusal("project/target/debug").contains("not empty"));
    place
        .take("project/target/book")
        .fill(&place.site())
        .expect("a new folder");
    place.take("project/target/book");
}

/// What `mdbook build` has made at its own place is known by mdBook's mark, there and for mdBook only.
#[test]
fn mdbooks_own_folder_is_known() {
    let place = Place::new();
    for folder in ["project/target/book", "other"] {
        std::fs::create_dir_all(place.path(folder)).expect("created");
        std::fs::write(place.path(folder).join(MDBOOKS_MARK), MDBOOKS_TEXT).expect("written");
    }
    place.take("project/target/book");
    assert!(place.refusal("other").contains("not empty"));
    let mdbook = |out: &str| ensure_free_for_mdbook(&place.project(), &place.path(out));
    mdbook("other").expect("its own");
    mdbook("new").expect("a new folder");
    symlink("../book", place.path("project/target/linked")).expect("a link");
    place.write("project/target/debug/thesis.txt");
    for out in [
        "project/book",
        "project/target/linked",
        "project/target/debug",
    ] {
        mdbook(out).expect_err(out);
    }
}

#[test]
fn a_build_that_was_interrupted_may_be_replaced_and_two_at_once_may_not() {
    let place = Place::new();
    let first = place.take("site");
    assert!(place.refusal("site").contains("another build"));
    drop(first); // before anything was written
    place.write("site/half-a-page.html");
    place
        .take("site")
        .fill(&place.site())
        .expect("the rest of an interrupted build");
    assert!(!place.path("site/half-a-page.html").exists());
}

/// A link in an earlier site goes, and what it leads to stays.
#[test]
fn what_a_link_leads_to_is_not_emptied() {
    let place = Place::new();
    std::fs::create_dir(place.path("elsewhere")).expect("created");
    place.write("elsewhere/thesis.txt");
    let output = place.take("site");
    symlink("../elsewhere", place.path("site/link")).expect("a link");
    output.fill(&place.site()).expect("filled");
    assert!(!place.path("site/link").is_symlink());
    assert!(place.path("elsewhere/thesis.txt").is_file());
}
