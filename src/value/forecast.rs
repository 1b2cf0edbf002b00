//! What is expected of each customer over the horizon, from orders alone, by the way to
//! forecast that did best on the last horizon.
//!
//! - P(no order) over the horizon after the as-of day: the churn probability of a shop.
//!   It is not 1 - P(active), which cannot be compared with anything that happens.
//! - Expected orders E: days with an order.
//! - Value if kept `V = margin x amount x E / (1 - p)`: the value given that the customer
//!   orders at least once. Expected value `V (1 - p)` is then margin x amount x E, and
//!   value at risk `V p`, for active customers only: the money of people long gone is
//!   lost, not at risk.
//!
//! # References
//!
//! Fader, Hardie, Lee (2005), Journal of Marketing Research 42(4) (orders x amount).

use super::amounts::{AmountWay, Amounts};
use super::back_test::{BackTest, Way, run};
use super::candidates::{Ready, Stand, first_day};
use super::params::{InactiveDays, Population};
use super::silence::{RETURNING, Silence, is_active};
use super::summary::{curve, findings, totals, tracking};
use super::{History, NoForecast, Summary, alive, retention};
use crate::day::Day;
use crate::finding::Finding;
use crate::orders::Histories;
use crate::results::SCHEMA;
use crate::results::value::{self as shown, AliveGrid, ModelFit, ValueResults};

/// The longest horizon that is chosen unasked.
const LONGEST: u32 = 365;
/// No forecast is for fewer days.
const SHORTEST: u32 = 7;
/// With fewer customers at the cut-off nothing is compared.
const LEAST: usize = 50;

/// What to forecast.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The orders.
    pub orders: &'a Histories,
    /// The horizon in days; `None` to find one out.
    pub horizon_days: Option<u32>,
    /// The back-test's cut-off; `None` for the horizon before the as-of day.
    pub cut_off: Option<Day>,
    /// Who is at risk.
    pub population: Population,
    /// After how many days a customer is inactive.
    pub inactive_days: InactiveDays,
    /// The share of an amount that is profit.
    pub margin: f64,
    /// Cells below this many customers are withheld.
    pub min_cell: usize,
}

/// A forecast with its evidence. One entry per customer of the orders.
#[derive(Debug)]
pub struct Forecast {
    /// The horizon in days.
    pub horizon_days: u32,
    /// P(no order in the horizon), 0..1.
    pub no_order: Vec<f64>,
    /// Expected days with an order.
    pub expected_orders: Vec<f64>,
    /// Value if the customer orders at all; `None` without money.
    pub if_kept: Option<Vec<f64>>,
    /// Expected value; `None` without money.
    pub expected_value: Option<Vec<f64>>,
    /// Who is at risk: has ordered within the inactive days, or everybody.
    pub at_risk: Vec<bool>,
    /// What the back-test's winner said and what happened.
    pub evidence: Evidence,
    /// The finished numbers.
    pub results: ValueResults,
    /// What a reader has to know.
    pub findings: Vec<Finding>,
}

/// The winner's probabilities for the last horizon beside what happened. One entry per
/// customer of the back-test.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The last day that was seen.
    pub cut_off: Day,
    /// The places of the customers in the orders.
    pub customers: Vec<u32>,
    /// P(no order in the horizon).
    pub no_order: Vec<f64>,
    /// Whether there was none.
    pub none: Vec<bool>,
}

impl Evidence {
    fn of(test: &BackTest, way: Way) -> Self {
        Self {
            cut_off: test.cut_off,
            customers: test.customers.clone(),
            no_order: test.said(way).map(|said| said.none.clone()).unwrap_or_default(),
            none: test.ordered.iter().map(|ordered| !ordered).collect(),
        }
    }
}

/// The decisions before anything is fitted.
struct Plan {
    horizon: u32,
    horizon_why: String,
    cut_off: Day,
    inactive: u32,
    inactive_why: String,
    returning: Option<f64>,
}

/// Forecasts.
///
/// # Errors
///
/// Too little happened before the cut-off, or the horizon after it is not over.
pub fn forecast(task: &Task) -> Result<Forecast, NoForecast> {
    let plan = plan(task)?;
    let chosen = |history: History| match task.population {
        Population::Active => is_active(history, plan.inactive),
        Population::All => true,
    };
    let stand = Stand::new(task.orders, task.orders.as_of(), plan.horizon);
    let amounts = Amounts::new(task.orders, &stand.summary);
    let known = (task.orders, amounts.as_ref());
    let mut test = run(known, plan.cut_off, plan.horizon, &chosen, task.min_cell);
    if test.customers.len() < LEAST {
        return Err(format!(
            "only {} customers were there to be forecast on {}, and {LEAST} are needed",
            test.customers.len(),
            plan.cut_off
        )
        .into());
    }
    let Some(winner) = test.winner else {
        return Err("no way to forecast could be fitted".to_owned().into());
    };
    let (way, ready, fit) = settle(&stand, winner, &test)?;
    test.choose(way);
    let predicted = stand.predict(&ready);
    let amount_way = test.money.as_ref().map(|money| money.way);
    let expected = amounts.as_ref().zip(amount_way);
    let expected = expected.and_then(|(amounts, way)| amounts.expected(way).ok());
    let alive = alive(&stand, way, &ready, task.min_cell);
    let no_order: Vec<f64> = predicted.iter().map(|(none, _)| none.clamp(0.0, 1.0)).collect();
    let expected_orders: Vec<f64> = predicted.iter().map(|&(_, expected)| expected).collect();
    let if_kept = expected.map(|amounts| {
        let one = |at: usize| task.margin * amounts[at] * if_any(expected_orders[at], no_order[at]);
        (0..no_order.len()).map(one).collect::<Vec<f64>>()
    });
    let expected_value = if_kept.as_ref().map(|kept| {
        kept.iter().zip(&no_order).map(|(&kept, &p)| super::expected(kept, p)).collect()
    });
    let at_risk: Vec<bool> = stand.summary.histories.iter().map(|&h| chosen(h)).collect();
    let evidence = Evidence::of(&test, way);
    let made = Made { plan, test, way, fit, amounts, amount_way, stand: &stand };
    let mut results = gather(task, &made);
    let money = (if_kept.as_deref(), expected_value.as_deref());
    results.totals = totals(&expected_orders, money.0, money.1, &at_risk, task.min_cell);
    results.alive = alive;
    results.concentration = money.1.map_or_else(Vec::new, |value| curve(value, task.min_cell));
    let findings = findings(&results);
    Ok(Forecast {
        horizon_days: made.plan.horizon,
        no_order,
        expected_orders,
        if_kept,
        expected_value,
        at_risk,
        evidence,
        results,
        findings,
    })
}

/// How sure it is that customers are still active, by the model in use or by BG/NBD.
fn alive(stand: &Stand, way: Way, ready: &Ready, min_cell: usize) -> Option<AliveGrid> {
    let histories = &stand.summary.histories;
    alive::grid(ready, way.name(), histories, min_cell).or_else(|| {
        let other = stand.candidate(Way::BgNbd);
        let ready = other.ready.filter(|_| other.refused.is_none())?;
        alive::grid(&ready, Way::BgNbd.name(), histories, min_cell)
    })
}

/// Expected orders given that there is one: never below 1.
fn if_any(expected: f64, none: f64) -> f64 {
    let any = 1.0 - none;
    if any < 1e-9 { 1.0 } else { (expected / any).max(1.0) }
}

/// The horizon, the cut-off and what inactive means.
fn plan(task: &Task) -> Result<Plan, NoForecast> {
    let as_of = task.orders.as_of();
    let Some(first) = first_day(task.orders) else {
        return Err("there are no orders".to_owned().into());
    };
    let history = as_of.since_epoch().abs_diff(first);
    let (horizon, horizon_why) = match task.horizon_days {
        Some(days) => (days, format!("{days} days, as configured")),
        None if history < 3 * SHORTEST => (history / 3, String::new()),
        None => {
            let days = (history / 3).min(LONGEST);
            let why =
                format!("{days} days: a third of the {history} days of history, {LONGEST} at most");
            (days, why)
        }
    };
    if horizon < SHORTEST {
        return Err(format!(
            "the orders cover {history} days, too few to hold out a period of {SHORTEST} days"
        )
        .into());
    }
    let latest = Day::from_epoch(as_of.since_epoch() - horizon as i32)
        .map_err(|_| "the horizon reaches before the calendar".to_owned())?;
    let cut_off = task.cut_off.unwrap_or(latest);
    if cut_off > latest {
        return Err(NoForecast::NotObserved { horizon, cut_off, as_of });
    }
    if cut_off.since_epoch() - first < (horizon / 3).max(1) as i32 {
        return Err(format!(
            "the orders begin {history} days before {as_of}, too late to hold out a horizon of {horizon} days and learn from what is before it"
        ).into());
    }
    let silence = Silence::of(task.orders, cut_off.since_epoch());
    let (inactive, inactive_why) = match task.inactive_days {
        InactiveDays::Days(days) => (days, format!("{days} days, as configured")),
        InactiveDays::Rule(_) => match silence.shortest() {
            Some(days) => (
                days,
                format!(
                    "{days} days: the shortest silence after which at most {:.0} % return within as long again",
                    RETURNING * 100.0
                ),
            ),
            None => (
                horizon,
                format!("{horizon} days, the horizon: no silence that was seen is long enough"),
            ),
        },
    };
    let returning = silence.returning(inactive);
    Ok(Plan { horizon, horizon_why, cut_off, inactive, inactive_why, returning })
}

/// The winner fitted to everything; the next best where it cannot be.
fn settle(
    stand: &Stand,
    winner: Way,
    test: &BackTest,
) -> Result<(Way, Ready, Option<ModelFit>), String> {
    let mut ways: Vec<(f64, Way)> = Way::ALL
        .into_iter()
        .zip(&test.rows)
        .filter(|(_, row)| row.refused.is_none())
        .filter_map(|(way, row)| Some((row.log_loss?, way)))
        .collect();
    ways.sort_by(|a, b| a.0.total_cmp(&b.0));
    let order = std::iter::once(winner).chain(ways.into_iter().map(|(_, way)| way));
    for way in order {
        let candidate = stand.candidate(way);
        if let (Some(ready), None) = (candidate.ready, candidate.refused) {
            return Ok((way, ready, candidate.fit));
        }
    }
    Err("no way to forecast could be fitted to all orders".to_owned())
}

/// Everything that was made on the way.
struct Made<'a> {
    plan: Plan,
    test: BackTest,
    way: Way,
    fit: Option<ModelFit>,
    amounts: Option<Amounts>,
    amount_way: Option<AmountWay>,
    stand: &'a Stand<'a>,
}

fn gather(task: &Task, made: &Made) -> ValueResults {
    let (plan, test, summary) = (&made.plan, &made.test, &made.stand.summary);
    let active = |summary: &Summary| {
        summary.histories.iter().filter(|h| is_active(**h, plan.inactive)).count() as u64
    };
    let mut fits = test.fits.clone();
    fits.extend(made.fit.clone());
    fits.extend(made.amounts.as_ref().and_then(|amounts| gamma_fit(amounts, summary)));
    ValueResults {
        computed: true,
        schema: SCHEMA,
        horizon_days: plan.horizon,
        horizon_why: plan.horizon_why.clone(),
        customers: summary.n_customers() as u64,
        inactive_days: plan.inactive,
        inactive_why: plan.inactive_why.clone(),
        returning: plan.returning,
        active: active(summary),
        reactivated: reactivated(task, plan),
        model: made.way.name().to_owned(),
        model_why: why(made),
        amount: made.amount_way.map(|way| way.told().to_owned()),
        dependence: made.amounts.as_ref().and_then(|amounts| amounts.dependence),
        fits,
        back_test: shown::BackTest {
            cut_off: test.cut_off.to_string(),
            customers: test.customers.len() as u64,
            population: match task.population {
                Population::Active => "active".to_owned(),
                Population::All => "all".to_owned(),
            },
            judged_by:
                "mean log-loss of ordering at all in the held-out period; of those within one \
                standard error of the smallest, the first of the table"
                    .to_owned(),
            rows: test.rows.clone(),
            amounts: test.money.as_ref().map_or_else(Vec::new, |money| money.rows.clone()),
            by_spend: test.by_spend(made.way, task.min_cell),
        },
        totals: shown::ValueTotals::default(),
        concentration: Vec::new(),
        alive: None,
        tracking: tracking(task.orders, made.stand),
        retention: retention::retention(task.orders, task.min_cell),
    }
}

fn gamma_fit(amounts: &Amounts, summary: &Summary) -> Option<ModelFit> {
    let (model, peak) = amounts.gamma_gamma.as_ref()?;
    Some(ModelFit {
        model: "Gamma-Gamma".to_owned(),
        until: summary.cut_off.to_string(),
        customers: amounts.n_spending as u64,
        distinct: amounts.n_spending as u64,
        names: ["p", "q", "v"].map(str::to_owned).to_vec(),
        parameters: vec![model.p, model.q, model.v],
        errors: peak.errors.map_or_else(Vec::new, |errors| errors.to_vec()),
        log_likelihood: peak.log_likelihood,
        gain_over_nbd: None,
        leaving_is_visible: None,
        converged: peak.ending == super::newton::Ending::Converged,
        steps: peak.steps as u64,
    })
}

fn why(made: &Made) -> String {
    let row = made.test.rows.iter().find(|row| row.model == made.way.name());
    let loss = row.and_then(|row| row.log_loss).unwrap_or(f64::NAN);
    let refused: Vec<&str> = Way::ALL
        .into_iter()
        .zip(&made.test.rows)
        .filter(|(way, row)| way.knows_leaving() && row.refused.is_some())
        .map(|(way, _)| way.name())
        .collect();
    let fall_back = match refused[..] {
        [] => String::new(),
        _ => format!("; it stands in for {}, where no leaving is visible", refused.join(", ")),
    };
    let place = match made.test.winner {
        Some(winner) if winner != made.way => format!(
            "the smallest of those that can be fitted to all orders, as {} cannot",
            winner.name()
        ),
        _ => "the smallest or within one standard error of it".to_owned(),
    };
    format!(
        "a log-loss of {loss:.4} on the {} days after {}, {place}{fall_back}",
        made.plan.horizon, made.test.cut_off
    )
}

/// The share of the lapsed at the cut-off who ordered in the horizon.
fn reactivated(task: &Task, plan: &Plan) -> Option<f64> {
    let summary = Summary::of(task.orders, plan.cut_off);
    let ahead = summary.ahead(task.orders, plan.horizon);
    let lapsed: Vec<bool> = summary
        .histories
        .iter()
        .zip(&ahead)
        .filter(|(history, _)| !is_active(**history, plan.inactive))
        .map(|(_, bought)| bought.occasions > 0)
        .collect();
    let back = lapsed.iter().filter(|back| **back).count();
    (lapsed.len() >= task.min_cell.max(1)).then(|| back as f64 / lapsed.len() as f64)
}
