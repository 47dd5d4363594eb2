//! Names of functions without their generic parameters.

/// The name without what stands in angle brackets, and without the hashes of crates; of
/// `<Type as Trait>::function` the type is kept. None if the brackets do not match.
pub fn without_generics(name: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = name;
    while let Some(at) = rest.find(['<', '[']) {
        plain.push_str(&rest[..at]);
        let (inside, after) = bracketed(&rest[at..])?;
        if rest[at..].starts_with('[') {
            // A slice is kept; what follows a name directly is the hash of a crate.
            if !plain.ends_with(char::is_alphanumeric) {
                plain.push_str(&rest[at..rest.len() - after.len()]);
            }
        } else if plain.is_empty() {
            let of_type = without_generics(inside.split(" as ").next().unwrap_or(inside))?;
            let of_type = of_type.trim_start_matches('&').trim_start_matches("mut ");
            plain.push_str(of_type.trim_start_matches("dyn "));
        }
        rest = after;
    }
    plain.push_str(rest);
    Some(plain)
}

/// What stands in the brackets that the text begins with, and what follows them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '<' | '[' => depth += 1,
            // The arrow of a function's type closes nothing.
            '>' if before == '-' => {}
            '>' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[1..at], &text[at + 1..]));
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_may_nest_and_hold_arrows() {
        for (name, plain) in [
            ("a::b<c<d>>::e", Some("a::b::e")),
            ("<a::B<C> as d::E<F>>::g", Some("a::B::g")),
            ("<&mut a::B as d::E>::g", Some("a::B::g")),
            ("a::b::<fn(u8) -> c<d>>", Some("a::b::")),
            ("<[u8] as a::B>::c", Some("[u8]::c")),
            ("a<b", None),
        ] {
            assert_eq!(without_generics(name).as_deref(), plain, "{name}");
        }
    }
}
