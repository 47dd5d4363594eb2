//! The log as lines, whatever it is made of.

use std::fs::File;
use std::io::Write;

use super::*;
use crate::Error;

fn lines(input: &Input) -> Vec<String> {
    input
        .lines()
        .map(|line| String::from_utf8(line.unwrap().bytes).unwrap())
        .collect()
}

#[test]
fn a_file_without_a_last_newline_still_ends_its_line() {
    let input = Input::from_bytes(&[b"a\r\nb", b"", b"\n\nc\n", b"d\r"]).unwrap();
    assert_eq!(lines(&input), ["a", "b", "", "", "c", "d"]);
    assert_eq!(input.progress(), (6, input.len_bytes()));
}

#[test]
fn places_are_told_by_file_and_line() {
    let input = Input::from_bytes(&[b"a\nb\n", b"c\n\nd"]).unwrap();
    let told: Vec<_> = input
        .lines()
        .map(|line| input.describe(line.unwrap().place).unwrap())
        .map(|(name, number)| format!("{}:{number}", name.display()))
        .collect();
    assert_eq!(
        told,
        ["log-0:1", "log-0:2", "log-1:1", "log-1:2", "log-1:3"]
    );
}

#[test]
fn a_stopped_input_ends_at_the_next_line() {
    let input = Input::from_bytes(&[b"a\nb\nc\n"]).unwrap();
    let mut reader = input.lines();
    assert!(reader.next().is_some());
    input.stop();
    assert!(reader.next().is_none());
}

#[test]
fn compressed_members_are_unpacked_and_the_limit_spans_files() {
    let folder = tempfile::tempdir().unwrap();
    let packed = folder.path().join("packed"); // the content tells, not the name
    let mut file = File::create(&packed).unwrap();
    for member in ["a\nb\n", "c\n"] {
        let mut encoder = flate2::write::GzEncoder::new(&mut file, flate2::Compression::fast());
        encoder.write_all(member.as_bytes()).unwrap();
        encoder.finish().unwrap();
    }
    let plain = folder.path().join("plain");
    std::fs::write(&plain, "d\ne\nf").unwrap();
    let names = [packed, plain];
    let open = |lines_max| Input::open(&names, lines_max, &mut |_| true).unwrap();
    assert_eq!(lines(&open(None)), ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(lines(&open(Some(4))), ["a", "b", "c", "d"]);
    assert_eq!(lines(&open(Some(2))), ["a", "b"]);
    assert_eq!(lines(&open(Some(0))), [""; 0]);
    assert_eq!(lines(&open(Some(99))).len(), 6);
}

#[test]
fn what_cannot_be_read_is_named() {
    let message = |name: &str| {
        Input::open(&[name.into()], None, &mut |_| true)
            .unwrap_err()
            .to_string()
    };
    assert!(message("no-such-file").starts_with("cannot read no-such-file: "));
    assert!(message("/").starts_with("cannot read /: "));
}

/// What comes from standard input, a pipe or a compressed file.
fn packed(folder: &tempfile::TempDir, name: &str, text: &[u8]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    let file = File::create(&path).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap();
    path
}

#[test]
fn a_stream_is_read_once_and_its_places_are_told_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain");
    std::fs::write(&plain, "a\nb\n").unwrap();
    let names = [packed(&folder, "packed", b"c\n\nd"), plain];
    let open = |lines_max| Input::open(&names, lines_max, &mut |_| true).unwrap();
    let input = open(None);
    assert!(!input.is_len_known());
    assert!(input.map().is_err(), "it is not spooled");
    let read: Vec<Line> = input.lines().map(Result::unwrap).collect();
    let told: Vec<_> = read
        .iter()
        .map(|line| input.describe(line.place).unwrap())
        .map(|(name, number)| format!("{}:{number}", name.file_name().unwrap().display()))
        .collect();
    assert_eq!(
        told,
        ["packed:1", "packed:2", "packed:3", "plain:1", "plain:2"]
    );
    assert!(read.is_sorted_by_key(|line| line.place));
    // The second reader is told, and not handed half of the log.
    assert!(matches!(
        input.lines().next(),
        Some(Err(Error::ReadOnce { .. }))
    ));
    for (lines_max, expected) in [(0, 0), (2, 2), (4, 4), (5, 5), (9, 5)] {
        assert_eq!(open(Some(lines_max)).lines().count(), expected);
        let spooled = Input::open_spooled(&names, Some(lines_max), &mut |_| true).unwrap();
        assert_eq!(spooled.lines().count(), expected);
        assert_eq!(
            mapped_lines(&spooled, 0..spooled.map().unwrap().chunks()).len(),
            expected
        );
    }
}

#[test]
fn a_line_that_is_too_long_is_cut_alike_however_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let text = [&b"a\n"[..], &b"x".repeat(LINE_BYTES_MAX + 10), b"\nb\n"].concat();
    let plain = folder.path().join("plain");
    std::fs::write(&plain, &text).unwrap();
    for name in [plain, packed(&folder, "packed", &text)] {
        let input = Input::open_spooled(std::slice::from_ref(&name), None, &mut |_| true).unwrap();
        let mapped = mapped_lines(&input, 0..input.map().unwrap().chunks());
        assert_eq!(input.lines_cut(), 1);
        let input = Input::open(&[name], None, &mut |_| true).unwrap();
        let read: Vec<_> = input.lines().map(|line| line.unwrap().bytes).collect();
        assert_eq!(
            read.iter().map(Vec::len).collect::<Vec<_>>(),
            [1, LINE_BYTES_MAX, 1]
        );
        assert_eq!(
            mapped.into_iter().map(|(_, line)| line).collect::<Vec<_>>(),
            read
        );
        assert_eq!(input.lines_cut(), 1);
    }
}

#[test]
fn a_file_that_is_cut_off_while_it_is_read_ends_there() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("log");
    // Lines of 100 bytes, more of them than are read ahead.
    let text = format!("{:099}\n", 7).repeat(10_000);
    for (cut_to, is_fragment) in [(200_000, false), (200_050, true), (0, false)] {
        std::fs::write(&name, &text).unwrap();
        let input = Input::open(std::slice::from_ref(&name), None, &mut |_| true).unwrap();
        let mut lines = input.lines();
        assert_eq!(lines.next().unwrap().unwrap().bytes.len(), 99);
        File::options()
            .write(true)
            .open(&name)
            .unwrap()
            .set_len(cut_to)
            .unwrap();
        let rest: Vec<_> = lines.map(|line| line.unwrap().bytes.len()).collect();
        assert!(
            rest.iter().all(|&len| len == 99),
            "{is_fragment}: no part of a line"
        );
        let expected = (cut_to / 100).max(655) - 1; // a chunk has been read
        assert_eq!(rest.len() as u64, expected);
        let (_, why) = input.damages().next().unwrap();
        assert!(why.contains("cut short"), "{why}");
    }
}

#[test]
fn a_mapped_file_that_is_cut_off_ends_there_and_the_process_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("log");
    let text = format!("{:099}\n", 7).repeat(100_000);
    // In the middle of a page, at the end of one, in the middle of a line, and all of it.
    for cut_to in [5_000_000, 4_096_000, 5_000_050, 0] {
        std::fs::write(&name, &text).unwrap();
        let input = Input::open(std::slice::from_ref(&name), None, &mut |_| true).unwrap();
        let whole = Input::from_bytes(&[b"a\n"]).unwrap();
        let (mapped, other) = (input.map().unwrap(), whole.map().unwrap());
        File::options()
            .write(true)
            .open(&name)
            .unwrap()
            .set_len(cut_to)
            .unwrap();
        let mut lines = 0;
        for number in (0..mapped.chunks()).rev() {
            for (_, line) in mapped.chunk(number).unwrap().lines() {
                assert_eq!(line.len(), 99, "no part of a line, and no zeros");
                lines += 1;
            }
        }
        assert_eq!(lines, cut_to / 100);
        let (_, why) = input.damages().next().unwrap();
        assert!(why.contains("cut short"), "{why}");
        assert_eq!(other.chunk(0).unwrap().lines().count(), 1);
        assert!(whole.damages().next().is_none());
    }
}

#[test]
fn lines_that_a_file_loses_while_they_are_looked_at_ahead_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("log");
    std::fs::write(&name, "1234567\n".repeat(1_000)).unwrap();
    for (cut_to, is_told) in [(8_000, false), (4_000, true)] {
        let input = Input::open(std::slice::from_ref(&name), None, &mut |_| true).unwrap();
        let mapped = input.map().unwrap();
        let chunk = mapped.chunk(mapped.chunks() - 1).unwrap();
        let mut lines = chunk.lines();
        let ahead = lines.ahead().1;
        let bytes = ahead.iter().rposition(|&byte| byte == b'\n').unwrap() + 1;
        let file = File::options().write(true).open(&name).unwrap();
        file.set_len(cut_to).unwrap();
        lines.pass(bytes / 8, bytes);
        assert_eq!(input.damages().next().is_some(), is_told);
    }
}

/// All lines of all chunks, each chunk's lines put where they belong.
fn mapped_lines(input: &Input, numbers: impl Iterator<Item = u64>) -> Vec<(Place, Vec<u8>)> {
    let mapped = input.map().unwrap();
    let mut lines = Vec::new();
    for number in numbers {
        let chunk = mapped.chunk(number).unwrap();
        lines.extend(chunk.lines().map(|(place, line)| (place, line.to_vec())));
    }
    lines.sort_unstable();
    lines
}

#[test]
fn each_line_is_in_one_chunk() {
    let long = [&b"x".repeat(300_000)[..], b"\n", &b"y\n".repeat(200_000)].concat();
    let logs: [&[&[u8]]; 9] = [
        &[],
        &[b""],
        &[b"\n"],
        &[b"a"],
        &[b"\n\n\r\n\r"],
        &[b"", b"a\nb", b"", b"", b"c\r\n", b"\n"],
        &[b"a line\nand one more\n", &[b'z'; 1000], b"\r\n"],
        &[&long, b"a\n", &long[..300_000]],
        &[&long[1..], &long[299_999..300_002]],
    ];
    for logs in logs {
        let input = Input::from_bytes(logs).unwrap();
        let chunks = input.map().unwrap().chunks();
        let expected: Vec<_> = input
            .lines()
            .map(|line| line.map(|line| (line.place, line.bytes)).unwrap())
            .collect();
        let (lines, bytes) = input.progress();
        assert_eq!(mapped_lines(&input, 0..chunks), expected);
        assert_eq!(mapped_lines(&input, (0..chunks).rev()), expected);
        assert_eq!(input.progress(), (3 * lines, 3 * bytes));
    }
}

#[test]
fn spans_have_each_chunk_once() {
    let input = Input::from_bytes(&[&b"a line\n".repeat(50), b"b", &b"c\n".repeat(70)]).unwrap();
    let mapped = input.map().unwrap();
    for parts in [1, 2, 3, 7, 64, 1000] {
        let spans: Vec<_> = mapped.spans(parts).collect();
        assert_eq!(spans.len(), parts);
        let lens = spans.iter().map(|span| span.end - span.start);
        assert!(lens.clone().max().unwrap() - lens.clone().min().unwrap() <= 1);
        assert!(spans.into_iter().flatten().eq(0..mapped.chunks()));
    }
}

#[test]
fn a_stopped_input_has_no_more_chunks() {
    let input = Input::from_bytes(&[b"a\nb\nc\n"]).unwrap();
    let mapped = input.map().unwrap();
    let chunk = mapped.chunk(0).unwrap();
    input.stop();
    assert_eq!(chunk.lines().count(), 1); // the first chunk is its first byte
    assert!(mapped.chunk(1).is_none());
}

#[test]
fn a_limited_file_is_mapped_up_to_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("log");
    std::fs::write(&name, "a\nb\nc\nd").unwrap();
    let input = Input::open(&[name], Some(3), &mut |_| true).unwrap();
    assert_eq!(mapped_lines(&input, 0..6).len(), 3);
}

#[test]
fn files_that_are_handed_on_are_the_same_log() {
    let logs: [&[u8]; 3] = [b"a\nb\nc\n", b"", b"d\ne"];
    let mut names = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    for (number, log) in logs.iter().enumerate() {
        let name = folder.path().join(number.to_string());
        std::fs::write(&name, log).unwrap();
        names.push(name);
    }
    let input = Input::open_spooled(&names, Some(4), &mut |_| true).unwrap();
    let handed = Input::of_open_files(input.open_files().unwrap()).unwrap();
    assert_eq!(lines(&handed), ["a", "b", "c", "d"]);
    assert_eq!(lines(&handed), lines(&input));
    assert!(handed.names().eq(input.names()));
    let chunks = handed.map().unwrap().chunks();
    assert_eq!(mapped_lines(&handed, 0..chunks).len(), 4);
}

#[test]
fn what_was_read_and_seen_elsewhere_is_told_here() {
    let input = Input::from_bytes(&[b"a\n", b"b\n"]).unwrap();
    input.was_read(3, 7);
    assert_eq!(input.progress(), (3, 7));
    let seen = Seen {
        lines_cut: 2,
        damages: vec![(1, "it was cut".into())],
    };
    input.was_seen(&seen);
    assert_eq!(input.seen(), seen);
    let damaged: Vec<_> = input.damages().map(|(name, _)| name).collect();
    assert_eq!(damaged, [std::path::Path::new("log-1")]);
}
