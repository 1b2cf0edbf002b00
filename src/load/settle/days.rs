//! How the days of one column are to be read: the one format that all values fit, and
//! whether their times need a zone.

use super::{Around, Column, Count, Format, LoadError, ShapeCount, first_of, rows_of, values};
use crate::load::clock::Clock;
use crate::load::naming;

/// The format, and what stands in the way of reading days.
pub(super) fn settle(
    name: &str,
    column: &Column,
    count: &Count,
    around: &Around,
) -> (Format, Option<LoadError>) {
    let (file, column_name) = (around.file.to_owned(), name.to_owned());
    let with_pattern: Vec<&ShapeCount> =
        values(column).filter(|seen| seen.shape.day.pattern != 0).collect();
    let fits_of = |seen: &ShapeCount| seen.shape.day.fits & !Format::COUNTS;
    let existing = || with_pattern.iter().filter(|seen| fits_of(seen) != 0);
    let all_fit = |of: &dyn Fn(&ShapeCount) -> u32| {
        let fits = existing().fold(!Format::COUNTS, |fits, seen| fits & of(seen));
        Format::ALL.into_iter().filter(|format| fits & format.bit() != 0).collect()
    };
    let mut candidates: Vec<Format> = all_fit(&|seen| fits_of(seen));
    if candidates.is_empty() {
        // Signs between the numbers that differ are no doubt where the order is one.
        candidates = all_fit(&|seen| in_order(fits_of(seen)));
    }
    let declared = around
        .day
        .filter(|declared| candidates.iter().any(|format| format.order() == declared.order()));
    let any = existing().fold(0, |any, seen| any | fits_of(seen));
    let named = |bits: u32| Format::ALL.into_iter().find(|format| bits & format.bit() != 0);
    let fallback = candidates.first().copied().or(named(any)).unwrap_or(Format::YearDash);
    let format = declared.unwrap_or(fallback);
    let is_mixed = candidates.is_empty() && existing().next().is_some();
    let order_matters = existing().any(|seen| seen.shape.day.order_matters);
    let impossible = |seen: &ShapeCount| seen.shape.day.pattern != 0 && fits_of(seen) == 0;
    let problem = if is_mixed {
        Some(LoadError::MixedDays { file, column: column_name, counts: by_format(&with_pattern) })
    } else if let Some(at) =
        first_of(column, |seen| impossible(seen) && !seen.shape.day.placeholder)
    {
        Some(LoadError::ImpossibleDay { file, column: column_name, at: (around.place)(at) })
    } else if let Some(at) = first_of(column, |seen| seen.shape.day.pattern == 0) {
        let (at, n_rows) = ((around.place)(at), count.total);
        let n_odd = rows_of(column, |seen| seen.shape.day.pattern == 0);
        Some(LoadError::NotDay { file, column: column_name, at, n_odd, n_rows })
    } else if let Some(at) = first_of(column, |seen| seen.shape.day.placeholder) {
        let (at, n_rows) = ((around.place)(at), count.total);
        let n_odd = rows_of(column, |seen| seen.shape.day.placeholder);
        Some(LoadError::PlaceholderDay { file, column: column_name, at, n_odd, n_rows })
    } else if candidates.len() > 1 && declared.is_none() && order_matters {
        let ways: Vec<String> =
            candidates.iter().map(|format| format!("as {}", format.name())).collect();
        let ways = ways.join(" and ");
        Some(LoadError::AmbiguousDays { file, column: column_name, ways })
    } else {
        zones(name, column, count, around)
    };
    (format, problem)
}

/// The orders of formats, each as its first format.
fn in_order(formats: u32) -> u32 {
    let fit = Format::ALL.into_iter().filter(|format| formats & format.bit() != 0);
    fit.fold(0, |orders, format| orders | format.order().bit())
}

/// `dd/mm/yyyy fits 120, yyyy-mm-dd fits 80`.
fn by_format(with_pattern: &[&ShapeCount]) -> String {
    let mut parts = Vec::new();
    for format in Format::ALL {
        let fits = with_pattern.iter().filter(|seen| seen.shape.day.fits & format.bit() != 0);
        let n_rows: u64 = fits.map(|seen| seen.n_rows).sum();
        if n_rows > 0 && format.bit() & Format::COUNTS == 0 {
            parts.push(format!("{} fits {n_rows}", format.name()));
        }
    }
    parts.join(", ")
}

/// Times with and without a zone belong to one calendar only where a zone is declared;
/// moments in UTC and in local times do not mix either. A declared zone must have had
/// every local time.
fn zones(name: &str, column: &Column, count: &Count, around: &Around) -> Option<LoadError> {
    let (file, column_name) = (around.file.to_owned(), name.to_owned());
    let clocks = |is: &dyn Fn(Clock) -> bool| rows_of(column, |seen| is(seen.shape.day.clock));
    let first = |is: &dyn Fn(Clock) -> bool| {
        first_of(column, |seen| is(seen.shape.day.clock)).map(around.place)
    };
    if let Some(zone) = around.zone {
        let is = |clock: Clock| clock == Clock::Skipped;
        let (at, n_odd, n_rows) = (first(&is)?, clocks(&is), count.total);
        let zone = zone.name();
        return Some(LoadError::SkippedTime { file, column: column_name, at, zone, n_odd, n_rows });
    }
    let (utc, offset) = (clocks(&|clock| clock == Clock::Utc), clocks(&|c| c == Clock::Offset));
    let local = count.total - utc - offset;
    let (n_zoned, n_local) = match (utc, offset, local) {
        (0, 0, _) | (0, _, 0) | (_, 0, 0) => return None,
        (_, _, 0) => (utc, offset),
        _ => (utc + offset, local),
    };
    // The first of the rarer ones shows what is mixed.
    let zoned_is_rare = n_zoned <= n_local;
    let at = match (local, zoned_is_rare) {
        (0, true) => first(&|clock| clock == Clock::Utc),
        (0, false) => first(&|clock| clock == Clock::Offset),
        (_, is_zoned) => first(&|clock| clock.is_zoned() == is_zoned),
    }?;
    Some(LoadError::MixedZones { file, column: column_name, at, n_zoned, n_local })
}

/// What a column of numbers is that may be counts of days.
pub(super) enum Counted {
    /// Days in this format.
    Days(Format),
    /// Some are counted in one way and some in another.
    Mixed(LoadError),
}

/// The count of days that all values can be: the declared one before others.
pub(super) fn count(column: &Column, around: &Around) -> Option<Format> {
    let all = values(column).fold(Format::COUNTS, |fits, seen| fits & seen.shape.day.fits);
    let fits = |format: &Format| format.bit() & all != 0;
    around.day.filter(fits).or_else(|| Format::ALL.into_iter().find(fits))
}

/// Whether numbers are days: where the format is declared and all values lie in 1990 to
/// 2050; of a spreadsheet also undeclared where the name means a day. Else they are
/// numbers.
pub(super) fn counted(name: &str, column: &Column, around: &Around) -> Option<Counted> {
    let all = values(column).fold(Format::COUNTS, |fits, seen| fits & seen.shape.day.fits);
    let means_day = naming::means_day(name);
    let declared = around.day.filter(|format| format.bit() & all != 0);
    match declared {
        Some(Format::Excel) if !means_day => {}
        Some(format) => return Some(Counted::Days(format)),
        None => {}
    }
    if !means_day {
        return None;
    }
    if all & Format::Excel.bit() != 0 {
        return Some(Counted::Days(Format::Excel));
    }
    let each = values(column).all(|seen| seen.shape.day.fits & Format::COUNTS != 0);
    if all != 0 || !each {
        return None;
    }
    let ways = [Format::Excel, Format::Seconds, Format::Milliseconds];
    let counts: Vec<String> = ways
        .into_iter()
        .map(|way| (way, rows_of(column, |seen| seen.shape.day.fits & way.bit() != 0)))
        .filter(|(_, n)| *n > 0)
        .map(|(way, n)| format!("{} fits {n}", way.name()))
        .collect();
    let (file, column) = (around.file.to_owned(), name.to_owned());
    Some(Counted::Mixed(LoadError::MixedCounts { file, column, counts: counts.join(", ") }))
}
