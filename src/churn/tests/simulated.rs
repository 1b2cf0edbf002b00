//! Known truth: calibration, shuffled labels, leaks, twins, the contact list.

use super::*;

#[test]
fn simulated_probabilities_are_recovered() {
    let (columns, truth, y) = simulated(20_000);
    let fitted = computed(&table(columns, some(&y)), 7);
    let m = &fitted.results.metrics;
    assert!(m.ece <= 0.02, "{}", m.ece);
    assert!((0.9..=1.1).contains(&m.slope), "{}", m.slope);
    let mean = fitted.probability.iter().sum::<f64>() / 20_000.0;
    let rate = fitted.results.base_rate;
    let se = (rate * (1.0 - rate) / 20_000.0).sqrt();
    assert!((mean - rate).abs() < 3.0 * se, "{mean} {rate}");
    let best = stats::roc_auc(&truth, &y).unwrap();
    assert!((m.roc_auc.value - best).abs() < 0.005, "{} {best}", m.roc_auc.value);
    assert!(m.roc_auc.low < m.roc_auc.value && m.roc_auc.value < m.roc_auc.high);
    assert!(m.log_loss.value < fitted.results.baseline.log_loss.value);
    assert!((fitted.results.baseline.roc_auc.value - 0.5).abs() < 1e-12);
    assert!(fitted.results.baseline.ece < 1e-9);
    assert_eq!(fitted.results.calibration.len(), 10);
    // The typical error of a single probability is small.
    let error: f64 = truth.iter().zip(&fitted.probability).map(|(t, p)| (t - p).abs()).sum();
    assert!(error / 20_000.0 < 0.02);
    // The odds ratio of one standard deviation of a is exp(.9), of b exp(-.6).
    let ratio =
        |name: &str| fitted.results.drivers.iter().find(|d| d.feature.starts_with(name)).unwrap();
    assert!(ratio("a").low < 0.9_f64.exp() && ratio("a").high > 0.9_f64.exp());
    assert!(ratio("b").low < (-0.6_f64).exp() && ratio("b").high > (-0.6_f64).exp());
    assert!(ratio("c: level 001").low < 0.8_f64.exp() && ratio("c").high > 0.8_f64.exp());
}

#[test]
fn shuffled_labels_and_noise_columns_give_no_skill_and_no_false_confidence() {
    let n = 4000;
    let columns = (0..40)
        .map(|j| numbers(&format!("noise {j}"), (0..n).map(|i| normal(i, 100 + j)).collect()))
        .collect();
    let y: Vec<bool> = (0..n).map(|i| uniform(i, 5) < 0.3).collect();
    let fitted = computed(&table(columns, some(&y)), 3);
    let m = &fitted.results.metrics;
    // SE of an AUC of .5: sqrt((n1 + n0 + 1) / (12 n1 n0)), n1 = 1200, n0 = 2800.
    let se = (4001.0_f64 / (12.0 * 1200.0 * 2800.0)).sqrt();
    assert!((m.roc_auc.value - 0.5).abs() < 4.0 * se, "{}", m.roc_auc.value);
    assert!(m.ece - m.ece_floor < 0.01, "{} {}", m.ece, m.ece_floor);
    assert!(m.log_loss.value < fitted.results.baseline.log_loss.value + 0.003);
}

#[test]
fn swapping_the_outcome_mirrors_the_probability() {
    let (columns, _, y) = simulated(2000);
    let swapped: Vec<bool> = y.iter().map(|y| !y).collect();
    let one = computed(&table(columns.clone(), some(&y)), 7);
    let other = computed(&table(columns, some(&swapped)), 7);
    for (a, b) in one.probability.iter().zip(&other.probability) {
        assert!((a + b - 1.0).abs() < 1e-6, "{a} {b}");
    }
}

#[test]
fn open_customers_are_predicted_by_the_final_model_and_not_trained_on() {
    let (columns, _, y) = simulated(6000);
    let outcome = y.iter().enumerate().map(|(i, &y)| (i % 3 != 0).then_some(y)).collect();
    let table = table(columns, outcome);
    let fitted = computed(&table, 2);
    assert_eq!((fitted.results.known, fitted.results.open), (4000, 2000));
    let (p, hidden): (Vec<f64>, Vec<bool>) =
        (0..6000).step_by(3).map(|i| (fitted.probability[i], y[i])).unzip();
    let auc = stats::roc_auc(&p, &hidden).unwrap();
    assert!((auc - fitted.results.metrics.roc_auc.value).abs() < 0.03, "{auc}");
    let all = fitted.propensity.predict(&table).unwrap();
    for i in (0..6000).step_by(3) {
        assert_eq!(all[i].to_bits(), fitted.probability[i].to_bits());
    }
}

#[test]
fn contributions_sum_to_the_log_odds() {
    let (columns, _, y) = simulated(1000);
    let table = table(columns, some(&y));
    let fitted = computed(&table, 2);
    let p = fitted.propensity.predict(&table).unwrap();
    for row in [0, 17, 999] {
        let parts = fitted.propensity.contributions(&table, row).unwrap();
        let sum: f64 = parts.iter().map(|part| part.log_odds).sum();
        let expected = sigmoid(fitted.propensity.base_log_odds() + sum);
        assert!((expected - p[row]).abs() < 1e-12);
    }
    fitted.propensity.validate().unwrap();
    let json = serde_json::to_string(&fitted.propensity).unwrap();
    let read: Propensity = serde_json::from_str(&json).unwrap();
    assert_eq!(read.predict(&table).unwrap(), p);
    let broken = json.replacen("\"calibration_slope\":", "\"calibration_slope\":-", 1);
    let broken: Propensity = serde_json::from_str(&broken).unwrap();
    assert!(broken.validate().is_err());
}

#[test]
fn the_order_of_rows_and_the_threads_change_nothing() {
    let (columns, _, y) = simulated(1500);
    let straight = computed(&table(columns.clone(), some(&y)), 5);
    let rows: Vec<usize> = (0..1500).rev().collect();
    let turned: Vec<Column> =
        columns.iter().map(|c| Column { values: c.values.take(&rows), ..c.clone() }).collect();
    let y_turned: Vec<bool> = y.iter().rev().copied().collect();
    let other = computed(&table(turned, some(&y_turned)), 5);
    for i in 0..1500 {
        assert!((straight.probability[i] - other.probability[1499 - i]).abs() < 1e-9);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let single = pool.install(|| computed(&table(columns, some(&y)), 5));
    assert_eq!(single.probability, straight.probability);
    assert_eq!(single.results, straight.results);
}

#[test]
fn one_class_is_not_computed() {
    let (columns, _, _) = simulated(300);
    assert!(reason(&table(columns.clone(), vec![Some(false); 300])).contains("300"));
    assert!(reason(&table(columns, vec![None; 300])).contains("no customer"));
}

#[test]
fn too_few_events_are_not_computed() {
    let (columns, _, _) = simulated(1000);
    let few = (0..1000).map(|i| Some(i < 3)).collect();
    let text = reason(&table(columns, few));
    assert!(text.contains('3') && text.contains("50"), "{text}");
}

#[test]
fn constant_columns_are_not_computed() {
    let y: Vec<bool> = (0..200).map(|i| i % 2 == 0).collect();
    let text = reason(&table(vec![numbers("same", vec![4.0; 200])], some(&y)));
    assert!(text.contains("no column"), "{text}");
}

#[test]
fn all_customers_equal_but_two_values_finishes() {
    // Two distinct customers, 200 times each: a fold then holds half of all.
    let x: Vec<f64> = (0..400).map(|i| f64::from(u8::from(i % 2 == 0))).collect();
    let y: Vec<bool> = (0..400).map(|i| i % 2 == 0 && i % 3 != 0).collect();
    let fitted = fit_all(&table(vec![numbers("x", x)], some(&y)), 1);
    assert!(matches!(fitted, Fitted::NotComputed { .. }));
}

#[test]
fn twins_share_a_fold_whatever_their_ids() {
    let n = 1000_usize;
    let a: Vec<f64> = (0..n).map(|i| number(i % 300)).collect();
    let mut b: Vec<f64> = (0..n).map(|i| number(i % 7)).collect();
    b[5] = f64::NAN;
    b[305] = f64::NAN;
    let y: Vec<bool> = (0..n).map(|i| uniform(i, 1) < 0.3).collect();
    let table = table(vec![numbers("a", a.clone()), numbers("b", b.clone())], some(&y));
    let rows: Vec<usize> = (0..n).collect();
    let twins = Twins::of(&table, &[0, 1], &rows);
    let folds = twins.folds(&y, Seed::new(1), 0);
    let mut homes: BTreeMap<(u64, u64), u8> = BTreeMap::new();
    for row in rows {
        let home = *homes.entry((a[row].to_bits(), b[row].to_bits())).or_insert(folds[row]);
        assert_eq!(home, folds[row], "row {row}");
    }
    let only_a = Twins::of(&table, &[0], &(0..n).collect::<Vec<_>>());
    assert_eq!(only_a.equal(), 1000);
    // Each fold has its share of the outcome.
    for fold in 0..5 {
        let inside: Vec<usize> = (0..n).filter(|&i| folds[i] == fold).collect();
        let events = inside.iter().filter(|&&i| y[i]).count();
        assert!((190..=210).contains(&inside.len()) && (50..=70).contains(&events));
    }
}

/// 600 customers with these numbers, of whom the first `2 * n_copied` are two copies of each
/// person in two places.
fn with_copies(n_copied: usize, of_person: &[&dyn Fn(usize) -> f64]) -> FeatureTable {
    let person = |i: usize| if i < 2 * n_copied { i / 2 } else { i };
    let named = |(j, value): (usize, &&dyn Fn(usize) -> f64)| {
        numbers(&format!("number {j}"), (0..600).map(|i| value(person(i))).collect())
    };
    let mut columns: Vec<Column> = of_person.iter().enumerate().map(named).collect();
    columns.push(category("place", (0..600).map(|i| u32::from(i % 2 == 1)).collect(), 2));
    table(columns, some(&(0..600).map(|i| i % 3 == 0).collect::<Vec<_>>()))
}

#[test]
fn equal_numbers_are_copies_only_against_chance() {
    let twins = |table: &FeatureTable| {
        let columns: Vec<usize> = (0..table.columns().len()).collect();
        Twins::of(table, &columns, &(0..600).collect::<Vec<_>>())
    };
    let own = |i: usize| 10.0 + uniform(i, 4);
    let one_of = |levels: f64, stream: u64| {
        move |i: usize| 100.0 * number(stream as usize) + (uniform(i, stream) * levels).floor()
    };
    let (a, b, c, d) = (one_of(20.0, 5), one_of(20.0, 6), one_of(20.0, 7), one_of(20.0, 8));
    let (e, half, other_half) = (one_of(20.0, 9), one_of(2.0, 10), one_of(2.0, 11));

    // Beside an amount of their own: about 600 / 20^5 of a customer, less than a hundredth.
    let found = twins(&with_copies(20, &[&own, &a, &b, &c, &d, &e]));
    assert_eq!((found.copied(), found.equal()), (40, 0));
    let y: Vec<bool> = (0..600).map(|i| i % 3 == 0).collect();
    let folds = found.folds(&y, Seed::new(1), 0);
    assert!((0..20).all(|pair| folds[2 * pair] == folds[2 * pair + 1]));
    // Without an amount of their own nobody is named, and by nought neither.
    assert_eq!(twins(&with_copies(20, &[&a, &b, &c, &d, &e])).copied(), 0);
    let first = |amount: f64| move |i: usize| if i == 0 { amount } else { own(i) };
    let of_one = |amount: f64| twins(&with_copies(1, &[&first(amount), &a, &b, &c, &d, &e]));
    assert_eq!([5.0, 0.0, f64::NAN].map(|amount| of_one(amount).copied()), [2, 0, 0]);
    // Where the other numbers say little: 600 / 4 customers have them.
    assert_eq!(twins(&with_copies(20, &[&own, &half, &other_half])).copied(), 0);
    // Two who bought once, on a day that nobody else has and at one of five prices: day, price
    // and what follows from them stand in many columns and are two coincidences.
    let (day, price) = (|i: usize| 1000.0 + number(i), one_of(5.0, 12));
    let same = |_: usize| 1.0;
    let once: [&dyn Fn(usize) -> f64; 7] = [&day, &day, &price, &price, &price, &same, &same];
    assert_eq!(twins(&with_copies(20, &once)).copied(), 0);
    // Where all columns are numbers, equal in each is equal in every feature.
    let numbers_alone = with_copies(20, &[&own, &a, &b, &c, &d, &e]);
    let found = Twins::of(&numbers_alone, &[0, 1, 2, 3, 4, 5], &(0..600).collect::<Vec<_>>());
    assert_eq!((found.copied(), found.equal()), (0, 40));
}

fn leak_of(name: &str, leaks: &[Leak]) -> Option<Mechanism> {
    leaks.iter().find(|leak| leak.column == name).map(|leak| leak.mechanism)
}

#[test]
fn proven_leaks_are_found_and_taken_out() {
    let n = 2000;
    let (mut columns, _, y) = simulated(n);
    let yes = |i: usize| u8::from(y[i]);
    // A copy as a flag, as a category, as a code that no direction ranks, as missingness.
    columns.push(flag("copy", (0..n).map(yes).collect()));
    columns.push(category("status", (0..n).map(|i| u32::from(yes(i))).collect(), 2));
    columns.push(numbers(
        "code",
        (0..n).map(|i| if y[i] { 1.0 } else { f64::from(u8::from(i % 2 == 0)) * 2.0 }).collect(),
    ));
    columns.push(numbers(
        "closed on",
        (0..n).map(|i| if y[i] { uniform(i, 9) } else { f64::NAN }).collect(),
    ));
    let table = table(columns, some(&y));
    let report = inspect(&table, &[], &checked());
    for name in ["copy", "status", "code", "closed on"] {
        assert_eq!(leak_of(name, &report.leaks), Some(Mechanism::Proof), "{name}");
    }
    assert_eq!(report.excluded().len(), 4);
    assert_eq!(report.leaks.len(), 4);
    let fitted = computed(&table, 1);
    assert!(fitted.results.metrics.roc_auc.value < 0.85);
    assert!(fitted.results.drivers.iter().all(|d| !["copy", "status"].contains(&&*d.column)));
}

#[test]
fn suspicions_are_kept_and_judged_without() {
    let n = 3000;
    let (mut columns, _, y) = simulated(n);
    let noise = |i: usize| if y[i] { 2.2 } else { 0.0 } + normal(i, 50);
    columns.push(numbers("Churn Score", (0..n).map(noise).collect()));
    let table = table(columns, some(&y));
    let report = inspect(&table, &[], &checked());
    assert_eq!(leak_of("Churn Score", &report.leaks), Some(Mechanism::Suspicion));
    let fitted = computed(&table, 1);
    let leak = &fitted.results.leaks[0];
    assert!(leak.auc_without.unwrap() + 0.05 < fitted.results.metrics.roc_auc.value);
}

#[test]
fn a_person_can_accept_and_drop() {
    let n = 2000;
    let (mut columns, _, y) = simulated(n);
    columns.push(flag("copy", (0..n).map(|i| u8::from(y[i])).collect()));
    let table = table(columns, some(&y));
    let params = Params {
        accept: vec!["copy".to_owned()],
        drop: vec!["a".to_owned(), "nowhere".to_owned()],
        ..Params::default()
    };
    let report = inspect(&table, &[], &params.check().unwrap());
    assert_eq!(leak_of("copy", &report.leaks), Some(Mechanism::Accepted));
    assert_eq!(leak_of("a", &report.leaks), Some(Mechanism::Dropped));
    assert_eq!(report.findings[0].code, "unknown-column");
    assert_eq!(report.excluded(), ["a"]);
}

#[test]
fn many_rare_levels_and_rare_missing_values_are_no_leak() {
    let n = 2000;
    let (mut columns, _, y) = simulated(n);
    let codes: Vec<u32> = (0..700).cycle().take(n).collect();
    columns.push(category("town", codes, 700));
    let mut gaps: Vec<u8> = (0..n).map(|i| u8::from(uniform(i, 6) < 0.5)).collect();
    gaps[3] = MISSING_FLAG;
    columns.push(flag("gap", gaps));
    let mut codes: Vec<u32> = (0..n).map(|i| u32::from(uniform(i, 8) < 0.5)).collect();
    codes[9] = MISSING_LEVEL;
    columns.push(category("gap 2", codes, 2));
    let report = inspect(&table(columns, some(&y)), &[], &checked());
    assert_eq!(report, LeakReport::default());
}

#[test]
fn the_contact_list_never_holds_the_departed() {
    let n = 1000;
    let p: Vec<f64> = (0..n).map(|i| (number(i) / 100.0).floor() / 10.0).collect();
    let ids: Vec<Id> = (0..n).map(|i| format!("c{i:04}").into()).collect();
    let outcome: Vec<Option<bool>> =
        (0..n).map(|i| [Some(true), Some(false), None][i % 3]).collect();
    let list = contact_list(&p, &outcome, &ids, 0.3, 0.25, Seed::new(5));
    for (contact, outcome) in list.iter().zip(&outcome) {
        assert_eq!(*contact == Contact::Gone, *outcome == Some(true));
    }
    let count = |kind| list.iter().filter(|&&c| c == kind).count();
    // 666 remain; 30 % of them are 200, a quarter of which is held out by lot.
    assert_eq!(count(Contact::Yes) + count(Contact::HoldOut), 200);
    assert!((35..=65).contains(&count(Contact::HoldOut)), "{}", count(Contact::HoldOut));
    let lots = contact_list(&p, &vec![None; n], &ids, 1.0, 0.25, Seed::new(4));
    let held = lots.iter().filter(|&&c| c == Contact::HoldOut).count();
    assert!((210..=290).contains(&held), "{held}");
    // The same customers in another order get the same lots.
    let rows: Vec<usize> = (0..n).rev().collect();
    let turn = |row: &usize| (p[*row], outcome[*row], ids[*row].clone());
    let turned: Vec<_> = rows.iter().map(turn).collect();
    let again = contact_list(
        &turned.iter().map(|t| t.0).collect::<Vec<_>>(),
        &turned.iter().map(|t| t.1).collect::<Vec<_>>(),
        &turned.iter().map(|t| t.2.clone()).collect::<Vec<_>>(),
        0.3,
        0.25,
        Seed::new(5),
    );
    assert!(again.iter().rev().eq(list.iter()));
}

#[test]
fn deciles_are_equal_in_size_and_ties_go_by_id() {
    let ids: Vec<Id> = (0..20).map(|i| format!("c{:02}", 19 - i).into()).collect();
    let deciles = deciles(&[0.5; 20], &ids);
    // The smallest id, c00, stands last and is in the first decile.
    assert_eq!((deciles[19], deciles[18], deciles[17], deciles[0]), (1, 1, 2, 10));
    let mut sorted = deciles;
    sorted.sort_unstable();
    assert!(sorted.chunks(2).zip(1_u8..).all(|(pair, decile)| pair == [decile, decile]));
    assert!(super::super::deciles(&[], &[]).is_empty());
}
