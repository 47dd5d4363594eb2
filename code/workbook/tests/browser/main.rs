//! The book in a browser. All tests that need one are one program: they share it, and what is built for them, and wait side
//! by side. Those of one part are run by its name: `cargo test -p workbook --test browser slides::`.

#[path = "../common/mod.rs"]
mod common;

mod accessibility;
mod given;
mod lessons;
mod on_stage;
mod panel;
mod paper;
mod pdf;
mod plays;
mod publish;
mod queue;
mod reading;
mod recordings;
mod rough;
mod scenes;
mod site;
mod slides;
mod speaker;
mod tabs;
mod talk;
mod theme;
mod twins;
mod windows;
