//! A select is a scheduler: who waits for the first of many decides who is served.
//!
//! - [`serve`]: four queues that are never empty, and four ways to choose among them
//! - [`stride`]: shares in place of chance, after Waldspurger and Weihl
//! - [`starve`]: who is never served, and the smallest cure
//! - [`first`]: the first answer, a deadline, and telling the others
//! - [`dropped`]: the same with futures, where to lose is to be dropped
//! - [`scheduler`]: all of it in one loop
//! - [`tasks`]: that loop among tasks in place of threads
//!
//! [`options`] and [`report`] are what the program can be asked, and what it prints. The twin in Go is
//! `code/go/select-is-scheduling`; it prints the same, to the letter.

pub mod dropped;
pub mod first;
pub mod options;
pub mod report;
pub mod scheduler;
pub mod serve;
pub mod starve;
pub mod stride;
pub mod tasks;
