//! The servers of others that some cases of the network need, and that a machine may lack.

use std::ffi::OsStr;
use std::path::PathBuf;

/// What the names of such cases begin with, and the program.
const NEEDS: [(&str, &str); 4] = [
    ("network/n05-servers", "nats-server"),
    ("network/n05-servers", "redis-server"),
    ("network/ladder/queue", "nats-server"),
    ("network/ladder/cache", "redis-server"),
];

/// What the names of cases begin with that cannot run here, each with the first program that is missing.
pub(super) fn missing() -> Vec<(&'static str, &'static str)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let lacks = |(_, program): &(&str, &str)| find(program, &path).is_none();
    let mut missing: Vec<_> = NEEDS.into_iter().filter(lacks).collect();
    missing.dedup_by_key(|(cases, _)| *cases);
    missing
}

/// Where a server is, if it is where the programs look that start it: on the path, or in a `sbin` beside a `bin` of it, since on
/// some systems servers are where users have no business.
fn find(program: &str, path: &OsStr) -> Option<PathBuf> {
    let folders = std::env::split_paths(path).flat_map(|folder| {
        let is_bin = folder.ends_with("bin");
        let beside = is_bin.then(|| folder.with_file_name("sbin"));
        [Some(folder), beside].into_iter().flatten()
    });
    let mut places = folders.map(|folder| folder.join(program));
    places.find(|place| place.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_looked_for_beside_the_path_as_the_programs_do() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["bin", "sbin", "tools"] {
            std::fs::create_dir(folder.path().join(name)).expect("created");
        }
        let server = folder.path().join("sbin/a-server");
        std::fs::write(&server, "").expect("written");
        let found = |name: &str| find("a-server", folder.path().join(name).as_os_str());
        assert_eq!(found("bin"), Some(server.clone()));
        assert_eq!(found("sbin"), Some(server));
        assert_eq!(found("tools"), None);
    }
}
