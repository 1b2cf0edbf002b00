//! The cells of some rows, column by column: where each lies, in eight bytes.

use super::record::Field;

/// Where a cell lies, counted from the first of its batch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot {
    start: u32,
    /// The length, and in the lowest bit whether it holds doubled quotes.
    rest: u32,
}

impl Spot {
    /// A field; `None` where it lies too far behind `base` or is too long.
    #[inline]
    pub(super) fn of(field: &Field, base: usize) -> Option<Self> {
        let start = u32::try_from(field.start - base).ok()?;
        let length = field.end - field.start;
        (length < 1 << 31)
            .then(|| Self { start, rest: (length as u32) << 1 | u32::from(field.doubled) })
    }

    #[inline]
    pub(super) fn start(self, base: usize) -> usize {
        base + self.start as usize
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        (self.rest >> 1) as usize
    }

    /// The length, and whether it holds doubled quotes, as one number; 0 of an empty one.
    #[inline]
    pub(super) fn size(self) -> u32 {
        self.rest
    }

    #[inline]
    pub(super) fn is_doubled(self) -> bool {
        self.rest & 1 == 1
    }

    /// The field it was made of.
    #[inline]
    pub(super) fn field(self, base: usize) -> Field {
        let start = self.start(base);
        Field { start, end: start + self.len(), doubled: self.is_doubled() }
    }
}

/// The most rows that are looked at together.
pub(super) const MOST_ROWS: usize = 1024;

/// Sound rows whose cells are still to be looked at, column by column: what is known of a
/// column stays in the nearest memory, and so do the places of the cells.
pub(super) struct Batch {
    /// Their cells: `at_once` places for each column.
    spots: Vec<Spot>,
    at_once: usize,
    pub lines: Vec<u64>,
    /// Where the first of them begins.
    pub base: usize,
    /// How many rows the part may have in all.
    pub room: usize,
}

impl Batch {
    /// An empty batch of rows of so many columns.
    pub(super) fn new(n_columns: usize) -> Self {
        const CELLS: usize = 1 << 14;
        let at_once = (CELLS / n_columns.max(1)).clamp(16, MOST_ROWS);
        let spots = vec![Spot::default(); at_once * n_columns];
        Self { spots, at_once, lines: Vec::with_capacity(at_once), base: 0, room: 0 }
    }

    pub(super) fn is_full(&self) -> bool {
        self.lines.len() == self.at_once
    }

    /// Adds a row; returns false, and leaves it out, where it does not fit to those before.
    #[inline]
    pub(super) fn add(&mut self, fields: &[Field], line: u64) -> bool {
        let row = self.lines.len();
        if row == 0 {
            self.base = fields.first().map_or(0, |field| field.start);
        }
        let places = self.spots.chunks_exact_mut(self.at_once);
        for (field, column) in fields.iter().zip(places) {
            let Some(spot) = Spot::of(field, self.base) else { return false };
            column[row] = spot;
        }
        self.lines.push(line);
        true
    }

    /// Puts a cell into the row that is to come next; returns false where it does not fit to
    /// those before.
    #[inline]
    pub(super) fn put(&mut self, column: usize, field: &Field) -> bool {
        let row = self.lines.len();
        if row + column == 0 {
            self.base = field.start;
        }
        let place = self.spots.get_mut(column * self.at_once + row);
        match (place, Spot::of(field, self.base)) {
            (Some(place), Some(spot)) => {
                *place = spot;
                true
            }
            _ => false,
        }
    }

    /// The cells of one column.
    pub(super) fn column(&self, at: usize) -> &[Spot] {
        &self.spots[at * self.at_once..][..self.lines.len()]
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }
}
