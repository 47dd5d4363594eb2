//! How a slide looks, asked of the browser: what does not fit, what is too small, what cannot be told from its ground.

use super::browser::Page;
use super::contrast::{LARGE_TEXT_MIN, MEASURE, TEXT_MIN};

/// The smallest letters on a slide, in pixels of its 1280 × 720. From the last row smaller ones cannot be read.
const LETTERS_MIN: f64 = 24.0;
/// What must be left free at the edges of a slide, in the same pixels.
const MARGIN: f64 = 24.0;
/// Large text, in the same pixels.
const LARGE: f64 = 24.0;

/// What all questions share: the slide that is on, its frame, and the elements of it that can be seen. What waits for its
/// step counts as seen: its place is kept.
const SEEN: &str = "const slide = document.querySelector('.slide.is-now');
    const frame = slide.getBoundingClientRect();
    const scale = frame.width / 1280;
    const name = e => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${e.textContent.trim().slice(0, 30)}”`;
    const seen = [...slide.querySelectorAll('.slide-inside *, .slide-machine')].filter(e => e.checkVisibility() && !e.closest('.claim-evidence'));
    const texts = seen.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== ''));
    const size = e => {
        const inDrawing = e.ownerSVGElement;
        const pixels = parseFloat(getComputedStyle(e).fontSize);
        return inDrawing ? pixels * e.getScreenCTM().a / scale : pixels;
    };";

/// What is wrong with the slide that is on.
#[derive(Debug)]
pub struct Look {
    /// What reaches over its margin, is cut off, or would have to be scrolled.
    pub overflow: Vec<String>,
    /// What is in letters that are too small.
    pub tiny: Vec<String>,
    /// What can hardly be told from its ground.
    pub faint: Vec<String>,
}

impl Look {
    /// All of it.
    pub fn mistakes(self) -> Vec<String> {
        [self.overflow, self.tiny, self.faint].concat()
    }

    /// Of which kinds there is something: of overflow, of tiny and of faint.
    pub fn found(&self) -> [bool; 3] {
        [&self.overflow, &self.tiny, &self.faint].map(|kind| !kind.is_empty())
    }
}

/// Looks at the slide that is on.
pub fn look(page: &Page) -> Look {
    look_when(page, "true")
}

/// Looks at a slide at a step, as soon as it is shown there. One question for all: each takes its way to the browser and
/// back.
pub fn look_at(page: &Page, id: &str, step: usize) -> Look {
    let address = match step {
        0 => format!("#/{id}"),
        _ => format!("#/{id}/{step}"),
    };
    let is_shown = format!(
        "location.hash === '{address}' && document.querySelector('.slide.is-now')?.id === '{id}'"
    );
    page.ask(&format!("(location.hash = '{address}', 1)"));
    look_when(page, &is_shown)
}

fn look_when(page: &Page, is_shown: &str) -> Look {
    let found = page.ask(&format!(
        "(async () => {{
            const end = performance.now() + 30_000;
            while (!({is_shown})) {{
                if (performance.now() > end) return [['it is not shown'], [], []];
                await new Promise((resolve) => setTimeout(resolve));
            }}
            {SEEN} {MEASURE}
            return [{}, {}, {}];
        }})()",
        overflow(),
        tiny(),
        faint()
    ));
    let [overflow, tiny, faint] = [0, 1, 2].map(|kind| {
        let found = found[kind].as_array().expect("an array").iter();
        found
            .map(|what| what.as_str().expect("a string").to_owned())
            .collect()
    });
    Look {
        overflow,
        tiny,
        faint,
    }
}

fn overflow() -> String {
    format!(
        "(() => {{
            const wrong = [];
            const margin = {MARGIN} * scale;
            for (const e of seen) {{
                const box = e.getBoundingClientRect();
                if (box.width === 0 || box.height === 0 || e.closest('.run-printed')) continue;
                const over = Math.max(frame.left + margin - box.left, box.right - frame.right + margin,
                    frame.top + margin - box.top, box.bottom - frame.bottom + margin);
                // What stands in the margin is to be whole, and is the same on each slide.
                if (over > 1 && !e.matches('.slide-machine')) wrong.push(`${{name(e)}} is ${{Math.round(over)}} px over the margin`);
                if (!(e instanceof HTMLElement) || e.matches('input, select')) continue;
                const {{ overflowX, overflowY }} = getComputedStyle(e);
                if (overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) wrong.push(`${{name(e)}} is cut off at its right`);
                if (overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1) wrong.push(`${{name(e)}} is cut off at its foot`);
            }}
            const blocks = [...slide.querySelectorAll('.slide-inside > *')].filter(e => e.checkVisibility());
            blocks.slice(1).forEach((block, at) => {{
                const above = blocks[at];
                const [one, other] = [above, block].map(e => e.getBoundingClientRect());
                const isBeside = one.right <= other.left + 1 || other.right <= one.left + 1;
                if (one.bottom > other.top + 1 && !isBeside) {{
                    wrong.push(`${{name(above)}} covers ${{name(block)}}`);
                }}
            }});
            return wrong.slice(0, 5); }})()"
    )
}

fn tiny() -> String {
    format!(
        "texts.filter(e => !e.closest('.run-printed') && size(e) < {LETTERS_MIN} - 0.05).slice(0, 5)
            .map(e => `${{name(e)}} has letters of ${{size(e).toFixed(1)}} px`)"
    )
}

/// Text in drawings lies on shapes: their colours are the theme's, which have their own promise (`tokens.css`).
fn faint() -> String {
    format!(
        "texts.filter(e => !e.ownerSVGElement && !e.disabled)
            .filter(e => contrastOf(e) < (size(e) >= {LARGE} ? {LARGE_TEXT_MIN} : {TEXT_MIN}))
            .slice(0, 5).map(e => `${{name(e)}} differs from its ground by ${{contrastOf(e).toFixed(1)}} only`)"
    )
}
