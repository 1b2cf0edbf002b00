//! What a reader of the features should know of the lines that they come from.

use crate::day::Day;
use crate::finding::{Finding, Severity};
use crate::format::{decimal, exact, percent};

use super::counts::{LineCounts, Tally};
use super::reduce::Counts;
use super::rules::{Refunds, Rules};
use super::tally::Running;
use crate::said::{Fact, Facts, facts, said};

/// One customer with more than this share of the lines is hardly one customer.
const GUEST: f64 = 0.2;
/// How many customers there must be before a large share is strange.
const ENOUGH: u64 = 10;
/// From this share of the lines on, what is left out changes the picture.
const MUCH: f64 = 0.05;

/// What the findings are about.
pub(super) struct Around<'a> {
    pub as_of: Day,
    /// Whether the as-of day was given and not found out.
    pub is_given: bool,
    pub rules: &'a Rules,
}

/// Everything that was noticed, in a fixed order.
pub(super) fn findings(
    told: &LineCounts,
    counts: &Counts,
    running: &Running,
    around: &Around,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(left_out(told, around));
    findings.extend(given_back(told, counts, around.rules));
    findings.extend(order_numbers(told));
    findings.extend(strange(told, counts, running, around));
    findings
}

/// `135,080 of 541,909 lines`, with what they are worth where the lines have money.
fn of_lines(tally: Tally, told: &LineCounts) -> Facts {
    let worth = tally.money.map_or_else(
        || said!("lines-plain"),
        |money| said!("lines-worth", money = Fact::figure(exact(cents(&money.to_string())))),
    );
    facts!(n = tally.lines, of = told.read.lines, worth = worth)
}

/// Without zeros behind the second decimal.
fn cents(money: &str) -> &str {
    match money.split_once('.') {
        Some((whole, decimals)) if decimals.len() > 2 => {
            let kept = decimals.trim_end_matches('0').len().max(2);
            &money[..whole.len() + 1 + kept]
        }
        _ => money,
    }
}

fn size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Lines that a rule leaves out; one that leaves out much is a warning.
fn left_out(told: &LineCounts, around: &Around) -> Vec<Finding> {
    let excluded = &told.excluded;
    let mut findings = Vec::new();
    let mut add = |key: &str, tally: Tally| {
        if tally.lines > 0 {
            let share = tally.lines as f64 / told.read.lines.max(1) as f64;
            let severity = if share >= MUCH { Severity::Warning } else { Severity::Note };
            let mut facts = of_lines(tally, told);
            facts.insert("day".to_owned(), Fact::Day(around.as_of.to_string()));
            findings.push(Finding::new(key, severity, facts).count(size(tally.lines)));
        }
    };
    add("lines-without-day", excluded.without_day);
    add("lines-after-as-of", excluded.after_as_of);
    add("lines-without-customer", excluded.without_customer);
    add("lines-without-money", excluded.without_money);
    add("zero-quantity", excluded.zero_quantity);
    add("zero-price-dropped", excluded.zero_price);
    add("refunds-dropped", excluded.refunds);
    add("customers-without-purchase_lines", excluded.customers_without_purchase);
    findings
}

/// Cancellations, refunds and gifts.
fn given_back(told: &LineCounts, counts: &Counts, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    let seen = &told.seen;
    if seen.cancelled.lines > 0 {
        let prefixes: Vec<String> =
            told.cancel_prefixes.iter().map(|prefix| format!("\"{prefix}\"")).collect();
        let mut facts = of_lines(seen.cancelled, told);
        facts.insert("prefixes".to_owned(), prefixes.into());
        let finding = Finding::new("cancelled-lines", Severity::Note, facts);
        findings.push(finding.count(size(seen.cancelled.lines)));
    }
    if counts.refund_lines > 0 {
        let key = match rules.refunds {
            Refunds::Net => "refund-lines_net",
            Refunds::Drop => "refund-lines_drop",
            Refunds::Separate => "refund-lines_separate",
        };
        let finding = Finding::new(key, Severity::Note, facts!(n = counts.refund_lines));
        findings.push(finding.count(size(counts.refund_lines)));
    }
    if counts.positive_cancelled > 0 {
        let n = counts.positive_cancelled;
        let finding = Finding::new("positive-cancellations", Severity::Warning, facts!(n = n));
        findings.push(finding.count(size(n)));
    }
    if seen.zero_price.lines > 0 && told.excluded.zero_price.lines == 0 {
        let share = seen.zero_price.lines as f64 / told.read.lines.max(1) as f64;
        let severity = if share >= MUCH { Severity::Warning } else { Severity::Note };
        let finding = Finding::new("zero-price", severity, of_lines(seen.zero_price, told));
        findings.push(finding.count(size(seen.zero_price.lines)));
    }
    findings
}

/// What is odd about order numbers.
fn order_numbers(told: &LineCounts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |key: &str, n: u64, severity: Severity, facts: Facts| {
        if n > 0 {
            findings.push(Finding::new(key, severity, facts).count(size(n)));
        }
    };
    let none = told.seen.without_order_number;
    let facts = of_lines(none, told);
    add("lines-without-order-number", none.lines, Severity::Note, facts);
    let n = told.shared_order_numbers;
    add("shared-order-numbers", n, Severity::Warning, facts!(n = n));
    let n = told.order_numbers_on_several_days;
    add("order-numbers-on-several-days", n, Severity::Note, facts!(n = n));
    let twice = told.seen.duplicates;
    add("duplicate-lines", twice.lines, Severity::Warning, of_lines(twice, told));
    findings
}

/// What may make the figures mislead.
fn strange(told: &LineCounts, counts: &Counts, running: &Running, around: &Around) -> Vec<Finding> {
    let mut findings = Vec::new();
    let kept = told.used.lines
        + told.excluded.zero_quantity.lines
        + told.excluded.zero_price.lines
        + told.excluded.refunds.lines
        + told.excluded.customers_without_purchase.lines;
    let share = counts.most_lines as f64 / kept.max(1) as f64;
    if told.customers_seen >= ENOUGH && share > GUEST {
        findings.push(
            Finding::new(
                "guest-checkout",
                Severity::Warning,
                facts!(share = Fact::figure(percent(share))),
            )
            .count(size(counts.most_lines)),
        );
    }
    if let Some((lines, usual)) = running.partial_day(around.as_of.since_epoch()) {
        let key = if around.is_given { "last-day-partial_given" } else { "last-day-partial_found" };
        let facts = facts!(
            day = Fact::Day(around.as_of.to_string()),
            n = lines,
            usual = Fact::figure(decimal(usual, 1)),
        );
        findings.push(Finding::new(key, Severity::Warning, facts).count(size(lines)));
    }
    if running.pointed_ids > 0 {
        findings.push(
            Finding::new("pointed-ids", Severity::Note, facts!(n = running.pointed_ids))
                .count(size(running.pointed_ids)),
        );
    }
    if running.rounded > 0 {
        findings.push(
            Finding::new("rounded-money", Severity::Warning, facts!(n = running.rounded))
                .count(size(running.rounded)),
        );
    }
    findings
}
