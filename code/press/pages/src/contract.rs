//! The contracts of a step's arrows, as its `src/arrows.rs` has them: constants of a type `Arrow`, whose clauses are pairs of
//! texts. They are read and not run, so that a page needs no build of the step.

use std::path::{Path, PathBuf};

use syn::{Attribute, Expr, ExprStruct, Item, Lit, Member};

/// The file of a step that holds its contracts, relative to its folder.
pub const FILE: &str = "src/arrows.rs";

/// The type of the constants.
const TYPE: &str = "Arrow";

/// The clauses that each contract has, as the code calls them, and what readers see.
const CLAUSES: [(&str, &str); 8] = [
    ("order", "order"),
    ("duplicates", "duplicates"),
    ("loss", "loss"),
    ("bound", "bound"),
    ("deadline", "deadline"),
    ("end", "its end"),
    ("failure", "its failure"),
    ("dies", "who dies with whom"),
];

/// The contract of one arrow.
#[derive(Debug, PartialEq, Eq)]
pub struct Contract {
    /// From where to where, and what goes there.
    pub name: String,
    /// The type of what goes there, and what it is.
    pub item: String,
    /// The clauses, in the order in which they stand.
    pub clauses: Vec<Clause>,
}

/// What holds of an arrow in one respect.
#[derive(Debug, PartialEq, Eq)]
pub struct Clause {
    /// The respect, as readers see it.
    pub of: String,
    /// What holds.
    pub says: String,
    /// The test that holds it: `file::name`.
    pub test: String,
}

/// The contracts of the step in that folder, in their order; none if it has no such file.
///
/// # Errors
///
/// If the file cannot be read as contracts: one sentence.
pub fn of_step(folder: &Path) -> Result<Vec<Contract>, String> {
    let file = folder.join(FILE);
    if !file.is_file() {
        return Ok(Vec::new());
    }
    let items = items(&file).map_err(|why| format!("{FILE}: {why}"))?;
    let mut contracts = Vec::new();
    for item in items {
        let Item::Const(constant) = item else {
            continue;
        };
        let Expr::Struct(value) = *constant.expr else {
            continue;
        };
        if value.path.is_ident(TYPE) {
            let contract = contract(value);
            contracts.push(contract.map_err(|why| format!("{FILE}: {}: {why}", constant.ident))?);
        }
    }
    Ok(contracts)
}

/// Looks for the test of a clause in the step's folder: a function that is a test, and is run.
///
/// # Errors
///
/// One sentence about the test.
pub fn find_test(folder: &Path, test: &str) -> Result<(), String> {
    let Some((file, name)) = test.split_once("::") else {
        return Err(format!("`{test}` is no `file::test`"));
    };
    let path = test_file(file);
    let items = items(&folder.join(&path)).map_err(|why| format!("{}: {why}", path.display()))?;
    let found = items.iter().find_map(|item| match item {
        Item::Fn(function) if function.sig.ident == name => Some(&function.attrs),
        _ => None,
    });
    let has = |attributes: &[Attribute], name: &str| {
        let mut ends = attributes.iter().map(|one| one.path().segments.last());
        ends.any(|end| end.is_some_and(|end| end.ident == name))
    };
    match found {
        Some(attributes) if !has(attributes, "test") => {
            Err(format!("`{name}` in {} is no test", path.display()))
        }
        Some(attributes) if has(attributes, "ignore") => Err(format!(
            "the test `{name}` in {} is ignored",
            path.display()
        )),
        Some(_) => Ok(()),
        None => Err(format!("there is no test `{name}` in {}", path.display())),
    }
}

/// The file of a test, relative to its step: `tests/wire.rs`.
pub fn test_file(file: &str) -> PathBuf {
    Path::new("tests").join(format!("{file}.rs"))
}

fn items(file: &Path) -> Result<Vec<Item>, String> {
    let text = project::read_text(file).map_err(|error| format!("cannot be read: {error}"))?;
    let parsed = syn::parse_file(&text).map_err(|error| format!("is not Rust: {error}"))?;
    Ok(parsed.items)
}

fn contract(value: ExprStruct) -> Result<Contract, String> {
    let mut contract = Contract {
        name: String::new(),
        item: String::new(),
        clauses: Vec::new(),
    };
    for field in value.fields {
        let Member::Named(name) = field.member else {
            continue;
        };
        let name = name.to_string();
        match name.as_str() {
            "name" => contract.name = text(&field.expr, &name)?,
            "item" => contract.item = text(&field.expr, &name)?,
            _ => contract.clauses.push(clause(&name, field.expr)?),
        }
    }
    let lacks = |of: &str| !contract.clauses.iter().any(|clause| clause.of == of);
    match CLAUSES.iter().find(|(_, of)| lacks(of)) {
        _ if contract.name.is_empty() => Err("it has no `name`".to_owned()),
        _ if contract.item.is_empty() => Err("it has no `item`".to_owned()),
        Some((name, _)) => Err(format!("it has no clause `{name}`")),
        None => Ok(contract),
    }
}

fn clause(name: &str, value: Expr) -> Result<Clause, String> {
    let known = CLAUSES.iter().find(|(field, _)| *field == name);
    let of = known.map_or_else(|| name.replace('_', " "), |(_, of)| (*of).to_owned());
    let Expr::Tuple(pair) = value else {
        return Err(format!("`{name}` is no pair of texts"));
    };
    let texts: Vec<String> = (pair.elems.iter())
        .map(|one| text(one, name))
        .collect::<Result<_, _>>()?;
    match <[String; 2]>::try_from(texts) {
        Ok([says, test]) => Ok(Clause { of, says, test }),
        Err(_) => Err(format!("`{name}` is no pair of texts")),
    }
}

/// A text that stands there as it is, and is not empty.
fn text(value: &Expr, name: &str) -> Result<String, String> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) if !text.value().trim().is_empty() => Ok(text.value()),
            _ => Err(format!("`{name}` has no text")),
        },
        _ => Err(format!("`{name}` has no text")),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A contract in which all is well.
    pub const WHOLE: &str = r#"
        pub struct Arrow {}
        // ANCHOR: arrows
        pub const JOBS: Arrow = Arrow {
            name: "jobs, to a worker",
            item: "Job: a *batch*",
            order: ("kept", "wire::in_order"),
            duplicates: ("none", "wire::in_order"),
            loss: ("all of them, \
                    when it breaks", "wire::in_order"),
            bound: ("64 KiB", "wire::in_order"),
            deadline: ("none", "wire::in_order"),
            end: ("Ok(None)", "wire::in_order"),
            failure: ("Err", "wire::in_order"),
            dies: ("the worker", "wire::in_order"),
        };
        pub const ARROWS: [Arrow; 1] = [JOBS];
    "#;

    /// A step with these contracts and some tests.
    pub fn step(arrows: &str) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [
            (FILE, arrows),
            (
                "tests/wire.rs",
                "#[tokio::test]\nasync fn in_order() {}\nfn helper() {}\n#[test]\n#[ignore]\nfn long() {}\n",
            ),
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            std::fs::write(path, text).expect("written");
        }
        folder
    }

    #[test]
    fn constants_are_contracts() {
        let contracts = of_step(step(WHOLE).path()).expect("contracts");
        let [jobs] = contracts.as_slice() else {
            panic!("{contracts:?}");
        };
        assert_eq!(jobs.name, "jobs, to a worker");
        let of: Vec<&str> = jobs.clauses.iter().map(|one| one.of.as_str()).collect();
        assert_eq!(of, CLAUSES.map(|(_, of)| of));
        assert_eq!(jobs.clauses[2].says, "all of them, when it breaks");
        let nothing = tempfile::tempdir().expect("a folder");
        assert_eq!(of_step(nothing.path()), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_contract_is_told() {
        for (from, to, told) in [
            (
                "end: (\"Ok(None)\", \"wire::in_order\"),",
                "",
                "no clause `end`",
            ),
            ("\"Err\"", "ERR", "`failure` has no text"),
            ("\"Err\"", "\" \"", "`failure` has no text"),
            (
                "(\"64 KiB\", \"wire::in_order\")",
                "(\"64 KiB\",)",
                "`bound` is no pair",
            ),
            ("\"jobs, to a worker\"", "\"\"", "`name` has no text"),
            ("pub struct Arrow", "pub strukt Arrow", "is not Rust"),
        ] {
            let text = WHOLE.replace(from, to);
            assert_ne!(text, WHOLE, "{from}");
            let said = of_step(step(&text).path()).expect_err(told);
            assert!(
                said.starts_with("src/arrows.rs: ") && said.contains(told),
                "{said}"
            );
        }
    }

    #[test]
    fn a_test_is_one_that_is_run() {
        let folder = step(WHOLE);
        let found = |test| find_test(folder.path(), test);
        assert_eq!(found("wire::in_order"), Ok(()));
        for (test, told) in [
            ("in_order", "`in_order` is no `file::test`"),
            ("wire::gone", "there is no test `gone` in tests/wire.rs"),
            ("wire::helper", "`helper` in tests/wire.rs is no test"),
            ("wire::long", "the test `long` in tests/wire.rs is ignored"),
        ] {
            assert_eq!(found(test), Err(told.to_owned()));
        }
        let said = found("gone::in_order").expect_err("no file");
        assert!(said.starts_with("tests/gone.rs: cannot be read"), "{said}");
    }
}
