//! `{{#queue channels-are-queues}}`: a queue that fills and empties, as it was recorded.
//!
//! The events of some runs of one experiment are in `book/queues/NAME.jsonl`, a run a line; a test of the program holds that
//! they are what its channel does. The page's script plays them. Without scripts, and on paper, a table says how they end.

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use serde::Deserialize;

use crate::shelf::Shelf;

/// Where the events are, in the folder of the book.
const FOLDER: &str = "queues";

/// A queue that moves.
pub struct Queue;

/// A run: a producer makes an item in each tick of a clock, and a consumer may take one in some of them.
#[derive(Deserialize)]
struct Run {
    /// The queue's places.
    capacity: u64,
    /// The ticks that the consumer needs for an item.
    serve: u64,
    /// For each tick how many items the consumer took, a digit each.
    taken: String,
    /// For each tick how many items found a place afterwards.
    sent: String,
}

impl Run {
    /// Where the items are in the end: done, in the queue, at its door.
    fn end(&self) -> Result<[u64; 3], String> {
        let sum = |digits: &str| digits.bytes().map(|digit| u64::from(digit - b'0')).sum();
        let is_sound = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if self.taken.len() != self.sent.len() || !is_sound(&self.taken) || !is_sound(&self.sent) {
            return Err("`taken` and `sent` have a digit for each tick".to_owned());
        }
        let (made, done, sent): (u64, u64, u64) =
            (self.taken.len() as u64, sum(&self.taken), sum(&self.sent));
        if done > sent || sent > made || sent - done > self.capacity {
            return Err("more is taken or sent than there can be".to_owned());
        }
        Ok([done, sent - done, made - sent])
    }
}

impl Directive<Shelf> for Queue {
    fn name(&self) -> &'static str {
        "queue"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let folder = sources.project.book().join(FOLDER);
        let file = folder.join(argument).with_extension("jsonl");
        let shown = sources.project.shown(&file).display().to_string();
        let text = project::read_text(&file)
            .map_err(|_| format!("there is no queue `{argument}`: {shown} cannot be read"))?;
        let mut rows = String::new();
        for (number, line) in text.lines().enumerate() {
            let row = row(line).map_err(|error| format!("{shown}:{}: {error}", number + 1))?;
            rows.push_str(&row);
        }
        let runs = text.lines().collect::<Vec<_>>().join(",");
        Ok(Rendered::block(format!(
            "<section class=\"queue\" id=\"queue-{name}\" data-runs=\"{runs}\" aria-label=\"A queue that fills and empties\">\
             <div class=\"queue-fallback\"><table><caption>One item is made in each tick. Where they are in the end:</caption>\
             <thead><tr><th>places</th><th>ticks to serve one</th><th>done</th><th>in the queue</th><th>at the door</th></tr></thead>\
             <tbody>{rows}</tbody></table></div></section>",
            name = escape(argument),
            runs = escape(&format!("[{runs}]")),
        )))
    }
}

/// How a run ends, as a row.
fn row(line: &str) -> Result<String, String> {
    let run: Run = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let [done, queue, door] = run.end()?;
    let Run {
        capacity, serve, ..
    } = run;
    Ok(format!(
        "<tr><td>{capacity}</td><td>{serve}</td><td>{done}</td><td>{queue}</td><td>{door}</td></tr>"
    ))
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    fn shown(events: &str) -> Result<String, String> {
        let (_folder, project) = sample();
        let folder = project.book().join(FOLDER);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("q.jsonl"), events).unwrap();
        rendered(&Queue, "q", &crate::shelf::load(&project))
    }

    #[test]
    fn a_queue_has_its_events_and_says_how_they_end() {
        let html =
            shown("{\"capacity\":2,\"serve\":3,\"taken\":\"0010\",\"sent\":\"1101\"}\n").unwrap();
        assert!(
            html.contains("&quot;taken&quot;:&quot;0010&quot;"),
            "{html}"
        );
        let row = "<tr><td>2</td><td>3</td><td>1</td><td>2</td><td>1</td></tr>";
        assert!(html.contains(row), "{html}");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (taken, sent) in [("1", "0"), ("000", "111"), ("0", "00"), ("0", "x")] {
            let line = format!(
                "{{\"capacity\":2,\"serve\":3,\"taken\":\"{taken}\",\"sent\":\"{sent}\"}}\n"
            );
            let said = shown(&line).unwrap_err();
            assert!(said.contains("q.jsonl:1: "), "{said}");
        }
        let (_folder, project) = sample();
        let said = rendered(&Queue, "r", &crate::shelf::load(&project)).unwrap_err();
        assert!(said.contains("there is no queue `r`"), "{said}");
    }
}
