//! What a figure shows, as it is written in `book/figures`: boxes, arrows, the words of both readings, and the views of
//! the chapters.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Its name for those who cannot see it.
    pub title: String,
    /// What is in it, for them.
    pub said: String,
    /// Its width and height, in units of the drawing.
    pub size: [f64; 2],
    #[serde(rename = "box")]
    pub boxes: Vec<Box>,
    #[serde(rename = "arrow")]
    pub arrows: Vec<Arrow>,
    pub words: Words,
    #[serde(rename = "view")]
    pub views: BTreeMap<String, View>,
}

/// Something that runs, keeps or chooses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Box {
    pub name: String,
    pub shape: Shape,
    /// Its middle.
    pub at: [f64; 2],
    /// What stands in it in both readings.
    pub does: Option<String>,
}

/// What a box looks like.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A sheet of paper.
    Sheet,
    /// A task, or a machine.
    Task,
    /// A table of keys and values, or a store.
    Map,
    /// What is asked.
    Service,
    /// What comes next.
    Choice,
}

/// What goes from box to box.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrow {
    pub name: String,
    /// The two ends of a line, or the four points of a Bézier curve.
    pub along: Vec<[f64; 2]>,
    /// Whether it goes both ways.
    #[serde(default)]
    pub both: bool,
    /// Whether it is there only in views that name it.
    #[serde(default)]
    pub spare: bool,
    /// What it is, where it has a name.
    pub kind: Option<Kind>,
    /// Where the name stands.
    pub words: Option<[f64; 2]>,
}

/// An arrow with a name.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Channel,
    Interface,
}

/// What each thing is called in a program, and in a cluster.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub task: Pair,
    pub map: Pair,
    pub choice: Pair,
    pub channel: Pair,
    pub interface: Pair,
}

/// A word in a program, and its cousin in a cluster.
pub type Pair = [String; 2];

/// The figure as one chapter needs it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// What the chapter is about.
    #[serde(default)]
    pub red: Vec<String>,
    /// What the program has not got yet.
    #[serde(default)]
    pub later: Vec<String>,
    /// What it has no more.
    #[serde(default)]
    pub gone: Vec<String>,
    /// What is in a process of its own.
    #[serde(default)]
    pub apart: Vec<String>,
    /// The spare arrows that it has.
    #[serde(default)]
    pub with: Vec<String>,
    /// What stands in a box in the place of what it usually does.
    #[serde(default)]
    pub does: BTreeMap<String, String>,
    /// What is in the figure, for those who cannot see it, if that is something else here.
    pub said: Option<String>,
    /// How it is read at first.
    #[serde(default)]
    pub reading: Reading,
    /// What is red, in words.
    pub about: String,
}

/// How the figure is read.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    #[default]
    Program,
    Cluster,
}

impl Description {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// If it is not of that form, or a view names what is not there.
    pub fn parse(text: &str) -> Result<Description, String> {
        let description: Description = toml::from_str(text).map_err(|error| error.to_string())?;
        let bent = |arrow: &&Arrow| ![2, 4].contains(&arrow.along.len());
        if let Some(Arrow { name, .. }) = description.arrows.iter().find(bent) {
            return Err(format!(
                "the arrow `{name}` goes along two points, or along four"
            ));
        }
        for (name, view) in &description.views {
            let parts = [&view.red, &view.later, &view.gone, &view.apart, &view.with];
            if let Some(part) = (parts.into_iter().flatten())
                .chain(view.does.keys())
                .find(|part| !description.has(part))
            {
                return Err(format!(
                    "the view `{name}` names `{part}`, which is neither a box nor an arrow"
                ));
            }
        }
        Ok(description)
    }

    fn has(&self, part: &str) -> bool {
        self.boxes.iter().any(|found| found.name == part)
            || self.arrows.iter().any(|found| found.name == part)
    }
}

impl View {
    /// The classes of one part.
    pub fn classes(&self, part: &str) -> String {
        let states = [
            (&self.red, " is-red"),
            (&self.later, " is-later"),
            (&self.gone, " is-gone"),
            (&self.apart, " is-apart"),
        ];
        let has = |(parts, class): (&Vec<String>, &'static str)| {
            parts.iter().any(|named| named == part).then_some(class)
        };
        states.into_iter().filter_map(has).collect()
    }
}
