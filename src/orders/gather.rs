//! When all lines are there, every customer is summed up and put in the order of the ids.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::day::Day;
use crate::table::OTHER;

use super::attributes::Tracked;
use super::counts::{Excluded, LineCounts};
use super::details::{Details, Named};
use super::dictionary::{Dictionary, NONE};
use super::error::OrderError;
use super::exact::Exact;
use super::features::Learnt;
use super::history::{Histories, Record};
use super::intake::{Bucket, Intake, N_BUCKETS, Shard};
use super::line::{DECLARED, Mark};
use super::notice::{Around, findings};
use super::purchases::{Names, Purchases, Weights};
use super::reduce::{Counts, Detail, Lens, MOST_CANDIDATES, Part, REST, Reducing};
use super::rules::{CancelPrefix, Rules};
use super::tally::Running;

impl Intake {
    /// Sums up every customer. With `learnt`, levels are those of the run that learnt it.
    ///
    /// # Errors
    ///
    /// No line with a day; no purchase left under the rules; a sum beyond 64 bits.
    pub fn finish(self, learnt: Option<&Learnt>) -> Result<Purchases, OrderError> {
        let Self { rules, customers, mut details, attributes, shards } = self;
        let (buckets, running, of_details) = together(shards);
        details.count(&of_details);
        let lines = running.read.lines;
        let last = running.last_day();
        let found = last.and_then(|last| Day::from_epoch(last).ok());
        let found = found.map(|found| rules.not_before.map_or(found, |least| found.max(least)));
        let Some(as_of) = rules.as_of.or(found) else {
            return Err(OrderError::NoDays { lines });
        };
        let cancelled = running.cancelled(&rules.cancel_prefix);
        let (looked_up, places, names) = Looked::up(details, learnt);
        let lens = Lens {
            rules: &rules,
            has_money: rules.money_decimals().is_some(),
            cancelled: by_mark(&cancelled),
            details: &looked_up.details,
            places: &places,
        };
        let parts: Vec<Part> =
            buckets.into_par_iter().map_init(|| Reducing::new(&lens), Reducing::reduce).collect();
        let mut counts = Counts::default();
        for part in &parts {
            counts.merge(&part.counts);
        }
        if counts.is_too_large {
            let decimals = rules.money_decimals().unwrap_or(0);
            return Err(OrderError::TooLarge { what: "money", decimals });
        }
        if parts.iter().all(|part| part.kept.is_empty()) {
            return Err(OrderError::NoPurchases { lines });
        }
        let (shared, joined) = rayon::join(
            || shared_numbers(&parts),
            || join(&parts, &customers, &rules, as_of, looked_up),
        );
        let joined = joined?;
        drop(parts);
        let told = |tracked: Tracked| tracked.told(&joined.customers);
        let attributes = attributes.into_iter().map(told).collect();
        let counts =
            Counted { running: &running, counts, cancelled, shared, rules: &rules }.told(&joined);
        let around = Around { as_of, is_given: rules.as_of.is_some(), rules: &rules };
        let findings = findings(&counts.0, &counts.1, &running, &around);
        let [product_names, category_names] = names;
        Ok(Purchases {
            histories: joined.histories,
            sums: joined.sums,
            categories: joined.categories,
            channels: joined.channels,
            product_names,
            category_names,
            attributes,
            counts: counts.0,
            findings,
            rules,
        })
    }
}

/// The lines of each bucket, piece by piece, and what all shards counted: lines as they
/// came in, and the lines of each detail.
fn together(shards: Vec<Shard>) -> (Vec<Bucket>, Running, Vec<u64>) {
    let mut buckets: Vec<Bucket> = vec![Vec::new(); N_BUCKETS];
    let (mut running, mut details) = (Running::default(), Vec::new());
    for shard in shards {
        for (bucket, more) in buckets.iter_mut().zip(shard.buckets) {
            bucket.extend(more);
        }
        running.merge(&shard.running);
        details.resize(details.len().max(shard.details.len()), 0);
        for (sum, more) in details.iter_mut().zip(&shard.details) {
            *sum += more;
        }
    }
    (buckets, running, details)
}

fn by_mark(cancelled: &[Mark]) -> [bool; 256] {
    let mut marks = [false; 256];
    for &mark in cancelled {
        marks[usize::from(mark)] = true;
    }
    marks
}

/// The details in the order of their names, and the candidates for shares.
struct Looked {
    details: Vec<Detail>,
    categories: Vec<String>,
    channels: Vec<String>,
}

impl Looked {
    /// Also the place of every detail, and the names of products and categories.
    fn up(details: Details, learnt: Option<&Learnt>) -> (Self, Vec<u32>, [Names; 2]) {
        let Details { products, categories, channels, parts, .. } = details;
        let known = |named: &Named, block: Option<&[String]>| match learnt {
            None => candidates(named),
            Some(_) => frozen(named, block.unwrap_or_default()),
        };
        let learnt_levels = |which: fn(&Learnt) -> Option<&[String]>| learnt.and_then(which);
        let category = known(&categories, learnt_levels(Learnt::category_levels));
        let channel = known(&channels, learnt_levels(Learnt::channel_levels));
        let (product_names, product_ranks) = Names::of(products.names);
        let (category_names, category_ranks) = Names::of(categories.names);
        let (_, channel_ranks) = Names::of(channels.names);
        let rank = |ranks: &[u32], code: u32| ranks.get(code as usize).copied().unwrap_or(NONE);
        let key = |parts: &[u32; 3]| {
            let [product, category, channel] = *parts;
            [
                rank(&product_ranks, product),
                rank(&category_ranks, category),
                rank(&channel_ranks, channel),
            ]
        };
        let mut order: Vec<u32> = (0..parts.len() as u32).collect();
        order.par_sort_unstable_by_key(|&at| key(&parts[at as usize]));
        let mut places = vec![0; parts.len()];
        let mut sorted = Vec::with_capacity(parts.len());
        for (place, &at) in order.iter().enumerate() {
            places[at as usize] = place as u32;
            let [_, category_code, channel_code] = parts[at as usize];
            let [product, category_rank, channel_rank] = key(&parts[at as usize]);
            sorted.push(Detail {
                product,
                category: category_rank,
                category_candidate: category.of(category_code),
                has_channel: channel_rank != NONE,
                channel_candidate: channel.of(channel_code),
            });
        }
        let looked =
            Self { details: sorted, categories: category.levels, channels: channel.levels };
        (looked, places, [product_names, category_names])
    }
}

/// Levels that may become shares, and which of them each number is.
struct Candidates {
    levels: Vec<String>,
    by_code: Vec<u16>,
}

impl Candidates {
    fn of(&self, code: u32) -> u16 {
        self.by_code.get(code as usize).copied().unwrap_or(REST)
    }
}

/// The levels with most lines, in the order of their names.
fn candidates(named: &Named) -> Candidates {
    let n = named.names.len() as u32;
    let mut codes: Vec<u32> =
        (0..n).filter(|&code| named.names.text(code) != OTHER.as_bytes()).collect();
    codes.sort_unstable_by(|&a, &b| {
        let by_lines = named.lines[b as usize].cmp(&named.lines[a as usize]);
        by_lines.then_with(|| named.names.text(a).cmp(named.names.text(b)))
    });
    codes.truncate(MOST_CANDIDATES);
    codes.sort_unstable_by(|&a, &b| named.names.text(a).cmp(named.names.text(b)));
    let mut by_code = vec![REST; n as usize];
    for (candidate, &code) in codes.iter().enumerate() {
        by_code[code as usize] = candidate as u16;
    }
    Candidates { levels: codes.iter().map(|&code| named.names.shown(code)).collect(), by_code }
}

/// The levels that another run learnt.
fn frozen(named: &Named, levels: &[String]) -> Candidates {
    let known: BTreeMap<&[u8], usize> =
        levels.iter().enumerate().map(|(at, level)| (level.as_bytes(), at)).collect();
    let by_code = (0..named.names.len() as u32)
        .map(|code| known.get(named.names.text(code)).map_or(REST, |&at| at as u16))
        .collect();
    Candidates { levels: levels.to_vec(), by_code }
}

/// Order numbers that several customers have. They are sorted a sixteenth at a time, as
/// many at once as there are threads.
fn shared_numbers(parts: &[Part]) -> u64 {
    let shared = |sixteenth: usize| {
        let of: Vec<&[u64]> = parts.iter().map(|part| part.numbers[sixteenth].as_slice()).collect();
        let mut some = of.concat();
        some.sort_unstable();
        some.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).count() as u64
    };
    (0..16).into_par_iter().map(shared).sum()
}

/// All customers in the order of their ids.
struct Joined {
    /// The number of each.
    customers: Vec<u32>,
    histories: Histories,
    sums: Vec<super::customer::Sums>,
    categories: Weights,
    channels: Weights,
}

fn join(
    parts: &[Part],
    customers: &Dictionary,
    rules: &Rules,
    as_of: Day,
    looked_up: Looked,
) -> Result<Joined, OrderError> {
    // Where each customer was kept: its place in the part, which its number names.
    let mut kept_at = vec![NONE; customers.len()];
    for part in parts {
        for (at, kept) in part.kept.iter().enumerate() {
            kept_at[kept.customer as usize] = at as u32;
        }
    }
    let sorted: Vec<u32> =
        customers.sorted().into_iter().filter(|&code| kept_at[code as usize] != NONE).collect();
    let find = |code: u32| (&parts[code as usize % N_BUCKETS], kept_at[code as usize] as usize);
    let records = sorted.iter().map(|&code| {
        let (part, at) = find(code);
        let start = at.checked_sub(1).map_or(0, |before| part.kept[before].orders_end);
        let kept = &part.kept[at];
        let days = part.days[start..kept.orders_end].to_vec();
        let amounts = match rules.money_decimals() {
            Some(_) => part.amounts[start..kept.orders_end].to_vec(),
            None => Vec::new(),
        };
        Record { id: customers.shown(code), days, amounts, spend: kept.sums.spend }
    });
    let n_orders = parts.iter().map(|part| part.days.len()).sum();
    let sizes = (sorted.len(), n_orders);
    let histories = Histories::sized(as_of, rules.money_decimals(), sizes, records)?;
    let mut joined = Joined {
        customers: Vec::new(),
        histories,
        sums: Vec::with_capacity(sorted.len()),
        categories: Weights { levels: looked_up.categories, ..Weights::default() },
        channels: Weights { levels: looked_up.channels, ..Weights::default() },
    };
    for &code in &sorted {
        let (part, at) = find(code);
        let before = at.checked_sub(1).map(|before| part.kept[before]);
        let kept = &part.kept[at];
        joined.sums.push(kept.sums);
        let start = before.map_or(0, |kept| kept.categories_end);
        joined.categories.entries.extend_from_slice(&part.categories[start..kept.categories_end]);
        joined.categories.ends.push(joined.categories.entries.len());
        let start = before.map_or(0, |kept| kept.channels_end);
        joined.channels.entries.extend_from_slice(&part.channels[start..kept.channels_end]);
        joined.channels.ends.push(joined.channels.entries.len());
    }
    joined.customers = sorted;
    Ok(joined)
}

/// What was counted on the way.
struct Counted<'a> {
    running: &'a Running,
    counts: Counts,
    cancelled: Vec<Mark>,
    shared: u64,
    rules: &'a Rules,
}

impl Counted<'_> {
    fn told(self, joined: &Joined) -> (LineCounts, Counts) {
        let Self { running, counts, cancelled, shared, rules } = self;
        let decimals = rules.money_decimals();
        let mut seen = running.seen(&cancelled, decimals);
        seen.duplicates = counts.duplicates.told(decimals);
        let n = joined.histories.n_customers();
        let spend: i128 = joined.sums.iter().map(|sums| i128::from(sums.spend)).sum();
        let orders: usize = (0..n).map(|customer| joined.histories.n_orders(customer)).sum();
        let told = LineCounts {
            rows: running.read.lines,
            rejected: 0,
            read: running.read.told(decimals),
            used: counts.used.told(decimals),
            excluded: Excluded {
                without_day: running.without_day.told(decimals),
                after_as_of: running.after_as_of.told(decimals),
                without_customer: running.without_customer.told(decimals),
                without_money: running.without_money.told(decimals),
                zero_quantity: counts.zero_quantity.told(decimals),
                zero_price: counts.zero_price.told(decimals),
                refunds: counts.refunds.told(decimals),
                customers_without_purchase: counts.without_purchase.told(decimals),
            },
            seen,
            cancel_prefixes: prefixes(&cancelled, rules),
            customers_seen: counts.customers_seen,
            customers: n as u64,
            orders: orders as u64,
            spend: decimals.map(|decimals| Exact::new(spend, decimals)),
            shared_order_numbers: shared,
            order_numbers_on_several_days: counts.numbers_on_several_days,
        };
        (told, counts)
    }
}

/// What cancelled order numbers begin with.
fn prefixes(cancelled: &[Mark], rules: &Rules) -> Vec<String> {
    let word = |&mark: &Mark| match &rules.cancel_prefix {
        CancelPrefix::Declared(prefix) if mark == DECLARED => prefix.clone(),
        _ => char::from(mark).to_string(),
    };
    cancelled.iter().map(word).collect()
}
