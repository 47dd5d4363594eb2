//! The modules of a crate's targets, as `mod` declarations lead from file to file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::{Attribute, Expr, Item, ItemMod, ItemUse, Lit, Meta};

use crate::imports::Import;

/// A module: one file, or a part of one between braces.
pub struct Module {
    pub file: PathBuf,
    pub parent: Option<usize>,
    pub children: BTreeMap<String, usize>,
    /// What is defined here, modules aside.
    pub items: BTreeSet<String>,
    /// What is imported here, under the name that it has here; several if its place depends on a `cfg`.
    pub names: BTreeMap<String, Vec<Vec<String>>>,
    /// The modules whose items are imported by a star.
    pub stars: Vec<Vec<String>>,
    /// The code, without the modules that it declares.
    pub code: Vec<Item>,
}

/// A target of a crate: a library, a program, a test, a bench. The first module is its root.
pub struct Target {
    pub modules: Vec<Module>,
}

impl Target {
    /// Reads a target from its root file.
    pub fn read(root: &Path) -> Target {
        let mut target = Target {
            modules: Vec::new(),
        };
        // The files of a root's modules are beside it, as if it were a `mod.rs`.
        let folder = root.parent().expect("a file is in a folder").to_owned();
        target.add_file(root, None, &folder);
        target
    }

    fn add_file(&mut self, file: &Path, parent: Option<usize>, folder: &Path) -> usize {
        let text = std::fs::read_to_string(file)
            .unwrap_or_else(|error| panic!("cannot read {}: {error}", file.display()));
        let items = syn::parse_file(&text)
            .unwrap_or_else(|error| panic!("{} is not Rust: {error}", file.display()))
            .items;
        self.add(file, parent, folder, items)
    }

    /// Adds a module and all that it declares; `folder` is where the files of those are.
    fn add(
        &mut self,
        file: &Path,
        parent: Option<usize>,
        folder: &Path,
        items: Vec<Item>,
    ) -> usize {
        let number = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            names: BTreeMap::new(),
            stars: Vec::new(),
            code: Vec::new(),
        });
        for item in items {
            match item {
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let child = self.add_declared(file, number, folder, module);
                    self.modules[number].children.insert(name, child);
                }
                item => {
                    if let Item::Use(import) = &item {
                        self.modules[number].add_import(import);
                    }
                    // A macro that is exported stands in the root, wherever it is written.
                    let place = if is_exported_macro(&item) { 0 } else { number };
                    if let Some(name) = name_of(&item) {
                        self.modules[place].items.insert(name);
                    }
                    self.modules[number].code.push(item);
                }
            }
        }
        number
    }

    fn add_declared(
        &mut self,
        file: &Path,
        parent: usize,
        folder: &Path,
        module: ItemMod,
    ) -> usize {
        let name = module.ident.to_string();
        let inner = folder.join(&name);
        if let Some((_, items)) = module.content {
            return self.add(file, Some(parent), &inner, items);
        }
        if let Some(path) = path_attribute(&module.attrs) {
            let file = file.with_file_name(path);
            let folder = file.parent().expect("a file is in a folder").to_owned();
            return self.add_file(&file, Some(parent), &folder);
        }
        let beside = inner.with_extension("rs");
        let file = if beside.is_file() {
            beside
        } else {
            inner.join("mod.rs")
        };
        self.add_file(&file, Some(parent), &inner)
    }
}

impl Module {
    fn add_import(&mut self, item: &ItemUse) {
        for import in Import::all(&item.tree) {
            match import.name {
                Some(name) => self.names.entry(name).or_default().push(import.path),
                None => self.stars.push(import.path),
            }
        }
    }
}

/// The file that `#[path = "…"]` names.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let Expr::Lit(value) = &pair.value else {
            return None;
        };
        match &value.lit {
            Lit::Str(text) if pair.path.is_ident("path") => Some(text.value()),
            _ => None,
        }
    })
}

fn is_exported_macro(item: &Item) -> bool {
    let Item::Macro(item) = item else {
        return false;
    };
    let is_export = |attribute: &Attribute| attribute.path().is_ident("macro_export");
    item.attrs.iter().any(is_export)
}

fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
