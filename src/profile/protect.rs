//! Which cells of a table of counts are withheld, so that nobody can work out a small one
//! from the totals: the attacker knows the sums of all rows and columns, that withheld cells
//! hold somebody, and every other cell.
//!
//! How far a withheld cell can be bounded is a flow problem: adding one customer to it and
//! taking one away along rows and columns must leave every sum as it is. A cell of few
//! customers is safe when the values that it could have span at least `min_cell`, or, in a
//! line of fewer, all that its sum allows. Where no cells are left to withhold and the sums
//! alone would give one away, the sums of rows are withheld as well.
//!
//! # References
//!
//! Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, section 4.4.
//! Cox, L. (1980). Suppression methodology and statistical disclosure control. Journal of
//! the American Statistical Association 75(370).

use std::collections::VecDeque;

/// More than any count.
const FREE: u64 = u64::MAX / 4;

/// A table with what is withheld. Rows whose sum is not told may share it among them.
pub(super) struct Table<'a> {
    /// Customers, row by row.
    pub(super) counts: &'a [&'a [u64]],
    /// Whether a cell is withheld.
    pub(super) hidden: &'a mut [Vec<bool>],
    /// Cells that are told elsewhere: to withhold them here is of no use. May be empty.
    pub(super) fixed: &'a [Vec<bool>],
    /// Whether the sum of a row is withheld.
    pub(super) untold: &'a mut [bool],
    /// Cells of fewer customers are to be protected.
    pub(super) min_cell: usize,
}

impl Table<'_> {
    fn rows(&self) -> usize {
        self.counts.len()
    }

    fn columns(&self) -> usize {
        self.counts.first().map_or(0, |row| row.len())
    }

    /// Withholds more cells until no small one can be worked out. Each step withholds the
    /// smallest told cell beside a cell in danger, or the sum of one more row, so it ends.
    pub(super) fn protect(&mut self) {
        while let Some((row, column)) = self.in_danger() {
            let beside = self.smallest(|r, c, n| (r == row || c == column) && n > 0);
            // A line so small that its sum tells each of its cells: that the others are empty
            // must not be told.
            let empty = || {
                let (low, high) = self.bounds(row, column);
                let line = |r: usize, c: usize, n: u64| (r == row || c == column) && n == 0;
                if low == high { self.smallest(line) } else { None }
            };
            // Nothing left beside it: the smallest told cell anywhere opens a way round.
            let found = beside.or_else(empty).or_else(|| self.smallest(|_, _, n| n > 0));
            match found {
                Some((r, c)) => self.hidden[r][c] = true,
                // Even where there is nobody is told no more: what is left are the sums.
                None if self.hide_all() => {}
                // The sums alone give it away: those of rows are withheld as well.
                None => {
                    if !self.untell(row) {
                        return;
                    }
                }
            }
        }
    }

    /// Withholds all that is not told elsewhere; says whether anything was left to withhold.
    fn hide_all(&mut self) -> bool {
        let mut any = false;
        for (r, row) in self.hidden.iter_mut().enumerate() {
            for (c, hidden) in row.iter_mut().enumerate() {
                if !*hidden && !is_fixed(self.fixed, r, c) {
                    (*hidden, any) = (true, true);
                }
            }
        }
        any
    }

    /// Tells large cells again that the sums tell anyway, but for those that are `held`: to
    /// withhold what everybody can work out is a riddle. No small cell is known any better.
    pub(super) fn tell_what_is_known(&mut self, held: &[Vec<bool>]) {
        let cells = held.iter().enumerate().flat_map(|(row, held)| {
            held.iter()
                .enumerate()
                .filter(|(_, held)| !**held)
                .map(move |(column, _)| (row, column))
        });
        let columns = self.columns();
        for (row, column) in cells.filter(|&(_, column)| column < columns) {
            let is_large = self.counts[row][column] >= self.min_cell as u64;
            if self.hidden[row][column] && is_large && !self.untold[row] {
                let (low, high) = self.bounds(row, column);
                self.hidden[row][column] = low != high;
            }
        }
    }

    /// The told cell of fewest customers among those that are asked for.
    fn smallest(&self, asked: impl Fn(usize, usize, u64) -> bool) -> Option<(usize, usize)> {
        (0..self.rows())
            .flat_map(|r| (0..self.columns()).map(move |c| (r, c)))
            .filter(|&(r, c)| !self.hidden[r][c] && !is_fixed(self.fixed, r, c))
            .filter(|&(r, c)| asked(r, c, self.counts[r][c]))
            .min_by_key(|&(r, c)| (self.counts[r][c], r, c))
    }

    /// Withholds the sum of a row, and of the smallest other one where it would be the only
    /// one; of the smallest where its own is withheld. False where none is left.
    fn untell(&mut self, row: usize) -> bool {
        let sum = |r: usize| self.counts[r].iter().sum::<u64>();
        // An empty row counts: that nobody is in it gives the others away.
        let mut left: Vec<usize> = (0..self.rows()).filter(|&r| !self.untold[r]).collect();
        left.sort_by_key(|&r| (r != row, sum(r), r));
        let alone = self.untold.iter().all(|&untold| !untold);
        let next: Vec<usize> = left.into_iter().take(1 + usize::from(alone)).collect();
        for &r in &next {
            self.untold[r] = true;
        }
        !next.is_empty()
    }

    /// Whether a withheld cell may hold nobody: where cells of nobody are withheld as well.
    fn may_be_empty(&self) -> bool {
        let cells = self.counts.iter().zip(self.hidden.iter());
        cells.flat_map(|(row, hidden)| row.iter().zip(hidden)).any(|(&n, &held)| held && n == 0)
    }

    /// The first small cell that can be bounded too tightly.
    pub(super) fn in_danger(&self) -> Option<(usize, usize)> {
        let few = self.min_cell as u64;
        (0..self.rows()).flat_map(|r| (0..self.columns()).map(move |c| (r, c))).find(|&(r, c)| {
            let n = self.counts[r][c];
            self.hidden[r][c] && n > 0 && n < few && {
                let (low, high) = self.bounds(r, c);
                low == high || high - low < few.min(self.slack(r, c))
            }
        })
    }

    /// How many values the told sums of a cell's row and column leave it, when everything
    /// in them is withheld: a line of few customers can hide no more than that.
    fn slack(&self, row: usize, column: usize) -> u64 {
        let left = |line: &mut dyn Iterator<Item = u64>| {
            let (sum, cells) = line.filter(|&n| n > 0).fold((0, 0), |(s, k), n| (s + n, k + 1));
            sum - cells
        };
        let down = left(&mut self.counts.iter().map(|row| row[column]));
        if self.untold[row] {
            return down;
        }
        down.min(left(&mut self.counts[row].iter().copied()))
    }

    /// The values that a withheld cell could have, as the attacker sees it; cut where they
    /// span `min_cell` anyway.
    pub(super) fn bounds(&self, row: usize, column: usize) -> (u64, u64) {
        let enough = self.min_cell as u64;
        let n = self.counts[row][column];
        let (from, to) = (row, self.rows() + column);
        let up = self.flow(to, from, (row, column), enough);
        let floor = u64::from(!self.may_be_empty());
        let down = self.flow(from, to, (row, column), enough.min(n.saturating_sub(floor)));
        (n - down, n + up)
    }

    /// How much can be moved between two nodes, at most `enough`: rows come first, then
    /// columns. From a row to a column a withheld cell grows, the other way it shrinks, to 1
    /// at least. `without` is the cell in question.
    fn flow(&self, from: usize, to: usize, without: (usize, usize), enough: u64) -> u64 {
        let nodes = self.rows() + self.columns();
        let mut room = vec![vec![0_u64; nodes]; nodes];
        let floor = u64::from(!self.may_be_empty());
        let cells = (0..self.rows()).flat_map(|r| (0..self.columns()).map(move |c| (r, c)));
        for (r, c) in cells.filter(|&(r, c)| self.hidden[r][c] && (r, c) != without) {
            let at = self.rows() + c;
            room[r][at] = FREE;
            room[at][r] = self.counts[r][c].saturating_sub(floor);
        }
        let pairs = (0..self.rows()).flat_map(|r| (0..self.rows()).map(move |o| (r, o)));
        for (r, other) in pairs.filter(|&(r, o)| r != o && self.untold[r] && self.untold[o]) {
            room[r][other] = FREE;
        }
        let mut moved = 0;
        while moved < enough {
            let Some(path) = shortest(&room, from, to) else { break };
            let steps = || path.windows(2).map(|step| (step[0], step[1]));
            let least = steps().map(|(a, b)| room[a][b]).min().unwrap_or(0);
            let least = least.min(enough - moved);
            for (a, b) in steps() {
                room[a][b] -= least;
                room[b][a] = room[b][a].saturating_add(least).min(FREE);
            }
            moved += least;
        }
        moved
    }
}

/// Whether a cell is told elsewhere.
pub(super) fn is_fixed(fixed: &[Vec<bool>], row: usize, column: usize) -> bool {
    fixed.get(row).is_some_and(|row| row.get(column).copied().unwrap_or(false))
}

/// Of two levels the one tells the other, so groups (rows) withhold both: those of few customers
/// first and then the smallest, until none of few can be worked out. `hidden` says which are
/// withheld in any case.
pub(super) fn two_levels(counts: &[&[u64]], hidden: &mut [Vec<bool>], min_cell: usize) {
    let few = |n: u64| n > 0 && n < min_cell as u64;
    let smallest = |group: usize| counts[group].iter().filter(|&&n| n > 0).min().copied();
    let mut order: Vec<usize> = (0..counts.len()).filter(|&g| smallest(g).is_some()).collect();
    order.sort_by_key(|&group| (smallest(group), group));
    for group in order {
        let mut sums = vec![false; counts.len()];
        let table = Table { counts, hidden, fixed: &[], untold: &mut sums, min_cell };
        if counts[group].iter().any(|&n| few(n)) || table.in_danger().is_some() {
            hidden[group].fill(true);
        }
    }
}

/// The shortest way with room on every step.
fn shortest(room: &[Vec<u64>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut before = vec![usize::MAX; room.len()];
    before[from] = from;
    let mut next = VecDeque::from([from]);
    while let Some(node) = next.pop_front() {
        if node == to {
            let mut path = vec![to];
            let mut at = to;
            while at != from {
                at = before[at];
                path.push(at);
            }
            path.reverse();
            return Some(path);
        }
        for (other, &free) in room[node].iter().enumerate() {
            if free > 0 && before[other] == usize::MAX {
                before[other] = node;
                next.push_back(other);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    /// The least and the most of a withheld cell, by trying every table with these sums.
    fn tried(counts: &[Vec<u64>], hidden: &[Vec<bool>], cell: (usize, usize)) -> (u64, u64) {
        let free: Vec<(usize, usize)> = (0..counts.len())
            .flat_map(|r| (0..counts[0].len()).map(move |c| (r, c)))
            .filter(|&(r, c)| hidden[r][c])
            .collect();
        let rows: Vec<u64> = (0..counts.len())
            .map(|r| free.iter().filter(|f| f.0 == r).map(|f| counts[f.0][f.1]).sum())
            .collect();
        let columns: Vec<u64> = (0..counts[0].len())
            .map(|c| free.iter().filter(|f| f.1 == c).map(|f| counts[f.0][f.1]).sum())
            .collect();
        let mut found = (u64::MAX, 0);
        let mut values = vec![0_u64; free.len()];
        place(&free, &mut values, 0, &mut rows.clone(), &mut columns.clone(), &mut |values| {
            let at = free.iter().position(|&f| f == cell).unwrap();
            found = (found.0.min(values[at]), found.1.max(values[at]));
        });
        found
    }

    fn place(
        free: &[(usize, usize)],
        values: &mut [u64],
        at: usize,
        rows: &mut [u64],
        columns: &mut [u64],
        seen: &mut dyn FnMut(&[u64]),
    ) {
        let Some(&(r, c)) = free.get(at) else {
            if rows.iter().chain(columns.iter()).all(|&left| left == 0) {
                seen(values);
            }
            return;
        };
        for n in 1..=rows[r].min(columns[c]) {
            values[at] = n;
            rows[r] -= n;
            columns[c] -= n;
            place(free, values, at + 1, rows, columns, seen);
            rows[r] += n;
            columns[c] += n;
        }
    }

    fn random(
        rng: &mut Xoshiro256PlusPlus,
        rows: usize,
        columns: usize,
        most: u64,
    ) -> Vec<Vec<u64>> {
        (0..rows)
            .map(|_| {
                (0..columns)
                    .map(|_| match rng.gen_range(0..4) {
                        0 => 0,
                        1 => rng.gen_range(1..10),
                        _ => rng.gen_range(0..most),
                    })
                    .collect()
            })
            .collect()
    }

    fn small_hidden(counts: &[Vec<u64>], few: u64) -> Vec<Vec<bool>> {
        counts.iter().map(|row| row.iter().map(|&n| n > 0 && n < few).collect()).collect()
    }

    /// Rows of few customers are withheld, and never one alone.
    fn untold(counts: &[Vec<u64>], hidden: &mut [Vec<bool>]) -> Vec<bool> {
        let sums: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
        let mut untold: Vec<bool> = sums.iter().map(|&sum| sum > 0 && sum < 10).collect();
        if untold.iter().filter(|&&one| one).count() == 1 {
            let told = (0..sums.len()).filter(|&row| !untold[row] && sums[row] > 0);
            if let Some(row) = told.min_by_key(|&row| sums[row]) {
                untold[row] = true;
            }
        }
        for (row, line) in counts.iter().enumerate().filter(|(row, _)| untold[*row]) {
            hidden[row].iter_mut().zip(line).for_each(|(hidden, &n)| *hidden = n > 0);
        }
        untold
    }

    #[test]
    fn the_bounds_are_those_of_trying_everything() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
        for _ in 0..60 {
            let counts = random(&mut rng, 3, 3, 9);
            let mut hidden = small_hidden(&counts, 6);
            let rows: Vec<&[u64]> = counts.iter().map(Vec::as_slice).collect();
            let cells: Vec<(usize, usize)> = (0..3)
                .flat_map(|r| (0..3).map(move |c| (r, c)))
                .filter(|&(r, c)| hidden[r][c])
                .collect();
            for (r, c) in cells {
                let wanted = tried(&counts, &hidden, (r, c));
                let table = Table {
                    counts: &rows,
                    hidden: &mut hidden,
                    fixed: &[],
                    untold: &mut [false; 3],
                    min_cell: 1_000,
                };
                assert_eq!(table.bounds(r, c), wanted, "{counts:?} {r} {c}");
            }
        }
    }

    #[test]
    fn of_five_hundred_tables_no_small_cell_can_be_worked_out() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
        let (mut found, mut exact, mut bare, mut withheld, mut cells) = (0, 0, 0, 0, 0);
        for _ in 0..500 {
            let (rows, columns) = (rng.gen_range(2..7), rng.gen_range(2..9));
            let counts = random(&mut rng, rows, columns, 200);
            let lines: Vec<&[u64]> = counts.iter().map(Vec::as_slice).collect();
            let mut hidden = small_hidden(&counts, 10);
            let mut untold = untold(&counts, &mut hidden);
            let before = untold.clone();
            let mut table = Table {
                counts: &lines,
                hidden: &mut hidden,
                fixed: &[],
                untold: &mut untold,
                min_cell: 10,
            };
            table.protect();
            table.tell_what_is_known(&vec![vec![false; columns]; rows]);
            found += usize::from(table.in_danger().is_some());
            for (r, c) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
                if table.hidden[r][c] && (1..10).contains(&counts[r][c]) {
                    let (low, high) = table.bounds(r, c);
                    exact += usize::from(low == high);
                }
            }
            bare += usize::from(before != untold);
            let held = hidden.iter().flatten().filter(|&&one| one).count();
            withheld += held;
            cells += rows * columns;
        }
        // Hiding everything would be no art.
        assert!(3 * withheld < 2 * cells, "{withheld} of {cells}");
        assert_eq!(found, 0);
        assert_eq!(exact, 0);
        // Sums of rows are withheld where nothing else helps, which is seldom.
        assert!(bare < 10, "{bare}");
    }
}
