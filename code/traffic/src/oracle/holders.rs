//! A table of holders, read and searched naively: all addresses are numbers of 128 bits, and all rows are tried.

/// Rows of first and last address, and the holder.
#[derive(Debug)]
pub struct Holders(Vec<(u128, u128, String)>);

impl Holders {
    /// Reads rows of `first,last,holder`, with a header or without; further columns are left out.
    ///
    /// # Panics
    ///
    /// If a row's addresses are none.
    pub fn of(csv: &str) -> Holders {
        let rows = csv.lines().map(cells).filter(|cells| cells[0] != "first");
        Holders(
            rows.map(|cells| {
                let end = |cell: &str| number(cell).unwrap_or_else(|| panic!("an address: {cell}"));
                (end(&cells[0]), end(&cells[1]), cells[2].clone())
            })
            .collect(),
        )
    }

    /// Who holds the address of a client.
    pub fn of_client(&self, client: &str) -> &str {
        let covers = |client: u128| {
            let covering = |row: &&(u128, u128, String)| row.0 <= client && client <= row.1;
            self.0.iter().find(covering)
        };
        match number(client).and_then(covers) {
            Some((_, _, holder)) => holder,
            None => "unknown",
        }
    }
}

/// The cells of a row: a comma in quotes parts none, and two quotes there are one.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = row.chars().peekable();
    while let Some(char) = characters.next() {
        match char {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => push(&mut cells, '"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            _ => push(&mut cells, char),
        }
    }
    cells
}

fn push(cells: &mut [String], char: char) {
    if let Some(last) = cells.last_mut() {
        last.push(char);
    }
}

/// The number of an address: an IPv4 address is the IPv6 address that wraps it.
pub fn number(text: &str) -> Option<u128> {
    if !text.contains(':') {
        return Some(0xffff << 32 | u128::from(v4(text)?));
    }
    let groups = match text.split_once("::") {
        None => groups(text)?,
        Some((before, after)) => {
            let (before, after) = (groups(before)?, groups(after)?);
            // An IPv4 address is at the end or nowhere; and two colons are for one zero at least.
            if text.split("::").next()?.contains('.') || before.len() + after.len() > 7 {
                return None;
            }
            let zeros = vec![0; 8 - before.len() - after.len()];
            [before, zeros, after].concat()
        }
    };
    let whole = groups.len() == 8;
    whole.then(|| groups.iter().fold(0, |number, group| number << 16 | group))
}

/// The numbers between colons, of which the last may be an IPv4 address.
fn groups(text: &str) -> Option<Vec<u128>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let parts: Vec<&str> = text.split(':').collect();
    let mut groups = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if part.contains('.') && at + 1 == parts.len() {
            let v4 = v4(part)?;
            groups.extend([u128::from(v4 >> 16), u128::from(v4 & 0xffff)]);
        } else {
            let is_group = (1..=4).contains(&part.len());
            if !is_group || !part.chars().all(|char| char.is_ascii_hexdigit()) {
                return None;
            }
            groups.push(u128::from_str_radix(part, 16).ok()?);
        }
    }
    Some(groups)
}

fn v4(text: &str) -> Option<u32> {
    let mut address = 0;
    let parts: Vec<&str> = text.split('.').collect();
    for part in &parts {
        let is_number = !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
        if !is_number || part.len() > 3 || part.len() > 1 && part.starts_with('0') {
            return None;
        }
        let octet: u32 = part.parse().ok()?;
        if octet > 255 {
            return None;
        }
        address = (address << 8) + octet;
    }
    (parts.len() == 4).then_some(address)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_that_of_the_standard_library(
            text in prop_oneof![
                "[0-9a-f:.]{0,20}",
                "([0-9a-fA-F]{0,5}:){0,8}[0-9a-f]{0,4}",
                "([0-9a-f]{1,4}:){0,4}:([0-9a-f]{1,4}:){0,4}([0-9]{1,3}[.]){3}[0-9]{1,3}",
                "([0-9]{1,3}[.]){3}[0-9]{1,3}",
                any::<u128>().prop_map(|bits| std::net::Ipv6Addr::from_bits(bits).to_string()),
                any::<u32>().prop_map(|bits| std::net::Ipv4Addr::from_bits(bits).to_string()),
            ],
        ) {
            let expected = text.parse().ok().map(|address| match address {
                IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
                IpAddr::V6(v6) => v6.to_bits(),
            });
            prop_assert_eq!(number(&text), expected, "{}", text);
        }
    }

    #[test]
    fn the_row_that_covers_an_address_has_its_holder() {
        let holders =
            Holders::of("first,last,holder\n1.0.0.1,1.0.0.2,\"A, \"\"B\"\"\",x\n::1,::1,C\n");
        for (client, holder) in [
            ("1.0.0.0", "unknown"),
            ("1.0.0.1", "A, \"B\""),
            ("::ffff:1.0.0.2", "A, \"B\""),
            ("1.0.0.3", "unknown"),
            ("::1", "C"),
            ("::2", "unknown"),
            ("host.example", "unknown"),
        ] {
            assert_eq!(holders.of_client(client), holder, "{client}");
        }
    }
}
