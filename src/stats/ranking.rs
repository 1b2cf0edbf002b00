//! Scores sorted once, with their ties, so that every measure of ranking and every
//! bootstrap resample is one pass.

use super::order::descending;

/// How much rarer drawn places are than all before they are looked at one by one.
const SPARSE: usize = 16;

/// How often each place of a [`Ranking`] was drawn.
#[derive(Debug, Clone)]
pub enum Counts {
    /// One entry per place.
    Each(Vec<u32>),
    /// The drawn places, ascending, each as often as it was drawn.
    Drawn(Vec<u32>),
}

/// Scores in descending order, grouped by ties, with the outcome of each.
///
/// Cost: one sort, `O(n log n)`; each measure afterwards is `O(n)`.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Where each score of the input stands, 0 for the highest.
    places: Vec<u32>,
    /// The outcome of each, in that order.
    outcomes: Vec<bool>,
    /// Where each group of equal scores ends, exclusive, in that order.
    ends: Vec<u32>,
}

impl Ranking {
    /// Sorts; `None` where the lengths differ, nothing is given, or a score is NaN.
    #[must_use]
    pub fn new(scores: &[f64], outcomes: &[bool]) -> Option<Self> {
        if scores.len() != outcomes.len() || scores.is_empty() || scores.iter().any(|s| s.is_nan())
        {
            return None;
        }
        // Equal scores keep the order of the input; no measure depends on it.
        let order = descending(scores)?;
        let at = |i: u32| scores[i as usize];
        let mut ends = Vec::new();
        for next in 1..=order.len() {
            #[expect(clippy::float_cmp, reason = "a tie is exact equality, and -0 equals 0")]
            if next == order.len() || at(order[next]) != at(order[next - 1]) {
                ends.push(u32::try_from(next).ok()?);
            }
        }
        let outcomes = order.iter().map(|&i| outcomes[i as usize]).collect();
        let mut places = vec![0; order.len()];
        for (place, &i) in (0_u32..).zip(&order) {
            places[i as usize] = place;
        }
        Some(Self { places, outcomes, ends })
    }

    /// How many scores.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Never: an empty ranking cannot be made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// How often each place of the ranking is drawn; `drawn` are positions in the input.
    #[must_use]
    pub fn counts(&self, drawn: &[u32]) -> Counts {
        if self.len() / SPARSE > drawn.len() {
            let mut places: Vec<u32> = drawn.iter().map(|&i| self.places[i as usize]).collect();
            places.sort_unstable();
            return Counts::Drawn(places);
        }
        let mut counts = vec![0; self.len()];
        for &i in drawn {
            counts[self.places[i as usize] as usize] += 1;
        }
        Counts::Each(counts)
    }

    /// Calls `visit(events, others)` for each group of equal scores, highest first. With
    /// [`Ranking::counts`], each place counts as often as it was drawn.
    pub(super) fn groups(&self, counts: Option<&Counts>, mut visit: impl FnMut(f64, f64)) {
        let counts = match counts {
            Some(Counts::Drawn(places)) => return self.groups_of(places, visit),
            Some(Counts::Each(counts)) => Some(counts),
            None => None,
        };
        let mut start = 0;
        for &end in &self.ends {
            let end = end as usize;
            let (mut events, mut all) = (0_u64, 0_u64);
            for place in start..end {
                let weight = counts.map_or(1, |counts| u64::from(counts[place]));
                all += weight;
                events += weight * u64::from(self.outcomes[place]);
            }
            start = end;
            if all > 0 {
                #[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
                visit(events as f64, (all - events) as f64);
            }
        }
    }

    /// The group of a place, which is that group or one behind it: looked for in steps that
    /// double, because drawn places are near each other.
    fn group_from(&self, group: usize, place: u32) -> usize {
        let (mut from, mut step) = (group, 1);
        while self.ends.get(from + step - 1).is_some_and(|&end| end <= place) {
            from += step;
            step *= 2;
        }
        let until = (from + step).min(self.ends.len());
        from + self.ends[from..until].partition_point(|&end| end <= place)
    }

    /// The same of the drawn places alone, ascending.
    fn groups_of(&self, places: &[u32], mut visit: impl FnMut(f64, f64)) {
        let mut rest = places;
        let mut group = 0;
        while let Some(&first) = rest.first() {
            group = self.group_from(group, first);
            let Some(&end) = self.ends.get(group) else { return };
            let inside = rest.iter().take_while(|&&place| place < end).count();
            let events = rest[..inside].iter().filter(|&&place| self.outcomes[place as usize]);
            let events = super::number(events.count());
            visit(events, super::number(inside) - events);
            rest = &rest[inside..];
        }
    }

    /// How many events and how many others.
    pub(super) fn totals(&self) -> (f64, f64) {
        let events = super::number(self.outcomes.iter().filter(|&&yes| yes).count());
        (events, super::number(self.len()) - events)
    }
}
