//! The battery of both models: B43 to B49 of the checks that every estimator passes, as in
//! `docs/battery.md`.

use super::*;

const MODELS: [ModelChoice; 2] = [ModelChoice::Logistic, ModelChoice::Boosting];

/// Fits one model with no column taken out.
fn fitted(table: &FeatureTable, model: ModelChoice) -> Fitted {
    let params = Params { model, ..Params::default() }.check().unwrap();
    fit_with(table, &[], 5, &params)
}

fn model_of(table: &FeatureTable, model: ModelChoice) -> Box<Computed> {
    computed_of(fitted(table, model))
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn b43_a_single_class_is_rejected() {
    let (columns, _, _) = simulated(300);
    for model in MODELS {
        for outcome in [true, false] {
            let table = table(columns.clone(), vec![Some(outcome); 300]);
            let Fitted::NotComputed { reason } = fitted(&table, model) else { panic!() };
            assert!(reason.contains("all 300 known outcomes are the same"), "{reason}");
        }
    }
}

#[test]
fn b44_the_spelling_of_the_classes_changes_no_bit() {
    let (columns, _, y) = simulated(800);
    let plain = table(columns, some(&y));
    let spelled = |positive: &str, negative: &str| {
        let outcome = plain.outcome().unwrap().clone();
        let outcome =
            Outcome { positive: positive.to_owned(), negative: negative.to_owned(), ..outcome };
        FeatureTable::new(plain.ids().clone(), plain.columns().to_vec(), Some(outcome)).unwrap()
    };
    for model in MODELS {
        let expected = model_of(&plain, model);
        for (positive, negative) in [("1", "0"), ("0", "1"), ("gone", "here"), ("a", "z")] {
            let other = model_of(&spelled(positive, negative), model);
            assert_eq!(other.probability, expected.probability);
            assert_eq!(other.results.metrics, expected.results.metrics);
        }
    }
}

#[test]
fn b45_swapping_the_classes_mirrors_the_probability() {
    let (columns, _, y) = simulated(1500);
    let swapped: Vec<bool> = y.iter().map(|y| !y).collect();
    for (model, within) in [(ModelChoice::Logistic, 1e-9), (ModelChoice::Boosting, 1e-9)] {
        let one = model_of(&table(columns.clone(), some(&y)), model);
        let other = model_of(&table(columns.clone(), some(&swapped)), model);
        let mirrored: Vec<f64> = other.probability.iter().map(|p| 1.0 - p).collect();
        let apart = apart(&one.probability, &mirrored);
        assert!(apart < within, "{model:?}: {apart}");
    }
}

#[test]
fn b46_probabilities_are_finite_and_rank_as_the_log_odds() {
    let (columns, _, y) = simulated(1500);
    let table = table(columns, some(&y));
    for model in MODELS {
        let made = model_of(&table, model);
        let inside = |p: &&f64| (0.0..=1.0).contains(*p);
        assert_eq!(made.probability.iter().filter(inside).count(), 1500);
        // The model's own decision is the sum of what the columns add.
        let rows: Vec<usize> = (0..1500).step_by(29).collect();
        let p = made.propensity.predict_rows(&table, &rows).unwrap();
        let decision: Vec<f64> = rows
            .iter()
            .map(|&row| made.propensity.contributions(&table, row).unwrap())
            .map(|parts| parts.iter().map(|part| part.log_odds).sum())
            .collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|&a, &b| decision[a].total_cmp(&decision[b]));
        assert!(order.windows(2).all(|pair| p[pair[0]] <= p[pair[1]] + 1e-12), "{model:?}");
    }
}

#[test]
fn b47_constant_columns_leave_the_base_rate() {
    // The regression on columns of zeros, as the preparation makes of constants.
    let y: Vec<bool> = (0..400).map(|i| i % 5 == 0).collect();
    let zeros = crate::matrix::Matrix::unnamed(ndarray::Array2::zeros((400, 2))).unwrap();
    let sample = logistic::Sample::all(&zeros, &y).unwrap();
    let fit = logistic::fit(&sample, logistic::LAMBDA, logistic::TIGHT, None).unwrap();
    let p = sigmoid(sample.log_odds(0, &fit.beta));
    assert!((p - 0.2).abs() < 1e-6, "{p}");
    let (columns, _, y) = simulated(900);
    for model in MODELS {
        // Nothing but constants: no model, and why; the base rate is what stands beside it.
        let constant = vec![numbers("same", vec![4.0; 900]), flag("also", vec![1; 900])];
        let Fitted::NotComputed { reason } = fitted(&table(constant.clone(), some(&y)), model)
        else {
            panic!()
        };
        assert!(reason.contains("no column is left that differs"), "{reason}");
        // Beside others they add nothing; folds go by the values of a row, so they differ.
        let auc = |columns: Vec<Column>| {
            model_of(&table(columns, some(&y)), model).results.metrics.roc_auc.value
        };
        let (plain, other) = (auc(columns.clone()), auc([columns.clone(), constant].concat()));
        assert!((plain - other).abs() < 0.03, "{model:?} {plain} {other}");
    }
}

#[test]
fn b48_perfect_separation_finishes_with_finite_numbers() {
    let n = 900;
    let y: Vec<bool> = (0..n).map(|i| uniform(i, 4) < 0.3).collect();
    let apart = |i: usize| uniform(i, 1) + if y[i] { 1.0 } else { 0.0 };
    let columns = vec![
        numbers("apart", (0..n).map(apart).collect()),
        numbers("noise", (0..n).map(|i| normal(i, 2)).collect()),
    ];
    let table = table(columns, some(&y));
    for model in MODELS {
        let made = model_of(&table, model);
        made.propensity.validate().unwrap();
        assert!(made.probability.iter().all(|p| p.is_finite()));
        assert!(made.results.metrics.roc_auc.value > 0.99, "{model:?}");
        let drivers = &made.results.drivers;
        assert!(drivers.iter().all(|d| d.odds_ratio.is_finite() && d.high.is_finite()));
        assert!(made.findings.iter().any(|finding| finding.code == "too-good"));
    }
}

#[test]
fn b49_collinear_duplicates_finish() {
    let (mut columns, _, y) = simulated(900);
    let plain = table(columns.clone(), some(&y));
    let Values::Number(first) = &columns[0].values else { panic!() };
    let doubled: Vec<f64> = first.iter().map(|x| 2.0 * x).collect();
    columns.push(Column { name: "a again".to_owned(), ..columns[0].clone() });
    columns.push(numbers("a doubled", doubled));
    columns.push(Column { name: "c again".to_owned(), ..columns[2].clone() });
    let more = table(columns, some(&y));
    for model in MODELS {
        let (one, other) = (model_of(&plain, model), model_of(&more, model));
        other.propensity.validate().unwrap();
        let difference = one.results.metrics.roc_auc.value - other.results.metrics.roc_auc.value;
        assert!(difference.abs() < 0.02, "{model:?} {difference}");
    }
}

/// Labels shuffled and `d` columns of noise: no skill, and no false confidence.
fn nothing_is_found(n: usize, d: u64, model: ModelChoice) {
    let columns = (0..d)
        .map(|j| numbers(&format!("noise {j}"), (0..n).map(|i| normal(i, 100 + j)).collect()))
        .collect();
    let y: Vec<bool> = (0..n).map(|i| uniform(i, 5) < 0.3).collect();
    let m = model_of(&table(columns, some(&y)), model).results.metrics;
    let events = number(y.iter().filter(|&&yes| yes).count());
    let others = number(n) - events;
    let error = ((number(n) + 1.0) / (12.0 * events * others)).sqrt();
    eprintln!("noise {model:?}: AUC {:.4} excess {:.4}", m.roc_auc.value, m.ece_excess);
    assert!((m.roc_auc.value - 0.5).abs() < 4.0 * error, "{model:?} {}", m.roc_auc.value);
    assert!(m.ece_excess < 0.01, "{model:?} {}", m.ece_excess);
}

#[test]
fn shuffled_labels_and_200_columns_of_noise_give_no_skill_to_either_model() {
    for model in MODELS {
        nothing_is_found(3000, 200, model);
    }
}

/// Generated subscribers with the true probability of each, which depends on moods that
/// are in no column.
#[test]
fn subscribers_of_known_probability_are_predicted_as_they_are() {
    use crate::synth::{self, Kind};
    let params =
        synth::Params { kind: Kind::Subscription, customers: 20_000, ..synth::Params::default() };
    let made = synth::generate(&params).unwrap();
    let csv = |name: &str| {
        let table = made.iter().find(|table| table.name == name).unwrap();
        let mut text = String::new();
        synth::to_csv(table, &mut text).unwrap();
        text
    };
    let truth: Vec<f64> = csv("truth")
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap().parse().unwrap())
        .collect();
    let table = real::parse(&csv("customers"), ',', "churned", "yes", &["customer_id"]);
    let fitted = computed(&table, 1);
    let m = &fitted.results.metrics;
    eprintln!(
        "subscription {}: AUC {:.4} excess {:.4} slope {:.3}",
        fitted.results.model, m.roc_auc.value, m.ece_excess, m.slope
    );
    assert!(m.ece_excess <= 0.005, "{}", m.ece_excess);
    assert!((0.9..=1.1).contains(&m.slope), "{}", m.slope);
    let n = number(truth.len());
    let rate = truth.iter().sum::<f64>() / n;
    let error = (truth.iter().map(|p| p * (1.0 - p)).sum::<f64>()).sqrt() / n;
    let mean = fitted.probability.iter().sum::<f64>() / n;
    assert!((mean - rate).abs() < 3.0 * error, "{mean} {rate} {error}");
}
