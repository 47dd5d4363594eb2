//! The queue that outlives us: two streams of NATS JetStream, which a server keeps in files.
//!
//! In one are ranges, for the workers; in the other are reports, for the run. What is published is there when the
//! server has acknowledged it. What is taken is gone when it is acknowledged to the server, and is given again if that
//! does not happen in time. So everything comes at least once, and what comes twice is no concern of the queue's.
//!
//! Nothing here is exact, and nothing has to be: [`crate::once`] is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, PullConsumer, pull};
use async_nats::jetstream::context::ContextBuilder;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, RetentionPolicy, StorageType};
use async_nats::jetstream::{AckKind, Context};
use async_nats::{Client, ConnectOptions, Event};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, watch};
use tokio::time::sleep;

use crate::once::Name;

/// How long the server may take to answer. After that nothing is known, and it is asked again.
pub const ANSWER_MAX: Duration = Duration::from_secs(2);

/// The pause before something is tried again.
pub const PAUSE: Duration = Duration::from_millis(50);

/// For how long the server knows the identity of what was published, and takes it no second time.
const REMEMBERS: Duration = Duration::from_secs(120);

/// How long what a run has left behind that was killed is kept.
const KEEPS: Duration = Duration::from_secs(24 * 60 * 60);

/// The largest message: a range of 4 MiB, and its last line, which may be as long again; and what is around them.
pub const MESSAGE_BYTES_MAX: usize = (8 << 20) + (64 << 10);

/// Messages that were given and are not acknowledged, for all workers together: many more than they can have.
const UNACKNOWLEDGED_MAX: i64 = 1024;

/// A job's queue. Clones are handles to the same connection.
#[derive(Clone, Debug)]
pub struct Queue {
    client: Client,
    context: Context,
    job: String,
    /// How often the connection was lost.
    losses: watch::Receiver<u64>,
    /// Held while the queue is made.
    preparing: Arc<Mutex<()>>,
}

/// How a queue is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// When a message is given again that was neither acknowledged nor said to be in progress.
    pub silence: Duration,
    /// Whether reports are kept when they are acknowledged: for a run that goes on where this one was killed.
    pub keeps: bool,
}

/// Why something did not come about: one clause.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

impl Queue {
    /// Connects to the server at a URL. A connection that is lost later is made again by itself, without end.
    ///
    /// # Errors
    ///
    /// If it cannot be reached, or is no server that will do.
    pub async fn connect(url: &str, job: &str) -> Result<Queue, Trouble> {
        let pause = |tries: usize| Duration::from_millis((10 * tries as u64).min(250));
        let (losses_in, losses) = watch::channel(0);
        let (token, place) = match url.trim_start_matches("nats://").rsplit_once('@') {
            Some((token, place)) => (Some(token), place),
            None => (None, url),
        };
        let options = ConnectOptions::new();
        let options = match token {
            Some(token) => options.token(token.to_owned()),
            None => options,
        };
        let client = options
            .name(job)
            .connection_timeout(ANSWER_MAX)
            .ping_interval(Duration::from_secs(1))
            .reconnect_delay_callback(pause)
            .max_reconnects(None)
            .event_callback(move |event| {
                if matches!(event, Event::Disconnected) {
                    losses_in.send_modify(|losses| *losses += 1);
                }
                std::future::ready(())
            })
            .connect(place)
            .await?;
        let most = client.server_info().max_payload;
        if most < MESSAGE_BYTES_MAX {
            let why = format!("its max_payload is {most}, and {MESSAGE_BYTES_MAX} is needed");
            return Err(why.into());
        }
        let context = ContextBuilder::new()
            .timeout(ANSWER_MAX)
            .build(client.clone());
        let job = job.to_owned();
        Ok(Queue {
            client,
            context,
            job,
            losses,
            preparing: Arc::default(),
        })
    }

    /// Waits for an answer, or until the connection is lost: a question that was under way then has no answer, and would be
    /// waited for in vain.
    pub async fn unless_lost<T, E: Into<Trouble>>(
        &self,
        answer: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Trouble> {
        let mut losses = self.losses.clone();
        losses.mark_unchanged();
        tokio::select! {
            biased;
            answer = answer => answer.map_err(Into::into),
            _ = losses.changed() => Err("the connection was lost".into()),
        }
    }

    /// The connection, for what need not be kept.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A subject of this job.
    pub fn subject(&self, what: &str) -> String {
        format!("{}.{what}", self.job)
    }

    fn stream(&self, what: &str) -> String {
        format!("{}-{what}", self.job)
    }

    // ANCHOR: prepare
    /// Makes the streams and their consumers, where they are not there yet.
    ///
    /// # Errors
    ///
    /// If the server does not do it.
    pub async fn prepare(&self, terms: Terms) -> Result<(), Trouble> {
        // One at a time, although all that waits for the queue asks for it: servers before 2.9.15 may refuse what is
        // made twice at once, or not answer (nats-server, issue 3677 and pull request 3880).
        let _alone = self.preparing.lock().await;
        let stream = |what: &str, subjects: &[&str], retention| Config {
            name: self.stream(what),
            subjects: subjects
                .iter()
                .map(|subject| self.subject(subject))
                .collect(),
            retention,
            storage: StorageType::File,
            duplicate_window: REMEMBERS,
            max_age: KEEPS,
            ..Config::default()
        };
        let consumer = |name: &str, of: &str, deliver_policy| pull::Config {
            durable_name: Some(name.to_owned()),
            filter_subject: self.subject(of),
            ack_policy: AckPolicy::Explicit,
            ack_wait: terms.silence,
            max_ack_pending: UNACKNOWLEDGED_MAX,
            deliver_policy,
            ..pull::Config::default()
        };
        let (reports, reads) = match terms.keeps {
            false => (RetentionPolicy::WorkQueue, DeliverPolicy::All),
            // What is there already is looked up by name, when its range is cut.
            true => (RetentionPolicy::Limits, DeliverPolicy::New),
        };
        let ranges = stream("ranges", &["start", "range.*"], RetentionPolicy::WorkQueue);
        let reports = stream("reports", &["report.*"], reports);
        let workers = consumer("workers", "range.*", DeliverPolicy::All);
        let run = consumer("run", "report.*", reads);
        for (stream, consumer) in [(ranges, workers), (reports, run)] {
            let name = stream.name.clone();
            self.unless_lost(self.context.get_or_create_stream(stream))
                .await?;
            self.unless_lost(self.context.create_consumer_on_stream(consumer, name))
                .await?;
        }
        Ok(())
    }

    /// Publishes, once. It is there when the server says so; without its word, it may be there and may not. The server
    /// takes an identity a second time only when it has forgotten the first.
    ///
    /// # Errors
    ///
    /// If it is not there, or that is not known.
    pub async fn publish(&self, subject: &str, id: &str, bytes: Bytes) -> Result<(), Trouble> {
        let message = PublishMessage::build().message_id(id).payload(bytes);
        let publishing = async {
            let published = self
                .context
                .send_publish(self.subject(subject), message)
                .await?;
            // The acknowledgement is a future of its own: a program that does not wait for it knows nothing.
            published.await
        };
        self.unless_lost(publishing).await.map(|_acknowledged| ())
    }
    // ANCHOR_END: prepare

    /// The same, until it is there, or until the server has not been there for so long.
    ///
    /// # Errors
    ///
    /// One clause, when patience is at its end.
    pub async fn put(
        &self,
        terms: Terms,
        patience: Duration,
        (subject, id, bytes): (&str, &str, Bytes),
    ) -> Result<(), String> {
        let since = Instant::now();
        while let Err(err) = self.publish(subject, id, bytes.clone()).await {
            if since.elapsed() > patience {
                return Err(err.to_string());
            }
            sleep(PAUSE).await;
            // A server that has lost its files has lost the streams, too.
            let _ = self.prepare(terms).await;
        }
        Ok(())
    }

    /// Whether a run under this name was here before.
    pub async fn was_here(&self) -> bool {
        self.context
            .get_stream(self.stream("reports"))
            .await
            .is_ok()
    }

    /// What was published last under a subject of a stream.
    pub async fn last(&self, stream: &str, subject: &str) -> Option<Bytes> {
        let stream = self
            .context
            .get_stream_no_info(self.stream(stream))
            .await
            .ok()?;
        let last = stream
            .get_last_raw_message_by_subject(&self.subject(subject))
            .await;
        last.ok().map(|message| message.payload)
    }

    /// The report on a range, if there is one.
    pub async fn report(&self, name: Name) -> Option<Bytes> {
        self.last("reports", &format!("report.{name}")).await
    }

    /// One end at which messages are taken.
    ///
    /// # Errors
    ///
    /// If there is none, or the server does not say.
    pub async fn consumer(&self, stream: &str, name: &str) -> Result<PullConsumer, Trouble> {
        let stream = self.stream(stream);
        self.unless_lost(self.context.get_consumer_from_stream(name, stream))
            .await
    }

    /// Forgets that a run under this name has read reports: the next one reads for itself.
    pub async fn forget_reader(&self) {
        // Where there is none, there is nothing to forget.
        let _ = self
            .context
            .delete_consumer_from_stream("run", self.stream("reports"))
            .await;
    }

    /// Takes the job away. Where the server is not there, it forgets the job by itself, some time.
    pub async fn end(&self) {
        for what in ["ranges", "reports"] {
            let _ = self.context.delete_stream(self.stream(what)).await;
        }
    }
}

/// Says that a message is still worked on: its time begins anew.
///
/// # Errors
///
/// If the connection takes nothing any more.
pub async fn in_progress(message: &async_nats::jetstream::Message) -> Result<(), Trouble> {
    message.ack_with(AckKind::Progress).await
}
