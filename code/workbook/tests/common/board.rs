//! A play on a page, as a reader with a keyboard and one with a screen reader have it, held against its model.

use serde_json::{Value, json};

use super::browser::Page;

/// The play of that name on a page.
pub struct Board<'a> {
    pub page: &'a Page,
    pub name: &'a str,
}

impl Board<'_> {
    /// Goes to it by its address, waits until it can be played, and listens to what it tells from then on: a screen reader
    /// reads what changes in an element with the role of a status, as long as it is the same element.
    ///
    /// By its address, since what is only scrolled to must also be seen, and a window behind another one is not drawn.
    pub fn begin(&self) {
        let Board { page, name } = self;
        page.ask(&format!("(location.hash = 'play-{name}/broken/')"));
        page.wait(&format!(
            "!!document.querySelector('#play-{name}.is-playing .play-choice')"
        ));
        page.ask(&format!("({}, 1)", self.of(".play-choice", "focus()")));
        page.ask(&format!(
            "(() => {{
                const board = document.querySelector('#play-{name} .play-board');
                const told = board.querySelector('.play-told[role=status]');
                const all = (selector, what) => [...board.querySelectorAll(selector)].map(what);
                window.heard = [];
                new MutationObserver(() => heard.push({{ told: told.textContent, board: {{
                    choices: all('.play-choice', choice => choice.textContent),
                    values: all('.play-shared dd', value => value.textContent),
                    lines: all('.play-party', party =>
                        [...party.querySelectorAll('.play-code li')].findIndex(line => line.ariaCurrent === 'step')),
                    states: all('.play-state', state => state.textContent),
                }} }})).observe(told, {{ childList: true, characterData: true, subtree: true }});
                return 1;
            }})()"
        ));
    }

    /// An expression on an element of the play.
    pub fn of(&self, selector: &str, what: &str) -> String {
        let name = self.name;
        format!("document.querySelector('#play-{name} {selector}').{what}")
    }

    /// What was told last.
    pub fn told(&self) -> String {
        self.text(".play-told[role=status]")
    }

    pub fn text(&self, selector: &str) -> String {
        let text = self.page.ask(&self.of(selector, "textContent"));
        text.as_str().expect("a text").to_owned()
    }

    /// Takes steps by `act`, which is told the key of each. Each is told once, and the board stood then as the model does.
    pub fn takes(&self, graph: &Value, choices: &[usize], act: impl Fn(&str)) {
        let name = self.name;
        self.page.ask("(window.heard.splice(0), 1)");
        keys(graph, choices).iter().for_each(|key| act(key));
        let heard = self.page.ask("window.heard.splice(0)");
        let mut heard = heard.as_array().expect("a list").iter();
        let mut here = 0;
        for number in choices {
            let choice = &graph["positions"][here]["choices"][number];
            let text = text_of(graph, &choice["told"]);
            let seen = heard.next().unwrap_or(&Value::Null);
            let told = seen["told"].as_str().unwrap_or("nothing");
            assert!(
                told.contains(text),
                "{name}: a screen reader hears {told:?}, not {text:?}"
            );
            here = index(&choice["to"]);
            let position = &graph["positions"][here];
            assert_eq!(seen["board"], expected(graph, position), "{name}: {text}");
        }
        assert_eq!(heard.next(), None, "{name}: more is told than happened");
    }
}

/// What a board shows at a position.
fn expected(graph: &Value, position: &Value) -> Value {
    let list = |name: &str| position[name].as_array().expect("a list").iter();
    let choices = list("choices").map(|choice| {
        let party = &graph["parties"][index(&choice["party"])]["name"];
        let party = party.as_str().expect("a name");
        let does = text_of(graph, &choice["does"]);
        format!("{} {party} {does}", choice["key"])
    });
    let lines = list("at").map(|at| {
        let line = at.get("line").or_else(|| at.get("waits"));
        line.map_or(-1, |line| line.as_i64().expect("a line"))
    });
    let states = list("at").map(|at| match at.as_str() {
        Some("done") => "done",
        Some(_) => "",
        None if at.get("waits").is_some() => "waits",
        None => "can go on",
    });
    json!({
        "choices": choices.collect::<Vec<_>>(),
        "values": list("values").map(|value| text_of(graph, value)).collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
        "states": states.collect::<Vec<_>>(),
    })
}

/// The keys that take these choices, each a number from 0, from the beginning.
pub fn keys(graph: &Value, choices: &[usize]) -> Vec<String> {
    let mut here = 0;
    let key_of = |number: &usize| {
        let choice = &graph["positions"][here]["choices"][number];
        here = index(&choice["to"]);
        choice["key"].to_string()
    };
    choices.iter().map(key_of).collect()
}

fn text_of<'a>(graph: &'a Value, text: &Value) -> &'a str {
    graph["texts"][index(text)].as_str().expect("a text")
}

pub fn index(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("small")
}

pub fn numbers(value: &Value) -> Vec<usize> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(index)
        .collect()
}
