//! What misleads, what is missing, and what is too much.

use super::*;

#[test]
fn what_misleads_is_found() {
    const IDS: [&str; 25] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y",
    ];
    let of =
        |id, day, order| (Some(id), Some(day), Some(order), "Tea", "Drink", "web", 1.0, 1.0, false);
    let mondays = ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22", "2024-01-29"];
    let mut rows: Vec<Row> = Vec::new();
    for day in mondays {
        rows.extend(IDS.map(|id| of(id, day, "1")));
    }
    rows.extend(vec![of("guest", "2024-01-08", "2"); 60]);
    rows.push(of("a", "2024-02-05", "1"));
    let codes = |rows: &[Row], rules| -> Vec<String> {
        let made = taken(rows, rules).unwrap();
        made.findings().iter().map(|finding| finding.code.clone()).collect()
    };
    let found = codes(&rows, rules());
    for code in [
        "guest-checkout",
        "last-day-partial",
        "shared-order-numbers",
        "duplicate-lines",
        "order-numbers-on-several-days",
    ] {
        assert!(found.iter().any(|found| found == code), "{code} in {found:?}");
    }
    let found = codes(&rows, until("2024-01-29"));
    assert!(!found.contains(&"last-day-partial".to_owned()));
    assert!(found.contains(&"lines-after-as-of".to_owned()));
}

#[test]
fn lines_without_money_or_order_numbers_are_orders_by_day() {
    let mut intake = Intake::new(Rules::default()).unwrap();
    intake
        .push(&Batch {
            customers: [Some("a"), Some("a"), Some("b"), Some("a")].into_iter().collect(),
            days: vec![Some(5), Some(5), Some(6), Some(9)],
            ..Batch::default()
        })
        .unwrap();
    let made = intake.finish(None).unwrap();
    assert_eq!(made.histories().money_decimals(), None);
    assert_eq!(made.histories().days(0), [5, 9]);
    let names: Vec<String> =
        made.features(1, None).columns.into_iter().map(|column| column.name).collect();
    assert!(!names.contains(&"spend".to_owned()));
    assert!(names.contains(&"lines_per_order".to_owned()));
}

#[test]
fn nothing_to_sum_up_is_an_error_and_not_a_panic() {
    use crate::fault::{Class, Fault};
    let error = |rows: &[Row], rules: Rules| taken(rows, rules).unwrap_err();
    assert_eq!(error(&[], rules()), OrderError::NoDays { lines: 0 });
    let undated = (Some("a"), None, None, "", "", "", 1.0, 1.0, false);
    assert_eq!(error(&[undated], rules()), OrderError::NoDays { lines: 1 });
    let early = until("1800-01-01");
    assert_eq!(error(&lines(), early).code(), "E-ORD-003");
    let huge = (Some("a"), Some("2024-01-01"), None, "", "", "", 2e9, 1e9, false);
    let error = error(&[huge], rules());
    assert_eq!((error.code(), error.class()), ("E-IN-037", Class::Input));
    let lame = Batch { customers: [Some("a")].into_iter().collect(), ..Batch::default() };
    let refused = Intake::new(rules()).unwrap().push(&lame);
    assert_eq!(refused, Err(OrderError::Batch { what: "day" }));
    let fine = Rules { money: Money::Amount { decimals: 12 }, ..Rules::default() };
    assert!(Intake::new(fine).is_err());
}

#[test]
fn sums_beyond_64_bits_are_refused() {
    let row = (Some("a"), Some("2024-01-01"), Some("1"), "", "", "", 2e9, 2e7, false);
    let rows = vec![row; 3];
    assert!(matches!(taken(&rows, rules()), Err(OrderError::TooLarge { what: "money", .. })));
}

/// The largest resident memory of this process so far, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

/// With `KOHORT_SOAK` a hundred million lines, else a few.
#[test]
fn a_hundred_million_lines_stay_far_below_six_gigabytes() {
    let soak = std::env::var_os("KOHORT_SOAK").is_some();
    let n_lines: usize = if soak { 100_000_000 } else { 200_000 };
    let n_customers = n_lines / 100;
    let mut intake = Intake::new(rules()).unwrap();
    let mut state = 1_u64;
    let products: Vec<String> = (0..200).map(|i| format!("Product {i}")).collect();
    let (mut ids, mut numbers) = (Vec::new(), Vec::new());
    for start in (0..n_lines).step_by(1 << 17) {
        ids.clear();
        numbers.clear();
        let rows = start..n_lines.min(start + (1 << 17));
        let draws: Vec<u64> = rows
            .clone()
            .map(|_| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                state >> 20
            })
            .collect();
        for row in rows.clone() {
            let order = row / 3;
            ids.push(format!("K{:07}", order * 7_919 % n_customers));
            numbers.push(format!("{order:010}"));
        }
        intake
            .push(&Batch {
                customers: ids.iter().map(|id| Some(id.as_str())).collect(),
                days: rows
                    .clone()
                    .map(|row| Some(19_000 + (row / 3 * 2190 / n_lines) as i32))
                    .collect(),
                orders: numbers.iter().map(|number| Some(number.as_str())).collect(),
                products: draws.iter().map(|d| Some(&*products[(d >> 8) as usize % 200])).collect(),
                categories: draws.iter().map(|d| Some(["A", "B", "C"][*d as usize % 3])).collect(),
                channels: draws
                    .iter()
                    .map(|d| Some(["web", "app"][(d >> 3) as usize % 2]))
                    .collect(),
                money: draws.iter().map(|d| (d % 10_000) as f64 / 100.0).collect(),
                quantities: draws.iter().map(|d| (1 + d % 3) as f64).collect(),
                discounted: draws.iter().map(|d| d % 4 == 0).collect(),
                attributes: Vec::new(),
            })
            .unwrap();
    }
    let made = intake.finish(None).unwrap();
    assert_eq!(made.counts().used.lines, n_lines as u64);
    assert!(made.counts().add_up());
    let features = made.features(10, None);
    assert!(features.columns.len() > 15);
    if let Some(peak) = peak().filter(|_| soak) {
        assert!(peak < 45 * n_lines as u64 + 300_000_000, "{peak} bytes");
    }
}
