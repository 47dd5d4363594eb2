//! Who may start something on this machine.
//!
//! Any page in the reader's browser can send a request here. What a foreign page cannot do is send it from one of our
//! origins, or read the token that our pages carry; and a request with a token in a header, or with a body of JSON, has to be
//! asked for first, which we never answer. Each of these would be enough. There are several because a mistake in one of
//! them would start programs.

use std::fmt::Write;

use axum::http::{HeaderMap, StatusCode, header};
use subtle::ConstantTimeEq;

/// The header that carries the token.
pub const HEADER: &str = "x-workbook-token";

/// What every request that changes something must show.
pub struct Admission {
    origins: Vec<String>,
    token: String,
}

/// Why somebody is not admitted: the status, and a sentence.
pub type Refusal = (StatusCode, &'static str);

impl Admission {
    /// For our pages under these names, with a token of its own.
    ///
    /// # Errors
    ///
    /// If the system has no random numbers.
    pub fn new(hosts: &[String]) -> Result<Admission, getrandom::Error> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        let mut token = String::new();
        for byte in secret {
            write!(token, "{byte:02x}").expect("a string takes all");
        }
        let origins = hosts.iter().map(|host| format!("http://{host}")).collect();
        Ok(Admission { origins, token })
    }

    /// What our pages carry, and no other page may read.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Admits a request or says why not.
    ///
    /// # Errors
    ///
    /// If it is not from one of our pages, or not in the form in which they ask.
    pub fn admit(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let origin = only(headers, "origin");
        if !origin.is_some_and(|origin| self.origins.iter().any(|ours| ours == origin)) {
            return Err((
                StatusCode::FORBIDDEN,
                "only the book's own pages may do this\n",
            ));
        }
        let token = only(headers, HEADER).unwrap_or_default();
        // Not by `==`, whose time tells how much of a guess was right.
        if !bool::from(token.as_bytes().ct_eq(self.token.as_bytes())) {
            return Err((
                StatusCode::FORBIDDEN,
                "this page is of an earlier start of the server: reload it\n",
            ));
        }
        if only(headers, header::CONTENT_TYPE.as_str()) != Some("application/json") {
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "JSON is expected\n"));
        }
        Ok(())
    }
}

/// The value of a header that is there once, as text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn admission() -> Admission {
        Admission::new(&crate::serve::guard::hosts(3000)).expect("random numbers")
    }

    fn asked(admission: &Admission, headers: &[(&str, &str)]) -> Result<(), StatusCode> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        admission.admit(&map).map_err(|(status, _)| status)
    }

    #[test]
    fn our_own_pages_are_admitted() {
        let admission = admission();
        for origin in [
            "http://127.0.0.1:3000",
            "http://localhost:3000",
            "http://[::1]:3000",
        ] {
            let headers = [
                ("origin", origin),
                (HEADER, admission.token()),
                ("content-type", "application/json"),
            ];
            assert_eq!(asked(&admission, &headers), Ok(()), "{origin}");
        }
    }

    #[test]
    fn whoever_lacks_one_thing_is_not() {
        let admission = admission();
        let token = admission.token().to_owned();
        let (ours, json) = ("http://localhost:3000", "application/json");
        let wrong = "0".repeat(64);
        let cases: [(&[(&str, &str)], StatusCode); 9] = [
            (
                &[(HEADER, &token), ("content-type", json)],
                StatusCode::FORBIDDEN,
            ),
            (
                &[("origin", "null"), (HEADER, &token), ("content-type", json)],
                StatusCode::FORBIDDEN,
            ),
            (
                &[
                    ("origin", "http://evil.example"),
                    (HEADER, &token),
                    ("content-type", json),
                ],
                StatusCode::FORBIDDEN,
            ),
            (
                &[
                    ("origin", "http://localhost:3001"),
                    (HEADER, &token),
                    ("content-type", json),
                ],
                StatusCode::FORBIDDEN,
            ),
            (
                &[
                    ("origin", ours),
                    ("origin", "http://evil.example"),
                    (HEADER, &token),
                    ("content-type", json),
                ],
                StatusCode::FORBIDDEN,
            ),
            (
                &[("origin", ours), ("content-type", json)],
                StatusCode::FORBIDDEN,
            ),
            (
                &[("origin", ours), (HEADER, &wrong), ("content-type", json)],
                StatusCode::FORBIDDEN,
            ),
            (
                &[
                    ("origin", ours),
                    (HEADER, &token[..63]),
                    ("content-type", json),
                ],
                StatusCode::FORBIDDEN,
            ),
            (
                &[
                    ("origin", ours),
                    (HEADER, &token),
                    ("content-type", "text/plain"),
                ],
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
        ];
        for (headers, status) in cases {
            assert_eq!(asked(&admission, headers), Err(status), "{headers:?}");
        }
    }

    #[test]
    fn each_start_has_a_token_of_its_own() {
        assert_ne!(admission().token(), admission().token());
        assert_eq!(admission().token().len(), 64);
    }
}
