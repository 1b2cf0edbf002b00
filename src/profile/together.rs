//! What the classes of several rules give away together. Each rule alone withholds enough of
//! its classes; but who is at risk by one rule and slowing by another are the same customers,
//! so a sum of the one and a sum of the other can differ by just the class that is withheld.
//!
//! Every told class is the sum of some of the groups that all rules together cut the customers
//! into. A withheld class is given away where its own groups are a combination of told sums,
//! which is asked by elimination over a finite field; of the cells of a segment likewise.
//!
//! # References
//!
//! Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, section 4.2 (linked
//! tables).

use crate::cluster::rules::RuleLabels;
use crate::results::rules::{RuleClass, RuleTable};

use super::rules::{Ruling, Sums, column, sums, table};

/// A prime; sums of whole numbers that are combined over the rationals are combined over it.
const PRIME: u64 = 4_294_967_291;

/// A class by its rule and its place there.
type At = (usize, usize);

/// What a rule may not tell in any case, and what is told in any case.
pub(super) struct Held {
    pub(super) classes: Vec<bool>,
    /// By class and segment.
    pub(super) cells: Vec<Vec<bool>>,
    /// What the segments tell themselves, by class and segment: to withhold it is of no use.
    pub(super) fixed: Vec<Vec<bool>>,
}

impl Held {
    /// Of a rule by its codes and how many classes have a name, beside the segments.
    fn of(input: &Ruling, (codes, none): (&[Option<u8>], usize), classes: usize) -> Self {
        let cells = vec![vec![false; input.n_segments + 1]; classes];
        let mut held = Self { classes: vec![false; classes], fixed: cells.clone(), cells };
        let Some(departed) = input.departed else { return held };
        for (class, told) in departed.same(codes, none).iter().take(classes).enumerate() {
            for (segment, told) in told.iter().enumerate() {
                held.cells[class][segment] = *told == Some(false);
                held.fixed[class][segment] = *told == Some(true);
            }
        }
        held
    }
}

/// The numbers of all rules, each told as far as the others allow.
pub(super) fn tables(input: &Ruling, sizes: &[u64]) -> Vec<RuleTable> {
    let rules: Vec<&RuleLabels> = input.rules.all().collect();
    let departed = input.departed.map(|departed| (departed.codes(), departed.classes()));
    let own = rules.iter().map(|rule| (rule.codes(), rule.names().len()));
    let codes: Vec<_> = departed.iter().map(|(codes, _)| *codes).chain(own).collect();
    let sums: Vec<Vec<Sums>> =
        codes.iter().map(|&(codes, none)| self::sums(input, none, codes)).collect();
    let first = codes.len() - rules.len();
    let beside = Beside::of(input, &codes, sums.iter().map(Vec::as_slice).collect(), first);
    let both = codes.iter().zip(&sums);
    let mut held: Vec<Held> = both.map(|(&own, sums)| Held::of(input, own, sums.len())).collect();
    loop {
        let made = rules.iter().zip(&sums[first..]).zip(&held[first..]);
        let made: Vec<RuleTable> =
            made.map(|((rule, sums), held)| table(input, rule, sums, sizes, held)).collect();
        let departed = departed.iter().map(|(_, classes)| classes.as_slice());
        let told = departed.chain(made.iter().map(|made| made.classes.as_slice()));
        if !beside.hold_more(&told.collect::<Vec<_>>(), &mut held) {
            return made;
        }
    }
}

/// Classes that are made by `make`, told as far as the rules that are told already allow.
pub(super) fn classes_beside(
    input: &Ruling,
    told: &[RuleTable],
    own: (&[Option<u8>], usize),
    own_sums: &[Sums],
    make: &dyn Fn(&Held) -> Vec<RuleClass>,
) -> Vec<RuleClass> {
    let departed = input.departed.map(|departed| (departed.codes(), departed.classes()));
    let rules = input.rules.all().take(told.len());
    let rules = rules.map(|rule| (rule.codes(), rule.names().len()));
    let mut all: Vec<_> = departed.iter().map(|(codes, _)| *codes).chain(rules).collect();
    let others: Vec<Vec<Sums>> =
        all.iter().map(|&(codes, none)| self::sums(input, none, codes)).collect();
    all.push(own);
    let sums = others.iter().map(Vec::as_slice).chain([own_sums]).collect();
    let last = all.len() - 1;
    let beside = Beside::of(input, &all, sums, last);
    let both = all.iter().zip(&beside.sums);
    let mut held: Vec<Held> = both.map(|(&own, sums)| Held::of(input, own, sums.len())).collect();
    loop {
        let made = make(&held[last]);
        let departed = departed.iter().map(|(_, classes)| classes.as_slice());
        let tables = departed.chain(told.iter().map(|table| table.classes.as_slice()));
        if !beside.hold_more(&tables.chain([made.as_slice()]).collect::<Vec<_>>(), &mut held) {
            return made;
        }
    }
}

/// Rules that are told beside each other.
struct Beside<'a> {
    sums: Vec<&'a [Sums]>,
    /// The groups of all customers, then those of each segment; a byte for each rule.
    groups: Vec<Vec<u64>>,
    /// Classes of two rules that are the same customers, both ways.
    twins: Vec<(At, At)>,
    /// The rules from here on may withhold more.
    free: usize,
    min_cell: usize,
}

impl<'a> Beside<'a> {
    /// Of rules by their codes, and what stands for customers without one.
    fn of(
        input: &Ruling,
        codes: &[(&[Option<u8>], usize)],
        sums: Vec<&'a [Sums]>,
        free: usize,
    ) -> Self {
        let mut groups = vec![Vec::new(); input.n_segments + 2];
        for (customer, label) in input.labels.iter().enumerate() {
            let group = codes.iter().enumerate().fold(0, |group, (at, (codes, none))| {
                group | (codes[customer].map_or(*none, usize::from) as u64) << (8 * at)
            });
            groups[0].push(group);
            groups[1 + column(*label, input.n_segments)].push(group);
        }
        for groups in &mut groups {
            groups.sort_unstable();
            groups.dedup();
        }
        let twins = twins(&groups[0], &sums);
        Self { sums, groups, twins, free, min_cell: input.min_cell }
    }

    /// Withholds more where the rules as they are `told` give a class or a cell of few away;
    /// says whether there was one.
    fn hold_more(&self, told: &[&[RuleClass]], held: &mut [Held]) -> bool {
        let mut more = false;
        let is_hidden = |(rule, class): At| told[rule][class].customers.is_none();
        for &(one, (rule, class)) in self.twins.iter().filter(|(_, twin)| twin.0 >= self.free) {
            if is_hidden(one) && !is_hidden((rule, class)) {
                held[rule].classes[class] = true;
                more = true;
            }
            let cells = told[one.0][one.1].segments.iter().zip(&told[rule][class].segments);
            for (at, _) in cells
                .enumerate()
                .filter(|(_, (one, twin))| one.customers.is_none() && twin.customers.is_some())
            {
                held[rule].cells[class][at] = true;
                more = true;
            }
        }
        if more {
            return true;
        }
        for (at, groups) in self.groups.iter().enumerate() {
            let segment = at.checked_sub(1);
            let rules = self.classes(told, segment);
            if let Some((rule, class)) = to_withhold(&rules, groups, self.free, self.min_cell) {
                match segment {
                    Some(segment) => held[rule].cells[class][segment] = true,
                    None => held[rule].classes[class] = true,
                }
                more = true;
            }
        }
        more
    }

    /// The classes of all rules, among all customers or those of a segment.
    fn classes(&self, told: &[&[RuleClass]], segment: Option<usize>) -> Vec<Classes> {
        let one = |(sums, told): (&&[Sums], &&[RuleClass])| {
            let both = sums.iter().zip(*told);
            let (sizes, told): (Vec<u64>, Vec<Option<u64>>) = match segment {
                None => both.map(|(sums, told)| (sums.customers, told.customers)).unzip(),
                // The rule that made the segments is not crossed with them.
                Some(at) => both
                    .filter_map(|(sums, told)| Some((sums.segments[at], told.segments.get(at)?)))
                    .map(|(size, cell)| (size, cell.customers))
                    .unzip(),
            };
            Classes { sizes, told: told.iter().map(Option::is_some).collect() }
        };
        self.sums.iter().zip(told).map(one).collect()
    }
}

/// Classes of two rules that are the same customers.
fn twins(groups: &[u64], sums: &[&[Sums]]) -> Vec<(At, At)> {
    let all: Vec<At> = (0..sums.len())
        .flat_map(|rule| (0..sums[rule].len()).map(move |class| (rule, class)))
        .collect();
    let pairs = all.iter().flat_map(|&one| all.iter().map(move |&other| (one, other)));
    let is_in = |group: u64, (rule, class): At| class_in(group, rule) == class;
    pairs
        .filter(|(one, other)| one.0 != other.0)
        .filter(|&(one, other)| {
            groups.iter().all(|&group| is_in(group, one) == is_in(group, other))
        })
        .collect()
}

/// The class of a group by a rule.
fn class_in(group: u64, rule: usize) -> usize {
    (group >> (8 * rule) & 0xff) as usize
}

/// The classes of one rule: their customers, and whether they are told.
struct Classes {
    sizes: Vec<u64>,
    told: Vec<bool>,
}

/// The class to withhold as well where one of few customers could be worked out: the smallest
/// that helps, or else the smallest. Only of the rules from `free` on.
fn to_withhold(rules: &[Classes], groups: &[u64], free: usize, min_cell: usize) -> Option<At> {
    let all: Vec<At> = (0..rules.len())
        .flat_map(|rule| (0..rules[rule].told.len()).map(move |class| (rule, class)))
        .filter(|&(rule, class)| rules[rule].sizes[class] > 0)
        .collect();
    let size = |(rule, class): At| rules[rule].sizes[class];
    let is_told = |(rule, class): At| rules[rule].told[class];
    let small: Vec<At> =
        all.iter().copied().filter(|&at| !is_told(at) && size(at) < min_cell as u64).collect();
    if small.is_empty() {
        return None;
    }
    let vector = |(rule, class): At| -> Vec<u64> {
        groups.iter().map(|&group| u64::from(class_in(group, rule) == class)).collect()
    };
    let is_safe = |without: Option<At>| {
        let told = all.iter().copied().filter(|&at| is_told(at) && Some(at) != without);
        let mut basis = Basis::default();
        // How many there are is told as well.
        told.map(vector).chain([vec![1; groups.len()]]).for_each(|sum| basis.add(sum));
        small.iter().all(|&at| !basis.holds(vector(at)))
    };
    if is_safe(None) {
        return None;
    }
    let mut left: Vec<At> = all.iter().copied().filter(|&at| at.0 >= free && is_told(at)).collect();
    left.sort_by_key(|&at| (size(at), at));
    left.iter().copied().find(|&at| is_safe(Some(at))).or_else(|| left.first().copied())
}

/// Independent sums, each with the place of its first entry, which is 1.
#[derive(Default)]
pub(super) struct Basis(Vec<(usize, Vec<u64>)>);

impl Basis {
    /// A sum less all that the others tell of it.
    fn rest(&self, mut sum: Vec<u64>) -> Vec<u64> {
        for (first, known) in &self.0 {
            let times = sum[*first];
            if times > 0 {
                for (entry, known) in sum.iter_mut().zip(known) {
                    *entry = (*entry + (PRIME - times) * known) % PRIME;
                }
            }
        }
        sum
    }

    /// Whether a sum is told by the others.
    pub(super) fn holds(&self, sum: Vec<u64>) -> bool {
        self.rest(sum).iter().all(|&entry| entry == 0)
    }

    pub(super) fn add(&mut self, sum: Vec<u64>) {
        let mut rest = self.rest(sum);
        let Some(first) = rest.iter().position(|&entry| entry > 0) else { return };
        let inverse = inverse(rest[first]);
        for entry in &mut rest {
            *entry = *entry * inverse % PRIME;
        }
        self.0.push((first, rest));
    }
}

/// What times `x` is 1, by Fermat: `x^(p - 2)`.
fn inverse(x: u64) -> u64 {
    let (mut power, mut of, mut left) = (1, x, PRIME - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = power * of % PRIME;
        }
        of = of * of % PRIME;
        left >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Customers by class, in order, and the classes that are hidden.
    type Rule<'a> = (&'a [(u8, usize)], &'a [usize]);

    /// Rules by the class of each group, a group for each customer; told where not in `hidden`.
    fn rules(of: &[Rule]) -> (Vec<Classes>, Vec<u64>) {
        let mut groups = vec![0; 200];
        let mut customers = 0;
        let classes = of.iter().enumerate().map(|(rule, (counts, hidden))| {
            let codes = counts.iter().flat_map(|&(class, n)| std::iter::repeat_n(class, n));
            customers = counts.iter().map(|(_, n)| n).sum::<usize>();
            for (group, class) in groups.iter_mut().zip(codes) {
                *group |= u64::from(class) << (8 * rule);
            }
            let size = |class: u8| {
                counts.iter().filter(|one| one.0 == class).map(|one| one.1 as u64).sum::<u64>()
            };
            let n = counts.iter().map(|one| one.0).max().unwrap() + 1;
            Classes {
                sizes: (0..n).map(size).collect(),
                told: (0..n).map(|class| !hidden.contains(&usize::from(class))).collect(),
            }
        });
        let classes = classes.collect();
        groups.truncate(customers);
        groups.sort_unstable();
        groups.dedup();
        (classes, groups)
    }

    /// Four are new; who is at risk (12) or lapsed (15) by loyalty is slowing or gone by the
    /// lifecycle. Each rule alone hides enough; the sum of the two pairs is told by both.
    #[test]
    fn the_overlap_of_two_rules_gives_no_class_away() {
        let loyalty = [(0, 4), (1, 100), (2, 12), (3, 15)];
        let lifecycle = [(0, 30), (1, 74), (2, 12), (3, 15)];
        // 131 - 100 = 31 are new, at risk or lapsed; 131 - 30 - 74 = 27 are slowing or gone.
        let (open, groups) = rules(&[(&loyalty, &[0, 2, 3]), (&lifecycle, &[2, 3])]);
        assert_eq!(to_withhold(&open, &groups, 0, 10), Some((1, 0)));
        let (closed, groups) = rules(&[(&loyalty, &[0, 2, 3]), (&lifecycle, &[0, 2, 3])]);
        assert_eq!(to_withhold(&closed, &groups, 0, 10), None);
        // Only the second may withhold more, and it tells nothing.
        let (none, groups) = rules(&[(&loyalty, &[0]), (&lifecycle, &[0, 1, 2, 3])]);
        assert_eq!(to_withhold(&none, &groups, 1, 10), None);
    }

    #[test]
    fn nothing_is_withheld_where_the_others_tell_nothing_of_the_few() {
        let loyalty = [(0, 4), (1, 100), (2, 12)];
        let other = [(0, 2), (1, 58), (0, 56)];
        let (safe, groups) = rules(&[(&loyalty, &[0, 2]), (&other, &[])]);
        assert_eq!(to_withhold(&safe, &groups, 0, 10), None);
        // Told alone beside the sum, it is given away at once.
        let (alone, groups) = rules(&[(&loyalty, &[0]), (&other, &[])]);
        assert_eq!(to_withhold(&alone, &groups, 0, 10), Some((0, 2)));
    }

    #[test]
    fn an_inverse_is_one() {
        for x in [1, 2, 3, 65_537, PRIME - 1] {
            assert_eq!(inverse(x) * x % PRIME, 1);
        }
    }
}
