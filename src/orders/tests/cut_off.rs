//! Random edits of what happened after the as-of day change no bit of any feature.

use super::*;

const AS_OF: &str = "2024-02-29";
const LATER: [&str; 4] = ["2024-03-01", "2024-03-02", "2024-06-30", "2025-01-01"];

fn is_late(row: &Row) -> bool {
    row.1.is_some_and(|at| day(at) > day(AS_OF))
}

/// Adds, removes or alters one late line, or makes a late line of nobody known.
fn edit(rows: &mut Vec<Row>, draw: &mut impl FnMut(usize) -> usize) {
    let late: Vec<usize> = (0..rows.len()).filter(|&place| is_late(&rows[place])).collect();
    let like = rows[draw(rows.len())];
    let new = (
        [like.0, Some("newcomer"), None][draw(3)],
        Some(LATER[draw(LATER.len())]),
        [like.2, Some("late order"), None][draw(3)],
        ["Tea", "Novelty"][draw(2)],
        ["Drink", "New ware"][draw(2)],
        ["web", "new channel"][draw(2)],
        draw(9) as f64 - 2.0,
        draw(1_000_000) as f64 / 100.0,
        draw(2) == 0,
    );
    match (draw(3), late.is_empty()) {
        (0, _) | (_, true) => rows.insert(draw(rows.len() + 1), new),
        (1, _) => drop(rows.remove(late[draw(late.len())])),
        _ => rows[late[draw(late.len())]] = new,
    }
}

/// A thousand edits, each looked at, with `KOHORT_SOAK`; else sixty.
#[test]
fn edits_after_the_as_of_day_change_no_feature_bit() {
    let edits = if std::env::var("KOHORT_SOAK").is_ok() { 1000 } else { 60 };
    let mut rows = many(400);
    let before = everything(&rows, until(AS_OF));
    assert!(rows.iter().any(is_late));
    let mut state = 11_u64;
    let mut draw = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for edited in 0..edits {
        edit(&mut rows, &mut draw);
        let after = everything(&rows, until(AS_OF));
        assert_eq!((&after.0, &after.2), (&before.0, &before.2), "after {edited} edits");
    }
    // An edit on the as-of day itself is seen.
    rows.push((Some("k1"), Some(AS_OF), Some("1"), "Tea", "Drink", "web", 1.0, 9.0, false));
    assert_ne!(everything(&rows, until(AS_OF)).2, before.2);
}
