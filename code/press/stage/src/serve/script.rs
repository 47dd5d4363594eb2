//! The script by which an open page asks whether the site has changed.

/// The script that asks; it is served, and put into pages, only here.
pub const SOURCE: &str = include_str!("reload.js");
/// Where it is served.
pub const PATH: &str = "/workbook/reload.js";

/// The page of build number `build` with the script that reloads it, and the token with which it may run programs.
pub fn with_script(page: &str, build: u64, token: &str) -> String {
    let added = format!(
        "<meta name=\"workbook-token\" content=\"{token}\">\
         <script type=\"module\" src=\"{PATH}?build={build}\"></script></head>"
    );
    page.replacen("</head>", &added, 1)
}
