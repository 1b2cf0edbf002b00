//! Random edits of the orders after the cut-off change no bit of what is known, or
//! forecast, on the cut-off; edits before it change no outcome.

use super::cdnow::{self, day};
use crate::day::Day;
use crate::orders::{Histories, Record};
use crate::value::candidates::Stand;
use crate::value::{Summary, Way};

const HORIZON: u32 = 91;

fn records(orders: &Histories) -> Vec<Record> {
    (0..orders.n_customers())
        .map(|customer| Record {
            id: orders.ids()[customer].clone(),
            days: orders.days(customer).to_vec(),
            amounts: orders.amounts(customer).to_vec(),
            spend: orders.spend(customer),
        })
        .collect()
}

/// Every way to forecast, fitted to what was known, bit by bit.
fn forecasts(orders: &Histories, cut_off: Day) -> Vec<Vec<(u64, u64)>> {
    let stand = Stand::new(orders, cut_off, HORIZON);
    let one = |way| {
        let ready = stand.candidate(way).ready;
        let predicted = ready.map_or_else(Vec::new, |ready| stand.predict(&ready));
        predicted.into_iter().map(|(none, some)| (none.to_bits(), some.to_bits())).collect()
    };
    Way::ALL.into_iter().map(one).collect()
}

/// Adds, removes or changes one order on a day after `from`, or one on or before it.
fn edit(record: &mut Record, from: i32, as_of: i32, late: bool, draw: &mut impl FnMut(u32) -> u32) {
    let split = record.days.partition_point(|&at| at <= from);
    let (start, end) = if late { (split, record.days.len()) } else { (1, split.max(1)) };
    let amount = i64::from(draw(90_000)) - 20_000;
    if start < end && draw(2) == 0 {
        let place = start + draw((end - start) as u32) as usize;
        if draw(2) == 0 {
            record.amounts[place] = amount;
        } else {
            record.days.remove(place);
            record.amounts.remove(place);
        }
        return;
    }
    // The first order stays, so that the customer stays one.
    let (low, high) = if late { (from + 1, as_of) } else { (record.days[0], from) };
    if low > high {
        return;
    }
    let at = low + draw((high - low + 1) as u32) as i32;
    let place = record.days.partition_point(|&before| before <= at);
    record.days.insert(place, at);
    record.amounts.insert(place, amount);
}

#[test]
fn edits_after_the_cut_off_change_no_bit_and_edits_before_it_no_outcome() {
    let Some(orders) = cdnow::orders() else { return };
    let orders = orders.take(&(0..400).collect::<Vec<usize>>());
    let (cut_off, as_of) = (day("1997-09-30"), orders.as_of().since_epoch());
    let edits = if std::env::var("KOHORT_SOAK").is_ok() { 1000 } else { 100 };
    let mut state = 5_u64;
    let mut draw = |n: u32| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as u32 % n
    };
    let rebuilt = |all: &[Record]| {
        Histories::new(orders.as_of(), orders.money_decimals(), all.to_vec()).unwrap()
    };
    let (summary, known) = (Summary::of(&orders, cut_off), forecasts(&orders, cut_off));
    let mut all = records(&orders);
    for edited in 1..=edits {
        let customer = draw(all.len() as u32) as usize;
        edit(&mut all[customer], cut_off.since_epoch(), as_of, true, &mut draw);
        let changed = rebuilt(&all);
        let after = Summary::of(&changed, cut_off);
        assert!(after == summary, "after {edited} edits");
        if edited % (edits / 4) == 0 {
            assert!(forecasts(&changed, cut_off) == known, "after {edited} edits");
        }
    }
    let changed = rebuilt(&all);
    assert_ne!(summary.ahead(&orders, HORIZON), summary.ahead(&changed, HORIZON));
    // And the other way round.
    let outcomes = Summary::of(&orders, cut_off).ahead(&orders, HORIZON);
    let mut all = records(&orders);
    for _ in 0..edits {
        let customer = draw(all.len() as u32) as usize;
        edit(&mut all[customer], cut_off.since_epoch(), as_of, false, &mut draw);
    }
    let changed = rebuilt(&all);
    let after = Summary::of(&changed, cut_off);
    assert_ne!(after, summary);
    assert_eq!(after.ahead(&changed, HORIZON), outcomes);
}
