//! The names of the RFM grid: every cell has exactly one, and no worse customer has a
//! better one.
//!
//! Each score is first put on five levels, 0 (worst) to 4: with `n` bins, score `s` lies
//! on level `round(4 (s - 1) / (n - 1))`, halves up. With `R` the level for days since the
//! last order and `W` the sum of the levels for orders and spend, 0 to 8 (without money
//! orders count twice):
//!
//! | | `R` = 0 | 1 | 2 | 3 | 4 |
//! |---|---|---|---|---|---|
//! | `W` 7, 8 | Cannot lose them | Cannot lose them | Loyal customers | Loyal customers | Champions |
//! | `W` 6 | Cannot lose them | Cannot lose them | Loyal customers | Loyal customers | Loyal customers |
//! | `W` 3 to 5 | At risk | At risk | Need attention | Potential loyalists | Potential loyalists |
//! | `W` 0 to 2 | Lost | Hibernating | About to sleep | New customers or Promising | New customers or Promising |
//!
//! In the last two cells of the last row, a customer on the lowest level for orders is a
//! new customer, any other is promising. The order of the names is that of [`RfmName`]:
//! along every score it only rises.

/// The names, worst first: a later name is a better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RfmName {
    /// Ordered little, and longest ago.
    Lost,
    /// Ordered little, and long ago.
    Hibernating,
    /// Ordered little, and not lately.
    AboutToSleep,
    /// Ordered lately and hardly ever before.
    NewCustomers,
    /// Ordered lately, and a few times before.
    Promising,
    /// Ordered a good deal, and long ago.
    AtRisk,
    /// Was among the best, and has not ordered for long.
    CannotLoseThem,
    /// Ordered a good deal, and not lately.
    NeedAttention,
    /// Orders a good deal, and lately.
    PotentialLoyalists,
    /// Among those who order most, and not long ago.
    LoyalCustomers,
    /// Among those who order most, and just did.
    Champions,
}

impl RfmName {
    /// All names, best first: the order of codes and reports.
    pub const ALL: [Self; 11] = [
        Self::Champions,
        Self::LoyalCustomers,
        Self::PotentialLoyalists,
        Self::NeedAttention,
        Self::CannotLoseThem,
        Self::AtRisk,
        Self::Promising,
        Self::NewCustomers,
        Self::AboutToSleep,
        Self::Hibernating,
        Self::Lost,
    ];

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lost => "Lost",
            Self::Hibernating => "Hibernating",
            Self::AboutToSleep => "About to sleep",
            Self::NewCustomers => "New customers",
            Self::Promising => "Promising",
            Self::AtRisk => "At risk",
            Self::CannotLoseThem => "Cannot lose them",
            Self::NeedAttention => "Need attention",
            Self::PotentialLoyalists => "Potential loyalists",
            Self::LoyalCustomers => "Loyal customers",
            Self::Champions => "Champions",
        }
    }

    /// The place in [`RfmName::ALL`].
    pub(super) fn place(self) -> u8 {
        // The discriminants count the names from the worst.
        Self::Champions as u8 - self as u8
    }
}

/// The level of a score, 0..=4; scores out of range count as the nearest one.
fn level(score: u8, bins: u8) -> u32 {
    let steps = u32::from(bins.max(2)) - 1;
    let above = u32::from(score.max(1) - 1).min(steps);
    (8 * above + steps) / (2 * steps)
}

/// The name of the cell with these scores for days since the last order, orders and
/// spend, each from 1 to its number of bins; a number of bins of 0 for spend says that
/// there is no money.
#[must_use]
pub fn name_of(scores: [u8; 3], bins: [u8; 3]) -> RfmName {
    let recent = level(scores[0], bins[0]);
    let orders = level(scores[1], bins[1]);
    let spend = if bins[2] == 0 { orders } else { level(scores[2], bins[2]) };
    of_levels(recent, orders, spend)
}

/// The code of the name of a cell with these levels, 0 (worst) to 4.
pub(crate) fn name_of_levels(recent: u32, orders: u32, spend: u32) -> u8 {
    of_levels(recent, orders, spend).place()
}

fn of_levels(recent: u32, orders: u32, spend: u32) -> RfmName {
    match (orders + spend, recent) {
        (7.., 4) => RfmName::Champions,
        (6.., 0 | 1) => RfmName::CannotLoseThem,
        (6.., _) => RfmName::LoyalCustomers,
        (3.., 0 | 1) => RfmName::AtRisk,
        (3.., 2) => RfmName::NeedAttention,
        (3.., _) => RfmName::PotentialLoyalists,
        (_, 0) => RfmName::Lost,
        (_, 1) => RfmName::Hibernating,
        (_, 2) => RfmName::AboutToSleep,
        _ if orders == 0 => RfmName::NewCustomers,
        _ => RfmName::Promising,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// All cells of a grid.
    fn cells(bins: [u8; 3]) -> Vec<[u8; 3]> {
        let mut all = Vec::new();
        for r in 1..=bins[0] {
            for f in 1..=bins[1] {
                for m in bins[2].min(1)..=bins[2] {
                    all.push([r, f, m]);
                }
            }
        }
        all
    }

    /// Every grid that a config can ask for.
    fn grids() -> Vec<[u8; 3]> {
        let mut all = Vec::new();
        for r in 2..=10 {
            for f in 2..=10 {
                all.extend([0, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(|m| [r, f, m]));
            }
        }
        all
    }

    #[test]
    fn every_cell_of_the_grid_of_five_has_one_name_and_every_name_a_cell() {
        let mut sizes: BTreeMap<RfmName, usize> = BTreeMap::new();
        for cell in cells([5, 5, 5]) {
            *sizes.entry(name_of(cell, [5, 5, 5])).or_default() += 1;
        }
        assert_eq!(sizes.values().sum::<usize>(), 125);
        assert_eq!(sizes.len(), RfmName::ALL.len());
        // W = 7 or 8 in 3 of 25 cells, 6 in 3, 3 to 5 in 13, 0 to 2 in 6.
        assert_eq!(sizes[&RfmName::Champions], 3);
        assert_eq!(sizes[&RfmName::LoyalCustomers], 6 + 6 + 3);
        assert_eq!(sizes[&RfmName::CannotLoseThem], 12);
        assert_eq!(sizes[&RfmName::AtRisk], 26);
        assert_eq!(sizes[&RfmName::NeedAttention], 13);
        assert_eq!(sizes[&RfmName::PotentialLoyalists], 26);
        assert_eq!(sizes[&RfmName::NewCustomers], 6);
        assert_eq!(sizes[&RfmName::Promising], 6);
        for low in [RfmName::Lost, RfmName::Hibernating, RfmName::AboutToSleep] {
            assert_eq!(sizes[&low], 6);
        }
    }

    #[test]
    fn no_worse_customer_has_a_better_name() {
        for bins in grids() {
            for cell in cells(bins) {
                for which in 0..3 {
                    let mut better = cell;
                    better[which] += 1;
                    if better[which] <= bins[which] {
                        assert!(name_of(better, bins) >= name_of(cell, bins), "{cell:?} {bins:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_corners_are_called_what_a_marketer_expects() {
        let five = |r, f, m| name_of([r, f, m], [5, 5, 5]);
        assert_eq!(five(5, 5, 5), RfmName::Champions);
        assert_eq!(five(1, 5, 5), RfmName::CannotLoseThem);
        assert_eq!(five(5, 1, 1), RfmName::NewCustomers);
        assert_eq!(five(1, 1, 1), RfmName::Lost);
        assert_eq!(five(3, 3, 3), RfmName::NeedAttention);
        for bins in grids() {
            assert_eq!(name_of(bins, bins), RfmName::Champions);
            assert_eq!(name_of([1, 1, bins[2].min(1)], bins), RfmName::Lost);
        }
    }

    #[test]
    fn names_are_listed_best_first_without_repetition() {
        assert!(RfmName::ALL.windows(2).all(|pair| pair[0] > pair[1]));
        for (at, name) in (0_u8..).zip(RfmName::ALL) {
            assert_eq!(name.place(), at);
        }
    }
}
