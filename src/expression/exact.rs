//! Logarithms, exponentials, sines and cosines of operations that have one result on every
//! engine.
//!
//! A query that calls a function of the databases' own gets layers below the calling one in
//! which the function is made of `+ - * /`, comparisons and `CASE`:
//!
//! - `ln z`, z > 0: 1/z where z < 1, then `z = 2^e m` with `m` from 1/sqrt 2 to sqrt 2 by
//!   comparison with powers of two, `f = (m - 1) / (m + 1)`, and
//!   `ln z = e ln 2 + 2 (f + f^3/3 + f^5/5 + .. + f^21/21)`; what is left out is below
//!   2^-55 of the largest `2f`. `ln 2` is a sum of two numbers, of which e times the larger
//!   is exact.
//! - `asinh y = sign y ln(|y| + sqrt(y^2 + 1))`, `ln |y| + ln 2` beyond 1e8.
//! - `exp x`, x held from -686 to 709: `q` the whole number nearest to `x / ln 2`,
//!   `r = x - q ln 2` by the two parts of `ln 2`, the Taylor series of `exp r` to the 13th
//!   power, times `2^q` by comparison in two steps. Below -686 it is 1e-298, beyond 709
//!   8e307.
//! - `sin t` and `cos t`, t from -pi to pi: less the nearest multiple of pi/2, then the
//!   Taylor series to the 17th and 18th power.
//! - rounding to the nearest whole number, halves away from 0, by the fixed point.
//!
//! # Limits
//!
//! `ln` is within 4e-16 (1 + |ln z|) of the truth, sines and cosines within 2e-16; near
//! `z = 1`, where `z` itself was rounded, that is an absolute error. `exp` is within 4e-16 of
//! the truth, relative to it.
//!
//! # References
//!
//! Muller, J.-M. (2016). Elementary Functions, 3rd edition, sections 11.2 and 13.3: range
//! reduction with a constant in two parts, the series of the inverse hyperbolic tangent.

use std::collections::BTreeSet;

use super::evaluate::EvaluateError;
use super::layers::{Layer, Named, Query};
use super::tree::{Expr, Function};

/// ln 2, of 32 bits, and the rest.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
/// Between these `exp` is computed and no step of it leaves the normal numbers; what lies
/// outside counts as the nearer of them.
const EXP: [f64; 2] = [-686.0, 709.0];
/// pi/2, of 33 bits, and the rest.
const HALF_PI: [f64; 2] = [1.570_796_326_734_125_6, 6.077_100_506_506_192e-11];

/// Whether every engine computes the query and `last` alike.
#[must_use]
pub fn is_exact(query: &Query, last: &[Expr]) -> bool {
    let layers = query.layers().iter().flat_map(|layer| &layer.columns);
    !layers.map(|(_, expr)| expr).chain(last).any(|expr| !calls(expr).is_empty())
}

/// The query with functions of the databases' own made of exact operations.
///
/// # Errors
///
/// A function of a column of the table itself, which has no bounds.
pub fn rewrite(query: &Query) -> Result<Query, EvaluateError> {
    let mut written = Query::new(query.id());
    let mut n = 0;
    for (at, layer) in query.layers().iter().enumerate() {
        let mut columns = layer.columns.clone();
        loop {
            let mut found: Vec<(Function, Expr)> = Vec::new();
            for call in columns.iter().flat_map(|(_, expr)| calls(expr)) {
                if !found.contains(&call) {
                    found.push(call);
                }
            }
            let Some((function, _)) = found.first() else { break };
            if at == 0 {
                return Err(EvaluateError::Inexact { what: function.name() });
            }
            let mut steps = Steps::on(&columns);
            for (function, argument) in found {
                n += 1;
                let value = steps.made(function, &argument, n);
                for (_, expr) in &mut columns {
                    replace(expr, function, &argument, &value);
                }
            }
            for layer in steps.layers(n) {
                written.layer(&layer.name, layer.columns);
            }
        }
        written.layer(&layer.name, columns);
    }
    Ok(written)
}

/// The innermost calls of functions that engines compute differently.
fn calls(expr: &Expr) -> Vec<(Function, Expr)> {
    let mut found = Vec::new();
    expr.each_call(&mut |function, argument| {
        if !matches!(function, Function::Abs | Function::Sqrt) && calls(argument).is_empty() {
            found.push((function, argument.clone()));
        }
    });
    found
}

fn replace(expr: &mut Expr, function: Function, argument: &Expr, value: &Expr) {
    expr.change(&mut |expr| {
        if matches!(expr, Expr::Call(f, x) if *f == function && **x == *argument) {
            *expr = value.clone();
        }
    });
}

/// How many layers a function takes.
const DEPTH: usize = 6;

/// The layers below one that calls functions.
struct Steps {
    handed_on: Vec<Named>,
    own: [Vec<Named>; DEPTH],
}

impl Steps {
    /// Layers that hand on what `columns` stand on.
    fn on(columns: &[Named]) -> Self {
        let mut names = BTreeSet::new();
        for (_, expr) in columns {
            expr.uses(None, &mut |name, _| {
                names.insert(name.to_owned());
            });
        }
        let handed_on = names.into_iter().map(|name| (name.clone(), Expr::Column(name))).collect();
        Self { handed_on, own: Default::default() }
    }

    /// Adds a column to a layer and to those above it.
    fn put(&mut self, layer: usize, name: String, value: Expr) -> Expr {
        for above in &mut self.own[layer + 1..] {
            above.push((name.clone(), Expr::Column(name.clone())));
        }
        self.own[layer].push((name.clone(), value));
        Expr::Column(name)
    }

    fn layers(self, n: usize) -> impl Iterator<Item = Layer> {
        let Self { handed_on, own } = self;
        own.into_iter().enumerate().map(move |(at, own)| Layer {
            name: format!("kohort_exact_{n}_{}", at + 1),
            columns: handed_on.iter().cloned().chain(own).collect(),
        })
    }

    /// The columns that make a function of an argument, and its value.
    fn made(&mut self, function: Function, argument: &Expr, n: usize) -> Expr {
        let name = |letter: &str| format!("kohort_{letter}{n}");
        match function {
            Function::Ln => {
                let below = argument.clone().is("<", 1.0);
                let up = Expr::Number(1.0).over(argument.clone());
                let z = Expr::case(vec![(below.clone(), up)], argument.clone());
                let sign = Expr::case(vec![(below, Expr::Number(-1.0))], Expr::Number(1.0));
                self.signed_log(z, sign, Expr::Number(0.0), n)
            }
            Function::Asinh => {
                let size = || argument.clone().call(Function::Abs);
                let is_large = || size().is(">", 1e8);
                let root = size().square().plus(Expr::Number(1.0)).call(Function::Sqrt);
                let z = Expr::case(vec![(is_large(), size())], size().plus(root));
                // Where the root is y itself: ln 2 more than ln y.
                let double = vec![(is_large(), Expr::Number(std::f64::consts::LN_2))];
                let below = argument.clone().is("<", 0.0);
                let sign = Expr::case(vec![(below, Expr::Number(-1.0))], Expr::Number(1.0));
                self.signed_log(z, sign, Expr::case(double, Expr::Number(0.0)), n)
            }
            Function::Exp => self.exponential(argument, n),
            Function::Sin | Function::Cos => {
                let t = argument.clone();
                let eighth = std::f64::consts::FRAC_PI_4;
                let cases = [(-3.0, -2.0), (-1.0, -1.0), (1.0, 0.0), (3.0, 1.0)];
                let cases =
                    cases.map(|(cut, q)| (t.clone().is("<=", cut * eighth), Expr::Number(q)));
                // NULL is in no eighth, and less NULL.
                let turns = Expr::case(cases.into(), Expr::Number(2.0));
                let q = self.put(0, name("q"), turns);
                let t = self.put(0, name("t"), t);
                let [high, low] = HALF_PI.map(|part| q.clone().times(Expr::Number(part)));
                let r = self.put(1, name("r"), t.minus(high).minus(low));
                let s = self.put(2, name("s"), r.clone().square());
                let sine = self.put(3, name("u"), r.times(series(&s, 1)));
                let cosine = self.put(3, name("v"), series(&s, 0));
                let minus = |x: Expr| Expr::Number(0.0).minus(x);
                let [even, odd, minus_odd] = match function {
                    Function::Sin => [sine, cosine.clone(), minus(cosine)],
                    _ => [cosine, minus(sine.clone()), sine],
                };
                let cases = vec![
                    (q.clone().is("=", 0.0), even.clone()),
                    (q.clone().is("=", 1.0), odd),
                    (q.is("=", -1.0), minus_odd),
                ];
                self.put(4, name("w"), Expr::case(cases, minus(even)))
            }
            Function::Round => {
                let fixed = |x: Expr| Expr::Fixed(Box::new(x), 0);
                let zero = || Expr::Number(0.0);
                let below = zero().minus(fixed(zero().minus(argument.clone())));
                let cases = vec![(argument.clone().is("<", 0.0), below)];
                self.put(0, name("w"), Expr::case(cases, fixed(argument.clone())))
            }
            Function::Abs | Function::Sqrt => argument.clone().call(function),
        }
    }

    /// A sign times the sum of the logarithm of z, at least 1, and some more.
    fn signed_log(&mut self, z: Expr, sign: Expr, more: Expr, n: usize) -> Expr {
        let name = |letter: &str| format!("kohort_{letter}{n}");
        let z = self.put(0, name("z"), z);
        let sign = self.put(0, name("g"), sign);
        let more = self.put(0, name("p"), more);
        // By 32 doublings at a time, then one by one; the cuts lie at sqrt 2 times a power. The
        // usual numbers are small, so the lowest cut is asked first.
        let wide: Vec<(f64, i32)> = (1..32).map(|j| (power(32 * j), 32 * (j - 1))).collect();
        let fine: Vec<(f64, i32)> =
            (0..32).map(|e| (std::f64::consts::SQRT_2 * power(e), e)).collect();
        let wide = |of: &dyn Fn(i32) -> Expr| lookup(&z, &wide, 992, of);
        let down = |e: i32| Expr::Number(power(-e));
        let m = z.clone().times(wide(&down));
        let e = wide(&count);
        let m = self.put(1, name("m"), m);
        let e = self.put(1, name("e"), e);
        let fine = |of: &dyn Fn(i32) -> Expr| lookup(&m, &fine, 32, of);
        let m2 = m.clone().times(fine(&down));
        let e2 = e.plus(fine(&count));
        let m = self.put(2, name("n"), m2);
        let e = self.put(2, name("f"), e2);
        let ratio = m.clone().less(1.0).over(m.plus(Expr::Number(1.0)));
        let f = self.put(3, name("h"), ratio);
        let s = self.put(4, name("s"), f.clone().square());
        let odd = (0..=10).rev().map(|j| Expr::Number(1.0 / f64::from(2 * j + 1)));
        let series = horner(odd, &s);
        let [high, low] = LN_2.map(|part| e.clone().times(Expr::Number(part)));
        let log = high.plus(f.scaled(2.0).times(series).plus(low));
        self.put(5, name("w"), sign.times(log.plus(more)))
    }

    /// The exponential function.
    fn exponential(&mut self, argument: &Expr, n: usize) -> Expr {
        let name = |letter: &str| format!("kohort_{letter}{n}");
        let [low, high] = EXP;
        let held = vec![
            (argument.clone().is("<", low), Expr::Number(low)),
            (argument.clone().is(">", high), Expr::Number(high)),
        ];
        let t = self.put(0, name("t"), Expr::case(held, argument.clone()));
        let doublings = t.clone().times(Expr::Number(std::f64::consts::LOG2_E));
        let q = self.put(1, name("q"), Expr::Fixed(Box::new(doublings), 0));
        let [more, less] = LN_2.map(|part| q.clone().times(Expr::Number(part)));
        let r = self.put(2, name("r"), t.minus(more).minus(less));
        // By 32 doublings at a time, then one by one. Probabilities ask for small numbers, and
        // of whole numbers each lies at a cut or above it.
        let wide: Vec<(f64, i32)> = (-30..32).map(|j| (f64::from(32 * j), 32 * (j - 1))).collect();
        let wide = |of: &dyn Fn(i32) -> Expr| lookup(&q, &wide, 992, of);
        let up = |e: i32| Expr::Number(power(e));
        let tens = self.put(2, name("m"), wide(&up));
        let rest = self.put(2, name("e"), q.clone().minus(wide(&count)));
        let fine: Vec<(f64, i32)> = (0..31).map(|e| (f64::from(e + 1), e)).collect();
        let ones = self.put(3, name("n"), lookup(&rest, &fine, 31, &up));
        let taylor = (0..=13).rev().map(|j| Expr::Number(1.0 / factorial(j)));
        let series = self.put(3, name("h"), horner(taylor, &r));
        // No product of them leaves the normal numbers, so that only the series is rounded.
        self.put(4, name("w"), series.times(ones).times(tens))
    }
}

/// A power of two.
fn power(e: i32) -> f64 {
    libm::ldexp(1.0, e)
}

/// A whole number.
fn count(e: i32) -> Expr {
    Expr::Number(f64::from(e))
}

/// What belongs to the first cut that x lies below, or to the last.
fn lookup(x: &Expr, cuts: &[(f64, i32)], last: i32, of: &dyn Fn(i32) -> Expr) -> Expr {
    let cases = cuts.iter().map(|&(cut, e)| (x.clone().is("<", cut), of(e)));
    Expr::case(cases.collect(), of(last))
}

fn factorial(n: u32) -> f64 {
    (1..=n).map(f64::from).product()
}

/// The Taylor series of the cosine (0) or, without its first factor, of the sine (1).
fn series(s: &Expr, odd: u32) -> Expr {
    let coefficients = (0..=9 - odd).rev().map(|j| {
        let sign = if j % 2 == 0 { 1.0 } else { -1.0 };
        Expr::Number(sign / factorial(2 * j + odd))
    });
    horner(coefficients, s)
}

/// A polynomial by Horner, from its last coefficient to its first.
fn horner(mut coefficients: impl Iterator<Item = Expr>, s: &Expr) -> Expr {
    let top = coefficients.next().unwrap_or(Expr::Number(0.0));
    coefficients.fold(top, |sum, c| sum.times(s.clone()).plus(c))
}
