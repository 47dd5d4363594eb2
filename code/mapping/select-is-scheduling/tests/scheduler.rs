//! The scheduler: every job is given once, in the order of the shares, to whoever is free.

mod limit;

use std::collections::HashSet;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{bounded, unbounded};
use limit::in_time;
use select_is_scheduling::scheduler::{Job, run, schedule};
use select_is_scheduling::tasks;

#[test]
fn every_job_is_given_once_and_done() {
    in_time(|| {
        for workers in [1, 2, 8] {
            let (given, done) = run(&[3, 2, 1], 100, workers);
            assert_eq!(done, 300);
            let different: HashSet<_> = given.iter().map(|job| (job.tenant, job.number)).collect();
            assert_eq!(different.len(), 300);
        }
    });
}

#[test]
fn jobs_are_given_by_shares_and_each_tenants_in_order() {
    in_time(|| {
        let (given, _) = run(&[3, 2, 1], 100, 4);
        for (tenant, due) in [30, 20, 10].into_iter().enumerate() {
            let turns = given.iter().take(60).filter(|job| job.tenant == tenant);
            assert_eq!(turns.count(), due);
            let numbers = given.iter().filter(|job| job.tenant == tenant);
            assert!(numbers.map(|job| job.number).is_sorted());
        }
    });
}

#[test]
fn without_work_it_waits_and_does_not_hear_the_idle() {
    in_time(|| {
        let (submit, submitted) = unbounded();
        let (idle_in, idle) = unbounded();
        let (mailbox, jobs) = bounded(2);
        idle_in.send(mailbox).unwrap();
        let (_go_on, stop) = bounded(0);
        let scheduler = thread::spawn(move || schedule(&[1], submitted, &idle, &stop));
        // Long enough for it to hear the worker, if it listened already.
        thread::sleep(Duration::from_millis(50));
        let job = Job {
            tenant: 0,
            number: 7,
        };
        submit.send(job).unwrap();
        assert_eq!(jobs.recv(), Ok(job));
        drop(submit);
        assert_eq!(scheduler.join().unwrap(), [job]);
    });
}

#[test]
fn it_stops_when_it_is_told_whatever_waits() {
    in_time(|| {
        let (submit, submitted) = unbounded();
        submit
            .send(Job {
                tenant: 0,
                number: 0,
            })
            .unwrap();
        let (_idle_in, idle) = unbounded();
        let (go_on, stop) = bounded(0);
        let scheduler = thread::spawn(move || schedule(&[1], submitted, &idle, &stop));
        drop(go_on);
        assert_eq!(scheduler.join().unwrap(), []);
    });
}

#[test]
fn tasks_get_the_same_jobs_in_the_same_order() {
    in_time(|| {
        for workers in [1, 2, 8] {
            let (given, done) = tasks::run(&[3, 2, 1], 100, workers);
            assert_eq!((&given, done), (&run(&[3, 2, 1], 100, 2).0, 300));
        }
    });
}
