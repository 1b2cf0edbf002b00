//! Purchases: they agree with the customers, lie on days that fit, and come in blocks.

use super::*;

#[test]
fn transactions_agree_with_the_counters() {
    let tables = make(Kind::Shop, 400, 8);
    let (customers, lines) = (&tables[0], &tables[1]);
    let order_ids = texts(lines, "order_id");
    let day: Vec<i32> = days(lines, "day").iter().map(|d| d.unwrap()).collect();
    for (row, customer) in texts(customers, "customer_id").iter().enumerate() {
        let own: Vec<usize> =
            (0..lines.n_rows()).filter(|&i| &texts(lines, "customer_id")[i] == customer).collect();
        let bought: Vec<usize> =
            own.iter().copied().filter(|&i| !order_ids[i].starts_with('C')).collect();
        let recent = |i: &usize| day[*i] > LAST_DAY - 365;
        let orders: BTreeSet<&String> =
            bought.iter().filter(|i| recent(i)).map(|&i| &order_ids[i]).collect();
        assert_eq!(wholes(customers, "orders_12m")[row], Some(number(orders.len())));
        let returns = own.iter().filter(|i| recent(i) && order_ids[**i].starts_with('C')).count();
        assert_eq!(wholes(customers, "returns_12m")[row], Some(number(returns)));
        let value = |i: usize| {
            wholes(lines, "quantity")[i].unwrap() * hundredths(decimals(lines, "price")[i].unwrap())
        };
        let spend: i64 = own.iter().filter(|i| recent(i)).map(|&i| value(i)).sum();
        assert_eq!(hundredths(decimals(customers, "spend_12m")[row].unwrap()), spend);
        let last = bought.iter().map(|&i| day[i]).max().unwrap();
        let since = wholes(customers, "days_since_last_order")[row];
        assert_eq!(since, Some(i64::from(LAST_DAY - last)));
        let gross: i64 = bought.iter().map(|&i| value(i)).sum();
        let all_orders: BTreeSet<&String> = bought.iter().map(|&i| &order_ids[i]).collect();
        let basket = hundredths(decimals(customers, "avg_basket")[row].unwrap());
        assert_eq!(basket, gross / number(all_orders.len()));
    }
}

#[test]
fn orders_agree_with_the_accounts() {
    let tables = make(Kind::B2b, 400, 8);
    let (accounts, orders) = (&tables[0], &tables[1]);
    let mut seen: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    for (row, account) in texts(orders, "account_id").iter().enumerate() {
        let day = days(orders, "day")[row].unwrap();
        let entry = seen.entry(account).or_insert((0, 0, i64::MAX));
        if day > LAST_DAY - 365 {
            entry.0 += 1;
            entry.1 += wholes(orders, "quantity")[row].unwrap()
                * hundredths(decimals(orders, "price")[row].unwrap());
        }
        entry.2 = entry.2.min(i64::from(LAST_DAY - day));
    }
    for (row, account) in texts(accounts, "account_id").iter().enumerate() {
        let (n, value, since) = seen[account.as_str()];
        assert_eq!(wholes(accounts, "orders_12m")[row], Some(n));
        assert_eq!(hundredths(decimals(accounts, "order_value_12m")[row].unwrap()), value);
        assert_eq!(wholes(accounts, "days_since_last_order")[row], Some(since));
    }
}

#[test]
fn a_cancellation_takes_back_a_line_that_was_bought_before() {
    let tables = make(Kind::Shop, 400, 1);
    let lines = &tables[1];
    let day = days(lines, "day");
    let quantity = wholes(lines, "quantity");
    let ids = texts(lines, "order_id");
    let (mut cancelled, mut bought) = (0, BTreeMap::new());
    for row in 0..lines.n_rows() {
        match ids[row].strip_prefix('C') {
            None => {
                assert!(quantity[row] > Some(0));
                bought.insert(ids[row].as_str(), day[row]);
            }
            Some(order) => {
                cancelled += 1;
                assert!(quantity[row] < Some(0));
                // Lines are sorted by day, so the order has been seen.
                assert!(bought[order] < day[row]);
            }
        }
    }
    assert!(cancelled * 100 > lines.n_rows() && cancelled * 8 < lines.n_rows());
}

#[test]
fn days_lie_inside_the_months_asked_for() {
    for kind in [Kind::Shop, Kind::B2b] {
        for months in [1, 3, 24, 40] {
            let tables = generate(&Params { kind, customers: 400, seed: 1, months }).unwrap();
            let first = calendar::first_day(months);
            let all: Vec<i32> = days(&tables[1], "day").iter().map(|d| d.unwrap()).collect();
            assert!(all.iter().all(|day| (first..=LAST_DAY).contains(day)));
            assert!(all.is_sorted());
            assert!(*all.first().unwrap() < first + 10);
            assert!(*all.last().unwrap() > LAST_DAY - 10);
        }
    }
}

#[test]
fn gifts_are_bought_before_christmas_and_companies_rest_at_weekends() {
    let shop = make(Kind::Shop, 1_000, 1);
    let day = days(&shop[1], "day");
    let in_month = |wanted| day.iter().filter(|d| calendar::date(d.unwrap()).1 == wanted).count();
    assert!(in_month(12) > 2 * in_month(8));
    let b2b = make(Kind::B2b, 400, 1);
    let day = days(&b2b[1], "day");
    let weekend = day.iter().filter(|d| calendar::weekday(d.unwrap()) >= 5).count();
    assert!(weekend * 20 < day.len());
}

/// The tables of [`generate_in_blocks`], the purchases as one.
fn in_blocks(params: &Params) -> (Vec<String>, Vec<SynthTable>) {
    let mut blocks = Vec::new();
    let tables = generate_in_blocks(params, &mut |block| {
        let mut rows = String::new();
        rows_to_csv(block, &mut rows).unwrap();
        blocks.push(rows);
        Ok::<(), SynthError>(())
    });
    (blocks, tables.unwrap())
}

#[test]
fn blocks_hold_the_same_rows_as_the_whole_by_customer() {
    for kind in [Kind::Shop, Kind::B2b] {
        let params = Params { kind, customers: 4_300, seed: 3, months: 6 };
        let whole = generate(&params).unwrap();
        let (blocks, tables) = in_blocks(&params);
        assert_eq!(blocks.len(), 2);
        assert_eq!(tables, [whole[0].clone(), whole[2].clone()]);
        let mut expected = String::new();
        rows_to_csv(&whole[1], &mut expected).unwrap();
        let sorted = |text: &str| {
            let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
            rows.sort();
            rows
        };
        assert_eq!(sorted(&blocks.concat()), sorted(&expected));
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| in_blocks(&params)), (blocks.clone(), tables.clone()));
        }
        let (few, _) = in_blocks(&Params { customers: 100, ..params });
        assert!(blocks[0].starts_with(&few[0]));
    }
    let none = Params { kind: Kind::Subscription, ..Params::default() };
    let error = generate_in_blocks(&none, &mut |_| Ok::<(), SynthError>(())).unwrap_err();
    assert_eq!(error, SynthError::NoEvents);
}
