// The judge of `an-end-is-no-error`.

use std::process::ExitCode;

use an_end_is_no_error::{Closed, Lost, Receive, Send, batches};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "batches",
        says: "Items are sent in batches of three; the last one may be smaller, and none is empty.",
        check: batches_are_sent,
    },
    Promise {
        name: "an-error-is-an-error",
        says: "An error is passed on as an error, and not as the end.",
        check: an_error_is_an_error,
    },
    Promise {
        name: "what-came-before-is-passed-on",
        says: "What came before the error is sent before the error.",
        check: what_came_before_is_passed_on,
    },
    Promise {
        name: "a-closed-output-ends-it",
        says: "When the output takes nothing any more, the stage receives nothing any more.",
        check: a_closed_output_ends_it,
    },
];

/// What the output was told.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Batch(Vec<u32>),
    End,
    Error,
}

use Told::{Batch, End, Error};

/// Items from 0 on, and then the end or an error.
struct Input {
    items: u32,
    is_lost: bool,
    received: u32,
}

impl Receive for Input {
    fn receive(&mut self) -> Result<Option<u32>, Lost> {
        if self.received < self.items {
            self.received += 1;
            return Ok(Some(self.received - 1));
        }
        if self.is_lost { Err(Lost) } else { Ok(None) }
    }
}

/// Takes so many batches, and writes down what it is told.
struct Output {
    takes: usize,
    told: Vec<Told>,
}

impl Send for Output {
    fn send(&mut self, batch: Vec<u32>) -> Result<(), Closed> {
        if self.takes == 0 {
            return Err(Closed);
        }
        self.takes -= 1;
        self.told.push(Batch(batch));
        Ok(())
    }

    fn end(&mut self) {
        self.told.push(End);
    }

    fn fail(&mut self, _error: Lost) {
        self.told.push(Error);
    }
}

fn told(items: u32, is_lost: bool) -> Vec<Told> {
    let mut input = Input {
        items,
        is_lost,
        received: 0,
    };
    let mut output = Output {
        takes: usize::MAX,
        told: Vec::new(),
    };
    batches(&mut input, &mut output);
    output.told
}

fn expect(items: u32, is_lost: bool, expected: &[Told]) -> Verdict {
    let told = told(items, is_lost);
    if told == expected {
        return Ok(());
    }
    let ending = if is_lost { "an error" } else { "the end" };
    Err(format!(
        "{items} items come, and then {ending}. Expected: the output is told {expected:?}. It was told {told:?}."
    )
    .into())
}

fn batches_are_sent() -> Verdict {
    expect(0, false, &[End])?;
    expect(3, false, &[Batch(vec![0, 1, 2]), End])?;
    expect(5, false, &[Batch(vec![0, 1, 2]), Batch(vec![3, 4]), End])
}

fn an_error_is_an_error() -> Verdict {
    expect(0, true, &[Error])?;
    expect(3, true, &[Batch(vec![0, 1, 2]), Error])
}

fn what_came_before_is_passed_on() -> Verdict {
    expect(5, true, &[Batch(vec![0, 1, 2]), Batch(vec![3, 4]), Error])
}

fn a_closed_output_ends_it() -> Verdict {
    let mut input = Input {
        items: 100,
        is_lost: false,
        received: 0,
    };
    let mut output = Output {
        takes: 1,
        told: Vec::new(),
    };
    batches(&mut input, &mut output);
    if input.received > 6 {
        return Err(format!(
            "The output takes one batch, and no second one. Expected: 6 items are received at most. It were {}.",
            input.received
        )
        .into());
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
