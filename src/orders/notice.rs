//! What a reader of the features should know of the lines that they come from.

use crate::day::Day;
use crate::finding::{Finding, Severity};
use crate::format::{count, decimal, list, percent};

use super::counts::{LineCounts, Tally};
use super::reduce::Counts;
use super::rules::{Refunds, Rules};
use super::tally::Running;

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

/// `135,080 of 541,909 lines`.
fn of_lines(tally: Tally, told: &LineCounts) -> String {
    format!("{} of {} lines", count(tally.lines), count(told.read.lines))
}

/// `, worth 12.50 as written` where the lines have money.
fn worth(tally: Tally) -> String {
    tally.money.map_or(String::new(), |money| format!(" (money as written: {money})"))
}

fn size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Lines that a rule leaves out; one that leaves out much is a warning.
fn left_out(told: &LineCounts, around: &Around) -> Vec<Finding> {
    let excluded = &told.excluded;
    let mut findings = Vec::new();
    let mut add = |code: &str, tally: Tally, what: &str, advice: &str| {
        if tally.lines > 0 {
            let share = tally.lines as f64 / told.read.lines.max(1) as f64;
            let severity = if share >= MUCH { Severity::Warning } else { Severity::Note };
            let message =
                format!("{} {what}{} and are left out", of_lines(tally, told), worth(tally));
            let finding = Finding::new(code, severity, message).count(size(tally.lines));
            findings.push(finding.advice(advice));
        }
    };
    add(
        "lines-without-day",
        excluded.without_day,
        "have no day, or none between 1900-01-01 and 2079-06-06,",
        "fill in the day of the order",
    );
    let after = format!("are dated after {}", around.as_of);
    add("lines-after-as-of", excluded.after_as_of, &after, "");
    add(
        "lines-without-customer",
        excluded.without_customer,
        "name no customer",
        "find out who bought without a name: these sales are in no segment",
    );
    add("lines-without-money", excluded.without_money, "have no amount", "fill in the amounts");
    add("zero-quantity", excluded.zero_quantity, "have a quantity of 0", "");
    add("zero-price-dropped", excluded.zero_price, "have a price of 0", "");
    add("refunds-dropped", excluded.refunds, "give money back", "");
    add(
        "customers-without-purchase",
        excluded.customers_without_purchase,
        "belong to customers of whom no purchase is left",
        "",
    );
    findings
}

/// Cancellations, refunds and gifts.
fn given_back(told: &LineCounts, counts: &Counts, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    let seen = &told.seen;
    if seen.cancelled.lines > 0 {
        let prefixes: Vec<String> =
            told.cancel_prefixes.iter().map(|prefix| format!("\"{prefix}\"")).collect();
        let message = format!(
            "{} are cancellations{}: their order number begins with {}",
            of_lines(seen.cancelled, told),
            worth(seen.cancelled),
            list(&prefixes)
        );
        findings.push(
            Finding::new("cancelled-lines", Severity::Note, message)
                .count(size(seen.cancelled.lines))
                .advice("set features.transactions.cancel-prefix if that is wrong"),
        );
    }
    if counts.refund_lines > 0 {
        let what = match rules.refunds {
            Refunds::Net => "what they give back is taken off spend",
            Refunds::Drop => "they are left out",
            Refunds::Separate => "what they give back is a column of its own",
        };
        let message = format!(
            "{} lines of customers are cancelled or negative; {what}",
            count(counts.refund_lines)
        );
        findings.push(
            Finding::new("refund-lines", Severity::Note, message).count(size(counts.refund_lines)),
        );
    }
    if counts.positive_cancelled > 0 {
        let n = counts.positive_cancelled;
        let message = format!(
            "{} cancelled lines have a positive amount or quantity; it counts as given back",
            count(n)
        );
        findings.push(
            Finding::new("positive-cancellations", Severity::Warning, message)
                .count(size(n))
                .advice("look whether the prefix marks cancellations only"),
        );
    }
    if seen.zero_price.lines > 0 && told.excluded.zero_price.lines == 0 {
        let share = seen.zero_price.lines as f64 / told.read.lines.max(1) as f64;
        let severity = if share >= MUCH { Severity::Warning } else { Severity::Note };
        let message = format!(
            "{} have a price of 0; they count as bought for nothing",
            of_lines(seen.zero_price, told)
        );
        findings.push(
            Finding::new("zero-price", severity, message)
                .count(size(seen.zero_price.lines))
                .advice("set features.transactions.zero-price to drop if nothing was bought"),
        );
    }
    findings
}

/// What is odd about order numbers.
fn order_numbers(told: &LineCounts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |code: &str, n: u64, severity: Severity, message: String, advice: &str| {
        if n > 0 {
            findings.push(Finding::new(code, severity, message).count(size(n)).advice(advice));
        }
    };
    let none = told.seen.without_order_number;
    add(
        "lines-without-order-number",
        none.lines,
        Severity::Note,
        format!(
            "{} have no order number; those of one customer on one day are one order",
            of_lines(none, told)
        ),
        "",
    );
    let n = told.shared_order_numbers;
    add(
        "shared-order-numbers",
        n,
        Severity::Warning,
        format!("{} order numbers name orders of several customers; each has its own", count(n)),
        "look whether the order number or the customer is the right column",
    );
    let n = told.order_numbers_on_several_days;
    add(
        "order-numbers-on-several-days",
        n,
        Severity::Note,
        format!(
            "{} order numbers of one customer stand on several days; each day is an order",
            count(n)
        ),
        "",
    );
    let n = told.seen.duplicates.lines;
    add(
        "duplicate-lines",
        n,
        Severity::Warning,
        format!(
            "{} equal another line of the same order in every column that is used; they are kept",
            of_lines(told.seen.duplicates, told)
        ),
        "remove them from the table if they were written twice",
    );
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
                format!("one customer has {} of all lines", percent(share)),
            )
            .count(size(counts.most_lines))
            .advice("if many people order under this number, leave it out"),
        );
    }
    if let Some((lines, usual)) = running.partial_day(around.as_of.since_epoch()) {
        findings.push(
            Finding::new(
                "last-day-partial",
                Severity::Warning,
                format!(
                    "the as-of day {} has {} lines where its weekday has {} in the middle, so it looks incomplete",
                    around.as_of,
                    count(lines),
                    decimal(usual, 1)
                ),
            )
            .count(size(lines))
            .advice(if around.is_given {
                "set input.as-of to the last whole day"
            } else {
                "set input.as-of to the day before"
            }),
        );
    }
    if running.pointed_ids > 0 {
        findings.push(
            Finding::new(
                "pointed-ids",
                Severity::Note,
                format!(
                    "{} lines write a whole customer number with a decimal point and zeros, such as a spreadsheet does; it is the same customer without them",
                    count(running.pointed_ids)
                ),
            )
            .count(size(running.pointed_ids)),
        );
    }
    if running.rounded > 0 {
        findings.push(
            Finding::new(
                "rounded-money",
                Severity::Warning,
                format!(
                    "{} lines have more decimals than are kept and were rounded",
                    count(running.rounded)
                ),
            )
            .count(size(running.rounded)),
        );
    }
    findings
}
