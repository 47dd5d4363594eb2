//! What a rehearsal took: the file that the speaker view exports.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The longest time that can be meant: a day.
const SECONDS_MAX: f64 = 86_400.0;

/// The times of one rehearsal. The speaker view writes more than is read here (`book/theme/talk/rehearsal.js`).
#[derive(Debug, Deserialize)]
pub struct Rehearsal {
    /// The cut that was given, in minutes.
    pub cut: u32,
    real_s: f64,
    slides: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Told {
    id: String,
    /// 0 if it was never shown.
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
        Rehearsal::of(&text)
            .with_context(|| format!("{} holds no times of a rehearsal", path.display()))
    }

    /// Reads a rehearsal.
    ///
    /// # Errors
    ///
    /// If this is none, or a time in it is none.
    pub fn of(text: &str) -> Result<Rehearsal> {
        let rehearsal: Rehearsal = serde_json::from_str(text)?;
        let is_time = |seconds: f64| (0.0..=SECONDS_MAX).contains(&seconds);
        for Told { id, real_s } in &rehearsal.slides {
            ensure!(
                is_time(*real_s),
                "the slide `{id}` cannot have taken {real_s} s"
            );
        }
        let whole = rehearsal.real_s;
        ensure!(is_time(whole), "the whole cannot have taken {whole} s");
        Ok(rehearsal)
    }

    /// How many seconds the whole took.
    pub fn whole(&self) -> u32 {
        self.real_s.round() as u32
    }

    /// How many seconds each slide took, by its id. A slide that was returned to is there once, with all its time, and
    /// one that was never shown is not there.
    pub fn seconds(&self) -> BTreeMap<&str, u32> {
        let mut seconds = BTreeMap::new();
        for slide in self.slides.iter().filter(|slide| slide.real_s > 0.0) {
            *seconds.entry(slide.id.as_str()).or_insert(0.0) += slide.real_s;
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
        let text = r#"{"cut": 45, "date": "2026-01-02", "real_s": 75.6,
            "slides": [{"id": "a", "title": "A", "planned_s": 60, "real_s": 30.4},
            {"id": "b", "real_s": 5}, {"id": "a", "real_s": 40}, {"id": "never", "real_s": 0}]}"#;
        let rehearsal = Rehearsal::of(text).expect("a rehearsal");
        assert_eq!((rehearsal.cut, rehearsal.whole()), (45, 76));
        assert_eq!(rehearsal.seconds(), BTreeMap::from([("a", 70), ("b", 5)]));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("times.json");
        let refused = |whole: &str, slide: &str| {
            let text = format!(
                r#"{{"cut": 45, "real_s": {whole}, "slides": [{{"id": "a", "real_s": {slide}}}]}}"#
            );
            std::fs::write(&path, text).expect("written");
            let said = Rehearsal::read(&path).map(|_| ());
            said.map_err(|error| format!("{error:#}"))
        };
        assert_eq!(refused("86400", "86400"), Ok(()));
        for (whole, slide, words) in [
            ("1", "1e10", "the slide `a` cannot have taken 10000000000 s"),
            ("1", "-1", "the slide `a` cannot have taken -1 s"),
            ("86401", "1", "the whole cannot have taken 86401 s"),
        ] {
            let said = refused(whole, slide).unwrap_err();
            assert!(
                said.contains("times.json holds no times of a rehearsal: ")
                    && said.ends_with(words),
                "{said}"
            );
        }
    }
}
