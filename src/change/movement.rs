//! Who moved where, in customers and in money.

use std::collections::BTreeMap;

use crate::results::{Moved, Movement};

/// Counts customers by the segment before and after, given as ids: `None` in `from` was
/// not there before; 0 is no segment. `value` has one entry per customer; values that are
/// not finite count as 0.
#[must_use]
pub fn movement(from: &[Option<u32>], to: &[u32], value: Option<&[f64]>) -> Movement {
    let mut cells: BTreeMap<(Option<u32>, u32), (u64, f64)> = BTreeMap::new();
    for (row, (&from, &to)) in from.iter().zip(to).enumerate() {
        let cell = cells.entry((from, to)).or_default();
        cell.0 += 1;
        cell.1 += value.map_or(0.0, |value| if value[row].is_finite() { value[row] } else { 0.0 });
    }
    let cells: Vec<Moved> = cells
        .into_iter()
        .map(|((from, to), (customers, money))| Moved {
            from,
            to,
            customers,
            value: value.map(|_| money),
        })
        .collect();
    Movement {
        customers: cells.iter().map(|cell| cell.customers).sum(),
        value: value.map(|_| cells.iter().filter_map(|cell| cell.value).sum()),
        cells,
        withheld: 0,
    }
}

/// How a customer came into the present segment: the word in `customers.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In the same segment as before.
    Stay,
    /// In another segment by what the customer does now.
    Behaviour,
    /// In another segment because segments were drawn anew.
    Redefined,
    /// Was not in the previous run.
    New,
}

impl Way {
    /// The word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Behaviour => "behaviour",
            Self::Redefined => "redefined",
            Self::New => "new",
        }
    }
}

/// How each customer came into the segment `now`: `before` is the id in the previous run
/// (`None`: not in it), `frozen` the id that the previous model gives now.
#[must_use]
pub fn ways(before: &[Option<u32>], frozen: &[u32], now: &[u32]) -> Vec<Way> {
    let rows = before.iter().zip(frozen).zip(now);
    rows.map(|((&before, &frozen), &now)| match before {
        None => Way::New,
        Some(before) if before == now => Way::Stay,
        Some(before) if before == frozen => Way::Redefined,
        Some(_) => Way::Behaviour,
    })
    .collect()
}
