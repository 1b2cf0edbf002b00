//! A company of any size in bounded memory: the purchases are generated block by block of
//! customers, several blocks at once, and handed over in the order of the customers.

use std::ops::Range;

use rayon::prelude::*;

use super::draw::BLOCK;
use super::{Kind, Params, SynthError, SynthTable, b2b, basket, check, orders, shop};

/// Customers of one block of purchases.
const CUSTOMERS: usize = 20 * BLOCK;

/// Generates the tables of one company as [`super::generate`] does, but for the purchases:
/// those are handed to `take`, 4,000 customers at a time, by customer and not by day,
/// because sorting them by day would need all of them at once. Returns the customers and
/// the truth. The tables hold the same rows whatever the number of threads, and customer
/// `i` is the same in a small table and in a large one.
///
/// # Errors
///
/// A number of customers or months that is out of range, a kind without purchases, and
/// the first error of `take`.
pub fn generate_in_blocks<E: From<SynthError>>(
    params: &Params,
    take: &mut dyn FnMut(&SynthTable) -> Result<(), E>,
) -> Result<Vec<SynthTable>, E> {
    let seed = check(params)?;
    let (n, months) = (params.customers, params.months);
    let tables = match params.kind {
        Kind::Subscription | Kind::HalfYears => return Err(SynthError::NoEvents.into()),
        Kind::Shop => {
            let make = |range: Range<usize>| {
                let (people, mut lines) = shop::block(range, seed, months);
                lines.sort_by_key(|line| (line.customer, line.day, line.order, line.cancelled));
                (people, basket::transactions(&lines))
            };
            shop::tables(&each(n, &make, take)?, seed)
        }
        Kind::B2b => {
            let make = |range: Range<usize>| {
                let (accounts, orders) = b2b::block(range, seed, months);
                (accounts, orders::to_table(&orders))
            };
            b2b::tables(&each(n, &make, take)?, seed)
        }
    };
    Ok(tables.into())
}

/// Makes all blocks, as many at once as there are threads; gives the people of all.
fn each<P: Send, E>(
    n: usize,
    make: &(dyn Fn(Range<usize>) -> (Vec<P>, SynthTable) + Sync),
    take: &mut dyn FnMut(&SynthTable) -> Result<(), E>,
) -> Result<Vec<P>, E> {
    let starts: Vec<usize> = (0..n).step_by(CUSTOMERS).collect();
    let mut all = Vec::with_capacity(n);
    for wave in starts.chunks(rayon::current_num_threads().max(1)) {
        let made: Vec<_> =
            wave.par_iter().map(|&start| make(start..n.min(start + CUSTOMERS))).collect();
        for (people, purchases) in made {
            all.extend(people);
            take(&purchases)?;
        }
    }
    Ok(all)
}
