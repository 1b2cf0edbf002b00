//! Which segment is which after a refit.
//!
//! The previous frozen model and the new fit label the same rows, so that no customer's
//! change of behaviour counts. A pair of segments with a Jaccard similarity of at least .60
//! is the same segment (above one half a segment can have one such partner only). Of the
//! others, a new segment at least 60 % of whose customers come from one earlier segment is
//! a piece of it; one that takes up at least 60 % of two or more earlier segments is their
//! merger; anything else is new. Ids are never used twice: a segment that is not kept gets
//! the next id that the lineage has not used.
//!
//! # References
//!
//! - Spiliopoulou, Ntoutsi, Theodoridis & Schult 2006, MONIC: modeling and monitoring
//!   cluster transitions, KDD: survival by overlap, split and absorption by containment.
//!   Deviation: Jaccard similarity for survival, because overlap alone keeps a segment
//!   that was swallowed.

use crate::results::Fate;

/// From here a segment is the same, and a piece or a part belongs to the whole.
pub const SAME: f64 = 0.60;

/// What became of the segments; lists by position.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The id of each new segment.
    pub ids: Vec<u32>,
    /// Where each new segment came from.
    pub origins: Vec<Origin>,
    /// The earlier segments that are no longer there.
    pub ended: Vec<Ended>,
    /// The highest id that the lineage has used.
    pub highest: u32,
}

/// Where a new segment came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Kept, split, merged or new.
    pub fate: Fate,
    /// Positions of the earlier segments, the one with most common customers first.
    pub from: Vec<usize>,
    /// Jaccard similarity to the first of them.
    pub jaccard: Option<f64>,
}

/// An earlier segment that is no longer there.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// Its position.
    pub position: usize,
    /// Positions of the new segments that hold at least 60 % of it, or are pieces of it.
    pub into: Vec<usize>,
}

/// Common customers of two labellings of the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    n_new: usize,
    common: Vec<u64>,
    old: Vec<u64>,
    new: Vec<u64>,
}

impl Table {
    /// Counts; `None` is no segment and counts nowhere.
    #[must_use]
    pub fn of(old: &[Option<u32>], n_old: usize, new: &[Option<u32>], n_new: usize) -> Self {
        let mut table = Self {
            n_new,
            common: vec![0; n_old * n_new],
            old: vec![0; n_old],
            new: vec![0; n_new],
        };
        for (old, new) in old.iter().zip(new) {
            if let Some(old) = old {
                table.old[*old as usize] += 1;
            }
            if let Some(new) = new {
                table.new[*new as usize] += 1;
            }
            if let (Some(old), Some(new)) = (old, new) {
                table.common[*old as usize * n_new + *new as usize] += 1;
            }
        }
        table
    }

    fn common(&self, old: usize, new: usize) -> u64 {
        self.common[old * self.n_new + new]
    }

    /// Jaccard similarity of an earlier and a new segment, 0..1; 0 of nobody.
    #[must_use]
    pub fn jaccard(&self, old: usize, new: usize) -> f64 {
        let both = self.common(old, new);
        share(both, self.old[old] + self.new[new] - both)
    }

    /// The share of the new segment that comes from the earlier one.
    fn inside(&self, old: usize, new: usize) -> f64 {
        share(self.common(old, new), self.new[new])
    }

    /// The share of the earlier segment that the new one holds.
    fn taken(&self, old: usize, new: usize) -> f64 {
        share(self.common(old, new), self.old[old])
    }

    fn n_old(&self) -> usize {
        self.old.len()
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Decides which new segment is which earlier one. `old_ids` are the ids of the earlier
/// segments by position, `highest` the highest id that the lineage has used.
#[must_use]
pub fn identify(table: &Table, old_ids: &[u32], highest: u32) -> Identity {
    let mut kept: Vec<Option<usize>> = vec![None; table.n_new];
    let mut goes_on = vec![false; table.n_old()];
    for (old, goes_on) in goes_on.iter_mut().enumerate() {
        if let Some(new) = (0..table.n_new).find(|&new| table.jaccard(old, new) >= SAME) {
            kept[new] = Some(old);
            *goes_on = true;
        }
    }
    let mut highest = old_ids.iter().copied().fold(highest, u32::max);
    let mut ids = Vec::with_capacity(table.n_new);
    let mut origins = Vec::with_capacity(table.n_new);
    for (new, kept) in kept.iter().enumerate() {
        let origin = origin(table, new, *kept);
        if let Some(old) = kept {
            ids.push(old_ids[*old]);
        } else {
            highest += 1;
            ids.push(highest);
        }
        origins.push(origin);
    }
    let ended = (0..table.n_old()).filter(|&old| !goes_on[old]).map(|old| Ended {
        position: old,
        into: (0..table.n_new)
            .filter(|&new| table.taken(old, new) >= SAME || is_piece(table, old, new))
            .collect(),
    });
    Identity { ids, origins, ended: ended.collect(), highest }
}

fn is_piece(table: &Table, old: usize, new: usize) -> bool {
    table.common(old, new) > 0 && table.inside(old, new) >= SAME
}

fn origin(table: &Table, new: usize, kept: Option<usize>) -> Origin {
    let mut from: Vec<usize> = (0..table.n_old())
        .filter(|&old| table.old[old] > 0 && table.taken(old, new) >= SAME)
        .collect();
    from.sort_by(|&a, &b| table.common(b, new).cmp(&table.common(a, new)).then(a.cmp(&b)));
    if let Some(old) = kept {
        // Others that it took up stand behind it.
        from.retain(|&other| other != old);
        from.insert(0, old);
        return Origin { fate: Fate::Kept, jaccard: Some(table.jaccard(old, new)), from };
    }
    if from.len() >= 2 {
        let jaccard = Some(table.jaccard(from[0], new));
        return Origin { fate: Fate::Merged, from, jaccard };
    }
    let whole = (0..table.n_old()).find(|&old| is_piece(table, old, new));
    match whole {
        Some(old) => {
            Origin { fate: Fate::Split, from: vec![old], jaccard: Some(table.jaccard(old, new)) }
        }
        None => Origin { fate: Fate::New, from: Vec::new(), jaccard: None },
    }
}

/// The order in which segments of these ids ascend: the positions of now.
#[must_use]
pub fn ascending(ids: &[u32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&at| ids[at]);
    order
}

impl Identity {
    /// The same with the new segments in another order: position `i` of the result is
    /// position `order[i]` of now.
    #[must_use]
    pub fn reordered(&self, order: &[usize]) -> Self {
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let ended = self.ended.iter().map(|ended| {
            let mut into: Vec<usize> = ended.into.iter().map(|&at| place[at]).collect();
            into.sort_unstable();
            Ended { position: ended.position, into }
        });
        Self {
            ids: order.iter().map(|&at| self.ids[at]).collect(),
            origins: order.iter().map(|&at| self.origins[at].clone()).collect(),
            ended: ended.collect(),
            highest: self.highest,
        }
    }

    /// The identity of segments that were scored, not fitted: all are kept.
    #[must_use]
    pub fn unchanged(ids: &[u32], highest: u32) -> Self {
        let origin = |at: usize| Origin { fate: Fate::Kept, from: vec![at], jaccard: Some(1.0) };
        Self {
            ids: ids.to_vec(),
            origins: (0..ids.len()).map(origin).collect(),
            ended: Vec::new(),
            highest: ids.iter().copied().fold(highest, u32::max),
        }
    }
}
