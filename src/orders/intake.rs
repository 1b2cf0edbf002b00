//! Order lines come in, batch by batch and in any order, and are kept in 32 bytes each,
//! in buckets by customer, until all are there.
//!
//! The texts of a batch become numbers, each different text once; then several shards take
//! in a stretch of the batch each, at the same time. A shard counts for itself, in whole
//! numbers, so that the sums over the shards do not depend on how many there are.

use std::borrow::Cow;

use rayon::prelude::*;

use super::attributes::Tracked;
use super::details::Details;
use super::dictionary::{Dictionary, NONE, hash};
use super::error::OrderError;
use super::exact::{power, scaled};
use super::line::{Line, Mark, NO_DETAIL, NO_QUANTITY, mark, place};
use super::rules::{Batch, CancelPrefix, Money, Rules};
use super::tally::{Look, Running};
use super::texts::Texts;

/// Into how many buckets customers are spread: one bucket of a hundred million lines
/// fits into a cache.
pub(super) const N_BUCKETS: usize = 512;
/// The most shards: each has a begun piece in every bucket.
const MOST_SHARDS: usize = 8;
/// How many lines are kept in one piece, so that a bucket that grows copies nothing.
const PIECE: usize = 1024;
/// An amount that is not there.
const NO_AMOUNT: i64 = i64::MIN;

/// The lines of some customers.
pub(super) type Bucket = Vec<Vec<Line>>;

/// What the texts of a batch became.
struct Coded {
    customers: Vec<u32>,
    pointed: u64,
    details: Vec<u32>,
}

/// What a batch became.
struct Looked {
    texts: Coded,
    /// Hash and mark of each order number that the batch makes known.
    orders: Vec<(u64, Mark)>,
    amounts: Vec<i64>,
    quantities: Vec<i32>,
}

/// What was taken in by one of those who do so at the same time.
#[derive(Debug)]
pub(super) struct Shard {
    pub buckets: Vec<Bucket>,
    pub running: Running,
    /// How many lines of customers have each detail.
    pub details: Vec<u64>,
}

/// Takes order lines in; see the module.
#[derive(Debug)]
pub struct Intake {
    pub(super) rules: Rules,
    pub(super) customers: Dictionary,
    pub(super) details: Details,
    pub(super) attributes: Vec<Tracked>,
    pub(super) shards: Vec<Shard>,
}

impl Intake {
    /// An intake of lines under these rules.
    ///
    /// # Errors
    ///
    /// More than 9 decimals of money; a price without a quantity.
    pub fn new(rules: Rules) -> Result<Self, OrderError> {
        rules.check()?;
        let n_shards = rayon::current_num_threads().clamp(1, MOST_SHARDS);
        let attributes = (0..rules.n_attributes).map(|_| Tracked::default()).collect();
        Ok(Self {
            rules,
            attributes,
            customers: Dictionary::default(),
            details: Details::default(),
            shards: (0..n_shards).map(|_| Shard::new()).collect(),
        })
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Takes some lines in. Batches of about 100,000 lines are quick.
    ///
    /// # Errors
    ///
    /// A number that cannot be kept exactly; too many different values; columns that do
    /// not fit the rules.
    pub fn push(&mut self, batch: &Batch) -> Result<(), OrderError> {
        let Self { rules, customers, details, .. } = self;
        batch.check(rules)?;
        let (numbers, coded) = rayon::join(
            || Ready::fitting(batch, rules),
            || code(customers, details, batch, rules.whole_ids),
        );
        self.keep(batch, coded?, numbers)
    }

    /// Takes some lines in of which everything is known that could be found out before.
    ///
    /// # Errors
    ///
    /// As [`Intake::push`].
    pub fn push_ready(&mut self, batch: &Batch, ready: Ready) -> Result<(), OrderError> {
        let Self { rules, customers, details, .. } = self;
        let ready = ready.checked?;
        let coded = code(customers, details, batch, rules.whole_ids);
        self.keep(batch, coded?, ready)
    }

    fn keep(&mut self, batch: &Batch, texts: Coded, ready: Found) -> Result<(), OrderError> {
        let (amounts, quantities, rounded) = ready.numbers?;
        let coded = Looked { texts, orders: ready.orders, amounts, quantities };
        for (tracked, texts) in self.attributes.iter_mut().zip(&batch.attributes) {
            let rules = &self.rules;
            tracked.take(texts, &coded.texts.customers, |row| counts(batch.days[row], rules))?;
        }
        let n_details = self.details.parts.len();
        let stretch = batch.len().div_ceil(self.shards.len()).max(1);
        let Self { rules, shards, .. } = self;
        shards.par_iter_mut().enumerate().for_each(|(at, shard)| {
            shard.details.resize(n_details, 0);
            let from = (at * stretch).min(batch.len());
            for row in from..(from + stretch).min(batch.len()) {
                shard.take(row, batch, &coded, rules);
            }
        });
        let running = &mut self.shards[0].running;
        running.pointed_ids += coded.texts.pointed;
        running.rounded += rounded;
        Ok(())
    }
}

/// What can be found out of a batch before it is its turn, whatever came before it; what is
/// wrong with it is said when it is taken in.
#[derive(Debug)]
pub struct Ready {
    checked: Result<Found, OrderError>,
}

/// What was found out of a batch that fits the rules.
#[derive(Debug)]
struct Found {
    /// Hash and mark of each order number that the batch makes known.
    orders: Vec<(u64, Mark)>,
    numbers: Result<Numbers, OrderError>,
}

impl Ready {
    /// What can be found out under these rules.
    #[must_use]
    pub fn of(batch: &Batch, rules: &Rules) -> Self {
        Self { checked: batch.check(rules).map(|()| Self::fitting(batch, rules)) }
    }

    fn fitting(batch: &Batch, rules: &Rules) -> Found {
        Found { orders: orders(&batch.orders, rules), numbers: numbers(batch, rules) }
    }
}

/// Texts become numbers: the customers beside everything else.
fn code(
    known: &mut Dictionary,
    details: &mut Details,
    batch: &Batch,
    whole_ids: bool,
) -> Result<Coded, OrderError> {
    let (customers, details) =
        rayon::join(|| code_customers(known, &batch.customers, whole_ids), || details.codes(batch));
    let (customers, pointed) = customers?;
    Ok(Coded { customers, pointed, details: details? })
}

impl Shard {
    fn new() -> Self {
        let buckets = vec![Vec::new(); N_BUCKETS];
        Self { buckets, running: Running::default(), details: Vec::new() }
    }

    /// Counts one line and keeps it, unless a rule leaves it out.
    #[inline]
    fn take(&mut self, row: usize, batch: &Batch, coded: &Looked, rules: &Rules) {
        let customer = coded.texts.customers[row];
        // 0 is kept for lines without a number.
        let numbered = |&level: &u32| coded.orders.get(level as usize).copied().unwrap_or((0, 0));
        let order = batch.orders.codes().get(row).map(numbered);
        let quantity = coded.quantities.get(row).copied().unwrap_or(NO_QUANTITY);
        let written = coded.amounts.get(row).copied();
        let amount = written.filter(|&amount| amount != NO_AMOUNT);
        let mark = order.map_or(0, |(_, mark)| mark);
        let running = &mut self.running;
        let has_customer = customer != NONE;
        running.see(Look {
            has_customer,
            order: order.map(|(order, _)| order),
            mark,
            quantity,
            amount,
        });
        let value = amount.unwrap_or(0);
        let Some(day) = batch.days[row].and_then(place) else {
            return running.without_day.add(value);
        };
        let late = |as_of: crate::day::Day| batch.days[row] > Some(as_of.since_epoch());
        if rules.as_of.is_some_and(late) {
            return running.after_as_of.add(value);
        }
        running.on(day);
        if !has_customer {
            return running.without_customer.add(value);
        }
        if written.is_some() && amount.is_none() {
            return running.without_money.add(value);
        }
        let detail = coded.texts.details.get(row).copied().unwrap_or(NO_DETAIL);
        if let Some(lines) = self.details.get_mut(detail as usize) {
            *lines += 1;
        }
        let discounted = batch.discounted.get(row).copied().unwrap_or(false);
        keep(
            &mut self.buckets[customer as usize % N_BUCKETS],
            Line {
                customer,
                day,
                order: order.map_or(0, |(order, _)| order),
                detail,
                quantity,
                amount: value,
                flags: Line::flags(mark, discounted),
            },
        );
    }
}

/// Whether a line on this day counts.
fn counts(day: Option<i32>, rules: &Rules) -> bool {
    let late = |as_of: crate::day::Day| day > Some(as_of.since_epoch());
    day.and_then(place).is_some() && !rules.as_of.is_some_and(late)
}

/// Puts a line into its bucket.
fn keep(bucket: &mut Bucket, line: Line) {
    match bucket.last_mut() {
        Some(piece) if piece.len() < PIECE => piece.push(line),
        Some(_) => {
            let mut piece = Vec::with_capacity(PIECE);
            piece.push(line);
            bucket.push(piece);
        }
        // The first piece grows as it is needed: most tables are small.
        None => bucket.push(vec![line]),
    }
}

/// The customer of every line, and how many lines write theirs as `17850.0`.
fn code_customers(
    known: &mut Dictionary,
    texts: &Texts,
    whole: bool,
) -> Result<(Vec<u32>, u64), OrderError> {
    let most = NONE as usize;
    let levels = texts.levels().iter().map(|text| {
        let text = text.as_ref();
        let id = if whole { without_point(text) } else { text };
        let too_many = OrderError::TooManyLevels { what: "customer", most };
        let code = known.code(id.as_bytes(), most).ok_or(too_many)?;
        Ok((code, id.len() < text.len()))
    });
    let levels = levels.collect::<Result<Vec<(u32, bool)>, OrderError>>()?;
    let mut pointed = 0;
    let codes = texts.codes().iter().map(|&level| {
        let (code, is_pointed) = levels.get(level as usize).copied().unwrap_or((NONE, false));
        pointed += u64::from(is_pointed);
        code
    });
    Ok((codes.collect(), pointed))
}

/// A whole number without the `.0` that a spreadsheet wrote behind it.
fn without_point(text: &str) -> &str {
    match text.split_once(['.', ',']) {
        Some((whole, rest)) if !whole.is_empty() && rest.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

/// Hash and mark of every order number that a batch makes known.
fn orders(numbers: &Texts, rules: &Rules) -> Vec<(u64, Mark)> {
    let declared = match &rules.cancel_prefix {
        CancelPrefix::Declared(prefix) => Some(prefix.as_str()),
        _ => None,
    };
    // 0 is kept for lines without a number.
    let one = |number: &Cow<str>| (hash(number.as_bytes()).max(1), mark(number, declared));
    numbers.levels().iter().map(one).collect()
}

/// Amounts, quantities, and how many lines were rounded.
type Numbers = (Vec<i64>, Vec<i32>, u64);

fn numbers(batch: &Batch, rules: &Rules) -> Result<Numbers, OrderError> {
    let mut rounded = 0;
    let places = rules.quantity_decimals.unwrap_or(0);
    let too_large = || OrderError::TooLarge { what: "quantity", decimals: places };
    let scale = power(places);
    let quantities = batch.quantities.iter().map(|&quantity| {
        if quantity.is_nan() {
            return Ok(NO_QUANTITY);
        }
        let (units, is_rounded) = scaled(quantity, scale).ok_or_else(too_large)?;
        rounded += u64::from(is_rounded);
        let units = i32::try_from(units).map_err(|_| too_large())?;
        if units == NO_QUANTITY { Err(too_large()) } else { Ok(units) }
    });
    let quantities = quantities.collect::<Result<Vec<i32>, OrderError>>()?;
    let (decimals, by_price) = match rules.money {
        Money::Nowhere => return Ok((Vec::new(), quantities, rounded)),
        Money::Amount { decimals } => (decimals, false),
        Money::PriceTimesQuantity { decimals } => (decimals, true),
    };
    let too_large = || OrderError::TooLarge { what: "money", decimals };
    let scale = power(decimals);
    let amounts = batch.money.iter().enumerate().map(|(row, &money)| {
        let quantity = if by_price { quantities[row] } else { 1 };
        if money.is_nan() || quantity == NO_QUANTITY {
            return Ok(NO_AMOUNT);
        }
        let (units, is_rounded) = scaled(money, scale).ok_or_else(too_large)?;
        rounded += u64::from(is_rounded);
        let amount = units.checked_mul(i64::from(quantity)).ok_or_else(too_large)?;
        if amount == NO_AMOUNT { Err(too_large()) } else { Ok(amount) }
    });
    let amounts = amounts.collect::<Result<Vec<i64>, OrderError>>()?;
    Ok((amounts, quantities, rounded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_s_point_is_no_part_of_an_id() {
        for (text, id) in [
            ("17850.0", "17850"),
            ("17850", "17850"),
            ("17850.5", "17850.5"),
            (".0", ".0"),
            ("007.00", "007"),
            ("12,0", "12"),
            ("12.", "12"),
        ] {
            assert_eq!(without_point(text), id);
        }
    }

    #[test]
    fn money_is_price_times_quantity_in_exact_units() {
        let rules = Rules {
            money: Money::PriceTimesQuantity { decimals: 3 },
            quantity_decimals: Some(1),
            ..Rules::default()
        };
        let batch = Batch {
            money: vec![2.55, 0.001, f64::NAN, 3.0, 0.0005],
            quantities: vec![6.5, -1.0, 2.0, f64::NAN, 2.0],
            ..Batch::default()
        };
        let (amounts, quantities, rounded) = numbers(&batch, &rules).unwrap();
        assert_eq!(quantities, [65, -10, 20, NO_QUANTITY, 20]);
        assert_eq!(amounts, [165_750, -10, NO_AMOUNT, NO_AMOUNT, 20]);
        assert_eq!(rounded, 1);
        let huge = Batch { money: vec![1e12], quantities: vec![1e8], ..Batch::default() };
        assert!(matches!(numbers(&huge, &rules), Err(OrderError::TooLarge { .. })));
        let infinite = Batch { money: vec![f64::INFINITY], quantities: vec![1.0], ..batch };
        assert!(matches!(numbers(&infinite, &rules), Err(OrderError::TooLarge { .. })));
    }
}
