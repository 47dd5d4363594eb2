//! What can be asked for: the pages, the news about them, and the script that asks for it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::connections;
use super::guard;
use super::reload::Current;
use super::runs::{self, Runs};
use super::script;
use super::site::File;

/// The server's routes, all behind the guard.
pub fn router(current: Arc<Current>, runs: Runs, hosts: Vec<String>) -> Router {
    let hosts: Arc<[String]> = hosts.into();
    let programs = Router::new()
        .route("/api/programs", get(runs::programs))
        .route("/api/exercises", get(runs::exercises))
        .route("/api/run", post(runs::run))
        .route("/api/measure", post(runs::measure))
        .route("/api/kill", post(runs::kill))
        .layer(DefaultBodyLimit::max(runs::REQUEST_MAX))
        .with_state(runs);
    Router::new()
        .route(
            "/api/reload",
            get(async |State(current): State<Arc<Current>>| runs::answer(current.news())),
        )
        .route(script::PATH, get(reload_script))
        .fallback(get(page))
        .with_state(current)
        .merge(programs)
        .layer(middleware::from_fn(connections::in_time))
        .layer(middleware::from_fn_with_state(hosts, guard::guard))
}

async fn reload_script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        script::SOURCE,
    )
}

/// A file of the site, or its page that says that there is none.
async fn page(State(current): State<Arc<Current>>, uri: Uri, asked: HeaderMap) -> Response {
    let site = current.site();
    // Relative addresses in a folder's page need the slash at the end of its own: `/talk` is `/talk/`.
    if site.is_folder(uri.path()) {
        let query = uri
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        return Redirect::temporary(&format!("{}/{query}", uri.path())).into_response();
    }
    match (site.file(uri.path()), site.file("/404.html")) {
        (Some(file), _) if is_had(&asked, file) => has_it(file),
        (Some(file), _) => send(StatusCode::OK, file),
        (None, Some(missing)) => send(StatusCode::NOT_FOUND, missing),
        (None, None) => (StatusCode::NOT_FOUND, "there is no such page\n").into_response(),
    }
}

fn send(status: StatusCode, file: &File) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CONTENT_SECURITY_POLICY, &file.policy),
    ];
    let mut response = (status, headers, file.body.clone()).into_response();
    response.headers_mut().extend(tagged(file));
    if file.is_named_by_hash {
        let cache = HeaderValue::from_static("max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, cache);
    }
    response
}

/// Says that the browser has the file. A page loads a dozen files that the one before it has loaded, too.
fn has_it(file: &File) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    response.headers_mut().extend(tagged(file));
    response
}

/// Whether the browser has the file, by what it says.
fn is_had(asked: &HeaderMap, file: &File) -> bool {
    let mut tags = asked.get_all(header::IF_NONE_MATCH).iter();
    tags.any(|tags| file.is_among(tags))
}

fn tagged(file: &File) -> Option<(HeaderName, HeaderValue)> {
    Some((header::ETAG, file.tag.clone()?))
}
