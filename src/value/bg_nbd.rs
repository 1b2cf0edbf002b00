//! BG/NBD and MBG/NBD: customers order at constant rates that differ, and may leave for good
//! after an order.
//!
//! While active, orders are Poisson at rate lambda ~ gamma(r, alpha), alpha in days. After
//! each order the customer leaves with probability p ~ beta(a, b): in BG/NBD after each
//! repeat order, in MBG/NBD after the first as well. With m = x (BG) or x + 1 (MBG):
//!
//! `L = (r)_x alpha^r (b)_m / (a+b)_m { (alpha+T)^-(r+x) + a/(b+m-1) (alpha+t_x)^-(r+x) }`
//!
//! with `(y)_n = y (y+1) ... (y+n-1)`; the second term is absent where m = 0. All gamma
//! functions are of whole distances, so that they are running sums; the logarithms depend
//! on whole days, so that they are tables.
//!
//! - P(active at the cut-off) = the first term's share of the braces. BG/NBD gives 1 to every
//!   customer without a repeat order: it cannot have left. It is no probability of leaving.
//! - P(no order in H days) = 1 - P(active) (1 - ((alpha+T) / (alpha+T+H))^(r+x)).
//! - Expected occasions in H days = P(active) sum over k of NB(k) D(k), where NB is the
//!   negative binomial number of orders of somebody who never leaves, with shape r+x and
//!   odds H/(alpha+T), and D(k) = sum over j < k of (b+m)_j/(a+b+m)_j, the expected number
//!   made before leaving. This equals the published form with the Gaussian hypergeometric
//!   function, but has positive terms only: nothing cancels at a near 1 or b in the
//!   millions.
//!
//! # Limits and cost
//!
//! One evaluation costs one exponential per distinct history; a fit takes about ten.
//! Where nobody seems to leave, a runs to 0 or b to infinity together: compare with
//! [`super::Nbd`], as [`super::FIND_DROPOUT`] says. Rates are constant in time: no season.
//!
//! # References
//!
//! Fader, Hardie, Lee (2005), "Counting your customers" the easy way, Marketing Science
//! 24(2), equations 3, 6 and 10; Batislam, Denizel, Filiztekin (2007), Empirical validation
//! and comparison of models for customer base analysis, International Journal of Research
//! in Marketing 24(3), section 2 (dropout after the first order).

use super::newton::{Ending, Peak, Slope, climb};
use super::sums::{Rising, in_pieces};
use super::{Compressed, History, Nbd};

/// After which orders a customer may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// After every repeat order: BG/NBD.
    AfterRepeats,
    /// After every order, the first as well: MBG/NBD.
    AfterAny,
}

/// A fitted model; alpha is in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BgNbd {
    /// After which orders a customer may leave.
    pub leaving: Leaving,
    /// Shape of the rates.
    pub r: f64,
    /// Scale of the rates, days; a seventh of it is the scale in weeks.
    pub alpha: f64,
    /// First shape of the probability of leaving.
    pub a: f64,
    /// Second shape.
    pub b: f64,
}

impl BgNbd {
    /// Fits r, alpha, a, b, in this order. `start` is the fit of [`Nbd`] to the same sample.
    #[must_use]
    pub fn fit(sample: &Compressed, leaving: Leaving, start: &Nbd) -> (Self, Peak<4>) {
        let of = |parameters: [f64; 4]| Self::of(leaving, parameters);
        let from = |a: f64, b: f64| {
            climb([start.r, start.alpha, a, b], |parameters| of(parameters).slope(sample))
        };
        let mut peak = from(1.0, 2.0);
        if peak.ending != Ending::Converged {
            // Perhaps almost nobody leaves.
            let other = from(0.05, 5.0);
            if other.ending == Ending::Converged || other.log_likelihood > peak.log_likelihood {
                peak = other;
            }
        }
        (of(peak.parameters), peak)
    }

    /// The model with the parameters r, alpha, a, b.
    #[must_use]
    pub fn of(leaving: Leaving, [r, alpha, a, b]: [f64; 4]) -> Self {
        Self { leaving, r, alpha, a, b }
    }

    /// Orders after which the customer could have left.
    fn chances(&self, repeats: u32) -> u32 {
        match self.leaving {
            Leaving::AfterRepeats => repeats,
            Leaving::AfterAny => repeats + 1,
        }
    }

    /// The log-likelihood, times in days. In weeks it is larger by ln 7 for every repeat
    /// order of the sample.
    #[must_use]
    pub fn log_likelihood(&self, sample: &Compressed) -> f64 {
        self.slope(sample).value
    }

    /// ln of the second term of the braces over the first; -inf where there is none.
    fn log_odds_left(&self, history: History) -> f64 {
        let m = self.chances(history.repeats);
        if m == 0 {
            return f64::NEG_INFINITY;
        }
        let silent = f64::from(history.days_since_last());
        let exposed = self.alpha + f64::from(history.first_to_last_days);
        libm::log(self.a / (self.b + f64::from(m) - 1.0))
            + (self.r + f64::from(history.repeats)) * libm::log1p(silent / exposed)
    }

    /// P(active at the cut-off), 0..1.
    #[must_use]
    pub fn active(&self, history: History) -> f64 {
        1.0 / (1.0 + libm::exp(self.log_odds_left(history)))
    }

    /// P(no order in the next `days`), 0..1.
    #[must_use]
    pub fn no_order(&self, history: History, days: f64) -> f64 {
        let exposed = self.alpha + f64::from(history.observed_days);
        let shape = self.r + f64::from(history.repeats);
        1.0 + self.active(history) * libm::expm1(-shape * libm::log1p(days / exposed))
    }

    /// Expected occasions in the next `days`, 0 or more.
    #[must_use]
    pub fn expected(&self, history: History, days: f64) -> f64 {
        self.active(history) * self.expected_if_active(history, days)
    }

    /// Expected occasions in the next `days` of somebody who is active at the cut-off.
    fn expected_if_active(&self, history: History, days: f64) -> f64 {
        let shape = self.r + f64::from(history.repeats);
        let odds = days / (self.alpha + f64::from(history.observed_days));
        let z = odds / (1.0 + odds);
        let stay = self.b + f64::from(self.chances(history.repeats));
        // NB(k) up to a factor that its own sum takes out; D(k); the probability of
        // staying through k orders.
        let (mut weight, mut made, mut stays) = (1.0, 0.0, 1.0);
        let (mut total, mut sum) = (0.0, 0.0);
        for k in 0..LONGEST {
            let step = f64::from(k);
            total += weight;
            sum += weight * made;
            made += stays;
            stays *= (stay + step) / (self.a + stay + step);
            let ratio = (shape + step) / (step + 1.0) * z;
            weight *= ratio;
            // The rest is at most a geometric series: D(k) grows by at most 1 a step.
            if ratio < 1.0 {
                let rest = weight / (1.0 - ratio);
                if rest * (made + 1.0 / (1.0 - ratio)) < 1e-13 * sum {
                    break;
                }
            }
            if total > 1e200 {
                (weight, total, sum) = (weight * 1e-200, total * 1e-200, sum * 1e-200);
            }
        }
        sum / total
    }

    /// The log-likelihood with its derivatives by the logarithms of the parameters.
    #[must_use]
    pub fn slope(&self, sample: &Compressed) -> Slope<4> {
        let (r, alpha, a, b) = (self.r, self.alpha, self.a, self.b);
        let most = sample.most_repeats() as usize;
        let tables = Tables {
            model: *self,
            rates: Rising::new(r, most),
            stays: Rising::new(b, most + 1),
            both: Rising::new(a + b, most + 1),
            days: (0..=sample.most_days())
                .map(|day| {
                    let exposed = alpha + f64::from(day);
                    (libm::log(exposed), 1.0 / exposed)
                })
                .collect(),
        };
        let mut sum = in_pieces(sample.histories().len(), |range| tables.add_up(sample, range));
        let log = libm::log(alpha);
        let mut base = Slope::zero();
        base.value = r * log;
        base.gradient[0] = log;
        base.gradient[1] = r / alpha;
        base.hessian[0][1] = 1.0 / alpha;
        base.hessian[1][0] = 1.0 / alpha;
        base.hessian[1][1] = -r / (alpha * alpha);
        sum.add(sample.n_customers() as f64, &base);
        sum.by_logarithm([r, alpha, a, b])
    }
}

/// No forecast adds up more orders of one customer.
const LONGEST: u32 = 2_000_000;

/// What one evaluation looks up.
struct Tables {
    model: BgNbd,
    rates: Rising,
    stays: Rising,
    both: Rising,
    /// `ln(alpha + day)` and `1 / (alpha + day)`.
    days: Vec<(f64, f64)>,
}

impl Tables {
    fn add_up(&self, sample: &Compressed, range: std::ops::Range<usize>) -> Slope<4> {
        let mut sum = Slope::zero();
        let (histories, weights) = (&sample.histories()[range.clone()], &sample.weights()[range]);
        // Equal repeats are neighbours: what depends on them alone is added once.
        let pairs: Vec<(History, u32)> =
            histories.iter().copied().zip(weights.iter().copied()).collect();
        for same in pairs.chunk_by(|a, b| a.0.repeats == b.0.repeats) {
            let repeats = same[0].0.repeats;
            let mut weight = 0.0;
            let m = self.model.chances(repeats);
            let later = self.model.b + f64::from(m) - 1.0;
            let ratio = if m > 0 { self.model.a / later } else { 0.0 };
            let log_ratio = libm::log(ratio);
            for &(history, count) in same {
                let count = f64::from(count);
                weight += count;
                self.add_one(&mut sum, count, history, log_ratio, m);
            }
            sum.add(weight, &self.by_repeats(repeats));
        }
        sum
    }

    /// The part that depends on the repeats alone.
    fn by_repeats(&self, repeats: u32) -> Slope<4> {
        let m = self.model.chances(repeats) as usize;
        let rates = self.rates.at[repeats as usize];
        let (stays, both) = (self.stays.at[m], self.both.at[m]);
        let mut part = Slope::zero();
        part.value = rates[0] + stays[0] - both[0];
        part.gradient = [rates[1], 0.0, -both[1], stays[1] - both[1]];
        part.hessian[0][0] = rates[2];
        part.hessian[2][2] = -both[2];
        part.hessian[2][3] = -both[2];
        part.hessian[3][2] = -both[2];
        part.hessian[3][3] = stays[2] - both[2];
        part
    }

    /// The braces: a mixture of being active (first term) and having left (second).
    fn add_one(&self, sum: &mut Slope<4>, count: f64, history: History, log_ratio: f64, m: u32) {
        let shape = self.model.r + f64::from(history.repeats);
        let (log_t, inverse_t) = self.days[history.observed_days as usize];
        let stay = [-log_t, -shape * inverse_t];
        if m == 0 {
            sum.value += count * -shape * log_t;
            sum.gradient[0] += count * stay[0];
            sum.gradient[1] += count * stay[1];
            sum.hessian[0][1] -= count * inverse_t;
            sum.hessian[1][0] -= count * inverse_t;
            sum.hessian[1][1] += count * shape * inverse_t * inverse_t;
            return;
        }
        let (log_x, inverse_x) = self.days[history.first_to_last_days as usize];
        let e = libm::exp(-(log_ratio + shape * (log_t - log_x)).abs());
        let more = log_ratio + shape * (log_t - log_x);
        // q: the probability of having left.
        let q = if more > 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) };
        let stays = 1.0 - q;
        let place = 1.0 / (self.model.b + f64::from(m) - 1.0);
        let left = [-log_x, -shape * inverse_x, 1.0 / self.model.a, -place];
        let d = [left[0] - stay[0], left[1] - stay[1], left[2], left[3]];
        sum.value += count * (-shape * log_t + more.max(0.0) + libm::log1p(e));
        let spread = count * q * stays;
        for i in 0..4 {
            let base = if i < 2 { stay[i] } else { 0.0 };
            sum.gradient[i] += count * (base + q * d[i]);
            for j in 0..4 {
                sum.hessian[i][j] += spread * d[i] * d[j];
            }
        }
        let cross = -count * (stays * inverse_t + q * inverse_x);
        sum.hessian[0][1] += cross;
        sum.hessian[1][0] += cross;
        sum.hessian[1][1] +=
            count * shape * (stays * inverse_t * inverse_t + q * inverse_x * inverse_x);
        sum.hessian[2][2] -= count * q * left[2] * left[2];
        sum.hessian[3][3] += count * q * place * place;
    }
}
