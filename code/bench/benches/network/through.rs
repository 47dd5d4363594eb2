//! The ladder's last rungs: a question and its answer through a server of others, on the same machine.
//!
//! The queue: an item is published, the server says that it is stored, the item is taken and acknowledged. The cache: a key is
//! asked for, and its value comes. Where a server is not installed its rung is left out, and that is said loudly.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use async_nats::jetstream;
use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::stream::RetentionPolicy;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Throughput};
use futures_util::StreamExt;
use n05_servers::servers;
use redis::AsyncCommands;
use tempfile::TempDir;

use crate::remote::runtime;

/// What an item is, and an answer.
const ITEM: [u8; 64] = [7; 64];

/// A program by its name, and the name of its rung.
const NATS: (&str, &str) = (servers::NATS, "queue");
const REDIS: (&str, &str) = (servers::REDIS, "cache");

/// Adds the rungs to a group.
pub fn cases(group: &mut BenchmarkGroup<'_, WallTime>) {
    group.throughput(Throughput::Elements(1));
    rung(group, NATS, through_a_queue);
    rung(group, REDIS, through_a_cache);
}

fn rung(
    group: &mut BenchmarkGroup<'_, WallTime>,
    (program, name): (&str, &str),
    ask: impl Fn(&Server, u64) -> Duration,
) {
    let Ok(path) = servers::find(program) else {
        eprintln!("\n*** SKIPPED network/ladder/{name}: there is no {program} on this machine.\n");
        return;
    };
    group.bench_function(format!("ladder/{name}"), |bencher| {
        // Here, so that it does not run beside the other cases.
        let server = Server::start(program, &path);
        bencher.iter_custom(|times| ask(&server, times));
    });
}

/// One item after the other, each until it is acknowledged to the server.
fn through_a_queue(server: &Server, times: u64) -> Duration {
    runtime().block_on(async {
        let client = async_nats::connect(server.at()).await.expect("it is there");
        let context = jetstream::new(client);
        let stream = jetstream::stream::Config {
            name: "ladder".into(),
            subjects: vec!["ladder.item".into()],
            retention: RetentionPolicy::WorkQueue,
            ..Default::default()
        };
        let stream = context.get_or_create_stream(stream).await.expect("made");
        let terms = pull::Config {
            durable_name: Some("ladder".into()),
            ..Default::default()
        };
        let items = stream.get_or_create_consumer("ladder", terms).await;
        let mut items = items.expect("made").messages().await.expect("asked for");
        let since = Instant::now();
        for _ in 0..times {
            let sent = context.publish("ladder.item", ITEM[..].into()).await;
            sent.expect("sent").await.expect("stored");
            let item = items.next().await.expect("one").expect("whole");
            assert_eq!(item.payload[..], ITEM, "the item is another");
            item.ack().await.expect("said");
        }
        let took = since.elapsed();
        // With it goes what it still waits for, to which the server would give the next sample's first item.
        let forgotten = stream.delete_consumer("ladder").await;
        forgotten.expect("it was there");
        took
    })
}

fn through_a_cache(server: &Server, times: u64) -> Duration {
    runtime().block_on(async {
        let client = redis::Client::open(format!("redis://{}", server.at())).expect("a URL");
        let connection = client.get_multiplexed_async_connection().await;
        let mut connection = connection.expect("it is there");
        let () = connection.set("key", &ITEM[..]).await.expect("kept");
        let since = Instant::now();
        for _ in 0..times {
            let value: Vec<u8> = connection.get("key").await.expect("known");
            assert_eq!(value, ITEM, "the value is another");
        }
        since.elapsed()
    })
}

/// A server, which ends with this.
struct Server {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Server {
    fn start(program: &str, path: &Path) -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.expect("a free port").port();
        let mut command = Command::new(path);
        if program == NATS.0 {
            let (config, store) = (folder.path().join("nats.conf"), folder.path().join("js"));
            let text = format!(
                "listen: \"127.0.0.1:{port}\"\njetstream {{ store_dir: \"{}\" }}\n",
                store.display()
            );
            fs::write(&config, text).expect("room");
            command.arg("-c").arg(config);
        } else {
            command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
            command.arg("--port").arg(port.to_string());
            command.arg("--dir").arg(folder.path());
        }
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let process = command.stderr(Stdio::null()).spawn().expect("it starts");
        let server = Server {
            process,
            port,
            _folder: folder,
        };
        let since = Instant::now();
        while !server.answers() {
            assert!(
                since.elapsed() < Duration::from_secs(10),
                "{program} is not there"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// Whether it is there. A client that looks for a dead port may be given that very port, and finds itself.
    fn answers(&self) -> bool {
        TcpStream::connect(self.at()).is_ok_and(|end| end.local_addr().ok() != end.peer_addr().ok())
    }

    fn at(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
