//! Addresses that depend on the page that they are in.

/// Whether an address depends on the page that it is in: one that has a scheme, or is absolute, or stays on the
/// page, is right everywhere.
pub fn is_relative(address: &str) -> bool {
    let scheme_or_name = address.split(['/', '?', '#']).next().unwrap_or_default();
    !address.is_empty() && !address.starts_with(['/', '#']) && !scheme_or_name.contains(':')
}

/// An address that is written in a page of a folder, from the root.
pub fn joined(folder: &str, address: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_is_a_schemes_only_in_front() {
        for address in ["a/b.html#c:d", "a?b=c:d", "a.html", "../a:b"] {
            assert!(is_relative(address), "{address}");
        }
        for address in ["https://a", "mailto:a@b", "data:a/b", "/a", "#a:b", ""] {
            assert!(!is_relative(address), "{address}");
        }
    }
}
