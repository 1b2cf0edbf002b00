//! The finished numbers of the rule segmentations: counts, shares of value, the cross
//! table with the segments, the Pareto curve and the RFM grid, with what may not be told
//! taken out (`disclosure.rs`).

use crate::cluster::rules::{Concentration, Cuts, Minor, Rule, RuleLabels, RuleSegments};
use crate::results::rules::{
    CrossCell, Pareto, ParetoCut, RfmCell, RfmGrid, RuleClass, RuleResults, RuleTable,
};

use super::departed::Departed;
use super::disclosure::{GroupFacts, Withheld, complete};
use super::protect::{Table, is_fixed};
use super::together::{Held, classes_beside, tables};

/// What customers of whom a rule cannot tell are called.
const UNDECIDED: &str = "not known";

/// What the numbers rest on.
#[derive(Debug, Clone, Copy)]
pub struct Ruling<'a> {
    /// The rule segmentations.
    pub rules: &'a RuleSegments,
    /// The id of each segment, in the order of the labels; counted from 1 where there is none.
    pub ids: &'a [u32],
    /// Each customer's segment, from 0; `None` is noise.
    pub labels: &'a [Option<u32>],
    /// How many segments.
    pub n_segments: usize,
    /// The rule whose classes are the segments, where the method is one.
    pub method: Option<Rule>,
    /// Who has left or is inactive, as the segments tell it.
    pub departed: Option<&'a Departed>,
    /// The cut-offs of ABC.
    pub abc_cuts: &'a [f64],
    /// Figures on fewer customers are withheld.
    pub min_cell: usize,
}

/// The numbers of all rules; `None` where no rule could be made.
#[must_use]
pub fn rule_results(input: &Ruling) -> Option<RuleResults> {
    input.rules.all().next()?;
    let value = input.rules.value.as_ref().map(Minor::units);
    let value = value.as_deref();
    let sizes = segment_sizes(input);
    Some(RuleResults {
        rules: tables(input, &sizes),
        segment_ids: columns(input, &sizes),
        pareto: input.rules.concentration.as_ref().map(|c| pareto(input, c)),
        rfm_grid: input.rules.rfm.as_ref().and_then(|labels| grid(labels, value, input.min_cell)),
    })
}

fn id(segment: usize) -> u32 {
    u32::try_from(segment).unwrap_or(u32::MAX)
}

/// Whether so many customers are too few to be told of.
fn few(n: u64, min_cell: usize) -> bool {
    n > 0 && n < min_cell as u64
}

/// Customers per segment, and last those in none.
fn segment_sizes(input: &Ruling) -> Vec<u64> {
    let mut sizes = vec![0; input.n_segments + 1];
    for label in input.labels {
        sizes[column(*label, input.n_segments)] += 1;
    }
    sizes
}

pub(super) fn column(label: Option<u32>, n_segments: usize) -> usize {
    label.map_or(n_segments, |at| (at as usize).min(n_segments))
}

/// The sums of one class.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) customers: u64,
    value: f64,
    positive: f64,
    largest: f64,
    /// Customers by segment, those in none last.
    pub(super) segments: Vec<u64>,
}

/// The numbers of one rule.
pub(super) fn table(
    input: &Ruling,
    labels: &RuleLabels,
    sums: &[Sums],
    sizes: &[u64],
    held: &Held,
) -> RuleTable {
    let is_method = input.method == Some(labels.rule());
    let by = By { names: labels.names(), none: UNDECIDED, is_method };
    let (classes, small) = classes(input, &by, sums, sizes, held);
    let said = if small { labels.rule_in_words().clone() } else { labels.definition() };
    RuleTable {
        rule: labels.rule().name().to_owned(),
        title: labels.rule().title().to_owned(),
        definition: said.english(),
        said: Some(said),
        is_method,
        classes,
    }
}

/// Classes of any kind with what may be told of them beside the rules as they are told, and the
/// ids of the segments that their cross table counts.
pub(super) fn classed(
    input: &Ruling,
    told: Option<&RuleResults>,
    names: &[String],
    codes: &[Option<u8>],
    none: &str,
) -> (Vec<RuleClass>, Vec<u32>) {
    let sizes = segment_sizes(input);
    let by = By { names, none, is_method: false };
    let sums = sums(input, names.len(), codes);
    let told = told.map_or(&[][..], |told| &told.rules);
    let own = (codes, names.len());
    let classes =
        classes_beside(input, told, own, &sums, &|held| classes(input, &by, &sums, &sizes, held).0);
    (classes, columns(input, &sizes))
}

/// The segments of a cross table, by id; 0 for those in none.
fn columns(input: &Ruling, sizes: &[u64]) -> Vec<u32> {
    let n = if sizes[input.n_segments] > 0 { sizes.len() } else { input.n_segments };
    let id_of = |at: usize| input.ids.get(at).copied().unwrap_or_else(|| id(at + 1));
    (0..n).map(|at| if at < input.n_segments { id_of(at) } else { 0 }).collect()
}

/// What the classes are called.
struct By<'a> {
    names: &'a [String],
    /// What customers in no class are called.
    none: &'a str,
    is_method: bool,
}

/// What may be told of classes, and whether one of them is too small to be told of; `held` says
/// what may not be told in any case.
fn classes(
    input: &Ruling,
    by: &By,
    sums: &[Sums],
    sizes: &[u64],
    held: &Held,
) -> (Vec<RuleClass>, bool) {
    let mut names = by.names.to_vec();
    names.push(by.none.to_owned());
    names.truncate(sums.len());
    let facts: Vec<GroupFacts> = sums
        .iter()
        .map(|sums| GroupFacts {
            customers: sums.customers,
            positive: sums.positive,
            largest: sums.largest,
            ..GroupFacts::default()
        })
        .collect();
    let Withheld { mut all, value: mut money, .. } = Withheld::decide(&facts, input.min_cell);
    let small = all.contains(&true);
    for (all, held) in all.iter_mut().zip(&held.classes) {
        *all |= held;
    }
    complete(&mut all, &facts, |group| group.customers);
    let cross = if by.is_method {
        Vec::new()
    } else {
        cross(sums, (&mut all, held), sizes, input.min_cell)
    };
    for (money, all) in money.iter_mut().zip(&all) {
        *money |= all;
    }
    let all_customers = sums.iter().map(|sums| sums.customers).sum::<u64>().max(1) as f64;
    let all_positive: f64 = sums.iter().map(|sums| sums.positive).sum();
    let classes = names.into_iter().enumerate().map(|(at, class)| {
        let (sums, told) = (&sums[at], !all[at]);
        let rich = input.rules.value.is_some() && !money[at];
        RuleClass {
            class,
            customers: told.then_some(sums.customers),
            share: told.then(|| sums.customers as f64 / all_customers),
            value: rich.then_some(sums.value),
            value_share: (rich && all_positive > 0.0).then(|| sums.positive / all_positive),
            segments: cross.get(at).cloned().unwrap_or_default(),
        }
    });
    (classes.collect(), small)
}

/// The sums of every class, and last of the customers of whom the rule cannot tell, where there
/// are any.
pub(super) fn sums(input: &Ruling, none: usize, codes: &[Option<u8>]) -> Vec<Sums> {
    let value = input.rules.value.as_ref().map(Minor::units);
    let empty = Sums { segments: vec![0; input.n_segments + 1], ..Sums::default() };
    let mut sums = vec![empty; none + 1];
    for (customer, code) in codes.iter().enumerate() {
        let sums = &mut sums[code.map_or(none, usize::from)];
        sums.customers += 1;
        if let Some(value) = &value {
            sums.value += value[customer];
            let positive = value[customer].max(0.0);
            sums.positive += positive;
            sums.largest = sums.largest.max(positive);
        }
        let label = input.labels.get(customer).copied().flatten();
        sums.segments[column(label, input.n_segments)] += 1;
    }
    if sums[none].customers == 0 {
        sums.pop();
    }
    sums
}

/// The cross table of classes and segments. A cell of few customers is withheld, all
/// customers of a withheld class are, and in every row and column with one withheld cell
/// the smallest other goes with it, because sizes of classes and segments are told; then as
/// many more as it takes (`protect.rs`), and seldom the size of a class. What the segments
/// tell anyway is told.
fn cross(
    sums: &[Sums],
    (withheld, held): (&mut [bool], &Held),
    sizes: &[u64],
    min_cell: usize,
) -> Vec<Vec<CrossCell>> {
    let n_columns = if sizes.last() == Some(&0) { sizes.len() - 1 } else { sizes.len() };
    let counts: Vec<&[u64]> = sums.iter().map(|sums| &sums.segments[..n_columns]).collect();
    let mut hidden: Vec<Vec<bool>> = counts
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let cells = row.iter().enumerate();
            let own = |(of, &n): (usize, &u64)| {
                let secret = few(n, min_cell) || (withheld[at] && n > 0);
                held.cells[at][of] || (secret && !is_fixed(&held.fixed, at, of))
            };
            cells.map(own).collect()
        })
        .collect();
    let fixed = &held.fixed;
    while hide_one_more(&counts, &mut hidden, fixed) {}
    let mut table =
        Table { counts: &counts, hidden: &mut hidden, fixed, untold: withheld, min_cell };
    table.protect();
    table.tell_what_is_known(&held.cells);
    let cell = |row: usize, at: usize| {
        let told = !hidden[row][at];
        let n = counts[row][at];
        CrossCell {
            customers: told.then_some(n),
            share: told.then(|| n as f64 / sizes[at].max(1) as f64),
        }
    };
    (0..counts.len()).map(|row| (0..n_columns).map(|at| cell(row, at)).collect()).collect()
}

/// Withholds the smallest other cell of the first row or column that has exactly one
/// withheld; says whether there was one to withhold.
fn hide_one_more(counts: &[&[u64]], hidden: &mut [Vec<bool>], fixed: &[Vec<bool>]) -> bool {
    let (n_rows, n_columns) = (counts.len(), counts.first().map_or(0, |row| row.len()));
    let rows = (0..n_rows).map(|row| (0..n_columns).map(|at| (row, at)).collect::<Vec<_>>());
    let columns = (0..n_columns).map(|at| (0..n_rows).map(|row| (row, at)).collect());
    for line in rows.chain(columns) {
        if line.iter().filter(|&&(row, at)| hidden[row][at]).count() != 1 {
            continue;
        }
        let partner = line
            .into_iter()
            .filter(|&(row, at)| !hidden[row][at] && !is_fixed(fixed, row, at))
            .filter(|&(row, at)| counts[row][at] > 0)
            .min_by_key(|&(row, at)| (counts[row][at], row, at));
        if let Some((row, at)) = partner {
            hidden[row][at] = true;
            return true;
        }
    }
    false
}

/// How the value is concentrated.
fn pareto(input: &Ruling, concentration: &Concentration) -> Pareto {
    let letters = ('A'..='Z').map(String::from);
    let found: Vec<Option<(f64, u64)>> =
        input.abc_cuts.iter().map(|&share| concentration.customers_for(share)).collect();
    // Where one class is of few customers the ends of the others would tell how many.
    let ends = found.iter().flatten().map(|&(_, n)| n);
    let ends = ends.chain(concentration.customers_for(1.0).map(|(_, n)| n));
    let mut before = 0;
    let is_small = ends.fold(false, |small, n| {
        small | few(n.saturating_sub(std::mem::replace(&mut before, n)), input.min_cell)
    });
    let cuts =
        input.abc_cuts.iter().zip(found).zip(letters).map(|((&value_share, found), class)| {
            let told = found.filter(|_| !is_small);
            ParetoCut { class, value_share, share: told.map(|(share, _)| share) }
        });
    let without = concentration.without_value();
    Pareto {
        points: concentration.curve(input.min_cell),
        cuts: cuts.collect(),
        without_value: (!few(without, input.min_cell)).then_some(without),
        negative_share: concentration.negative_share(),
    }
}

/// The grid of the scores for days since the last order and for orders.
fn grid(labels: &RuleLabels, value: Option<&[f64]>, min_cell: usize) -> Option<RfmGrid> {
    let Cuts::Rfm(cuts) = labels.cuts() else { return None };
    let [days_bins, orders_bins, _] = cuts.bins();
    let (across, n_names) = (usize::from(orders_bins), labels.names().len());
    let n_cells = usize::from(days_bins) * across;
    let mut facts = vec![GroupFacts::default(); n_cells];
    let mut sums = vec![0.0; n_cells];
    let mut names = vec![vec![0_u64; n_names]; n_cells];
    for (customer, (scores, code)) in labels.scores().iter().zip(labels.codes()).enumerate() {
        let at = (usize::from(scores[0]) - 1) * across + usize::from(scores[1]) - 1;
        facts[at].customers += 1;
        if let Some(code) = code {
            names[at][usize::from(*code)] += 1;
        }
        if let Some(value) = value {
            sums[at] += value[customer];
            let positive = value[customer].max(0.0);
            facts[at].positive += positive;
            facts[at].largest = facts[at].largest.max(positive);
        }
    }
    let Withheld { mut all, value: money, .. } = Withheld::decide(&facts, min_cell);
    complete(&mut all, &facts, |group| group.customers);
    let cells = (1..=days_bins).flat_map(|days| (1..=orders_bins).map(move |o| (days, o)));
    let cells = cells.zip(0..).map(|((days, orders), at): (_, usize)| {
        let n = facts[at].customers;
        let told = !all[at];
        let most = (0..n_names).rev().max_by_key(|&name| names[at][name]);
        let name = most.filter(|_| told && n > 0).map(|name| labels.names()[name].clone());
        RfmCell {
            days,
            orders,
            name: name.unwrap_or_default(),
            customers: told.then_some(n),
            value_per_customer: (value.is_some() && told && !money[at] && n > 0)
                .then(|| sums[at] / n as f64),
        }
    });
    Some(RfmGrid { days_bins, orders_bins, cells: cells.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Params;
    use crate::cluster::rules::{Extra, segment};
    use crate::day::Day;
    use crate::orders::{Histories, Record};

    /// `n` customers: every tenth orders often and much, the others once each.
    fn base(n: usize) -> RuleSegments {
        let records = (0..n).map(|at| {
            let loyal = at.is_multiple_of(10);
            let days: Vec<i32> =
                if loyal { (0..8).map(|i| i * 12).collect() } else { vec![(at % 97) as i32] };
            let amounts = vec![if loyal { 5_000 } else { 700 }; days.len()];
            Record { id: format!("{at:05}"), spend: amounts.iter().sum(), days, amounts }
        });
        let histories = Histories::new(Day::from_epoch(100).unwrap(), Some(2), records).unwrap();
        segment(&histories, &Params::default().check().unwrap(), &Extra::default()).unwrap()
    }

    fn told(rules: &RuleSegments, labels: &[Option<u32>], min_cell: usize) -> RuleResults {
        rule_results(&Ruling {
            rules,
            ids: &[],
            labels,
            n_segments: 2,
            method: None,
            departed: None,
            abc_cuts: &[0.80, 0.95],
            min_cell,
        })
        .unwrap()
    }

    #[test]
    fn counts_and_shares_add_up() {
        let rules = base(1000);
        let labels: Vec<Option<u32>> = (0..1000).map(|at| Some(at % 2)).collect();
        let results = told(&rules, &labels, 1);
        assert_eq!(results.segment_ids, [1, 2]);
        for table in &results.rules {
            let customers: u64 = table.classes.iter().map(|c| c.customers.unwrap()).sum();
            assert_eq!(customers, 1000, "{}", table.rule);
            let share: f64 = table.classes.iter().map(|c| c.value_share.unwrap()).sum();
            assert!((share - 1.0).abs() < 1e-9, "{}", table.rule);
            for segment in 0..2 {
                let cells = table.classes.iter().map(|c| c.segments[segment].customers.unwrap());
                assert_eq!(cells.sum::<u64>(), 500);
            }
            for class in &table.classes {
                let cells = class.segments.iter().map(|cell| cell.customers.unwrap());
                assert_eq!(cells.sum::<u64>(), class.customers.unwrap());
            }
        }
        // 100 customers bring 40,000 cents each, 900 bring 700: 86 % and 14 %.
        let pareto = results.pareto.unwrap();
        assert_eq!(pareto.cuts[0].share, Some(0.093));
        assert_eq!(pareto.points.len(), 101);
        let grid = results.rfm_grid.unwrap();
        assert_eq!(grid.cells.len(), 25);
        assert_eq!(grid.cells.iter().map(|cell| cell.customers.unwrap()).sum::<u64>(), 1000);
    }

    /// Whether two classes are the same customers; those of whom a rule cannot tell come last.
    fn are_same(rule: &RuleLabels, class: usize, other: &RuleLabels, echo: usize) -> bool {
        let of =
            |labels: &RuleLabels, code: Option<u8>| code.map_or(labels.names().len(), usize::from);
        let mut both = rule.codes().iter().zip(other.codes());
        both.all(|(&a, &b)| (of(rule, a) == class) == (of(other, b) == echo))
    }

    #[test]
    fn customers_who_are_withheld_in_one_rule_are_told_in_no_other() {
        for n in [60, 100, 150, 300, 500] {
            let rules = base(n);
            let labels: Vec<Option<u32>> = (0..n).map(|at| Some(u32::from(at % 3 == 0))).collect();
            let results = told(&rules, &labels, 20);
            let all: Vec<&RuleLabels> = rules.all().collect();
            for (a, rule) in all.iter().enumerate() {
                for (b, other) in all.iter().enumerate().filter(|&(b, _)| b != a) {
                    for (at, class) in results.rules[a].classes.iter().enumerate() {
                        for (echo, told) in results.rules[b].classes.iter().enumerate() {
                            if !are_same(rule, at, other, echo) {
                                continue;
                            }
                            let both = class.customers.is_some() == told.customers.is_some();
                            assert!(both, "{n}: {a} {at} {b} {echo}");
                            for (one, twin) in class.segments.iter().zip(&told.segments) {
                                assert_eq!(one.customers, twin.customers, "{n}: {a} {at} {b}");
                            }
                        }
                    }
                }
            }
            // The ends of the classes by value would tell how many the last one has.
            let small = results.rules.iter().find(|rule| rule.rule == "abc").unwrap();
            let is_told = small.classes.iter().all(|class| class.customers.is_some());
            let cuts = results.pareto.unwrap().cuts;
            assert!(is_told || cuts.iter().all(|cut| cut.share.is_none()), "{n}");
        }
    }

    #[test]
    fn no_total_gives_a_withheld_cell_away() {
        let rules = base(300);
        let labels: Vec<Option<u32>> = (0..300).map(|at| Some(u32::from(at < 70))).collect();
        let min_cell = 30;
        let (results, truth) = (told(&rules, &labels, min_cell), told(&rules, &labels, 1));
        // Withheld figures in a line of known sum: one alone can be worked out, so it must
        // not be that of few.
        let check = |line: Vec<(Option<u64>, u64)>| {
            let hidden: Vec<u64> =
                line.iter().filter(|(told, _)| told.is_none()).map(|&(_, n)| n).collect();
            assert!(hidden.len() != 1 || hidden[0] >= min_cell as u64, "{line:?}");
            for (told, n) in line {
                assert!(told.is_none_or(|told| told == n && (n == 0 || n >= min_cell as u64)));
            }
        };
        let mut n_hidden = 0;
        for (table, whole) in results.rules.iter().zip(&truth.rules) {
            let pairs = || table.classes.iter().zip(&whole.classes);
            check(pairs().map(|(a, b)| (a.customers, b.customers.unwrap())).collect());
            for (class, whole) in pairs() {
                assert!(class.customers.is_some() || class.value.is_none());
                let cells = class.segments.iter().zip(&whole.segments);
                let cells: Vec<_> =
                    cells.map(|(a, b)| (a.customers, b.customers.unwrap())).collect();
                n_hidden += cells.iter().filter(|(told, _)| told.is_none()).count();
                if class.customers.is_some() {
                    check(cells);
                }
            }
            for at in 0..2 {
                let cell = |(a, b): (&RuleClass, &RuleClass)| {
                    (a.segments[at].customers, b.segments[at].customers.unwrap())
                };
                check(pairs().map(cell).collect());
            }
        }
        assert!(n_hidden > 9, "the base has small cells");
        let grid = results.rfm_grid.unwrap();
        assert_ne!(grid.cells.iter().filter(|cell| cell.customers.is_none()).count(), 1);
    }

    #[test]
    fn the_rule_that_made_the_segments_is_not_crossed_with_itself() {
        let rules = base(300);
        let labels: Vec<Option<u32>> =
            rules.abc.as_ref().unwrap().codes().iter().map(|c| c.map(u32::from)).collect();
        let input = Ruling {
            rules: &rules,
            ids: &[],
            labels: &labels,
            n_segments: 3,
            method: Some(Rule::Abc),
            departed: None,
            abc_cuts: &[0.80, 0.95],
            min_cell: 10,
        };
        let results = rule_results(&input).unwrap();
        for table in &results.rules {
            let crossed = table.classes.iter().any(|class| !class.segments.is_empty());
            assert_eq!(crossed, table.rule != "abc");
            assert_eq!(table.is_method, table.rule == "abc");
        }
        assert!(rule_results(&Ruling { rules: &RuleSegments::default(), ..input }).is_none());
    }

    #[test]
    fn a_class_of_few_takes_its_figures_out_of_the_definition() {
        let rules = base(300);
        let labels = vec![Some(0); 300];
        let definition = |min_cell| {
            let results = told(&rules, &labels, min_cell);
            results.rules.iter().find(|table| table.rule == "abc").unwrap().definition.clone()
        };
        assert!(definition(10).contains("A from 400"), "{}", definition(10));
        assert!(!definition(200).contains("A from"), "{}", definition(200));
    }
}
