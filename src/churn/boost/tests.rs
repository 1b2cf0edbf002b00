//! Symmetric trees: a case by hand, exact contributions, the same bytes, bad input.

use super::*;

/// A deterministic number in 0..1.
fn uniform(i: usize, stream: u64) -> f64 {
    number((gradient::lots(i, stream * 7919) >> 11) as usize) / 9_007_199_254_740_992.0
}

/// Two numbers, one of them with gaps, a category and a flag; the outcome of an
/// interaction.
struct Data {
    a: Vec<f64>,
    b: Vec<f64>,
    c: Vec<u32>,
    f: Vec<u8>,
    y: Vec<bool>,
    rows: Vec<usize>,
}

impl Data {
    fn new(n: usize) -> Self {
        let a: Vec<f64> = (0..n).map(|i| uniform(i, 1)).collect();
        let gap = |i: usize| uniform(i, 5) < 0.2;
        let b = (0..n).map(|i| if gap(i) { f64::NAN } else { uniform(i, 2) }).collect();
        let c: Vec<u32> = (0..n).map(|i| (uniform(i, 3) * 6.0) as u32).collect();
        let f = (0..n).map(|i| (uniform(i, 6) * 3.0) as u8).collect();
        let p = |i: usize| {
            let together = f64::from(u8::from(a[i] > 0.5 && c[i].is_multiple_of(2)));
            sigmoid(-1.5 + 2.5 * together + if gap(i) { 0.7 } else { 0.0 })
        };
        let y = (0..n).map(|i| uniform(i, 4) < p(i)).collect();
        Self { a, b, c, f, y, rows: (0..n).collect() }
    }

    fn columns(&self) -> [Raw<'_>; 4] {
        [Raw::Number(&self.a), Raw::Number(&self.b), Raw::Levels(&self.c, 6), Raw::Flags(&self.f)]
    }

    fn fit(&self, trees: usize) -> Forest {
        let columns = self.columns();
        let (rows, outcomes) = (&self.rows, &self.y);
        fit(
            &Lesson {
                columns: &columns,
                rows,
                outcomes,
                trees,
                rate: 0.05,
                depth: 5,
                orders: &[],
                salt: 9,
            },
            None,
        )
        .unwrap()
    }
}

#[test]
fn one_question_by_hand() {
    // x = 0 four hundred times, 100 of them yes; x = 1 four hundred times, 300 of them yes.
    // The base is even odds, so G = -100 and 100 (p - y summed), H = 100 on either side;
    // all further questions find nothing, and the leaves hold -.05 G / (H + 1).
    let x: Vec<f64> = (0..800).map(|i| f64::from(i / 400)).collect();
    let y: Vec<bool> = (0..800).map(|i| (i % 4 == 0) != (i >= 400)).collect();
    let rows: Vec<usize> = (0..800).collect();
    let columns = [Raw::Number(&x)];
    let lesson = Lesson {
        columns: &columns,
        rows: &rows,
        outcomes: &y,
        trees: 1,
        rate: 0.05,
        depth: 5,
        orders: &[],
        salt: 1,
    };
    let model = fit(&lesson, None).unwrap();
    assert_eq!(model.cuts, [Cuts::Number(vec![0.5])]);
    let expected = 0.05 * 100.0 / 101.0;
    for (row, sign) in [(0, -1.0), (400, 1.0)] {
        let found = model.log_odds(&model.bins(&columns, row));
        assert!((found - sign * expected).abs() < 1e-5, "{found}");
    }
}

#[test]
fn bins_hold_equal_shares_and_levels_stand_by_their_outcome() {
    let values: Vec<f64> = (0..1000).map(|i| f64::from(i % 500)).collect();
    let rows: Vec<usize> = (0..1000).collect();
    let y: Vec<bool> = (0..1000).map(|i| i % 3 == 0).collect();
    let cuts = Cuts::learn(Raw::Number(&values), &rows, &y, 10);
    let Cuts::Number(found) = &cuts else { panic!() };
    assert_eq!(found, &[49.5, 99.5, 149.5, 199.5, 249.5, 299.5, 349.5, 399.5, 449.5]);
    assert_eq!(cuts.bin(Raw::Number(&[49.0, 50.0, f64::NAN, 1e300]), 0), 1);
    assert_eq!(cuts.bin(Raw::Number(&[49.0, 50.0, f64::NAN, 1e300]), 1), 2);
    assert_eq!(cuts.bin(Raw::Number(&[49.0, 50.0, f64::NAN, 1e300]), 2), 0);
    assert_eq!(cuts.bin(Raw::Number(&[49.0, 50.0, f64::NAN, 1e300]), 3), 10);
    // Level 0 always yes, level 2 never, level 1 by halves, level 3 does not occur.
    let codes: Vec<u32> = (0..1000).map(|i| i % 3).collect();
    let y: Vec<bool> = (0..1000).map(|i| i % 3 == 0 || (i % 3 == 1 && i % 2 == 0)).collect();
    let raw = Raw::Levels(&codes, 4);
    let cuts = Cuts::learn(raw, &rows, &y, 10);
    assert_eq!(cuts, Cuts::Levels(vec![3, 2, 1, 0]));
    // With plenty of customers the order of the others' outcomes is the same.
    assert_eq!(cuts.of_learnt(raw, &rows, &y)[..3], [3, 2, 1]);
}

#[test]
fn an_interaction_is_learnt_that_no_line_can() {
    let data = Data::new(4000);
    let model = data.fit(200);
    let columns = data.columns();
    let p: Vec<f64> =
        data.rows.iter().map(|&row| sigmoid(model.log_odds(&model.bins(&columns, row)))).collect();
    assert!(crate::stats::roc_auc(&p, &data.y).unwrap() > 0.75);
    let mean = p.iter().sum::<f64>() / 4000.0;
    let rate = number(data.y.iter().filter(|&&y| y).count()) / 4000.0;
    assert!((mean - rate).abs() < 0.005, "{mean} {rate}");
}

#[test]
fn contributions_are_shapley_values_and_sum_to_the_log_odds() {
    let data = Data::new(1500);
    let model = data.fit(12);
    let columns = data.columns();
    let shares = Shares::of(&model);
    for row in 0..60 {
        let bins = model.bins(&columns, row);
        let mut found = [0.0; 4];
        shares.add(&model, &bins, &mut found);
        let sum = shares.base + found.iter().sum::<f64>();
        assert!((sum - model.log_odds(&bins)).abs() < 1e-12);
        let expected = by_all_orders(&model, &bins);
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }
}

/// Shapley values by going through all 24 orders of four columns.
fn by_all_orders(model: &Forest, bins: &[u16]) -> [f64; 4] {
    let mut sums = [0.0; 4];
    for code in 0..256_usize {
        let order = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6];
        let mut known = [false; 4];
        for column in order {
            known[column] = true;
        }
        if known != [true; 4] {
            continue;
        }
        known = [false; 4];
        let mut before = worth(model, bins, known);
        for column in order {
            known[column] = true;
            let after = worth(model, bins, known);
            sums[column] += (after - before) / 24.0;
            before = after;
        }
    }
    sums
}

/// The mean log-odds where only some columns are known, walked from the root.
fn worth(model: &Forest, bins: &[u16], known: [bool; 4]) -> f64 {
    fn walk(tree: &Tree, bins: &[u16], known: [bool; 4], leaves: std::ops::Range<usize>) -> f64 {
        if leaves.len() == 1 {
            return tree.leaves[leaves.start];
        }
        let depth = tree.splits.len() - leaves.len().ilog2() as usize;
        let split = tree.splits[depth];
        let middle = leaves.start + leaves.len() / 2;
        let (low, high) = (leaves.start..middle, middle..leaves.end);
        let column = split.column as usize;
        if known[column] {
            return walk(tree, bins, known, if split.is_right(bins[column]) { high } else { low });
        }
        let n = |leaves: &std::ops::Range<usize>| -> f64 {
            tree.covers[leaves.clone()].iter().map(|&n| f64::from(n)).sum()
        };
        let (a, b) = (n(&low), n(&high));
        let (a, b) = if a + b > 0.0 { (a / (a + b), b / (a + b)) } else { (0.5, 0.5) };
        a * walk(tree, bins, known, low) + b * walk(tree, bins, known, high)
    }
    let part = |tree: &Tree| walk(tree, bins, known, 0..tree.leaves.len());
    model.base + model.trees.iter().map(part).sum::<f64>()
}

#[test]
fn threads_change_no_byte() {
    let data = Data::new(50_000);
    let fit = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| data.fit(8))).unwrap()
    };
    let one = fit(1);
    for threads in [2, 3, 8] {
        assert_eq!(fit(threads), one, "{threads}");
    }
}

#[test]
fn swapping_the_classes_mirrors_every_bit() {
    let mut data = Data::new(2000);
    data.c.fill(0);
    let one = data.fit(30);
    data.y.iter_mut().for_each(|y| *y = !*y);
    let other = data.fit(30);
    let columns = data.columns();
    for row in 0..2000 {
        let a = one.log_odds(&one.bins(&columns, row));
        assert_eq!(a.to_bits(), (-other.log_odds(&other.bins(&columns, row))).to_bits());
    }
}

#[test]
fn a_watch_takes_trees_off() {
    // Nothing can be learnt from noise: next to no trees are best.
    let n = 3000;
    let x: Vec<f64> = (0..n).map(|i| uniform(i, 1)).collect();
    let y: Vec<bool> = (0..n).map(|i| uniform(i, 2) < 0.3).collect();
    let (rows, held): (Vec<usize>, Vec<usize>) = (0..n).partition(|i| i % 3 > 0);
    let of = |rows: &[usize]| -> Vec<bool> { rows.iter().map(|&row| y[row]).collect() };
    let columns = [Raw::Number(&x)];
    let (learnt, watched) = (of(&rows), of(&held));
    let lesson = Lesson {
        columns: &columns,
        rows: &rows,
        outcomes: &learnt,
        trees: 600,
        rate: 0.05,
        depth: 5,
        orders: &[],
        salt: 3,
    };
    let model = fit(&lesson, Some(&Watch { rows: &held, outcomes: &watched })).unwrap();
    assert!(model.len() < 40, "{}", model.len());
}

#[test]
fn trees_ask_as_many_questions_as_customers_can_answer() {
    let data = Data::new(2000);
    let columns = data.columns();
    let asked = |n_known: usize| {
        let lesson = Lesson {
            columns: &columns,
            rows: &data.rows,
            outcomes: &data.y,
            trees: 3,
            rate: 0.05,
            depth: depth(n_known),
            orders: &[],
            salt: 7,
        };
        let model = fit(&lesson, None).unwrap();
        model.trees.iter().map(|tree| (tree.splits.len(), tree.leaves.len())).collect::<Vec<_>>()
    };
    assert_eq!(asked(10_000), [(4, 16); 3]);
    assert_eq!(asked(10_001), [(5, 32); 3]);
}

#[test]
fn what_cannot_be_learnt_from_gives_none() {
    let rows: Vec<usize> = (0..50).collect();
    let one = vec![1.0; 50];
    let y: Vec<bool> = rows.iter().map(|i| i % 2 == 0).collect();
    let none = |columns: &[Raw], outcomes: &[bool]| {
        let lesson = Lesson {
            columns,
            rows: &rows,
            outcomes,
            trees: 5,
            rate: 0.05,
            depth: 5,
            orders: &[],
            salt: 0,
        };
        fit(&lesson, None).is_none()
    };
    assert!(none(&[Raw::Number(&one)], &[true; 50]));
    assert!(none(&[Raw::Number(&one)], &y));
    assert!(none(&[], &y));
    // Values at the ends of the range, and separation without end, finish.
    let wild: Vec<f64> =
        y.iter().map(|&y| if y { f64::INFINITY } else { f64::NEG_INFINITY }).collect();
    assert!(none(&[Raw::Number(&wild)], &y));
    let wild: Vec<f64> = y.iter().map(|&y| if y { f64::MAX } else { f64::MIN }).collect();
    let columns = [Raw::Number(&wild)];
    let lesson = Lesson {
        columns: &columns,
        rows: &rows,
        outcomes: &y,
        trees: 600,
        rate: 0.05,
        depth: 5,
        orders: &[],
        salt: 0,
    };
    let model = fit(&lesson, None).unwrap();
    assert!(model.is_valid() && model.log_odds(&model.bins(&columns, 0)) > 2.0);
}

#[test]
fn contradictions_are_not_valid() {
    let good = Data::new(500).fit(3);
    assert!(good.is_valid());
    let changes: [fn(&mut Forest); 8] = [
        |model| model.base = f64::NAN,
        |model| model.trees[0].leaves[0] = f64::INFINITY,
        |model| model.trees[0].leaves.push(0.0),
        |model| model.trees[0].covers.clear(),
        |model| model.trees[0].splits.clear(),
        |model| model.trees[0].splits[0].column = 4,
        |model| model.trees[0].splits[0].bin = 60_000,
        |model| model.cuts[0] = Cuts::Number(vec![1.0, 1.0]),
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let mut model = good.clone();
        change(&mut model);
        assert!(!model.is_valid(), "{place}");
    }
}

#[test]
fn orders_hold_for_every_customer_and_every_value() {
    for seed in 0..4 {
        let n = 1500;
        let data = Data::new(n);
        // The outcome rises and falls with a; asked is that it rises, and that b, which has
        // gaps, falls.
        let bends = |i: usize| sigmoid(4.0 * libm::sin(9.0 * data.a[i]) + 2.0 * uniform(i, seed));
        let y: Vec<bool> = (0..n).map(|i| uniform(i, 40 + seed) < bends(i)).collect();
        let columns = data.columns();
        let orders = [Order::Rising, Order::Falling, Order::Any, Order::Any];
        let lesson = Lesson {
            columns: &columns,
            rows: &data.rows,
            outcomes: &y,
            trees: 60,
            rate: 0.2,
            depth: 5,
            orders: &orders,
            salt: seed,
        };
        let model = fit(&lesson, None).unwrap();
        let free = fit(&Lesson { orders: &[], ..lesson }, None).unwrap();
        let mut broken = 0;
        for row in (0..n).step_by(25) {
            let mut bins = model.bins(&columns, row);
            for (column, order) in [(0, Order::Rising), (1, Order::Falling)] {
                let own = bins[column];
                let mut at = |model: &Forest, bin: usize| {
                    bins[column] = bin as u16;
                    model.log_odds(&bins)
                };
                for bin in 2..model.cuts[column].n_bins() {
                    let (less, more) = (at(&model, bin - 1), at(&model, bin));
                    assert!(!order.is_broken(less, more), "{column} {bin}: {less} {more}");
                    broken += usize::from(order.is_broken(at(&free, bin - 1), at(&free, bin)));
                }
                bins[column] = own;
            }
        }
        assert!(broken > 100, "nothing had to be held: {broken}");
        // It still learns what it may.
        let events = number(y.iter().filter(|&&yes| yes).count()) / number(n);
        let loss = |p: &dyn Fn(usize) -> f64| (0..n).map(|i| loss_of(p(i), y[i])).sum::<f64>();
        let fitted = loss(&|i| sigmoid(model.log_odds(&model.bins(&columns, i))));
        assert!(fitted < loss(&|_| events));
    }
}
