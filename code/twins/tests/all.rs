//! All twins: each has its program, and is compiled, vetted, formatted and tested with its benchmarks.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use twins::{FOLDER, Go, go_or_skip, names, root, run_with_children};

/// Twins at a time: while one is linked, or waits for its deadlines, another one is compiled.
const AT_ONCE: usize = 3;

/// As the code of a twin is shown beside that of its program, one without the other is half a page.
#[test]
fn every_program_of_part_one_has_a_twin() {
    let programs = std::fs::read_dir(root().join("code/mapping")).expect("Part I");
    let programs: BTreeSet<String> = programs
        .map(|entry| entry.expect("an entry").path())
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned()))
        .collect();
    let twins = names(&root()).into_iter();
    // A step of Part III may have one, too: where Go has the means for what it shows.
    let is_of_a_step = |name: &String| root().join("code/network").join(name).is_dir();
    let twins: BTreeSet<String> = twins.filter(|name| !is_of_a_step(name)).collect();
    assert_eq!(programs, twins);
}

/// A twin needs Go and nothing else: nothing is fetched when it is built.
#[test]
fn twins_use_the_standard_library_only() {
    for name in names(&root()) {
        let path = root().join(FOLDER).join(&name).join("go.mod");
        let text = std::fs::read_to_string(&path).expect("a go.mod");
        assert_eq!(
            text,
            format!("module {name}\n\ngo 1.25\n"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn twins_are_sound() {
    let Some(go) = go_or_skip("twins_are_sound") else {
        return;
    };
    let (names, next) = (names(&root()), AtomicUsize::new(0));
    let wrong: Vec<String> = thread::scope(|scope| {
        let look = || {
            let mut wrong = Vec::new();
            while let Some(name) = names.get(next.fetch_add(1, Relaxed)) {
                wrong.extend(mistakes(&go, name));
            }
            wrong
        };
        let looks: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(look)).collect();
        let wrong = looks.into_iter().map(|look| look.join().expect("no panic"));
        wrong.flatten().collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn mistakes(go: &Go, name: &str) -> Vec<String> {
    let module = root().join(FOLDER).join(name);
    let mut wrong = Vec::new();
    match go.unformatted(&module) {
        Ok(files) if files.is_empty() => {}
        Ok(files) => wrong.push(format!("{name} is not formatted: {files}")),
        Err(why) => wrong.push(format!("{name} cannot be formatted: {why}")),
    }
    // Each benchmark once: that it asserts its answer is part of what is tested. One that hangs is ended by Go
    // itself, which then shows where each goroutine is.
    let test = [
        "test",
        "-timeout",
        "2m",
        "-bench",
        ".",
        "-benchtime",
        "1x",
        "./...",
    ];
    for arguments in [&["vet", "./..."] as &[&str], &test] {
        let ended = run_with_children(&mut go.command(&module, arguments));
        match ended {
            Ok(ended) if ended.succeeded => {}
            Ok(ended) => wrong.push(format!(
                "{name}: go {}\n{}{}",
                arguments.join(" "),
                ended.output,
                ended.errors
            )),
            Err(why) => wrong.push(format!("{name}: go {}: {why}", arguments.join(" "))),
        }
    }
    wrong
}
