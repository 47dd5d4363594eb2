// The whole screen, and back. Some phones have no such thing.

/** Changes from the one to the other. */
export function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
}
