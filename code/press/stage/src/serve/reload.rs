//! What is served now, and how open pages hear that it has changed.
//!
//! Each page knows the number of the build that it came from, and asks `/api/reload` for the
//! current one as long as it is looked at. A page that was loaded while a build went on, or
//! that slept through three, therefore catches up. A failed build keeps its number and carries the
//! reason, which the page shows.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::site::Site;

/// The site that is served, and the news about it.
pub struct Current {
    token: String,
    site: RwLock<Arc<Site>>,
    news: RwLock<News>,
}

/// What the pages are told, as JSON.
#[derive(Clone, Default, Serialize)]
pub struct News {
    /// The number of the site that is served.
    build: u64,
    /// Why the last build failed, if it did.
    failed: Option<String>,
}

impl Current {
    /// Nothing yet; the pages are to carry this token.
    pub fn new(token: &str) -> Current {
        Current {
            token: token.to_owned(),
            site: RwLock::default(),
            news: RwLock::default(),
        }
    }

    /// What shows that a page is of this start of the server.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The site to answer from.
    pub fn site(&self) -> Arc<Site> {
        // A site is replaced in one step, so a lock that a panic poisoned guards a whole one.
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A number for the next build. From the clock, so that a page which outlives this server takes
    /// no build of the next one for its own.
    pub fn next_number(&self) -> u64 {
        let clock = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let clock_ms = u64::try_from(clock.as_millis()).unwrap_or_default();
        clock_ms.max(self.news().build + 1)
    }

    /// A build went well: it is served from now on, and the pages reload.
    pub fn renew(&self, site: Site, build: u64) {
        *self.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
        self.tell(News {
            build,
            failed: None,
        });
    }

    /// A build failed: the last site stays, and the pages say so.
    pub fn fail(&self, reason: String) {
        self.tell(News {
            failed: Some(reason),
            ..self.news()
        });
    }

    /// How things stand.
    pub fn news(&self) -> News {
        self.news
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn tell(&self, news: News) {
        *self.news.write().unwrap_or_else(PoisonError::into_inner) = news;
    }
}
