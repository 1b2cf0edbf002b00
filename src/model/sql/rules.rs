//! Segments that are rules on orders, from the features of orders.

use std::collections::BTreeMap;

use super::{Model, SqlError, read};
use crate::cluster::rules::{AbcBy, AbcCuts, Cuts, RfmCuts, Rhythm, name_of_levels};
use crate::expression::{Expr, Function, Query, Test};

/// Days of a month, on average.
const MONTH: f64 = 30.4375;

/// The code of the class of a customer.
pub(super) fn classes(model: &Model, cuts: &Cuts, query: &mut Query) -> Result<Expr, SqlError> {
    let rule = cuts.rule().column();
    let needed: &[&'static str] = match cuts {
        Cuts::Lifecycle { .. } | Cuts::Loyalty(_) => {
            &["days_since_last_order", "orders", "tenure_days", "first_to_last_days", "gap_days"]
        }
        Cuts::Shopper(cuts) if cuts.discount_share.is_some() => {
            return Err(SqlError::Rule { rule, what: "the discounts of each line" });
        }
        Cuts::Shopper(cuts) if cuts.average_order.is_some() => {
            &["orders", "tenure_days", "average_order_value"]
        }
        Cuts::Shopper(_) => &["orders", "tenure_days"],
        Cuts::Abc(cuts) => &["spend", "orders"][abc_from(cuts)..],
        Cuts::Rfm(cuts) if cuts.spend.is_some() => &["days_since_last_order", "orders", "spend"],
        Cuts::Rfm(_) => &["days_since_last_order", "orders"],
        Cuts::ValueRisk(_) => {
            return Err(SqlError::Rule { rule, what: "the churn model and the forecast of value" });
        }
    };
    if let Cuts::Loyalty(cuts) = cuts
        && (cuts.engagement.is_some() || cuts.feedback.is_some())
    {
        return Err(SqlError::Rule { rule, what: "engagement or feedback of each customer" });
    }
    let mut columns = Vec::new();
    for &column in needed {
        let known = model.schema.columns.iter().find(|known| known.name == column);
        let known = known.ok_or(SqlError::Lacks { rule, column })?;
        columns.push((column.to_owned(), read::number(known)));
    }
    query.layer("kohort_read", columns);
    Ok(match cuts {
        Cuts::Lifecycle { rhythm, shares } => lifecycle(rhythm, *shares),
        Cuts::Loyalty(cuts) => {
            let often = cuts.orders_per_month;
            let mut cases = late(&cuts.rhythm, cuts.shares, [3, 4]);
            cases.push((recent(&cuts.rhythm), Expr::whole(0)));
            cases.extend(often.map(|cut| (often_test(cut), Expr::whole(1))));
            Expr::case(cases, Expr::whole(2))
        }
        Cuts::Shopper(cuts) => {
            let mut cases = Vec::new();
            cases.extend(cuts.orders_per_month.map(|cut| (often_test(cut), Expr::whole(0))));
            let order = || Expr::column("average_order_value");
            cases.extend(cuts.average_order.map(|cut| (order().is("<", cut), Expr::whole(2))));
            Expr::case(cases, Expr::whole(1))
        }
        Cuts::Abc(cuts) => abc(cuts),
        Cuts::Rfm(cuts) => rfm(cuts),
        Cuts::ValueRisk(_) => Expr::Null,
    })
}

/// The segment of a class: its place among those that held a customer at fit.
pub(super) fn segment(code: Expr, kept: &[u8]) -> Expr {
    // The code is an expression of its own columns, so it stands once for each class.
    let place = |class: u8| kept.iter().position(|&other| other == class);
    let Expr::Case(cases, otherwise) = code else { return named(code, &place) };
    let cases = cases.into_iter().map(|(test, code)| (test, named(code, &place))).collect();
    Expr::case(cases, named(*otherwise, &place))
}

fn named(code: Expr, place: &dyn Fn(u8) -> Option<usize>) -> Expr {
    match code {
        Expr::Whole(class) => u8::try_from(class)
            .ok()
            .and_then(place)
            .map_or(Expr::Null, |at| Expr::whole(at as u32 + 1)),
        other => other,
    }
}

/// Where the columns that ABC needs begin in `spend, orders`.
fn abc_from(cuts: &AbcCuts) -> usize {
    usize::from(!cuts.by.contains(&AbcBy::Value))
}

fn column(name: &str) -> Expr {
    Expr::column(name)
}

/// At least two orders, and so many a month.
fn often_test(cut: f64) -> Test {
    let months = column("tenure_days").by(MONTH);
    let months = Expr::case(vec![(months.clone().is("<", 1.0), Expr::Number(1.0))], months);
    Test::All(vec![column("orders").is(">", 1.0), column("orders").over(months).is(">=", cut)])
}

/// The first order lies no more than a middle gap back.
fn recent(rhythm: &Rhythm) -> Test {
    match rhythm.median_days() {
        Some(median) => column("tenure_days").is("<=", median),
        None => column("orders").is(">", 0.0),
    }
}

/// Late and gone with their codes: by whole numbers, as the rule itself.
fn late(rhythm: &Rhythm, [late, gone]: [f64; 2], codes: [u32; 2]) -> Vec<(Test, Expr)> {
    let Some(median) = rhythm.median_days() else { return Vec::new() };
    let own = column("first_to_last_days").plus(Expr::Number(2.0 * median));
    // How many gaps the customer has, and two: their mean is known.
    let gaps = Expr::case(
        vec![(column("gap_days").missing(), Expr::Number(2.0))],
        own.clone().over(column("gap_days")).call(Function::Round),
    );
    let silence = column("days_since_last_order").scaled(median).times(gaps);
    [(gone, codes[1]), (late, codes[0])]
        .into_iter()
        .filter_map(|(share, code)| {
            let length = rhythm.silence_below(share)?;
            let test = Test::Is(silence.clone(), ">=", own.clone().scaled(f64::from(length)));
            Some((test, Expr::whole(code)))
        })
        .collect()
}

fn lifecycle(rhythm: &Rhythm, shares: [f64; 2]) -> Expr {
    let mut cases = late(rhythm, shares, [3, 4]);
    cases.push((column("orders").is("<=", 1.0), Expr::whole(0)));
    cases.push((column("orders").is("=", 2.0), Expr::whole(1)));
    Expr::case(cases, Expr::whole(2))
}

/// The number of the class of one measure, as tests from the first class on.
fn abc_measure(by: AbcBy, edges: &[i64], decimals: u8) -> Vec<Test> {
    let measure = || match by {
        AbcBy::Value => column("spend"),
        AbcBy::Orders => column("orders"),
    };
    let unit = libm::pow(10.0, f64::from(decimals));
    edges.iter().map(|&edge| measure().is(">=", edge as f64 / unit)).collect()
}

fn abc(cuts: &AbcCuts) -> Expr {
    let n_classes = cuts.cuts.len() + 1;
    let mut measures: Vec<Vec<Test>> = Vec::new();
    for ((by, edges), &decimals) in cuts.by.iter().zip(&cuts.edges).zip(&cuts.decimals) {
        measures.push(abc_measure(*by, edges, decimals));
    }
    // Classes in their order: the first test of each measure that holds.
    let mut cases: Vec<(Vec<Test>, usize)> = vec![(Vec::new(), 0)];
    for tests in &measures {
        let mut next = Vec::new();
        for (held, code) in &cases {
            for class in 0..n_classes {
                let mut held = held.clone();
                // The last class is whoever passes no test.
                match tests.get(class) {
                    Some(test) => held.push(test.clone()),
                    None if class + 1 < n_classes => continue,
                    None => {}
                }
                next.push((held, code * n_classes + class));
            }
        }
        cases = next;
    }
    let mut list: Vec<(Test, Expr)> = Vec::new();
    let mut otherwise = Expr::Null;
    for (held, code) in cases {
        let code = Expr::whole(code as u32);
        if held.is_empty() {
            otherwise = code;
        } else {
            list.push((Test::All(held), code));
        }
    }
    Expr::case(list, otherwise)
}

/// The level, 0 to 4, of a score by its edges; `down` where few is best.
fn level(measure: &str, edges: &[f64], down: bool) -> Expr {
    let steps = edges.len() as u32;
    let level = |above: u32| Expr::Number(f64::from((8 * above + steps) / (2 * steps)));
    let mut cases = Vec::new();
    for (at, edge) in edges.iter().enumerate() {
        let bin = at as u32;
        let above = if down { steps - bin } else { bin };
        cases.push((column(measure).is("<", *edge), level(above)));
    }
    Expr::case(cases, level(if down { 0 } else { steps }))
}

fn rfm(cuts: &RfmCuts) -> Expr {
    let whole = |edges: &[i64]| edges.iter().map(|&edge| edge as f64).collect::<Vec<f64>>();
    let unit = libm::pow(10.0, f64::from(cuts.money_decimals));
    let recent = level("days_since_last_order", &whole(&cuts.days_since_last), true);
    let orders = level("orders", &whole(&cuts.orders), false);
    let spend = match &cuts.spend {
        Some(edges) => {
            let edges: Vec<f64> = edges.iter().map(|&edge| edge as f64 / unit).collect();
            level("spend", &edges, false)
        }
        None => orders.clone(),
    };
    let key = recent.scaled(25.0).plus(orders.scaled(5.0)).plus(spend);
    let mut cells: BTreeMap<u8, Vec<Expr>> = BTreeMap::new();
    for key in 0..125_u32 {
        let (recent, orders, spend) = (key / 25, key / 5 % 5, key % 5);
        let name = name_of_levels(recent, orders, spend);
        cells.entry(name).or_default().push(Expr::Number(f64::from(key)));
    }
    let cases = cells.into_iter();
    let cases = cases.map(|(code, keys)| (Test::In(key.clone(), keys), Expr::whole(code.into())));
    Expr::case(cases.collect(), Expr::Null)
}
