//! A fork's manifest: the step's, with everything written out that it inherits from the workspace.

use std::path::Path;

use anyhow::{Context, Result};
use project::chapters::normal;
use toml_edit::{Array, Document, InlineTable, Item, Table, TableLike, Value, value};

/// The way from a fork to the project's root.
const TO_ROOT: &str = "../..";

/// Where the dependencies of a crate stand.
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// What a fork's manifest is made from.
pub struct Origin<'a> {
    /// The step's folder, relative to the root.
    pub path: &'a Path,
    /// The step's manifest.
    pub manifest: &'a str,
    /// The workspace's manifest.
    pub workspace: &'a str,
}

impl Origin<'_> {
    /// The manifest of a fork.
    ///
    /// # Errors
    ///
    /// If a manifest is not one, or inherits what the workspace does not have.
    pub fn fork(&self, parent: &str, name: &str) -> Result<String> {
        let root: Document = self.workspace.parse().context("the workspace's manifest")?;
        let mut step: Document = self
            .manifest
            .parse()
            .with_context(|| format!("the manifest of {parent}"))?;
        let workspace = root
            .get("workspace")
            .context("the project is no workspace")?;
        let package = step
            .get_mut("package")
            .and_then(Item::as_table_like_mut)
            .with_context(|| format!("the manifest of {parent} has no package"))?;
        inherit(package, &workspace["package"])?;
        package.insert("name", value(name));
        package.insert("description", value(format!("A fork of {parent}.")));
        rename(package, parent, name);
        // A library is called after its package again.
        if let Some(library) = step.get_mut("lib").and_then(Item::as_table_like_mut) {
            library.remove("name");
        }
        self.all_dependencies(&mut step, &workspace["dependencies"])?;

        // What is the workspace's comes last, and in an order of its own.
        let mut rest = Document::new();
        let inherits_lints = step.get("lints").is_some_and(inherits);
        if inherits_lints {
            step.remove("lints");
            put(&mut rest, "lints", workspace.get("lints"));
        }
        step.remove("profile");
        put(&mut rest, "profile", root.get("profile"));
        step.remove("workspace");
        let mut own = Table::new();
        own.decor_mut()
            .set_prefix("\n# A workspace of its own: the book's does not know it.\n");
        rest.insert("workspace", Item::Table(own));
        Ok(format!("{}\n{}", step.to_string().trim_end(), rest))
    }

    fn all_dependencies(&self, step: &mut Document, known: &Item) -> Result<()> {
        for kind in DEPENDENCIES {
            if let Some(table) = step.get_mut(kind).and_then(Item::as_table_like_mut) {
                self.dependencies(table, known)?;
            }
        }
        let targets = step.get_mut("target").and_then(Item::as_table_like_mut);
        for (_, target) in targets.into_iter().flat_map(TableLike::iter_mut) {
            for kind in DEPENDENCIES {
                let table = target.get_mut(kind).and_then(Item::as_table_like_mut);
                if let Some(table) = table {
                    self.dependencies(table, known)?;
                }
            }
        }
        Ok(())
    }

    fn dependencies(&self, table: &mut dyn TableLike, known: &Item) -> Result<()> {
        let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            let own = table.get(&name).map(fields).unwrap_or_default();
            let written = if own.contains_key("workspace") {
                let shared = known
                    .get(&name)
                    .with_context(|| format!("the workspace has no dependency {name}"))?;
                let shared = moved(fields(shared), Path::new(""));
                joined(shared, own)
            } else {
                moved(own, self.path)
            };
            // In its place, with the comment above it.
            if let Some(item) = table.get_mut(&name) {
                *item = Item::Value(short(written));
            }
            // `memchr.workspace = true` has no space behind `memchr`.
            if let Some(decor) = table.key_decor_mut(&name) {
                decor.set_suffix(" ");
            }
        }
        Ok(())
    }
}

/// Replaces `key.workspace = true` by the workspace's value.
fn inherit(package: &mut dyn TableLike, shared: &Item) -> Result<()> {
    let inherited: Vec<String> = package
        .iter()
        .filter(|(_, item)| inherits(item))
        .map(|(key, _)| key.to_owned())
        .collect();
    for key in inherited {
        let value = shared
            .get(&key)
            .and_then(Item::as_value)
            .with_context(|| format!("the workspace has no package.{key}"))?;
        package.insert(&key, Item::Value(value.clone()));
    }
    Ok(())
}

/// The names under which the book's tools know it.
fn rename(package: &mut dyn TableLike, parent: &str, name: &str) {
    let workbook = package
        .get_mut("metadata")
        .and_then(|metadata| metadata.get_mut("workbook"))
        .and_then(Item::as_table_like_mut);
    if let Some(workbook) = workbook {
        workbook.insert("title", value(name));
        workbook.insert("parent", value(parent));
    }
}

fn inherits(item: &Item) -> bool {
    item.as_table_like()
        .is_some_and(|table| table.get("workspace").and_then(Item::as_bool) == Some(true))
}

/// A dependency's fields, also if only its version is written.
fn fields(item: &Item) -> InlineTable {
    match item.as_table_like() {
        Some(table) => table
            .iter()
            .filter_map(|(key, item)| Some((key, item.as_value()?.clone())))
            .collect(),
        None => item
            .as_value()
            .map(|value| ("version", value.clone()))
            .into_iter()
            .collect(),
    }
}

/// The workspace's fields and what the crate adds to them.
fn joined(mut shared: InlineTable, own: InlineTable) -> InlineTable {
    for (key, value) in own {
        match (key.as_str(), value) {
            ("workspace", _) => {}
            ("features", Value::Array(added)) => {
                let mut all = Array::new();
                let known = shared.get("features").and_then(Value::as_array);
                let names = known
                    .into_iter()
                    .flatten()
                    .chain(&added)
                    .filter_map(Value::as_str);
                names.for_each(|name| all.push(name));
                shared.insert("features", all.into());
            }
            (key, value) => {
                shared.insert(key, value);
            }
        }
    }
    shared
}

/// The fields with their path, which began in this folder of the project, from a fork on.
fn moved(mut fields: InlineTable, from: &Path) -> InlineTable {
    let path = fields.get("path").and_then(Value::as_str);
    if let Some(path) = path.map(|path| Path::new(TO_ROOT).join(normal(&from.join(path)))) {
        fields.insert("path", path.to_string_lossy().as_ref().into());
    }
    fields
}

/// `"1"` for `{ version = "1" }`.
fn short(mut fields: InlineTable) -> Value {
    if fields.len() == 1
        && let Some(version) = fields.remove("version")
    {
        return version.decorated(" ", "");
    }
    fields.fmt();
    Value::InlineTable(fields).decorated(" ", "")
}

fn put(document: &mut Document, key: &str, item: Option<&Item>) {
    if let Some(item) = item {
        document.insert(key, item.clone());
    }
}

#[cfg(test)]
mod tests;
