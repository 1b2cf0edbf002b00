//! The lines of one customer, summed up order by order.

use super::dictionary::NONE;
use super::line::Line;
use super::reduce::{Kind, Lens, Weight};
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

/// The sums of a customer while its lines are gone through; used again for the next.
#[derive(Debug, Default)]
pub(super) struct Adding {
    sums: Sums,
    paid: i128,
    returned: i128,
    units: i128,
    n_orders: usize,
    products: Vec<u32>,
    categories: Vec<u32>,
    category_weights: Vec<Weight>,
    channel_weights: Vec<Weight>,
    order_channels: Vec<u16>,
}

impl Adding {
    /// Makes ready for the next customer.
    pub(super) fn clear(&mut self) {
        self.sums = Sums::default();
        (self.paid, self.returned, self.units, self.n_orders) = (0, 0, 0, 0);
        self.products.clear();
        self.categories.clear();
        self.category_weights.clear();
        self.channel_weights.clear();
    }

    /// Adds the lines under one order number on one day. Returns what the order is worth
    /// in minor units; `None` where nothing was bought, so that it is no order.
    pub(super) fn order(&mut self, lines: &[Line], kinds: &[Kind], lens: &Lens) -> Option<i128> {
        let (mut paid, mut returned) = (0_i128, 0_i128);
        self.order_channels.clear();
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
        self.order_channels.sort_unstable();
        self.order_channels.dedup();
        self.channel_weights.extend(self.order_channels.iter().map(|&channel| (channel, 1)));
        Some(if lens.rules.refunds == Refunds::Net { paid - returned } else { paid })
    }

    /// Adds a line that bought something.
    fn buy(&mut self, line: &Line, lens: &Lens) {
        self.units += i128::from(line.quantity.max(0));
        self.sums.lines += 1;
        self.sums.discounted += u32::from(line.is_discounted());
        let Some(detail) = lens.details.get(line.detail as usize) else { return };
        if detail.product != NONE {
            self.products.push(detail.product);
        }
        if detail.category != NONE {
            self.categories.push(detail.category);
            let weight = if lens.has_money { line.amount } else { 1 };
            self.category_weights.push((detail.category_candidate, weight));
        }
        if detail.has_channel {
            self.order_channels.push(detail.channel_candidate);
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
            products: distinct(&mut self.products),
            categories: distinct(&mut self.categories),
            ..self.sums
        })
    }

    /// The weight of each category that was bought, ascending by candidate.
    pub(super) fn category_weights(&mut self, to: &mut Vec<Weight>) {
        gather(&mut self.category_weights, to);
    }

    /// The orders through each channel, ascending by candidate.
    pub(super) fn channel_weights(&mut self, to: &mut Vec<Weight>) {
        gather(&mut self.channel_weights, to);
    }
}

fn distinct(ranks: &mut Vec<u32>) -> u32 {
    ranks.sort_unstable();
    ranks.dedup();
    ranks.len() as u32
}

/// Adds up the weights of each candidate and puts them behind `to`.
fn gather(weights: &mut [Weight], to: &mut Vec<Weight>) {
    weights.sort_unstable();
    for same in weights.chunk_by(|a, b| a.0 == b.0) {
        to.push((
            same[0].0,
            same.iter().fold(0, |sum: i64, &(_, weight)| sum.saturating_add(weight)),
        ));
    }
}
