//! How a page looks: whether it fits the window, and whether it can be read.

use super::browser::Page;

/// The least contrast of text to its ground that the accessibility guidelines allow (WCAG 2, AA).
const CONTRAST_MIN: f64 = 4.5;

/// What stands out of the window, but for what scrolls in a box of its own, if anything does. What is cut off is not
/// in such a box.
///
/// The width of the document does not tell: mdBook lets the whole chapter scroll sideways in it.
pub fn overflow(page: &Page) -> Option<String> {
    let wide = "(() => {
        const width = document.documentElement.clientWidth;
        const inABox = e => { for (e = e.parentElement; e && e.tagName !== 'MAIN'; e = e.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) return true; return false; };
        return [...document.querySelectorAll('main *')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !inABox(e))
            .slice(0, 3).map(e => `${e.tagName} ${e.className} to ${e.getBoundingClientRect().right}`);
    })()";
    let wide = page.ask_strings(wide);
    let document =
        page.ask("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    (document == true || !wide.is_empty()).then(|| format!("it is wider than the window: {wide:?}"))
}

/// Whether the text of a chapter can be read, and the scheme is what the reader prefers.
pub fn contrast(page: &Page, scheme: &str) -> Option<String> {
    // Luminance as the guidelines define it. A canvas knows every notation of a colour.
    let measure = "(() => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const light = colour => {
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = e => { for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') return c; } return 'white'; };
        const text = document.querySelector('main p') ?? document.querySelector('main') ?? document.body;
        return [light(getComputedStyle(text).color), light(ground(text))];
    })()";
    let measured = page.ask(measure);
    let (text, ground) = (measured[0].as_f64()?, measured[1].as_f64()?);
    let ratio = (text.max(ground) + 0.05) / (text.min(ground) + 0.05);
    if ratio < CONTRAST_MIN {
        return Some(format!("text and ground differ by {ratio:.1} only"));
    }
    ((scheme == "dark") != (ground < 0.2))
        .then(|| format!("the ground has a luminance of {ground:.2}"))
}
