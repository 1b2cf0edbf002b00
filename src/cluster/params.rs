//! The `[segments]` table of the config: how segments are found.
//!
//! [`Params`] is what a person writes; [`Params::check`] turns it into a [`Checked`],
//! and only a `Checked` can start a fit.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::auto::Auto;
use super::parts::{self, Pins};
use super::rules::{AbcBy, RfmEdges, Rule, params as rules};
use super::{ClusterError, K, names};

/// The most segments that `k = "auto"` tries in a run.
const AUTO_TO: usize = 8;

/// The method that finds the segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// k-means: compact segments around centres.
    #[default]
    #[serde(rename = "k-means")]
    KMeans,
    /// DBSCAN: dense regions of any shape, the rest is noise.
    Dbscan,
    /// HDBSCAN*: regions denser than what is around them, the rest is noise.
    Hdbscan,
    /// Gaussian mixture: overlapping ellipses, numbers only.
    Gmm,
    /// Latent classes: surveys and mixed columns, independent inside a class.
    LatentClass,
    /// k-prototypes: compact segments of numbers and categories.
    #[serde(rename = "k-prototypes")]
    KPrototypes,
    /// A rule: where the customer stands between the first order and the last.
    Lifecycle,
    /// A rule: new, loyal, occasional, at risk, lapsed.
    Loyalty,
    /// A rule: frequent, occasional and budget shoppers.
    Shopper,
    /// A rule: classes by cumulative value.
    Abc,
    /// A rule: scores for days since the last order, orders and spend.
    Rfm,
    /// A rule: value class x risk band.
    ValueRisk,
}

impl Method {
    /// The word used in the config, in files and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::KMeans => "k-means",
            Self::Dbscan => "dbscan",
            Self::Hdbscan => "hdbscan",
            Self::Gmm => "gmm",
            Self::LatentClass => "latent-class",
            Self::KPrototypes => "k-prototypes",
            rule => rule.rule().map_or("", Rule::name),
        }
    }

    /// Whether linfa has no such method.
    fn is_ours_alone(self) -> bool {
        matches!(self, Self::Hdbscan | Self::Gmm | Self::LatentClass | Self::KPrototypes)
    }

    /// The rule that defines the segments; `None` for methods that find them.
    #[must_use]
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::KMeans
            | Self::Dbscan
            | Self::Hdbscan
            | Self::Gmm
            | Self::LatentClass
            | Self::KPrototypes => None,
            Self::Lifecycle => Some(Rule::Lifecycle),
            Self::Loyalty => Some(Rule::Loyalty),
            Self::Shopper => Some(Rule::Shopper),
            Self::Abc => Some(Rule::Abc),
            Self::Rfm => Some(Rule::Rfm),
            Self::ValueRisk => Some(Rule::ValueRisk),
        }
    }

    /// The method whose segments are the classes of a rule.
    #[must_use]
    pub fn of(rule: Rule) -> Self {
        match rule {
            Rule::Lifecycle => Self::Lifecycle,
            Rule::Loyalty => Self::Loyalty,
            Rule::Shopper => Self::Shopper,
            Rule::Abc => Self::Abc,
            Rule::Rfm => Self::Rfm,
            Rule::ValueRisk => Self::ValueRisk,
        }
    }
}

/// Who does the arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// kohort's own kernels.
    #[default]
    Kohort,
    /// linfa-clustering.
    Linfa,
}

impl Engine {
    /// The word used in the config, in files and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kohort => "kohort",
            Self::Linfa => "linfa",
        }
    }
}

/// How segments are found. The `[segments]` table of the config.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The method.
    pub method: Method,
    /// How many segments (all methods that find them but DBSCAN).
    #[schemars(with = "serde_json::Value")]
    pub k: K,
    /// The radius of a neighbourhood (DBSCAN), in units of the matrix; in km along the surface
    /// of the earth where a latitude and a longitude are all that makes the segments.
    #[schemars(with = "serde_json::Value")]
    pub eps: Auto<f64>,
    /// How many customers, itself included, make a neighbourhood dense (DBSCAN, HDBSCAN).
    #[schemars(with = "serde_json::Value")]
    pub min_points: Auto<usize>,
    /// `k = "auto"` discards a k with a segment below this share of the customers, 0..0.5;
    /// HDBSCAN makes no smaller segment.
    pub min_share: f64,
    /// Who does the arithmetic.
    pub engine: Engine,
    /// What ABC classes are cut by, one or two; the class is then one letter for each.
    pub abc_by: Vec<AbcBy>,
    /// The cut-offs of ABC: ascending shares of all value, 0..1.
    pub abc_cuts: Vec<f64>,
    /// Bins of each RFM score, 3..10.
    pub rfm_bins: usize,
    /// Lifecycle and loyalty: below the first share of gaps a customer is slowing, or at
    /// risk; below the second gone, or lapsed.
    pub loyalty_cuts: [f64; 2],
    /// Value-risk: the quantiles of the probability of leaving above which the risk is
    /// middle and high.
    pub risk_cuts: [f64; 2],
    /// Own edges of the RFM scores, in place of bins.
    #[serde(skip_serializing_if = "RfmEdges::is_empty")]
    pub rfm_edges: RfmEdges,
    /// Segments are looked for inside each level of these columns (k-means).
    pub split_by: Vec<String>,
    /// Segments that a condition defines; the rest is clustered (k-means).
    #[schemars(with = "BTreeMap<String, String>")]
    #[serde(skip_serializing_if = "Pins::is_empty")]
    pub pin: Pins,
    /// Your own names by segment id.
    pub names: BTreeMap<String, String>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            method: Method::KMeans,
            k: K::Auto,
            eps: Auto::Auto,
            min_points: Auto::Auto,
            min_share: 0.02,
            engine: Engine::Kohort,
            abc_by: vec![AbcBy::Value],
            abc_cuts: vec![0.80, 0.95],
            rfm_bins: 5,
            loyalty_cuts: [0.20, 0.05],
            risk_cuts: [0.50, 0.80],
            rfm_edges: RfmEdges::default(),
            split_by: Vec::new(),
            pin: Pins::default(),
            names: BTreeMap::new(),
        }
    }
}

impl Params {
    /// Checks every value, whichever method is chosen.
    ///
    /// # Errors
    ///
    /// A value out of range, two names that are equal, cuts, bins and edges of the rules that
    /// do not ascend.
    pub fn check(self) -> Result<Checked, ClusterError> {
        match self.k {
            K::Exactly(0) | K::Between(0, _) => return Err(ClusterError::ZeroSegments),
            K::Between(from, to) if from > to => {
                return Err(ClusterError::RangeReversed { from, to });
            }
            _ => {}
        }
        if self.engine == Engine::Linfa && self.method.is_ours_alone() {
            return Err(ClusterError::EngineLacks { method: self.method });
        }
        if let Auto::Is(eps) = self.eps
            && !(eps.is_finite() && eps > 0.0)
        {
            return Err(ClusterError::Eps { eps });
        }
        if self.min_points == Auto::Is(0) {
            return Err(ClusterError::ZeroMinPoints);
        }
        if !(0.0..=0.5).contains(&self.min_share) {
            return Err(ClusterError::MinShare { min_share: self.min_share });
        }
        names::check(&self.names)?;
        parts::check(&self)?;
        rules::check(&self)?;
        Ok(Checked { params: self, auto_to: AUTO_TO, start: None })
    }
}

/// Parameters that passed [`Params::check`].
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    params: Params,
    auto_to: usize,
    start: Option<Start>,
}

/// Where k-means begins: the segment of each customer by earlier segments, and how many.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Start {
    pub(super) labels: Vec<Option<u32>>,
    pub(super) k: usize,
}

impl Checked {
    /// The most segments that `k = "auto"` tries.
    #[must_use]
    pub fn auto_to(&self) -> usize {
        self.auto_to
    }

    /// The same with another largest number of segments for `k = "auto"`.
    #[must_use]
    pub fn with_auto_to(mut self, most: usize) -> Self {
        self.auto_to = most.max(2);
        self
    }

    /// The same, begun from earlier segments: k-means with as many segments keeps the
    /// solution that their means lead to unless another has an inertia lower by more than
    /// 0.1 %. `labels` has one entry per customer.
    #[must_use]
    pub fn starting_from(mut self, labels: Vec<Option<u32>>, k: usize) -> Self {
        self.start = Some(Start { labels, k });
        self
    }

    /// The earlier segments to begin from.
    pub(super) fn start(&self) -> Option<&Start> {
        self.start.as_ref()
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.params.method
    }

    /// Who does the arithmetic.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.params.engine
    }

    /// How many segments.
    #[must_use]
    pub fn k(&self) -> K {
        self.params.k
    }

    /// The radius of a neighbourhood, positive where given.
    #[must_use]
    pub fn eps(&self) -> Auto<f64> {
        self.params.eps
    }

    /// The same with another radius, which must be positive and finite; otherwise nothing
    /// changes.
    #[must_use]
    pub fn with_eps(mut self, eps: f64) -> Self {
        if eps.is_finite() && eps > 0.0 {
            self.params.eps = Auto::Is(eps);
        }
        self
    }

    /// How many customers make a neighbourhood dense, at least 1 where given.
    #[must_use]
    pub fn min_points(&self) -> Auto<usize> {
        self.params.min_points
    }

    /// The smallest share of customers that `k = "auto"` accepts, 0..0.5.
    #[must_use]
    pub fn min_share(&self) -> f64 {
        self.params.min_share
    }

    /// What ABC classes are cut by, one or two different measures.
    #[must_use]
    pub fn abc_by(&self) -> &[AbcBy] {
        &self.params.abc_by
    }

    /// The cut-offs of ABC, 1 to 5 ascending shares between 0 and 1.
    #[must_use]
    pub fn abc_cuts(&self) -> &[f64] {
        &self.params.abc_cuts
    }

    /// Bins of each RFM score, 3..10.
    #[must_use]
    pub fn rfm_bins(&self) -> usize {
        self.params.rfm_bins
    }

    /// Own edges of the RFM scores; each list ascends, and an empty one is found out.
    #[must_use]
    pub fn rfm_edges(&self) -> &RfmEdges {
        &self.params.rfm_edges
    }

    /// Below the first share of gaps a customer is slowing, below the second gone.
    #[must_use]
    pub fn loyalty_cuts(&self) -> [f64; 2] {
        self.params.loyalty_cuts
    }

    /// The quantiles of the probability of leaving where middle and high risk begin.
    #[must_use]
    pub fn risk_cuts(&self) -> [f64; 2] {
        self.params.risk_cuts
    }

    /// Whether segments are looked for inside parts of the customers.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        !(self.params.split_by.is_empty() && self.params.pin.is_empty())
    }

    /// The parameters as written.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Params, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn k_is_read_as_auto_number_or_range() {
        assert_eq!(read(r#"{"k":"auto"}"#).unwrap().k, K::Auto);
        assert_eq!(read(r#"{"k":5}"#).unwrap().k, K::Exactly(5));
        assert_eq!(read(r#"{"k":"3..8"}"#).unwrap().k, K::Between(3, 8));
        let message = read(r#"{"k":"many"}"#).unwrap_err().to_string();
        assert!(message.contains("a number such as 5"), "{message}");
        assert!(read(r#"{"k":-1}"#).is_err());
    }

    #[test]
    fn eps_and_min_points_are_read_as_auto_or_number() {
        let params = read(r#"{"eps":1,"min-points":"auto","method":"dbscan"}"#).unwrap();
        assert_eq!(params.eps, Auto::Is(1.0));
        assert_eq!(params.min_points, Auto::Auto);
        let message = read(r#"{"eps":"wide"}"#).unwrap_err().to_string();
        assert!(message.contains("expected \"auto\" or a number"), "{message}");
    }

    #[test]
    fn parameters_survive_a_round_trip() {
        let params = Params {
            k: K::Between(2, 6),
            eps: Auto::Is(0.5),
            min_points: Auto::Is(7),
            ..Params::default()
        };
        let text = serde_json::to_string(&params).unwrap();
        assert_eq!(read(&text).unwrap(), params);
        assert!(text.contains("\"k-means\""));
    }

    #[test]
    fn unknown_keys_are_rejected() {
        assert!(read(r#"{"kk":3}"#).is_err());
    }

    #[test]
    fn zero_segments_are_rejected() {
        let params = Params { k: K::Exactly(0), ..Params::default() };
        assert!(matches!(params.check(), Err(ClusterError::ZeroSegments)));
        let params = Params { k: K::Between(0, 3), ..Params::default() };
        assert!(matches!(params.check(), Err(ClusterError::ZeroSegments)));
    }

    #[test]
    fn a_reversed_range_is_rejected() {
        let params = Params { k: K::Between(8, 3), ..Params::default() };
        assert!(matches!(params.check(), Err(ClusterError::RangeReversed { from: 8, to: 3 })));
    }

    #[test]
    fn eps_must_be_positive_and_finite() {
        for eps in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let params = Params { eps: Auto::Is(eps), ..Params::default() };
            assert!(matches!(params.check(), Err(ClusterError::Eps { .. })));
        }
    }

    #[test]
    fn zero_min_points_are_rejected() {
        let params = Params { min_points: Auto::Is(0), ..Params::default() };
        assert!(matches!(params.check(), Err(ClusterError::ZeroMinPoints)));
    }

    #[test]
    fn min_share_must_lie_between_0_and_one_half() {
        for min_share in [-0.01, 0.51, f64::NAN] {
            let params = Params { min_share, ..Params::default() };
            assert!(matches!(params.check(), Err(ClusterError::MinShare { .. })));
        }
    }
}
