//! Types and values.

use std::collections::HashMap;
use std::fmt::Display;
use std::thread;

pub fn interface() -> String {
    // ANCHOR: interface
    trait Shape {
        fn area(&self) -> u32;
    }
    struct Square(u32);
    impl Shape for Square {
        fn area(&self) -> u32 {
            self.0 * self.0
        }
    }
    struct Strip(u32);
    impl Shape for Strip {
        fn area(&self) -> u32 {
            self.0
        }
    }
    let shapes: [&dyn Shape; 2] = [&Square(3), &Strip(4)];
    let area: u32 = shapes.iter().map(|shape| shape.area()).sum();
    // ANCHOR_END: interface
    area.to_string()
}

pub fn type_switch() -> String {
    // ANCHOR: type-switch
    enum Message {
        Word(String),
        Number(u32),
    }
    let told = [Message::Word("go".into()), Message::Number(7)].map(|message| match message {
        Message::Word(word) => format!("word {word}"),
        Message::Number(number) => format!("number {number}"), // leave one out, and it does not compile
    });
    // ANCHOR_END: type-switch
    told.join(", ")
}

pub fn embedding() -> String {
    // ANCHOR: embedding
    struct Log {
        name: &'static str,
    }
    impl Log {
        fn line(&self) -> String {
            format!("log of {}", self.name)
        }
    }
    struct Server {
        log: Log, // a field like others: what it can do is said by its name
    }
    let server = Server {
        log: Log { name: "one" },
    };
    server.log.line()
    // ANCHOR_END: embedding
}

pub fn zero_value() -> String {
    // ANCHOR: zero-value
    #[derive(Default)]
    struct Limits {
        tasks: u32,
        name: String,
    }
    let limits = Limits::default(); // a type has a default only if it says so
    let Limits { tasks, name } = limits;
    // ANCHOR_END: zero-value
    format!("{tasks} tasks, name of {} letters", name.len())
}

pub fn slices() -> String {
    // ANCHOR: slices
    let mut all = vec![1, 2, 3];
    all.push(4);
    let middle = &all[1..3]; // a view; while it is used, `all` cannot grow
    let sum: u32 = middle.iter().sum();
    let copy = all.clone();
    // ANCHOR_END: slices
    format!("{sum}, {}", copy.len())
}

pub fn maps() -> String {
    // ANCHOR: maps
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in ["a", "b", "a"] {
        *counts.entry(word).or_default() += 1;
    }
    let c = counts.get("c").copied(); // None: not the same as zero
    counts.remove("b");
    // ANCHOR_END: maps
    format!(
        "a {}, c there: {}, {} left",
        counts["a"],
        c.is_some(),
        counts.len()
    )
}

pub fn generics() -> String {
    // ANCHOR: generics
    fn largest<T: PartialOrd + Copy>(values: &[T]) -> Option<T> {
        let (first, rest) = values.split_first()?;
        Some(rest.iter().fold(
            *first,
            |largest, value| if *value > largest { *value } else { largest },
        ))
    }
    // ANCHOR_END: generics
    format!(
        "{} and {}",
        shown(largest(&[3, 7, 5])),
        shown(largest(&["x", "z", "y"]))
    )
}

fn shown<T: Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

pub fn iterators() -> String {
    // ANCHOR: iterators
    fn squares() -> impl Iterator<Item = u32> {
        (1..).map(|number| number * number)
    }
    let few: Vec<u32> = squares().take_while(|square| *square < 30).collect();
    // ANCHOR_END: iterators
    listed(&few)
}

/// A list as Go prints it.
pub fn listed(items: &[u32]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(" "))
}

pub fn captured() -> String {
    // ANCHOR: captured
    let tasks = [1, 2, 3].map(|number| thread::spawn(move || number * 10)); // each has its own `number`
    let results = tasks.map(|task| task.join().expect("it did not panic"));
    // ANCHOR_END: captured
    listed(&results)
}
