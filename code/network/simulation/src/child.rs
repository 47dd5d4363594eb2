//! In place of n03's children: in a simulation there are no processes, so there is no child either.

use std::process::ExitStatus;

/// A child process, of which there is none.
#[derive(Debug)]
pub enum Child {}

impl Child {
    /// Cannot be called.
    pub async fn end(self) {
        match self {}
    }

    /// Cannot be called.
    pub async fn obituary(&mut self) -> Option<ExitStatus> {
        match *self {}
    }
}
