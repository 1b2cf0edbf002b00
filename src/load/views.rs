//! Texts that were met before, known again by how an array holds them.
//!
//! An array of texts holds a view of each: of a short text all bytes, of a long one the
//! place of its bytes. Equal views of one array are the same text, and a column that a file
//! keeps as a dictionary has few of them; so what is found out of a text is found out once
//! in a while and not in every row.

use polars::prelude::StringChunked;

/// How many texts are remembered; a power of two.
const RECENT: usize = 1 << RECENT_BITS;
const RECENT_BITS: u32 = 10;

/// Hands on what `find` says of every text in the order of the rows, `None` where there is
/// none; stops where `take` returns false, and returns whether it never did. `find` is asked
/// again of a text that was not met lately. Both are given `state`.
pub(crate) fn each<'a, S, T: Copy>(
    texts: &'a StringChunked,
    state: &mut S,
    find: impl Fn(&mut S, &'a str) -> T,
    take: impl Fn(&mut S, Option<T>) -> bool,
) -> bool {
    let has_missing = texts.null_count() > 0;
    texts.downcast_iter().all(|array| {
        let mut recent: Vec<(u128, Option<T>)> = vec![(0, None); RECENT];
        array.views().iter().enumerate().all(|(row, view)| {
            if has_missing && array.get(row).is_none() {
                return take(state, None);
            }
            let view = view.as_u128();
            let slot = &mut recent[place(view)];
            if slot.0 != view || slot.1.is_none() {
                *slot = (view, Some(find(state, array.value(row))));
            }
            take(state, slot.1)
        })
    })
}

/// The place of a view among the recent ones: the upper bits of a product.
fn place(view: u128) -> usize {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let key = (view as u64).rotate_left(32) ^ (view >> 64) as u64;
    (key.wrapping_mul(STEP) >> (64 - RECENT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use polars::prelude::{NamedFrom, Series};

    use super::*;

    #[test]
    fn every_row_gets_what_its_own_text_says() {
        // Short and long texts, empty ones, missing ones, and more than are remembered.
        let texts: Vec<Option<String>> = (0..20_000_usize)
            .map(|row| match row % 5 {
                0 => None,
                1 => Some(String::new()),
                2 => Some(format!("s{}", row % 7)),
                _ => Some(format!("a longer text, number {}", row * 7919 % 3001)),
            })
            .collect();
        let mut series = Series::new("t".into(), &texts);
        series.append(&series.slice(17, 100)).unwrap();
        let expected: Vec<Option<String>> =
            texts.iter().cloned().chain(texts[17..117].to_vec()).collect();
        let mut state = (Vec::new(), 0);
        let find = |state: &mut (Vec<Option<String>>, usize), text| {
            state.1 += 1;
            text
        };
        let take = |state: &mut (Vec<Option<String>>, usize), text: Option<&str>| {
            state.0.push(text.map(str::to_owned));
            true
        };
        assert!(each(series.str().unwrap(), &mut state, find, take));
        let (read, asked) = state;
        assert_eq!(read, expected);
        assert!(asked < 13_000, "{asked}");
    }

    #[test]
    fn it_ends_where_nothing_more_is_taken() {
        let series = Series::new("t".into(), ["a", "b", "c"]);
        let mut n = 0;
        let take = |n: &mut usize, _| {
            *n += 1;
            *n < 2
        };
        assert!(!each(series.str().unwrap(), &mut n, |_, _| (), take));
        assert_eq!(n, 2);
    }
}
