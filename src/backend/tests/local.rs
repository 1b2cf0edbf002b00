//! This machine under the contract, and what is its own.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::contract::{Contract, below_a_file};
use super::table::Table;
use crate::backend::passes::{CentroidModel, partial_sums, x};
use crate::backend::{
    Backend, Fixed, HashSample, Input, LocalBackend, Output, Scoring, Sink, Written,
};
use crate::expression::{Expr, Query};
use crate::fault::Fault;
use crate::load::{CsvParams, Cut};

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
    let (held, streamed) = (local(folder.path()), in_windows(folder.path()));
    let mut seen = Vec::new();
    for (backend, name) in [(&held, "t.parquet"), (&held, "t.csv"), (&streamed, "t.csv")] {
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            seen.push(pool.install(|| {
                let input = Input::customers(name, "id");
                let relation = backend.open(&input).unwrap();
                partial_sums(backend, &relation, &model(&[0.0, 0.0, 5e5, 1e5])).unwrap()
            }));
        }
    }
    assert!(seen.iter().all(|sums| *sums == seen[0]));
    assert_eq!(seen[0].rows(), 3000);
}

/// An engine that holds no text, however small.
fn in_windows(folder: &Path) -> LocalBackend {
    let cut = Cut { held: 0, head: 1 << 16, window: 5000, part: 700, ..Cut::default() };
    let mut backend = local(folder);
    backend.cut = cut;
    backend
}

/// A table as CSV files of so many rows each; gives the pattern.
fn write_texts(folder: &Path, table: &Table, n: usize) -> String {
    let rows: Vec<usize> = (0..table.n()).collect();
    for (at, rows) in rows.chunks(n).enumerate() {
        let mut text = String::from("id,a,b,word\n");
        for &i in rows {
            let number = |cell: Option<f64>| cell.filter(|x| !x.is_nan()).map(|x| x.to_string());
            let (a, b) = (number(table.a[i]).unwrap_or_default(), number(table.b[i]).unwrap());
            let word = table.word[i].clone().unwrap_or_default();
            writeln!(text, "{},{a},{b},\"{word}\"", table.ids[i]).unwrap();
        }
        std::fs::write(folder.join(format!("text-{at}.csv")), text).unwrap();
    }
    "text-*.csv".to_owned()
}

#[test]
fn texts_that_are_not_held_answer_every_question_as_held_ones_and_parquet() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = Table::of(4000);
    // What a text cannot tell from a missing cell.
    table.a.iter_mut().for_each(|a| *a = a.filter(|a| !a.is_nan()));
    table.word.iter_mut().for_each(|word| *word = word.take().filter(|word| !word.is_empty()));
    let pattern = Table::write_all(folder.path(), "stored", std::slice::from_ref(&table), 700);
    let texts = write_texts(folder.path(), &table, 1500);
    let (held, streamed) = (local(folder.path()), in_windows(folder.path()));
    let mut answers = Vec::new();
    for (at, (backend, name)) in
        [(&held, &pattern), (&held, &texts), (&streamed, &texts)].into_iter().enumerate()
    {
        let relation = backend.open(&Input::customers(name, "id")).unwrap();
        assert_eq!(relation.rows, 4000);
        let columns = ["a", "b", "word"].map(str::to_owned).to_vec();
        let asked = HashSample { columns, seed: 3, most: 300 };
        let sample = backend.hash_sample(&relation, &asked).unwrap();
        let read = |name: &str| (name.to_owned(), Expr::Real(Box::new(Expr::column(name))));
        let columns = [read("a"), read("b")];
        let found = backend.column_statistics(&relation, &Query::new("id"), &columns).unwrap();
        let counts: Vec<_> =
            found.iter().map(|one| (one.n, one.null, one.nan, one.range)).collect();
        let sums = partial_sums(backend, &relation, &model(&[0.0, 0.0, 5e5, 1e5])).unwrap();
        let column = Output {
            name: "twice".to_owned(),
            value: Expr::column("v").plus(Expr::column("v")),
            written: Written::Number(None),
        };
        let mut query = Query::new("id");
        query.layer("read", vec![("v".to_owned(), Expr::Real(Box::new(Expr::column("b"))))]);
        let scoring = Scoring { query, columns: vec![column], run: "r".into(), rows: 4000 };
        let sink = Sink { place: format!("scores{at}") };
        let receipt = backend.score_write(&relation, &scoring, &sink).unwrap();
        let place = format!("{}/*.parquet", receipt.place);
        let written = held.open(&Input::customers(place, "id")).unwrap();
        let asked = HashSample { columns: vec!["twice".to_owned()], seed: 4, most: 4000 };
        let written = held.hash_sample(&written, &asked).unwrap();
        answers.push(format!("{sample:?} {counts:?} {sums:?} {:?} {written:?}", receipt.rows));
    }
    assert_eq!(answers[1], answers[0]);
    assert_eq!(answers[2], answers[0]);
}

#[test]
fn a_text_that_is_not_held_has_the_errors_of_other_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    let backend = in_windows(folder.path());
    let open = |text: &str| {
        std::fs::write(&path, text).unwrap();
        backend.open(&Input::customers("t.csv", "id"))
    };
    let code = |text: &str| open(text).err().map(|error| error.code());
    assert_eq!(code("id,b\n"), Some("E-ENG-004"));
    assert_eq!(code("n,b\n1,2\n"), Some("E-ENG-005"));
    assert_eq!(code("id,b\n2024-01-01,2\n2024-01-02,2\n"), Some("E-ENG-006"));
    assert_eq!(code("id,b\nA,1\n,2\nC,3\n"), Some("E-ENG-008"));
    assert_eq!(code("id,b\nA,1\nB\n"), Some("E-IN-010"));
    let text = "id,b\n".to_owned() + &"A,1\nB,2\n".repeat(2000);
    let relation = open(&text).unwrap();
    let ask = || partial_sums(&backend, &relation, &model(&[0.0, 0.0])).map(|sums| sums.rows());
    assert_eq!(ask().unwrap(), 4000);
    std::fs::write(&path, &text[..text.len() - 4]).unwrap();
    assert_eq!(ask().unwrap_err().code(), "E-ENG-009");
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
