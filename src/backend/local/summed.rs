//! Order lines summed up to customers: the lines are dealt out to files by the hash of their
//! customer, so that each file holds all lines of its customers and can be summed up by
//! itself, in memory.

use std::path::Path;

use rayon::prelude::*;

use super::dealt::{Dealt, Line};
use super::pass::{Pass, ids};
use super::write::{self, Published};
use crate::backend::summing::{DAY, FIRST, LAST, Summing};
use crate::backend::{BackendError, Receipt, hash_of};
use crate::export::sheet::{Cells as Out, Sheet};
use crate::export::{OutputFile, Staging};
use crate::expression::{Cells, Chunk, Expr, Named, Query, Values};

/// About so many lines are summed up at once: some 200 bytes each.
const LINES: u64 = 1 << 20;
/// The most files that are open at once: systems allow 1,024.
const MOST_PARTS: u64 = 512;

/// Writes into `place/_customers=RUN`.
pub(super) fn write(pass: &Pass, summing: &Summing, place: &Path) -> Result<Receipt, BackendError> {
    let folder = place.join(format!("_customers={}", summing.run));
    let pattern = folder.join("part-*.parquet").display().to_string();
    let receipt = |rows, already| Receipt { place: pattern.clone(), rows, already };
    if let Some(found) = write::published(&folder)? {
        return if found.is_of(&summing.run, pass.relation) {
            Ok(receipt(found.rows, true))
        } else {
            Err(write::taken(&folder))
        };
    }
    write::emptied(&folder)?;
    let n_parts = (pass.relation.rows / LINES + 1).min(MOST_PARTS) as usize;
    let aside = place.join(format!("_lines={}", summing.run));
    let mut dealt = Dealt::new(aside, n_parts)?;
    pass.each(&|at| deal(pass, summing, at, n_parts), &mut |parts| dealt.add(&parts))?;
    dealt.finish()?;
    let staging = Staging::new(folder.clone());
    let (mut rows, mut files) = (0, Vec::new());
    let parts: Vec<usize> = (0..n_parts).collect();
    for wave in parts.chunks(rayon::current_num_threads().max(1)) {
        let made: Vec<Result<(u64, OutputFile), BackendError>> = wave
            .par_iter()
            .map(|&at| part(&dealt.read(at)?, summing, &pass.relation.id, (&staging, at)))
            .collect();
        for one in made {
            let (n, file) = one?;
            rows += n;
            files.push(file);
        }
    }
    if rows == 0 {
        return Err(BackendError::NoRows { table: pass.relation.name.clone() });
    }
    let (run, fingerprint) = (summing.run.clone(), pass.relation.fingerprint.clone());
    write::publish(&folder, &Published { run, fingerprint, rows, files })?;
    Ok(receipt(rows, false))
}

/// The lines of a piece that count, each in the bytes of its part.
fn deal(
    pass: &Pass,
    summing: &Summing,
    at: usize,
    n_parts: usize,
) -> Result<Vec<Vec<u8>>, BackendError> {
    let chunk = pass.piece(at, &[pass.id()])?;
    let ids = ids(&chunk, &pass.relation.id)?;
    let mut parts = vec![Vec::new(); n_parts];
    let mut numbers = vec![0.0; summing.lines.len()];
    pass.blocks(&chunk, &mut |rows, values| {
        let [day, order, summed @ ..] = values else {
            return Err(BackendError::Internal { what: "the values of a line" });
        };
        for (row, id) in ids[rows].iter().enumerate() {
            let (Some(id), Some(day)) = (id, day.number(row)) else { continue };
            for (number, values) in numbers.iter_mut().zip(summed) {
                *number = values.number(row).unwrap_or(0.0);
            }
            let hash = hash_of(0, id).cast_unsigned();
            let part = ((u128::from(hash) * n_parts as u128) >> 64) as usize;
            Line { id, day: day as i32, order: order.text(row) }.put(&numbers, &mut parts[part]);
        }
        Ok(())
    })?;
    Ok(parts)
}

/// Sums of some rows, column by column, with a row of the level below where each begins.
struct Sums<'a> {
    columns: Vec<Vec<f64>>,
    first: Vec<usize>,
    names: &'a [Named],
}

impl<'a> Sums<'a> {
    /// Sums up the rows of each stretch; `n` rows, of which `same` says whether one belongs
    /// to the one before, and `of` gives a number.
    fn of(
        names: &'a [Named],
        n: usize,
        same: impl Fn(usize) -> bool,
        of: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let mut sums = Self { columns: vec![Vec::new(); names.len()], first: Vec::new(), names };
        for row in 0..n {
            if row == 0 || !same(row) {
                sums.first.push(row);
                sums.columns.iter_mut().for_each(|column| column.push(0.0));
            }
            for (at, column) in sums.columns.iter_mut().enumerate() {
                if let Some(sum) = column.last_mut() {
                    *sum += of(at, row);
                }
            }
        }
        sums
    }

    fn n(&self) -> usize {
        self.first.len()
    }

    /// The sums as a chunk, for the expressions of the next level.
    fn chunk(self, more: Vec<(&str, Cells)>) -> Result<Chunk, BackendError> {
        let mut chunk = Chunk::new(self.first.len());
        let own = self.names.iter().map(|(name, _)| name.as_str());
        let own = own.zip(self.columns.into_iter().map(Cells::numbers));
        let all = own.chain(more).all(|(name, cells)| chunk.add(name, cells));
        if all { Ok(chunk) } else { Err(BackendError::Internal { what: "the sums of lines" }) }
    }
}

fn exprs(named: &[Named]) -> Vec<Expr> {
    named.iter().map(|(_, expr)| expr.clone()).collect()
}

/// Sums up the lines of a part and writes its customers; how many there are.
fn part(
    bytes: &[u8],
    summing: &Summing,
    id: &str,
    (staging, at): (&Staging, usize),
) -> Result<(u64, OutputFile), BackendError> {
    let plain = Query::new(id);
    let mut lines = Line::all(bytes, summing.lines.len())?;
    lines.sort_unstable_by_key(|(line, _)| *line);
    let number = |values: &[Values], at: usize, row: usize| values[at].number(row).unwrap_or(0.0);

    let same = |row: usize| lines[row].0 == lines[row - 1].0;
    let orders = Sums::of(&summing.lines, lines.len(), same, |at, row| lines[row].1.number(at));
    let (n, first) = (orders.n(), orders.first.clone());
    let of_order = |order: usize| lines[first[order]].0;
    let (asked, chunk) = (exprs(&summing.orders), orders.chunk(Vec::new())?);
    let values = plain.evaluate(&chunk, 0..n, &asked)?;

    let day = |order: usize| (of_order(order).id, of_order(order).day);
    let same = |row: usize| day(row) == day(row - 1);
    let days = Sums::of(&summing.orders, n, same, |at, row| number(&values, at, row));
    let (n, first) = (days.n(), days.first.clone());
    let of_day: Vec<(&str, i32)> = first.iter().map(|&order| day(order)).collect();
    let numbers = Cells::numbers(of_day.iter().map(|&(_, day)| f64::from(day)).collect());
    let mut asked = exprs(&summing.days);
    asked.push(summing.on.clone());
    let chunk = days.chunk(vec![(DAY, numbers)])?;
    let values = plain.evaluate(&chunk, 0..n, &asked)?;

    let same = |row: usize| of_day[row].0 == of_day[row - 1].0;
    let customers = Sums::of(&summing.days, n, same, |at, row| number(&values, at, row));
    let on: Vec<Option<f64>> = (0..n).map(|row| values[summing.days.len()].number(row)).collect();
    let ends: Vec<usize> = customers.first.iter().skip(1).copied().chain([n]).collect();
    let span = customers.first.iter().zip(ends).map(|(&from, to)| span(&on[from..to]));
    let span: Vec<Option<[f64; 2]>> = span.collect();
    let ids: Vec<&str> = customers.first.iter().map(|&row| of_day[row].0).collect();
    let end = |which: usize| {
        Cells::numbers(span.iter().map(|span| span.map_or(f64::NAN, |span| span[which])).collect())
    };
    let chunk = customers.chunk(vec![(FIRST, end(0)), (LAST, end(1))])?;
    let kept: Vec<usize> = (0..ids.len()).filter(|&row| span[row].is_some()).collect();
    let asked: Vec<Expr> = summing.customers.iter().map(|output| output.value.clone()).collect();
    let values = plain.evaluate(&chunk, 0..ids.len(), &asked)?;

    let mut sheet = Sheet::new();
    let own = kept.iter().map(|&row| Some(ids[row].to_owned())).collect();
    sheet.push(id, Out::Text(own));
    for (output, values) in summing.customers.iter().zip(&values) {
        let mut cells = write::empty(output.written, kept.len());
        write::add(&mut cells, values, kept.iter().copied());
        sheet.push(&output.name, cells);
    }
    let name = format!("part-{at:06}.parquet");
    Ok((kept.len() as u64, write::sheet(staging, &name, &sheet)?))
}

/// The lowest and the highest that are there.
fn span(days: &[Option<f64>]) -> Option<[f64; 2]> {
    let known = || days.iter().flatten().copied();
    known().next()?;
    Some([known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max)])
}
