//! How a page is shown, and what of it comes: its size, its colours, its medium, its scripts, its files.

use serde_json::json;

use super::{ITS_EFFECT, Page};

impl Page {
    /// Gives the tab a width, and the reader a preference for `light` or `dark`.
    pub fn show_as(&self, width: u32, scheme: &str) {
        self.show_at((width, 844), scheme, "reduce");
    }

    /// Gives the tab a size, and the reader a preference for `light` or `dark`, and for `reduce` or `no-preference` of
    /// movement.
    pub fn show_at(&self, (width, height): (u32, u32), scheme: &str, motion: &str) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.call("Emulation.setDeviceMetricsOverride", size);
        // Without motion what is measured next is not on its way to somewhere.
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        );
    }

    /// The next pages open no dialogue for printing.
    pub fn without_printing(&self) {
        self.begin_with("window.print = () => {}");
    }

    /// The next pages run a script before their own.
    pub fn begin_with(&self, script: &str) {
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        );
    }

    /// From now on the scripts of pages do not run, or do again.
    pub fn without_scripts(&self, value: bool) {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": value }),
        );
    }

    /// From now on the book's faces do not come.
    pub fn without_faces(&self) {
        self.call("Network.setBlockedURLs", json!({ "urls": ["*.woff2"] }));
    }

    /// Shows the page as on paper (`print`) or on a `screen`.
    pub fn show_on(&self, media: &str) {
        self.call("Emulation.setEmulatedMedia", json!({ "media": media }));
        std::thread::sleep(ITS_EFFECT);
    }

    /// From now on files whose addresses end so do not come until they are let go.
    pub fn hold(&self, end: &str) {
        let pattern = json!({ "urlPattern": format!("*{end}") });
        self.call("Fetch.enable", json!({ "patterns": [pattern] }));
    }

    /// What was held comes, and all that follows.
    pub fn let_go(&self) {
        self.call("Fetch.disable", json!({}));
    }
}
