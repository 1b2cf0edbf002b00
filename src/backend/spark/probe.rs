//! What an engine computes, tried out on values whose results are known.

use super::batch::Answer;
use super::error::SparkError;
use super::link::{Cap, Link};
use crate::backend::hash_of;

/// Tries out what the passes need.
///
/// # Errors
///
/// An engine that hashes, rounds or multiplies in another way. Notes on what is only
/// unlike Spark are returned.
pub(super) fn probe(link: &Link) -> Result<Vec<String>, SparkError> {
    let what = "what it is tried out on";
    // The id of a row, 0, is not known before the row is read, so nothing is computed ahead.
    let text = "SELECT XXHASH64(CONCAT('7:', CAST(z + 12L AS STRING))),\n  \
                CAST(FLOOR(((z - 2.5e0D) * 1e0D) + 5e-1D) AS BIGINT),\n  \
                CAST(FLOOR(((z + 2.5e0D) * 1e0D) + 5e-1D) AS BIGINT),\n  \
                ((z + 1.0000000000000002e0D) * (z + 1.0000000000000002e0D)) - 1.0000000000000004e0D,\n  \
                (z + 1e16D) + 1e0D + 1e0D,\n  \
                (z + 1e0D) / 3e0D,\n  \
                SQRT(z + 2e0D),\n  \
                z + 5e-324D,\n  \
                CASE WHEN CAST('NaN' AS DOUBLE) + z > 1e300D THEN 1 ELSE 0 END,\n  \
                CASE WHEN NULLIF(CAST('NaN' AS DOUBLE) + z, CAST('NaN' AS DOUBLE)) IS NULL \
                THEN 1 ELSE 0 END\n\
                FROM (SELECT id AS z FROM RANGE(1))";
    let batches = link.ask(text.to_owned(), Cap { rows: 1, bytes: 1 << 20 }, what)?;
    let answer = Answer::read(&batches, 10, what)?;
    let whole = |at: usize| answer.whole(at).map(|values| values.first().copied());
    let real = |at: usize| answer.real(at).map(|values| values.first().map(|x| x.to_bits()));
    let must = |holds: bool, what| if holds { Ok(()) } else { Err(SparkError::Unfit { what }) };
    must(whole(0)? == Some(hash_of(7, "12")), "XXHASH64 gives another hash")?;
    must(whole(1)? == Some(-2) && whole(2)? == Some(3), "FLOOR does not round down")?;
    // 2^-104: what a fused operation would leave of it.
    must(real(3)? == Some(0), "products and sums are fused")?;
    must(real(4)? == Some(1e16_f64.to_bits()), "sums are not rounded one by one")?;
    must(real(5)? == Some((1.0_f64 / 3.0).to_bits()), "quotients are rounded in another way")?;
    must(real(6)? == Some(2.0_f64.sqrt().to_bits()), "roots are rounded in another way")?;
    must(real(7)? == Some(1), "the smallest numbers become 0")?;
    must(whole(8)? == Some(1) && whole(9)? == Some(1), "not-a-number is compared in another way")?;
    let text = "SELECT BIT_XOR(XXHASH64(id, 'a'))\nFROM RANGE(3)";
    let batches = link.ask(text.to_owned(), Cap { rows: 1, bytes: 1 << 20 }, what)?;
    let found = Answer::read(&batches, 1, what)?.whole(0)?;
    must(found.len() == 1, "BIT_XOR gives no number")?;
    Ok(Vec::new())
}
