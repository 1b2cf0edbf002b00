//! Who has left or is inactive, and how many of them each group may tell. Rules and strategies
//! count the same customers in other words ("no strategy", "not known"), so what is withheld
//! here must be withheld there, and what is told here protects nothing there.

use crate::results::SegmentRow;
use crate::results::rules::{CrossCell, RuleClass};

use super::rules::column;

/// The words of the classes, in the order of the codes; customers without a code are still here.
const NAMES: [&str; 2] = ["left", "inactive"];
/// How many statuses there are: those of `NAMES`, and still here.
const STATUSES: usize = 3;
/// The status of customers who are still here.
const HERE: usize = 2;

/// Who has left or is inactive.
#[derive(Debug, Clone)]
pub struct Departed {
    /// Per customer: 0 has left, 1 is inactive, `None` is still here.
    codes: Vec<Option<u8>>,
    /// Customers by group (segments, then those in none) and status.
    counts: Vec<[u64; STATUSES]>,
    /// Whether they are told.
    told: Vec<[bool; STATUSES]>,
    /// Customers of each group.
    column: Vec<usize>,
    min_cell: usize,
}

impl Departed {
    /// Of customers by their outcome and whether they are inactive, as the finished `rows` and
    /// the row of the `unassigned` tell it.
    #[must_use]
    pub fn of(
        (outcome, lapsed): (Option<&[Option<bool>]>, Option<&[bool]>),
        labels: &[Option<u32>],
        (rows, unassigned): (&[SegmentRow], Option<&SegmentRow>),
        min_cell: usize,
    ) -> Self {
        let code = |customer: usize| match outcome.and_then(|outcome| outcome[customer]) {
            Some(true) => Some(0),
            _ => lapsed.is_some_and(|lapsed| lapsed[customer]).then_some(1),
        };
        let codes: Vec<Option<u8>> = (0..labels.len()).map(code).collect();
        let column: Vec<usize> = labels.iter().map(|label| column(*label, rows.len())).collect();
        let mut counts = vec![[0; STATUSES]; rows.len() + 1];
        for (code, &group) in codes.iter().zip(&column) {
            counts[group][code.map_or(HERE, usize::from)] += 1;
        }
        let told = rows.iter().map(Some).chain([unassigned]).zip(&counts).map(|(row, counts)| {
            let left = counts[0] == 0 && row.is_none_or(|row| row.gone.is_some())
                || row.is_some_and(|row| row.churn_observed.is_some());
            let inactive = counts[1] == 0 || row.is_some_and(|row| row.inactive.is_some());
            [left, inactive, left && inactive]
        });
        Self { told: told.collect(), codes, counts, column, min_cell }
    }

    /// Each customer's class, and how many classes have a name.
    pub(super) fn codes(&self) -> (&[Option<u8>], usize) {
        (&self.codes, NAMES.len())
    }

    /// What is told of them, as classes of a rule. How many there are in all is told.
    pub(super) fn classes(&self) -> Vec<RuleClass> {
        let is_few = |n: u64| n > 0 && n < self.min_cell as u64;
        let class = |status: usize| {
            let customers: u64 = self.counts.iter().map(|group| group[status]).sum();
            let cell = |(group, told): (&[u64; STATUSES], &[bool; STATUSES])| CrossCell {
                customers: told[status].then_some(group[status]),
                share: None,
            };
            RuleClass {
                class: NAMES.get(status).copied().unwrap_or_default().to_owned(),
                customers: (!is_few(customers)).then_some(customers),
                share: None,
                value: None,
                value_share: None,
                segments: self.counts.iter().zip(&self.told).map(cell).collect(),
            }
        };
        (0..STATUSES).map(class).collect()
    }

    /// By class of a rule and group: whether just the customers of some statuses are in it, and
    /// if so, whether their number is told. `codes` are the classes of the customers, those
    /// without one in class `none`.
    pub(super) fn same(&self, codes: &[Option<u8>], none: usize) -> Vec<Vec<Option<bool>>> {
        let n_groups = self.counts.len();
        let mut both = vec![vec![[0; STATUSES]; n_groups]; none + 1];
        for ((code, own), &group) in codes.iter().zip(&self.codes).zip(&self.column) {
            let class = code.map_or(none, usize::from);
            both[class][group][own.map_or(HERE, usize::from)] += 1;
        }
        let of = |class: &Vec<[u64; STATUSES]>| {
            class.iter().enumerate().map(|(group, own)| self.is_told(group, own)).collect()
        };
        both.iter().map(of).collect()
    }

    /// Whether `own` customers by status, of a group, are all that some statuses have, and their
    /// number is told.
    fn is_told(&self, group: usize, own: &[u64; STATUSES]) -> Option<bool> {
        let (all, told) = (&self.counts[group], &self.told[group]);
        let is_in = |s: usize| own[s] > 0;
        let is_union = (0..STATUSES).all(|s| !is_in(s) || own[s] == all[s]);
        let any = (0..STATUSES).any(is_in);
        // A class of all who are still here is as many as the group less the others.
        let part = |s: usize| if is_in(HERE) { !is_in(s) && all[s] > 0 } else { is_in(s) };
        (any && is_union).then(|| [0, 1].into_iter().filter(|&s| part(s)).all(|s| told[s]))
    }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;
    use crate::cluster::rules::RuleSegments;
    use crate::profile::disclosure::{GroupFacts, Withheld};
    use crate::profile::rules::{Ruling, classed};
    use crate::profile::testing::segment_row;
    use crate::profile::together::Basis;

    const FEW: usize = 10;

    /// A base of random size, and its classes: two with a name, and none for those who have left
    /// and some of the others.
    struct Base {
        labels: Vec<Option<u32>>,
        outcome: Vec<Option<bool>>,
        lapsed: Vec<bool>,
        codes: Vec<Option<u8>>,
        n_segments: usize,
        /// Whether there are customers of a status in a class, which everybody knows.
        can_be: [[bool; STATUSES]; 3],
    }

    impl Base {
        fn random(rng: &mut Xoshiro256PlusPlus) -> Self {
            let n_segments = rng.gen_range(2..6);
            let (with_lapsed, others_without) = (rng.gen_bool(0.4), rng.gen_bool(0.3));
            // Whoever is gone has no class; some others may have none either.
            let none = [!with_lapsed, with_lapsed, others_without];
            let mut base = Self {
                can_be: [[false, false, true], [false, false, true], none],
                labels: Vec::new(),
                outcome: Vec::new(),
                lapsed: Vec::new(),
                codes: Vec::new(),
                n_segments,
            };
            let cells = (0..n_segments as u32).flat_map(|s| (0..3).map(move |status| (s, status)));
            for (segment, status) in cells {
                for code in [Some(0), Some(1), None] {
                    let most = if rng.gen_bool(0.2) { 12 } else { 120 };
                    let n = rng.gen_range(0..most);
                    if !base.can_be[code.map_or(2, usize::from)][status] {
                        continue;
                    }
                    base.labels.extend((0..n).map(|_| Some(segment)));
                    base.outcome.extend((0..n).map(|_| (!with_lapsed).then_some(status == 0)));
                    base.lapsed.extend((0..n).map(|_| status == 1));
                    base.codes.extend((0..n).map(|_| code));
                }
            }
            base
        }

        fn status(&self, at: usize) -> usize {
            match (self.outcome[at], self.lapsed[at]) {
                (Some(true), _) => 0,
                (_, true) => 1,
                _ => HERE,
            }
        }

        /// The segments as they tell who is gone.
        fn rows(&self) -> Vec<SegmentRow> {
            let mut facts = vec![GroupFacts::default(); self.n_segments];
            for (at, label) in self.labels.iter().enumerate() {
                let own = &mut facts[label.unwrap() as usize];
                own.customers += 1;
                own.known += u64::from(self.outcome[at].is_some());
                own.events += u64::from(self.status(at) == 0);
                own.inactive += u64::from(self.status(at) == 1);
            }
            let withheld = Withheld::decide(&facts, FEW);
            let rows = facts.iter().enumerate().map(|(at, own)| {
                let mut row = segment_row(at as u32 + 1);
                row.churn_observed = (own.known > 0).then(|| own.events as f64 / own.known as f64);
                (row.gone, row.inactive) = (Some(own.events), Some(own.inactive));
                withheld.apply(at, &mut row);
                row
            });
            rows.collect()
        }
    }

    /// What is known of a base, as sums over places: a place for each segment, class and status.
    struct Reader<'a> {
        base: &'a Base,
        counts: Vec<u64>,
        basis: Basis,
        /// What is withheld of few.
        secret: Vec<Vec<u64>>,
    }

    impl<'a> Reader<'a> {
        fn of(base: &'a Base) -> Self {
            let mut counts = vec![0; base.n_segments * 9];
            for at in 0..base.labels.len() {
                let class = base.codes[at].map_or(2, usize::from);
                counts[base.labels[at].unwrap() as usize * 9 + class * 3 + base.status(at)] += 1;
            }
            Self { base, counts, basis: Basis::default(), secret: Vec::new() }
        }

        /// The places that are asked for, and how many customers are there.
        fn sum(&self, is_in: impl Fn(usize, usize, usize) -> bool) -> (Vec<u64>, u64) {
            let own = |p: usize| {
                let (segment, class, status) = (p / 9, p % 9 / 3, p % 3);
                self.base.can_be[class][status] && is_in(segment, class, status)
            };
            let places: Vec<u64> = (0..self.counts.len()).map(|p| u64::from(own(p))).collect();
            let n = self.counts.iter().zip(&places).map(|(n, own)| n * own).sum();
            (places, n)
        }

        /// Hears of the customers that are asked for, or that they are withheld.
        fn hear(&mut self, told: bool, is_in: impl Fn(usize, usize, usize) -> bool) {
            let (places, n) = self.sum(is_in);
            if told {
                assert!(n == 0 || n >= FEW as u64, "{n} are told");
                self.basis.add(places);
            } else if n > 0 && n < FEW as u64 {
                self.secret.push(places);
            }
        }

        /// Hears of the segments, their cross table, and how many are gone in all.
        fn hear_all(&mut self, rows: &[SegmentRow], classes: &[RuleClass]) {
            for (segment, row) in rows.iter().enumerate() {
                // How many a segment has is told, however few.
                let (size, _) = self.sum(|s, _, _| s == segment);
                self.basis.add(size);
                self.hear(row.gone.is_some(), |s, _, status| s == segment && status == 0);
                self.hear(row.inactive.is_some(), |s, _, status| s == segment && status == 1);
            }
            for (class, told) in classes.iter().enumerate() {
                self.hear(told.customers.is_some(), |_, c, _| c == class);
                for (segment, cell) in told.segments.iter().enumerate() {
                    self.hear(cell.customers.is_some(), |s, c, _| s == segment && c == class);
                }
            }
            for status in 0..2 {
                let all: u64 = self.counts.iter().skip(status).step_by(3).sum();
                self.hear(all == 0 || all >= FEW as u64, |_, _, own| own == status);
            }
        }
    }

    /// Whoever reads the sizes of the segments, how many of each are gone and the cross table
    /// cannot work out a count of few by any combination of what is told.
    #[test]
    fn those_who_are_gone_give_no_cell_of_few_away() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
        let (mut few, mut told_cells) = (0, 0);
        for at in 0..300 {
            let base = Base::random(&mut rng);
            let rows = base.rows();
            let who = (Some(base.outcome.as_slice()), Some(base.lapsed.as_slice()));
            let departed = Departed::of(who, &base.labels, (&rows, None), FEW);
            let ruling = Ruling {
                rules: &RuleSegments::default(),
                ids: &[],
                labels: &base.labels,
                n_segments: base.n_segments,
                method: None,
                departed: Some(&departed),
                abc_cuts: &[],
                min_cell: FEW,
            };
            let names = ["one".to_owned(), "two".to_owned()];
            let (classes, _) = classed(&ruling, None, &names, &base.codes, "none");
            let cells = classes.iter().flat_map(|class| &class.segments);
            told_cells += cells.filter(|cell| cell.customers.is_some_and(|n| n > 0)).count();
            let mut reader = Reader::of(&base);
            reader.hear_all(&rows, &classes);
            few += reader.secret.len();
            let found = reader.secret.iter().filter(|places| reader.basis.holds((*places).clone()));
            assert_eq!(found.count(), 0, "base {at}: {:?}", reader.counts);
        }
        assert!(few > 300 && told_cells > 800, "{few} {told_cells}");
    }
}
