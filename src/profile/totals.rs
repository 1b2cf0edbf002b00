//! The sums of each segment: customers, money, outcome, contacts. One pass in the order
//! of the customers, so the bits do not depend on threads.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use crate::results::{SegmentRow, Verdict};
use crate::stats::wilson;
use crate::value::{at_risk, expected};

use super::action::Averages;
use super::disclosure::{GroupFacts, Withheld};
use super::measure::Groups;
use super::{Contact, Profiling};

/// The sums of one group.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    value: f64,
    positive: f64,
    largest: f64,
    known: u64,
    events: u64,
    open: u64,
    inactive: u64,
    churn: f64,
    expected: f64,
    at_risk: f64,
    earlier: f64,
    later: f64,
    bought_earlier: u64,
    contact: u64,
    hold_out: u64,
}

/// The sums of all groups.
#[derive(Debug, Clone)]
pub(crate) struct Totals {
    groups: Vec<Sums>,
    all: Sums,
    customers: u64,
    has_value: bool,
    has_churn: bool,
    has_outcome: bool,
}

impl Totals {
    /// Adds up per group.
    pub(crate) fn of(input: &Profiling, groups: &Groups) -> Self {
        let mut sums = vec![Sums::default(); input.n_segments + 1];
        for (row, &group) in groups.of.iter().enumerate() {
            add(&mut sums[group as usize], input, row);
        }
        let mut all = Sums::default();
        for group in &sums {
            all.value += group.value;
            all.positive += group.positive;
            all.known += group.known;
            all.events += group.events;
            all.open += group.open;
            all.churn += group.churn;
        }
        Self {
            groups: sums,
            all,
            customers: groups.of.len() as u64,
            has_value: input.value.is_some(),
            has_churn: input.churn.is_some(),
            has_outcome: input.outcome.is_some(),
        }
    }

    /// What the rules of disclosure need.
    pub(crate) fn facts(&self, groups: &Groups) -> Vec<GroupFacts> {
        self.groups
            .iter()
            .zip(&groups.sizes)
            .map(|(sums, &customers)| GroupFacts {
                customers,
                known: sums.known,
                events: sums.events,
                inactive: sums.inactive,
                positive: sums.positive,
                largest: sums.largest,
            })
            .collect()
    }

    /// The averages over all customers.
    pub(crate) fn averages(&self) -> Averages {
        let n = self.customers as f64;
        Averages {
            value: (self.has_value && n > 0.0).then(|| self.all.value / n),
            churn: (self.has_churn && self.all.open > 0)
                .then(|| self.all.churn / self.all.open as f64),
            observed: (self.has_outcome && self.all.known > 0)
                .then(|| self.all.events as f64 / self.all.known as f64),
        }
    }

    /// The value per customer that a segment could be led to: that of the next richer segment,
    /// at most the average of all. A few customers of enormous value pull the average out of
    /// the reach of everybody else.
    fn step_up(&self, own: f64, groups: &Groups, n_segments: usize) -> f64 {
        let each = |at: usize| self.groups[at].value / groups.sizes[at] as f64;
        let richer = (0..n_segments).filter(|&at| groups.sizes[at] > 0).map(each);
        let average = self.all.value / self.customers.max(1) as f64;
        richer.filter(|&value| value > own).fold(average, f64::min)
    }

    /// What the customers of a group who are still here would bring more, led one step up.
    /// Where it is withheld how many have left, and they are few, all are taken as still here;
    /// `None` where they are many: the figure would tell how many.
    fn headroom(
        &self,
        input: &Profiling,
        groups: &Groups,
        group: usize,
        withheld: &Withheld,
    ) -> Option<f64> {
        let (sums, customers) = (&self.groups[group], groups.sizes[group]);
        let gone = if input.is_churn { sums.events } else { 0 };
        let told = match withheld.outcome[group] {
            false => gone,
            true if gone < input.min_cell as u64 => 0,
            true => return None,
        };
        if !self.has_value || customers == 0 {
            return None;
        }
        let own = sums.value / customers as f64;
        let more = (self.step_up(own, groups, input.n_segments) - own).max(0.0);
        Some(more * (customers - told) as f64)
    }

    /// The row of a group with its sums; words, traits and rule come later.
    pub(crate) fn row(
        &self,
        input: &Profiling,
        groups: &Groups,
        group: usize,
        withheld: &Withheld,
    ) -> SegmentRow {
        let (sums, customers) = (&self.groups[group], groups.sizes[group]);
        let is_segment = group < input.n_segments;
        let enough = |n: u64| n > 0 && n >= input.min_cell as u64;
        let observed = self.has_outcome && enough(sums.known);
        let interval = observed.then(|| wilson(size(sums.events), size(sums.known)));
        let money = input.value_if_kept.is_some()
            && self.has_churn
            && input.is_churn
            && (enough(sums.open) || sums.open == 0);
        let stability = input.stability.get(group).copied().flatten();
        let verdict = input.verdicts.get(group).copied().unwrap_or(Verdict::Constructed);
        // Pinned among segments that were found.
        let is_rule = input.verdicts.iter().all(|&verdict| verdict == Verdict::Rule);
        let id = input.id(group);
        SegmentRow {
            segment_id: if is_segment { id } else { 0 },
            segment: String::new(),
            name_parts: Vec::new(),
            method: if verdict == Verdict::Rule && !is_rule { "condition" } else { input.method }
                .to_owned(),
            verdict,
            customers,
            share: customers as f64 / self.customers.max(1) as f64,
            value: self.has_value.then_some(sums.value),
            value_share: (self.has_value && self.all.positive > 0.0)
                .then(|| sums.positive / self.all.positive),
            value_per_customer: (self.has_value && customers > 0)
                .then(|| sums.value / customers as f64),
            value_growth: (enough(sums.bought_earlier) && sums.earlier > 0.0)
                .then(|| sums.later / sums.earlier - 1.0),
            headroom: self.headroom(input, groups, group, withheld),
            churn_mean: (self.has_churn && enough(sums.open))
                .then(|| sums.churn / sums.open as f64),
            churn_observed: observed.then(|| sums.events as f64 / sums.known as f64),
            churn_low: interval.map(|(low, _)| low),
            churn_high: interval.map(|(_, high)| high),
            churn_known: sums.known,
            gone: Some(if input.is_churn { sums.events } else { 0 }),
            inactive: Some(sums.inactive).filter(|&n| n > 0),
            expected_value: money.then_some(sums.expected),
            value_at_risk: money.then_some(sums.at_risk),
            stability,
            stability_m: stability.map(|_| input.stability_m as u64),
            usable: false,
            too_narrow: false,
            merge_with: None,
            nearest: None,
            products: Vec::new(),
            next_offer: None,
            rule: None,
            rule_sql: None,
            rule_coverage: None,
            rule_precision: None,
            trivial: input.trivial.get(group).cloned().flatten(),
            traits: Vec::new(),
            typical: None,
            portrait: String::new(),
            action: String::new(),
            action_codes: Vec::new(),
            action_why: String::new(),
            contact: sums.contact,
            hold_out: sums.hold_out,
            change: None,
            previous_segment_id: None,
            customers_before: None,
        }
    }
}

/// A count as a size.
fn size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Adds customer `row`. Expected value and value at risk count those whose outcome is
/// not yes.
fn add(sums: &mut Sums, input: &Profiling, row: usize) {
    if let Some(value) = input.value {
        sums.value += value[row];
        let positive = value[row].max(0.0);
        sums.positive += positive;
        sums.largest = sums.largest.max(positive);
    }
    let outcome = input.outcome.and_then(|outcome| outcome[row]);
    sums.known += u64::from(outcome.is_some());
    sums.events += u64::from(outcome == Some(true));
    if outcome != Some(true) {
        let lapsed = input.lapsed.is_some_and(|lapsed| lapsed[row]);
        sums.open += u64::from(!lapsed);
        sums.inactive += u64::from(lapsed);
        if let Some(churn) = input.churn {
            sums.churn += if lapsed { 0.0 } else { churn[row] };
            if let Some(kept) = input.value_if_kept {
                let expected = expected(kept[row], churn[row]);
                sums.expected += expected;
                let gone = if lapsed { Some(true) } else { outcome };
                sums.at_risk += at_risk(kept[row], expected, gone);
            }
        }
    }
    if let Some(years) = input.growth {
        sums.earlier += years.earlier[row];
        sums.later += years.later[row];
        sums.bought_earlier += u64::from(years.earlier[row] != 0.0);
    }
    match input.contact.get(row) {
        Some(Contact::Yes) => sums.contact += 1,
        Some(Contact::HoldOut) => sums.hold_out += 1,
        Some(Contact::No | Contact::Gone) | None => {}
    }
}
