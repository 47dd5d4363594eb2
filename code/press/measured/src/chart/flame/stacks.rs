//! From the lines of folded stacks to one tree of calls.

use std::collections::{BTreeMap, BTreeSet};

use super::name::Name;

/// A file of folded stacks.
pub struct Stacks {
    /// Machine and date.
    pub taken: String,
    /// The command that takes the profile again.
    pub command: String,
    /// All samples, and below them the threads or the outermost functions.
    pub root: Frame,
}

/// A function as it was called from one place.
#[derive(Clone, Default)]
pub struct Frame {
    /// The samples in it and in what it calls.
    pub samples: u64,
    /// What it calls.
    pub calls: BTreeMap<Name, Frame>,
}

/// The samples of one function, wherever it was called from.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    /// In it and in what it calls.
    pub with_calls: u64,
    /// In it.
    pub alone: u64,
}

/// Reads the text of a file.
///
/// # Errors
///
/// If it is not of the format: the end of a sentence that begins with the file's name.
pub fn parse(text: &str) -> Result<Stacks, String> {
    let mut lines = text.lines().zip(1..);
    let first = lines.next().map_or("", |(line, _)| line);
    let origin = first.strip_prefix('#').unwrap_or("").splitn(3, ';');
    let origin: Vec<&str> = origin.map(str::trim).collect();
    let [machine, date, command] = origin[..] else {
        return Err(" does not begin with a line `# machine; date; command`".into());
    };
    let mut root = Frame::default();
    for (line, at) in lines {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let stack = line.rsplit_once(' ');
        let stack = stack.and_then(|(stack, count)| Some((stack, count.parse().ok()?)));
        let (stack, samples) = stack
            .ok_or_else(|| format!(":{at}: `{line}` is no stack; one looks like `main;run 12`"))?;
        root.add(stack, samples);
    }
    if root.samples == 0 {
        return Err(" holds no samples".into());
    }
    Ok(Stacks {
        taken: format!("{machine}; {date}"),
        command: command.to_owned(),
        root,
    })
}

impl Frame {
    fn add(&mut self, stack: &str, samples: u64) {
        let mut frame = self;
        frame.samples += samples;
        for name in stack.split(';').map(Name::parse) {
            if name.only_calls() {
                continue;
            }
            frame = frame.calls.entry(name).or_default();
            frame.samples += samples;
        }
    }

    /// The samples that are in no call of it.
    fn alone(&self) -> u64 {
        let called: u64 = self.calls.values().map(|call| call.samples).sum();
        self.samples - called
    }

    /// Adds everything that it calls to the functions' samples.
    pub fn add_up<'f>(&'f self, functions: &mut BTreeMap<&'f str, Spent>) {
        self.add_calls(functions, &mut BTreeSet::new());
    }

    fn add_calls<'f>(
        &'f self,
        functions: &mut BTreeMap<&'f str, Spent>,
        callers: &mut BTreeSet<&'f str>,
    ) {
        for (name, call) in &self.calls {
            let spent = functions.entry(&name.path).or_default();
            spent.alone += call.alone();
            // What a function spends in itself, called by itself, is counted once.
            let outermost = callers.insert(&name.path);
            if outermost {
                spent.with_calls += call.samples;
            }
            call.add_calls(functions, callers);
            if outermost {
                callers.remove(name.path.as_str());
            }
        }
    }
}
