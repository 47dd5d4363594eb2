//! What a rehearsal took: the file that the speaker view exports.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The times of one rehearsal. The speaker view writes more than is read here (`book/theme/talk/rehearsal.js`).
#[derive(Debug, Deserialize)]
pub struct Rehearsal {
    /// The cut that was given, in minutes.
    pub cut: u32,
    slides: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Told {
    id: String,
    real_s: f64,
}

impl Rehearsal {
    /// Reads the file of a rehearsal.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is something else.
    pub fn read(path: &Path) -> Result<Rehearsal> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("{} holds no times of a rehearsal", path.display()))
    }

    /// How many seconds each slide took, by its id. A slide that was returned to is there once, with all its time.
    pub fn seconds(&self) -> BTreeMap<&str, u32> {
        let mut seconds = BTreeMap::new();
        for slide in &self.slides {
            *seconds.entry(slide.id.as_str()).or_insert(0.0) += slide.real_s.max(0.0);
        }
        seconds
            .into_iter()
            .map(|(id, seconds): (&str, f64)| (id, seconds.round() as u32))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_added_up_by_slide() {
        let text = r#"{"cut": 45, "date": "2026-01-02", "slides": [{"id": "a", "title": "A", "planned_s": 60, "real_s": 30.4},
            {"id": "b", "real_s": 5}, {"id": "a", "real_s": 40}]}"#;
        let rehearsal: Rehearsal = serde_json::from_str(text).expect("a rehearsal");
        assert_eq!(rehearsal.cut, 45);
        assert_eq!(rehearsal.seconds(), BTreeMap::from([("a", 70), ("b", 5)]));
    }
}
