//! What every engine must do, as functions over a [`Backend`]: the same checks for this
//! machine and for any other that sees the folder in which the tables are written.
//!
//! The expected numbers are worked by hand or come from [`naive`], which goes through the
//! rows one by one and shares no code with the engines.

use std::path::{Path, PathBuf};

use super::table::{Table, write_texts};
use crate::backend::passes::{self, CentroidModel, PLACE, SQUARE, x};
use crate::backend::{
    Backend, BackendError, Fixed, Grouping, HashSample, Input, Output, Relation, Scoring, Sink,
    Summed, Written, hash_of,
};
use crate::expression::{Expr, Function, Query, Test, exact};
use crate::fault::Fault;

/// An engine and a folder that it sees.
pub(crate) struct Contract<'a> {
    pub backend: &'a dyn Backend,
    pub folder: PathBuf,
}

impl Contract<'_> {
    /// Every check.
    pub(crate) fn all(&self) {
        self.statistics_by_hand();
        self.sums_by_hand();
        self.ties_and_empty_clusters();
        self.arrangements_do_not_matter();
        self.a_sample_is_of_the_lowest_hashes();
        self.histograms_count_missing_apart();
        self.texts_are_told_apart();
        self.scores_are_written_once();
        self.errors_have_names();
    }

    fn open(&self, table: &str) -> Relation {
        let input = Input::customers(table, "id");
        self.backend.open(&input).unwrap()
    }

    fn table(&self, name: &str, table: &Table) -> Relation {
        self.open(&Table::write_all(&self.folder, name, std::slice::from_ref(table), 4096))
    }

    fn statistics_by_hand(&self) {
        let mut table = Table::rows(&[[0.0; 2]; 6]);
        table.a = vec![Some(1.0), Some(2.0), None, Some(f64::NAN), Some(-3.0), Some(0.5)];
        let relation = self.table("hand", &table);
        assert_eq!(relation.rows, 6);
        let named = |name: &str| (name.to_owned(), Expr::column(name));
        let query = Query::new("id");
        let found =
            self.backend.column_statistics(&relation, &query, &[named("a"), named("b")]).unwrap();
        // Sum 0.5, mean 0.125, and 1 + 4 + 9 + 0.25 - 4 / 64 = 14.1875.
        assert_eq!((found[0].n, found[0].null, found[0].nan), (4, 1, 1));
        assert_eq!(found[0].range, Some([-3.0, 2.0]));
        assert!((found[0].mean - 0.125).abs() < 1e-12 && (found[0].m2 - 14.1875).abs() < 1e-9);
        assert_eq!((found[1].n, found[1].range, found[1].m2), (6, Some([0.0, 0.0]), 0.0));
        // On a layer, not-a-number is missing like NULL.
        let mut query = Query::new("id");
        query.layer("read", vec![("v".to_owned(), real("a"))]);
        let found = self.backend.column_statistics(&relation, &query, &[named("v")]).unwrap();
        assert_eq!((found[0].n, found[0].null, found[0].nan), (4, 2, 0));
    }

    fn sums_by_hand(&self) {
        // Rows 0, 1, 9 and centres 0 and 10, in halves: sums 1 and 9, squares 1 and 1.
        let relation = self.table("three", &Table::rows(&[[0.0, 0.0], [1.0, 0.0], [9.0, 0.0]]));
        let model = plain(&["a"], &[0.0, 10.0], Fixed { bits: 1, largest: 100.0 });
        let sums = passes::partial_sums(self.backend, &relation, &model).unwrap();
        assert_eq!((sums.counts.as_slice(), sums.sums.as_slice()), (&[2, 1][..], &[2, 18][..]));
        assert_eq!(sums.squares, [2, 2]);
        assert_eq!((sums.inertia(), sums.means(&[0.0, 10.0])), (2.0, vec![0.5, 9.0]));
    }

    fn ties_and_empty_clusters(&self) {
        // 5 is as near to 0 as to 10; 10 stands twice; nobody is near 1,000.
        let relation = self.table("ties", &Table::rows(&[[5.0, 0.0], [10.0, 0.0], [11.0, 0.0]]));
        let centres = [0.0, 10.0, 10.0, 1000.0];
        let model = plain(&["a"], &centres, Fixed { bits: 4, largest: 1e3 });
        let sums = passes::partial_sums(self.backend, &relation, &model).unwrap();
        assert_eq!(sums.counts, [1, 2, 0, 0]);
        assert_eq!(sums.means(&centres), [5.0, 10.5, 10.0, 1000.0]);
    }

    fn arrangements_do_not_matter(&self) {
        let table = Table::of(5000);
        let centres = [0.5, -0.2, 1.0, 0.3, -1.0, 2.0];
        let mut seen = Vec::new();
        for (at, (parts, group)) in arranged(&table).into_iter().enumerate() {
            let relation =
                self.open(&Table::write_all(&self.folder, &format!("arranged{at}"), &parts, group));
            assert_eq!(relation.rows, 5000);
            let model = prepared(&centres);
            seen.push(passes::partial_sums(self.backend, &relation, &model).unwrap());
        }
        let expected = naive::sums(&table, &centres, 20);
        for (at, sums) in seen.iter().enumerate() {
            assert_eq!(sums.counts, expected.0, "arrangement {at}");
            assert_eq!((&sums.sums, &sums.squares), (&expected.1, &expected.2), "arrangement {at}");
        }
    }

    fn a_sample_is_of_the_lowest_hashes(&self) {
        let table = Table::of(5000);
        let mut expected: Vec<(i64, usize)> =
            table.ids.iter().enumerate().map(|(i, id)| (hash_of(9, id), i)).collect();
        expected.sort_unstable();
        expected.truncate(200);
        let ids: Vec<&String> = expected.iter().map(|&(_, i)| &table.ids[i]).collect();
        let columns = vec!["b".to_owned(), "word".to_owned()];
        let asked = HashSample { columns, seed: 9, most: 200 };
        for (at, (parts, group)) in arranged(&table).into_iter().enumerate().take(3) {
            let name = format!("sampled{at}");
            let relation = self.open(&Table::write_all(&self.folder, &name, &parts, group));
            let sample = self.backend.hash_sample(&relation, &asked).unwrap();
            assert_eq!(sample.ids.iter().collect::<Vec<_>>(), ids);
            let of = |name: &str| {
                sample
                    .columns
                    .columns()
                    .find(|(own, _)| *own == name)
                    .map(|(_, cells)| cells.clone())
            };
            let b = expected.iter().map(|&(_, i)| table.b[i].unwrap()).collect();
            assert_eq!(of("b"), Some(crate::expression::Cells::numbers(b)));
            let word = expected.iter().map(|&(_, i)| table.word[i].clone()).collect();
            assert_eq!(of("word"), Some(crate::expression::Cells::Text(word)));
        }
        let relation = self.table("whole", &Table::of(50));
        let all = HashSample { columns: Vec::new(), seed: 9, most: 50 };
        assert_eq!(self.backend.hash_sample(&relation, &all).unwrap().ids.len(), 50);
    }

    fn histograms_count_missing_apart(&self) {
        let table = Table::of(1000);
        let relation = self.table("bins", &table);
        let mut query = Query::new("id");
        query.layer("read", vec![("v".to_owned(), real("a"))]);
        let edges = [-1.0, 0.0, 4.0];
        let found =
            passes::histogram(self.backend, &relation, &query, &Expr::column("v"), &edges).unwrap();
        let known: Vec<f64> = table.a.iter().flatten().copied().filter(|x| !x.is_nan()).collect();
        let bin = |x: f64| edges.iter().filter(|&&edge| x >= edge).count();
        let count = |at: usize| known.iter().filter(|&&x| bin(x) == at).count() as u64;
        assert_eq!(found.counts, (0..4).map(count).collect::<Vec<_>>());
        assert_eq!(found.missing, (1000 - known.len()) as u64);
    }

    fn texts_are_told_apart(&self) {
        let table = Table::of(1000);
        let relation = self.table("words", &table);
        let words = Expr::Words(Box::new(Expr::column("word")));
        let is = |word: &str| Test::In(words.clone(), vec![Expr::text(word)]);
        let cases = vec![
            (words.clone().missing(), Expr::Null),
            (is("red"), Expr::whole(1)),
            (is("green"), Expr::whole(2)),
        ];
        let grouping = Grouping {
            query: Query::new("id"),
            group: Expr::case(cases, Expr::whole(3)),
            values: vec![Summed {
                name: "n_red".to_owned(),
                value: Expr::indicator(is("red")),
                fixed: Fixed::COUNT,
            }],
            most: 4,
        };
        let groups = self.backend.grouped_sums(&relation, &grouping).unwrap();
        let count = |word: Option<&str>| {
            table.word.iter().filter(|own| own.as_deref() == word).count() as u64
        };
        let expected = [
            (None, count(None)),
            (Some(1), count(Some("red"))),
            (Some(2), count(Some("green"))),
            (Some(3), count(Some("blue"))),
        ];
        let found: Vec<_> = groups.0.iter().map(|group| (group.key, group.rows)).collect();
        assert_eq!(found, expected);
        assert_eq!(groups.group(Some(1)).unwrap().sums, [count(Some("red")) as i64]);
        assert_eq!(groups.rows(), 1000);
    }

    fn scores_are_written_once(&self) {
        let (table, centres) = (Table::of(3000), [0.5, -0.2, 1.0, 0.3, -1.0, 2.0]);
        let relation = self.table("scored", &table);
        let model = prepared(&centres);
        let output = |name: &str, written| Output {
            name: name.to_owned(),
            value: if name == "segment" {
                Expr::column(PLACE).plus(Expr::whole(1))
            } else {
                Expr::column(SQUARE)
            },
            written,
        };
        let mut scoring = Scoring {
            query: model.nearest(&[]),
            columns: vec![
                output("segment", Written::Whole),
                output("square", Written::Number(None)),
            ],
            run: "r1".to_owned(),
            rows: 3000,
        };
        let sink = Sink { place: self.folder.join("scores").display().to_string() };
        let write = |scoring: &Scoring| self.backend.score_write(&relation, scoring, &sink);
        let wrong = Scoring { rows: 2999, run: "r0".to_owned(), ..scoring.clone() };
        assert_eq!(write(&wrong).unwrap_err().code(), "E-ENG-022");
        let receipt = write(&scoring).unwrap();
        assert_eq!((receipt.rows, receipt.already), (3000, false));
        let again = write(&scoring).unwrap();
        assert_eq!((again.rows, again.already, &again.place), (3000, true, &receipt.place));
        // What was written is a table of the engine, and as the naive way has it.
        let written = self.open(&format!("{}/*.parquet", receipt.place));
        let segment = Expr::Real(Box::new(Expr::column("segment")));
        let grouping =
            Grouping { query: Query::new("id"), group: segment, values: Vec::new(), most: 9 };
        let counts = naive::sums(&table, &centres, 20).0;
        let groups = self.backend.grouped_sums(&written, &grouping).unwrap();
        for (at, count) in counts.iter().enumerate() {
            let rows = groups.group(Some(at as i64 + 1)).map_or(0, |group| group.rows);
            assert_eq!(rows, *count);
        }
        // Another content under the same name is refused.
        scoring.rows = 5;
        assert_eq!(write(&scoring).unwrap_err().code(), "E-ENG-020");
    }

    fn errors_have_names(&self) {
        let backend = self.backend;
        let input = |table: &str, id: &str| Input::customers(table, id);
        let absent = self.folder.join("absent.parquet").display().to_string();
        assert_eq!(code(backend.open(&input(&absent, "id"))), "E-ENG-001");
        let table = Table::of(100);
        let pattern = Table::write_all(&self.folder, "errors", std::slice::from_ref(&table), 40);
        assert_eq!(code(backend.open(&input(&pattern, "nobody"))), "E-ENG-005");
        assert_eq!(code(backend.open(&input(&pattern, "b"))), "E-ENG-006");
        assert_eq!(code(backend.open(&input(&pattern, "word"))), "E-ENG-008");
        let relation = self.open(&pattern);
        let of = |model: &CentroidModel| code(passes::partial_sums(backend, &relation, model));
        let fixed = Fixed { bits: 1, largest: 1e9 };
        assert_eq!(of(&plain(&["nothing"], &[0.0], fixed)), "E-ENG-005");
        assert_eq!(of(&plain(&["word"], &[0.0], fixed)), "E-ENG-006");
        assert_eq!(of(&plain(&["b"], &[0.0], Fixed { bits: 1, largest: 2.0 })), "E-ENG-010");
        let wide = Fixed { bits: 56, largest: 1e300 };
        assert_eq!(of(&plain(&["b"], &[0.0], wide)), "E-ENG-011");
        let mut inexact = plain(&["b"], &[0.0], fixed);
        inexact.prepared.layer("log", vec![(x(0), Expr::column(x(0)).call(Function::Ln))]);
        assert_eq!(of(&inexact), "E-ENG-015");
        let mut narrow = Grouping {
            query: Query::new("id"),
            group: Expr::Fixed(Box::new(real("b")), 0),
            values: Vec::new(),
            most: 5,
        };
        assert_eq!(code(backend.grouped_sums(&relation, &narrow)), "E-ENG-014");
        narrow.most = 100;
        assert!(backend.grouped_sums(&relation, &narrow).is_ok());
        self.changes_are_noticed(&pattern, &relation, &narrow);
    }

    /// A column of another type in another file, and a table that is written anew.
    fn changes_are_noticed(&self, pattern: &str, relation: &Relation, grouping: &Grouping) {
        let part = self.folder.join("errors-1.parquet");
        write_texts(&part, &["1", "2"]);
        let input = Input::customers(pattern, "id");
        assert_eq!(code(self.backend.open(&input)), "E-ENG-007");
        std::fs::remove_file(&part).unwrap();
        Table::of(101).write(&self.folder.join("errors-0.parquet"), 40);
        assert_eq!(code(self.backend.grouped_sums(relation, grouping)), "E-ENG-009");
        assert_eq!(self.open(pattern).rows, 101);
    }
}

fn code<T>(answer: Result<T, BackendError>) -> &'static str {
    answer.err().map_or("none", |error| error.code())
}

fn real(name: &str) -> Expr {
    Expr::Real(Box::new(Expr::column(name)))
}

/// Columns as they are, with centres of them.
fn plain(columns: &[&str], centres: &[f64], fixed: Fixed) -> CentroidModel {
    let mut prepared = Query::new("id");
    let read = columns.iter().enumerate().map(|(t, name)| (x(t), real(name)));
    prepared.layer("read", read.collect());
    let width = columns.len();
    CentroidModel { prepared, centres: centres.to_vec(), width, sums: fixed, squares: fixed }
}

/// Both numbers of a [`Table`]: what is missing is 0.25, `a` is scaled, `b` is a logarithm.
fn prepared(centres: &[f64]) -> CentroidModel {
    let mut query = Query::new("id");
    query.layer("read", vec![("v1".to_owned(), real("a")), ("v2".to_owned(), real("b"))]);
    let filled = |name: &str| {
        let cell = Expr::column(name);
        Expr::case(vec![(cell.clone().there(), cell)], Expr::Number(0.25))
    };
    query.layer("fill", vec![("y1".to_owned(), filled("v1")), ("y2".to_owned(), filled("v2"))]);
    let log = Expr::Number(1.0).plus(Expr::column("y2").by(7.3)).call(Function::Ln);
    let scaled = Expr::column("y1").less(0.7).by(1.9);
    query.layer("matrix", vec![(x(0), scaled), (x(1), log.less(3.0).by(2.2))]);
    let fixed = Fixed { bits: 20, largest: 1e3 };
    let prepared = exact::rewrite(&query).unwrap();
    CentroidModel { prepared, centres: centres.to_vec(), width: 2, sums: fixed, squares: fixed }
}

/// The same rows in five arrangements: files and rows of a row group.
fn arranged(table: &Table) -> Vec<(Vec<Table>, usize)> {
    let n = table.n();
    let forth: Vec<usize> = (0..n).collect();
    let back: Vec<usize> = (0..n).rev().collect();
    let mixed: Vec<usize> = (0..n).map(|i| i * 1009 % n).collect();
    let cut = |rows: &[usize], size: usize| {
        rows.chunks(size).map(|rows| table.take(rows)).collect::<Vec<_>>()
    };
    vec![
        (cut(&forth, n), n),
        (cut(&back, n), 100),
        (cut(&mixed, 1700), 333),
        (cut(&forth, 617), 617),
        (cut(&back, 2500), 64),
    ]
}

/// Row by row, in the simplest way.
mod naive {
    use super::Table;

    /// Counts, sums of columns and of squared distances per centre.
    pub(super) fn sums(
        table: &Table,
        centres: &[f64],
        bits: i32,
    ) -> (Vec<u64>, Vec<i64>, Vec<i64>) {
        let k = centres.len() / 2;
        let (mut counts, mut sums, mut squares) = (vec![0; k], vec![0; 2 * k], vec![0; k]);
        let whole = |x: f64| (x * 2.0_f64.powi(bits) + 0.5).floor() as i64;
        for i in 0..table.n() {
            let cell = |x: Option<f64>| x.filter(|x| !x.is_nan()).unwrap_or(0.25);
            let x =
                [(cell(table.a[i]) - 0.7) / 1.9, (ln(1.0 + cell(table.b[i]) / 7.3) - 3.0) / 2.2];
            let (mut best, mut least) = (0, f64::INFINITY);
            for j in 0..k {
                let [u, v] = [x[0] - centres[2 * j], x[1] - centres[2 * j + 1]];
                let square = u * u + v * v;
                if square < least {
                    (best, least) = (j, square);
                }
            }
            counts[best] += 1;
            sums[2 * best] += whole(x[0]);
            sums[2 * best + 1] += whole(x[1]);
            squares[best] += whole(least);
        }
        (counts, sums, squares)
    }

    /// The logarithm of a number from 1 on, as the room of expressions says it is made.
    fn ln(z: f64) -> f64 {
        let (mut m, mut e) = (z, 0.0);
        while m >= 2.0_f64.powi(32) {
            m /= 2.0_f64.powi(32);
            e += 32.0;
        }
        let mut i = 31;
        while i >= 0 {
            if m >= std::f64::consts::SQRT_2 * 2.0_f64.powi(i) {
                m /= 2.0_f64.powi(i + 1);
                e += f64::from(i + 1);
                break;
            }
            i -= 1;
        }
        let f = (m - 1.0) / (m + 1.0);
        let s = f * f;
        let mut series = 1.0 / 21.0;
        for j in (0..10).rev() {
            series = series * s + 1.0 / f64::from(2 * j + 1);
        }
        // ln 2 as fdlibm has it in two parts.
        let high = f64::from_bits(0x3fe6_2e42_fee0_0000);
        let low = f64::from_bits(0x3dea_39ef_3579_3c76);
        e * high + ((f * 2.0) * series + e * low)
    }
}

/// Whether a folder can be written in a way that even the administrator is refused.
pub(crate) fn below_a_file(folder: &Path) -> PathBuf {
    let file = folder.join("file");
    std::fs::write(&file, "x").unwrap();
    file.join("scores")
}
