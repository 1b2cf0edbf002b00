//! What the classes of several rules give away together. Each rule alone withholds enough of
//! its classes; but who is at risk by one rule and slowing by another are the same customers,
//! so a sum of the one and a sum of the other can differ by just the class that is withheld.
//!
//! Every told class is the sum of some of the groups that all rules together cut the customers
//! into. A withheld class is given away where its own groups are a combination of told sums,
//! which is asked by elimination over a finite field.
//!
//! # References
//!
//! Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, section 4.2 (linked
//! tables).

use crate::cluster::rules::RuleLabels;
use crate::results::rules::{RuleClass, RuleTable};

/// A prime; sums of whole numbers that are combined over the rationals are combined over it.
const PRIME: u64 = 4_294_967_291;

/// The classes of one rule and which of them are told.
pub(super) struct Classes<'a> {
    /// Each customer's class; `None` stands behind the last one.
    pub(super) codes: &'a [Option<u8>],
    /// How many classes have a name.
    pub(super) names: usize,
    /// Customers of each class, those without one last where there are any.
    pub(super) sizes: Vec<u64>,
    /// Whether a class is told.
    pub(super) told: Vec<bool>,
}

impl<'a> Classes<'a> {
    /// Those of a rule as they are told.
    pub(super) fn of(labels: &'a RuleLabels, table: &RuleTable) -> Self {
        Self::of_codes(labels.codes(), labels.names().len(), &table.classes)
    }

    /// Those of any kind.
    pub(super) fn of_codes(codes: &'a [Option<u8>], names: usize, classes: &[RuleClass]) -> Self {
        let mut sizes = vec![0; names + 1];
        for code in codes {
            sizes[code.map_or(names, usize::from)] += 1;
        }
        sizes.truncate(classes.len());
        let told = classes.iter().map(|class| class.customers.is_some()).collect();
        Self { codes, names, sizes, told }
    }
}

/// The class to withhold as well, as rule and class, where one of few customers could be worked
/// out: the smallest that helps, or else the smallest. Only of the rules from `free` on.
pub(super) fn to_withhold(
    rules: &[Classes],
    free: usize,
    min_cell: usize,
) -> Option<(usize, usize)> {
    let pairs = || {
        let classes = |(rule, of): (usize, &Classes)| (0..of.told.len()).map(move |at| (rule, at));
        rules.iter().enumerate().flat_map(classes)
    };
    let size = |(rule, class): (usize, usize)| rules[rule].sizes[class];
    let small: Vec<(usize, usize)> = pairs()
        .filter(|&(rule, class)| !rules[rule].told[class])
        .filter(|&at| size(at) > 0 && size(at) < min_cell as u64)
        .collect();
    if small.is_empty() {
        return None;
    }
    let groups = groups(rules);
    let vector = |(rule, class): (usize, usize)| -> Vec<u64> {
        groups.iter().map(|group| u64::from(class_in(*group, rule) == class)).collect()
    };
    let is_safe = |without: Option<(usize, usize)>| {
        let told = pairs().filter(|&(rule, class)| rules[rule].told[class]);
        let sums = told.filter(|&at| Some(at) != without && size(at) > 0).map(vector);
        let mut basis = Basis::default();
        // How many customers there are is told as well.
        sums.chain([vec![1; groups.len()]]).for_each(|sum| basis.add(sum));
        small.iter().all(|&at| !basis.holds(vector(at)))
    };
    if is_safe(None) {
        return None;
    }
    let mut left: Vec<(usize, usize)> = pairs()
        .filter(|&(rule, class)| rule >= free && rules[rule].told[class] && size((rule, class)) > 0)
        .collect();
    left.sort_by_key(|&at| (size(at), at));
    left.iter().copied().find(|&at| is_safe(Some(at))).or_else(|| left.first().copied())
}

/// The groups that all rules together cut the customers into, a byte for each rule.
fn groups(rules: &[Classes]) -> Vec<u64> {
    let n = rules.first().map_or(0, |rule| rule.codes.len());
    let group = |customer: usize| {
        rules.iter().enumerate().fold(0, |group, (at, rule)| {
            let class = rule.codes[customer].map_or(rule.names, usize::from) as u64;
            group | class << (8 * at)
        })
    };
    let mut groups: Vec<u64> = (0..n).map(group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// The class of a group by a rule.
fn class_in(group: u64, rule: usize) -> usize {
    (group >> (8 * rule) & 0xff) as usize
}

/// Independent sums, each with the place of its first entry, which is 1.
#[derive(Default)]
struct Basis(Vec<(usize, Vec<u64>)>);

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
    fn holds(&self, sum: Vec<u64>) -> bool {
        self.rest(sum).iter().all(|&entry| entry == 0)
    }

    fn add(&mut self, sum: Vec<u64>) {
        let mut rest = self.rest(sum);
        let Some(first) = rest.iter().position(|&entry| entry > 0) else { return };
        let inverse = inverse(rest[first]);
        rest.iter_mut().for_each(|entry| *entry = *entry * inverse % PRIME);
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

    /// A rule of customers by class, told where it is not in `hidden`.
    fn rule<'a>(codes: &'a [Option<u8>], names: usize, hidden: &[usize]) -> Classes<'a> {
        let size =
            |class: usize| codes.iter().filter(|c| **c == u8::try_from(class).ok()).count() as u64;
        Classes {
            codes,
            names,
            sizes: (0..names).map(size).collect(),
            told: (0..names).map(|class| !hidden.contains(&class)).collect(),
        }
    }

    fn codes(counts: &[(u8, usize)]) -> Vec<Option<u8>> {
        counts.iter().flat_map(|&(class, n)| std::iter::repeat_n(Some(class), n)).collect()
    }

    /// Four are new; who is at risk (12) or lapsed (15) by loyalty is slowing or gone by the
    /// lifecycle. Each rule alone hides enough; the sum of the two pairs is told by both.
    #[test]
    fn the_overlap_of_two_rules_gives_no_class_away() {
        let loyalty = codes(&[(0, 4), (1, 100), (2, 12), (3, 15)]);
        let lifecycle = codes(&[(0, 30), (1, 74), (2, 12), (3, 15)]);
        let hidden = [rule(&loyalty, 4, &[0, 2, 3]), rule(&lifecycle, 4, &[2, 3])];
        // 131 - 100 = 31 are new, at risk or lapsed; 131 - 30 - 74 = 27 are slowing or gone.
        assert_eq!(to_withhold(&hidden, 0, 10), Some((1, 0)));
        let closed = [rule(&loyalty, 4, &[0, 2, 3]), rule(&lifecycle, 4, &[0, 2, 3])];
        assert_eq!(to_withhold(&closed, 0, 10), None);
        // Only the second may withhold more; where it tells nothing there is nothing left.
        let none = [rule(&loyalty, 4, &[0]), rule(&lifecycle, 4, &[0, 1, 2, 3])];
        assert_eq!(to_withhold(&none, 1, 10), None);
    }

    #[test]
    fn nothing_is_withheld_where_the_others_tell_nothing_of_the_few() {
        let loyalty = codes(&[(0, 4), (1, 100), (2, 12)]);
        let other = codes(&[(0, 58), (1, 58)]);
        assert_eq!(to_withhold(&[rule(&loyalty, 3, &[0, 2]), rule(&other, 2, &[])], 0, 10), None);
        // Told alone beside the sum, it is given away at once.
        let alone = [rule(&loyalty, 3, &[0]), rule(&other, 2, &[])];
        assert_eq!(to_withhold(&alone, 0, 10), Some((0, 2)));
    }

    #[test]
    fn an_inverse_is_one() {
        for x in [1, 2, 3, 65_537, PRIME - 1] {
            assert_eq!(inverse(x) * x % PRIME, 1);
        }
    }
}
