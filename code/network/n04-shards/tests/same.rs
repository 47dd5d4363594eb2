//! What is the same as in the parent: byte for byte.

use std::path::Path;

#[test]
fn stages_contract_calls_and_what_a_server_is_made_of_are_the_parents() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [
        "ask.rs",
        "channel.rs",
        "coded.rs",
        "contract.rs",
        "front.rs",
        "hello.rs",
        "here.rs",
        "job.rs",
        "keys.rs",
        "process.rs",
        "remote.rs",
        "service.rs",
        "ticket.rs",
        "tls.rs",
        "transport.rs",
    ] {
        let read = |folder: &Path| {
            let path = folder.join("src").join(file);
            std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
        };
        assert!(
            read(here) == read(&here.join("../n02-rpc")),
            "{file} differs"
        );
    }
}
