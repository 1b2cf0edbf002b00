//! Order lines in, customers out: by hand, and what must not change anything.

mod cut_off;
mod strange;

use super::*;
use crate::day::Day;
use crate::table::{Column, Values};

/// Customer, day, order number, product, category, channel, quantity, price, discounted.
type Row = (
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static str,
    f64,
    f64,
    bool,
);

fn rules() -> Rules {
    Rules {
        money: Money::PriceTimesQuantity { decimals: 2 },
        quantity_decimals: Some(0),
        has_orders: true,
        has_products: true,
        has_categories: true,
        has_channels: true,
        has_discounts: true,
        ..Rules::default()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn batch(rows: &[Row]) -> Batch<'static> {
    Batch {
        customers: rows.iter().map(|row| row.0).collect(),
        days: rows.iter().map(|row| row.1.map(|text| day(text).since_epoch())).collect(),
        orders: rows.iter().map(|row| row.2).collect(),
        products: rows.iter().map(|row| Some(row.3)).collect(),
        categories: rows.iter().map(|row| Some(row.4)).collect(),
        channels: rows.iter().map(|row| Some(row.5)).collect(),
        quantities: rows.iter().map(|row| row.6).collect(),
        money: rows.iter().map(|row| row.7).collect(),
        discounted: rows.iter().map(|row| row.8).collect(),
        attributes: Vec::new(),
    }
}

fn taken(rows: &[Row], rules: Rules) -> Result<Purchases, OrderError> {
    let mut intake = Intake::new(rules)?;
    for rows in rows.chunks(3) {
        intake.push(&batch(rows))?;
    }
    intake.finish(None)
}

/// Two customers who stay, one whose only purchase is after the day, one who only gave
/// something back, and every kind of line that is left out.
fn lines() -> Vec<Row> {
    let of = |id, day, order, product, quantity, price| {
        let category = if product == "Tea" { "Drink" } else { "Ware" };
        (Some(id), Some(day), Some(order), product, category, "web", quantity, price, false)
    };
    vec![
        of("b", "2024-03-04", "100", "Tea", 2.0, 1.5),
        of("b", "2024-03-04", "100", "Cup", 1.0, 4.25),
        of("b", "2024-03-04", "101", "Tea", 1.0, 1.5),
        of("b", "2024-03-09", "C100", "Cup", -1.0, 4.25),
        of("b", "2024-03-14", "102", "Cup", 1.0, 0.0),
        of("b", "2024-03-14", "102", "Cup", 0.0, 4.25),
        of("a", "2024-03-31", "103", "Box", 3.0, 0.1),
        of("a", "2024-03-31", "103", "Box", 3.0, 0.1),
        of("late", "2024-04-01", "104", "Box", 1.0, 9.0),
        of("back", "2024-03-02", "C99", "Box", -2.0, 9.0),
        (None, Some("2024-03-05"), Some("105"), "Tea", "Drink", "web", 1.0, 1.5, false),
        (None, Some("2024-03-05"), Some("C98"), "Tea", "Drink", "web", -1.0, 1.5, false),
        (Some("a"), None, Some("106"), "Tea", "Drink", "web", 1.0, 1.5, false),
        (Some("b"), Some("2024-03-05"), None, "Tea", "Drink", "app", 1.0, f64::NAN, true),
        (Some("b"), Some("2024-03-05"), Some("103"), "Tea", "Drink", "app", 1.0, 2.0, true),
    ]
}

fn until(text: &str) -> Rules {
    Rules { as_of: Some(day(text)), ..rules() }
}

#[test]
fn lines_by_hand() {
    let made = taken(&lines(), until("2024-03-31")).unwrap();
    let histories = made.histories();
    assert_eq!(histories.ids(), ["a", "b"]);
    let d = |text| day(text).since_epoch();
    assert_eq!(histories.days(0), [d("2024-03-31")]);
    assert_eq!(histories.amounts(0), [60]);
    // Orders 100, 101 on one day, 103 with its own customer, 102 for nothing.
    assert_eq!(
        histories.days(1),
        [d("2024-03-04"), d("2024-03-04"), d("2024-03-05"), d("2024-03-14")]
    );
    let mut amounts = histories.amounts(1).to_vec();
    amounts.sort_unstable();
    assert_eq!(amounts, [0, 150, 200, 725]);
    // The cup that came back belongs to no order, so it is taken off spend alone.
    assert_eq!(histories.spend(1), 725 + 150 + 200 - 425);
    assert_eq!((histories.days_since_last(0), histories.days_since_last(1)), (0, 17));
}

#[test]
fn every_line_stands_in_one_place_and_all_money_adds_up() {
    let made = taken(&lines(), until("2024-03-31")).unwrap();
    let counts = made.counts();
    assert!(counts.add_up());
    assert!(counts.clone().with_rejected(3).add_up());
    assert_eq!(counts.clone().with_rejected(3).rows, 18);
    assert_eq!((counts.rows, counts.used.lines, counts.n_excluded()), (15, 8, 7));
    let of = |tally: Tally| (tally.lines, tally.money.unwrap().minor());
    assert_eq!(of(counts.excluded.without_day), (1, 150));
    assert_eq!(of(counts.excluded.after_as_of), (1, 900));
    assert_eq!(of(counts.excluded.without_customer), (2, 0));
    assert_eq!(of(counts.excluded.without_money), (1, 0));
    assert_eq!(of(counts.excluded.zero_quantity), (1, 0));
    assert_eq!(of(counts.excluded.customers_without_purchase), (1, -1800));
    assert_eq!(of(counts.seen.cancelled), (3, -425 - 1800 - 150));
    assert_eq!(of(counts.seen.cancelled_without_customer), (1, -150));
    assert_eq!(of(counts.seen.zero_price), (1, 0));
    assert_eq!(of(counts.seen.duplicates), (1, 30));
    assert_eq!(counts.seen.without_order_number.lines, 1);
    assert_eq!(counts.cancel_prefixes, ["C"]);
    assert_eq!((counts.customers_seen, counts.customers, counts.orders), (3, 2, 5));
    assert_eq!(counts.shared_order_numbers, 1);
    assert_eq!(counts.spend, Some(Exact::new(60 + 650, 2)));
    let text = serde_json::to_string(counts).unwrap();
    assert_eq!(&serde_json::from_str::<LineCounts>(&text).unwrap(), counts);
}

#[test]
fn refunds_are_netted_dropped_or_kept_apart() {
    let of = |refunds| {
        let made = taken(&lines(), Rules { refunds, ..until("2024-03-31") }).unwrap();
        assert!(made.counts().add_up());
        let features = made.features(1, None);
        let apart = features.columns.iter().any(|column| column.name == "refunds");
        (made.histories().spend(1), made.counts().used.lines, apart)
    };
    assert_eq!(of(Refunds::Net), (650, 8, false));
    assert_eq!(of(Refunds::Drop), (1075, 7, false));
    assert_eq!(of(Refunds::Separate), (1075, 8, true));
    let dropped = Rules { refunds: Refunds::Drop, ..until("2024-03-31") };
    // Whoever only gave back has no line left at all.
    assert_eq!(taken(&lines(), dropped).unwrap().counts().excluded.refunds.lines, 2);
}

#[test]
fn a_refund_in_an_order_is_taken_off_that_order() {
    let of = |order, quantity| {
        (Some("a"), Some("2024-01-02"), Some(order), "Tea", "Drink", "web", quantity, 1.0, false)
    };
    let made = taken(&[of("1", 5.0), of("1", -2.0), of("2", 4.0)], rules()).unwrap();
    let mut amounts = made.histories().amounts(0).to_vec();
    amounts.sort_unstable();
    assert_eq!((amounts, made.histories().spend(0)), (vec![300, 400], 700));
}

#[test]
fn a_prefix_is_found_out_only_where_it_means_less() {
    let of = |order: &'static str, quantity| {
        (Some("a"), Some("2024-01-02"), Some(order), "Tea", "Drink", "web", quantity, 1.0, false)
    };
    let found = |rows: &[Row], cancel_prefix| {
        let made = taken(rows, Rules { cancel_prefix, ..rules() }).unwrap();
        made.counts().cancel_prefixes.clone()
    };
    let plain = [of("1", 5.0), of("2", 4.0), of("C1", -5.0)];
    assert_eq!(found(&plain, CancelPrefix::FindOut), ["C"]);
    assert_eq!(found(&plain, CancelPrefix::Never), [""; 0]);
    // All order numbers begin with a letter, so it says nothing.
    let lettered = [of("C1", -5.0), of("A2", 4.0)];
    assert_eq!(found(&lettered, CancelPrefix::FindOut), [""; 0]);
    let positive = [of("1", 5.0), of("2", 4.0), of("C1", 5.0)];
    assert_eq!(found(&positive, CancelPrefix::FindOut), [""; 0]);
    let declared = CancelPrefix::Declared("C".to_owned());
    let made = taken(&positive, Rules { cancel_prefix: declared, ..rules() }).unwrap();
    assert_eq!(made.histories().spend(0), 400);
    assert!(made.findings().iter().any(|finding| finding.code == "positive-cancellations"));
}

/// Lines of many customers, drawn without a clock.
fn many(n: usize) -> Vec<Row> {
    const IDS: [&str; 7] = ["k1", "k2", "k3", "K1", "k10", "Ø", "k"];
    const DAYS: [&str; 6] =
        ["2023-01-07", "2023-05-01", "2023-05-02", "2024-02-29", "2024-03-01", "2024-06-30"];
    const ORDERS: [&str; 5] = ["1", "2", "C1", "77", "2000"];
    const PRODUCTS: [&str; 4] = ["Tea", "Cup", "Box", "Hat"];
    const CHANNELS: [&str; 3] = ["web", "app", "shop"];
    let mut state = 7_u64;
    let mut draw = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    (0..n)
        .map(|_| {
            let order = ORDERS[draw(5)];
            let product = draw(4);
            let sign = if order == "C1" { -1.0 } else { 1.0 };
            (
                (draw(9) > 0).then(|| IDS[draw(7)]),
                Some(DAYS[draw(6)]),
                (draw(9) > 0).then_some(order),
                PRODUCTS[product],
                if product < 2 { "Drink" } else { "Ware" },
                CHANNELS[draw(3)],
                sign * draw(4) as f64,
                draw(2000) as f64 / 100.0,
                draw(3) == 0,
            )
        })
        .collect()
}

/// Columns whose numbers compare bit by bit, missing ones too.
fn bits(columns: &[Column]) -> Vec<(String, Vec<u64>)> {
    let of = |column: &Column| match &column.values {
        Values::Number(numbers) => numbers.iter().map(|number| number.to_bits()).collect(),
        Values::Flag { codes, .. } => codes.iter().map(|&code| u64::from(code)).collect(),
        Values::Category { codes, .. } => codes.iter().map(|&code| u64::from(code)).collect(),
    };
    columns.iter().map(|column| (column.name.clone(), of(column))).collect()
}

fn everything(rows: &[Row], rules: Rules) -> (Histories, String, Vec<(String, Vec<u64>)>) {
    let made = taken(rows, rules).unwrap();
    let counts = serde_json::to_string(&(made.counts(), made.findings())).unwrap();
    let features = made.features(1, None);
    let columns = bits(&features.columns);
    (made.into_parts().0, counts, columns)
}

#[test]
fn shuffled_lines_change_no_bit() {
    let rows = many(900);
    let expected = everything(&rows, rules());
    for step in [7, 11, 101, 899] {
        let shuffled: Vec<Row> = (0..900).map(|i| rows[i * step % 900]).collect();
        assert_eq!(everything(&shuffled, rules()), expected);
    }
    let mut backwards = rows;
    backwards.reverse();
    assert_eq!(everything(&backwards, rules()), expected);
}

#[test]
fn a_line_after_the_as_of_day_changes_nothing() {
    let rows = many(300);
    let before = everything(&rows, until("2024-06-30"));
    let mut later = rows.clone();
    for (i, row) in many(50).into_iter().enumerate() {
        let product = if i % 2 == 0 { "New" } else { row.3 };
        let row = (row.0, Some("2024-07-01"), row.2, product, row.4, "new", row.6, row.7, row.8);
        later.insert(i * 5, row);
    }
    let after = everything(&later, until("2024-06-30"));
    assert_eq!((after.0, after.2), (before.0, before.2));
}

#[test]
fn a_line_split_in_two_changes_no_money() {
    let rows = many(300);
    let whole = taken(&rows, rules()).unwrap();
    let split: Vec<Row> = rows
        .iter()
        .flat_map(|&row| {
            let quantities = if row.6.abs() >= 2.0 {
                vec![row.6.signum(), row.6 - row.6.signum()]
            } else {
                vec![row.6]
            };
            quantities.into_iter().map(move |quantity| {
                (row.0, row.1, row.2, row.3, row.4, row.5, quantity, row.7, row.8)
            })
        })
        .collect();
    assert!(split.len() > rows.len());
    let parts = taken(&split, rules()).unwrap();
    assert_eq!(parts.histories(), whole.histories());
    let money = |made: &Purchases| {
        let columns = made.features(1, None).columns;
        let names = ["spend", "average_order_value", "units_per_order"];
        let is_money = |column: &Column| {
            names.contains(&column.name.as_str()) || column.name.starts_with("category_share")
        };
        bits(&columns.into_iter().filter(is_money).collect::<Vec<_>>())
    };
    assert_eq!(money(&parts), money(&whole));
    assert_eq!(money(&whole).len(), 4);
}

#[test]
fn features_by_hand() {
    let made = taken(&lines(), until("2024-03-31")).unwrap();
    // One customer alone has a gap, so its column would be left out as the same for all.
    let mut learnt = made.features(1, None).learnt;
    for name in ["gap_days", "gap_regularity", "order_trend"] {
        assert!(!learnt.columns.contains(&name.to_owned()));
        learnt.columns.push(name.to_owned());
    }
    let features = made.features(1, Some(&learnt));
    let of = |name: &str| {
        let column = features.columns.iter().find(|column| column.name == name);
        match &column.unwrap_or_else(|| panic!("{name}")).values {
            Values::Number(numbers) => (numbers[0], numbers[1]),
            Values::Category { codes, .. } => (f64::from(codes[0]), f64::from(codes[1])),
            Values::Flag { .. } => panic!("{name}"),
        }
    };
    assert_eq!(of("days_since_last_order"), (0.0, 17.0));
    assert_eq!(of("orders"), (1.0, 4.0));
    assert_eq!(of("spend"), (0.6, 6.5));
    assert_eq!(of("average_order_value"), (0.6, 10.75 / 4.0));
    assert_eq!(of("tenure_days"), (0.0, 27.0));
    assert_eq!(of("first_to_last_days"), (0.0, 10.0));
    // Gaps 1 and 9, median 5: (10 + 10) / 4.
    let gap = of("gap_days");
    assert!(gap.0.is_nan() && gap.1 == 5.0);
    // n = 2, r = 4 / 5: (sqrt 3 r - 1) / ((sqrt 3 - 2) r + 1), sign turned.
    let r: f64 = 0.8;
    let expected = -(3_f64.sqrt() * r - 1.0) / ((3_f64.sqrt() - 2.0) * r + 1.0);
    assert!((of("gap_regularity").1 - expected).abs() < 1e-12);
    // Days 1 and 10 of 27: both in the first half.
    assert_eq!(of("order_trend").1, -0.5);
    assert_eq!(of("lines_per_order"), (2.0, 5.0 / 4.0));
    assert_eq!(of("units_per_order"), (6.0, 6.0 / 4.0));
    assert_eq!(of("distinct_products"), (1.0, 2.0));
    // One of the base's 8 lines came back: b has 1 of 6.
    let base = 1.0 / 8.0;
    assert_eq!(of("return_share"), (5.0 * base / 6.0, (4.0 / 6.0 + 5.0 * base) / 9.0));
    let base = 1.0 / 7.0;
    assert_eq!(of("discount_share").1, (4.0 * 0.2 + 5.0 * base) / 9.0);
    // Money: b 650 of 1,075 for drinks, a 0 of 60.
    let base = 650.0 / 1135.0;
    assert_eq!(of("category_share: Ware").1, {
        let (own, base) = (425.0 / 1075.0, 485.0 / 1135.0);
        (4.0 * own + 5.0 * base) / 9.0
    });
    assert!(base > 0.5);
    // Orders by channel: a 1 web; b 3 web, 1 app.
    assert_eq!(of("channel_share: app").0, 5.0 * 0.2 / 6.0);
    // The first order of b: its largest line is the cup, category Ware.
    assert_eq!(of("first_product"), (0.0, 1.0));
}

#[test]
fn customers_of_another_run_are_measured_by_what_was_learnt() {
    let rows = many(400);
    let learnt = taken(&rows, rules()).unwrap().features(1, None).learnt;
    let text = serde_json::to_string(&learnt).unwrap();
    let learnt: Learnt = serde_json::from_str(&text).unwrap();
    // The same lines again, and a customer on top whose channel nobody knew.
    let of = |rows: &[Row]| {
        let mut intake = Intake::new(rules()).unwrap();
        intake.push(&batch(rows)).unwrap();
        let made = intake.finish(Some(&learnt)).unwrap();
        let features = made.features(1, Some(&learnt));
        assert_eq!(features.learnt, learnt);
        features.columns
    };
    let same = of(&rows);
    let first = taken(&rows, rules()).unwrap().features(1, None).columns;
    assert_eq!(bits(&same), bits(&first));
    let mut more = rows;
    more.push((Some("zz"), Some("2024-06-30"), Some("9"), "New", "New", "fax", 1.0, 3.0, false));
    let more = of(&more);
    assert_eq!(more.len(), first.len());
    for (column, before) in more.iter().zip(&first) {
        assert_eq!(column.name, before.name);
        let known: Vec<usize> = (0..before.values.len()).filter(|&i| i != 6).collect();
        // "zz" comes before "Ø" in the order of bytes.
        let others: Vec<usize> = known.iter().map(|&i| if i > 5 { i + 1 } else { i }).collect();
        assert_eq!(
            bits(&[Column { values: column.values.take(&others), ..column.clone() }]),
            bits(&[Column { values: before.values.take(&known), ..before.clone() }])
        );
    }
}
