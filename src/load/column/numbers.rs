//! Plain numbers that say nothing but their value, which most cells are: they are counted
//! when they come, and their range is found in the end.

use super::super::distinct::{self, hash};
use super::super::dress::Minus;
use super::super::kept::Packed;
use super::super::number::Form;
use super::super::quick::{self, Calculated, Plain};
use super::super::shape::look;
use super::{Collector, Looked, NONE};

impl Collector {
    /// Begins to count a quiet kind, which the cell at `place` is the first of.
    #[inline(never)]
    pub(super) fn begin(&mut self, kind: usize, cell: &[u8], place: u64) {
        let plain = quick::plain(cell, b'.');
        let shape = look(cell, plain.as_ref(), [&[], &[]], self.zone);
        self.quiet[kind] = u16::try_from(self.shape(shape, place)).unwrap_or(NONE);
    }

    /// Takes a number that says nothing but its value.
    #[inline]
    pub(super) fn number(&mut self, kind: usize, cell: &[u8], plain: &Plain, place: u64) -> Looked {
        if self.quiet[kind] == NONE {
            self.begin(kind, cell, place);
        }
        let at = usize::from(self.quiet[kind]);
        let seen = &mut self.shapes[at];
        seen.n_rows += 1;
        seen.length += cell.len() as u64;
        let form = seen.shape.form;
        self.max_length = self.max_length.max(cell.len());
        if distinct::is_small(plain) {
            // Their range is found in the end.
            self.distinct[at].add_digits(plain.n_decimals.unwrap_or(0), plain.digits);
        } else {
            self.distinct[at].add(None, hash(cell));
            self.plain(plain, form);
            self.others.widen(plain.value(), 0);
        }
        let (shape, length, packed) = (self.quiet[kind], cell.len() as u32, Packed::number(plain));
        Looked { shape, text: NONE, length, packed, is_number: true, is_trimmed: false }
    }

    /// Takes a number of many decimals that says nothing but its value.
    pub(super) fn calculated(
        &mut self,
        kind: usize,
        cell: &[u8],
        calculated: &Calculated,
        place: u64,
    ) -> Looked {
        if self.quiet[kind] == NONE {
            self.begin(kind, cell, place);
        }
        let shape = self.quiet[kind];
        let seen = &mut self.shapes[usize::from(shape)];
        seen.n_rows += 1;
        seen.length += cell.len() as u64;
        self.max_length = self.max_length.max(cell.len());
        self.distinct[usize::from(shape)].add(None, hash(cell));
        self.as_point.widen(calculated.value, calculated.n_decimals);
        self.others.widen(calculated.value, 0);
        let (length, packed) = (cell.len() as u32, Packed::OTHER);
        Looked { shape, text: NONE, length, packed, is_number: true, is_trimmed: false }
    }

    /// Widens the ranges by the quiet numbers.
    pub(super) fn widen(&mut self) {
        for at in self.quiet.map(usize::from) {
            let Some(shape) = self.shapes.get(at).map(|seen| seen.shape) else { continue };
            let negative = shape.dress.minus == Minus::Front;
            let ends = self.distinct[at].ends(negative);
            for plain in &ends {
                self.plain(plain, shape.form);
                self.others.widen(plain.value(), 0);
            }
        }
    }

    /// Widens the ranges by a plain number of that class: whole, or with a decimal point.
    #[inline]
    pub(super) fn plain(&mut self, plain: &Plain, form: Form) {
        // The zeros at the end are looked for only where they matter.
        let more = plain.n_decimals.is_some_and(|n| n > usize::from(self.as_point.decimals));
        self.as_point.widen(plain.value(), if more { plain.decimals() } else { 0 });
        match form {
            Form::Integer => self.as_comma.widen(plain.value(), 0),
            // Under a decimal comma the point groups a thousand.
            Form::Point3 => {
                let grouped = plain.digits as f64;
                self.as_comma.widen(if plain.negative { -grouped } else { grouped }, 0);
            }
            _ => {}
        }
    }
}
