//! Texts of the project, read only where a file is: to read a pipe in its place would wait for ever.

use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// What stands in a file.
///
/// # Errors
///
/// If it cannot be read, is not UTF-8, or is no regular file (a pipe, a device, a socket).
pub fn read_text(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    let kind = std::fs::metadata(path)?.file_type();
    if !kind.is_file() && !kind.is_dir() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    std::fs::read_to_string(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_is_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("idea.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());
        let error = read_text(&pipe).expect_err("no file");
        assert_eq!(error.to_string(), "it is no regular file");
        let file = folder.path().join("other.md");
        assert_eq!(read_text(&file).unwrap_err().kind(), ErrorKind::NotFound);
        std::fs::write(&file, "text").expect("written");
        assert_eq!(read_text(&file).expect("a file"), "text");
    }
}
