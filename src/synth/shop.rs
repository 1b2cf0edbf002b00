//! A shop's customers: what its customer system knows, a short survey, and counters
//! that are computed from the purchase lines, so that both tables agree.

use std::ops::Range;

use super::basket::{Counters, Line, by_day, count, lines, transactions};
use super::calendar::first_day;
use super::columns::{decimal, flag, ids, level, table, whole as whole_column};
use super::days::{Rhythm, day_within};
use super::draw::{Draw, amount, segments, whole};
use super::gaps::punch;
use super::{LAST_DAY, SynthTable};
use crate::seed::Seed;

/// What is typical of a segment.
pub(super) struct Segment {
    pub(super) name: &'static str,
    pub(super) quota: u32,
    age: f64,
    /// Orders per 30 days.
    per_month: f64,
    season: &'static [f64; 12],
    week: &'static [f64; 7],
    /// Share of the window after which nothing was ordered; 0 for active customers.
    silent: (f64, f64),
    visits: f64,
    lines: f64,
    pieces: f64,
    price_level: f64,
    discounts: f64,
    returning: f64,
    channels: [f64; 3],
    categories: [f64; 6],
    acquired: [f64; 5],
    /// Means of the five survey items: price, quality, brand, green, convenience.
    attitudes: [f64; 5],
}

/// One customer's own habits: the segment's with the person's deviation.
pub(super) struct Habits {
    pub(super) channels: [f64; 3],
    pub(super) categories: [f64; 6],
    pub(super) lines: f64,
    pub(super) pieces: f64,
    pub(super) price_level: f64,
    pub(super) discounts: f64,
    pub(super) returning: f64,
}

const EVEN_YEAR: [f64; 12] = [0.9, 0.8, 0.9, 0.95, 1.0, 0.95, 0.85, 0.85, 1.0, 1.05, 1.3, 1.45];
const GIFT_YEAR: [f64; 12] = [0.1, 0.3, 0.2, 0.3, 0.5, 0.2, 0.1, 0.1, 0.2, 0.6, 3.6, 5.8];
const SALE_YEAR: [f64; 12] = [2.2, 1.0, 0.6, 0.6, 0.7, 1.2, 1.9, 0.8, 0.6, 0.7, 1.5, 0.8];
const EVEN_WEEK: [f64; 7] = [1.05, 0.95, 0.95, 1.0, 1.1, 1.1, 0.85];
const FREE_WEEK: [f64; 7] = [0.6, 0.5, 0.5, 0.6, 1.0, 2.0, 1.8];

pub(super) const SEGMENTS: [Segment; 6] = [
    Segment {
        name: "Window shoppers",
        quota: 50,
        age: 34.0,
        per_month: 0.18,
        season: &EVEN_YEAR,
        week: &FREE_WEEK,
        silent: (0.0, 0.0),
        visits: 17.0,
        lines: 0.3,
        pieces: 0.1,
        price_level: 0.8,
        discounts: 0.22,
        returning: 0.05,
        channels: [0.35, 0.60, 0.05],
        categories: [1.0, 0.5, 1.0, 2.0, 3.0, 1.0],
        acquired: [0.15, 0.50, 0.15, 0.15, 0.05],
        attitudes: [3.4, 3.0, 3.4, 3.0, 3.6],
    },
    Segment {
        name: "Bargain hunters",
        quota: 44,
        age: 42.0,
        per_month: 0.60,
        season: &SALE_YEAR,
        week: &EVEN_WEEK,
        silent: (0.0, 0.0),
        visits: 9.0,
        lines: 0.9,
        pieces: 0.8,
        price_level: 0.75,
        discounts: 0.75,
        returning: 0.04,
        channels: [0.55, 0.25, 0.20],
        categories: [2.0, 1.5, 1.5, 1.0, 2.5, 0.5],
        acquired: [0.30, 0.20, 0.35, 0.05, 0.10],
        attitudes: [4.6, 2.6, 2.2, 2.8, 3.0],
    },
    Segment {
        name: "Gift buyers",
        quota: 39,
        age: 51.0,
        per_month: 0.18,
        season: &GIFT_YEAR,
        week: &EVEN_WEEK,
        silent: (0.0, 0.0),
        visits: 2.5,
        lines: 2.0,
        pieces: 0.5,
        price_level: 1.25,
        discounts: 0.10,
        returning: 0.07,
        channels: [0.50, 0.10, 0.40],
        categories: [1.0, 0.5, 4.0, 3.0, 1.0, 1.0],
        acquired: [0.30, 0.10, 0.15, 0.30, 0.15],
        attitudes: [2.6, 4.0, 3.6, 3.0, 3.4],
    },
    Segment {
        name: "Loyal regulars",
        quota: 36,
        age: 46.0,
        per_month: 1.3,
        season: &EVEN_YEAR,
        week: &EVEN_WEEK,
        silent: (0.0, 0.0),
        visits: 8.0,
        lines: 0.9,
        pieces: 0.4,
        price_level: 1.05,
        discounts: 0.18,
        returning: 0.05,
        channels: [0.30, 0.40, 0.30],
        categories: [2.0, 2.0, 1.0, 1.5, 2.0, 1.0],
        acquired: [0.20, 0.15, 0.10, 0.40, 0.15],
        attitudes: [2.8, 4.2, 4.2, 3.6, 4.0],
    },
    Segment {
        name: "Lapsed",
        quota: 26,
        age: 39.0,
        per_month: 0.45,
        season: &EVEN_YEAR,
        week: &EVEN_WEEK,
        silent: (0.40, 0.85),
        visits: 0.8,
        lines: 0.7,
        pieces: 0.3,
        price_level: 0.95,
        discounts: 0.25,
        returning: 0.08,
        channels: [0.60, 0.20, 0.20],
        categories: [1.5, 1.0, 1.0, 1.5, 2.0, 1.0],
        acquired: [0.25, 0.30, 0.30, 0.05, 0.10],
        attitudes: [3.6, 3.0, 2.6, 3.0, 2.8],
    },
    Segment {
        name: "Collectors",
        quota: 5,
        age: 48.0,
        per_month: 2.8,
        season: &EVEN_YEAR,
        week: &EVEN_WEEK,
        silent: (0.0, 0.0),
        visits: 26.0,
        lines: 2.2,
        pieces: 0.8,
        price_level: 2.2,
        discounts: 0.05,
        returning: 0.12,
        channels: [0.45, 0.35, 0.20],
        categories: [1.5, 1.0, 0.5, 1.0, 2.0, 4.0],
        acquired: [0.15, 0.10, 0.10, 0.50, 0.15],
        attitudes: [1.8, 4.8, 4.6, 3.4, 3.8],
    },
];

const GENDERS: [&str; 3] = ["female", "male", "other"];
const COUNTRIES: [&str; 3] = ["Denmark", "Norway", "Sweden"];
/// Three cities of each country, in the order of the countries.
const CITIES: [&str; 9] =
    ["Aarhus", "Odense", "Aalborg", "Bergen", "Trondheim", "Stavanger", "Uppsala", "Lund", "Umea"];
const ACQUIRED: [&str; 5] = ["search", "social media", "price portal", "friend", "store"];
const ATTITUDES: [&str; 5] = [
    "attitude_price",
    "attitude_quality",
    "attitude_brand",
    "attitude_green",
    "attitude_convenience",
];

/// The columns with empty cells and the share of them; the survey is empty as a whole
/// for those who did not answer. About 5 % of all cells.
const GAPS: [(&[&str], f64); 6] = [
    (&ATTITUDES, 0.12),
    (&["age"], 0.12),
    (&["gender"], 0.05),
    (&["city"], 0.04),
    (&["acquisition_channel"], 0.06),
    (&["visits_90d"], 0.06),
];

/// What the customer table knows of somebody.
pub(super) struct Person {
    segment: u32,
    age: u32,
    gender: u32,
    country: u32,
    city: u32,
    acquired: u32,
    newsletter: bool,
    attitudes: [u32; 5],
    visits_90d: u32,
    counters: Counters,
}

/// The tables `customers`, `transactions` (by day) and `truth`.
pub(super) fn generate(n: usize, seed: Seed, months: u32) -> Vec<SynthTable> {
    let (people, lines) = block(0..n, seed, months);
    let [customers, truth] = tables(&people, seed);
    vec![customers, transactions(&by_day(lines)), truth]
}

/// The people of a range that begins with a block, and their lines, first customer first.
pub(super) fn block(customers: Range<usize>, seed: Seed, months: u32) -> (Vec<Person>, Vec<Line>) {
    let quotas = SEGMENTS.each_ref().map(|segment| segment.quota);
    let (mut people, mut all) = (Vec::with_capacity(customers.len()), Vec::new());
    let truth = segments(seed, "synth shop segments", customers.clone(), &quotas);
    for (index, segment) in customers.zip(truth) {
        let mut draw = Draw::new(seed, "synth shop customer", index);
        let (person, mut lines) = person(index + 1, segment, months, &mut draw);
        people.push(person);
        all.append(&mut lines);
    }
    (people, all)
}

/// The tables `customers` and `truth` of everybody.
pub(super) fn tables(people: &[Person], seed: Seed) -> [SynthTable; 2] {
    let names = SEGMENTS.each_ref().map(|segment| segment.name);
    let columns = vec![
        ids("customer_id", 'K', people.len()),
        level("segment", &names, people, |person| person.segment),
    ];
    [customers(people, seed), table("truth", columns)]
}

fn person(number: usize, segment: u32, months: u32, draw: &mut Draw) -> (Person, Vec<Line>) {
    let typical = &SEGMENTS[segment as usize];
    let habits = habits(typical, draw);
    let active = draw.log_normal(1.0, 0.40);
    let rhythm = Rhythm {
        per_month: typical.per_month * active,
        season: typical.season,
        week: typical.week,
    };
    let lines = lines(number, &habits, &rhythm, window(typical, months, draw), draw);
    let counters = count(&lines);
    let visits = draw.log_normal(typical.visits, 0.45) * active.sqrt();
    let country = draw.pick(&[0.5, 0.25, 0.25]);
    let person = Person {
        segment,
        age: whole((typical.age + 12.0 * draw.normal()).clamp(18.0, 90.0)),
        gender: draw.pick(&[0.56, 0.42, 0.02]),
        country,
        city: country * 3 + draw.pick(&[0.5, 0.3, 0.2]),
        acquired: draw.pick(&typical.acquired),
        newsletter: draw.chance(0.25 + 0.25 * typical.discounts),
        attitudes: typical
            .attitudes
            .map(|mean| whole((mean + 0.9 * draw.normal()).clamp(1.0, 5.0))),
        visits_90d: counters.orders_90d + draw.count(visits),
        counters,
    };
    (person, lines)
}

fn habits(typical: &Segment, draw: &mut Draw) -> Habits {
    let odds = libm::log(typical.discounts / (1.0 - typical.discounts)) + 0.8 * draw.normal();
    Habits {
        channels: typical.channels,
        categories: typical.categories.map(|weight| draw.log_normal(weight, 0.6)),
        lines: draw.log_normal(typical.lines, 0.35),
        pieces: draw.log_normal(typical.pieces, 0.35),
        price_level: draw.log_normal(typical.price_level, 0.22),
        discounts: super::draw::logistic(odds),
        returning: typical.returning,
    }
}

/// First and last day on which the customer orders. Three in ten came within the first
/// half of the history; those who fell silent did so well before its end.
fn window(typical: &Segment, months: u32, draw: &mut Draw) -> (i32, i32) {
    let first = first_day(months);
    let length = LAST_DAY - first + 1;
    let joined = if draw.chance(0.3) { day_within(0, length / 2, draw) } else { 0 };
    let silent = draw.between(typical.silent.0, typical.silent.1);
    let last = LAST_DAY - i32::try_from(whole(silent * f64::from(length))).unwrap_or(0);
    let first = if typical.silent.1 > 0.0 { first } else { first + joined };
    (first, last.max(first))
}

fn customers(people: &[Person], seed: Seed) -> SynthTable {
    let mut columns = vec![
        ids("customer_id", 'K', people.len()),
        whole_column("age", people, |p| i64::from(p.age)),
        level("gender", &GENDERS, people, |p| p.gender),
        level("city", &CITIES, people, |p| p.city),
        level("country", &COUNTRIES, people, |p| p.country),
        level("acquisition_channel", &ACQUIRED, people, |p| p.acquired),
        flag("newsletter", people, |p| p.newsletter),
    ];
    for (item, name) in ATTITUDES.iter().enumerate() {
        columns.push(whole_column(name, people, |p| i64::from(p.attitudes[item])));
    }
    columns.extend([
        whole_column("visits_90d", people, |p| i64::from(p.visits_90d)),
        whole_column("orders_12m", people, |p| i64::from(p.counters.orders_12m)),
        decimal("spend_12m", 2, people, |p| amount(p.counters.spend_12m_cents)),
        whole_column("days_since_last_order", people, |p| i64::from(p.counters.days_since_last)),
        whole_column("returns_12m", people, |p| i64::from(p.counters.returns_12m)),
        decimal("avg_basket", 2, people, |p| amount(p.counters.basket_cents)),
        decimal("discount_share", 4, people, |p| p.counters.discount_share),
    ]);
    punch(&mut columns, &GAPS, seed, "synth shop gaps");
    table("customers", columns)
}
