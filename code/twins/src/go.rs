//! A Go toolchain, wherever it is.
//!
//! Go comes from its own site, from a distribution, or from a package registry as a wheel of which `go` is a small
//! script. In all cases the toolchain says where it is rooted, and the program there is the one that is used.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::run;

/// The twins use what Go has had since this version (`WaitGroup.Go`, `testing.B.Loop`, `testing/synctest`); their
/// go.mod files say the same.
pub(crate) const VERSION_MIN: (u32, u32) = (1, 25);

/// Where `just go` and CI install a toolchain of the project's own, relative to the root.
const OWN: &str = "target/go/bin/go";

/// What is set for every call: nothing is fetched, neither a module nor another toolchain; nothing of the user's
/// settings and workspace is looked at; no C compiler is needed; and git is not asked for the commit, because it
/// refuses to tell it in a folder that belongs to another user.
const SETTINGS: [(&str, &str); 6] = [
    ("GOTOOLCHAIN", "local"),
    ("GOPROXY", "off"),
    ("GOWORK", "off"),
    ("GOENV", "off"),
    ("GOFLAGS", "-buildvcs=false"),
    ("CGO_ENABLED", "0"),
];

/// A Go toolchain that is new enough.
#[derive(Clone, Debug)]
pub struct Go {
    program: PathBuf,
    version: String,
}

impl Go {
    /// Finds one: the program that the environment variable `GO` names, or else the one on the path, or the
    /// project's own.
    ///
    /// # Errors
    ///
    /// Why there is none: it is not installed, or too old.
    pub fn find(root: &Path) -> Result<Go, String> {
        if let Some(named) = std::env::var_os("GO").filter(|program| !program.is_empty()) {
            let none = || format!("GO is {}, which is no Go toolchain", named.display());
            return Go::at(Path::new(&named)).unwrap_or_else(|| Err(none()));
        }
        let mut why = "there is no Go toolchain here".to_owned();
        for candidate in [PathBuf::from("go"), root.join(OWN)] {
            match Go::at(&candidate) {
                Some(Ok(go)) => return Ok(go),
                Some(Err(too_old)) => why = too_old,
                None => {}
            }
        }
        Err(why)
    }

    /// The toolchain of a program; none if that is not one.
    fn at(program: &Path) -> Option<Result<Go, String>> {
        let told = run(settled(program).args(["env", "GOROOT", "GOVERSION"])).ok()?;
        told.succeeded.then(|| Go::of(program, &told.output))?
    }

    /// The toolchain of a program that says this of its root and its version.
    fn of(program: &Path, told: &str) -> Option<Result<Go, String>> {
        let mut lines = told.lines().map(str::trim);
        let (root, version) = (lines.next()?, lines.next()?);
        let (major, minor) = VERSION_MIN;
        if number(version)? < VERSION_MIN {
            return Some(Err(format!(
                "the Go toolchain here is {version}, and the twins need {major}.{minor}"
            )));
        }
        // Not every `go` is the toolchain itself: a wheel's is a script that starts an interpreter first.
        let own = Path::new(root).join("bin/go");
        let program = if own.is_file() {
            own
        } else {
            program.to_owned()
        };
        Some(Ok(Go {
            program,
            version: version.to_owned(),
        }))
    }

    /// What it calls itself: `go1.27.3`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// A call of `go` in the folder of a module.
    pub fn command(&self, module: &Path, arguments: &[&str]) -> Command {
        let mut command = settled(&self.program);
        command.args(arguments).current_dir(module);
        command
    }

    /// Builds the program of a module into a folder, and says where it is.
    ///
    /// # Errors
    ///
    /// What the compiler says.
    pub fn build(&self, module: &Path, into: &Path) -> Result<PathBuf, String> {
        self.make(module, into, &["build"])
    }

    /// Builds the tests and benchmarks of a module into a folder, and says where they are.
    ///
    /// # Errors
    ///
    /// What the compiler says.
    pub fn build_tests(&self, module: &Path, into: &Path) -> Result<PathBuf, String> {
        self.make(module, into, &["test", "-c"])
    }

    fn make(&self, module: &Path, into: &Path, how: &[&str]) -> Result<PathBuf, String> {
        let name = module.file_name().unwrap_or_default();
        let program = into.join(name);
        let mut command = self.command(module, how);
        let built = run(command.arg("-o").arg(&program).arg("."))?;
        if built.succeeded {
            Ok(program)
        } else {
            Err(format!(
                "{} does not build:\n{}",
                module.display(),
                built.errors
            ))
        }
    }

    /// The names of the files that are not formatted as Go's own program would.
    ///
    /// # Errors
    ///
    /// If that program is not part of the toolchain, or a file is no Go.
    pub fn unformatted(&self, module: &Path) -> Result<String, String> {
        let mut command = Command::new(self.program.with_file_name("gofmt"));
        let told = run(command.args(["-l", "."]).current_dir(module))?;
        if told.succeeded {
            Ok(told.output)
        } else {
            Err(told.errors)
        }
    }
}

fn settled(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.envs(SETTINGS);
    command
}

/// The first two numbers of `go1.27.3` or `go1.26rc1`.
fn number(version: &str) -> Option<(u32, u32)> {
    let (major, rest) = version.strip_prefix("go")?.split_once('.')?;
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    Some((major.parse().ok()?, rest[..digits].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(number("go1.27.3"), Some((1, 27)));
        assert_eq!(number("go1.26rc1"), Some((1, 26)));
        assert_eq!(number("go1.9"), Some((1, 9)));
        assert_eq!(number("devel"), None);
        assert!(number("go1.9") < number("go1.25"));
    }

    #[test]
    fn a_program_that_is_no_toolchain_is_none() {
        assert!(Go::at(Path::new("true")).is_none());
        assert!(Go::at(Path::new("/nowhere/go")).is_none());
    }

    #[test]
    fn an_old_toolchain_is_refused_with_its_version() {
        let of = |told| Go::of(Path::new("go"), told).expect("a toolchain");
        let why = of("/usr/lib/go-1.19\ngo1.19.8\n").expect_err("too old");
        assert!(why.contains("go1.19.8") && why.contains("1.25"), "{why}");
        assert_eq!(
            of("/nowhere\ngo1.25.0\n").expect("new enough").version(),
            "go1.25.0"
        );
        assert!(Go::of(Path::new("go"), "usage\n").is_none());
    }
}
