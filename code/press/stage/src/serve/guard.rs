//! What every request must pass, and what every response carries.
//!
//! A page of some other site can send requests to this machine, and by DNS rebinding even under a
//! name of its own; but the browser then says that name in `Host`. So whoever does not ask for us
//! by one of our own names gets nothing, on every route.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::policy;

/// The routes that start or kill something.
pub const ACTS: [&str; 3] = ["/api/run", "/api/measure", "/api/kill"];

/// The names by which this server may be asked for.
pub fn hosts(port: u16) -> Vec<String> {
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .map(|name| format!("{name}:{port}"))
        .collect()
}

/// Refuses requests that are not for us, and sets the headers of all responses.
pub async fn guard(
    State(hosts): State<std::sync::Arc<[String]>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = if !is_for_us(&request, &hosts) {
        (
            StatusCode::FORBIDDEN,
            "this is not the address of the book\n",
        )
            .into_response()
    } else if !may_be_used(request.method(), request.uri().path()) {
        (
            StatusCode::METHOD_NOT_ALLOWED,
            "the book can only be read\n",
        )
            .into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    // A page that changes with every save must be asked for again.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    const POLICY: HeaderName = header::CONTENT_SECURITY_POLICY;
    if !headers.contains_key(POLICY) {
        let policy = HeaderValue::from_str(&policy::of("")).expect("the policy is ASCII");
        headers.insert(POLICY, policy);
    }
    response
}

/// The book can only be read; programs are started by a request that says so.
fn may_be_used(method: &Method, path: &str) -> bool {
    match *method {
        Method::GET | Method::HEAD => !ACTS.contains(&path),
        Method::POST => ACTS.contains(&path),
        _ => false,
    }
}

/// One `Host` header with one of our names, and no other name in the request line.
fn is_for_us(request: &Request, hosts: &[String]) -> bool {
    let is_ours = |host: &str| hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host));
    let mut named = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        return false;
    };
    host.to_str().is_ok_and(is_ours)
        && request
            .uri()
            .authority()
            .is_none_or(|authority| is_ours(authority.as_str()))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn passes(uri: &str, hosts: &[&str]) -> bool {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header("host", *host);
        }
        is_for_us(
            &request.body(Body::empty()).expect("a request"),
            &super::hosts(3000),
        )
    }

    #[test]
    fn our_names_pass() {
        for host in [
            "127.0.0.1:3000",
            "localhost:3000",
            "LOCALHOST:3000",
            "[::1]:3000",
        ] {
            assert!(passes("/", &[host]), "{host}");
        }
    }

    #[test]
    fn every_other_name_is_refused() {
        for host in [
            "evil.example",
            "evil.example:3000",
            "127.0.0.1",
            "127.0.0.1:3001",
            "localhost:3000.evil.example",
            "",
        ] {
            assert!(!passes("/", &[host]), "{host}");
        }
        assert!(!passes("/", &[]), "no host");
        assert!(
            !passes("/", &["localhost:3000", "evil.example"]),
            "two hosts"
        );
        assert!(
            !passes("http://evil.example/", &["localhost:3000"]),
            "another host in the request line"
        );
    }
}
