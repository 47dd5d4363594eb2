//! What a program says on its standard error: the last line names what went wrong in most languages.

use std::fs::File;
use std::io::{Read, Seek};
use std::process::Stdio;

use anyhow::{Context, Result};

/// The standard error of a program that is measured. It is a file, so that no reader has to keep up with the program, nor waits
/// for one that it leaves behind.
pub(crate) struct Said(File);

impl Said {
    /// For a program that is about to be started.
    ///
    /// # Errors
    ///
    /// If there can be no such file.
    pub(crate) fn new() -> Result<Said> {
        let file = tempfile::tempfile().context("cannot make a temporary file")?;
        Ok(Said(file))
    }

    /// What the program is started with.
    ///
    /// # Errors
    ///
    /// If too many files are open.
    pub(crate) fn stdio(&self) -> Result<Stdio> {
        let file = self.0.try_clone().context("cannot open a temporary file")?;
        Ok(file.into())
    }

    /// The last line of what a program has said that has ended; or else this.
    pub(crate) fn last_line(mut self, or: &str) -> String {
        let mut said = Vec::new();
        // What can be read of it is what there is.
        let _ = self.0.rewind().and_then(|()| self.0.read_to_end(&mut said));
        last_line(&said, or)
    }
}

/// The last line of what was said; or else this.
pub(crate) fn last_line(said: &[u8], or: &str) -> String {
    let said = String::from_utf8_lossy(said);
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    last.map_or_else(|| or.to_owned(), |line| line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_says_nothing() {
        assert_eq!(last_line(b"trace\n boom: 5 \n\n", "nothing"), "boom: 5");
        assert_eq!(last_line(b" \n", "nothing"), "nothing");
    }
}
