//! Every workload and every fault, wherever the work is, and with and without the shared cache.

use crate::common::run::run_with;
use crate::common::servers::are_there;
use crate::common::{Own, here, process, small};
use traffic::testing::check_each_once;

fn check(what: &'static str, own: Vec<Own>) {
    check_each_once(what, move |input, directory, plan, meter| {
        let own = [&own[..], &[small()]].concat();
        run_with(own, input, directory, plan, meter)
    });
}

#[test]
fn one_process_without_a_shared_cache() {
    if are_there("one_process_without_a_shared_cache") {
        let without = ("redis", "none".to_owned());
        check("the work in a process", vec![process(), without]);
    }
}

#[test]
fn here_and_in_two_processes() {
    if are_there("here_and_in_two_processes") {
        check(
            "the work here and in two processes",
            vec![here(), process(), process()],
        );
    }
}

#[test]
fn without_caches_of_their_own() {
    if are_there("without_caches_of_their_own") {
        let without = ("near", "0ms".to_owned());
        check("all answers from the shared cache", vec![here(), without]);
    }
}
