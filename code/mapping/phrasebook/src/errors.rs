//! What fails, and what is done at the end in any case.

use std::cell::RefCell;
use std::num::ParseIntError;

use thiserror::Error;

pub fn errors() -> String {
    // ANCHOR: errors
    fn total(numbers: &[&str]) -> Result<u32, ParseIntError> {
        let mut total = 0;
        for number in numbers {
            total += number.parse::<u32>()?; // returns the error, if there is one
        }
        Ok(total)
    }
    match total(&["1", "2", "many"]) {
        Ok(total) => total.to_string(),
        Err(_) => "not a number".to_owned(),
    }
    // ANCHOR_END: errors
}

pub fn wrapped() -> String {
    // ANCHOR: wrapped
    #[derive(Debug, Error)]
    enum Trouble {
        #[error("nothing is known of {0}")]
        Unknown(String),
        #[error("cannot start: {0}")]
        Start(#[source] Box<Trouble>),
    }
    fn start(name: &str) -> Result<(), Trouble> {
        find(name).map_err(|cause| Trouble::Start(Box::new(cause)))
    }
    fn find(name: &str) -> Result<(), Trouble> {
        Err(Trouble::Unknown(name.to_owned()))
    }
    let error = start("ada").expect_err("no name is known");
    let unknown = matches!(&error, Trouble::Start(cause) if matches!(**cause, Trouble::Unknown(_)));
    // ANCHOR_END: wrapped
    format!("{error}; unknown: {unknown}")
}

pub fn defer() -> String {
    let log = RefCell::new(Vec::new());
    let line: Option<&str> = None;
    // ANCHOR: defer
    struct Closed<'a>(&'a RefCell<Vec<&'static str>>);
    impl Drop for Closed<'_> {
        fn drop(&mut self) {
            self.0.borrow_mut().push("closed");
        }
    }
    let read = || -> Option<()> {
        let _file = Closed(&log); // dropped however this is left
        log.borrow_mut().push("read");
        line?;
        log.borrow_mut().push("not reached");
        Some(())
    };
    // ANCHOR_END: defer
    read();
    log.take().join(", ")
}
