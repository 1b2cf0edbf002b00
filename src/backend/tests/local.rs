//! This machine under the contract, and what is its own.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::contract::{Contract, below_a_file};
use super::table::Table;
use crate::backend::passes::{CentroidModel, partial_sums, x};
use crate::backend::{Backend, Fixed, Input, LocalBackend, Scoring, Sink};
use crate::expression::{Expr, Query};
use crate::fault::Fault;
use crate::load::CsvParams;

fn local(folder: &Path) -> LocalBackend {
    LocalBackend::new(folder.to_owned(), CsvParams::default())
}

fn model(centres: &[f64]) -> CentroidModel {
    let mut prepared = Query::new("id");
    let real = |name: &str| Expr::Real(Box::new(Expr::column(name)));
    prepared.layer("read", vec![(x(0), real("b")), (x(1), real("b").scaled(0.5))]);
    let fixed = Fixed { bits: 8, largest: 1e12 };
    CentroidModel { prepared, centres: centres.to_vec(), width: 2, sums: fixed, squares: fixed }
}

#[test]
fn this_machine_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let backend = local(folder.path());
    Contract { backend: &backend, folder: folder.path().to_owned() }.all();
}

#[test]
fn a_text_and_parquet_give_the_same_sums_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let table = Table::of(3000);
    table.write(&folder.path().join("t.parquet"), 500);
    let mut text = String::from("id,b,word\n");
    for i in 0..table.n() {
        writeln!(text, "{},{},x", table.ids[i], table.b[i].unwrap()).unwrap();
    }
    std::fs::write(folder.path().join("t.csv"), text).unwrap();
    let backend = local(folder.path());
    let mut seen = Vec::new();
    for name in ["t.parquet", "t.csv"] {
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            seen.push(pool.install(|| {
                let input = Input::customers(name, "id");
                let relation = backend.open(&input).unwrap();
                partial_sums(&backend, &relation, &model(&[0.0, 0.0, 5e5, 1e5])).unwrap()
            }));
        }
    }
    assert!(seen.iter().all(|sums| *sums == seen[0]));
    assert_eq!(seen[0].rows(), 3000);
}

#[test]
fn a_sink_that_cannot_be_written_and_one_that_is_taken_are_told() {
    let folder = tempfile::tempdir().unwrap();
    Table::of(100).write(&folder.path().join("t.parquet"), 50);
    let backend = local(folder.path());
    let relation = backend.open(&Input::customers("t.parquet", "id")).unwrap();
    let scoring =
        Scoring { query: Query::new("id"), columns: Vec::new(), run: "r".to_owned(), rows: 100 };
    let code = |place: &Path| {
        let sink = Sink { place: place.display().to_string() };
        backend.score_write(&relation, &scoring, &sink).err().map(|error| error.code())
    };
    assert_eq!(code(&below_a_file(folder.path())), Some("E-ENG-021"));
    let other = folder.path().join("other");
    std::fs::create_dir_all(other.join("_run=r")).unwrap();
    std::fs::write(other.join("_run=r/notes.txt"), "mine").unwrap();
    assert_eq!(code(&other), Some("E-ENG-020"));
    // What a dead attempt left is replaced.
    let dead = folder.path().join("dead");
    std::fs::create_dir_all(dead.join("_run=r")).unwrap();
    std::fs::write(dead.join("_run=r/part-000007.parquet"), "cut").unwrap();
    assert_eq!(code(&dead), None);
    assert!(!dead.join("_run=r/part-000007.parquet").exists());
    assert!(dead.join("_run=r/manifest.json").exists());
}

#[test]
fn a_pass_that_is_called_off_ends_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    Table::of(20_000).write(&folder.path().join("t.parquet"), 100);
    let backend = local(folder.path());
    let relation = backend.open(&Input::customers("t.parquet", "id")).unwrap();
    let (model, done) = (model(&[0.0, 0.0, 5e5, 1e5]), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                backend.cancel();
            }
        });
        // A pass can be over before the other thread has had its turn.
        let error = std::iter::repeat_with(|| partial_sums(&backend, &relation, &model))
            .find_map(Result::err);
        done.store(true, Ordering::SeqCst);
        assert_eq!(error.map(|error| error.code()), Some("E-ENG-030"));
    });
    assert_eq!(partial_sums(&backend, &relation, &model).unwrap().rows(), 20_000);
}
