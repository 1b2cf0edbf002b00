//! The customers whose hash is lowest.

use std::collections::BTreeSet;

use super::pass::{Pass, ids, wanted};
use crate::backend::lines::of_lowest;
use crate::backend::{BackendError, HashSample, Relation, Sample, hash_of, threshold};
use crate::expression::{Cells, Chunk};
use crate::load::Wanted;

/// Rows of one piece whose hash is low.
struct Low {
    hashes: Vec<i64>,
    ids: Vec<String>,
    /// The columns that were asked for, in their order.
    columns: Vec<Cells>,
}

/// The lowest of all pieces, at most as many as asked for.
pub(super) fn lowest(pass: &Pass, asked: &HashSample) -> Result<Sample, BackendError> {
    let relation = pass.relation;
    let columns = columns(relation, asked)?;
    let bound = threshold(relation.rows, asked.most);
    let of = |at: usize| low(pass, at, asked.seed, bound, &columns);
    let mut parts: Vec<Low> = Vec::new();
    pass.each(&of, &mut |low| {
        parts.push(low);
        Ok(())
    })?;
    let mut order: Vec<(i64, &str, usize, usize)> = Vec::new();
    for (part, low) in parts.iter().enumerate() {
        let rows = low.hashes.iter().zip(&low.ids).enumerate();
        order.extend(rows.map(|(row, (&hash, id))| (hash, id.as_str(), part, row)));
    }
    order.sort_unstable();
    order.truncate(asked.most);
    let ids = order.iter().map(|(_, id, ..)| (*id).to_owned()).collect();
    let places: Vec<(usize, usize)> = order.iter().map(|&(.., part, row)| (part, row)).collect();
    let mut chunk = Chunk::new(places.len());
    for (at, wanted) in columns.iter().enumerate() {
        let from: Vec<&Cells> = parts.iter().map(|part| &part.columns[at]).collect();
        let cells = gathered(&from, &places);
        if !cells.is_some_and(|cells| chunk.add(&wanted.column, cells)) {
            return Err(BackendError::Internal { what: "a column of the sample" });
        }
    }
    Ok(Sample { ids, columns: chunk })
}

/// All lines of the customers whose hash is lowest.
pub(super) fn lines_of_lowest(pass: &Pass, asked: &HashSample) -> Result<Sample, BackendError> {
    let columns = columns(pass.relation, asked)?;
    let mut lowest = BTreeSet::new();
    let of = |at: usize| {
        let chunk = pass.piece(at, &[pass.id()])?;
        let mut own = BTreeSet::new();
        for id in ids(&chunk, &pass.relation.id)?.iter().flatten() {
            keep_lowest(&mut own, hash_of(asked.seed, id), asked.most);
        }
        Ok(own)
    };
    pass.each(&of, &mut |own: BTreeSet<i64>| {
        for hash in own {
            keep_lowest(&mut lowest, hash, asked.most);
        }
        Ok(())
    })?;
    // The lines of the customer with the highest hash that counts are below the next number.
    let bound = lowest.last().and_then(|hash| hash.checked_add(1));
    let of = |at: usize| low(pass, at, asked.seed, bound, &columns);
    let (mut named, mut hashes, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    pass.each(&of, &mut |low| {
        named.extend(low.ids);
        hashes.extend(low.hashes);
        parts.push(low.columns);
        Ok(())
    })?;
    let mut places = Vec::with_capacity(named.len());
    for (part, columns) in parts.iter().enumerate() {
        places.extend((0..columns.first().map_or(0, Cells::len)).map(|row| (part, row)));
    }
    let mut chunk = Chunk::new(named.len());
    for (at, wanted) in columns.iter().enumerate() {
        let from: Vec<&Cells> = parts.iter().map(|part| &part[at]).collect();
        let cells = gathered(&from, &places);
        if !cells.is_some_and(|cells| chunk.add(&wanted.column, cells)) {
            return Err(BackendError::Internal { what: "a column of the sample" });
        }
    }
    of_lowest((&named, &hashes), &chunk, pass.relation, asked)
}

/// Adds a hash to the lowest ones.
fn keep_lowest(lowest: &mut BTreeSet<i64>, hash: i64, most: usize) {
    let full = lowest.len() >= most;
    if full && lowest.last().is_none_or(|&last| hash >= last) {
        return;
    }
    if lowest.insert(hash) && full {
        lowest.pop_last();
    }
}

/// What is read of the columns that are asked for.
fn columns(relation: &Relation, asked: &HashSample) -> Result<Vec<Wanted>, BackendError> {
    let column = |name: &String| {
        let known = relation.column(name).ok_or_else(|| BackendError::NoColumn {
            table: relation.name.clone(),
            column: name.clone(),
        })?;
        Ok(wanted(name, known.holds.read_as()))
    };
    asked.columns.iter().map(column).collect()
}

/// The rows of a piece below a bound.
fn low(
    pass: &Pass,
    at: usize,
    seed: u64,
    bound: Option<i64>,
    columns: &[Wanted],
) -> Result<Low, BackendError> {
    let chunk = pass.piece(at, &[pass.id()])?;
    let all = ids(&chunk, &pass.relation.id)?;
    let (mut rows, mut hashes, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for (row, id) in all.iter().enumerate() {
        let Some(id) = id else { continue };
        let hash = hash_of(seed, id);
        if bound.is_none_or(|bound| hash < bound) {
            rows.push(row);
            hashes.push(hash);
            kept.push(id.clone());
        }
    }
    let chunk = pass.piece(at, columns)?;
    let cells = columns.iter().map(|wanted| {
        let known = pass.relation.column(&wanted.column).map(|column| column.holds.read_as());
        let cells = known.and_then(|read_as| chunk.column(&wanted.column, read_as));
        cells.map(|cells| cells.take(&rows))
    });
    let cells: Option<Vec<Cells>> = cells.collect();
    let columns = cells.ok_or(BackendError::Internal { what: "a column of a piece" })?;
    Ok(Low { hashes, ids: kept, columns })
}

/// One column of cells from several pieces.
fn gathered(from: &[&Cells], places: &[(usize, usize)]) -> Option<Cells> {
    Some(match from.first()? {
        Cells::Number { .. } => {
            let (mut values, mut null) = (Vec::new(), Vec::new());
            for &(part, row) in places {
                let Cells::Number { values: own, null: gone } = from[part] else { return None };
                values.push(own[row]);
                null.push(gone.get(row).copied().unwrap_or(false));
            }
            if !null.contains(&true) {
                null.clear();
            }
            Cells::Number { values, null }
        }
        Cells::Text(_) => {
            let text = |&(part, row): &(usize, usize)| match from[part] {
                Cells::Text(own) => Some(own[row].clone()),
                _ => None,
            };
            Cells::Text(places.iter().map(text).collect::<Option<_>>()?)
        }
        Cells::Day(_) => {
            let day = |&(part, row): &(usize, usize)| match from[part] {
                Cells::Day(own) => Some(own[row]),
                _ => None,
            };
            Cells::Day(places.iter().map(day).collect::<Option<_>>()?)
        }
    })
}
