//! From a path to the file in which what it names is written.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::imports::Reach;
use crate::module::Target;

/// More re-exports than this lead nowhere: they lead in a circle.
const REEXPORTS_MAX: usize = 16;

impl Target {
    /// Which file imports from which: as the code does, and not as `mod` declarations do. A file that
    /// declares a module and hands on what is in it has not imported that, unless it uses it itself.
    pub fn imports(&self) -> BTreeSet<(PathBuf, PathBuf)> {
        let mut imports = BTreeSet::new();
        for (number, module) in self.modules.iter().enumerate() {
            let reach = Reach::of(&module.code);
            let is_used = |name: &String| {
                let mut paths = reach.paths.iter();
                paths.any(|path| path.first() == Some(name))
            };
            let used = reach.handed_on.iter().filter(|(name, _)| is_used(name));
            // A word alone may be a variable that is called as a module is.
            let is_module =
                |path: &&Vec<String>| path.len() == 1 && module.children.contains_key(&path[0]);
            let paths = (reach.imports.iter())
                .chain(used.map(|(_, path)| path))
                .chain(reach.paths.iter().filter(|path| !is_module(path)));
            for path in paths {
                let file = self.resolve(number, path, REEXPORTS_MAX);
                if let Some(file) = file.map(|place| &self.modules[place].file)
                    && *file != module.file
                {
                    imports.insert((module.file.clone(), file.clone()));
                }
            }
        }
        imports
    }

    /// The module in which what a path names is written, or nothing if that is in another crate.
    fn resolve(&self, from: usize, path: &[String], reexports_left: usize) -> Option<usize> {
        let (first, rest) = path.split_first()?;
        let from = match first.as_str() {
            "crate" => 0,
            "self" => from,
            "super" => self.modules[from].parent?,
            _ => return self.follow(from, path, reexports_left),
        };
        match rest.first() {
            Some(next) if next == "super" => self.resolve(from, rest, reexports_left),
            Some(_) => self.follow_inside(from, rest, reexports_left),
            None => Some(from),
        }
    }

    /// The module of what a path names that begins in a module of ours: what is not found is in it,
    /// made by a macro perhaps.
    fn follow_inside(&self, from: usize, path: &[String], reexports_left: usize) -> Option<usize> {
        let is_imported =
            (path.first()).is_some_and(|name| self.modules[from].names.contains_key(name));
        let found = self.follow(from, path, reexports_left);
        found.or((!is_imported).then_some(from))
    }

    /// The module of what a path names whose first word is a name in a module.
    fn follow(&self, from: usize, path: &[String], reexports_left: usize) -> Option<usize> {
        let (name, rest) = path.split_first()?;
        let module = &self.modules[from];
        if let Some(&child) = module.children.get(name) {
            // What a module hands on of another crate is taken from that module.
            let inside = self.follow_inside(child, rest, reexports_left);
            return inside.or(Some(child));
        }
        if module.items.contains(name) {
            return Some(from);
        }
        let reexports_left = reexports_left.checked_sub(1)?;
        if let Some(imports) = module.names.get(name) {
            let onward =
                |import: &Vec<String>| self.resolve(from, &[import, rest].concat(), reexports_left);
            return imports.iter().find_map(onward);
        }
        module.stars.iter().find_map(|star| {
            let starred = self.resolve(from, star, reexports_left)?;
            self.follow(starred, path, reexports_left)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::Target;

    /// What the files of a made-up crate import, by their names.
    fn imports(files: &[(&str, &str)]) -> BTreeSet<(String, String)> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("created");
            std::fs::write(file, text).expect("written");
        }
        let name = |file: &Path| {
            let name = file.strip_prefix(folder.path()).expect("one of them");
            name.display().to_string()
        };
        let imports = Target::read(&folder.path().join("lib.rs")).imports();
        (imports.iter())
            .map(|(one, other)| (name(one), name(other)))
            .collect()
    }

    fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> BTreeSet<(String, String)> {
        BTreeSet::from(pairs.map(|(one, other)| (one.to_owned(), other.to_owned())))
    }

    #[test]
    fn a_path_leads_to_where_its_name_is_written() {
        let found = imports(&[
            (
                "lib.rs",
                "mod a; mod b; pub use a::{deep::Deep as Deeper, Item};",
            ),
            (
                "a.rs",
                "pub mod deep; pub struct Item; fn f() { super::b::g() }",
            ),
            ("a/deep.rs", "pub struct Deep; use std::fmt::{self, Debug};"),
            (
                "b.rs",
                "use crate::{Deeper, a::{self, deep}}; pub fn g() {}",
            ),
        ]);
        let expected = [("a.rs", "b.rs"), ("b.rs", "a.rs"), ("b.rs", "a/deep.rs")];
        assert_eq!(found, pairs(expected));
    }

    #[test]
    fn to_hand_on_is_not_to_import_but_to_use_is() {
        let child = ("a/b.rs", "use super::Limit; pub struct Item; pub fn f() {}");
        let handing_on = "mod b; pub use b::Item; pub struct Limit;
            macro_rules! called { () => { crate::a::b::f() } }";
        let lib = ("lib.rs", "mod a;");
        let found = imports(&[lib, ("a.rs", handing_on), child]);
        assert_eq!(found, pairs([("a/b.rs", "a.rs")]));
        for using in [
            "fn g(_: Item) {}",
            "fn g() { b::f() }",
            "fn g() { m!(b::f()) }",
        ] {
            let text = format!("{handing_on} {using}");
            let found = imports(&[lib, ("a.rs", &text), child]);
            let circle = [("a.rs", "a/b.rs"), ("a/b.rs", "a.rs")];
            assert_eq!(found, pairs(circle), "{using}");
        }
    }

    #[test]
    fn what_is_in_a_file_between_braces_and_behind_a_star_is_that_files() {
        let found = imports(&[
            (
                "lib.rs",
                "mod a; #[path = \"elsewhere.rs\"] mod c; mod t { use super::c::Item; }",
            ),
            (
                "a.rs",
                "use super::c::*; mod tests { use super::*; fn f(_: Item) {} }",
            ),
            (
                "elsewhere.rs",
                "pub struct Item; fn f() { let a = 1; drop(a) }",
            ),
        ]);
        let expected = [("a.rs", "elsewhere.rs"), ("lib.rs", "elsewhere.rs")];
        assert_eq!(found, pairs(expected));
    }
}
