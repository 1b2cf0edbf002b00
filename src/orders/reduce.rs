//! The lines of some customers become their orders: the lines of each bucket are put
//! together customer by customer, sorted by day and order number, summed up, and let go.

use super::customer::{Adding, Sums};
use super::intake::{Bucket, N_BUCKETS};
use super::line::{Line, since_epoch};
use super::rules::{Refunds, Rules, ZeroPrice};
use super::tally::Sum;

/// The candidate that stands for every level which is none itself.
pub(super) const REST: u16 = u16::MAX;

/// How many levels of a category or a channel may become shares: those with most lines.
pub(super) const MOST_CANDIDATES: usize = 64;

/// How much of a customer has one candidate: money or lines of a category, orders of a
/// channel.
pub(super) type Weight = (u16, i64);

/// Product and category of a detail, each as the rank of its name or `NONE`; category
/// and channel as candidates for a share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Detail {
    pub product: u32,
    pub category: u32,
    pub category_candidate: u16,
    pub has_channel: bool,
    pub channel_candidate: u16,
}

/// What reducing needs to know.
#[derive(Debug)]
pub(super) struct Lens<'a> {
    pub rules: &'a Rules,
    pub has_money: bool,
    /// By mark: whether it means a cancellation.
    pub cancelled: [bool; 256],
    /// The details in their order by name.
    pub details: &'a [Detail],
    /// The place of each detail in that order.
    pub places: &'a [u32],
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something was bought.
    Purchase,
    /// Something went back.
    Refund,
    /// A rule leaves it out.
    Nothing,
}

/// A customer of a [`Part`], and where its pieces of the flat columns end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub customer: u32,
    pub sums: Sums,
    pub orders_end: usize,
    pub categories_end: usize,
    pub channels_end: usize,
}

/// What one bucket came to.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Customers with a purchase, ascending by their numbers.
    pub kept: Vec<Kept>,
    /// The day and the amount of every order, customer by customer.
    pub days: Vec<i32>,
    pub amounts: Vec<i64>,
    pub categories: Vec<Weight>,
    pub channels: Vec<Weight>,
    /// The hash of every order number of every customer, once per customer, by its upper
    /// four bits.
    pub numbers: [Vec<u64>; 16],
    pub counts: Counts,
}

/// What one bucket counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub customers_seen: u64,
    pub used: Sum,
    pub zero_quantity: Sum,
    pub zero_price: Sum,
    pub refunds: Sum,
    pub without_purchase: Sum,
    pub duplicates: Sum,
    pub numbers_on_several_days: u64,
    /// Lines that give something back.
    pub refund_lines: u64,
    /// Lines of the customer who has most.
    pub most_lines: u64,
    /// Lines that their order number marks as cancelled although they are positive.
    pub positive_cancelled: u64,
    pub is_too_large: bool,
}

impl Counts {
    /// The counts of two buckets together.
    pub(super) fn merge(&mut self, other: &Self) {
        self.customers_seen += other.customers_seen;
        self.used.merge(other.used);
        self.zero_quantity.merge(other.zero_quantity);
        self.zero_price.merge(other.zero_price);
        self.refunds.merge(other.refunds);
        self.without_purchase.merge(other.without_purchase);
        self.duplicates.merge(other.duplicates);
        self.numbers_on_several_days += other.numbers_on_several_days;
        self.refund_lines += other.refund_lines;
        self.most_lines = self.most_lines.max(other.most_lines);
        self.positive_cancelled += other.positive_cancelled;
        self.is_too_large |= other.is_too_large;
    }
}

/// Puts the lines of each customer together, the customers ascending by their numbers, and
/// gives the details their places. The customers of a bucket are every [`N_BUCKETS`]th, so
/// that their numbers lead straight to where their lines begin.
fn together(bucket: Bucket, lens: &Lens, lines: &mut Vec<Line>) {
    const NOBODY: Line =
        Line { customer: 0, day: 0, order: 0, detail: 0, quantity: 0, amount: 0, flags: 0 };
    let own = |line: &Line| line.customer as usize / N_BUCKETS;
    let mut starts: Vec<usize> = Vec::new();
    for line in bucket.iter().flatten() {
        let at = own(line);
        if at >= starts.len() {
            starts.resize(at + 1, 0);
        }
        starts[at] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    lines.resize(sum, NOBODY);
    for piece in bucket {
        for line in piece {
            let at = &mut starts[own(&line)];
            let detail = lens.places.get(line.detail as usize).copied().unwrap_or(line.detail);
            lines[*at] = Line { detail, ..line };
            *at += 1;
        }
    }
}

/// Sorts the lines of one customer. Lines that came in by day are sorted within each day
/// alone.
fn arrange(lines: &mut [Line]) {
    if lines.is_sorted_by_key(|line| line.day) {
        for lines in lines.chunk_by_mut(|a, b| a.day == b.day) {
            lines.sort_unstable();
        }
    } else {
        lines.sort_unstable();
    }
}

/// A bucket on its way, with the buffers that every customer and every bucket fills anew.
pub(super) struct Reducing<'a> {
    lens: &'a Lens<'a>,
    part: Part,
    lines: Vec<Line>,
    kinds: Vec<Kind>,
    numbers: Vec<u64>,
    adding: Adding,
}

impl<'a> Reducing<'a> {
    pub(super) fn new(lens: &'a Lens<'a>) -> Self {
        Self {
            lens,
            part: Part::default(),
            lines: Vec::new(),
            kinds: Vec::new(),
            numbers: Vec::new(),
            adding: Adding::default(),
        }
    }

    /// Sums up a bucket.
    pub(super) fn reduce(&mut self, bucket: Bucket) -> Part {
        let mut lines = std::mem::take(&mut self.lines);
        together(bucket, self.lens, &mut lines);
        for customer in lines.chunk_by_mut(|a, b| a.customer == b.customer) {
            arrange(customer);
            self.take(customer);
        }
        self.lines = lines;
        std::mem::take(&mut self.part)
    }

    fn take(&mut self, lines: &[Line]) {
        let counts = &mut self.part.counts;
        counts.customers_seen += 1;
        counts.most_lines = counts.most_lines.max(lines.len() as u64);
        for pair in lines.windows(2).filter(|pair| pair[0] == pair[1]) {
            counts.duplicates.add(pair[1].amount);
        }
        self.note_numbers(lines);
        self.judge(lines);
        let used = lines.iter().zip(&self.kinds).filter(|(_, kind)| **kind != Kind::Nothing);
        let counts = &mut self.part.counts;
        if self.kinds.contains(&Kind::Purchase) {
            used.for_each(|(line, _)| counts.used.add(line.amount));
            self.keep(lines);
        } else {
            used.for_each(|(line, _)| counts.without_purchase.add(line.amount));
        }
    }

    /// Notes the order numbers of a customer.
    fn note_numbers(&mut self, lines: &[Line]) {
        if !self.lens.rules.has_orders {
            return;
        }
        self.numbers.clear();
        let on_days = lines.chunk_by(|a, b| (a.day, a.order) == (b.day, b.order));
        self.numbers.extend(on_days.map(|order| order[0].order).filter(|&order| order != 0));
        self.numbers.sort_unstable();
        let repeated = self.numbers.chunk_by(|a, b| a == b).filter(|days| days.len() > 1).count();
        self.part.counts.numbers_on_several_days += repeated as u64;
        self.numbers.dedup();
        for &number in &self.numbers {
            self.part.numbers[(number >> 60) as usize].push(number);
        }
    }

    /// Says of every line what it is, and counts those that a rule leaves out.
    fn judge(&mut self, lines: &[Line]) {
        let (lens, counts) = (self.lens, &mut self.part.counts);
        self.kinds.clear();
        self.kinds.extend(lines.iter().map(|line| {
            let is_cancelled = lens.cancelled[usize::from(line.mark())];
            if line.quantity == 0 {
                counts.zero_quantity.add(line.amount);
                return Kind::Nothing;
            }
            if is_cancelled || line.is_negative() {
                counts.refund_lines += 1;
                counts.positive_cancelled += u64::from(!line.is_negative());
                if lens.rules.refunds != Refunds::Drop {
                    return Kind::Refund;
                }
                counts.refunds.add(line.amount);
                return Kind::Nothing;
            }
            let is_free = lens.has_money && line.amount == 0;
            if is_free && lens.rules.zero_price == ZeroPrice::Drop {
                counts.zero_price.add(line.amount);
                return Kind::Nothing;
            }
            Kind::Purchase
        }));
    }

    /// Keeps a customer with a purchase.
    fn keep(&mut self, lines: &[Line]) {
        let part = &mut self.part;
        self.adding.clear();
        let mut kinds = self.kinds.as_slice();
        for order in lines.chunk_by(|a, b| (a.day, a.order) == (b.day, b.order)) {
            let (of_order, rest) = kinds.split_at(order.len());
            kinds = rest;
            let Some(worth) = self.adding.order(order, of_order, self.lens) else { continue };
            part.days.push(since_epoch(order[0].day));
            if self.lens.has_money {
                let worth = i64::try_from(worth);
                part.counts.is_too_large |= worth.is_err();
                part.amounts.push(worth.unwrap_or(0));
            }
        }
        let sums = self.adding.sums(self.lens);
        part.counts.is_too_large |= sums.is_none();
        self.adding.category_weights(&mut part.categories);
        self.adding.channel_weights(&mut part.channels);
        part.kept.push(Kept {
            customer: lines[0].customer,
            sums: sums.unwrap_or_default(),
            orders_end: part.days.len(),
            categories_end: part.categories.len(),
            channels_end: part.channels.len(),
        });
    }
}
