//! Who to contact first: deciles and the contact list.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::profile::Contact;
use crate::seed::Seed;
use crate::stats::number;
use crate::stats::order::key;
use crate::table::Id;

/// The tenth of the customers each belongs to by probability, 1 = highest; ties go by
/// the bytes of the id, so that the order of rows does not matter.
#[must_use]
pub fn deciles(p: &[f64], ids: &[Id]) -> Vec<u8> {
    let order = ranked(p, ids, |_| true);
    let mut deciles = vec![0; p.len()];
    for (rank, &row) in order.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "ten deciles")]
        let decile = (rank * 10 / order.len() + 1) as u8;
        deciles[row] = decile;
    }
    deciles
}

/// Who is contacted, who is held out so that the effect can be measured, who is not, and
/// who has left.
///
/// Customers whose outcome is yes are gone and in no list. Of the others the `budget`
/// share (0..1, rounded) with the highest `rank` (a probability, or the value at risk) is on
/// the list, ties by the bytes of the id. Of those, `hold_out` (0..1) are not contacted:
/// whose hash of seed and id falls below it, so that a customer's lot never changes between
/// runs of one seed and newcomers change nobody else's.
#[must_use]
pub fn contact_list(
    rank: &[f64],
    outcome: &[Option<bool>],
    ids: &[Id],
    budget: f64,
    hold_out: f64,
    seed: Seed,
) -> Vec<Contact> {
    let gone = |row: usize| outcome[row] == Some(true);
    let order = ranked(rank, ids, |row| !gone(row));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count is a count"
    )]
    let places = (number(order.len()) * budget.clamp(0.0, 1.0)).round() as usize;
    let mut contact: Vec<Contact> =
        (0..rank.len()).map(|row| if gone(row) { Contact::Gone } else { Contact::No }).collect();
    for &row in order.iter().take(places) {
        let held = lot(&ids[row], seed) < hold_out;
        contact[row] = if held { Contact::HoldOut } else { Contact::Yes };
    }
    contact
}

/// The chosen rows by descending rank, then by the bytes of the id.
fn ranked(by: &[f64], ids: &[Id], chosen: impl Fn(usize) -> bool) -> Vec<usize> {
    let chosen = (0..by.len()).filter(|&row| chosen(row));
    let mut order: Vec<(i64, usize)> = chosen.map(|row| (!key(by[row]), row)).collect();
    order.par_sort_unstable_by(|&(a, i), &(b, j)| {
        a.cmp(&b).then_with(|| ids[i].as_bytes().cmp(ids[j].as_bytes())).then(i.cmp(&j))
    });
    order.into_iter().map(|(_, row)| row).collect()
}

/// A number in 0..1 that belongs to the id for good.
fn lot(id: &str, seed: Seed) -> f64 {
    let mut hash = Sha256::new();
    hash.update(b"kohort hold-out");
    hash.update(seed.value().to_le_bytes());
    hash.update(id.as_bytes());
    let bytes = hash.finalize();
    let high = bytes[..4].iter().fold(0_u32, |high, &byte| high << 8 | u32::from(byte));
    f64::from(high) / 4_294_967_296.0
}
