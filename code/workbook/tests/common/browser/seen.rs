//! What happens in a page.

use serde_json::Value;

/// What happened in the tab since it was last asked.
#[derive(Default)]
pub struct Seen {
    /// Errors on the console, thrown, or logged by the browser (a blocked script, a failed request).
    pub errors: Vec<String>,
    /// The addresses of all requests.
    pub requests: Vec<String>,
}

impl Seen {
    /// Notes what the browser tells.
    pub fn note(&mut self, event: &str, params: &Value) {
        match event {
            "Network.requestWillBeSent" => self.requests.push(text(&params["request"]["url"])),
            "Runtime.exceptionThrown" => {
                let details = &params["exceptionDetails"];
                let thrown = text(&details["exception"]["description"]);
                (self.errors).push(format!("{}: {thrown}", text(&details["text"])));
            }
            "Runtime.consoleAPICalled"
                if ["error", "warning", "assert"]
                    .map(Value::from)
                    .contains(&params["type"]) =>
            {
                (self.errors).push(format!("on the console: {}", params["args"]));
            }
            "Log.entryAdded" if params["entry"]["level"] == "error" => {
                let entry = &params["entry"];
                (self.errors).push(format!("{} {}", text(&entry["text"]), text(&entry["url"])));
            }
            _ => {}
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
