//! How well a text can be told from its ground.

/// The least contrast of text that the accessibility guidelines allow (WCAG 2, AA).
pub const TEXT_MIN: f64 = 4.5;
/// The same of large text.
pub const LARGE_TEXT_MIN: f64 = 3.0;

/// A script that defines `lightsOf`, the luminances of an element's text and of its ground as the guidelines define them,
/// and `contrastOf`. A canvas knows every notation of a colour, and lays one that shines through over the others.
pub const MEASURE: &str = "
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const paint = colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); };
    const light = () => {
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundsOf = e => {
        const all = [];
        for (; e; e = e.parentElement) all.unshift(getComputedStyle(e).backgroundColor);
        return all;
    };
    const lightsOf = e => {
        paint('white');
        groundsOf(e).forEach(paint);
        const ground = light();
        paint(getComputedStyle(e).color);
        return [light(), ground];
    };
    const contrastOf = e => {
        const [text, ground] = lightsOf(e);
        return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    };";
