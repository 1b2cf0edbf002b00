//! Which column of a table of order lines is what: named in the config, else guessed from
//! names in five languages and from values, with the reason.

use crate::features::error::FeatureError;
use crate::features::id::find;
use crate::features::names::Name;
use crate::features::words::{self, CUSTOMER};
use crate::load::{Kind, ReadAs, SeenColumn};

use super::params::Params;
use super::plan::{ALL, OrderPlan, Part, PartPlan};
use super::words::{
    AMOUNT, CATEGORY, CHANNEL, CURRENCY, DATE, DISCOUNT, NAME, NUMBER, ORDER, OTHER_DAY,
    OTHER_MONEY, PRICE, PRODUCT, QUANTITY,
};
use super::{Asked, headless};

/// A customer has this many lines on average, else the table is not taken for orders
/// unasked.
const LINES_PER_CUSTOMER: f64 = 1.3;
/// Most decimals that are kept of money and of quantities: together what fits exactly.
const MONEY_DECIMALS: u8 = 6;
const QUANTITY_DECIMALS: u8 = 3;
/// Whole units above which a number read as `f64` may be one off.
const EXACT: f64 = 2_251_799_813_685_248.0;
/// A category or channel with more values is none.
const MOST_LEVELS: usize = 10_000;

/// A text with more values says nothing of customers.
const MOST_VALUES: usize = 1000;

/// Columns with their names taken apart, and which of them have a part already.
pub(super) struct Table<'a> {
    pub columns: &'a [SeenColumn],
    pub names: Vec<Name>,
    parts: Vec<(Part, usize, String, bool)>,
}

/// What every column of order lines is.
///
/// # Errors
///
/// A column that the config names and the table lacks or whose values cannot be what it
/// is named as; no column that can be the customer or the day; two that could; money in
/// several currencies.
pub fn plan(columns: &[SeenColumn], asked: &Asked) -> Result<OrderPlan, FeatureError> {
    let plan = parts(columns, asked)?;
    one_currency(columns, &plan)?;
    Ok(plan)
}

/// Money in several currencies is never added up.
fn one_currency(columns: &[SeenColumn], plan: &OrderPlan) -> Result<(), FeatureError> {
    if plan.money_part().is_none() {
        return Ok(());
    }
    let several = columns.iter().find(|column| {
        column.kind == Kind::Text
            && column.n_distinct > 1
            && Name::new(&column.name).has(CURRENCY)
            && !plan.parts.iter().any(|part| part.column == column.name)
    });
    match several {
        None => Ok(()),
        Some(column) => Err(FeatureError::SeveralCurrencies {
            column: column.name.clone(),
            found: column.n_distinct,
        }),
    }
}

/// The parts of the columns.
fn parts(columns: &[SeenColumn], asked: &Asked) -> Result<OrderPlan, FeatureError> {
    let params = asked.params;
    let mut table = Table::new(columns);
    table.take_named(asked)?;
    if let Some(found) = headless::parts(&table, asked) {
        for (part, at, why) in found {
            table.give(part, at, why, true);
        }
    } else {
        table.guess_customer()?;
        for part in [Part::Order, Part::Discount, Part::Category, Part::Quantity] {
            table.guess(part, params);
        }
        table.guess_amount(params);
        for part in [Part::Product, Part::Channel] {
            table.guess(part, params);
        }
        table.guess_day()?;
    }
    table.planned(params)
}

/// As [`plan`], for a table of which nobody said that it holds orders: `None` unless it
/// surely does. Surely means that customers have several rows each, and most rows a day
/// beside an amount, a quantity, an order number or a product, or nothing else at all.
#[must_use]
pub fn recognise(columns: &[SeenColumn], n_rows: usize, asked: &Asked) -> Option<OrderPlan> {
    let plan = parts(columns, asked).ok()?;
    let seen = |part: Part| {
        let name = &plan.part(part)?.column;
        columns.iter().find(|column| column.name == *name)
    };
    let (customer, date) = (seen(Part::Customer)?, seen(Part::Date)?);
    let most = |column: &SeenColumn| column.n_present * 2 >= n_rows;
    let repeats = customer.n_present as f64 >= LINES_PER_CUSTOMER * customer.n_distinct as f64;
    let something = [Part::Amount, Part::Price, Part::Quantity, Part::Order, Part::Product];
    let tells = columns.len() == 2 || something.iter().any(|&part| seen(part).is_some());
    let sound = customer.n_distinct > 1 && repeats && most(customer) && most(date) && tells;
    sound.then_some(plan)
}

impl<'a> Table<'a> {
    fn new(columns: &'a [SeenColumn]) -> Self {
        let names = columns.iter().map(|column| Name::new(&column.name)).collect();
        Self { columns, names, parts: Vec::new() }
    }

    pub(super) fn has(&self, part: Part) -> bool {
        self.parts.iter().any(|(taken, ..)| *taken == part)
    }

    fn give(&mut self, part: Part, at: usize, why: impl Into<String>, guessed: bool) {
        self.parts.push((part, at, why.into(), guessed));
    }

    /// Columns that have no part yet and are not ignored.
    pub(super) fn free(&self) -> impl Iterator<Item = usize> + '_ {
        let taken = |at: usize| self.parts.iter().any(|(_, taken, ..)| *taken == at);
        (0..self.columns.len()).filter(move |&at| !taken(at))
    }

    /// What the config names.
    fn take_named(&mut self, asked: &Asked) -> Result<(), FeatureError> {
        let named = std::iter::once((Part::Customer, asked.id))
            .chain(ALL.map(|part| (part, asked.params.column(part))));
        for (part, name) in named {
            let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
            let at = find(self.columns, name, part.key())?;
            fits(&self.columns[at], part)?;
            self.give(part, at, "named in the config", false);
        }
        Ok(())
    }

    /// The customer: named like one, else named like a key.
    fn guess_customer(&mut self) -> Result<(), FeatureError> {
        if self.has(Part::Customer) {
            return Ok(());
        }
        let mut ranked: Vec<((u8, usize), usize)> = self
            .free()
            .filter(|&at| is_key(&self.columns[at]))
            .filter_map(|at| Some((self.customer_rank(at)?, at)))
            .collect();
        ranked.sort_unstable();
        let Some(&(rank, at)) = ranked.first() else { return Err(nobody(Part::Customer)) };
        // Two columns with as many values name the same customers twice.
        let rival = ranked.iter().find(|(other, b)| {
            *other == rank && *b != at && self.columns[*b].n_distinct != self.columns[at].n_distinct
        });
        if let Some(&(_, second)) = rival {
            return Err(self.which(Part::Customer, at, second));
        }
        let why = match rank.0 {
            0 => "named like a customer number",
            1 => "named like a customer",
            _ => "named like a key, and values repeat",
        };
        self.give(Part::Customer, at, why, true);
        Ok(())
    }

    fn customer_rank(&self, at: usize) -> Option<(u8, usize)> {
        let (name, column) = (&self.names[at], &self.columns[at]);
        if name.has(words::CONTACT) || column.n_distinct < 2 {
            return None;
        }
        if let Some(place) = name.place(CUSTOMER) {
            let single = name.single().is_some_and(|word| !word.is_ascii());
            if name.has(words::ID) && name.only(&[CUSTOMER, words::ID]) || single {
                return Some((0, place));
            }
            if name.only(&[CUSTOMER]) || name.only(&[CUSTOMER, NAME]) {
                return Some((1, place));
            }
        }
        let thing = name.has(ORDER) || name.has(PRODUCT) || name.has(CATEGORY) || name.has(CHANNEL);
        let ends = name.words().last().is_some_and(|word| word.len() > 2 && word.ends_with("id"));
        let key = name.only(&[words::KEY]) || name.ends_in(words::KEY) || ends;
        (key && !thing && column.n_distinct < column.n_present).then_some((2, 0))
    }

    /// A part that is known by a list of words, the first word of the list before others.
    fn guess(&mut self, part: Part, params: &Params) {
        if self.has(part) || params.column(part).is_some() {
            return;
        }
        let best = self
            .free()
            .filter_map(|at| Some((rank(part, &self.names[at], &self.columns[at])?, at)))
            .min();
        if let Some((_, at)) = best {
            self.give(part, at, format!("named like {} {}", article(part), part.name()), true);
        }
    }

    /// The amount and the price, unless the config says where the money is.
    fn guess_amount(&mut self, params: &Params) {
        if params.price.is_none() {
            self.guess(Part::Amount, params);
        }
        self.guess(Part::Price, params);
    }

    /// The day: the only one, the one named like the day of an order, or the one that
    /// shares a word with the amount.
    fn guess_day(&mut self) -> Result<(), FeatureError> {
        if self.has(Part::Date) {
            return Ok(());
        }
        let money = self.parts.iter().find(|(part, ..)| *part == Part::Amount);
        let money: Vec<String> =
            money.map_or(Vec::new(), |(_, at, ..)| self.names[*at].words().to_vec());
        let rank = |at: usize| {
            let name = &self.names[at];
            if name.has(OTHER_DAY) {
                return 4;
            }
            let shares = name.words().iter().any(|word| money.contains(word));
            match (name.has(ORDER), name.has(DATE)) {
                (true, true) => 0,
                _ if shares => 1,
                (_, true) if name.single().is_some() => 1,
                (_, true) => 2,
                _ => 3,
            }
        };
        let is_day = |at: &usize| matches!(self.columns[*at].kind, Kind::Day { .. });
        let mut ranked: Vec<(i32, usize)> =
            self.free().filter(is_day).map(|at| (rank(at), at)).collect();
        ranked.sort_unstable();
        let Some(&(best, at)) = ranked.first() else { return Err(nobody(Part::Date)) };
        if best == 4 {
            return Err(nobody(Part::Date));
        }
        if let Some(&(_, second)) = ranked.get(1).filter(|(other, _)| *other == best) {
            return Err(self.which(Part::Date, at, second));
        }
        let why = match best {
            0 => "named like the day of an order",
            1 => "named like the day, or like the amount",
            _ if ranked.len() == 1 => "the only day",
            _ => "named like a day",
        };
        self.give(Part::Date, at, why, true);
        Ok(())
    }

    fn which(&self, part: Part, first: usize, second: usize) -> FeatureError {
        FeatureError::WhichColumn {
            what: part.name(),
            key: part.key(),
            first: self.columns[first].name.clone(),
            second: self.columns[second].name.clone(),
        }
    }

    /// Columns without a part whose texts repeat: they may say something of the customers.
    fn attributes(&self) -> Vec<String> {
        let may = |at: &usize| {
            let column = &self.columns[*at];
            let repeats = (2..=MOST_VALUES).contains(&column.n_distinct);
            column.kind == Kind::Text && repeats && !self.names[*at].has(CURRENCY)
        };
        self.free().filter(may).map(|at| self.columns[at].name.clone()).collect()
    }

    fn planned(mut self, params: &Params) -> Result<OrderPlan, FeatureError> {
        for part in [Part::Customer, Part::Date] {
            if !self.has(part) {
                return Err(nobody(part));
            }
        }
        self.parts.sort_by_key(|(part, at, ..)| (*part, *at));
        let mut whole_ids = false;
        let parts = self
            .parts
            .iter()
            .map(|(part, at, why, guessed)| {
                let column = &self.columns[*at];
                if *part == Part::Customer {
                    whole_ids = column.kind == Kind::Integer;
                }
                PartPlan {
                    part: *part,
                    column: column.name.clone(),
                    why: why.clone(),
                    guessed: *guessed,
                    read_as: read_as(column, *part),
                    decimals: decimals(column, *part),
                }
            })
            .collect();
        let attributes = self.attributes();
        Ok(OrderPlan { parts, attributes, whole_ids, params: params.clone() })
    }
}

fn nobody(part: Part) -> FeatureError {
    FeatureError::NoSuchPart { what: part.name(), key: part.key() }
}

fn article(part: Part) -> &'static str {
    if matches!(part, Part::Order | Part::Amount) { "an" } else { "a" }
}

/// How well a name and values suit a part, the smaller the better.
fn rank(part: Part, name: &Name, column: &SeenColumn) -> Option<usize> {
    let numbers = matches!(column.kind, Kind::Integer | Kind::Decimal);
    let few = is_key(column) && column.n_distinct <= MOST_LEVELS && column.n_distinct > 1;
    match part {
        Part::Order => {
            let numbered = name.ends_in(NUMBER) || name.only(&[ORDER, NUMBER]);
            let place = name.place(ORDER).filter(|_| numbered && !name.has(DATE));
            let place = place.or_else(|| glued(name, ORDER, NUMBER));
            place.filter(|_| is_key(column) && column.n_distinct > 2)
        }
        Part::Amount | Part::Price if name.has(OTHER_MONEY) => None,
        Part::Amount => name.place(AMOUNT).filter(|_| numbers && !name.has(PRICE_ONLY)),
        Part::Price => name.place(PRICE).filter(|_| numbers),
        Part::Quantity => name.place(QUANTITY).filter(|_| numbers && !column.leading_zero),
        Part::Product => name.place(PRODUCT).filter(|_| is_key(column)),
        Part::Category => name.place(CATEGORY).filter(|_| few),
        Part::Channel => name.place(CHANNEL).filter(|_| few),
        Part::Discount => name.place(DISCOUNT).filter(|_| column.n_present > 0),
        Part::Customer | Part::Date => None,
    }
}

/// The place in `first` of the word that a word of the name begins with, where a word of
/// `second` is all that follows: `fakturanr`.
fn glued(name: &Name, first: &[&str], second: &[&str]) -> Option<usize> {
    let begins = |word: &str, start: &str| {
        word.strip_prefix(start).is_some_and(|rest| second.contains(&rest))
    };
    first.iter().position(|start| name.words().iter().any(|word| begins(word, start)))
}

/// Words that make a sum of money the price of one.
const PRICE_ONLY: &[&str] = &["unit", "each", "per", "stk", "stykpris", "单价"];

/// Whether values can name things.
fn is_key(column: &SeenColumn) -> bool {
    matches!(column.kind, Kind::Integer | Kind::Text)
}

/// Whether a column that the config names can be what it is named as.
fn fits(column: &SeenColumn, part: Part) -> Result<(), FeatureError> {
    let (sound, expected) = match part {
        Part::Date => (matches!(column.kind, Kind::Day { .. }), "days of one format"),
        Part::Amount | Part::Quantity | Part::Price => {
            (matches!(column.kind, Kind::Integer | Kind::Decimal), "numbers")
        }
        _ => (column.kind != Kind::Empty, "there"),
    };
    if sound {
        return Ok(());
    }
    let (column, what) = (column.name.clone(), part.name());
    Err(FeatureError::PartType { column, what, key: part.key(), expected })
}

fn read_as(column: &SeenColumn, part: Part) -> ReadAs {
    match part {
        Part::Date => ReadAs::Day,
        Part::Amount | Part::Quantity | Part::Price => ReadAs::Number,
        Part::Discount if matches!(column.kind, Kind::Integer | Kind::Decimal) => ReadAs::Number,
        _ => ReadAs::Text,
    }
}

/// The decimals that are kept: those of the input, but not more than can be exact.
fn decimals(column: &SeenColumn, part: Part) -> u8 {
    let most = match part {
        Part::Amount | Part::Price => MONEY_DECIMALS,
        Part::Quantity => QUANTITY_DECIMALS,
        _ => 0,
    };
    let largest = column.min.unwrap_or(0.0).abs().max(column.max.unwrap_or(0.0).abs());
    let exact = |decimals: &u8| largest * 10_f64.powi(i32::from(*decimals)) < EXACT;
    (0..=column.decimals.min(most)).rev().find(exact).unwrap_or(0)
}
