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
    std::fs::create_dir(built.join("old")).expect("created");
    std::fs::write(built.join("old/page.html"), "<html>").expect("written");
    place.take("site").fill(&built).expect("an earlier build");
    std::fs::remove_dir_all(built.join("old")).expect("removed");
    place.take("site").fill(&built).expect("an earlier build");
    assert!(place.path("site/start/idea.html").is_file());
    assert!(!place.path("site/old").exists());

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
    let built = place.site();
    let second = place.take("site");
    // One page is there as a folder, so that the build stops at it.
    std::fs::create_dir_all(built.join("z")).expect("created");
    std::fs::write(built.join("z/page.html"), "<html>").expect("written");
    std::fs::create_dir(place.path("site/z")).expect("created");
    std::fs::create_dir(place.path("site/z/page.html")).expect("created");
    second.fill(&built).expect_err("in the way");
    drop(second);
    std::fs::remove_dir(place.path("site/z/page.html")).expect("removed");
    place.take("site").fill(&built).expect("the rest");
    assert!(place.path("site/z/page.html").is_file());
}

#[test]
fn what_has_come_into_a_site_since_stays() {
    let place = Place::new();
    let built = place.site();
    place.take("site").fill(&built).expect("a new folder");
    for folder in ["site/.git", "site/start/mine", "elsewhere"] {
        std::fs::create_dir(place.path(folder)).expect("created");
    }
    let kept = [
        "site/.git/HEAD",
        "site/CNAME",
        "site/start/mine/notes.txt",
        "elsewhere/idea.html",
    ];
    kept.iter().for_each(|path| place.write(path));
    symlink("../elsewhere", place.path("site/link")).expect("a link");
    place.take("site").fill(&built).expect("an earlier build");
    std::fs::remove_dir_all(built.join("start")).expect("removed");
    std::fs::write(built.join("index.html"), "<html>").expect("written");
    place.take("site").fill(&built).expect("an earlier build");
    assert!(!place.path("site/start/idea.html").exists());
    assert!(place.path("site/link").is_symlink());
    for path in kept {
        let text = std::fs::read_to_string(place.path(path)).expect(path);
        assert_eq!(text, "years of work", "{path}");
    }
}

#[test]
fn what_stands_in_the_way_is_not_replaced() {
    let place = Place::new();
    let built = place.site();
    place.take("site").fill(&built).expect("a new folder");
    place.write("site/CNAME");
    std::fs::write(built.join("CNAME"), "ours").expect("written");
    let error = place
        .take("site")
        .fill(&built)
        .expect_err("a file in the way");
    assert!(error.to_string().contains("stands in the way"), "{error:#}");
    let text = std::fs::read_to_string(place.path("site/CNAME")).expect("it stays");
    assert_eq!(text, "years of work");

    std::fs::remove_file(built.join("CNAME")).expect("removed");
    std::fs::create_dir(place.path("elsewhere")).expect("created");
    place.write("elsewhere/idea.html");
    std::fs::remove_dir_all(place.path("site/start")).expect("removed");
    symlink("../elsewhere", place.path("site/start")).expect("a link");
    for _ in 0..2 {
        let error = place
            .take("site")
            .fill(&built)
            .expect_err("a link in the way");
        assert!(error.to_string().contains("stands in the way"), "{error:#}");
        let text = std::fs::read_to_string(place.path("elsewhere/idea.html")).expect("it stays");
        assert_eq!(text, "years of work");
    }
}

#[test]
fn a_mark_leads_nowhere_else() {
    let place = Place::new();
    place
        .take("site")
        .fill(&place.site())
        .expect("a new folder");
    place.write("thesis.txt");
    let mark = place.path("site").join(MARK);
    let text = std::fs::read_to_string(&mark).expect("a mark");
    let outside = place.path("thesis.txt");
    std::fs::write(
        &mark,
        format!("{text}../thesis.txt\n{}\n\n", outside.display()),
    )
    .expect("written");
    place
        .take("site")
        .fill(&place.site())
        .expect("an earlier build");
    assert!(outside.is_file());
}
