//! Words that stand out on standard output, where people look at it, and are plain words where a program reads it.

use std::io::IsTerminal;

/// How a word stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// It is as it should be.
    Good,
    /// It is not.
    Bad,
    /// It is to be read first.
    Strong,
    /// It can be left out.
    Faint,
}

/// The text in a style, if standard output is a terminal and colours are not unwanted.
pub fn styled(style: Style, text: &str) -> String {
    if std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\x1b[{}m{text}\x1b[0m", code(style))
    } else {
        text.to_owned()
    }
}

fn code(style: Style) -> &'static str {
    match style {
        Style::Good => "32",
        Style::Bad => "1;31",
        Style::Strong => "1",
        Style::Faint => "2",
    }
}
