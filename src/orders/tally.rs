//! Counting lines while they come in.

use super::counts::{Seen, Tally};
use super::exact::Exact;
use super::line::{DECLARED, Mark, N_DAYS, NO_QUANTITY, place, since_epoch};
use super::rules::CancelPrefix;

/// Lines and the sum of their money in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub lines: u64,
    pub minor: i128,
}

impl Sum {
    /// One more line.
    pub(super) fn add(&mut self, amount: i64) {
        self.lines += 1;
        self.minor += i128::from(amount);
    }

    /// All lines of another sum.
    pub(super) fn merge(&mut self, other: Self) {
        self.lines += other.lines;
        self.minor += other.minor;
    }

    /// As it is published.
    pub(super) fn told(self, decimals: Option<u8>) -> Tally {
        Tally {
            lines: self.lines,
            money: decimals.map(|decimals| Exact::new(self.minor, decimals)),
        }
    }
}

/// Lines whose order numbers begin alike.
#[derive(Debug, Clone, Copy, Default)]
struct Marked {
    all: Sum,
    without_customer: Sum,
    negative: u64,
}

/// What the lines say that came in so far.
#[derive(Debug)]
pub(super) struct Running {
    pub read: Sum,
    pub without_day: Sum,
    pub after_as_of: Sum,
    pub without_customer: Sum,
    pub without_money: Sum,
    seen_without_customer: Sum,
    negative_quantity: Sum,
    negative_money: Sum,
    zero_price: Sum,
    zero_quantity: Sum,
    without_order_number: Sum,
    /// By the mark of the order number.
    marked: Vec<Marked>,
    /// Lines with an order number.
    numbered: u64,
    /// Lines on or before the as-of day, by day.
    days: Vec<u64>,
    /// Lines whose customer is written as `17850.0`.
    pub pointed_ids: u64,
    /// Lines whose number was rounded to the decimals that are kept.
    pub rounded: u64,
}

impl Default for Running {
    fn default() -> Self {
        Self {
            read: Sum::default(),
            without_day: Sum::default(),
            after_as_of: Sum::default(),
            without_customer: Sum::default(),
            without_money: Sum::default(),
            seen_without_customer: Sum::default(),
            negative_quantity: Sum::default(),
            negative_money: Sum::default(),
            zero_price: Sum::default(),
            zero_quantity: Sum::default(),
            without_order_number: Sum::default(),
            marked: vec![Marked::default(); 256],
            numbered: 0,
            days: vec![0; N_DAYS],
            pointed_ids: 0,
            rounded: 0,
        }
    }
}

impl Marked {
    fn merge(&mut self, other: &Self) {
        self.all.merge(other.all);
        self.without_customer.merge(other.without_customer);
        self.negative += other.negative;
    }
}

/// What is looked at in one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub has_customer: bool,
    /// 64 bits of the order number; 0 without one, `None` without order numbers.
    pub order: Option<u64>,
    pub mark: Mark,
    pub quantity: i32,
    /// `None` without money.
    pub amount: Option<i64>,
}

impl Running {
    /// Counts what is seen in a line, whatever becomes of it.
    pub(super) fn see(&mut self, line: Look) {
        let amount = line.amount.unwrap_or(0);
        let has_quantity = line.quantity != NO_QUANTITY;
        self.read.add(amount);
        if !line.has_customer {
            self.seen_without_customer.add(amount);
        }
        match line.order {
            Some(0) => self.without_order_number.add(amount),
            Some(_) => self.numbered += 1,
            None => {}
        }
        let negative_quantity = has_quantity && line.quantity < 0;
        if negative_quantity {
            self.negative_quantity.add(amount);
        }
        if amount < 0 {
            self.negative_money.add(amount);
        }
        if line.quantity == 0 {
            self.zero_quantity.add(amount);
        } else if line.amount == Some(0) {
            self.zero_price.add(amount);
        }
        if line.mark != 0 {
            let marked = &mut self.marked[usize::from(line.mark)];
            marked.all.add(amount);
            if !line.has_customer {
                marked.without_customer.add(amount);
            }
            marked.negative += u64::from(negative_quantity || amount < 0);
        }
    }

    /// All lines of another stretch.
    pub(super) fn merge(&mut self, other: &Self) {
        let pairs = [
            (&mut self.read, other.read),
            (&mut self.without_day, other.without_day),
            (&mut self.after_as_of, other.after_as_of),
            (&mut self.without_customer, other.without_customer),
            (&mut self.without_money, other.without_money),
            (&mut self.seen_without_customer, other.seen_without_customer),
            (&mut self.negative_quantity, other.negative_quantity),
            (&mut self.negative_money, other.negative_money),
            (&mut self.zero_price, other.zero_price),
            (&mut self.zero_quantity, other.zero_quantity),
            (&mut self.without_order_number, other.without_order_number),
        ];
        for (sum, more) in pairs {
            sum.merge(more);
        }
        for (sum, more) in self.marked.iter_mut().zip(&other.marked) {
            sum.merge(more);
        }
        for (sum, more) in self.days.iter_mut().zip(&other.days) {
            *sum += more;
        }
        self.numbered += other.numbered;
        self.pointed_ids += other.pointed_ids;
        self.rounded += other.rounded;
    }

    /// Counts a line on a day that counts.
    pub(super) fn on(&mut self, place: u16) {
        self.days[usize::from(place)] += 1;
    }

    /// The last day of any line that counts, days since 1970-01-01.
    pub(super) fn last_day(&self) -> Option<i32> {
        self.days.iter().rposition(|&n| n > 0).map(|at| since_epoch(at as u16))
    }

    /// The marks that mean a cancellation. A letter is found out where at least half of
    /// all order numbers have none, and nine in ten lines under it are negative.
    pub(super) fn cancelled(&self, rule: &CancelPrefix) -> Vec<Mark> {
        match rule {
            CancelPrefix::Never => Vec::new(),
            CancelPrefix::Declared(_) => vec![DECLARED],
            CancelPrefix::Letters(letters) => letters.bytes().collect(),
            CancelPrefix::FindOut => {
                let lettered: u64 = self.marked.iter().map(|marked| marked.all.lines).sum();
                let is_cancelled = |marked: &Marked| {
                    marked.all.lines > 0 && marked.negative * 10 >= marked.all.lines * 9
                };
                (b'A'..=b'z')
                    .filter(|_| lettered * 2 <= self.numbered)
                    .filter(|&letter| is_cancelled(&self.marked[usize::from(letter)]))
                    .collect()
            }
        }
    }

    /// What was seen, as it is published; duplicates are counted later.
    pub(super) fn seen(&self, cancelled: &[Mark], decimals: Option<u8>) -> Seen {
        let (mut all, mut nobody) = (Sum::default(), Sum::default());
        for &mark in cancelled {
            all.merge(self.marked[usize::from(mark)].all);
            nobody.merge(self.marked[usize::from(mark)].without_customer);
        }
        Seen {
            without_customer: self.seen_without_customer.told(decimals),
            cancelled: all.told(decimals),
            cancelled_without_customer: nobody.told(decimals),
            negative_quantity: self.negative_quantity.told(decimals),
            negative_money: self.negative_money.told(decimals),
            zero_price: self.zero_price.told(decimals),
            zero_quantity: self.zero_quantity.told(decimals),
            without_order_number: self.without_order_number.told(decimals),
            duplicates: Tally::default(),
        }
    }

    /// Lines of the as-of day and the median of the same weekday before it, where the
    /// day has fewer than a fifth of it and at least four such weekdays were observed.
    /// Days without a line count as 0.
    pub(super) fn partial_day(&self, as_of: i32) -> Option<(u64, f64)> {
        let last = usize::from(place(as_of)?);
        let first = self.days.iter().position(|&n| n > 0)?;
        let mut same: Vec<u64> = (1..)
            .map_while(|week| last.checked_sub(7 * week))
            .take_while(|&day| day >= first)
            .map(|day| self.days[day])
            .collect();
        if same.len() < 4 || self.days[last] == 0 {
            return None;
        }
        same.sort_unstable();
        let middle = (same[(same.len() - 1) / 2] + same[same.len() / 2]) as f64 / 2.0;
        ((self.days[last] as f64) < 0.2 * middle).then_some((self.days[last], middle))
    }
}
