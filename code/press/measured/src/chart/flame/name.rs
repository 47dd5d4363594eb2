//! The names of functions, as far as somebody who reads wants to know them.

mod generics;

use self::generics::without_generics;

/// The name of a frame without hashes and generic parameters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The path: `crossbeam_channel::flavors::array::Channel::recv`.
    pub path: String,
    /// Whether it is a function of the kernel.
    kernel: bool,
}

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// None: the name of a thread or a process.
    Thread,
    /// The book's.
    Ours,
    /// A library's, the standard one included.
    Library,
    /// The operating system's.
    Kernel,
}

/// Functions of the standard library (or of C's) that do nothing but call the next.
const ONLY_CALL: [&str; 19] = [
    "__clone",
    "__clone3",
    "__libc_start_call_main",
    "__libc_start_main",
    "__rust_begin_short_backtrace",
    "__rust_try",
    "_start",
    "call_once",
    "catch_unwind",
    "clone3",
    "do_call",
    "lang_start",
    "lang_start_internal",
    "main",
    "spawn_unchecked",
    "spawn_unchecked_",
    "start_thread",
    "thread_start",
    "try",
];

/// What a closure is called.
const CLOSURE: &str = "{closure}";

impl Name {
    /// Reads the name of a frame as it stands in folded stacks.
    pub fn parse(raw: &str) -> Name {
        let (raw, kernel) = match raw.strip_suffix("_[k]") {
            Some(name) => (name, true),
            None => (raw.strip_suffix("_[i]").unwrap_or(raw), false),
        };
        let plain = without_generics(raw).unwrap_or_else(|| raw.to_owned());
        let mut parts: Vec<&str> = Vec::new();
        for part in plain.split("::") {
            // What stands in braces is the compiler's; of that, closures are our business.
            let part = match part.split('{').next() {
                _ if part.starts_with('{') && part.contains("closure") => CLOSURE,
                Some("") | None => continue,
                Some(part) if is_hash(part) => continue,
                Some(part) => part,
            };
            // A closure in a closure is a closure of the function.
            if part != CLOSURE || parts.last() != Some(&CLOSURE) {
                parts.push(part);
            }
        }
        let path = if parts.is_empty() {
            raw.to_owned()
        } else {
            parts.join("::")
        };
        Name { path, kernel }
    }

    /// The last two parts of the path: `Channel::recv`.
    pub fn short(&self) -> String {
        self.end(2)
    }

    /// The last part of the path, that of a closure's function: `recv`.
    pub fn shortest(&self) -> String {
        self.end(1)
    }

    fn end(&self, count: usize) -> String {
        let (path, closure) = match self.path.strip_suffix(CLOSURE) {
            Some(path) => (path.trim_end_matches(':'), "::{closure}"),
            None => (self.path.as_str(), ""),
        };
        let parts: Vec<&str> = path.split("::").filter(|part| *part != CLOSURE).collect();
        let end = &parts[parts.len().saturating_sub(count)..];
        format!("{}{closure}", end.join("::"))
    }

    /// Whose code it is; `first` if it is the first of its stack.
    pub fn origin(&self, ours: &[String], first: bool) -> Origin {
        let in_crate = self.path.split_once("::").map(|(name, _)| name);
        match in_crate {
            _ if self.kernel => Origin::Kernel,
            Some(name) if ours.iter().any(|our| our == name) => Origin::Ours,
            None if first => Origin::Thread,
            _ => Origin::Library,
        }
    }

    /// Whether it does nothing but call the next.
    pub fn only_calls(&self) -> bool {
        let standard = ["std::", "core::", "alloc::"];
        let standard = standard.iter().any(|name| self.path.starts_with(name));
        let last = self.shortest();
        let last = last.strip_suffix("::{closure}").unwrap_or(&last);
        (standard || !self.path.contains("::")) && ONLY_CALL.contains(&last)
    }
}

/// Whether it is the hash that ends a symbol: an `h` and sixteen hexadecimal digits.
fn is_hash(part: &str) -> bool {
    let digits = part.strip_prefix('h').unwrap_or("");
    digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_hashes_generics_and_long_paths() {
        for (raw, path, short) in [
            (
                "s09_batch::lookup::hd0e1f2a3b4c5d6e7",
                "s09_batch::lookup",
                "s09_batch::lookup",
            ),
            (
                "<crossbeam_channel::flavors::array::Channel<T>>::recv",
                "crossbeam_channel::flavors::array::Channel::recv",
                "Channel::recv",
            ),
            (
                "<alloc::vec::Vec<T,A> as core::iter::traits::collect::Extend<&T>>::extend",
                "alloc::vec::Vec::extend",
                "Vec::extend",
            ),
            (
                "std::collections::hash::map::HashMap<K,V,S>::entry",
                "std::collections::hash::map::HashMap::entry",
                "HashMap::entry",
            ),
            (
                "s09_batch::run::{{closure}}::{closure#1}",
                "s09_batch::run::{closure}",
                "s09_batch::run::{closure}",
            ),
            (
                "core[1d1a21ac2ba21245]::ptr::drop_in_place::<fn() -> [u8]>",
                "core::ptr::drop_in_place",
                "ptr::drop_in_place",
            ),
            ("do_syscall_64_[k]", "do_syscall_64", "do_syscall_64"),
            ("[unknown]", "[unknown]", "[unknown]"),
            ("operator<<", "operator<<", "operator<<"),
        ] {
            let name = Name::parse(raw);
            assert_eq!((name.path.as_str(), name.short().as_str()), (path, short));
        }
        assert_eq!(
            Name::parse("a::b::c::{{closure}}").shortest(),
            "c::{closure}"
        );
    }

    #[test]
    fn frames_that_only_call_are_known_and_ours_are_not_among_them() {
        for raw in [
            "std::sys::backtrace::__rust_begin_short_backtrace",
            "core::ops::function::FnOnce::call_once{{vtable.shim}}",
            "<alloc::boxed::Box<F,A> as core::ops::function::FnOnce<Args>>::call_once",
            "std::rt::lang_start::{{closure}}",
            "clone3",
        ] {
            assert!(Name::parse(raw).only_calls(), "{raw}");
        }
        assert!(!Name::parse("s09_batch::main").only_calls());
    }

    #[test]
    fn whose_code_it_is_is_told_by_the_crate() {
        let ours = ["s09_batch".to_owned()];
        for (raw, first, origin) in [
            ("lookup-1", true, Origin::Thread),
            ("memcpy", false, Origin::Library),
            ("<s09_batch::Cache as X>::get", false, Origin::Ours),
            ("std::io::Read::read", true, Origin::Library),
            ("tcp_sendmsg_[k]", false, Origin::Kernel),
        ] {
            assert_eq!(Name::parse(raw).origin(&ours, first), origin, "{raw}");
        }
    }
}
