//! Companies as customers: firmographics, a contract, usage, and orders.

use std::ops::Range;

use super::LAST_DAY;
use super::SynthTable;
use super::calendar::first_day;
use super::columns::{decimal, flag, ids, level, table, whole as whole_column};
use super::days::day_within;
use super::draw::{Draw, amount, cents, segments, whole};
use super::gaps::punch;
use super::orders::{Buying, Counters, Order, by_day, count, orders, to_table};
use crate::seed::Seed;

/// What is typical of a segment: medians of skewed columns, means of counts.
pub(super) struct Segment {
    pub(super) name: &'static str,
    pub(super) quota: u32,
    industry: [f64; 6],
    employees: f64,
    /// Annual revenue per employee.
    revenue: f64,
    founded: f64,
    /// Seats per employee.
    coverage: f64,
    /// Contract value per seat and year.
    seat_price: f64,
    /// Logins per seat and month.
    usage: f64,
    tickets: f64,
    nps: f64,
    per_month: f64,
    pieces: f64,
    products: [f64; 6],
}

pub(super) const SEGMENTS: [Segment; 5] = [
    Segment {
        name: "Small workshops",
        quota: 70,
        industry: [0.40, 0.30, 0.02, 0.18, 0.05, 0.05],
        employees: 9.0,
        revenue: 105_000.0,
        founded: 2003.0,
        coverage: 0.45,
        seat_price: 210.0,
        usage: 5.0,
        tickets: 0.8,
        nps: 7.0,
        per_month: 0.35,
        pieces: 0.6,
        products: [3.0, 1.0, 0.5, 1.0, 2.0, 0.5],
    },
    Segment {
        name: "Growing tech firms",
        quota: 50,
        industry: [0.03, 0.07, 0.70, 0.10, 0.10, 0.0],
        employees: 48.0,
        revenue: 160_000.0,
        founded: 2015.0,
        coverage: 0.85,
        seat_price: 260.0,
        usage: 32.0,
        tickets: 1.6,
        nps: 8.9,
        per_month: 1.4,
        pieces: 1.5,
        products: [4.0, 3.0, 0.5, 0.8, 0.2, 0.8],
    },
    Segment {
        name: "Established manufacturers",
        quota: 45,
        industry: [0.72, 0.10, 0.02, 0.10, 0.06, 0.0],
        employees: 260.0,
        revenue: 230_000.0,
        founded: 1976.0,
        coverage: 0.16,
        seat_price: 420.0,
        usage: 5.0,
        tickets: 10.0,
        nps: 5.8,
        per_month: 0.9,
        pieces: 5.0,
        products: [1.5, 1.5, 2.0, 2.0, 3.0, 2.0],
    },
    Segment {
        name: "Public bodies",
        quota: 30,
        industry: [0.0, 0.02, 0.02, 0.06, 0.30, 0.60],
        employees: 420.0,
        revenue: 48_000.0,
        founded: 1958.0,
        coverage: 0.40,
        seat_price: 150.0,
        usage: 3.0,
        tickets: 3.5,
        nps: 6.0,
        per_month: 0.20,
        pieces: 9.0,
        products: [2.0, 0.5, 3.0, 1.5, 1.0, 3.0],
    },
    Segment {
        name: "Global groups",
        quota: 5,
        industry: [0.40, 0.15, 0.20, 0.20, 0.05, 0.0],
        employees: 7_500.0,
        revenue: 290_000.0,
        founded: 1948.0,
        coverage: 0.30,
        seat_price: 330.0,
        usage: 14.0,
        tickets: 38.0,
        nps: 7.0,
        per_month: 5.0,
        pieces: 24.0,
        products: [4.0, 2.0, 2.0, 3.0, 1.0, 2.0],
    },
];

const INDUSTRIES: [&str; 6] =
    ["manufacturing", "retail", "software", "services", "health", "public sector"];
const COUNTRIES: [&str; 5] = ["Denmark", "Norway", "Sweden", "Germany", "Netherlands"];
const SOURCES: [&str; 4] = ["fair", "partner", "website", "cold call"];

/// The columns with empty cells and the share of them; about 5 % of all cells.
const GAPS: [(&[&str], f64); 7] = [
    (&["annual_revenue"], 0.15),
    (&["employees"], 0.07),
    (&["founded"], 0.10),
    (&["nps"], 0.25),
    (&["industry"], 0.03),
    (&["lead_source"], 0.10),
    (&["monthly_logins"], 0.05),
];

/// What the account table knows of a company.
pub(super) struct Account {
    segment: u32,
    industry: u32,
    employees: u32,
    revenue: i64,
    country: u32,
    founded: u32,
    contract_cents: i64,
    seats: u32,
    logins: u32,
    tickets: u32,
    nps: u32,
    source: u32,
    framework: bool,
    counters: Counters,
}

/// The tables `accounts`, `orders` (by day) and `truth`.
pub(super) fn generate(n: usize, seed: Seed, months: u32) -> Vec<SynthTable> {
    let (accounts, orders) = block(0..n, seed, months);
    let [table, truth] = tables(&accounts, seed);
    vec![table, to_table(&by_day(orders)), truth]
}

/// The accounts of a range that begins with a block, and their orders, first account first.
pub(super) fn block(range: Range<usize>, seed: Seed, months: u32) -> (Vec<Account>, Vec<Order>) {
    let quotas = SEGMENTS.each_ref().map(|segment| segment.quota);
    let (mut accounts, mut all) = (Vec::with_capacity(range.len()), Vec::new());
    let truth = segments(seed, "synth b2b segments", range.clone(), &quotas);
    for (index, segment) in range.zip(truth) {
        let mut draw = Draw::new(seed, "synth b2b account", index);
        let (account, mut orders) = account(index + 1, segment, months, &mut draw);
        accounts.push(account);
        all.append(&mut orders);
    }
    (accounts, all)
}

/// The tables `accounts` and `truth` of everybody.
pub(super) fn tables(accounts: &[Account], seed: Seed) -> [SynthTable; 2] {
    let names = SEGMENTS.each_ref().map(|segment| segment.name);
    let columns = vec![
        ids("account_id", 'A', accounts.len()),
        level("segment", &names, accounts, |account| account.segment),
    ];
    [to_accounts(accounts, seed), table("truth", columns)]
}

fn account(number: usize, segment: u32, months: u32, draw: &mut Draw) -> (Account, Vec<Order>) {
    let typical = &SEGMENTS[segment as usize];
    let size = draw.log_normal(1.0, 0.60);
    let employees = whole(typical.employees * size).max(1);
    let headcount = f64::from(employees);
    let revenue = headcount * draw.log_normal(typical.revenue, 0.45);
    let seats = whole(headcount * draw.log_normal(typical.coverage, 0.45).min(1.0)).max(1);
    let contract = f64::from(seats) * draw.log_normal(typical.seat_price, 0.30);
    let activity = draw.log_normal(1.0, 0.40);
    let buying = Buying {
        per_month: typical.per_month * activity * size.sqrt(),
        pieces: draw.log_normal(typical.pieces, 0.4) * size.sqrt(),
        products: typical.products,
        price_level: draw.between(0.85, 1.0),
    };
    let logins = f64::from(seats) * draw.log_normal(typical.usage, 0.45) * activity.sqrt();
    let tickets = draw.log_normal(typical.tickets, 0.4) * size.sqrt();
    let first = first_day(months);
    let joined = if draw.chance(0.2) { day_within(0, (LAST_DAY - first) / 2, draw) } else { 0 };
    let orders = orders(number, &buying, (first + joined, LAST_DAY), draw);
    let account = Account {
        segment,
        industry: draw.pick(&typical.industry),
        employees,
        revenue: i64::from(whole(revenue / 1_000.0).max(10)) * 1_000,
        country: draw.pick(&[0.30, 0.15, 0.20, 0.25, 0.10]),
        founded: whole((typical.founded + 18.0 * draw.normal()).clamp(1850.0, 2024.0)),
        contract_cents: cents(contract),
        seats,
        logins: draw.count(logins),
        tickets: draw.count(tickets),
        nps: whole((typical.nps + 1.4 * draw.normal()).clamp(0.0, 10.0)),
        source: draw.below(4),
        framework: draw.chance(if segment >= 3 { 0.6 } else { 0.15 }),
        counters: count(&orders),
    };
    (account, orders)
}

fn to_accounts(accounts: &[Account], seed: Seed) -> SynthTable {
    let mut columns = vec![
        ids("account_id", 'A', accounts.len()),
        level("industry", &INDUSTRIES, accounts, |a| a.industry),
        whole_column("employees", accounts, |a| i64::from(a.employees)),
        whole_column("annual_revenue", accounts, |a| a.revenue),
        level("country", &COUNTRIES, accounts, |a| a.country),
        whole_column("founded", accounts, |a| i64::from(a.founded)),
        level("lead_source", &SOURCES, accounts, |a| a.source),
        flag("framework_contract", accounts, |a| a.framework),
        decimal("contract_value", 2, accounts, |a| amount(a.contract_cents)),
        whole_column("seats", accounts, |a| i64::from(a.seats)),
        whole_column("monthly_logins", accounts, |a| i64::from(a.logins)),
        whole_column("support_tickets", accounts, |a| i64::from(a.tickets)),
        whole_column("nps", accounts, |a| i64::from(a.nps)),
        whole_column("orders_12m", accounts, |a| {
            i64::try_from(a.counters.orders_12m).unwrap_or(i64::MAX)
        }),
        decimal("order_value_12m", 2, accounts, |a| amount(a.counters.value_12m_cents)),
        whole_column("days_since_last_order", accounts, |a| i64::from(a.counters.days_since_last)),
    ];
    punch(&mut columns, &GAPS, seed, "synth b2b gaps");
    table("accounts", columns)
}
