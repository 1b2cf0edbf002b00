//! Cases worked by hand and what must hold of every fit.

use std::collections::BTreeMap;

use super::cdnow::{day, histories};
use crate::seed::Seed;
use crate::value::newton::{Ending, Slope};
use crate::value::shifted_beta_geometric::Lasted;
use crate::value::{
    BgNbd, Compressed, GammaGamma, History, Leaving, Nbd, ParetoNbd, ShiftedBetaGeometric,
    Spending, Summary,
};
use proptest::prelude::*;
use rand::RngCore;

fn history(repeats: u32, first_to_last_days: u32, observed_days: u32) -> History {
    History { repeats, first_to_last_days, observed_days }
}

/// Days 10, 10, 14, 20 until day 30: two repeats, 10 days to the last, 20 observed; the
/// repeat days brought 2.50 - .50. Until day 14 the last is unknown; until day 9 so is
/// the customer.
#[test]
fn a_history_by_hand() {
    let epoch = day("1970-01-11").since_epoch();
    let orders = vec![(epoch, 500), (epoch, 100), (epoch + 4, 250), (epoch + 10, -50)];
    let all = histories(BTreeMap::from([("a".to_owned(), orders)]), "1970-02-10");
    let summary = Summary::of(&all, day("1970-01-31"));
    assert_eq!(summary.histories, [history(2, 10, 20)]);
    assert_eq!((summary.repeat_money[0], summary.money[0]), (200, 800));
    assert_eq!(Spending::of(&summary, 0), Some(Spending { repeats: 2, mean: 1.0 }));
    let early = Summary::of(&all, day("1970-01-15"));
    assert_eq!(early.histories, [history(1, 4, 4)]);
    let ahead = early.ahead(&all, 6)[0];
    assert_eq!((ahead.occasions, ahead.money), (1, -50));
    assert_eq!(early.ahead(&all, 5)[0].occasions, 0);
    assert_eq!(Summary::of(&all, day("1970-01-10")).n_customers(), 0);
}

/// At r = a = b = 1, alpha = 10, one repeat at day 10 of 30:
/// L = 1 x 10 x 1/2 { 40^-2 + 1/1 20^-2 } = 5 (1/1600 + 1/400) = 1/64;
/// P(active) = (1/1600) / (5/1600) = 1/5; the same of MBG with (1 x 2)/(2 x 3) and 1/2:
/// L = 10/3 (1/1600 + 1/800) = 1/160, P(active) = 1/3.
#[test]
fn bg_nbd_by_hand() {
    let sample = Compressed::new(&[history(1, 10, 30)]);
    for (leaving, likelihood, active) in
        [(Leaving::AfterRepeats, 1.0 / 64.0, 0.2), (Leaving::AfterAny, 1.0 / 160.0, 1.0 / 3.0)]
    {
        let model = BgNbd::of(leaving, [1.0, 10.0, 1.0, 1.0]);
        assert!((model.log_likelihood(&sample) - f64::ln(likelihood)).abs() < 1e-13);
        assert!((model.active(history(1, 10, 30)) - active).abs() < 1e-14);
        // Of 40 days: (40 / 80)^2 = 1/4 of the active order nothing.
        let none = 1.0 - active * 0.75;
        assert!((model.no_order(history(1, 10, 30), 40.0) - none).abs() < 1e-14);
    }
}

/// With p of leaving after each order certain to be 1/2 (a = b large), one order is
/// followed by 1 + 1/2 + 1/4 ... = 2 at most, however long the horizon.
#[test]
fn expected_orders_are_bounded_by_leaving() {
    let model = BgNbd::of(Leaving::AfterRepeats, [50.0, 1.0, 1e7, 1e7]);
    let expected = model.expected(history(0, 0, 0), 1e4);
    assert!((expected - 2.0).abs() < 1e-5, "{expected}");
    let never = BgNbd::of(Leaving::AfterRepeats, [2.0, 10.0, 1e-12, 1.0]);
    assert!((never.expected(history(3, 5, 10), 40.0) - 5.0 * 40.0 / 20.0).abs() < 1e-9);
}

/// At s = 1, r = 1, alpha = beta = 10 and no repeat in 10 days:
/// L = 100 { 20^-1 20^-1 + integral of (10+t)^-3 } = 100 (1/400 + (1/100 - 1/400) / 2) = 5/8.
#[test]
fn pareto_nbd_by_hand() {
    let model = ParetoNbd::of([1.0, 10.0, 1.0, 10.0]);
    let one = history(0, 0, 10);
    assert!((model.log_likelihood(&Compressed::new(&[one])) - 0.625_f64.ln()).abs() < 1e-13);
    assert!((model.active(one) - 0.4).abs() < 1e-13);
    // (r + x) (beta + T) / (alpha + T) ln((beta + T + H) / (beta + T)) of the active.
    assert!((model.expected(one, 20.0) - 0.4 * 2.0_f64.ln()).abs() < 1e-13);
}

/// One customer of ten cancels in the first period, nine stay: S(1) = b / (a + b).
#[test]
fn contracts_by_hand() {
    let model = ShiftedBetaGeometric { a: 1.0, b: 3.0 };
    assert!((model.survival(2) - 0.75 * 0.8).abs() < 1e-15);
    assert!((model.retention(2) - 0.8).abs() < 1e-15);
    assert!((model.expected_periods(1, 2) - (0.8 + 0.8 * 5.0 / 6.0)).abs() < 1e-14);
    assert!(
        ShiftedBetaGeometric::fit(&[Lasted { periods: 3, cancelled: 0, current: 9, entered: 0 }])
            .is_none()
    );
}

fn derivatives_agree<const N: usize>(at: [f64; N], slope: &dyn Fn([f64; N]) -> Slope<N>) {
    let here = slope(at);
    let moved = |i: usize, by: f64| {
        let mut place = at;
        place[i] *= libm::exp(by);
        slope(place)
    };
    for i in 0..N {
        let h = 1e-4;
        let (up, down) = (moved(i, h), moved(i, -h));
        let first = (up.value - down.value) / (2.0 * h);
        let scale = 1e-6 * (1.0 + here.value.abs());
        assert!((first - here.gradient[i]).abs() < scale, "{i}: {first} {}", here.gradient[i]);
        for j in 0..N {
            let second = (up.gradient[j] - down.gradient[j]) / (2.0 * h);
            let there = here.hessian[i][j];
            assert!((second - there).abs() < scale, "{i} {j}: {second} {there}");
        }
    }
}

fn few() -> Compressed {
    Compressed::new(&[
        history(0, 0, 40),
        history(0, 0, 300),
        history(1, 3, 90),
        history(4, 60, 60),
        history(12, 250, 300),
        history(2, 10, 300),
    ])
}

#[test]
fn derivatives_are_those_of_the_likelihood() {
    let sample = few();
    for leaving in [Leaving::AfterRepeats, Leaving::AfterAny] {
        derivatives_agree([0.4, 25.0, 0.7, 2.5], &|at| BgNbd::of(leaving, at).slope(&sample));
    }
    for at in [[0.4, 25.0, 0.7, 50.0], [1.5, 300.0, 0.2, 4.0], [0.9, 70.0, 1.0, 70.0]] {
        derivatives_agree(at, &|at| ParetoNbd::of(at).slope(&sample));
    }
}

/// Histories of customers who follow the model.
pub(super) fn simulated(model: &BgNbd, n: usize, observed: u32, seed: u64) -> Vec<History> {
    let mut stream = Seed::new(seed).stream("value-test", 0);
    let mut uniform = || ((stream.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0;
    // Marsaglia and Tsang would do; a sum of exponentials does for whole shapes.
    let mut gamma = |shape: u32| -(0..shape).map(|_| uniform().ln()).sum::<f64>();
    (0..n)
        .map(|_| {
            let rate = gamma(model.r as u32) / model.alpha;
            let (leave, stay) = (gamma(model.a as u32), gamma(model.b as u32));
            let leaving = leave / (leave + stay);
            let (mut t, mut last, mut repeats) = (0.0, 0, 0);
            loop {
                t += gamma(1) / rate;
                if t > f64::from(observed) {
                    break;
                }
                // Several orders of a day are one occasion.
                if t.ceil() as u32 > last {
                    last = t.ceil() as u32;
                    repeats += 1;
                }
                if (-gamma(1)).exp() < leaving {
                    break;
                }
            }
            history(repeats, last, observed)
        })
        .collect()
}

#[test]
fn a_fit_finds_the_parameters_that_made_the_customers() {
    let truth = BgNbd::of(Leaving::AfterRepeats, [1.0, 60.0, 1.0, 4.0]);
    let sample = Compressed::new(&simulated(&truth, 40_000, 700, 3));
    let (nbd, _) = Nbd::fit(&sample);
    let (_, peak) = BgNbd::fit(&sample, Leaving::AfterRepeats, &nbd);
    assert_eq!(peak.ending, Ending::Converged);
    let errors = peak.errors.unwrap();
    // Days are whole, which moves alpha a little beside its error.
    for (at, truth) in [1.0, 60.0, 1.0, 4.0].into_iter().enumerate() {
        let off = (peak.parameters[at] - truth).abs();
        assert!(off < 5.0 * errors[at] + 0.02 * truth, "{at}: {peak:?}");
    }
}

#[test]
fn where_nobody_leaves_the_gain_over_nbd_is_small() {
    let truth = BgNbd::of(Leaving::AfterRepeats, [2.0, 100.0, 0.0, 1.0]);
    let sample = Compressed::new(&simulated(&BgNbd { a: 0.0, ..truth }, 5_000, 400, 5));
    let (nbd, plain) = Nbd::fit(&sample);
    for leaving in [Leaving::AfterRepeats, Leaving::AfterAny] {
        let (_, peak) = BgNbd::fit(&sample, leaving, &nbd);
        let gain = peak.log_likelihood - plain.log_likelihood;
        assert!(gain < crate::value::FIND_DROPOUT, "{peak:?} {plain:?}");
    }
    let (_, peak) = ParetoNbd::fit(&sample, &nbd);
    assert!(peak.log_likelihood - plain.log_likelihood < crate::value::FIND_DROPOUT, "{peak:?}");
}

#[test]
fn odd_samples_end_without_panic() {
    let alike = vec![history(0, 0, 0); 30];
    let never = vec![history(0, 0, 365); 30];
    let always = vec![history(365, 365, 365); 30];
    let wrong = vec![history(9, 4, 2); 3];
    for histories in [alike, never, always, wrong, Vec::new(), vec![history(1, 1, 1)]] {
        let sample = Compressed::new(&histories);
        let (nbd, _) = Nbd::fit(&sample);
        for leaving in [Leaving::AfterRepeats, Leaving::AfterAny] {
            let (model, _) = BgNbd::fit(&sample, leaving, &nbd);
            let p = model.no_order(history(1, 1, 1), 90.0);
            assert!((0.0..=1.0).contains(&p), "{model:?}");
        }
        let (model, _) = ParetoNbd::fit(&sample, &nbd);
        assert!((0.0..=1.0).contains(&model.no_order(history(1, 1, 1), 90.0)), "{model:?}");
    }
    assert!(GammaGamma::fit(&vec![Spending { repeats: 2, mean: 9.99 }; 50]).is_none());
}

#[test]
fn threads_do_not_change_a_bit() {
    let truth = BgNbd::of(Leaving::AfterRepeats, [1.0, 60.0, 1.0, 4.0]);
    let histories = simulated(&truth, 60_000, 900, 3);
    let fit = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let sample = Compressed::new(&histories);
            let (nbd, _) = Nbd::fit(&sample);
            let bg = BgNbd::fit(&sample, Leaving::AfterRepeats, &nbd).1;
            (sample.histories().len(), bg.parameters.map(f64::to_bits))
        })
    };
    let one = fit(1);
    for threads in [2, 3, 8] {
        assert_eq!(fit(threads), one);
    }
}

proptest! {
    #[test]
    fn compression_changes_no_likelihood(
        rows in proptest::collection::vec((0_u32..6, 0_u32..40, 0_u32..40), 1..60)
    ) {
        let histories: Vec<History> = rows
            .iter()
            .map(|&(x, t_x, more)| {
                let t_x = if x == 0 { 0 } else { t_x.max(x) };
                history(x, t_x, t_x + more)
            })
            .collect();
        let model = BgNbd::of(Leaving::AfterRepeats, [0.4, 25.0, 0.7, 2.5]);
        let one_by_one: f64 =
            histories.iter().map(|&h| model.log_likelihood(&Compressed::new(&[h]))).sum();
        let together = model.log_likelihood(&Compressed::new(&histories));
        prop_assert!((one_by_one - together).abs() < 1e-9);
    }

    #[test]
    fn predictions_are_in_range_and_grow_with_the_horizon(
        x in 0_u32..2_000, share in 0.0..1.0_f64, more in 0_u32..3_000,
        r in 0.05..20.0_f64, alpha in 0.5..2_000.0_f64,
        a in 1e-4..50.0_f64, b in 1e-3..1e6_f64,
    ) {
        let t = x + more;
        let t_x = if x == 0 { 0 } else { x + (share * f64::from(more)) as u32 };
        let one = history(x, t_x, t);
        for model in [Leaving::AfterRepeats, Leaving::AfterAny] {
            let model = BgNbd::of(model, [r, alpha, a, b]);
            let (short, long) = (model.expected(one, 30.0), model.expected(one, 90.0));
            prop_assert!(short >= 0.0 && long >= short * (1.0 - 1e-9), "{short} {long}");
            let (p, q) = (model.no_order(one, 30.0), model.no_order(one, 90.0));
            prop_assert!((0.0..=1.0).contains(&q) && q <= p + 1e-12);
            // Whoever orders, orders at least once.
            prop_assert!(long >= (1.0 - q) * (1.0 - 1e-9), "{long} {q}");
        }
        let model = ParetoNbd::of([r, alpha, a.max(0.01), b]);
        let (p, q) = (model.no_order(one, 30.0), model.no_order(one, 90.0));
        prop_assert!((0.0..=1.0).contains(&q) && q <= p + 1e-9, "{p} {q}");
        prop_assert!(model.expected(one, 90.0) >= (1.0 - q) * (1.0 - 1e-6) - 1e-12);
    }
}
