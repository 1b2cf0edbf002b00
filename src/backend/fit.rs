//! Centres of a sample refined on all customers: Lloyd's iteration in the engine, a few
//! passes, each with an answer of `k * (width + 2)` whole numbers.
//!
//! 1. [`bound`] asks for the range of every prepared column and chooses the fixed point of
//!    the sums.
//! 2. [`refine`] sums the customers up by their nearest centre and moves each centre to the
//!    mean of its own, until no centre moves by more than a tolerance, the sum of squared
//!    distances hardly falls, or so many passes were made. A centre without customers stays
//!    where it is.
//! 3. Each finished pass is noted in a [`Journal`]; a run that goes on takes the noted passes
//!    for done and continues with the same bits.
//!
//! Centres depend on the customers, the seed and the sample alone: not on the engine, on how
//! the table is cut, or on how often a part was computed again.
//!
//! # How to choose parameters
//!
//! The first centres come from restarts on a sample; restarts matter far more than passes.
//! One pass is usually within a thousandth of a percent of the squared distances that many
//! reach; three are converged. The tolerance is in spreads of a standardised column. A sample
//! of m customers and k centres begins about `k / m` of the sum too high, so where it is large
//! the second pass says that there is nothing more to gain.
//!
//! # References
//!
//! - Lloyd, S. (1982). Least squares quantization in PCM. IEEE Transactions on Information
//!   Theory 28(2), 129-137.
//! - Bahmani, B. et al. (2012). Scalable k-means++. PVLDB 5(7), 622-633, section 3.5: the
//!   same sums over parts of the data.

use sha2::{Digest, Sha256};

use super::journal::{bits, numbers};
use super::passes::{CentroidModel, PartialSums, partial_sums, x};
use super::{Backend, BackendError, Fixed, Head, Journal, Line, Relation};
use crate::expression::{Expr, Named, Query};

/// When refining ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Params {
    /// The most passes, at least 1.
    pub passes: usize,
    /// Refining ends when no centre moved farther than this, in the units of the prepared
    /// columns.
    pub tolerance: f64,
    /// Refining ends when the sum of squared distances fell by no more than this share of it
    /// from one pass to the next.
    pub gain: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { passes: 5, tolerance: 1e-3, gain: 1e-4 }
    }
}

/// What refining begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The layers whose last has the prepared columns.
    pub prepared: Query,
    /// The names of the prepared columns, for messages; as many as there are.
    pub names: Vec<String>,
    /// Other columns of the last layer whose ranges are to be known.
    pub beside: Vec<String>,
    /// The first centres, row-major `k * width`.
    pub centres: Vec<f64>,
    /// The run.
    pub run: String,
    /// The seed.
    pub seed: u64,
}

/// Centres on all customers.
#[derive(Debug, Clone, PartialEq)]
pub struct Refined {
    /// The centres, with the bounds of the sums.
    pub model: CentroidModel,
    /// The finished passes; those of an earlier attempt among them.
    pub passes: Vec<Pass>,
    /// How many of them an earlier attempt had made.
    pub resumed: usize,
    /// Whether no centre moved any more.
    pub converged: bool,
    /// The range of each prepared column over all customers.
    pub ranges: Vec<[f64; 2]>,
    /// The range of each column beside them; none where all is missing.
    pub beside: Vec<Option<[f64; 2]>>,
}

/// What a pass came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pass {
    /// Customers that have a nearest centre.
    pub n: u64,
    /// The sum of squared distances to the centres before it.
    pub sse: f64,
    /// How far the centre went that went farthest.
    pub moved: f64,
}

/// Refines the centres on all customers. `tell` hears of every pass.
///
/// # Errors
///
/// As [`Backend::grouped_sums`]; a column so wide that sums have too few bits; a journal
/// that cannot be written.
pub fn refine(
    backend: &dyn Backend,
    relation: &Relation,
    start: &Start,
    params: &Params,
    journal: &std::path::Path,
    tell: &dyn Fn(usize, &Pass),
) -> Result<Refined, BackendError> {
    let (mut model, ranges, beside) = bound(backend, relation, start)?;
    let mut journal = Journal::open(journal, &head(relation, start))?;
    let resumed = journal.lines().len().min(params.passes);
    let mut passes: Vec<Pass> = Vec::new();
    while passes.len() < params.passes.max(1) {
        let at = passes.len();
        let (pass, centres) = if let Some(line) = journal.lines().get(at) {
            read(line)?
        } else {
            model.squares = squares(relation, &model, &ranges)?;
            let sums = partial_sums(backend, relation, &model)?;
            let (pass, centres) = moved(&model, &sums);
            journal.note(written(at + 1, &pass, &centres))?;
            (pass, centres)
        };
        model.centres = centres;
        tell(at + 1, &pass);
        passes.push(pass);
        if is_over(&passes, params) {
            break;
        }
    }
    let converged = is_over(&passes, params);
    model.squares = squares(relation, &model, &ranges)?;
    Ok(Refined { model, passes, resumed, converged, ranges, beside })
}

/// Whether another pass would change next to nothing.
fn is_over(passes: &[Pass], params: &Params) -> bool {
    let is_still = passes.last().is_some_and(|pass| pass.moved <= params.tolerance);
    let gains_little = match passes {
        [.., before, last] => before.sse - last.sse <= params.gain * before.sse,
        _ => false,
    };
    is_still || gains_little
}

/// A model, the range of each prepared column, and of those beside them.
pub type Bound = (CentroidModel, Vec<[f64; 2]>, Vec<Option<[f64; 2]>>);

/// The model of a start with the fixed point of its sums, and the ranges of columns.
///
/// # Errors
///
/// As [`refine`].
pub fn bound(
    backend: &dyn Backend,
    relation: &Relation,
    start: &Start,
) -> Result<Bound, BackendError> {
    let width = start.names.len();
    let names = (0..width).map(x).chain(start.beside.iter().cloned());
    let columns: Vec<Named> = names.map(|name| (name.clone(), Expr::Column(name))).collect();
    let found = backend.column_statistics(relation, &start.prepared, &columns)?;
    // A column that is missing everywhere adds nothing to any sum.
    let ranges: Vec<[f64; 2]> =
        found.iter().take(width).map(|column| column.range.unwrap_or([0.0, 0.0])).collect();
    let beside = found.iter().skip(width).map(|column| column.range).collect();
    let size = |range: &[f64; 2]| range[0].abs().max(range[1].abs());
    let widest = (0..width).max_by(|&a, &b| size(&ranges[a]).total_cmp(&size(&ranges[b])));
    let largest = widest.map_or(0.0, |t| size(&ranges[t]));
    let sums = Fixed::for_sums(relation.rows, largest)?;
    if sums.bits < Fixed::FEWEST {
        return Err(BackendError::TooWide {
            column: widest.map_or_else(String::new, |t| start.names[t].clone()),
            largest: format!("{largest:.0}"),
            bits: sums.bits,
            fewest: Fixed::FEWEST,
        });
    }
    let prepared = start.prepared.clone();
    let mut model =
        CentroidModel { prepared, centres: start.centres.clone(), width, sums, squares: sums };
    model.squares = squares(relation, &model, &ranges)?;
    Ok((model, ranges, beside))
}

/// The fixed point of squared distances: none is larger than to the farthest corner of the
/// ranges from any centre.
fn squares(
    relation: &Relation,
    model: &CentroidModel,
    ranges: &[[f64; 2]],
) -> Result<Fixed, BackendError> {
    let corner = |centre: &[f64]| -> f64 {
        let each = centre.iter().zip(ranges);
        each.map(|(c, [low, high])| {
            let far = (c - low).abs().max((high - c).abs());
            far * far
        })
        .sum()
    };
    let farthest = model.centres.chunks_exact(model.width.max(1)).map(corner).fold(0.0, f64::max);
    // A distance is rounded in another order than its bound.
    Fixed::for_sums(relation.rows, farthest * (1.0 + 1e-9))
}

/// What a pass came to, and the next centres.
fn moved(model: &CentroidModel, sums: &PartialSums) -> (Pass, Vec<f64>) {
    let centres = sums.means(&model.centres);
    let width = model.width.max(1);
    let far = |(new, old): (&[f64], &[f64])| -> f64 {
        new.iter().zip(old).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    };
    let pairs = centres.chunks_exact(width).zip(model.centres.chunks_exact(width));
    let moved = pairs.map(far).fold(0.0, f64::max);
    let n = sums.rows() - sums.unplaced;
    (Pass { n, sse: sums.inertia(), moved }, centres)
}

/// What the passes of a start belong to.
fn head(relation: &Relation, start: &Start) -> Head {
    // All that prepares the columns shows in the statement.
    let prepared = start.prepared.print(&[], "t", crate::expression::Dialect::Spark);
    Head {
        run: start.run.clone(),
        fingerprint: relation.fingerprint.clone(),
        seed: start.seed,
        centres: bits(&start.centres),
        prepared: crate::format::hex(&Sha256::digest(prepared.as_bytes())),
    }
}

fn written(pass: usize, done: &Pass, centres: &[f64]) -> Line {
    let hex = |number: f64| format!("{:016x}", number.to_bits());
    Line { pass, centres: bits(centres), n: done.n, sse: hex(done.sse), moved: hex(done.moved) }
}

fn read(line: &Line) -> Result<(Pass, Vec<f64>), BackendError> {
    let wrong = || BackendError::Internal { what: "a line of the journal" };
    let two = numbers(&[line.sse.clone(), line.moved.clone()]).ok_or_else(wrong)?;
    let centres = numbers(&line.centres).ok_or_else(wrong)?;
    Ok((Pass { n: line.n, sse: two[0], moved: two[1] }, centres))
}
