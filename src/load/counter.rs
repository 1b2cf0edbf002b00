//! Whether a column only counts the rows: such a column is no feature.

/// Follows a column that counts the rows.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum Counter {
    #[default]
    Fresh,
    /// The first number, and the one that must follow.
    Counts {
        first: i64,
        next: i64,
    },
    Stopped,
}

impl Counter {
    /// Whether every row so far is the row before plus 1.
    #[inline]
    pub(super) fn alive(self) -> bool {
        !matches!(self, Self::Stopped)
    }

    pub(super) fn stop(&mut self) {
        *self = Self::Stopped;
    }

    /// Takes the next cell.
    pub(super) fn take(&mut self, cell: &[u8]) {
        let value = std::str::from_utf8(cell).ok().and_then(|text| text.parse::<i64>().ok());
        let counted = value.and_then(|value| Some((value, value.checked_add(1)?)));
        *self = match (*self, counted) {
            (Self::Fresh, Some((first, next))) => Self::Counts { first, next },
            (Self::Counts { first, next }, Some((value, after))) if next == value => {
                Self::Counts { first, next: after }
            }
            _ => Self::Stopped,
        };
    }

    /// The rows that follow are counted too, both not being empty.
    pub(super) fn append(&mut self, following: Self) {
        *self = match (*self, following) {
            (Self::Counts { first, next: expected }, Self::Counts { first: found, next })
                if expected == found =>
            {
                Self::Counts { first, next }
            }
            _ => Self::Stopped,
        };
    }
}
