//! The leak gate: twenty tables that leak, all flagged; twenty that do not, left alone.

use super::*;

const N: usize = 3000;

/// What the gate has to say of a planted column.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Must {
    /// Taken out.
    Proof,
    /// Kept and asked about.
    Suspicion,
}

/// A table of honest columns with planted ones.
#[derive(Clone)]
struct Planted {
    what: &'static str,
    columns: Vec<Column>,
    named: &'static [&'static str],
    must: Must,
    late: Vec<String>,
}

fn plant(what: &'static str, must: Must, columns: Vec<Column>) -> Planted {
    let named: &'static [&'static str] = match columns.len() {
        1 => &["planted"],
        _ => &["planted", "second"],
    };
    Planted { what, columns, named, must, late: Vec::new() }
}

fn values(of: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..N).map(of).collect()
}

fn planted(of: impl Fn(usize) -> f64) -> Vec<Column> {
    vec![numbers("planted", values(of))]
}

/// Copies of the label, whole or in parts.
fn copies(y: &[bool]) -> Vec<Planted> {
    let yes = |i: usize| u8::from(y[i]);
    let codes = |of: &dyn Fn(usize) -> u8| (0..N).map(of).collect::<Vec<u8>>();
    let levels = |of: &dyn Fn(usize) -> u32| (0..N).map(of).collect::<Vec<u32>>();
    // One label in a hundred is wrong.
    let noisy = |i: usize| if uniform(i, 60) < 0.01 { 1 - yes(i) } else { yes(i) };
    let half = |i: usize| if uniform(i, 61) < 0.6 { f64::NAN } else { f64::from(yes(i)) };
    // Ends of contracts by name of a state, many of each kind.
    let state = |i: usize| 2 * (uniform(i, 62) * 20.0) as u32 + u32::from(yes(i));
    let first = |i: usize| u8::from(uniform(i, 63) < 0.5);
    vec![
        plant("a copy", Must::Proof, vec![flag("planted", codes(&yes))]),
        plant("a copy turned round", Must::Proof, vec![flag("planted", codes(&|i| 1 - yes(i)))]),
        plant(
            "the label as text",
            Must::Proof,
            vec![category("planted", levels(&|i| u32::from(yes(i))), 2)],
        ),
        plant("a copy with errors", Must::Proof, vec![flag("planted", codes(&noisy))]),
        plant("a copy for some", Must::Proof, planted(half)),
        plant("many states", Must::Proof, vec![category("planted", levels(&state), 40)]),
        plant(
            "two flags that agree for leavers",
            Must::Proof,
            vec![
                flag("planted", codes(&first)),
                flag("second", codes(&|i| first(i) ^ (1 - yes(i)))),
            ],
        ),
    ]
}

/// Numbers that are made from the label.
fn recoded(y: &[bool]) -> Vec<Planted> {
    let yes = |i: usize| f64::from(u8::from(y[i]));
    let other = |i: usize| f64::from(u8::from(uniform(i, 64) < 0.5));
    let months = |i: usize| 1.0 + (uniform(i, 65) * 60.0).floor();
    let group = |i: usize| i / 6;
    let mut groups = vec![(0.0, 0.0); N / 6 + 1];
    for i in 0..N {
        groups[group(i)].0 += yes(i);
        groups[group(i)].1 += 1.0;
    }
    let share = |i: usize| {
        let (events, n) = groups[group(i)];
        (events / n * 10_000.0_f64).round() / 10_000.0
    };
    vec![
        plant(
            "a code in no order",
            Must::Proof,
            planted(|i| if y[i] { 1.0 } else { 2.0 * other(i) }),
        ),
        plant(
            "a band of a number",
            Must::Proof,
            planted(|i| {
                let inside = uniform(i, 66);
                if y[i] { 40.0 + 20.0 * inside } else { 40.0 * inside + 60.0 * other(i) }
            }),
        ),
        plant(
            "the ratio of two columns",
            Must::Proof,
            vec![
                numbers("planted", values(|i| months(i) * if y[i] { 0.7 } else { 1.0 })),
                numbers("second", values(months)),
            ],
        ),
        plant(
            "the difference of two columns",
            Must::Proof,
            vec![
                numbers("planted", values(|i| 1000.0 * uniform(i, 67))),
                numbers("second", values(|i| 1000.0 * uniform(i, 67) - 3.0 * yes(i))),
            ],
        ),
        plant(
            "the share of leavers of a small group",
            Must::Proof,
            vec![Column { decimals: 4, ..numbers("planted", values(share)) }],
        ),
        plant("a strong score", Must::Suspicion, planted(|i| 2.2 * yes(i) + normal(i, 68))),
    ]
}

/// Columns that are filled, or known, only afterwards.
fn afterwards(y: &[bool]) -> Vec<Planted> {
    let days = |i: usize| (uniform(i, 70) * 300.0).floor();
    let named =
        |what, name: &'static str, named: &'static [&'static str], of: &dyn Fn(usize) -> f64| {
            Planted { named, ..plant(what, Must::Suspicion, vec![numbers(name, values(of))]) }
        };
    let weak = |i: usize| if y[i] { 0.8 } else { 0.0 } + normal(i, 71);
    let mut late = plant(
        "days after the cut-off",
        Must::Proof,
        planted(|i| if y[i] && uniform(i, 72) < 0.2 { 0.0 } else { 1.0 + days(i) }),
    );
    late.late = vec!["planted".to_owned()];
    let mut some_late = plant(
        "days after the cut-off on both sides",
        Must::Suspicion,
        planted(|i| if uniform(i, 73) < 0.2 { 0.0 } else { 1.0 + days(i) }),
    );
    some_late.late = vec!["planted".to_owned()];
    vec![
        plant(
            "a day that leavers have",
            Must::Proof,
            planted(|i| if y[i] { days(i) } else { f64::NAN }),
        ),
        plant(
            "a cell that stayers have",
            Must::Proof,
            planted(|i| if y[i] { f64::NAN } else { days(i) }),
        ),
        plant(
            "a case that some leavers have",
            Must::Suspicion,
            planted(|i| if y[i] && uniform(i, 74) < 0.1 { days(i) } else { f64::NAN }),
        ),
        Planted {
            must: Must::Proof,
            ..named(
                "silence, where the label means silence",
                "days_since_last_order",
                &["days_since_last_order"],
                &|i| if y[i] { 91.0 + days(i) } else { 90.0 * uniform(i, 75) },
            )
        },
        named("a score by its name", "Churn Score", &["Churn Score"], &weak),
        named("a call by its name", "call_duration", &["call_duration"], &weak),
        named("an end by its name", "Vertragsende", &["Vertragsende"], &weak),
        late,
        some_late,
    ]
}

#[test]
fn every_planted_leak_is_flagged() {
    let (honest, _, y) = simulated(N);
    let all = [copies(&y), recoded(&y), afterwards(&y)].concat();
    assert!(all.len() >= 20, "{}", all.len());
    for planted in all {
        let columns = [honest.clone(), planted.columns].concat();
        let report = inspect(&table(columns, some(&y)), &planted.late, &checked());
        let mut found: Vec<&str> = report.leaks.iter().map(|leak| leak.column.as_str()).collect();
        found.sort_unstable();
        let mut named = planted.named.to_vec();
        named.sort_unstable();
        assert_eq!(found, named, "{}: {:?}", planted.what, report.leaks);
        let expected = match planted.must {
            Must::Proof => Mechanism::Proof,
            Must::Suspicion => Mechanism::Suspicion,
        };
        assert!(report.leaks.iter().all(|leak| leak.mechanism == expected), "{}", planted.what);
        assert_eq!(report.findings.len(), planted.named.len(), "{}", planted.what);
        let is_proof = planted.must == Must::Proof;
        assert_eq!(report.excluded().len(), if is_proof { named.len() } else { 0 });
    }
}

#[test]
fn ids_in_the_order_of_the_outcome_are_told() {
    let (columns, _, y) = simulated(N);
    let mut sorted = y.clone();
    sorted.sort_unstable();
    let report = inspect(&table(columns.clone(), some(&sorted)), &[], &checked());
    let [leak] = &report.leaks[..] else { panic!("{:?}", report.leaks) };
    assert_eq!((leak.column.as_str(), leak.mechanism), ("id", Mechanism::Suspicion));
    assert_eq!((report.findings[0].code.as_str(), report.excluded().len()), ("ordered-ids", 0));
    assert_eq!(inspect(&table(columns, some(&y)), &[], &checked()), LeakReport::default());
}

#[test]
fn lists_of_a_person_hold_for_every_mechanism() {
    let (honest, _, y) = simulated(N);
    for planted in [copies(&y), recoded(&y), afterwards(&y)].concat() {
        let list: Vec<String> = planted.named.iter().map(|&name| name.to_owned()).collect();
        let columns = [honest.clone(), planted.columns].concat();
        let table = table(columns, some(&y));
        let asked = |accept: &[String], drop: &[String]| {
            let (accept, drop) = (accept.to_vec(), drop.to_vec());
            let params = Params { accept, drop, ..Params::default() }.check().unwrap();
            inspect(&table, &planted.late, &params)
        };
        let accepted = asked(&list, &[]);
        assert!(accepted.excluded().is_empty() && accepted.findings.is_empty());
        assert!(accepted.leaks.iter().all(|leak| leak.mechanism == Mechanism::Accepted));
        assert_eq!(accepted.leaks.len(), list.len(), "{}", planted.what);
        let dropped = asked(&[], &list);
        assert_eq!(dropped.excluded(), list, "{}", planted.what);
        assert!(dropped.findings.is_empty());
    }
}

/// Tables as they are made, without a leak: other shapes, sizes, shares, gaps.
fn generated(place: usize) -> FeatureTable {
    let n = [400, 1000, 3000, 8000][place % 4];
    let at = 100 * place as u64;
    let rate = [-2.5, -1.0, 0.0][place % 3];
    let d = 3 + place;
    let x = |i: usize, j: usize| normal(i, at + 7 * j as u64);
    let y: Vec<bool> = (0..n)
        .map(|i| uniform(i, at + 5000) < sigmoid(rate + 1.5 * x(i, 0) - x(i, 1) * x(i, 2)))
        .collect();
    let mut columns: Vec<Column> = (0..d)
        .map(|j| {
            let gap = |i: usize| uniform(i, at + 6000 + j as u64) < 0.05 * (j % 3) as f64;
            let value = |i: usize| if gap(i) { f64::NAN } else { libm::exp(x(i, j)) };
            numbers(&format!("x{j}"), (0..n).map(value).collect())
        })
        .collect();
    // A total that is all but the product of two others, a town, and a plan.
    columns.push(numbers("total", (0..n).map(|i| libm::exp(x(i, 0) + x(i, 1))).collect()));
    let level = |i: usize, most: f64, j: usize| (uniform(i, at + 7000 + j as u64) * most) as u32;
    columns.push(category("town", (0..n).map(|i| level(i, 60.0, 0)).collect(), 60));
    let plan = |i: usize| if x(i, 0) > 0.5 { 2 } else { level(i, 2.0, 1) };
    columns.push(category("plan", (0..n).map(plan).collect(), 3));
    table(columns, some(&y))
}

#[test]
fn clean_tables_are_left_alone() {
    let (mut tables, mut suspicions) = (0, Vec::new());
    let mut look = |what: &str, table: &FeatureTable| {
        let report = inspect(table, &[], &checked());
        assert!(report.excluded().is_empty(), "{what}: {:?}", report.leaks);
        suspicions.extend(report.leaks.into_iter().map(|leak| format!("{what}: {}", leak.column)));
        tables += 1;
    };
    for (file, delimiter, label, yes, skip) in CLEAN {
        let Some(text) = real::read(file) else { continue };
        look(file, &real::parse(&text, *delimiter, label, yes, skip));
    }
    for place in 0..10 {
        look(&format!("generated {place}"), &generated(place));
    }
    assert!(tables >= 10 && suspicions.len() <= 2, "{tables} tables: {suspicions:?}");
}

/// Public tables with an outcome and without a leak: file, delimiter, label, its yes, columns left aside (ids,
/// and what is known to leak).
#[rustfmt::skip]
const CLEAN: &[(&str, char, &str, &str, &[&str])] = &[
    ("telco_churn/Telco-Customer-Churn.csv", ',', "Churn", "Yes", &["customerID"]),
    ("bank_churn/Churn_Modelling.csv", ',', "Exited", "1", &["RowNumber", "CustomerId", "Surname"]),
    ("bank_churn/Customer-Churn-Records.csv", ',', "Exited", "1", &["RowNumber", "CustomerId", "Surname", "Complain"]),
    ("orange_churn/churn-bigml-80.csv", ',', "Churn", "True", &[]),
    ("orange_churn/churn-bigml-20.csv", ',', "Churn", "True", &[]),
    ("online_shoppers/online_shoppers_intention.csv", ';', "Revenue", "TRUE", &[]),
    ("bank_marketing/bank.csv", ';', "y", "yes", &["duration"]),
    ("bank_marketing/bank-full.csv", ';', "y", "yes", &["duration"]),
    ("bank_marketing/bank-additional.csv", ';', "y", "yes", &["duration"]),
    ("ibm_customer_value/WA_Fn-UseC_-Marketing-Customer-Value-Analysis.csv", ',', "Response", "Yes", &["Customer"]),
    ("marketing_campaign/marketing_campaign.csv", '\t', "Response", "1", &["ID"]),
    ("mall_customers/Mall_Customers.csv", ',', "Gender", "Male", &["CustomerID"]),
];
