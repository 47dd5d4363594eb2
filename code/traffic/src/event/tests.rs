//! What is written can be read, and stands as it always did: pages and recordings know these lines.

use super::*;

/// Reads a line, and asserts that it is written again as it was.
fn round_trip(line: &str) -> Event {
    let stamped: Stamped = line.parse().unwrap();
    assert_eq!(serde_json::to_string(&stamped).unwrap(), line);
    stamped.event
}

#[test]
fn every_event_stands_as_it_always_did() {
    for line in [
        r#"{"t_ms":0,"event":"start","step":"s00-baseline","bytes":9,"workers":8,"capacity":64,"batch":64,"linger_us":1000,"shards":16,"refresh_us":1000000}"#,
        r#"{"t_ms":50,"event":"progress","lines":3,"bytes":500,"lines_per_s":60.5}"#,
        r#"{"t_ms":50,"event":"stage","name":"lookup","done":3,"busy":0.75,"busy_ms":37,"waiting_ms":1,"messages":3,"waits":2,"depth":4,"capacity":64,"workers":2,"worker_ms":100}"#,
        r#"{"t_ms":90,"event":"directory","requests":2,"keys":3,"failures":1}"#,
        r#"{"t_ms":90,"event":"latency","name":"lookup","us":{"max":900,"p50":500,"p99.9":899}}"#,
        r#"{"t_ms":90,"event":"staleness","versions_behind":0.5,"age_s":0.25}"#,
    ] {
        round_trip(line);
    }
}

#[test]
fn a_report_is_read_to_the_last_byte_that_was_sent() {
    let bytes = 3 * u128::from(u64::MAX);
    let line = format!(
        r#"{{"t_ms":91,"event":"end","step":"s00-baseline","lines":4,"malformed":1,"unresolved":0,"seconds":0.5,"partial":true,"rows":[{{"holder":"APNIC","route":"/","hits":3,"bytes":{bytes},"errors":1}}]}}"#
    );
    let Event::End(outcome) = round_trip(&line) else {
        panic!("the last event is the report");
    };
    assert_eq!(outcome.rows[0].bytes, bytes);
    assert!(outcome.partial);
    let whole = line.replace(r#""partial":true,"#, "");
    assert!(matches!(round_trip(&whole), Event::End(outcome) if !outcome.partial));
}

#[test]
fn what_is_no_event_is_refused() {
    for line in [
        "",
        "text",
        "{}",
        r#"{"t_ms":1}"#,
        r#"{"t_ms":1,"event":"rain"}"#,
        r#"{"event":"progress","lines":3,"bytes":500,"lines_per_s":60.5}"#,
        r#"{"t_ms":1,"event":"end","lines":4}"#,
    ] {
        assert!(line.parse::<Stamped>().is_err(), "{line}");
    }
}
