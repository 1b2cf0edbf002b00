//! The purchase lines of a shop: what was in the baskets, and what came back.

use super::columns::{decimal, id, level, table, text, whole as whole_column};
use super::days::{Rhythm, day_within, purchase_days};
use super::draw::{Draw, amount, whole};
use super::shop::Habits;
use super::{LAST_DAY, SynthColumn, SynthTable, SynthValues};

/// Name, category and list price in hundredths.
const PRODUCTS: [(&str, u32, u32); 24] = [
    ("Chopping board", 0, 1890),
    ("Saucepan, 2 l", 0, 3490),
    ("Tea towels, set of 3", 0, 1190),
    ("Kitchen scale", 0, 2590),
    ("Watering can", 1, 1690),
    ("Secateurs", 1, 2290),
    ("Seed box", 1, 890),
    ("Folding chair", 1, 4990),
    ("Wooden train", 2, 2990),
    ("Puzzle, 500 pieces", 2, 1490),
    ("Card game", 2, 990),
    ("Soft bear", 2, 1990),
    ("Cookbook", 3, 2490),
    ("Notebook, ruled", 3, 690),
    ("Travel guide", 3, 1890),
    ("Picture book", 3, 1290),
    ("Wool scarf", 4, 2790),
    ("Rain jacket", 4, 7990),
    ("Cotton socks, 5 pairs", 4, 1490),
    ("Sun hat", 4, 1990),
    ("Headphones", 5, 8990),
    ("Desk lamp", 5, 3990),
    ("Charger, \"fast\"", 5, 2490),
    ("Radio", 5, 6990),
];
const CATEGORIES: [&str; 6] = ["Kitchen", "Garden", "Toys", "Books", "Clothing", "Electronics"];
const CHANNELS: [&str; 3] = ["web", "app", "store"];

/// One line of one order; a cancellation is a line of its own with a negative quantity.
pub(super) struct Line {
    pub(super) customer: usize,
    /// Number of the order within the customer, counted from 1.
    pub(super) order: usize,
    pub(super) day: i32,
    pub(super) product: u32,
    pub(super) channel: u32,
    pub(super) quantity: i64,
    /// Price of one piece in hundredths, after the discount.
    pub(super) price_cents: i64,
    /// Points off the list price.
    pub(super) discount: u32,
    pub(super) cancelled: bool,
}

/// What the customer table knows of somebody's purchases.
pub(super) struct Counters {
    /// Orders of the last 90 days.
    pub(super) orders_90d: u32,
    /// Orders of the last 365 days.
    pub(super) orders_12m: u32,
    /// Purchases less cancellations of the last 365 days, hundredths.
    pub(super) spend_12m_cents: i64,
    /// Days from the last order to the last day.
    pub(super) days_since_last: i32,
    /// Cancelled lines of the last 365 days.
    pub(super) returns_12m: u32,
    /// Purchases per order over the whole history, hundredths, rounded down.
    pub(super) basket_cents: i64,
    /// Share of the purchase lines of the whole history that were discounted.
    pub(super) discount_share: f64,
}

/// The lines of one customer, orders first to last, each cancellation after its line.
pub(super) fn lines(
    customer: usize,
    habits: &Habits,
    rhythm: &Rhythm,
    window: (i32, i32),
    draw: &mut Draw,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for (order, day) in (1..).zip(purchase_days(rhythm, window.0, window.1, draw)) {
        let channel = draw.pick(&habits.channels);
        for _ in 0..=draw.count(habits.lines) {
            let line = line(customer, order, day, channel, habits, draw);
            let back = day + day_within(2, 20, draw);
            let cancelled = draw.chance(habits.returning) && back <= LAST_DAY;
            let quantity = -line.quantity;
            let Line { product, price_cents, discount, .. } = line;
            lines.push(line);
            if cancelled {
                lines.push(Line {
                    customer,
                    order,
                    day: back,
                    product,
                    channel,
                    quantity,
                    price_cents,
                    discount,
                    cancelled,
                });
            }
        }
    }
    lines
}

fn line(
    customer: usize,
    order: usize,
    day: i32,
    channel: u32,
    habits: &Habits,
    draw: &mut Draw,
) -> Line {
    let category = draw.pick(&habits.categories);
    let product = category * 4 + draw.below(4);
    let discount = if draw.chance(habits.discounts) { 10 * (1 + draw.below(3)) } else { 0 };
    let list = f64::from(PRODUCTS[product as usize].2) * habits.price_level;
    let price = list * draw.between(0.95, 1.05) * (1.0 - f64::from(discount) / 100.0);
    Line {
        customer,
        order,
        day,
        product,
        channel,
        quantity: 1 + i64::from(draw.count(habits.pieces)),
        price_cents: i64::from(whole(price).max(1)),
        discount,
        cancelled: false,
    }
}

/// Counts what the customer table says, from the lines alone.
pub(super) fn count(lines: &[Line]) -> Counters {
    let mut orders: Vec<(usize, i32)> =
        lines.iter().filter(|line| !line.cancelled).map(|line| (line.order, line.day)).collect();
    orders.dedup();
    let (mut spend_12m_cents, mut gross, mut returns_12m) = (0, 0, 0);
    let (mut bought, mut discounted) = (0_u32, 0_u32);
    for line in lines {
        let value = line.quantity * line.price_cents;
        if within(line.day, 365) {
            spend_12m_cents += value;
            returns_12m += u32::from(line.cancelled);
        }
        if !line.cancelled {
            gross += value;
            bought += 1;
            discounted += u32::from(line.discount > 0);
        }
    }
    let recent = |days| {
        let n = orders.iter().filter(|order| within(order.1, days)).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    let last = orders.iter().map(|order| order.1).max().unwrap_or(LAST_DAY);
    Counters {
        orders_90d: recent(90),
        orders_12m: recent(365),
        spend_12m_cents,
        days_since_last: LAST_DAY - last,
        returns_12m,
        basket_cents: gross / i64::try_from(orders.len().max(1)).unwrap_or(1),
        discount_share: f64::from(discounted) / f64::from(bought.max(1)),
    }
}

/// Whether a day is one of the last `days` days, the last day among them.
pub(super) fn within(day: i32, days: i32) -> bool {
    LAST_DAY - day < days
}

/// The lines sorted by day and customer, as a shop's till writes them.
pub(super) fn by_day(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| (line.day, line.customer, line.order, line.cancelled));
    lines
}

/// The table `transactions`, lines in the order given.
pub(super) fn transactions(rows: &[Line]) -> SynthTable {
    let names = PRODUCTS.map(|product| product.0);
    let order_ids = rows.iter().map(order_id).collect();
    let customers = rows.iter().map(|line| id('K', line.customer)).collect();
    let days = rows.iter().map(|line| Some(line.day)).collect();
    table(
        "transactions",
        vec![
            text("order_id", order_ids),
            text("customer_id", customers),
            SynthColumn { name: "day".to_owned(), values: SynthValues::Day(days) },
            level("product", &names, rows, |line| line.product),
            level("category", &CATEGORIES, rows, |line| PRODUCTS[line.product as usize].1),
            level("channel", &CHANNELS, rows, |line| line.channel),
            whole_column("quantity", rows, |line| line.quantity),
            decimal("price", 2, rows, |line| amount(line.price_cents)),
            whole_column("discount_percent", rows, |line| i64::from(line.discount)),
        ],
    )
}

/// Such as `0000120003`: customer 12, order 3; a cancellation has a `C` before it.
fn order_id(line: &Line) -> String {
    let prefix = if line.cancelled { "C" } else { "" };
    format!("{prefix}{:06}{:04}", line.customer, line.order)
}
