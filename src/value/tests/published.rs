//! Fits and predictions that others have published or computed.

use super::cdnow;
use crate::value::newton::Ending;
use crate::value::shifted_beta_geometric::Lasted;
use crate::value::{
    BgNbd, Compressed, GammaGamma, History, Leaving, Nbd, ParetoNbd, ShiftedBetaGeometric,
    Spending, Summary,
};

fn close(value: f64, expected: f64, within: f64) {
    assert!((value - expected).abs() <= within, "{value} is not {expected} within {within}");
}

/// Fader, Hardie, Lee (2005): r .243, alpha 4.414, a .793, b 2.426, LL -9582.4 (weeks);
/// Gamma-Gamma 6.25, 3.74, 15.44 and LL -4055.92 on 946 customers (lifetimes 0.11.3);
/// Pareto/NBD .553, 10.578, .606, 11.669, LL -9595.0 (BTYD 2.4).
#[test]
fn cdnow_is_fitted_as_published() {
    let Some(orders) = cdnow::orders() else { return };
    let summary = Summary::of(&orders, cdnow::day("1997-09-30"));
    let sample = Compressed::new(&summary.histories);
    let weeks = sample.totals().0 as f64 * 7.0_f64.ln();
    let (nbd, _) = Nbd::fit(&sample);
    let (bg, peak) = BgNbd::fit(&sample, Leaving::AfterRepeats, &nbd);
    assert_eq!(peak.ending, Ending::Converged);
    close(bg.r, 0.243, 5e-4);
    close(bg.alpha / 7.0, 4.414, 5e-4);
    close(bg.a, 0.793, 5e-4);
    close(bg.b, 2.426, 5e-4);
    close(peak.log_likelihood + weeks, -9582.43, 5e-3);
    let (pareto, peak) = ParetoNbd::fit(&sample, &nbd);
    assert_eq!(peak.ending, Ending::Converged);
    close(pareto.r, 0.553, 5e-4);
    close(pareto.alpha / 7.0, 10.578, 1e-3);
    close(pareto.s, 0.606, 5e-4);
    close(pareto.beta / 7.0, 11.669, 1e-3);
    close(peak.log_likelihood + weeks, -9594.98, 5e-3);
    let spending: Vec<Spending> =
        (0..summary.n_customers()).filter_map(|at| Spending::of(&summary, at)).collect();
    assert_eq!(spending.len(), 946);
    let (model, peak) = GammaGamma::fit(&spending).unwrap();
    assert_eq!(peak.ending, Ending::Converged);
    close(model.p, 6.25, 5e-3);
    close(model.q, 3.74, 5e-3);
    close(model.v, 15.44, 5e-3);
    close(peak.log_likelihood, -4055.92, 5e-3);
}

/// Fits and predictions of lifetimes 0.11.3: `tests/oracles/lifetimes_models.py`.
#[test]
fn predictions_equal_those_of_lifetimes() {
    let bg = |leaving| BgNbd::of(leaving, [0.243, 30.9, 0.793, 2.426]);
    let pareto = ParetoNbd::of([0.553, 74.04, 0.606, 81.68]);
    for line in include_str!("lifetimes.csv").lines().filter(|line| !line.starts_with("fit")) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let history = History {
            repeats: number(1) as u32,
            first_to_last_days: number(2) as u32,
            observed_days: number(3) as u32,
        };
        let days = number(4);
        let (expected, active) = match cells[0] {
            "pareto" => (pareto.expected(history, days), pareto.active(history)),
            name => {
                let leaving = if name == "bg" { Leaving::AfterRepeats } else { Leaving::AfterAny };
                (bg(leaving).expected(history, days), bg(leaving).active(history))
            }
        };
        close(expected / number(5), 1.0, 1e-6);
        close(active, number(6), 1e-8);
        if cells[0] == "pareto" {
            close(pareto.no_order(history, days), number(7), 1e-6);
        }
    }
}

#[test]
fn fits_equal_those_of_lifetimes() {
    let Some(orders) = cdnow::orders() else { return };
    let summary = Summary::of(&orders, cdnow::day("1997-09-30"));
    let sample = Compressed::new(&summary.histories);
    let (nbd, _) = Nbd::fit(&sample);
    let mut compared = 0;
    for line in include_str!("lifetimes.csv").lines().filter(|line| line.starts_with("fit")) {
        let cells: Vec<&str> = line.split(',').collect();
        let peak = match cells[1] {
            "bg" => BgNbd::fit(&sample, Leaving::AfterRepeats, &nbd).1,
            "mbg" => BgNbd::fit(&sample, Leaving::AfterAny, &nbd).1,
            _ => ParetoNbd::fit(&sample, &nbd).1,
        };
        for (value, cell) in peak.parameters.iter().zip(&cells[2..]) {
            // lifetimes stops at a tolerance of 1e-7 of the mean log-likelihood.
            close(value / cell.parse::<f64>().unwrap(), 1.0, 1e-4);
            compared += 1;
        }
    }
    assert_eq!(compared, 12);
}

/// The likelihood and both probabilities against mpmath 1.4.1 at 80 digits, x to 5,000,
/// `t_x / T` from 0 to 1, alpha = beta among them: `tests/oracles/pareto_nbd.py`.
#[test]
fn pareto_nbd_is_right_to_ten_digits() {
    let mut rows = 0;
    for line in include_str!("pareto_nbd.csv").lines() {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let model = ParetoNbd::of([cells[0], cells[1], cells[2], cells[3]]);
        let history = History {
            repeats: cells[4] as u32,
            first_to_last_days: cells[5] as u32,
            observed_days: cells[6] as u32,
        };
        let log = model.of_one(history);
        assert!((log - cells[7]).abs() <= 1e-10 * cells[7].abs().max(1.0), "{line}: {log}");
        let active = model.active(history);
        assert!((active - cells[8]).abs() <= 1e-10, "{line}: {active}");
        let none = model.no_order(history, 91.0);
        assert!((none - cells[9]).abs() <= 1e-10, "{line}: {none}");
        rows += 1;
    }
    assert_eq!(rows, 132);
}

/// Fader, Hardie (2007), table 1 and figure 5: two groups of 1,000 customers over seven
/// years; the fits are .668, 3.806 (LL -1611.2) and .704, 1.182 (LL -1680.3).
#[test]
fn contracts_are_fitted_as_published() {
    let cases = [
        ([869, 743, 653, 593, 551, 517, 491], [0.668, 3.806], -1611.2),
        ([631, 468, 382, 326, 289, 262, 241], [0.704, 1.182], -1680.3),
    ];
    for (there, parameters, log_likelihood) in cases {
        let mut before = 1000;
        let mut rows = Vec::new();
        for (at, &now) in there.iter().enumerate() {
            let current = if at == 6 { now } else { 0 };
            rows.push(Lasted {
                periods: at as u32 + 1,
                cancelled: before - now,
                current,
                entered: 0,
            });
            before = now;
        }
        let (model, peak) = ShiftedBetaGeometric::fit(&rows).unwrap();
        assert_eq!(peak.ending, Ending::Converged);
        close(model.a, parameters[0], 5e-4);
        close(model.b, parameters[1], 5e-4);
        close(peak.log_likelihood, log_likelihood, 0.05);
    }
}
