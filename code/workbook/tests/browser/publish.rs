//! The static site on a plain file server, in a folder of a host: with its address told, and without.

use std::path::{Path, PathBuf};

use crate::common;
use crate::common::browser::Page;
use crate::common::built::Built;
use crate::common::crawl::{crawl, references, resolved};
use crate::common::fileserver::FileServer;
use crate::common::fixture::Fixture;
use crate::common::{errors, http, project, workbook};
use regex::Regex;

/// The folder of the host that the sites are served from.
const UNDER: &str = "some/repo";

/// The largest picture for previews that we commit.
const PICTURE_BYTES_MAX: usize = 60 * 1024;

/// What all faces together may weigh.
const FACES_BYTES_MAX: u64 = 120 * 1024;

/// Every reference of every page, style and module leads to a file, from a folder of a host.
#[test]
fn the_site_works_in_a_folder_without_being_told_of_it() {
    // What is wrong with its text is not what these tests are about.
    let built = Built::with(&[]);
    let site = &built.site;
    assert_faces(site);
    let server = FileServer::start(site, UNDER);
    let (seen, wrong) = crawl(&server, &format!("/{UNDER}/"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    for name in [
        "evolution/s01-cache.html",
        "css/general",
        "book/theme/css/theme",
        "theme/fonts/subset/serif-base.woff2",
        "theme/pager.js",
        "fonts/fonts",
    ] {
        let prefix = format!("/{UNDER}/{name}");
        assert!(
            seen.iter().any(|path| path.starts_with(&prefix)),
            "{name} is not reached"
        );
    }
    for name in ["sitemap.xml", "robots.txt"] {
        assert!(!site.join(name).exists(), "{name} would hold no address");
    }
    let home = std::fs::read_to_string(site.join("index.html")).expect("a page");
    assert!(!home.contains("canonical") && !home.contains("og:image"));
    lost_in_a_browser(&server, true);
}

/// With its address, the site tells it to search engines and previews, and its 404 page needs no script.
#[test]
fn a_site_with_an_address_tells_it() {
    let built = Built::with(&["--url", &format!("https://x.example/{UNDER}")]);
    let server = FileServer::start(&built.site, UNDER);
    let lost = format!("/{UNDER}/evolution/deep/gone.html");
    let answer = http::get(server.port, &lost);
    assert_eq!(answer.status, 404);
    let from_lost = references("404.html", &answer.text());
    assert!(from_lost.len() > 20, "{from_lost:?}");
    for reference in from_lost {
        let target = resolved(&lost, &reference);
        assert_eq!(http::get(server.port, &target).status, 200, "{reference}");
    }
    let map = http::get(server.port, &format!("/{UNDER}/sitemap.xml")).text();
    let listed: Vec<&str> = map
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert!(listed.len() > 30, "{listed:?}");
    for address in &listed {
        let path = address
            .strip_prefix("https://x.example")
            .expect("our address");
        let page = http::get(server.port, path);
        assert_eq!(page.status, 200, "{address}");
        let own = format!(r#"<link rel="canonical" href="{address}">"#);
        assert!(page.text().contains(&own), "{address} is not its own page");
    }
    for hidden in ["print.html", "toc.html", "404.html", "start/idea.html"] {
        assert!(
            !listed.iter().any(|address| address.ends_with(hidden)),
            "{hidden}"
        );
    }
    let robots = http::get(server.port, &format!("/{UNDER}/robots.txt")).text();
    assert!(robots.contains(&format!("Sitemap: https://x.example/{UNDER}/sitemap.xml")));
    picture(
        &server,
        &http::get(server.port, &format!("/{UNDER}/")).text(),
    );
    lost_in_a_browser(&server, false);
}

/// The picture of a page's preview is there, is of the size that is told, and is small.
fn picture(server: &FileServer, page: &str) {
    let meta = |property: &str| {
        let start = format!(r#"<meta property="{property}" content=""#);
        let rest = page
            .split(&start)
            .nth(1)
            .unwrap_or_else(|| panic!("no {property}"));
        rest.split('"').next().unwrap_or("").to_owned()
    };
    let address = meta("og:image");
    let path = address
        .strip_prefix("https://x.example")
        .expect("our address");
    let body = http::get(server.port, path).body;
    assert!(
        body.starts_with(b"\x89PNG") && body.len() < PICTURE_BYTES_MAX,
        "{} bytes",
        body.len()
    );
    let number = |at: usize| {
        u32::from_be_bytes(body[at..at + 4].try_into().expect("four bytes")).to_string()
    };
    assert_eq!(
        (number(16), number(20)),
        (meta("og:image:width"), meta("og:image:height"))
    );
}

/// At an address of any depth the page for what is not found has its styles, its contents and its search, and names
/// what was probably meant. What is not there is asked for only by a page that looks for the site's root.
fn lost_in_a_browser(server: &FileServer, looks_for_root: bool) {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("the page for what is not found");
    };
    let origin = format!("http://127.0.0.1:{}", server.port);
    server.take_lacking();
    for asked in [
        "s01-cash.html",
        "evolution/s01-cash.html",
        "a/b/c/s01-cash.html",
    ] {
        let path = format!("/{UNDER}/{asked}");
        page.go(&format!("{origin}{path}"));
        page.wait("!!document.querySelector('main .lost li')");
        let lacking = server.take_lacking();
        // While the script looks, the browser reads on, and asks at the host's root for what it will need.
        let looking = |lacking: &str| {
            looks_for_root
                && (lacking.ends_with("/theme/page.js")
                    || !lacking.starts_with(&format!("/{UNDER}/")))
        };
        let wrong: Vec<&String> = lacking
            .iter()
            .filter(|lacking| **lacking != path && !looking(lacking))
            .collect();
        assert!(wrong.is_empty(), "{asked}: {wrong:?}");
        let near =
            page.ask_strings("[...document.querySelectorAll('main .lost li a')].map(a => a.href)");
        assert_eq!(
            near[0],
            format!("{origin}/{UNDER}/evolution/s01-cache.html"),
            "{near:?}"
        );
        assert!(
            near[near.len() - 1].ends_with("index.html?search=s01+cash"),
            "{near:?}"
        );
        let is_styled =
            "getComputedStyle(document.documentElement).getPropertyValue('--paper') !== ''";
        assert_eq!(page.ask(is_styled), true, "{asked}");
        let skip = page.ask_strings("[document.querySelector('.skip-link').href]");
        assert!(skip[0].starts_with(&format!("{origin}{path}#")), "{skip:?}");
    }
    page.go(&format!("{origin}/{UNDER}/index.html?search=cache"));
    page.wait("!!document.querySelector('#mdbook-searchresults a')");
    let found = page.ask_strings("[document.querySelector('#mdbook-searchresults a').href]");
    assert!(
        found[0].starts_with(&format!("{origin}/{UNDER}/")),
        "{found:?}"
    );
    assert_eq!(server.take_lacking(), Vec::<String>::new());
}

/// Pages link to the repository if it is set, and to nothing if it is not.
#[test]
fn the_code_is_linked_where_the_repository_is_known() {
    let book = Fixture::new();
    let build = || {
        let output = workbook(book.root(), &["build", "--out", "site"]);
        assert!(output.status.success(), "{}", errors(&output));
        let page = book.root().join("site/evolution/s00-one.html");
        std::fs::read_to_string(page).expect("a page")
    };
    let page = build();
    assert!(
        !page.contains("source-link")
            && !page.contains("Git repository")
            && !page.contains("Suggest an edit")
    );
    book.replace(
        "book.toml",
        "[output.html.playground]",
        "[output.html]\ngit-repository-url = \"https://x.example/r\"\n\n[output.html.playground]",
    );
    let page = build();
    for link in [
        r#"href="https://x.example/r" title="Git repository""#,
        r#"href="https://x.example/r/edit/main/book/evolution/s00-one.md" title="Suggest an edit""#,
        r#"href="https://x.example/r/tree/main/code/evolution/s00-one">code/evolution/s00-one</a>"#,
        r#"href="https://x.example/r/blob/main/code/evolution/s00-one/src/lib.rs">code/evolution/s00-one/src/lib.rs</a>"#,
    ] {
        assert!(page.contains(link), "{link}");
    }
    let paths = Regex::new(r"https://x\.example/r/(?:blob|tree|edit)/main/([^#\x22]+)")
        .expect("a valid pattern");
    for found in paths.captures_iter(&page) {
        assert!(book.root().join(&found[1]).exists(), "{}", &found[0]);
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    let output = workbook(&project(), &["build", "--url", "x.github.io/repo"]);
    assert!(!output.status.success());
    assert!(
        errors(&output).contains("https://example.org/book/"),
        "{}",
        errors(&output)
    );
}

/// The crawl above would find what is lacking.
#[test]
fn what_is_lacking_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path: PathBuf = folder.path().join(Path::new(name));
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        std::fs::write(path, text).expect("written");
    };
    write(
        "index.html",
        "<link href=\"a.css\"><script src=\"theme/a.js\"></script><a href=\"/out.html\">x</a>",
    );
    write(
        "a.css",
        "@import url(\"gone.css\"); p { background: url(gone.svg) }",
    );
    write(
        "theme/a.js",
        "import { b } from \"./gone.js\";\nawait import(\"../gone2.js\");",
    );
    write("404.html", "lost");
    let server = FileServer::start(folder.path(), UNDER);
    let (_, mut wrong) = crawl(&server, &format!("/{UNDER}/"));
    wrong.sort();
    let expected = [
        "/: /out.html leads out of the site",
        "/gone.css: status 404",
        "/gone.svg: status 404",
        "/gone2.js: status 404",
        "/theme/gone.js: status 404",
    ];
    assert_eq!(wrong, expected.map(|end| format!("/{UNDER}{end}")));
}

/// The faces come with the site, with their licence, and are light.
fn assert_faces(site: &Path) {
    let folder = site.join("theme/fonts/subset");
    let licence = std::fs::read_to_string(folder.join("OFL.txt")).expect("a licence");
    assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"));
    let sheet =
        std::fs::read_to_string(site.join("theme/css/talk/deck.css")).expect("a style sheet");
    let mut bytes = 0;
    let mut faces = 0;
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a plain name");
        if name.ends_with(".woff2") {
            assert!(sheet.contains(&format!("subset/{name}")), "{name}");
            bytes += entry.metadata().expect("a file").len();
            faces += 1;
        }
    }
    assert_eq!(faces, sheet.matches("@font-face").count());
    assert!(bytes < FACES_BYTES_MAX, "the faces weigh {bytes} bytes");
}
