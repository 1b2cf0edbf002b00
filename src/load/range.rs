//! The range of the numbers of a column, and how exactly they are written.

use super::number::{self, Decimal};

/// Numbers under one decimal sign.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Range {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub decimals: u8,
}

impl Range {
    pub(super) fn take(&mut self, cell: &[u8], decimal: Decimal) {
        if let Some(value) = number::value(cell, decimal) {
            self.widen(value, number::decimals(cell, decimal));
        }
    }

    #[inline]
    pub(super) fn widen(&mut self, value: f64, decimals: u8) {
        if let (Some(min), Some(max)) = (&mut self.min, &mut self.max) {
            if value < *min {
                *min = value;
            }
            if value > *max {
                *max = value;
            }
        } else {
            (self.min, self.max) = (Some(value), Some(value));
        }
        self.decimals = self.decimals.max(decimals);
    }

    pub(super) fn append(&mut self, next: &Self) {
        for value in [next.min, next.max].into_iter().flatten() {
            self.widen(value, next.decimals);
        }
    }
}
