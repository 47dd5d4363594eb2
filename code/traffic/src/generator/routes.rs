//! What is visited: routes by rank, the most popular first; the same routes for every seed.

use super::dice::mix;
use super::vocabulary::{ADJECTIVES, NOUNS};

/// What a route serves, which decides about methods, query strings and sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page for people.
    Page,
    /// The search page: always with a query.
    Search,
    /// A style sheet, a script, an icon: always the same size, with its version as the query.
    Asset,
    /// An image or a document; also what robots hope to find.
    File,
    /// A call by a program, often POST.
    Api,
}

/// A route and what it answers.
pub struct Route {
    /// The path, without a query.
    pub path: String,
    /// What it serves.
    pub kind: Kind,
    /// The size of its answer in bytes, or its smallest.
    pub size: u32,
}

/// The routes that every site has some of, in the order of their popularity.
const COMMON: [(&str, Kind); 24] = [
    ("/", Kind::Page),
    ("/static/css/site.css", Kind::Asset),
    ("/static/js/app.js", Kind::Asset),
    ("/search", Kind::Search),
    ("/favicon.ico", Kind::Asset),
    ("/api/v1/session", Kind::Api),
    ("/products", Kind::Page),
    ("/static/img/logo.svg", Kind::Asset),
    ("/cart", Kind::Page),
    ("/api/v1/cart/items", Kind::Api),
    ("/robots.txt", Kind::Asset),
    ("/login", Kind::Page),
    ("/static/fonts/text.woff2", Kind::Asset),
    ("/checkout", Kind::Page),
    ("/api/v1/events", Kind::Api),
    ("/feed.xml", Kind::Page),
    ("/sitemap.xml", Kind::Asset),
    ("/healthz", Kind::Api),
    ("/about/", Kind::Page),
    ("/wp-login.php", Kind::File),
    ("/apple-touch-icon.png", Kind::Asset),
    ("/account/orders", Kind::Page),
    ("/api/v1/prices", Kind::Api),
    ("/.env", Kind::File),
];

/// The shapes of all other routes; goods take the place between the two halves.
const SHAPES: [(&str, &str, Kind); 8] = [
    ("/products/", "", Kind::Page),
    ("/static/img/", "-640.jpg", Kind::File),
    ("/api/v1/products/", "/reviews", Kind::Api),
    ("/blog/", ".html", Kind::Page),
    ("/static/img/", "-1280.webp", Kind::File),
    ("/recipes/", "/", Kind::Page),
    ("/download/", ".pdf", Kind::File),
    ("/api/v1/stock/", "", Kind::Api),
];

/// Routes that there are names for.
pub const ROUTES_MAX: u32 = (COMMON.len() + SHAPES.len() * NOUNS.len() * ADJECTIVES.len()) as u32;

/// The `count` most popular routes, at most [`ROUTES_MAX`], all different.
pub fn most_popular(count: u32) -> Vec<Route> {
    assert!(
        count <= ROUTES_MAX,
        "there are names for {ROUTES_MAX} routes"
    );
    (0..count).map(route).collect()
}

fn route(rank: u32) -> Route {
    let index = rank as usize;
    let (path, kind) = match COMMON.get(index) {
        Some(&(path, kind)) => (path.to_owned(), kind),
        None => composed(index - COMMON.len()),
    };
    let scatter = mix(rank);
    let size = match kind {
        Kind::Page | Kind::Search => 4_000 + scatter % 30_000,
        Kind::Asset => 900 + scatter % 90_000,
        Kind::File => 20_000 + scatter % 900_000,
        Kind::Api => 40 + scatter % 1_500,
    };
    Route { path, kind, size }
}

/// Shape, noun and adjective are the digits of the index, with the adjective turned by the noun so
/// that the first few hundred routes are not all of one adjective.
fn composed(index: usize) -> (String, Kind) {
    let (before, after, kind) = SHAPES[index % SHAPES.len()];
    let goods = index / SHAPES.len();
    let noun = goods % NOUNS.len();
    let adjective = (goods / NOUNS.len() + 7 * noun) % ADJECTIVES.len();
    let path = [before, ADJECTIVES[adjective], "-", NOUNS[noun], after].concat();
    (path, kind)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_routes_differ_and_none_has_a_query() {
        let routes = most_popular(ROUTES_MAX);
        let paths: BTreeSet<_> = routes.iter().map(|route| route.path.as_str()).collect();
        assert_eq!(paths.len(), routes.len());
        assert!(paths.iter().all(|path| path.starts_with('/')));
        assert!(
            !paths
                .iter()
                .any(|path| path.contains(['?', '#', ' ', '"', '\\']))
        );
    }
}
