//! Who is in which arm: a hash of the salt and the unit, or exact blocks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ExperimentError;

/// An arm and the share of the units that it gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arm {
    /// Its name.
    pub name: String,
    /// Its share, above 0 and below 1; all add up to 1.
    pub share: f64,
}

/// Checks arms.
///
/// # Errors
///
/// Fewer than two, two of one name, shares that are none.
pub(super) fn check(arms: &[Arm]) -> Result<(), ExperimentError> {
    let wrong = |what| Err(ExperimentError::Arms { what });
    if arms.len() < 2 {
        return wrong("are fewer than two");
    }
    if arms.len() > 20 {
        return wrong("are more than 20");
    }
    let named = |at: usize| arms[..at].iter().any(|other| other.name == arms[at].name);
    if (0..arms.len()).any(|at| arms[at].name.trim().is_empty() || named(at)) {
        return wrong("have no names or share one");
    }
    if arms.iter().any(|arm| !(arm.share > 0.0 && arm.share < 1.0)) {
        return wrong("have shares that are not between 0 and 1");
    }
    let sum: f64 = arms.iter().map(|arm| arm.share).sum();
    if (sum - 1.0).abs() > 1e-9 { wrong("have shares that do not add up to 1") } else { Ok(()) }
}

/// The first eight bytes of the hash of salt and unit.
fn hash(salt: &str, unit: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update((salt.len() as u64).to_le_bytes());
    hash.update(salt.as_bytes());
    hash.update(unit.as_bytes());
    let bytes = hash.finalize();
    bytes.iter().take(8).fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}

/// The arm of a unit, by place: the same for ever, whoever else is assigned.
#[must_use]
pub fn arm_of(salt: &str, unit: &str, arms: &[Arm]) -> usize {
    // 53 bits, so that the number is exact.
    let u = (hash(salt, unit) >> 11) as f64 / (1_u64 << 53) as f64;
    let mut upto = 0.0;
    for (at, arm) in arms.iter().enumerate() {
        upto += arm.share;
        if u < upto {
            return at;
        }
    }
    arms.len().saturating_sub(1)
}

/// The arms of the units of one segment in exact shares: in the order of their hashes the
/// first go to the first arm. Shares are rounded so that each arm differs from its share by
/// less than one unit.
#[must_use]
pub fn blocks(salt: &str, units: &[&str], arms: &[Arm]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|&at| (hash(salt, units[at]), units[at]));
    let mut found = vec![0; units.len()];
    let (mut upto, mut place) = (0.0, 0);
    for (arm, own) in arms.iter().enumerate() {
        upto += own.share;
        let end = if arm + 1 == arms.len() {
            units.len()
        } else {
            (upto * units.len() as f64).round() as usize
        };
        while place < end.min(units.len()) {
            found[order[place]] = arm;
            place += 1;
        }
    }
    found
}
