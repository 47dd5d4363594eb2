//! How a result file is laid out: a line for each key, and for a metric with all its samples.
//!
//! With a line for each sample a series fills pages, and a difference between two versions shows nothing else.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// How deep an object may lie that has a line for each key: the file, its cases, a case, its metrics. What is in one of
/// those is on one line.
const DEPTH: usize = 4;

/// As `serde_json` prints it prettily, but each list on one line, and each object that lies deep.
pub(super) fn text(value: &impl Serialize) -> serde_json::Result<String> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut text,
        Layout {
            pretty: PrettyFormatter::new(),
            depth: 0,
        },
    ))?;
    text.push(b'\n');
    Ok(String::from_utf8(text).expect("JSON is UTF-8"))
}

struct Layout {
    pretty: PrettyFormatter<'static>,
    /// In how many objects the next value lies.
    depth: usize,
}

impl Layout {
    fn is_deep(&self) -> bool {
        self.depth > DEPTH
    }
}

impl Formatter for Layout {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.is_deep() {
            return out.write_all(b"{");
        }
        self.pretty.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let is_deep = self.is_deep();
        self.depth -= 1;
        if is_deep {
            return out.write_all(b"}");
        }
        self.pretty.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if self.is_deep() {
            return out.write_all(if first { b"" } else { b", " });
        }
        self.pretty.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stay_on_their_line() {
        let value = serde_json::json!({"a": {"list": [1.5, [2, 3]], "empty": []}, "b": 1});
        let expected =
            "{\n  \"a\": {\n    \"empty\": [],\n    \"list\": [1.5, [2, 3]]\n  },\n  \"b\": 1\n}\n";
        assert_eq!(text(&value).unwrap(), expected);
    }

    #[test]
    fn a_metric_stays_on_its_line() {
        let metric = serde_json::json!({"unit": "s", "samples": [1.5, 2.0]});
        let value = serde_json::json!({"cases": {"a": {"metrics": {"x": metric, "y": {}}}}});
        let expected = r#"{
  "cases": {
    "a": {
      "metrics": {
        "x": {"samples": [1.5, 2.0], "unit": "s"},
        "y": {}
      }
    }
  }
}
"#;
        assert_eq!(text(&value).unwrap(), expected);
    }
}
