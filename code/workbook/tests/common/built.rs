//! The site of this book, built once for all programs of tests, and anew when something that it is made of has changed.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{errors, project, workbook};

/// What the site is made of, beside the tool.
const SOURCES: [&str; 5] = ["book", "book.toml", "code", "Cargo.toml", "Cargo.lock"];

/// A site that stays as it is while this value lives: it is looked at, and not changed.
pub struct Built {
    /// Its folder.
    pub site: PathBuf,
    /// What the tool told that is wrong with the book; empty if nothing is.
    pub problems: String,
    /// Held by all that look at the site, and alone by the one that builds it.
    _lock: File,
}

impl Built {
    /// The site of this book, built with these options: the one that is there, or a new one.
    pub fn with(options: &[&str]) -> Built {
        let mut name = DefaultHasher::new();
        options.hash(&mut name);
        let folder = format!("site-{:x}", name.finish());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        fs::create_dir_all(&folder).expect("a folder");
        let site = folder.join("site");
        // Its first line says what it is made of, the others what the tool told.
        let told = folder.join("told");
        let problems = |now: &str| {
            let told = fs::read_to_string(&told).ok()?;
            let (then, problems) = told.split_once('\n')?;
            (then == now).then(|| problems.to_owned())
        };
        let lock = File::create(folder.join("lock")).expect("a file");
        loop {
            lock.lock_shared().expect("the lock");
            let now = sources();
            if let Some(problems) = problems(&now) {
                let _lock = lock;
                return Built {
                    site,
                    problems,
                    _lock,
                };
            }
            lock.unlock().expect("the lock");
            lock.lock().expect("the lock");
            // Another program may have built it meanwhile.
            if problems(&now).is_none() {
                let _ = fs::remove_file(&told);
                let problems = build(&site, options);
                fs::write(&told, format!("{now}\n{problems}")).expect("written");
            }
            lock.unlock().expect("the lock");
        }
    }
}

/// Builds it, and gives what the tool told if the book has a problem.
fn build(site: &Path, options: &[&str]) -> String {
    let out = site.to_str().expect("a path of letters");
    let output = workbook(&project(), &[&["build", "--out", out], options].concat());
    match output.status.code() {
        Some(0) => String::new(),
        Some(1) => errors(&output),
        _ => panic!("{}", errors(&output)),
    }
}

/// A number that differs when a file is another one, is written anew, or is gone.
fn sources() -> String {
    let mut all = DefaultHasher::new();
    let files = SOURCES.map(|path| project().join(path));
    let tool = PathBuf::from(env!("CARGO_BIN_EXE_workbook"));
    for root in files.iter().chain([&tool]) {
        for entry in WalkDir::new(root).sort_by_file_name() {
            let entry = entry.expect("a source");
            let about = entry.metadata().expect("it is there");
            if about.is_file() {
                entry.path().hash(&mut all);
                about.len().hash(&mut all);
                about.modified().expect("a time").hash(&mut all);
            }
        }
    }
    format!("{:x}", all.finish())
}
