//! What a file takes from where: its `use` declarations and the paths that it writes out.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMacro, ItemUse, Macro, Path, UseTree, Visibility};

/// One name that a `use` declaration brings.
#[derive(Debug)]
pub struct Import {
    /// Where from: `["super", "protocol", "Query"]`.
    pub path: Vec<String>,
    /// What it is called here; nothing for a star, whose path is that of the module.
    pub name: Option<String>,
}

impl Import {
    /// All the names of one declaration, braces and renames taken apart.
    pub fn all(tree: &UseTree) -> Vec<Import> {
        let mut imports = Vec::new();
        collect(tree, &mut Vec::new(), &mut imports);
        imports
    }
}

fn collect(tree: &UseTree, path: &mut Vec<String>, imports: &mut Vec<Import>) {
    let mut add = |path: &[String], last: String, name: Option<String>| {
        let mut path = path.to_vec();
        // `protocol::{self}` is `protocol`.
        if last != "self" || path.is_empty() {
            path.push(last);
        }
        let name = name.or_else(|| path.last().cloned());
        imports.push(Import { path, name });
    };
    match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            collect(&tree.tree, path, imports);
            path.pop();
        }
        UseTree::Name(tree) => add(path, tree.ident.to_string(), None),
        UseTree::Rename(tree) => {
            add(path, tree.ident.to_string(), Some(tree.rename.to_string()));
        }
        UseTree::Glob(_) => imports.push(Import {
            path: path.clone(),
            name: None,
        }),
        UseTree::Group(tree) => {
            for tree in &tree.items {
                collect(tree, path, imports);
            }
        }
    }
}

/// What a module's code reaches for.
#[derive(Debug, Default)]
pub struct Reach {
    /// The paths of its private imports, which it has for itself.
    pub imports: Vec<Vec<String>>,
    /// What it hands on by `pub use`, under its name here.
    pub handed_on: Vec<(String, Vec<String>)>,
    /// All paths in its code, those in the arguments of macros too.
    pub paths: BTreeSet<Vec<String>>,
}

impl Reach {
    /// Of a module's own code.
    pub fn of(code: &[Item]) -> Reach {
        let mut reach = Reach::default();
        for item in code {
            reach.visit_item(item);
        }
        reach
    }

    /// Finds the paths among tokens that nothing has parsed.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.paths.insert(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.paths.insert(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.read_tokens(group.stream());
                    }
                }
            }
        }
        self.paths.insert(path);
    }
}

impl<'ast> Visit<'ast> for Reach {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        for import in Import::all(&item.tree) {
            match (&item.vis, import.name) {
                (Visibility::Inherited, _) | (_, None) => self.imports.push(import.path),
                (_, Some(name)) => self.handed_on.push((name, import.path)),
            }
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let segments = path.segments.iter();
        self.paths
            .insert(segments.map(|part| part.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.read_tokens(call.tokens.clone());
    }

    // What a macro stands for is taken by those that call it.
    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if item.ident.is_none() {
            visit::visit_item_macro(self, item);
        }
    }

    // `pub(in crate::directory)` takes nothing from there.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
