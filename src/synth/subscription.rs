//! Subscribers with a churn label: one row per customer as a provider's system
//! would export it at the end of a month.
//!
//! A subscriber's usage columns share a personal level of activity, so that segments
//! are long clouds that touch, not round balls. Whether a subscriber leaves is drawn
//! from a logistic model of columns in the table and of a mood that is in no column:
//! no model can reach certainty, and the true probability stands in the truth.

use super::SynthTable;
use super::columns::{decimal, flag, ids, level, table, whole as whole_column};
use super::draw::{Draw, amount, cents, logistic, segments, whole};
use super::gaps::punch;
use crate::seed::Seed;

/// What is typical of a segment: medians of skewed columns, means of counts.
pub(super) struct Segment {
    pub(super) name: &'static str,
    pub(super) quota: u32,
    age: f64,
    tenure: f64,
    plan: [f64; 3],
    annual: f64,
    payment: [f64; 4],
    discount: f64,
    newsletter: f64,
    data: f64,
    logins: f64,
    support: f64,
    late: f64,
    devices: f64,
    streaming: f64,
    extras: f64,
    leaving: f64,
}

pub(super) const SEGMENTS: [Segment; 6] = [
    Segment {
        name: "Light users",
        quota: 56,
        age: 54.0,
        tenure: 30.0,
        plan: [0.80, 0.17, 0.03],
        annual: 0.40,
        payment: [0.35, 0.05, 0.05, 0.55],
        discount: 0.08,
        newsletter: 0.15,
        data: 2.2,
        logins: 3.0,
        support: 0.5,
        late: 0.25,
        devices: 0.3,
        streaming: 2.5,
        extras: 2.0,
        leaving: 0.1,
    },
    Segment {
        name: "Streaming families",
        quota: 40,
        age: 43.0,
        tenure: 34.0,
        plan: [0.05, 0.35, 0.60],
        annual: 0.65,
        payment: [0.75, 0.20, 0.03, 0.02],
        discount: 0.12,
        newsletter: 0.55,
        data: 34.0,
        logins: 15.0,
        support: 0.8,
        late: 0.25,
        devices: 4.0,
        streaming: 48.0,
        extras: 12.0,
        leaving: -0.5,
    },
    Segment {
        name: "Young movers",
        quota: 38,
        age: 26.0,
        tenure: 6.0,
        plan: [0.55, 0.40, 0.05],
        annual: 0.08,
        payment: [0.05, 0.25, 0.65, 0.05],
        discount: 0.50,
        newsletter: 0.12,
        data: 26.0,
        logins: 24.0,
        support: 0.6,
        late: 0.7,
        devices: 0.8,
        streaming: 30.0,
        extras: 3.0,
        leaving: 0.5,
    },
    Segment {
        name: "Working professionals",
        quota: 32,
        age: 41.0,
        tenure: 40.0,
        plan: [0.05, 0.50, 0.45],
        annual: 0.70,
        payment: [0.25, 0.70, 0.04, 0.01],
        discount: 0.06,
        newsletter: 0.60,
        data: 15.0,
        logins: 40.0,
        support: 0.9,
        late: 0.15,
        devices: 2.0,
        streaming: 5.0,
        extras: 9.0,
        leaving: -0.6,
    },
    Segment {
        name: "Strained households",
        quota: 29,
        age: 37.0,
        tenure: 14.0,
        plan: [0.50, 0.40, 0.10],
        annual: 0.12,
        payment: [0.10, 0.12, 0.28, 0.50],
        discount: 0.45,
        newsletter: 0.15,
        data: 8.0,
        logins: 8.0,
        support: 3.6,
        late: 3.2,
        devices: 0.9,
        streaming: 12.0,
        extras: 4.0,
        leaving: 0.6,
    },
    Segment {
        name: "Power users",
        quota: 5,
        age: 34.0,
        tenure: 28.0,
        plan: [0.0, 0.10, 0.90],
        annual: 0.60,
        payment: [0.15, 0.80, 0.04, 0.01],
        discount: 0.05,
        newsletter: 0.70,
        data: 190.0,
        logins: 70.0,
        support: 2.5,
        late: 0.2,
        devices: 8.0,
        streaming: 110.0,
        extras: 60.0,
        leaving: -0.3,
    },
];

const GENDERS: [&str; 3] = ["female", "male", "other"];
const REGIONS: [&str; 5] = ["Capital", "North", "South", "East", "West"];
/// Two cities of each region, in the order of the regions.
const CITIES: [&str; 10] = [
    "Aldstead",
    "Kingsmere",
    "Norwick",
    "Frostham",
    "Suncombe",
    "Marlby",
    "Eastor",
    "Oakden",
    "Westerby",
    "Tidewell",
];
const PLANS: [&str; 3] = ["Basic", "Standard", "Premium"];
const PLAN_FEES: [f64; 3] = [14.9, 29.9, 44.9];
const CONTRACTS: [&str; 2] = ["monthly", "annual"];
const PAYMENTS: [&str; 4] = ["direct debit", "card", "wallet", "invoice"];
const REFERRALS: [&str; 4] = ["search", "friend", "advert", "shop"];
const GIFTS: [&str; 3] = ["mug", "bag", "voucher"];

/// The columns with empty cells and the share of them; about 5 % of all cells.
const GAPS: [(&[&str], f64); 10] = [
    (&["age"], 0.12),
    (&["gender"], 0.06),
    (&["income"], 0.30),
    (&["household_size"], 0.16),
    (&["data_gb"], 0.09),
    (&["streaming_hours"], 0.10),
    (&["devices"], 0.07),
    (&["monthly_logins"], 0.05),
    (&["referral"], 0.12),
    (&["payment_method"], 0.03),
];

#[expect(clippy::struct_excessive_bools, reason = "each is one column of yes and no")]
struct Person {
    segment: u32,
    age: u32,
    gender: u32,
    income: u32,
    household: u32,
    region: u32,
    city: u32,
    tenure: u32,
    plan: u32,
    annual: bool,
    payment: u32,
    fee_cents: i64,
    data: f64,
    logins: u32,
    support: u32,
    late: u32,
    devices: u32,
    streaming: f64,
    discount: bool,
    newsletter: bool,
    referral: u32,
    invoice_day: u32,
    gift: u32,
    sms: bool,
    leaving: f64,
    left: bool,
}

/// The tables `customers` and `truth`.
pub(super) fn generate(n: usize, seed: Seed) -> Vec<SynthTable> {
    let quotas = SEGMENTS.each_ref().map(|segment| segment.quota);
    let people: Vec<Person> = segments(seed, "synth subscription segments", 0..n, &quotas)
        .into_iter()
        .enumerate()
        .map(|(index, segment)| {
            person(segment, &mut Draw::new(seed, "synth subscription customer", index))
        })
        .collect();
    vec![customers(&people, seed), truth(&people)]
}

fn person(segment: u32, draw: &mut Draw) -> Person {
    let typical = &SEGMENTS[segment as usize];
    let active = 0.55 * draw.normal();
    let used = |median: f64, sigma: f64, draw: &mut Draw| {
        draw.log_normal(median, sigma) * libm::exp(active)
    };
    let data = used(typical.data, 0.60, draw);
    let logins = whole(used(typical.logins, 0.55, draw));
    // A household that streams on several screens; a month has 730 hours.
    let streaming = used(typical.streaming, 0.70, draw).min(500.0);
    let devices = draw.log_normal(typical.devices, 0.35);
    let devices = 1 + draw.count(devices);
    let support = draw.log_normal(typical.support, 0.5);
    let late = draw.log_normal(typical.late, 0.5);
    let plan = draw.pick(&typical.plan);
    let annual = draw.chance(typical.annual);
    let discount = draw.chance(typical.discount);
    let list = PLAN_FEES[plan as usize] + draw.log_normal(typical.extras, 0.6);
    let region = draw.pick(&[0.30, 0.20, 0.20, 0.15, 0.15]);
    let mut person = Person {
        segment,
        age: whole((typical.age + 10.0 * draw.normal()).clamp(18.0, 92.0)),
        gender: draw.pick(&[0.50, 0.48, 0.02]),
        income: whole(draw.log_normal(28_000.0 + 350.0 * typical.extras.min(20.0), 0.45) / 100.0)
            * 100,
        household: 1 + draw.count(if segment == 1 { 2.4 } else { 0.9 }),
        region,
        city: region * 2 + draw.below(2),
        tenure: whole(draw.log_normal(typical.tenure, 0.70)).clamp(1, 180),
        plan,
        annual,
        payment: draw.pick(&typical.payment),
        fee_cents: cents(list * if discount { 0.85 } else { 1.0 }),
        data,
        logins,
        support: draw.count(support),
        late: draw.count(late),
        devices,
        streaming,
        discount,
        newsletter: draw.chance(typical.newsletter),
        referral: draw.pick(&[0.35, 0.25, 0.25, 0.15]),
        invoice_day: 1 + draw.below(28),
        gift: draw.below(3),
        sms: draw.chance(0.5),
        leaving: 0.0,
        left: false,
    };
    person.leaving = leaving(&person, typical.leaving, draw.normal());
    person.left = draw.chance(person.leaving);
    person
}

/// The true probability of leaving. `mood` is standard normal and in no column.
fn leaving(person: &Person, of_segment: f64, mood: f64) -> f64 {
    let tenure = libm::log(f64::from(person.tenure) / 18.0);
    let usage = libm::log((f64::from(person.logins) + 1.0) / 12.0);
    let log_odds =
        -2.55 + of_segment + if person.annual { 0.0 } else { 1.15 } - 0.46 * tenure - 0.20 * usage
            + 0.32 * f64::from(person.support.min(6))
            + 0.22 * f64::from(person.late.min(6))
            + if person.discount { -0.45 } else { 0.0 }
            + 0.45 * mood;
    logistic(log_odds)
}

fn customers(people: &[Person], seed: Seed) -> SynthTable {
    let mut columns = vec![
        ids("customer_id", 'S', people.len()),
        whole_column("age", people, |p| i64::from(p.age)),
        level("gender", &GENDERS, people, |p| p.gender),
        whole_column("income", people, |p| i64::from(p.income)),
        whole_column("household_size", people, |p| i64::from(p.household)),
        level("region", &REGIONS, people, |p| p.region),
        level("city", &CITIES, people, |p| p.city),
        whole_column("tenure_months", people, |p| i64::from(p.tenure)),
        level("plan", &PLANS, people, |p| p.plan),
        level("contract", &CONTRACTS, people, |p| u32::from(p.annual)),
        level("payment_method", &PAYMENTS, people, |p| p.payment),
        decimal("monthly_fee", 2, people, |p| amount(p.fee_cents)),
        decimal("data_gb", 1, people, |p| p.data),
        whole_column("monthly_logins", people, |p| i64::from(p.logins)),
        whole_column("support_contacts", people, |p| i64::from(p.support)),
        whole_column("late_payments", people, |p| i64::from(p.late)),
        whole_column("devices", people, |p| i64::from(p.devices)),
        decimal("streaming_hours", 1, people, |p| p.streaming),
        flag("discount", people, |p| p.discount),
        flag("newsletter", people, |p| p.newsletter),
        level("referral", &REFERRALS, people, |p| p.referral),
        whole_column("invoice_day", people, |p| i64::from(p.invoice_day)),
        level("welcome_gift", &GIFTS, people, |p| p.gift),
        flag("sms_opt_in", people, |p| p.sms),
        flag("churned", people, |p| p.left),
    ];
    punch(&mut columns, &GAPS, seed, "synth subscription gaps");
    table("customers", columns)
}

fn truth(people: &[Person]) -> SynthTable {
    let names = SEGMENTS.each_ref().map(|segment| segment.name);
    table(
        "truth",
        vec![
            ids("customer_id", 'S', people.len()),
            level("segment", &names, people, |p| p.segment),
            decimal("churn_probability", 6, people, |p| p.leaving),
        ],
    )
}
