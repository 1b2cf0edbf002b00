//! The lines of one customer, summed up order by order.

use super::dictionary::NONE;
use super::line::Line;
use super::reduce::{Kind, Lens, MOST_CANDIDATES, REST, Weight};
use super::rules::Refunds;

/// What the lines of one customer came to, beside the orders themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    /// Lines that bought something.
    pub lines: u32,
    /// Lines that gave something back.
    pub refund_lines: u32,
    /// Lines that bought something at a discount.
    pub discounted: u32,
    /// Pieces bought, in units of the smallest decimal.
    pub units: i64,
    /// Bought less given back as the rule says, in minor units.
    pub spend: i64,
    /// Given back, in minor units.
    pub refunded: i64,
    /// Different products bought.
    pub products: u32,
    /// Different categories bought.
    pub categories: u32,
    /// The product that the first order was for, by the rank of its name, or [`NONE`].
    pub first_product: u32,
    /// The category that the first order was for, by the rank of its name, or [`NONE`].
    pub first_category: u32,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            lines: 0,
            refund_lines: 0,
            discounted: 0,
            units: 0,
            spend: 0,
            refunded: 0,
            products: 0,
            categories: 0,
            first_product: NONE,
            first_category: NONE,
        }
    }
}

/// How much each candidate has; [`REST`] stands behind the others.
#[derive(Debug)]
struct ByCandidate {
    weights: [i64; MOST_CANDIDATES + 1],
    /// One bit for each candidate that has something, were it 0.
    present: u128,
}

impl Default for ByCandidate {
    fn default() -> Self {
        Self { weights: [0; MOST_CANDIDATES + 1], present: 0 }
    }
}

impl ByCandidate {
    fn place(candidate: u16) -> usize {
        usize::from(candidate).min(MOST_CANDIDATES)
    }

    fn add(&mut self, candidate: u16, weight: i64) {
        let at = Self::place(candidate);
        self.present |= 1 << at;
        self.weights[at] = self.weights[at].saturating_add(weight);
    }

    /// Puts the weights behind `to`, ascending by candidate, and starts again.
    fn take(&mut self, to: &mut Vec<Weight>) {
        while self.present != 0 {
            let at = self.present.trailing_zeros() as usize;
            self.present &= self.present - 1;
            let candidate = if at == MOST_CANDIDATES { REST } else { at as u16 };
            to.push((candidate, std::mem::take(&mut self.weights[at])));
        }
    }
}

/// Counts different ranks, customer by customer.
#[derive(Debug, Default)]
struct Distinct {
    /// The last customer who had each rank, counted from 1.
    last: Vec<u32>,
    customer: u32,
    n: u32,
}

impl Distinct {
    /// Makes ready for the next customer.
    fn clear(&mut self) {
        self.n = 0;
        self.customer = self.customer.wrapping_add(1);
        if self.customer == 0 {
            self.last.fill(0);
            self.customer = 1;
        }
    }

    fn meet(&mut self, rank: u32) {
        let at = rank as usize;
        if at >= self.last.len() {
            self.last.resize(at + 1, 0);
        }
        self.n += u32::from(self.last[at] != self.customer);
        self.last[at] = self.customer;
    }
}

/// The sums of a customer while its lines are gone through; used again for the next.
#[derive(Debug, Default)]
pub(super) struct Adding {
    sums: Sums,
    paid: i128,
    returned: i128,
    units: i128,
    n_orders: usize,
    products: Distinct,
    categories: Distinct,
    by_category: ByCandidate,
    by_channel: ByCandidate,
    /// One bit for each channel of the order that is added.
    order_channels: u128,
}

impl Adding {
    /// Makes ready for the next customer.
    pub(super) fn clear(&mut self) {
        self.sums = Sums::default();
        (self.paid, self.returned, self.units, self.n_orders) = (0, 0, 0, 0);
        self.products.clear();
        self.categories.clear();
    }

    /// Adds the lines under one order number on one day. Returns what the order is worth
    /// in minor units; `None` where nothing was bought, so that it is no order.
    pub(super) fn order(&mut self, lines: &[Line], kinds: &[Kind], lens: &Lens) -> Option<i128> {
        let (mut paid, mut returned) = (0_i128, 0_i128);
        self.order_channels = 0;
        for (line, kind) in lines.iter().zip(kinds) {
            let amount = i128::from(line.amount.unsigned_abs());
            match kind {
                Kind::Nothing => {}
                Kind::Refund => {
                    returned += amount;
                    self.sums.refund_lines += 1;
                }
                Kind::Purchase => {
                    paid += amount;
                    self.buy(line, lens);
                }
            }
        }
        self.paid += paid;
        self.returned += returned;
        if !kinds.contains(&Kind::Purchase) {
            return None;
        }
        if self.n_orders == 0 {
            self.first(lines, kinds, lens);
        }
        self.n_orders += 1;
        while self.order_channels != 0 {
            self.by_channel.add(self.order_channels.trailing_zeros() as u16, 1);
            self.order_channels &= self.order_channels - 1;
        }
        Some(if lens.rules.refunds == Refunds::Net { paid - returned } else { paid })
    }

    /// Adds a line that bought something.
    fn buy(&mut self, line: &Line, lens: &Lens) {
        self.units += i128::from(line.quantity.max(0));
        self.sums.lines += 1;
        self.sums.discounted += u32::from(line.is_discounted());
        let Some(detail) = lens.details.get(line.detail as usize) else { return };
        if detail.product != NONE {
            self.products.meet(detail.product);
        }
        if detail.category != NONE {
            self.categories.meet(detail.category);
            let weight = if lens.has_money { line.amount } else { 1 };
            self.by_category.add(detail.category_candidate, weight);
        }
        if detail.has_channel {
            self.order_channels |= 1 << ByCandidate::place(detail.channel_candidate);
        }
    }

    /// What the first order was for: its largest line, and of equals the first by name.
    fn first(&mut self, lines: &[Line], kinds: &[Kind], lens: &Lens) {
        let bought = || lines.iter().zip(kinds).filter(|(_, kind)| **kind == Kind::Purchase);
        let largest = |rank: &dyn Fn(&Line) -> Option<u32>| {
            let ranked = bought().filter_map(|(line, _)| Some((line, rank(line)?)));
            let best = ranked.max_by(|a, b| a.0.amount.cmp(&b.0.amount).then(b.1.cmp(&a.1)));
            best.map_or(NONE, |(_, rank)| rank)
        };
        let part = |line: &Line| lens.details.get(line.detail as usize);
        let present = |rank: u32| (rank != NONE).then_some(rank);
        self.sums.first_product = largest(&|line| present(part(line)?.product));
        self.sums.first_category = largest(&|line| present(part(line)?.category));
    }

    /// The sums of the customer; `None` where one does not fit into 64 bits.
    pub(super) fn sums(&mut self, lens: &Lens) -> Option<Sums> {
        let net = lens.rules.refunds == Refunds::Net;
        let spend = if net { self.paid - self.returned } else { self.paid };
        // The weights below are parts of what was paid, so they fit as well.
        i64::try_from(self.paid).ok()?;
        Some(Sums {
            spend: i64::try_from(spend).ok()?,
            refunded: i64::try_from(self.returned).ok()?,
            units: i64::try_from(self.units).ok()?,
            products: self.products.n,
            categories: self.categories.n,
            ..self.sums
        })
    }

    /// The weight of each category that was bought, ascending by candidate.
    pub(super) fn category_weights(&mut self, to: &mut Vec<Weight>) {
        self.by_category.take(to);
    }

    /// The orders through each channel, ascending by candidate.
    pub(super) fn channel_weights(&mut self, to: &mut Vec<Weight>) {
        self.by_channel.take(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_ascend_by_candidate_and_what_is_none_comes_last() {
        let mut weights = ByCandidate::default();
        for (candidate, weight) in [(REST, 3), (63, 5), (0, i64::MAX), (7, 0), (0, 9), (63, 1)] {
            weights.add(candidate, weight);
        }
        let mut taken = Vec::new();
        weights.take(&mut taken);
        assert_eq!(taken, [(0, i64::MAX), (7, 0), (63, 6), (REST, 3)]);
        weights.take(&mut taken);
        assert_eq!(taken.len(), 4, "nothing is left behind");
    }

    #[test]
    fn ranks_are_counted_anew_for_each_customer() {
        let mut distinct = Distinct::default();
        for (ranks, n) in [(vec![3, 3, 9], 2), (vec![3], 1), (vec![], 0), (vec![0, 9, 0], 2)] {
            distinct.clear();
            for rank in ranks {
                distinct.meet(rank);
            }
            assert_eq!(distinct.n, n);
        }
        distinct.customer = u32::MAX;
        distinct.last.fill(1);
        distinct.clear();
        distinct.meet(3);
        assert_eq!((distinct.n, distinct.customer), (1, 1));
    }
}
