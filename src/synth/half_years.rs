//! A shop's customers in two half-years. Between them the catalogue is closed and an app
//! is opened: one segment is gone, one is split, and the truth of both half-years is known.

use super::SynthTable;
use super::columns::{decimal, flag, id, level, table, text, whole as whole_column};
use super::draw::{Draw, segments, whole};
use super::gaps::punch;
use crate::seed::Seed;

/// What is typical of a segment in half a year: medians of skewed numbers, means of counts.
pub(super) struct Segment {
    pub(super) name: &'static str,
    pub(super) quota: u32,
    age: f64,
    orders: f64,
    /// Euros per order.
    basket: f64,
    visits: f64,
    /// The share of the visits in the app.
    app: f64,
    /// Days since the last order.
    silent: f64,
    returns: f64,
    newsletter: f64,
}

pub(super) const SEGMENTS: [Segment; 5] = [
    Segment {
        name: "Window shoppers",
        quota: 52,
        age: 33.0,
        orders: 1.2,
        basket: 24.0,
        visits: 30.0,
        app: 0.30,
        silent: 70.0,
        returns: 0.1,
        newsletter: 0.30,
    },
    Segment {
        name: "Store regulars",
        quota: 64,
        age: 45.0,
        orders: 12.0,
        basket: 34.0,
        visits: 8.0,
        app: 0.10,
        silent: 9.0,
        returns: 0.4,
        newsletter: 0.55,
    },
    Segment {
        name: "Catalogue buyers",
        quota: 45,
        age: 63.0,
        orders: 3.0,
        basket: 135.0,
        visits: 1.5,
        app: 0.01,
        silent: 40.0,
        returns: 0.3,
        newsletter: 0.10,
    },
    Segment {
        name: "Bargain hunters",
        quota: 34,
        age: 40.0,
        orders: 5.0,
        basket: 15.0,
        visits: 22.0,
        app: 0.20,
        silent: 25.0,
        returns: 4.0,
        newsletter: 0.80,
    },
    Segment {
        name: "Collectors",
        quota: 5,
        age: 50.0,
        orders: 26.0,
        basket: 180.0,
        visits: 60.0,
        app: 0.40,
        silent: 5.0,
        returns: 1.0,
        newsletter: 0.90,
    },
];

/// Who buys in the app once there is one; in no table before.
const APP: Segment = Segment {
    name: "App regulars",
    quota: 0,
    age: 34.0,
    orders: 24.0,
    basket: 17.0,
    visits: 55.0,
    app: 0.85,
    silent: 4.0,
    returns: 1.2,
    newsletter: 0.60,
};

const REGULARS: u32 = 1;
const CATALOGUE: u32 = 2;
/// The place of [`APP`] among the names of the truth.
const APP_AT: u32 = 5;
/// Of the store's regulars so many buy in the app later.
const TO_APP: f64 = 0.45;
/// Of the catalogue's buyers so many leave; the others go to the store or look around.
const LEAVE: f64 = 0.40;
/// Of all others so many leave between the half-years.
const LEAVE_ANYWAY: f64 = 0.04;

/// The columns with empty cells and the share of them; about 5 % of all cells.
const GAPS: [(&[&str], f64); 6] = [
    (&["age"], 0.12),
    (&["visits_6m"], 0.08),
    (&["app_share"], 0.08),
    (&["days_since_last_order"], 0.04),
    (&["returns_6m"], 0.04),
    (&["newsletter"], 0.04),
];

struct Person {
    id: String,
    age: u32,
    orders: u32,
    spend: f64,
    visits: u32,
    app: f64,
    silent: u32,
    returns: u32,
    newsletter: bool,
}

/// What became of a customer.
struct Later {
    segment: u32,
    left: bool,
}

pub(super) fn generate(n: usize, seed: Seed) -> Vec<SynthTable> {
    let quotas = SEGMENTS.each_ref().map(|segment| segment.quota);
    let first = segments(seed, "synth half-years segments", 0..n, &quotas);
    let later: Vec<Later> = first
        .iter()
        .enumerate()
        .map(|(index, &at)| later(at, &mut Draw::new(seed, "synth half-years later", index)))
        .collect();
    let now = |who: (&str, usize), half: &str, segment: u32, id: String| {
        let mut own = Draw::new(seed, who.0, who.1);
        let mut half = Draw::new(seed, half, who.1);
        person(id, of(segment), (&mut own, &mut half))
    };
    let old = "synth half-years person";
    let before: Vec<Person> =
        (0..n).map(|i| now((old, i), "synth half-years first", first[i], id('H', i + 1))).collect();
    // Whoever left makes room for somebody new of the same kind, with an id of their own.
    let after: Vec<Person> = (0..n)
        .map(|i| {
            let (who, prefix) =
                if later[i].left { ("synth half-years newcomer", 'N') } else { (old, 'H') };
            now((who, i), "synth half-years second", later[i].segment, id(prefix, i + 1))
        })
        .collect();
    vec![
        customers("customers-2025-06", &before, seed, "synth half-years gaps first"),
        customers("customers-2025-12", &after, seed, "synth half-years gaps second"),
        truth(&first, &later),
    ]
}

fn of(segment: u32) -> &'static Segment {
    SEGMENTS.get(segment as usize).unwrap_or(&APP)
}

fn later(segment: u32, draw: &mut Draw) -> Later {
    let (leave, change) = (draw.uniform(), draw.uniform());
    let (left, segment) = match segment {
        CATALOGUE => (leave < LEAVE, if change < 0.6 { REGULARS } else { 0 }),
        REGULARS => (leave < LEAVE_ANYWAY, if change < TO_APP { APP_AT } else { REGULARS }),
        other => (leave < LEAVE_ANYWAY, other),
    };
    Later { segment, left }
}

/// A person in half a year: what is their own stays in the next one.
fn person(id: String, typical: &Segment, (own, half): (&mut Draw, &mut Draw)) -> Person {
    let age = whole((typical.age + 9.0 * own.normal()).clamp(18.0, 92.0));
    let active = libm::exp(0.25 * own.normal());
    let basket = libm::exp(0.25 * own.normal());
    let newsletter = own.chance(typical.newsletter);
    let orders = 1 + half.count((typical.orders - 1.0) * active);
    let mean_order = half.log_normal(typical.basket * basket, 0.20);
    let visits = half.log_normal(typical.visits * active, 0.35);
    let app = (typical.app + 0.08 * half.normal()).clamp(0.0, 1.0);
    Person {
        id,
        age,
        orders,
        spend: f64::from(orders) * mean_order,
        visits: whole(visits),
        app,
        silent: whole(half.log_normal(typical.silent / active, 0.5)).min(182),
        returns: half.count(typical.returns),
        newsletter,
    }
}

fn customers(name: &str, people: &[Person], seed: Seed, gaps: &str) -> SynthTable {
    let mut columns = vec![
        text("customer_id", people.iter().map(|p| p.id.clone()).collect()),
        whole_column("age", people, |p| i64::from(p.age)),
        whole_column("orders_6m", people, |p| i64::from(p.orders)),
        decimal("spend_6m", 2, people, |p| p.spend),
        whole_column("visits_6m", people, |p| i64::from(p.visits)),
        decimal("app_share", 2, people, |p| p.app),
        whole_column("days_since_last_order", people, |p| i64::from(p.silent)),
        whole_column("returns_6m", people, |p| i64::from(p.returns)),
        flag("newsletter", people, |p| p.newsletter),
    ];
    punch(&mut columns, &GAPS, seed, gaps);
    table(name, columns)
}

fn truth(first: &[u32], later: &[Later]) -> SynthTable {
    let names: Vec<&str> = SEGMENTS.iter().map(|s| s.name).chain([APP.name]).collect();
    let rows: Vec<(usize, u32, &Later)> =
        first.iter().zip(later).enumerate().map(|(i, (&at, later))| (i, at, later)).collect();
    table(
        "truth",
        vec![
            text("customer_id", rows.iter().map(|row| id('H', row.0 + 1)).collect()),
            level("segment", &names, &rows, |row| row.1),
            level("later_segment", &names, &rows, |row| row.2.segment),
            flag("left", &rows, |row| row.2.left),
        ],
    )
}
