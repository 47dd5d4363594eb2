//! What a program prints, up to a limit.

use std::io::Read;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// No report of ours is longer. A program that prints without end is stopped there.
pub const OUTPUT_MAX: u64 = 128 << 20;

/// How long what was printed may take to arrive when the program has ended.
const REST: Duration = Duration::from_secs(2);

/// What a program prints, read as it comes, so that the program never waits for us.
pub struct Stream {
    all: Receiver<Vec<u8>>,
    read: Option<Vec<u8>>,
}

impl Stream {
    /// Begins to read.
    pub fn of(stream: Option<impl Read + Send + 'static>) -> Stream {
        let (sender, all) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(stream) = stream {
                // What came before an error is what there is.
                let _ = stream.take(OUTPUT_MAX).read_to_end(&mut bytes);
            }
            // Nobody may wait for it any more.
            let _ = sender.send(bytes);
        });
        Stream { all, read: None }
    }

    /// Whether more was printed than anybody reads.
    pub fn is_full(&mut self) -> bool {
        self.read = self.read.take().or_else(|| self.all.try_recv().ok());
        self.read.as_deref().is_some_and(is_full)
    }

    /// All that was printed; the limit is for a program that leaves another one behind, which holds the
    /// stream open.
    pub fn rest(self) -> Vec<u8> {
        self.read
            .or_else(|| self.all.recv_timeout(REST).ok())
            .unwrap_or_default()
    }
}

/// Whether that is as much as is read.
pub fn is_full(read: &[u8]) -> bool {
    read.len() as u64 >= OUTPUT_MAX
}
