//! How a page looks: whether it fits the window, and whether it can be read.

use std::time::{Duration, Instant};

use super::browser::Page;
use super::contrast::{MEASURE, TEXT_MIN};

/// By then a page looks as it is asked to, also on a busy machine.
const SETTLED: Duration = Duration::from_secs(1);

/// So long after a look that has found something comes the next one.
const ANOTHER_LOOK: Duration = Duration::from_millis(20);

/// What stands out of the window, but for what scrolls in a box of its own, if anything does. What is cut off is not
/// in such a box.
///
/// The width of the document does not tell: mdBook lets the whole chapter scroll sideways in it.
pub fn overflow(page: &Page) -> Option<String> {
    settled(|| overflow_now(page))
}

/// Whether the text of a chapter can be read, and the scheme is what the reader prefers.
pub fn contrast(page: &Page, scheme: &str) -> Option<String> {
    settled(|| contrast_now(page, scheme))
}

/// What is still wrong when a page has had its time: one that was just given another size or scheme may still be about it.
fn settled(look: impl Fn() -> Option<String>) -> Option<String> {
    let deadline = Instant::now() + SETTLED;
    loop {
        let found = look();
        if found.is_none() || Instant::now() >= deadline {
            return found;
        }
        std::thread::sleep(ANOTHER_LOOK);
    }
}

fn overflow_now(page: &Page) -> Option<String> {
    let wide = "(() => {
        const width = document.documentElement.clientWidth;
        const inABox = e => { for (e = e.parentElement; e && e.tagName !== 'MAIN'; e = e.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) return true; return false; };
        return [...document.querySelectorAll('main *')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !inABox(e))
            .slice(0, 3).map(e => `${e.tagName} ${e.getAttribute('class')} to ${e.getBoundingClientRect().right}: ` +
                e.textContent.trim().slice(0, 40));
    })()";
    let wide = page.ask_strings(wide);
    let document =
        page.ask("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    (document == true || !wide.is_empty()).then(|| format!("it is wider than the window: {wide:?}"))
}

fn contrast_now(page: &Page, scheme: &str) -> Option<String> {
    let measured = page.ask(&format!(
        "(() => {{ {MEASURE}
            const text = document.querySelector('main p') ?? document.querySelector('main') ?? document.body;
            return [contrastOf(text), lightsOf(text)[1]];
        }})()"
    ));
    let (ratio, ground) = (measured[0].as_f64()?, measured[1].as_f64()?);
    if ratio < TEXT_MIN {
        return Some(format!("text and ground differ by {ratio:.1} only"));
    }
    ((scheme == "dark") != (ground < 0.2))
        .then(|| format!("the ground has a luminance of {ground:.2}"))
}
