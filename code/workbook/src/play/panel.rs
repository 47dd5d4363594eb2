//! `{{#play lost-update}}`: a model that the reader plays.
//!
//! The page gets the task, the board at its beginning, and the shortest way to the bad end as a table. The page's script
//! brings the board to life, and loads all that can happen from a file. Without scripts, and on paper, there is the table
//! in place of the board.

use directives::html::escape;
use directives::{Directive, Place, Rendered};

use super::board::board;
use super::explored::Plays;
use super::fallback::fallback;

/// A play in the page.
pub struct Panel;

impl Directive<Plays> for Panel {
    fn name(&self) -> &'static str {
        "play"
    }

    fn is_figure(&self) -> bool {
        true
    }

    fn render(&self, argument: &str, plays: &Plays, place: &Place<'_>) -> Result<Rendered, String> {
        let explored = plays.find(argument)?;
        let play = explored.play;
        // Where it is clicked it has the focus, and with it the keys.
        Ok(Rendered::block(format!(
            r#"<section class="play" id="play-{name}" data-play="{name}" tabindex="-1" aria-label="Play: {title}"><p class="play-title">{title}</p><p class="play-task">{task}</p>{board}<div class="play-fallback">{fallback}</div></section>"#,
            name = escape(play.name),
            title = escape(play.title),
            task = escape(play.task),
            board = board(explored),
            fallback = fallback(explored, place.is_slide),
        )))
    }
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;

    use super::*;

    #[test]
    fn the_board_stands_at_the_beginning() {
        let html = rendered(&Panel, "lost-update", &Plays).unwrap();
        assert!(!html.contains('\n'), "a blank line would end the block");
        for part in [
            r#"<section class="play" id="play-lost-update" data-play="lost-update""#,
            "<div><dt>the count</dt><dd>0</dd></div>",
            r#"data-key="2"><kbd>2</kbd> Worker B <b>reads the count</b></button>"#,
            r#"<li>Promised: no update is lost <b class="play-stands">holds so far</b></li>"#,
            r#"<li class="is-next" aria-current="step"><code style="--indent: 4">let seen = "#,
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn without_scripts_there_is_the_shortest_way_and_the_code() {
        let html = rendered(&Panel, "lost-update", &Plays).unwrap();
        let (_, fallback) = html.split_once("play-fallback").unwrap();
        for part in [
            "<tr><td>1</td><td>Worker A</td><td>Worker A reads the count: 0.</td><td>A has read: 0</td></tr>",
            "<tr><td>4</td>",
            "One update is lost. There are 6 schedules, through 13 states; 4 of them lead to a bad end.",
            "There are 2 schedules, through 8 states; none leads to a bad end.",
            "Worker A, Worker B, broken</p>",
            "counts<wbr>.lock()<wbr>.unwrap()<wbr>.insert(route, next);",
            "Worker A, Worker B, repaired</p>",
            "counts<wbr>.entry(route)<wbr>.or",
        ] {
            assert!(fallback.contains(part), "{part} in {fallback}");
        }
    }

    #[test]
    fn a_play_that_there_is_not_is_told() {
        let said = rendered(&Panel, "lost-updates", &Plays).unwrap_err();
        assert_eq!(
            said,
            "there is no play `lost-updates`; did you mean `lost-update`?"
        );
    }
}
