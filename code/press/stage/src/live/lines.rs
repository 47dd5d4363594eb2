//! Lines of a program that nobody vouches for: one may be as long as the memory, or never end.

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Lines as text. One that is longer than a limit comes in pieces.
pub struct Lines<R> {
    reader: R,
    max: usize,
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    /// Reads lines of at most `max` bytes, which must be more than none.
    pub fn new(reader: R, max: usize) -> Lines<R> {
        Lines { reader, max }
    }

    /// The next line without its end; none when there are no more, or the program cannot be read.
    ///
    /// What is not UTF-8 becomes U+FFFD. If this is dropped in the middle of a line, what was read of it is lost.
    pub async fn next(&mut self) -> Option<String> {
        let mut line = Vec::new();
        let mut was_anything = false;
        loop {
            let chunk = self.reader.fill_buf().await.ok()?;
            if chunk.is_empty() {
                return was_anything.then(|| text(&line));
            }
            was_anything = true;
            let chunk = &chunk[..chunk.len().min(self.max - line.len())];
            let end = chunk.iter().position(|byte| *byte == b'\n');
            line.extend_from_slice(&chunk[..end.unwrap_or(chunk.len())]);
            let read = end.map_or(chunk.len(), |end| end + 1);
            self.reader.consume(read);
            if end.is_some() || line.len() == self.max {
                return Some(text(&line));
            }
        }
    }
}

fn text(line: &[u8]) -> String {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    String::from_utf8_lossy(line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(input: &[u8], max: usize) -> Vec<String> {
        // A small buffer, so that lines come in pieces.
        let reader = tokio::io::BufReader::with_capacity(3, input);
        let mut lines = Lines::new(reader, max);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await {
            all.push(line);
        }
        all
    }

    #[tokio::test]
    async fn a_long_line_comes_in_pieces_and_the_next_one_is_whole() {
        assert_eq!(
            all(b"one\r\n\ntoo long for us!\nthree", 6).await,
            ["one", "", "too lo", "ng for", " us!", "three"]
        );
        assert!(all(b"", 5).await.is_empty());
        assert_eq!(all(b"\xff\n", 5).await, ["\u{fffd}"]);
    }
}
