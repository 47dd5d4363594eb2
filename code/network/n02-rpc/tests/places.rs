//! Every workload and every fault, wherever the services are: in one process, in two, in three, at ports, and
//! over TLS.

use crate::common::joined::Service;
use crate::common::{process, run_with};
use n02_rpc::keys;
use traffic::testing::check_each_once;
use traffic::{Directory, Error, Input, Meter, Plan, Report};

fn check(what: &'static str, own: Vec<(&'static str, String)>) {
    check_each_once(what, move |input, directory, plan, meter| {
        run_with(own.clone(), input, directory, plan, meter)
    });
}

#[test]
fn no_hop() {
    check("all of it here", Vec::new());
}

#[test]
fn one_hop_to_a_front() {
    check("the front in a process", vec![process("front")]);
}

#[test]
fn one_hop_to_a_directory() {
    check("the directory in a process", vec![process("directory")]);
}

#[test]
fn two_hops() {
    check(
        "both services in processes",
        vec![process("front"), process("directory")],
    );
}

/// Services that were there: they have a directory of their own, so they are started for the one of the check.
fn run_over_tls(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = folder.path().join("ours");
    keys::make(&ours).expect("a new folder");
    let address = directory.addresses()[0].to_string();
    let policy = serde_json::to_string(&directory.policy()).expect("numbers");
    let asks = ["--directory", &address, "--policy", &policy];
    let behind = Service::start("directory", &asks, Some(&ours));
    let asks = ["--asks", &behind.address];
    let front = Service::start("front", &asks, Some(&ours));
    let own = vec![
        ("place", front.place("front")),
        ("keys", ours.display().to_string()),
    ];
    run_with(own, input, directory, plan, meter)
}

#[test]
fn two_hops_over_tls_to_services_that_were_there() {
    check_each_once("both services at ports, over TLS", run_over_tls);
}

/// As a path it would be the folder that the user is in.
#[test]
fn keys_go_into_a_folder_that_has_a_name() {
    let here = tempfile::tempdir().expect("a folder");
    let refused = std::process::Command::new(traffic::step_program!())
        .args(["--make-keys", ""])
        .current_dir(here.path())
        .output()
        .expect("it starts");
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains("needs the name of a folder"), "{told}");
    assert_eq!(here.path().read_dir().expect("a folder").count(), 0);
}
