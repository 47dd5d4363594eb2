//! Every knob is turned: the bytes between two peers fare as the weather says.
//!
//! Where a knob is a time, it is looked at from below: that much at least, on any machine.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use weather::{End, Passed, Place, Proxy, Stream, Weather, between};

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// A proxy before a peer, and what it tells.
struct Between {
    peer: TcpListener,
    client: TcpStream,
    told: Receiver<Passed>,
    _runtime: Runtime,
}

/// Puts weather between a client and a peer, over TCP.
fn with(weather: &str) -> Between {
    let peer = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let to = Place::Tcp(peer.local_addr().expect("bound").to_string());
    let weather: Weather = weather.parse().expect("weather");
    let runtime = Runtime::new().expect("a runtime");
    let at = Place::Tcp("127.0.0.1:0".into());
    let proxy = runtime.block_on(Proxy::listen(&at, to, weather));
    let proxy = proxy.expect("loopback");
    let Ok(Place::Tcp(address)) = proxy.place() else {
        panic!("it listens over TCP");
    };
    let (tell, told) = channel();
    runtime.spawn(proxy.run(move |_, passed| {
        // A test that has seen enough does not listen any more.
        let _ = tell.send(passed.expect("the peer listens"));
    }));
    let client = TcpStream::connect(address).expect("it listens");
    client.set_read_timeout(Some(TIME_LIMIT)).expect("a socket");
    Between {
        peer,
        client,
        told,
        _runtime: runtime,
    }
}

impl Between {
    fn accept(&self) -> TcpStream {
        let (stream, _) = self.peer.accept().expect("a connection");
        stream.set_read_timeout(Some(TIME_LIMIT)).expect("a socket");
        stream
    }

    fn passed(self) -> Passed {
        drop(self.client);
        self.told.recv_timeout(TIME_LIMIT).expect("the link ends")
    }
}

/// Bytes of which none is like its neighbours.
fn bytes(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at % 251) as u8).collect()
}

/// All bytes until the end, or until the break.
fn read_all(mut stream: &TcpStream) -> (Vec<u8>, Result<(), ErrorKind>) {
    let mut read = Vec::new();
    let outcome = stream.read_to_end(&mut read);
    (read, outcome.map(|_| ()).map_err(|err| err.kind()))
}

/// Sends from a thread of its own, so that a network that takes nothing holds no test up.
fn send(stream: &TcpStream, bytes: Vec<u8>) {
    let mut stream = stream.try_clone().expect("a socket");
    thread::spawn(move || {
        // Where the connection is ended early, this fails, as it should.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
    });
}

#[test]
fn fair_weather_passes_all_both_ways_and_the_end_too() {
    let between = with("");
    send(&between.client, bytes(1_000_000));
    let peer = between.accept();
    assert_eq!(read_all(&peer), (bytes(1_000_000), Ok(())));
    send(&peer, bytes(300_000));
    assert_eq!(read_all(&between.client), (bytes(300_000), Ok(())));
    let (up, down, end) = (1_000_000, 300_000, End::Peers);
    assert_eq!(between.passed(), Passed { up, down, end });
}

#[test]
fn delay_and_jitter_are_waited_for_and_the_order_stays() {
    let between = with("delay=30ms,jitter=20ms,seed=5");
    let start = Instant::now();
    send(&between.client, bytes(50_000));
    let peer = between.accept();
    assert_eq!(read_all(&peer), (bytes(50_000), Ok(())));
    assert!(start.elapsed() >= Duration::from_millis(30));
}

#[test]
fn bandwidth_takes_its_time() {
    let between = with("bandwidth=100k");
    let start = Instant::now();
    send(&between.client, bytes(20_000));
    let peer = between.accept();
    assert_eq!(read_all(&peer), (bytes(20_000), Ok(())));
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[test]
fn drip_writes_bytes_one_by_one() {
    let between = with("drip");
    send(&between.client, bytes(2_000));
    let mut peer = between.accept();
    let mut first = [0; 2_000];
    let mut read = 0;
    let mut reads = 0;
    while read < first.len() {
        read += peer.read(&mut first[read..]).expect("bytes");
        reads += 1;
    }
    assert_eq!(first[..], bytes(2_000));
    // How many come together is up to the system, but not all do.
    assert!(reads > 1, "{reads} reads");
}

#[test]
fn a_hold_holds_for_its_time_and_then_lets_all_pass() {
    let between = with("hold=1000:150ms");
    let start = Instant::now();
    send(&between.client, bytes(10_000));
    let mut peer = between.accept();
    peer.read_exact(&mut [0; 1_000]).expect("the first bytes");
    assert_eq!(read_all(&peer), (bytes(10_000)[1_000..].to_vec(), Ok(())));
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_black_hole_swallows_and_tells_neither_side() {
    let between = with("blackhole=1000");
    send(&between.client, bytes(5_000));
    let mut peer = between.accept();
    peer.read_exact(&mut [0; 1_000]).expect("the first bytes");
    let silence = Duration::from_millis(200);
    peer.set_read_timeout(Some(silence)).expect("a socket");
    let is_silent = |read: std::io::Result<usize>| {
        matches!(
            read.map_err(|err| err.kind()),
            Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)
        )
    };
    assert!(
        is_silent(peer.read(&mut [0; 1])),
        "more than 1,000 bytes passed"
    );
    // The other direction is dark, too.
    peer.write_all(b"hello?").expect("the network takes it");
    let client = &between.client;
    client.set_read_timeout(Some(silence)).expect("a socket");
    assert!(is_silent((&*client).read(&mut [0; 1])), "an answer passed");
    drop(peer);
    let (up, down, end) = (1_000, 0, End::BlackHole);
    assert_eq!(between.passed(), Passed { up, down, end });
}

#[test]
fn a_reset_is_told_to_both_as_a_break() {
    let between = with("reset=1000");
    let peer = between.accept();
    send(&between.client, bytes(5_000));
    for stream in [&peer, &between.client] {
        let (read, outcome) = read_all(stream);
        assert_eq!(outcome, Err(ErrorKind::ConnectionReset));
        assert!(read.len() <= 1_000);
    }
    assert_eq!(between.passed().end, End::Reset);
}

#[test]
fn a_cut_is_an_orderly_end_after_so_many_bytes_exactly() {
    let between = with("cut=5000,only=up");
    let peer = between.accept();
    send(&between.client, bytes(100_000));
    assert_eq!(read_all(&peer), (bytes(5_000), Ok(())));
    assert!(read_all(&between.client).0.is_empty());
    drop(peer);
    let (up, down, end) = (5_000, 0, End::Cut);
    assert_eq!(between.passed(), Passed { up, down, end });
}

#[test]
fn only_one_direction_has_the_weather_if_so_wanted() {
    let between = with("blackhole=0,only=down");
    send(&between.client, bytes(3_000));
    let peer = between.accept();
    send(&peer, bytes(3_000));
    assert_eq!(read_all(&peer), (bytes(3_000), Ok(())));
    drop(peer);
    let (up, down, end) = (3_000, 0, End::BlackHole);
    assert_eq!(between.passed(), Passed { up, down, end });
}

#[test]
fn what_a_peer_breaks_is_broken_for_the_other() {
    let between = with("");
    let mut peer = between.accept();
    (&between.client).write_all(b"!").expect("open");
    peer.read_exact(&mut [0; 1])
        .expect("a byte: all is connected");
    let socket = socket2::SockRef::from(&peer);
    socket.set_linger(Some(Duration::ZERO)).expect("a socket");
    drop(peer);
    assert_eq!(read_all(&between.client).1, Err(ErrorKind::ConnectionReset));
    assert_eq!(between.passed().end, End::Broken);
}

#[test]
fn the_seed_decides_where_a_cut_falls_and_the_number_of_the_connection_does() {
    let cut_at = |seed: u64, number| {
        let weather = format!("cut=1..20000,only=up,seed={seed}").parse();
        let weather: Weather = weather.expect("weather");
        let runtime = Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let (here, connected) = UnixStream::pair().expect("a pair of sockets");
            let (to, there) = UnixStream::pair().expect("a pair of sockets");
            let (connected, to) = (Stream::Unix(connected), Stream::Unix(to));
            let sending = tokio::spawn(async move {
                use tokio::io::AsyncWriteExt;
                let mut here = here;
                let _ = here.write_all(&bytes(30_000)).await;
            });
            let reading = tokio::spawn(async move {
                use tokio::io::AsyncReadExt;
                let mut there = there;
                let _ = there.read_to_end(&mut Vec::new()).await;
            });
            let passed = between(connected, to, &weather, number).await;
            sending.await.expect("no panic");
            reading.await.expect("no panic");
            assert_eq!(passed.end, End::Cut);
            passed.up
        })
    };
    let cuts: Vec<u64> = (0..4).map(|number| cut_at(1, number)).collect();
    let again: Vec<u64> = (0..4).map(|number| cut_at(1, number)).collect();
    assert_eq!(cuts, again);
    assert!(cuts.windows(2).all(|pair| pair[0] != pair[1]), "{cuts:?}");
    assert_ne!(cuts[0], cut_at(2, 0));
}

#[test]
fn a_unix_socket_is_passed_on_and_its_file_removed() {
    use std::os::unix::net::{UnixListener, UnixStream};
    let folder = tempfile::tempdir().expect("a folder");
    let (at, to) = (folder.path().join("at"), folder.path().join("to"));
    let peer = UnixListener::bind(&to).expect("a new file");
    let runtime = Runtime::new().expect("a runtime");
    let place = Place::Unix(at.clone());
    let listening = Proxy::listen(&place, Place::Unix(to), Weather::default());
    let proxy = runtime.block_on(listening).expect("a new file");
    let running = runtime.spawn(proxy.run(|_, _| {}));
    let mut client = UnixStream::connect(&at).expect("it listens");
    client.write_all(b"hello").expect("it takes it");
    let (mut accepted, _) = peer.accept().expect("a connection");
    let mut hello = [0; 5];
    accepted.read_exact(&mut hello).expect("bytes");
    assert_eq!(&hello, b"hello");
    running.abort();
    drop(runtime);
    assert!(!at.exists());
}
