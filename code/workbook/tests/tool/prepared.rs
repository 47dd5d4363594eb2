//! What is prepared for a stage is all that is needed there: no run compiles anything.

use crate::common::fixture::Fixture;
use crate::common::live::Live;

/// Two programs that can be run from a page, and that want different features of what they share. Built by one call of
/// cargo they would share one with both.
fn book() -> Fixture {
    let book = Fixture::new();
    book.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"code/shared\", \"code/evolution/*\"]\nexclude = [\"code/evolution/s00-one\"]\n",
    );
    book.write(
        "code/shared/Cargo.toml",
        "[package]\nname = \"shared\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[features]\none = []\ntwo = []\n",
    );
    book.write("code/shared/src/lib.rs", "//! Shared.\n");
    for (name, feature) in [("s01-cache", "one"), ("s04-release", "two")] {
        let folder = format!("code/evolution/{name}");
        book.write(
            &format!("{folder}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\ndescription = \"A step.\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nshared = {{ path = \"../../shared\", features = [\"{feature}\"] }}\n\n\
                 [package.metadata.workbook]\ntitle = \"A step\"\n"
            ),
        );
        book.write(&format!("{folder}/src/main.rs"), "fn main() {}\n");
    }
    book
}

#[test]
fn after_preparation_no_run_compiles_anything() {
    let live = Live::serving(book(), &["--prepare"]);
    for program in ["s01-cache", "s04-release"] {
        let body = format!("{{\"program\":\"{program}\"}}");
        let events = live.post("/api/run", &live.headers(), &body).text();
        assert!(events.contains("\"event\":\"command\""), "{events}");
        assert!(events.contains("\"why\":\"ended\""), "{events}");
        let compiled = events
            .lines()
            .find(|line| line.contains("\"event\":\"building\""));
        assert_eq!(compiled, None, "{program}");
    }
}
