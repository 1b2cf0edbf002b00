//! Refining: by hand, killed and taken up again, and on columns that are too wide.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::table::Table;
use crate::backend::fit::{Params, Refined, Start, refine};
use crate::backend::passes::x;
use crate::backend::summing::Summing;
use crate::backend::{
    Backend, BackendError, ColumnStatistics, Grouping, Groups, HashSample, Info, Input,
    LocalBackend, Receipt, Relation, Sample, Scoring, Sink,
};
use crate::expression::{Expr, Named, Query};
use crate::fault::Fault;
use crate::load::CsvParams;

/// An engine that dies at a pass.
struct Mortal {
    inner: LocalBackend,
    left: AtomicUsize,
    asked: AtomicUsize,
}

impl Mortal {
    fn new(folder: &Path, left: usize) -> Self {
        let inner = LocalBackend::new(folder.to_owned(), CsvParams::default());
        Self { inner, left: AtomicUsize::new(left), asked: AtomicUsize::new(0) }
    }
}

impl Backend for Mortal {
    fn info(&self) -> Info {
        self.inner.info()
    }

    fn open(&self, input: &Input) -> Result<Relation, BackendError> {
        self.inner.open(input)
    }

    fn column_statistics(
        &self,
        relation: &Relation,
        query: &Query,
        columns: &[Named],
    ) -> Result<Vec<ColumnStatistics>, BackendError> {
        self.inner.column_statistics(relation, query, columns)
    }

    fn hash_sample(&self, relation: &Relation, of: &HashSample) -> Result<Sample, BackendError> {
        self.inner.hash_sample(relation, of)
    }

    fn lines_sample(&self, relation: &Relation, of: &HashSample) -> Result<Sample, BackendError> {
        self.inner.lines_sample(relation, of)
    }

    fn sum_up(
        &self,
        relation: &Relation,
        summing: &Summing,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        self.inner.sum_up(relation, summing, sink)
    }

    fn grouped_sums(
        &self,
        relation: &Relation,
        grouping: &Grouping,
    ) -> Result<Groups, BackendError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.left.fetch_sub(1, Ordering::SeqCst) == 0 {
            return Err(BackendError::Broken { engine: "mortal".into(), why: "killed".into() });
        }
        self.inner.grouped_sums(relation, grouping)
    }

    fn score_write(
        &self,
        relation: &Relation,
        scoring: &Scoring,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        self.inner.score_write(relation, scoring, sink)
    }

    fn cancel(&self) {
        self.inner.cancel();
    }
}

fn start(centres: &[f64]) -> Start {
    let mut prepared = Query::new("id");
    let real = |name: &str| Expr::Real(Box::new(Expr::column(name)));
    prepared.layer("read", vec![(x(0), real("a")), (x(1), real("b"))]);
    Start {
        prepared,
        names: vec!["a".into(), "b".into()],
        beside: Vec::new(),
        centres: centres.to_vec(),
        run: "r1".into(),
        seed: 1,
    }
}

/// Two heaps of customers, at (0, 0) and (8, 8).
fn heaps(folder: &Path) {
    let at = |i: usize| {
        let [u, v] = [(i * 37 % 101) as f64 / 50.0 - 1.0, (i * 53 % 97) as f64 / 48.0 - 1.0];
        if i.is_multiple_of(3) { [8.0 + u, 8.0 + v] } else { [u, v] }
    };
    let rows: Vec<[f64; 2]> = (0..3000).map(at).collect();
    Table::rows(&rows).write(&folder.join("t.parquet"), 400);
}

fn refined(
    backend: &dyn Backend,
    folder: &Path,
    start: &Start,
    passes: usize,
) -> Result<Refined, BackendError> {
    let relation = backend.open(&Input::customers("t.parquet", "id")).unwrap();
    let params = Params { passes, tolerance: 1e-9, gain: -1.0 };
    refine(backend, &relation, start, &params, &folder.join("journal.jsonl"), &|_, _| {})
}

#[test]
fn centres_go_to_the_means_by_hand_and_stop_there() {
    let folder = tempfile::tempdir().unwrap();
    // Means 1 and 10 in the first pass; nothing moves in the second.
    let rows = [[0.0, 0.0], [2.0, 0.0], [9.0, 1.0], [11.0, 3.0]];
    Table::rows(&rows).write(&folder.path().join("t.parquet"), 3);
    let backend = Mortal::new(folder.path(), 99);
    let found = refined(&backend, folder.path(), &start(&[0.0, 0.0, 9.0, 0.0]), 5).unwrap();
    assert_eq!(found.model.centres, [1.0, 0.0, 10.0, 2.0]);
    assert!(found.converged);
    // 0 + 4 + 1 + 13, then 1 + 1 + 2 + 2.
    let sse: Vec<f64> = found.passes.iter().map(|pass| pass.sse).collect();
    assert_eq!(sse, [18.0, 6.0]);
    assert_eq!(found.passes[0].moved, 5.0_f64.sqrt());
    assert_eq!(found.ranges, [[0.0, 11.0], [0.0, 3.0]]);
}

#[test]
fn a_killed_run_goes_on_with_the_same_bits_and_asks_nothing_again() {
    let begin = start(&[0.1, 0.3, 0.2, -0.4, 7.0, 9.5]);
    let whole = tempfile::tempdir().unwrap();
    heaps(whole.path());
    let undisturbed = Mortal::new(whole.path(), 99);
    let expected = refined(&undisturbed, whole.path(), &begin, 5).unwrap();
    assert_eq!(undisturbed.asked.load(Ordering::SeqCst), 5);
    for died in 1..5 {
        let folder = tempfile::tempdir().unwrap();
        heaps(folder.path());
        let error = refined(&Mortal::new(folder.path(), died), folder.path(), &begin, 5);
        assert_eq!(error.unwrap_err().code(), "E-ENG-032");
        let again = Mortal::new(folder.path(), 99);
        let found = refined(&again, folder.path(), &begin, 5).unwrap();
        assert_eq!(again.asked.load(Ordering::SeqCst), 5 - died);
        assert_eq!((found.resumed, &found.passes), (died, &expected.passes));
        let bits = |all: &[f64]| all.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&found.model.centres), bits(&expected.model.centres));
    }
    // Another beginning is another journal.
    let other = start(&[0.1, 0.3, 0.2, -0.5, 7.0, 9.5]);
    let again = Mortal::new(whole.path(), 99);
    assert_eq!(refined(&again, whole.path(), &other, 5).unwrap().resumed, 0);
}

#[test]
fn refining_ends_where_there_is_little_to_gain() {
    let folder = tempfile::tempdir().unwrap();
    heaps(folder.path());
    let backend = Mortal::new(folder.path(), 99);
    let relation = backend.open(&Input::customers("t.parquet", "id")).unwrap();
    // Three centres on two heaps go on moving for a while, each time for less.
    let begin = start(&[0.1, 0.3, 0.2, -0.4, 8.0, 8.0]);
    let passes = |gain: f64, name: &str| {
        let params = Params { passes: 20, tolerance: 0.0, gain };
        let journal = folder.path().join(name);
        refine(&backend, &relation, &begin, &params, &journal, &|_, _| {}).unwrap()
    };
    let (soon, late) = (passes(1e-2, "soon"), passes(-1.0, "late"));
    assert!(soon.converged && soon.passes.len() < late.passes.len());
    let [.., before, last] = soon.passes.as_slice() else { panic!("{soon:?}") };
    assert!(before.sse - last.sse <= 1e-2 * before.sse);
    assert_eq!(soon.passes, late.passes[..soon.passes.len()]);
}

#[test]
fn a_column_that_is_too_wide_for_sums_is_named() {
    let folder = tempfile::tempdir().unwrap();
    Table::rows(&[[0.0, 0.0], [2.0, 1e15]]).write(&folder.path().join("t.parquet"), 9);
    let backend = Mortal::new(folder.path(), 99);
    let error = refined(&backend, folder.path(), &start(&[0.0, 0.0]), 5).unwrap_err();
    assert_eq!(error.code(), "E-ENG-017");
    assert!(error.to_string().starts_with("b reaches 1000000000000000 times"), "{error}");
}
