//! Which segment is which.

use rand::Rng;

use crate::change::identity::{Table, ascending, identify};
use crate::change::movement::{Way, movement, ways};
use crate::results::Fate;
use crate::seed::Seed;

fn labels(runs: &[(u32, usize)]) -> Vec<Option<u32>> {
    runs.iter().flat_map(|&(label, n)| vec![Some(label); n]).collect()
}

#[test]
fn a_permutation_keeps_every_id() {
    let old = labels(&[(0, 50), (1, 30), (2, 20)]);
    let new = labels(&[(2, 50), (0, 30), (1, 20)]);
    let found = identify(&Table::of(&old, 3, &new, 3), &[4, 7, 9], 12);
    assert_eq!(found.ids, [7, 9, 4]);
    assert!(found.origins.iter().all(|origin| origin.fate == Fate::Kept));
    assert!(found.ended.is_empty());
    let sorted = found.reordered(&ascending(&found.ids));
    assert_eq!(sorted.ids, [4, 7, 9]);
    assert_eq!(sorted.origins[0].from, [0]);
}

/// 100 customers in segment 1 become halves: neither has a Jaccard of .60 (both .50), all of
/// each comes from it.
#[test]
fn two_halves_are_a_split_with_fresh_ids() {
    let old = labels(&[(0, 100), (1, 40)]);
    let new = labels(&[(0, 50), (1, 50), (2, 40)]);
    let found = identify(&Table::of(&old, 2, &new, 3), &[1, 2], 5);
    assert_eq!(found.ids, [6, 7, 2]);
    let fates: Vec<Fate> = found.origins.iter().map(|origin| origin.fate).collect();
    assert_eq!(fates, [Fate::Split, Fate::Split, Fate::Kept]);
    assert_eq!(found.ended[0].into, [0, 1]);
    assert_eq!(found.highest, 7);
}

#[test]
fn two_that_become_one_are_a_merger() {
    let old = labels(&[(0, 50), (1, 50), (2, 30)]);
    let new = labels(&[(0, 100), (1, 30)]);
    let found = identify(&Table::of(&old, 3, &new, 2), &[1, 2, 3], 3);
    assert_eq!(found.ids, [4, 3]);
    assert_eq!((found.origins[0].fate, &found.origins[0].from[..]), (Fate::Merged, &[0, 1][..]));
    assert_eq!(found.ended.len(), 2);
    assert_eq!(found.ended[1].into, [0]);
}

/// 80 of 100 stay together: Jaccard .80; the 20 join with 80 newcomers from everywhere.
#[test]
fn what_comes_from_nowhere_is_new_and_a_small_one_can_be_swallowed() {
    let old = labels(&[(0, 80), (0, 20), (1, 80), (2, 20)]);
    let new = labels(&[(0, 80), (1, 20), (2, 80), (0, 20)]);
    let found = identify(&Table::of(&old, 3, &new, 3), &[1, 2, 3], 3);
    assert_eq!(found.ids[2], 2);
    assert_eq!(found.ids[0], 1, "80 / 120 common");
    assert_eq!(found.origins[0].from, [0, 2], "segment 3 was taken up");
    assert_eq!(found.origins[1].fate, Fate::Split);
    let noise = vec![None; 40];
    let born = labels(&[(0, 40)]);
    let found = identify(&Table::of(&noise, 0, &born, 1), &[], 8);
    assert_eq!((found.ids[0], found.origins[0].fate), (9, Fate::New));
}

#[test]
fn ids_are_never_used_twice_whatever_happens() {
    let mut rng = Seed::new(5).stream("identity test", 0);
    let (mut ids, mut highest) = (vec![1, 2, 3], 3);
    let mut ended = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let (n_old, n_new) = (ids.len(), rng.gen_range(1..7));
        let old: Vec<Option<u32>> =
            (0..300).map(|_| Some(rng.gen_range(0..n_old as u32))).collect();
        let shift = rng.gen_range(0..n_new as u32);
        let new: Vec<Option<u32>> = old
            .iter()
            .map(|at| {
                let stays = rng.gen_bool(0.9);
                Some(if stays { (at.unwrap() + shift) % n_new as u32 } else { 0 })
            })
            .collect();
        let found = identify(&Table::of(&old, n_old, &new, n_new), &ids, highest);
        let gone: Vec<u32> = found.ended.iter().map(|ended| ids[ended.position]).collect();
        let mut sorted = found.ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), n_new, "ids differ");
        for id in &found.ids {
            assert!(!ended.contains(id) && !gone.contains(id));
            assert!(*id <= found.highest);
        }
        ended.extend(gone);
        (ids, highest) = (found.ids, found.highest);
    }
}

#[test]
fn both_matrices_sum_to_the_customers() {
    let before = [Some(1), Some(1), Some(2), None, Some(0), Some(2)];
    let frozen = [1, 2, 2, 1, 0, 2];
    let now = [1, 2, 3, 1, 1, 2];
    let value = [1.0, 2.0, f64::NAN, 4.0, 5.0, 6.0];
    let behaviour = movement(&before, &frozen, Some(&value));
    let frozen_before: Vec<Option<u32>> = frozen.iter().copied().map(Some).collect();
    let redefined = movement(&frozen_before, &now, Some(&value));
    for matrix in [&behaviour, &redefined] {
        assert_eq!(matrix.customers, 6);
        assert_eq!(matrix.cells.iter().map(|cell| cell.customers).sum::<u64>(), 6);
        assert_eq!(matrix.value, Some(18.0));
    }
    let told = ways(&before, &frozen, &now);
    let expected = [Way::Stay, Way::Behaviour, Way::Redefined, Way::New, Way::Redefined, Way::Stay];
    assert_eq!(told, expected);
}
