//! How sure the model is that customers are still active, on a grid of how often they ordered
//! and how long they have been silent. A cell of fewer than `min_cell` customers is withheld,
//! and others with it until the number of all customers does not give it away. Customers whom
//! the model gives no chance to leave, such as those with one order in BG/NBD, are in no cell.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use super::History;
use super::candidates::Ready;
use crate::results::value::{AliveCell, AliveGrid};

/// The fewest orders of each row.
const ORDERS: [u32; 7] = [1, 2, 3, 4, 6, 10, 20];
/// The most days of silence of each column; the last holds all others.
const SILENCE: [u32; 14] =
    [7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 1_095, 1_825, u32::MAX];
/// Columns that are shown.
const COLUMNS: usize = 8;

/// The grid of a model of this name; `None` where it knows no leaving.
pub(super) fn grid(
    ready: &Ready,
    name: &str,
    histories: &[History],
    min_cell: usize,
) -> Option<AliveGrid> {
    let active: &dyn Fn(History) -> f64 = match ready {
        Ready::Bg(model) => &|history| model.active(history),
        Ready::Pareto(model) => &|history| model.active(history),
        Ready::Nbd(_) | Ready::Regression(_) | Ready::Rate | Ready::Recency(_) => return None,
    };
    let longest = histories.iter().map(|history| history.days_since_last()).max()?;
    let silence = columns(longest);
    let mut sums = vec![(0_u64, 0.0); ORDERS.len() * silence.len()];
    // To whom the model gives no chance to leave, of them it says nothing.
    let known = histories.iter().map(|&history| (history, active(history)));
    for (history, active) in known.filter(|(_, active)| *active < 1.0) {
        let row = ORDERS.partition_point(|&least| least <= history.repeats + 1).max(1) - 1;
        let column = silence.partition_point(|&most| most < history.days_since_last());
        let cell = &mut sums[row * silence.len() + column.min(silence.len() - 1)];
        cell.0 += 1;
        cell.1 += active;
    }
    let told = told(&sums.iter().map(|cell| cell.0).collect::<Vec<u64>>(), min_cell as u64);
    let cells = sums.iter().zip(&told).enumerate().filter(|(_, (cell, _))| cell.0 > 0).map(
        |(at, (&(n, sum), &told))| AliveCell {
            orders: at / silence.len(),
            silence: at % silence.len(),
            customers: told.then_some(n),
            active: told.then(|| (sum / n as f64).clamp(0.0, 1.0)),
        },
    );
    let mut cells: Vec<AliveCell> = cells.collect();
    // Rows begin where somebody is, and end there.
    let first = cells.iter().map(|cell| cell.orders).min()?;
    let last = cells.iter().map(|cell| cell.orders).max()?;
    for cell in &mut cells {
        cell.orders -= first;
    }
    cells.iter().any(|cell| cell.active.is_some()).then(|| AliveGrid {
        model: name.to_owned(),
        orders: ORDERS[first..=last].to_vec(),
        silence,
        cells,
    })
}

/// The ends of the columns up to the longest silence, evenly thinned to as many as are shown.
fn columns(longest: u32) -> Vec<u32> {
    let needed = SILENCE.partition_point(|&most| most < longest) + 1;
    let mut ends: Vec<u32> = SILENCE[..needed.min(SILENCE.len())].to_vec();
    // The ends closest to each other in kind go first: those of short silence.
    while ends.len() > COLUMNS {
        let tightest = (0..ends.len() - 2)
            .min_by(|&a, &b| ratio(&ends, a).total_cmp(&ratio(&ends, b)))
            .unwrap_or(0);
        ends.remove(tightest);
    }
    if let Some(last) = ends.last_mut() {
        *last = longest.max(1);
    }
    ends
}

/// How many times as long the next end is.
fn ratio(ends: &[u32], at: usize) -> f64 {
    f64::from(ends[at + 1]) / f64::from(ends[at])
}

/// Which cells may be told: those of enough customers, less the smallest of them until what is
/// withheld could be spread in many ways.
fn told(counts: &[u64], few: u64) -> Vec<bool> {
    let mut told: Vec<bool> = counts.iter().map(|&n| n >= few.max(1)).collect();
    loop {
        let hidden = || counts.iter().zip(&told).filter(|(n, told)| **n > 0 && !**told);
        let (cells, customers) = hidden().fold((0, 0), |(cells, sum), (n, _)| (cells + 1, sum + n));
        if cells == 0 || (cells > 1 && customers - cells >= few) {
            return told;
        }
        let smallest = (0..counts.len()).filter(|&at| told[at]).min_by_key(|&at| (counts[at], at));
        match smallest {
            Some(at) => told[at] = false,
            None => return told,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::bg_nbd::{BgNbd, Leaving};
    use super::*;

    fn history(repeats: u32, first_to_last_days: u32, observed_days: u32) -> History {
        History { repeats, first_to_last_days, observed_days }
    }

    #[test]
    fn cells_are_means_over_their_customers() {
        let model = BgNbd::of(Leaving::AfterRepeats, [0.243, 30.9, 0.793, 2.426]);
        let histories = [vec![history(1, 100, 104); 12], vec![history(5, 300, 390); 15]].concat();
        let grid = grid(&Ready::Bg(model), "BG/NBD", &histories, 10).unwrap();
        assert_eq!(grid.silence, [7, 14, 30, 60, 90]);
        assert_eq!(grid.cells.len(), 2);
        let (a, b) = (grid.cells[0], grid.cells[1]);
        assert_eq!(grid.orders, [2, 3, 4, 6]);
        assert_eq!((a.orders, a.silence, a.customers), (0, 0, Some(12)));
        assert_eq!((b.orders, b.silence, b.customers), (3, 4, Some(15)));
        assert!((b.active.unwrap() - model.active(histories[20])).abs() < 1e-12);
    }

    #[test]
    fn one_small_cell_takes_another_with_it() {
        assert_eq!(told(&[40, 3, 0, 12, 25], 10), [true, false, false, false, true]);
        assert_eq!(told(&[40, 3, 8, 12, 25], 10), [true, false, false, false, true]);
        assert_eq!(told(&[40, 9, 9, 12], 10), [true, false, false, true]);
        assert_eq!(told(&[40, 12], 10), [true, true]);
    }

    #[test]
    fn long_silences_are_thinned_to_eight_columns() {
        let ends = columns(2_000);
        assert_eq!((ends.len(), ends[7]), (8, 2_000));
        assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(columns(0), [1]);
    }
}
