//! The cache that many share: a Redis server in front of the directory.
//!
//! It is a cache and nothing else. What it does not know is asked of the directory, what it is told it may forget, and
//! when it is gone, or is late, it is as if it knew nothing: its loss costs time and no answer. An answer is kept for a
//! fixed time, which is how old it may be when it is given.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, FromRedisValue, Pipeline};
use traffic::directory::{MultiplexedConnection as Directory, is_key};
use traffic::{Answer, Holder};

/// How long the server may take to answer. The directory is not far away either.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long a server that was late is left alone.
const COOLING: Duration = Duration::from_millis(250);

/// Where questions go: to the shared cache if there is one, and to the directory. Clones are handles to the same.
#[derive(Clone)]
pub struct Shared {
    directory: Directory,
    cache: Option<Arc<Cache>>,
}

/// The server, and the connection to it as long as there is one.
struct Cache {
    client: redis::Client,
    connection: tokio::sync::Mutex<Option<MultiplexedConnection>>,
    left_alone_until: std::sync::Mutex<Option<Instant>>,
    keeps: Duration,
    /// In front of each key: answers of two directories are not to be taken for one another.
    prefix: String,
}

// ANCHOR: shared
impl Shared {
    /// Asks a shared cache at this URL first, if one is given, which keeps answers for so long. What workers of one job tell it
    /// those of another do not ask for.
    ///
    /// # Errors
    ///
    /// If that is no URL of a server.
    pub fn new(
        directory: &traffic::Directory,
        cache: Option<&str>,
        keeps: Duration,
        job: &str,
    ) -> Result<Shared, redis::RedisError> {
        let open = |url: &str| {
            let cache = Cache {
                client: redis::Client::open(url)?,
                connection: tokio::sync::Mutex::default(),
                left_alone_until: std::sync::Mutex::default(),
                keeps,
                prefix: format!("{job}:{:?}:", directory.addresses()),
            };
            Ok::<_, redis::RedisError>(Arc::new(cache))
        };
        Ok(Shared {
            cache: cache.filter(|_| !keeps.is_zero()).map(open).transpose()?,
            directory: directory.share(),
        })
    }

    /// Asks who holds clients' addresses: what the shared cache does not know is asked of the directory.
    pub async fn lookup_many(&self, clients: &[&[u8]]) -> Vec<Answer> {
        let Some(cache) = &self.cache else {
            return self.directory.lookup_many(clients).await;
        };
        let known = cache.recall(clients).await;
        let missing = clients
            .iter()
            .zip(&known)
            .filter(|(_, known)| known.is_none());
        let missing: Vec<&[u8]> = missing.map(|(client, _)| *client).collect();
        let answers = match missing.is_empty() {
            true => Vec::new(),
            false => self.directory.lookup_many(&missing).await,
        };
        cache.remember(&missing, &answers);
        let mut answers = answers.into_iter();
        let known = known.into_iter();
        // There is an answer to each question.
        let answer =
            |known: Option<Holder>| known.map_or_else(|| answers.next(), |holder| Some(Ok(holder)));
        known.filter_map(answer).collect()
    }
}

impl Cache {
    /// What the server knows of each, which is nothing if it cannot be asked.
    async fn recall(&self, clients: &[&[u8]]) -> Vec<Option<Holder>> {
        // What could be no address or host name is known to be unknown, and is in no cache.
        let keys = clients.iter().filter(|client| is_key(client));
        let keys: Vec<Vec<u8>> = keys.map(|client| self.key(client)).collect();
        let mut ask = redis::pipe();
        ask.cmd("MGET").arg(&keys);
        let known: Option<(Vec<Option<String>>,)> = match keys.len() {
            0 => None,
            _ => self.say(&ask).await,
        };
        let (known,) = known.unwrap_or_else(|| (vec![None; keys.len()],));
        let mut known = known.into_iter();
        let answer = |client: &&[u8]| {
            let name = is_key(client).then(|| known.next()).flatten().flatten();
            name.map(|name| Holder::new(&name))
        };
        clients.iter().map(answer).collect()
    }

    /// Tells the server what the directory has answered. That is not waited for, and may fail.
    fn remember(self: &Arc<Cache>, clients: &[&[u8]], answers: &[Answer]) {
        let mut tell = redis::pipe();
        let ms = u64::try_from(self.keeps.as_millis())
            .unwrap_or(u64::MAX)
            .max(1);
        for (client, answer) in clients.iter().zip(answers) {
            // A failure is no answer, and is not kept.
            if let Ok(holder) = answer
                && is_key(client)
            {
                let set = tell.cmd("SET").arg(self.key(client));
                set.arg(holder.as_str()).arg("PX").arg(ms).ignore();
            }
        }
        if tell.is_empty() {
            // To say nothing is an error to the client, and the server would be left alone for it.
            return;
        }
        let cache = Arc::clone(self);
        tokio::spawn(async move {
            let _told: Option<()> = cache.say(&tell).await;
        });
    }
}
// ANCHOR_END: shared

impl Shared {
    /// Whether the shared cache answers, if there is one. Without it nothing fails, so nothing else would tell of a wrong address.
    ///
    /// # Errors
    ///
    /// What it, or the system, says instead.
    pub async fn greet(&self) -> Result<(), redis::RedisError> {
        let Some(cache) = &self.cache else {
            return Ok(());
        };
        let mut connection = cache.connection().await?;
        redis::cmd("PING").query_async(&mut connection).await
    }
}

impl Cache {
    fn key(&self, client: &[u8]) -> Vec<u8> {
        [self.prefix.as_bytes(), client].concat()
    }

    /// Says something to the server, unless it is left alone. A server that fails is, for a while.
    async fn say<T: FromRedisValue>(&self, what: &Pipeline) -> Option<T> {
        let left_alone = || {
            self.left_alone_until
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if left_alone().is_some_and(|until| Instant::now() < until) {
            return None;
        }
        let said = match self.connection().await {
            Ok(mut connection) => what.query_async(&mut connection).await,
            Err(err) => Err(err),
        };
        if said.is_err() {
            *self.connection.lock().await = None;
            *left_alone() = Some(Instant::now() + COOLING);
        }
        said.ok()
    }

    async fn connection(&self) -> Result<MultiplexedConnection, redis::RedisError> {
        let mut connection = self.connection.lock().await;
        if let Some(connection) = &*connection {
            return Ok(connection.clone());
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let new = self
            .client
            .get_multiplexed_async_connection_with_config(&config)
            .await?;
        Ok(connection.insert(new).clone())
    }
}
