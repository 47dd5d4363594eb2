// A slide is laid out at 1280 × 720 and scaled to whatever there is: what fits once fits everywhere.

const WIDTH = 1280;
const HEIGHT = 720;

/**
 * Keeps the scale of a place in which a slide is shown: as large as it fits.
 * @param {HTMLElement} place  gets `--scale`
 */
export function fit(place) {
    new ResizeObserver(([{ contentRect }]) => {
        const { width, height } = contentRect;
        // A place that is as high as its slide has no height of its own.
        const scale = height > 0 ? Math.min(width / WIDTH, height / HEIGHT) : width / WIDTH;
        if (scale > 0) place.style.setProperty("--scale", scale.toFixed(5));
    }).observe(place);
}
