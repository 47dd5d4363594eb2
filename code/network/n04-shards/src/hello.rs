//! The first words on a connection: who is there, and whether both mean the same by what follows.
//!
//! One line each way, before anything of remoc's: `n01-remote-channels VERSION STAGE`. It is as plain as it
//! is so that any two versions, also of remoc, understand as much as why they do not understand each other.
//!
//! The version is that of what jobs and answers *mean*. What is added to them needs no new one: the codec
//! skips fields that it does not know, and takes a default for those that it misses.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// What this program speaks.
pub const VERSION: u32 = 1;

/// How long the other side may take to say hello: a process that is started may have to wait for a processor.
pub const HELLO_MAX: Duration = Duration::from_secs(5);

/// The longest hello.
const LINE_BYTES_MAX: usize = 128;

/// Who says hello.
const NAME: &str = env!("CARGO_PKG_NAME");

/// Why there will be no conversation: one sentence each.
#[derive(Debug, thiserror::Error)]
pub enum Stranger {
    /// The connection ended or broke.
    #[error("it ended the conversation before it began ({0})")]
    Gone(io::Error),
    /// Nothing was said.
    #[error("it said nothing for {} s", HELLO_MAX.as_secs())]
    Silent,
    /// It is something else.
    #[error("it is something else: it did not greet as {NAME} does")]
    Other,
    /// It is of another version.
    #[error(
        "it speaks version {0} and this program version {VERSION}: use the same program on both sides"
    )]
    Version(u32),
    /// It does other work.
    #[error("it is there for the stage `{0}`")]
    Stage(String),
}

/// Greets, and looks at the other side's greeting.
///
/// # Errors
///
/// If the other side is not the one that is wanted.
pub async fn greet<S>(stream: &mut S, stage: &str) -> Result<(), Stranger>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let greeting = async {
        let line = format!("{NAME} {VERSION} {stage}\n");
        stream.write_all(line.as_bytes()).await?;
        stream.flush().await?;
        let mut line = Vec::new();
        // Byte by byte: what comes behind the line is not ours to take.
        while line.last() != Some(&b'\n') && line.len() < LINE_BYTES_MAX {
            line.push(stream.read_u8().await?);
        }
        Ok(line)
    };
    let line = timeout(HELLO_MAX, greeting)
        .await
        .map_err(|_| Stranger::Silent)?
        .map_err(Stranger::Gone)?;
    understand(&line, stage)
}

fn understand(line: &[u8], wanted: &str) -> Result<(), Stranger> {
    let line = str::from_utf8(line).map_err(|_| Stranger::Other)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    // A later version may say more than this.
    let [NAME, version, stage, ..] = words[..] else {
        return Err(Stranger::Other);
    };
    match version.parse() {
        Err(_) => Err(Stranger::Other),
        Ok(version) if version != VERSION => Err(Stranger::Version(version)),
        Ok(_) if stage != wanted => Err(Stranger::Stage(stage.to_owned())),
        Ok(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_version_for_the_same_stage_is_understood() {
        let ours = format!("{NAME} {VERSION} lookup\n");
        assert!(understand(ours.as_bytes(), "lookup").is_ok());
        let more = format!("{NAME} {VERSION} lookup and more\n");
        assert!(understand(more.as_bytes(), "lookup").is_ok());
        let said = |line: &str| {
            understand(line.as_bytes(), "lookup")
                .expect_err(line)
                .to_string()
        };
        assert!(said(&format!("{NAME} 7 lookup\n")).contains("version 7"));
        assert!(said(&format!("{NAME} {VERSION} count\n")).contains("`count`"));
        assert!(said("HTTP/1.1 400 Bad Request\r\n").contains("something else"));
        assert!(said("\n").contains("something else"));
    }
}
