//! A prediction as Markdown with HTML around it. What the script needs to judge a bet stands in attributes.

use directives::html::escape;
use measured::TIMES;
use serde_json::json;

use super::prediction::{Bet, Choice, More, Prediction, Quantity};
use crate::tables::markdown;

/// What stands on a slide.
pub fn question(prediction: &Prediction) -> String {
    markdown(&prediction.question)
}

/// What stands in a page.
pub fn whole(prediction: &Prediction) -> String {
    let id = escape(&prediction.id);
    let chart = prediction.chart.as_deref().map(escape);
    let chart = chart.map_or_else(String::new, |chart| format!(" data-chart=\"{chart}\""));
    let (attributes, options, answer) = match &prediction.bet {
        Bet::Quantity(asked) => quantity(asked),
        Bet::Choice { choices, claim } => choice(choices, claim.as_deref()),
    };
    format!(
        "<section class=\"predict\" id=\"predict-{id}\" data-predict=\"{id}\" {attributes}{chart} aria-label=\"Prediction\">\n\
         <p class=\"predict-title\">Before you read on</p>\n<div class=\"predict-question\">\n\n{question}\n\n</div>\n{options}\
         <details class=\"predict-answer\">\n<summary>What came of it</summary>\n{answer}\
         <div class=\"predict-why\">\n\n**Why?** {why}\n\n</div>\n<details class=\"predict-because\">\n<summary>An answer</summary>\n\n\
         {because}\n\n</details>\n</details>\n</section>",
        question = markdown(&prediction.question),
        why = markdown(&prediction.why),
        because = markdown(&prediction.because),
    )
}

/// Attributes, options, and what came of it.
type Parts = (String, String, String);

fn choice(choices: &[Choice], claim: Option<&str>) -> Parts {
    let right = choices.iter().position(|choice| choice.right).unwrap_or(0);
    let claim = claim.map_or_else(String::new, |claim| format!("{{{{#claim {claim}}}}}"));
    let mut options = "<ul class=\"predict-options\">\n".to_owned();
    let mut answer = format!(
        "<div class=\"predict-truth\">\n\nIt is so: {}{claim}\n\n</div>\n",
        markdown(&choices[right].option)
    );
    for (at, choice) in choices.iter().enumerate() {
        let option = markdown(&choice.option);
        options += &format!("<li>\n\n{option}\n\n</li>\n");
        reply(
            &mut answer,
            &at.to_string(),
            &format!("*{option}*"),
            &choice.reply,
        );
    }
    options.push_str("</ul>\n");
    let attributes = format!("data-type=\"choice\" data-right=\"{right}\"");
    (attributes, options, answer)
}

fn quantity(asked: &Quantity) -> Parts {
    let Quantity { truth, replies, .. } = asked;
    let is_ratio = truth.unit == TIMES;
    let directive = if is_ratio { "ratio" } else { "result" };
    let (more, above, below) = match asked.more {
        More::Better => (
            "better",
            ("hopeful", &replies.hopeful),
            ("careful", &replies.careful),
        ),
        More::Worse => (
            "worse",
            ("careful", &replies.careful),
            ("hopeful", &replies.hopeful),
        ),
    };
    let attributes = format!(
        "data-type=\"quantity\" data-truth=\"{number}\" data-written=\"{written}\" data-within=\"{within}\" \
         data-more=\"{more}\" data-on-axis=\"{on_axis}\" data-axis-unit=\"{axis_unit}\" data-ratio=\"{is_ratio}\" \
         data-stops=\"{stops}\"",
        number = truth.number,
        written = escape(&truth.written),
        within = asked.within,
        on_axis = truth.on_axis,
        axis_unit = escape(&truth.axis_unit),
        stops = escape(&json!(asked.stops).to_string()),
    );
    let mut answer = format!(
        "<div class=\"predict-truth\">\n\nMeasured: {{{{#{directive} {}}}}}\n\n</div>\n",
        asked.reference
    );
    reply(&mut answer, "right", "About so much", &replies.right);
    reply(&mut answer, above.0, "A bet on more", above.1);
    reply(&mut answer, below.0, "A bet on less", below.1);
    if let Some(text) = &replies.slower {
        reply(&mut answer, "slower", "A bet on a gain", text);
    }
    if let Some(text) = &replies.faster {
        reply(&mut answer, "faster", "A bet on a loss", text);
    }
    (attributes, String::new(), answer)
}

/// What is said of a bet: without scripts all are shown, each with the bet that it is for.
fn reply(text: &mut String, name: &str, bet: &str, says: &str) {
    let (name, says) = (escape(name), markdown(says));
    *text += &format!(
        "<div class=\"predict-reply\" data-reply=\"{name}\">\n\n<span class=\"predict-for\">{bet}:</span> {says}\n\n</div>\n"
    );
}
