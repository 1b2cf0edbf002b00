//! The orders of a seller to companies.

use super::basket::within;
use super::columns::{decimal, id, level, table, text, whole as whole_column};
use super::days::{Rhythm, purchase_days};
use super::draw::{Draw, amount, whole};
use super::{LAST_DAY, SynthColumn, SynthTable, SynthValues};

/// Name and list price in hundredths.
const PRODUCTS: [(&str, u32); 6] = [
    ("Seat licence", 24_000),
    ("Add-on module", 90_000),
    ("Training day", 140_000),
    ("Consulting hour", 15_500),
    ("Terminal", 68_000),
    ("Support package", 210_000),
];
const YEAR: [f64; 12] = [1.2, 0.9, 1.1, 0.9, 0.9, 1.1, 0.5, 0.6, 1.1, 1.0, 1.1, 1.6];
/// Companies hardly order at weekends.
const WEEK: [f64; 7] = [1.2, 1.4, 1.4, 1.3, 1.2, 0.1, 0.05];

/// How a company orders.
pub(super) struct Buying {
    /// Orders per 30 days.
    pub(super) per_month: f64,
    /// Mean number of pieces beyond the first.
    pub(super) pieces: f64,
    /// Weights of the products.
    pub(super) products: [f64; 6],
    /// Factor on the list price, what the company negotiated.
    pub(super) price_level: f64,
}

/// One order.
pub(super) struct Order {
    pub(super) account: usize,
    pub(super) number: usize,
    pub(super) day: i32,
    pub(super) product: u32,
    pub(super) quantity: i64,
    pub(super) price_cents: i64,
}

/// What the account table knows of the orders.
pub(super) struct Counters {
    /// Orders of the last 365 days.
    pub(super) orders_12m: usize,
    /// Their value in hundredths.
    pub(super) value_12m_cents: i64,
    /// Days from the last order to the last day.
    pub(super) days_since_last: i32,
}

/// The orders of one account, first to last.
pub(super) fn orders(
    account: usize,
    buying: &Buying,
    window: (i32, i32),
    draw: &mut Draw,
) -> Vec<Order> {
    let rhythm = Rhythm { per_month: buying.per_month, season: &YEAR, week: &WEEK };
    (1..)
        .zip(purchase_days(&rhythm, window.0, window.1, draw))
        .map(|(number, day)| {
            let product = draw.pick(&buying.products);
            let list = f64::from(PRODUCTS[product as usize].1);
            Order {
                account,
                number,
                day,
                product,
                quantity: 1 + i64::from(draw.count(buying.pieces)),
                price_cents: i64::from(whole(list * buying.price_level)),
            }
        })
        .collect()
}

/// Counts what the account table says, from the orders alone.
pub(super) fn count(orders: &[Order]) -> Counters {
    let recent = || orders.iter().filter(|order| within(order.day, 365));
    let last = orders.iter().map(|order| order.day).max().unwrap_or(LAST_DAY);
    Counters {
        orders_12m: recent().count(),
        value_12m_cents: recent().map(|order| order.quantity * order.price_cents).sum(),
        days_since_last: LAST_DAY - last,
    }
}

/// The orders sorted by day and account.
pub(super) fn by_day(mut orders: Vec<Order>) -> Vec<Order> {
    orders.sort_by_key(|order| (order.day, order.account, order.number));
    orders
}

/// The table `orders`, in the order given.
pub(super) fn to_table(rows: &[Order]) -> SynthTable {
    let numbers = rows.iter().map(|o| format!("{:06}{:04}", o.account, o.number)).collect();
    let accounts = rows.iter().map(|order| id('A', order.account)).collect();
    let days = rows.iter().map(|order| Some(order.day)).collect();
    table(
        "orders",
        vec![
            text("order_id", numbers),
            text("account_id", accounts),
            SynthColumn { name: "day".to_owned(), values: SynthValues::Day(days) },
            level("product", &PRODUCTS.map(|product| product.0), rows, |order| order.product),
            whole_column("quantity", rows, |order| order.quantity),
            decimal("price", 2, rows, |order| amount(order.price_cents)),
        ],
    )
}
