//! Machines that die in the middle of a pass.

use std::time::Duration;

use kohort::backend::fit::{self, Params, Start, refine};
use kohort::backend::passes::{self, CentroidModel};
use kohort::backend::spark::{SparkBackend, SparkParams};
use kohort::backend::{Backend, BackendError, Input, Relation};

use crate::here::{made, names, relation};
use crate::passes::{customers, first_centres, model};
use crate::servers::{Sail, Spark, soak};

const N: u64 = 200_000;

/// How often they stand in a table whose passes take long.
const TIMES: u64 = 40;

/// The same where a task has to be caught while it runs.
const MANY_TIMES: u64 = 200;

/// The customers so many times over: a pass that takes long.
fn many(there: &Relation, times: u64) -> Relation {
    let name =
        format!("(SELECT c.* FROM {} AS c CROSS JOIN RANGE(0, {times}, 1, 1) AS r)", there.name);
    Relation { name, rows: there.rows * times, ..there.clone() }
}

/// A pass on another thread, and what is done to it while it runs.
fn during(
    backend: &SparkBackend,
    there: &Relation,
    model: &CentroidModel,
    act: impl FnOnce(),
) -> Result<passes::PartialSums, BackendError> {
    std::thread::scope(|scope| {
        let pass = scope.spawn(|| passes::partial_sums(backend, there, model));
        act();
        pass.join().unwrap()
    })
}

/// The tasks that the server's log says are running on an executor, by its name.
fn running(log: &str, executor: &str) -> usize {
    let on = |line: &&str| line.contains(&format!("executor {executor}"));
    let begun = log.lines().filter(|line| line.contains("Starting task")).filter(on).count();
    let ended = log.lines().filter(|line| line.contains("Finished task")).filter(on).count();
    begun - ended
}

#[test]
fn a_worker_that_dies_changes_nothing() {
    if !soak() {
        return;
    }
    let Some(mut spark) = Spark::start() else { return };
    let backend = spark.connect();
    let there = many(&customers(&backend, spark.folder(), N), MANY_TIMES);
    let model = model(there.rows, first_centres(&backend, &customers(&backend, spark.folder(), N)));
    let undisturbed = passes::partial_sums(&backend, &there, &model).unwrap();
    // The workers know their executors by the name that the server uses.
    let log = spark.workers[0].log();
    let executor = log.split("Asked to launch executor ").nth(1).unwrap();
    let executor = executor.split('/').nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let (mut workers, server) = (std::mem::take(&mut spark.workers), &spark.server);
    let found = during(&backend, &there, &model, || {
        let before = server.log().len();
        server.wait("a task", || {
            server.log().len() > before && running(&server.log(), &executor) > 0
        });
        std::thread::sleep(Duration::from_millis(500));
        assert!(running(&server.log(), &executor) > 0, "the kill would hit nothing");
        workers[0].kill();
    });
    assert_eq!(found.unwrap(), undisturbed);
    let log = server.log();
    // The server says it in one of two ways, by whether the worker or the executor was missed
    // first.
    let lost = log.lines().any(|line| {
        line.contains("while it was being computed, its executor exited")
            || (line.contains("Lost task") && line.contains("ExecutorLostFailure"))
    });
    assert!(lost, "no running task was lost");
    // And with another worker in its place.
    spark.workers = workers;
    spark.restart_worker(0);
    assert_eq!(passes::partial_sums(&backend, &there, &model).unwrap(), undisturbed);
}

#[test]
fn a_run_goes_on_from_its_journal_after_the_server_died() {
    if !soak() {
        return;
    }
    let Some(mut spark) = Spark::start() else { return };
    let backend = spark.connect();
    let small = customers(&backend, spark.folder(), N);
    let there = many(&small, TIMES);
    let start = start(first_centres(&backend, &small));
    let params = Params { passes: 3, tolerance: 0.0, gain: -1.0 };
    let folder = tempfile::tempdir().unwrap();
    let journal = |name: &str| folder.path().join(name);
    let undisturbed =
        refine(&backend, &there, &start, &params, &journal("undisturbed"), &|_, _| {}).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let error = std::thread::scope(|scope| {
        let server = &mut spark.server;
        scope.spawn(move || {
            // The first pass is noted and the second one works.
            receiver.recv().unwrap();
            let begun = server.log().matches("Starting task").count();
            server.wait("a task", || server.log().matches("Starting task").count() > begun);
            server.kill();
        });
        let tell = move |pass: usize, _: &fit::Pass| {
            if pass == 1 {
                sender.send(()).unwrap();
            }
        };
        refine(&backend, &there, &start, &params, &journal("disturbed"), &tell).unwrap_err()
    });
    assert!(matches!(error, BackendError::Broken { .. }), "{error}");
    // Nobody is there: told at once.
    let error = backend.open(&Input::customers("customers", "id")).unwrap_err();
    assert!(matches!(error, BackendError::Unreachable { .. }), "{error}");
    spark.restart_server();
    let went_on =
        refine(&backend, &there, &start, &params, &journal("disturbed"), &|_, _| {}).unwrap();
    assert_eq!((went_on.resumed, went_on.model), (1, undisturbed.model));
    assert_eq!(went_on.passes, undisturbed.passes);
    // The customers are what they were.
    assert_eq!(customers(&backend, spark.folder(), N).fingerprint, small.fingerprint);
}

fn start(centres: Vec<f64>) -> Start {
    let prepared = model(N, Vec::new()).prepared;
    let (names, beside) = (names(), Vec::new());
    Start { prepared, names, beside, centres, run: "run".to_owned(), seed: 7 }
}

/// A pass that would take hours.
fn endless(parts: usize) -> (Relation, CentroidModel) {
    let there = many(&relation(&made(N, parts), N), 1_000_000);
    let model = model(there.rows, vec![0.5; 20]);
    (there, model)
}

// One part, one thread: Sail listens to nothing while all of its threads work.
#[test]
fn sail_is_not_waited_for_any_longer() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let params = SparkParams { deadline: Duration::from_secs(2), ..sail.params() };
    let backend = SparkBackend::connect(params).unwrap();
    let (there, model) = endless(1);
    let error = passes::partial_sums(&backend, &there, &model).unwrap_err();
    assert!(matches!(error, BackendError::Late { seconds: 2, .. }), "{error}");
    let error = during(&backend, &there, &model, || {
        std::thread::sleep(Duration::from_millis(500));
        backend.cancel();
    });
    let error = error.unwrap_err();
    assert!(matches!(error, BackendError::Cancelled), "{error}");
}

#[test]
fn spark_stops_what_is_called_off_or_late_and_works_on() {
    if !soak() {
        return;
    }
    let Some(spark) = Spark::start() else { return };
    drop(spark.connect());
    let params = SparkParams { deadline: Duration::from_secs(20), ..spark.params() };
    let backend = SparkBackend::connect(params).unwrap();
    let (there, model) = endless(4);
    let error = during(&backend, &there, &model, || {
        std::thread::sleep(Duration::from_secs(3));
        backend.cancel();
    });
    assert_eq!(error.unwrap_err(), BackendError::Cancelled);
    let small = relation(&made(1000, 4), 1000);
    assert!(passes::partial_sums(&backend, &small, &model).is_ok());
    let error = passes::partial_sums(&backend, &there, &model).unwrap_err();
    assert!(matches!(error, BackendError::Late { seconds: 20, .. }), "{error}");
    assert!(passes::partial_sums(&backend, &small, &model).is_ok());
}
