//! Order lines come in, batch by batch and in any order, and are kept in 32 bytes each,
//! in buckets by customer, until all are there.

use super::dictionary::{Dictionary, NONE, hash};
use super::error::OrderError;
use super::exact::{power, scaled};
use super::line::{Line, Mark, NO_DETAIL, NO_QUANTITY, mark, place};
use super::rules::{Batch, CancelPrefix, Money, Rules};
use super::tally::{Look, Running};

/// Into how many buckets customers are spread: one bucket of a hundred million lines
/// fits into a cache.
pub(super) const N_BUCKETS: usize = 512;
/// How many lines are kept in one piece, so that a bucket that grows copies nothing.
const PIECE: usize = 2048;
/// The most different products, and the most categories and channels.
const MOST_PRODUCTS: usize = 8_000_000;
const MOST_LEVELS: usize = 1_000_000;
/// An amount that is not there.
const NO_AMOUNT: i64 = i64::MIN;

/// The lines of some customers.
pub(super) type Bucket = Vec<Vec<Line>>;

/// One of product, category and channel: its names and how many lines have each.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub names: Dictionary,
    pub lines: Vec<u64>,
}

impl Named {
    fn codes(
        &mut self,
        cells: &[Option<&str>],
        what: &'static str,
        most: usize,
    ) -> Result<Vec<u32>, OrderError> {
        let codes: Result<Vec<u32>, OrderError> = cells
            .iter()
            .map(|cell| match cell {
                None => Ok(NONE),
                Some(text) => self
                    .names
                    .code(text.as_bytes(), most)
                    .ok_or(OrderError::TooManyLevels { what, most }),
            })
            .collect();
        self.lines.resize(self.names.len(), 0);
        codes
    }
}

/// Product, category and channel of the lines. Each combination that occurs has one
/// number, its detail.
#[derive(Debug, Default)]
pub(super) struct Details {
    pub products: Named,
    pub categories: Named,
    pub channels: Named,
    known: Dictionary,
    pub parts: Vec<[u32; 3]>,
}

impl Details {
    /// The detail of every line; empty where no line has one.
    fn codes(&mut self, batch: &Batch) -> Result<Vec<u32>, OrderError> {
        let products = self.products.codes(&batch.products, "product", MOST_PRODUCTS)?;
        let categories = self.categories.codes(&batch.categories, "category", MOST_LEVELS)?;
        let channels = self.channels.codes(&batch.channels, "channel", MOST_LEVELS)?;
        if products.is_empty() && categories.is_empty() && channels.is_empty() {
            return Ok(Vec::new());
        }
        let at = |codes: &[u32], row: usize| codes.get(row).copied().unwrap_or(NONE);
        let most = NONE as usize;
        (0..batch.len())
            .map(|row| {
                let parts = [at(&products, row), at(&categories, row), at(&channels, row)];
                let mut key = [0; 12];
                for (bytes, part) in key.chunks_exact_mut(4).zip(parts) {
                    bytes.copy_from_slice(&part.to_le_bytes());
                }
                let code = self.known.code(&key, most);
                let code = code.ok_or(OrderError::TooManyLevels { what: "product", most })?;
                if code as usize == self.parts.len() {
                    self.parts.push(parts);
                }
                Ok(code)
            })
            .collect()
    }
}

/// What the texts and numbers of a batch became.
struct Coded {
    customers: Vec<u32>,
    pointed: u64,
    orders: Vec<(u64, Mark)>,
    details: Vec<u32>,
    amounts: Vec<i64>,
    quantities: Vec<i32>,
    rounded: u64,
}

/// Takes order lines in; see the module.
#[derive(Debug)]
pub struct Intake {
    pub(super) rules: Rules,
    pub(super) customers: Dictionary,
    pub(super) details: Details,
    pub(super) buckets: Vec<Bucket>,
    pub(super) running: Running,
}

impl Intake {
    /// An intake of lines under these rules.
    ///
    /// # Errors
    ///
    /// More than 9 decimals of money; a price without a quantity.
    pub fn new(rules: Rules) -> Result<Self, OrderError> {
        rules.check()?;
        Ok(Self {
            rules,
            customers: Dictionary::default(),
            details: Details::default(),
            buckets: vec![Vec::new(); N_BUCKETS],
            running: Running::default(),
        })
    }

    /// Takes some lines in. Batches of about 100,000 lines are quick.
    ///
    /// # Errors
    ///
    /// A number that cannot be kept exactly; too many different values; columns that do
    /// not fit the rules.
    pub fn push(&mut self, batch: &Batch) -> Result<(), OrderError> {
        batch.check(&self.rules)?;
        let coded = self.code(batch)?;
        self.running.pointed_ids += coded.pointed;
        self.running.rounded += coded.rounded;
        for row in 0..batch.len() {
            self.take(row, batch, &coded);
        }
        Ok(())
    }

    /// Texts become numbers: the customers beside everything else.
    fn code(&mut self, batch: &Batch) -> Result<Coded, OrderError> {
        let Self { rules, customers, details, .. } = self;
        let rules = &*rules;
        let (customers, rest) = rayon::join(
            || code_customers(customers, &batch.customers, rules.whole_ids),
            || -> Result<_, OrderError> {
                Ok((orders(batch, rules), details.codes(batch)?, numbers(batch, rules)?))
            },
        );
        let (customers, pointed) = customers?;
        let (orders, details, (amounts, quantities, rounded)) = rest?;
        Ok(Coded { customers, pointed, orders, details, amounts, quantities, rounded })
    }

    /// Counts one line and keeps it, unless a rule leaves it out.
    fn take(&mut self, row: usize, batch: &Batch, coded: &Coded) {
        let customer = coded.customers[row];
        let order = coded.orders.get(row).copied();
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
        if self.rules.as_of.is_some_and(late) {
            return running.after_as_of.add(value);
        }
        running.on(day);
        if !has_customer {
            return running.without_customer.add(value);
        }
        if written.is_some() && amount.is_none() {
            return running.without_money.add(value);
        }
        let detail = coded.details.get(row).copied().unwrap_or(NO_DETAIL);
        self.details.count(detail);
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

impl Details {
    /// One more line of a customer has this detail.
    fn count(&mut self, detail: u32) {
        let Some(parts) = self.parts.get(detail as usize) else { return };
        let named = [&mut self.products, &mut self.categories, &mut self.channels];
        for (named, &part) in named.into_iter().zip(parts) {
            if let Some(lines) = named.lines.get_mut(part as usize) {
                *lines += 1;
            }
        }
    }
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

/// The numbers of the customers, and how many lines write them as `17850.0`.
fn code_customers(
    known: &mut Dictionary,
    cells: &[Option<&str>],
    whole: bool,
) -> Result<(Vec<u32>, u64), OrderError> {
    let mut pointed = 0;
    let codes = cells.iter().map(|cell| {
        let Some(text) = *cell else { return Ok(NONE) };
        let id = if whole { without_point(text) } else { text };
        pointed += u64::from(id.len() < text.len());
        let most = NONE as usize;
        let too_many = OrderError::TooManyLevels { what: "customer", most };
        known.code(id.as_bytes(), most).ok_or(too_many)
    });
    let codes: Result<Vec<u32>, OrderError> = codes.collect();
    Ok((codes?, pointed))
}

/// A whole number without the `.0` that a spreadsheet wrote behind it.
fn without_point(text: &str) -> &str {
    match text.split_once(['.', ',']) {
        Some((whole, rest)) if !whole.is_empty() && rest.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

/// Hash and mark of every order number.
fn orders(batch: &Batch, rules: &Rules) -> Vec<(u64, Mark)> {
    let declared = match &rules.cancel_prefix {
        CancelPrefix::Declared(prefix) => Some(prefix.as_str()),
        _ => None,
    };
    let one = |cell: &Option<&str>| match cell {
        None => (0, 0),
        // 0 is kept for lines without a number.
        Some(number) => (hash(number.as_bytes()).max(1), mark(number, declared)),
    };
    batch.orders.iter().map(one).collect()
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
