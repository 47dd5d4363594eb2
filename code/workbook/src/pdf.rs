//! `workbook pdf`: the whole book on paper, by a browser without a window.
//!
//! mdBook writes all chapters on one page for printing; a Chromium of this machine prints it. It reads the site from its files, so
//! nothing is served. Diagrams are drawn by a script, which has its time for that.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use project::{Project, count};
use stage::terminal;

use crate::{book, cli};

/// The programs that can do it, by their names.
const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
/// Where there is one on a Mac, whatever the search path is.
const ON_A_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The page that mdBook writes for printing, and what it would open a dialogue with.
const PAGE: &str = "print.html";
const DIALOGUE: &str = "window.setTimeout(window.print, 100);";

/// How long a page's scripts may take, by a clock that stands still while the browser works.
const SCRIPTS_MS: u32 = 120_000;
/// How long the browser may take, by our clock.
const PATIENCE: Duration = Duration::from_secs(600);

/// Prints the book.
pub fn pdf(project: &Project, args: &cli::Pdf) -> Result<ExitCode> {
    let browser = find().context(
        "there is no Chromium on this machine to print with: install one (chromium, google-chrome), or open print.html of \
         the site in any browser and print that",
    )?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => project.root.join("target/book.pdf"),
    };
    let progress = crate::terminal::working("building the book");
    let site = project.scratch()?;
    let built = book::build_in(project, &site, &book::Options::default())?;
    let folder = site.path().canonicalize().context("the site is gone")?;
    let page = folder.join(PAGE);
    let html = std::fs::read_to_string(&page).context(
        "the book is not written on one page: book.toml has it switched off (`output.html.print`)",
    )?;
    std::fs::write(&page, html.replace(DIALOGUE, "")).context("cannot write the page to print")?;
    progress.set_message("printing it");
    let printed = folder.join("book.pdf");
    print(&browser, &page, &printed)?;
    progress.finish_and_clear();
    std::fs::copy(&printed, &out).with_context(|| format!("cannot write {}", out.display()))?;
    terminal::note(&format!("the book is in {}", out.display()));
    if built.problems.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let problems = count(built.problems.len(), "problem");
    terminal::note(&format!("it has {problems}, which `workbook verify` tells"));
    Ok(ExitCode::FAILURE)
}

/// The first browser of the search path.
fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let named = BROWSERS
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let on_a_mac = cfg!(target_os = "macos").then(|| PathBuf::from(ON_A_MAC));
    named.chain(on_a_mac).find(|candidate| candidate.is_file())
}

/// Prints a page into a file, with a profile of the browser's own, which goes away.
fn print(browser: &Path, page: &Path, to: &Path) -> Result<()> {
    let profile = tempfile::tempdir().context("cannot make a folder for the browser")?;
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--disable-gpu", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-dev-shm-usage"])
        .args(["--no-pdf-header-footer", "--allow-file-access-from-files"])
        .arg(format!("--virtual-time-budget={SCRIPTS_MS}"))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--print-to-pdf={}", to.display()))
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Its sandbox refuses root, which is what containers run as.
    if rustix::process::geteuid().is_root() {
        command.arg("--no-sandbox");
    }
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {}", browser.display()))?;
    let began = Instant::now();
    let ended = loop {
        if let Some(ended) = child.try_wait().context("cannot wait for the browser")? {
            break ended;
        }
        if began.elapsed() > PATIENCE {
            // It may have ended just now.
            let _ = child.kill();
            let _ = child.wait();
            bail!(
                "{} has not printed the book in {} minutes",
                browser.display(),
                PATIENCE.as_secs() / 60
            );
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let is_printed = std::fs::read(to).is_ok_and(|bytes| bytes.starts_with(b"%PDF"));
    if !is_printed {
        bail!("{} has printed nothing ({ended})", browser.display());
    }
    Ok(())
}
