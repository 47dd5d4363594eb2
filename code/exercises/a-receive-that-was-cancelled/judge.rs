// The judge of `a-receive-that-was-cancelled`.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};

use a_receive_that_was_cancelled::{Reader, Stream};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "lines-come-whole",
        says: "Lines that come in pieces are whole, if no receive is cancelled.",
        check: lines_come_whole,
    },
    Promise {
        name: "the-last-line",
        says: "A last line without a line feed is a line.",
        check: the_last_line,
    },
    Promise {
        name: "a-cancelled-receive-loses-nothing",
        says: "A receive that is dropped while it waits loses nothing, wherever it was.",
        check: a_cancelled_receive_loses_nothing,
    },
];

/// The pieces of a text; in front of each one there is nothing for once.
struct Pieces {
    pieces: VecDeque<Vec<u8>>,
    is_there: bool,
}

impl Stream for Pieces {
    fn piece(&mut self, _context: &mut Context<'_>) -> Poll<Option<Vec<u8>>> {
        self.is_there = !self.is_there;
        if self.is_there {
            return Poll::Pending;
        }
        Poll::Ready(self.pieces.pop_front())
    }
}

/// The lines of a text in pieces. A receive that has waited `patience` times is dropped, and another one is begun.
fn lines(pieces: &[&str], patience: usize) -> Result<Vec<String>, String> {
    let pieces = pieces.iter().map(|piece| piece.as_bytes().to_vec());
    let mut reader = Reader::new(Pieces {
        pieces: pieces.collect(),
        is_there: false,
    });
    let mut context = Context::from_waker(Waker::noop());
    let mut lines = Vec::new();
    for _ in 0..1_000 {
        let mut next = pin!(reader.receive());
        let polled = (0..patience).find_map(|_| match next.as_mut().poll(&mut context) {
            Poll::Ready(line) => Some(line),
            Poll::Pending => None,
        });
        match polled {
            Some(Some(line)) => lines.push(String::from_utf8_lossy(&line).into_owned()),
            Some(None) => return Ok(lines),
            None => {} // The timer was faster.
        }
    }
    Err("Expected: the stream ends. After 1,000 receives it has not.".to_owned())
}

fn expect(pieces: &[&str], patience: usize) -> Verdict {
    let text = pieces.concat();
    let expected: Vec<&str> = text.lines().collect();
    let lines = lines(pieces, patience)?;
    if lines == expected {
        return Ok(());
    }
    let cancelled = if patience > 100 {
        "no receive is cancelled".to_owned()
    } else {
        format!(
            "each receive is cancelled when it has been polled {patience} times without success"
        )
    };
    Err(format!(
        "The pieces {pieces:?} come, and {cancelled}. Expected: the lines {expected:?}. They are {lines:?}."
    )
    .into())
}

fn lines_come_whole() -> Verdict {
    expect(&["one\n", "two\n"], 1_000)?;
    expect(&["o", "ne\ntw", "o\nthree\n"], 1_000)?;
    expect(&["\n", "a\n\n", "b", "\n"], 1_000)
}

fn the_last_line() -> Verdict {
    expect(&["one\ntw", "o"], 1_000)?;
    expect(&["one"], 1_000)
}

fn a_cancelled_receive_loses_nothing() -> Verdict {
    for patience in [1, 2, 3] {
        expect(&["one\n", "two\n"], patience)?;
        expect(&["on", "e\nt", "w", "o\nth", "ree", "\n"], patience)?;
        expect(&["a", "b", "c", "d", "\n", "e", "f"], patience)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
