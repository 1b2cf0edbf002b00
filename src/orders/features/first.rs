//! What the first order was for.

use std::collections::BTreeMap;

use crate::orders::dictionary::NONE;
use crate::orders::purchases::Names;
use crate::table::{MISSING_LEVEL, OTHER};

/// How many products or categories are levels; the others are pooled.
const MOST_LEVELS: usize = 40;

/// Levels with one code per customer.
pub(super) type Levels = (Vec<String>, Vec<u32>);

/// The levels that at least `min_cell` customers began with, at most 40, and the code of
/// every customer. `given` are the levels of another run, `Some(None)` where that run had
/// none. `None` where no level is left beside the pool.
pub(super) fn levels(
    ranks: impl Iterator<Item = u32> + Clone,
    names: &Names,
    min_cell: usize,
    given: Option<Option<&[String]>>,
) -> Option<Levels> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for rank in ranks.clone().filter(|&rank| rank != NONE) {
        *counts.entry(rank).or_default() += 1;
    }
    let levels = match given {
        Some(levels) => levels?.to_vec(),
        None => common(&counts, names, min_cell)?,
    };
    let other = levels.iter().position(|level| level == OTHER);
    let codes: BTreeMap<u32, u32> = counts
        .keys()
        .map(|&rank| {
            let name = names.name(rank);
            let at = levels.iter().position(|level| *level == name).or(other);
            (rank, at.map_or(MISSING_LEVEL, |at| at as u32))
        })
        .collect();
    let codes = ranks.map(|rank| codes.get(&rank).copied().unwrap_or(MISSING_LEVEL)).collect();
    Some((levels, codes))
}

/// The levels in the order of their names, [`OTHER`] last where some are pooled.
fn common(counts: &BTreeMap<u32, usize>, names: &Names, min_cell: usize) -> Option<Vec<String>> {
    let mut kept: Vec<(usize, u32)> = counts
        .iter()
        .filter(|(_, count)| **count >= min_cell.max(1))
        .map(|(&rank, &count)| (count, rank))
        .collect();
    kept.sort_by_key(|&(count, rank)| (std::cmp::Reverse(count), rank));
    kept.truncate(MOST_LEVELS);
    let mut ranks: Vec<u32> = kept.into_iter().map(|(_, rank)| rank).collect();
    ranks.sort_unstable();
    let mut levels: Vec<String> =
        ranks.iter().map(|&rank| names.name(rank)).filter(|name| name != OTHER).collect();
    if levels.is_empty() {
        return None;
    }
    if levels.len() < counts.len() {
        levels.push(OTHER.to_owned());
    }
    Some(levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::dictionary::Dictionary;

    fn names(texts: &[&str]) -> Names {
        let mut dictionary = Dictionary::default();
        for text in texts {
            dictionary.code(text.as_bytes(), 99);
        }
        Names::of(dictionary).0
    }

    #[test]
    fn rare_beginnings_are_pooled() {
        let names = names(&["Tea", "Cup", "Box"]);
        // Ranks by name: Box 0, Cup 1, Tea 2.
        let ranks = [2, 2, 0, 1, NONE];
        let (levels, codes) = super::levels(ranks.into_iter(), &names, 2, None).unwrap();
        assert_eq!(levels, ["Tea", OTHER]);
        assert_eq!(codes, [0, 0, 1, 1, MISSING_LEVEL]);
        assert_eq!(super::levels(ranks.into_iter(), &names, 3, None), None);
        let (levels, codes) = super::levels(ranks.into_iter(), &names, 1, None).unwrap();
        assert_eq!((levels.len(), codes[2]), (3, 0));
    }

    #[test]
    fn levels_of_another_run_stay() {
        let names = names(&["Tea", "New"]);
        let given = ["Box".to_owned(), "Tea".to_owned()];
        let made = super::levels([0, 1].into_iter(), &names, 9, Some(Some(&given))).unwrap();
        assert_eq!(made, (given.to_vec(), vec![MISSING_LEVEL, 1]));
    }
}
