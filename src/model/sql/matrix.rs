//! The preparation: what is read, what stands in for a missing value, clipping, logarithm,
//! scale, encoding and the bends of regressions.

use std::collections::BTreeMap;

use super::scores::{self, Graded};
use super::{Model, SqlError, read};
use crate::expression::{Expr, Function, Named, Query, Test};
use crate::normalise::sql::{
    Axis, Curve, EARTH_KM, Feature, Kind as Log, Logarithm, Reading, SQUARE_LIMIT, Term, What,
};
use crate::normalise::{Normaliser, position_of};
use crate::schema::{Kind, Schema, SchemaColumn};
use crate::table::OTHER;

/// The largest size of a prepared number, as the preparation itself holds it.
const LIMIT: f64 = 1e100;

/// The column of the matrix at a position.
pub(super) fn x(at: usize) -> Expr {
    Expr::column(x_name(at))
}

fn x_name(at: usize) -> String {
    format!("x{}", at + 1)
}

/// What was read of a feature.
pub(super) fn raw(at: usize) -> String {
    format!("v{}", at + 1)
}

fn longitude(at: usize) -> String {
    format!("w{}", at + 1)
}

fn zero(at: usize) -> String {
    format!("z{}", at + 1)
}

fn own(at: usize) -> String {
    format!("o{}", at + 1)
}

pub(super) fn filled(at: usize) -> String {
    format!("y{}", at + 1)
}

/// Adds the layers from the raw columns to those of the matrix. The raw cells are handed on,
/// for methods that leave out what is missing.
pub(super) fn prepare(model: &Model, query: &mut Query) -> Result<(), SqlError> {
    prepare_by(&model.schema, &model.normaliser, query)
}

/// As [`prepare`], of a preparation without a model.
fn prepare_by(schema: &Schema, normaliser: &Normaliser, query: &mut Query) -> Result<(), SqlError> {
    let columns: BTreeMap<&str, &SchemaColumn> =
        schema.columns.iter().map(|column| (column.name.as_str(), column)).collect();
    let features = normaliser.features();
    let mut first = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        first.extend(cells(at, feature, &columns));
    }
    query.layer("kohort_read", first);
    let mut second = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        second.extend(handed_on(at, feature));
        let value = match &feature.reading {
            Reading::Place { .. } => Expr::column(raw(at)),
            reading => fill(at, reading),
        };
        second.push((filled(at), value));
    }
    query.layer("kohort_fill", second);
    let graded = scores::layers(features, query);
    let mut last: Vec<Named> = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        for term in &feature.terms {
            let value = term_of(at, feature, &term.what, &graded)?;
            let value = if is_square(term) { value } else { scaled(value, term) };
            last.push((x_name(last.len()), value));
        }
    }
    let cells_on = || (0..features.len()).map(|at| (raw(at), Expr::column(raw(at))));
    last.extend(cells_on());
    query.layer("kohort_matrix", last);
    let terms: Vec<&Term> = features.iter().flat_map(|feature| &feature.terms).collect();
    if terms.iter().any(|term| is_square(term)) {
        let bent = |(at, term): (usize, &&Term)| {
            let value = if is_square(term) { scaled(squared(&x(at)), term) } else { x(at) };
            (x_name(at), value)
        };
        query.layer("kohort_bend", terms.iter().enumerate().map(bent).chain(cells_on()).collect());
    }
    Ok(())
}

/// As [`prepare_by`], with a layer that holds numbers within the limit of the preparation.
pub(super) fn held(
    schema: &Schema,
    normaliser: &Normaliser,
    query: &mut Query,
) -> Result<(), SqlError> {
    prepare_by(schema, normaliser, query)?;
    let within = |at: usize| {
        let cases = vec![
            (x(at).is(">", LIMIT), Expr::Number(LIMIT)),
            (x(at).is("<", -LIMIT), Expr::Number(-LIMIT)),
        ];
        (x_name(at), Expr::case(cases, x(at)))
    };
    let columns = (0..normaliser.columns().len()).map(within);
    let cells = (0..normaliser.features().len()).map(|at| (raw(at), Expr::column(raw(at))));
    query.layer("kohort_held", columns.chain(cells).collect());
    Ok(())
}

fn scaled(value: Expr, term: &Term) -> Expr {
    value.less(term.centre).by(term.spread)
}

/// A term that takes a layer more, so that what is squared is computed once.
fn is_square(term: &Term) -> bool {
    matches!(term.what, What::Square { .. })
}

/// The square of what is held within its limits.
fn squared(z: &Expr) -> Expr {
    let most = Expr::Number(SQUARE_LIMIT * SQUARE_LIMIT);
    let beyond = [z.clone().is("<", -SQUARE_LIMIT), z.clone().is(">", SQUARE_LIMIT)];
    Expr::case(vec![(Test::Any(beyond.into()), most)], z.clone().square())
}

/// What the layers above need of a feature as it was read.
pub(super) fn handed_on(at: usize, feature: &Feature) -> Vec<(String, Expr)> {
    let mut names = vec![raw(at)];
    match &feature.reading {
        Reading::Place { .. } => names.push(longitude(at)),
        Reading::Number { zero_where: Some(_), .. } => names.push(zero(at)),
        _ => {}
    }
    names.into_iter().map(|name| (name.clone(), Expr::Column(name))).collect()
}

/// The columns that a feature is read from.
fn cells(
    at: usize,
    feature: &Feature,
    columns: &BTreeMap<&str, &SchemaColumn>,
) -> Vec<(String, Expr)> {
    let number = |name: &str| columns.get(name).map_or(Expr::Null, |column| read::number(column));
    // The model was checked: every source is in the schema.
    let Some(column) = columns.get(feature.source.as_str()) else { return Vec::new() };
    let mut cells = Vec::new();
    let value = match &feature.reading {
        Reading::Number { zero_where, .. } => {
            cells.extend(zero_where.iter().map(|other| (zero(at), number(other))));
            read::number(column)
        }
        Reading::Rank { levels, .. } => read::rank(column, levels),
        Reading::Flag { no, yes, .. } => read::flag(column, no, yes),
        Reading::Category { levels, folds, .. } => {
            let pooled = position_of(levels, OTHER);
            read::level(column, |level| {
                let place = position_of(levels, folds.get(level).map_or(level, String::as_str));
                let place = if place < 0.0 { pooled } else { place };
                // A level that no term stands for is there, and is none of them.
                if place < 0.0 { NONE } else { place }
            })
        }
        Reading::Place { longitude: other, .. } => {
            let (latitude, other) = (read::number(column), number(other));
            let is_place = Test::All(vec![
                latitude.clone().is(">=", -90.0),
                latitude.clone().is("<=", 90.0),
                other.clone().is(">=", -180.0),
                other.clone().is("<=", 180.0),
                Test::Any(vec![latitude.clone().is("<>", 0.0), other.clone().is("<>", 0.0)]),
            ]);
            let only = |value: Expr| Expr::case(vec![(is_place.clone(), value)], Expr::Null);
            cells.push((longitude(at), only(other)));
            only(latitude)
        }
        Reading::Member { levels, centred_on, .. } => {
            let answer = |column: &SchemaColumn| match column.kind {
                Kind::Category { .. } => read::rank(column, levels),
                _ => read::number(column),
            };
            if !centred_on.is_empty() {
                let all: Vec<Expr> = centred_on
                    .iter()
                    .filter_map(|name| columns.get(name.as_str()))
                    .map(|column| answer(column))
                    .collect();
                cells.push((own(at), mean_of_known(&all)));
            }
            answer(column)
        }
    };
    cells.push((raw(at), value));
    cells
}

/// A place that no level has; not missing.
const NONE: f64 = 1e9;

/// The mean of those that are there; 0 where none is.
fn mean_of_known(all: &[Expr]) -> Expr {
    let or_zero = |x: &Expr| Expr::case(vec![(x.clone().there(), x.clone())], Expr::Number(0.0));
    let sum = Expr::Sum(all.iter().map(or_zero).collect());
    let n = Expr::Sum(all.iter().map(|x| Expr::indicator(x.clone().there())).collect());
    Expr::case(vec![(n.clone().is("=", 0.0), Expr::Number(0.0))], sum.over(n))
}

/// The cell with what stands in for a missing value, clipped and logarithmised.
fn fill(at: usize, reading: &Reading) -> Expr {
    let cell = Expr::column(raw(at));
    let or = |x: Option<f64>| x.map_or(Expr::Null, Expr::Number);
    let filled =
        |cell: Expr, fill: Option<f64>| Expr::case(vec![(cell.clone().there(), cell)], or(fill));
    match reading {
        Reading::Number { zero_where, fill, curve } => {
            let mut cases = vec![(cell.clone().there(), cell)];
            if zero_where.is_some() {
                cases.push((Expr::column(zero(at)).is("=", 0.0), Expr::Number(0.0)));
            }
            curved(Expr::case(cases, or(*fill)), curve)
        }
        Reading::Rank { fill, curve, .. } => curved(filled(cell, fill.or(Some(0.0))), curve),
        Reading::Flag { fill, .. } => filled(cell, *fill),
        // A missing category with a term of its own is no level.
        Reading::Category { .. } | Reading::Place { .. } => cell,
        Reading::Member { fill, centred_on, .. } => {
            let value = if centred_on.is_empty() {
                cell.clone()
            } else {
                cell.clone().minus(Expr::column(own(at)))
            };
            Expr::case(vec![(cell.there(), value)], or(*fill))
        }
    }
}

/// Clipped, then logarithmised.
fn curved(x: Expr, curve: &Curve) -> Expr {
    let mut value = x;
    if let Some(high) = curve.high {
        value = Expr::case(vec![(value.clone().is(">", high), Expr::Number(high))], value);
    }
    if let Some(low) = curve.low {
        value = Expr::case(vec![(value.clone().is("<", low), Expr::Number(low))], value);
    }
    match curve.log {
        None => value,
        Some(Logarithm { kind: Log::Asinh, unit }) => value.by(unit).call(Function::Asinh),
        Some(Logarithm { kind: Log::Log1p, unit }) => {
            let ratio = Expr::Number(1.0).plus(value.clone().by(unit)).call(Function::Ln);
            Expr::case(vec![(value.is("<", 0.0), Expr::Number(0.0))], ratio)
        }
    }
}

/// The x of a term.
fn term_of(at: usize, feature: &Feature, what: &What, graded: &Graded) -> Result<Expr, SqlError> {
    let (cell, value) = (Expr::column(raw(at)), Expr::column(filled(at)));
    Ok(match what {
        What::Value => value,
        What::Score { .. } => graded.score(at),
        What::Missing => match &feature.reading {
            Reading::Number { zero_where: Some(_), .. } => {
                let zero = Expr::column(zero(at)).is("=", 0.0);
                let cases = vec![(Test::Any(vec![cell.there(), zero]), Expr::Number(0.0))];
                Expr::case(cases, Expr::Number(1.0))
            }
            _ => Expr::indicator(cell.missing()),
        },
        What::Level { position } => {
            let own = feature.terms.iter().any(|term| term.what == What::Missing);
            let here = cell.clone().is("=", *position as f64);
            let usual = match &feature.reading {
                Reading::Category { usual, .. } if !own => usual == position,
                _ => false,
            };
            let is = if usual { Test::Any(vec![here, cell.missing()]) } else { here };
            Expr::indicator(is)
        }
        What::Axis { axis, fill } => {
            let radians = |x: Expr| x.scaled(std::f64::consts::PI / 180.0);
            let (a, o) = (radians(cell.clone()), radians(Expr::column(longitude(at))));
            let of = |x: &Expr, function| x.clone().call(function);
            let point = match axis {
                Axis::X => of(&a, Function::Cos).times(of(&o, Function::Cos)),
                Axis::Y => of(&a, Function::Cos).times(of(&o, Function::Sin)),
                Axis::Z => of(&a, Function::Sin),
            };
            Expr::case(vec![(cell.missing(), Expr::Number(*fill))], point.scaled(EARTH_KM))
        }
        // Squared in the layer above.
        What::Square { centre, spread } => value.less(*centre).by(*spread),
        What::Equals { value } => equals(at, feature, *value)?,
    })
}

/// 1 where the number, or what stands in for it, is this one.
fn equals(at: usize, feature: &Feature, wanted: f64) -> Result<Expr, SqlError> {
    let (zero_where, fill) = match &feature.reading {
        Reading::Number { zero_where, fill, .. } => (zero_where.is_some(), *fill),
        Reading::Rank { fill, .. } => (false, fill.or(Some(0.0))),
        _ => return Err(SqlError::Preparation { column: feature.source.clone() }),
    };
    let cell = Expr::column(raw(at));
    let same = |x: f64| Expr::Number(if x == wanted { 1.0 } else { 0.0 });
    let mut cases = vec![(cell.clone().is("=", wanted), same(wanted))];
    if zero_where {
        let zero = Expr::column(zero(at)).is("=", 0.0);
        cases.push((Test::All(vec![cell.clone().missing(), zero]), same(0.0)));
    }
    cases.push((cell.missing(), fill.map_or(Expr::Null, same)));
    Ok(Expr::case(cases, Expr::Number(0.0)))
}
