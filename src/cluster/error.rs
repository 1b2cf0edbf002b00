//! Why segments cannot be found.

use crate::fault::{Class, Fault};
use crate::matrix::MatrixError;
use crate::normalise::NormaliseError;
use crate::table::ConditionError;

use super::Method;
use super::gmm::GmmError;
use super::hdbscan::HdbscanError;
use super::kmeans::KMeansError;
use super::kprototypes::KPrototypesError;
use super::latent::LatentError;
use super::rules::RuleError;

/// Why segments cannot be found, or why a stored segmentation is rejected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// k is 0.
    #[error("k is 0 but at least 1 segment is needed")]
    ZeroSegments,
    /// The range of k ends before it starts.
    #[error("the range of k starts at {from} but ends at {to}")]
    RangeReversed {
        /// The first k.
        from: usize,
        /// The last k.
        to: usize,
    },
    /// eps is not a positive finite number.
    #[error("eps is {eps} but must be a number above 0")]
    Eps {
        /// As given.
        eps: f64,
    },
    /// linfa is asked for a method that only kohort does.
    #[error("engine \"linfa\" does not do the method {}", method.name())]
    EngineLacks {
        /// The method.
        method: Method,
    },
    /// 0 minimum points.
    #[error("min-points is 0 but must be at least 1")]
    ZeroMinPoints,
    /// A minimum share out of range.
    #[error("min-share is {min_share} but must lie between 0 and 0.5")]
    MinShare {
        /// As given.
        min_share: f64,
    },
    /// Two segments of one name.
    #[error("segments.names calls segments {first} and {second} the same")]
    SameName {
        /// The first id.
        first: String,
        /// The second id.
        second: String,
    },
    /// More segments than distinct customers.
    #[error("k is {k} but only {distinct} distinct customers remain")]
    TooManySegments {
        /// How many segments were asked for.
        k: usize,
        /// How many rows of the matrix differ from each other.
        distinct: usize,
    },
    /// Nothing to tell apart.
    #[error("segments need at least 2 distinct customers but only {distinct} remains")]
    TooFewDistinct {
        /// How many rows of the matrix differ from each other.
        distinct: usize,
    },
    /// `eps = "auto"` with too many columns.
    #[error("eps cannot be found out with {columns} columns, at most {allowed} are supported")]
    AutoEpsColumns {
        /// Columns of the matrix.
        columns: usize,
        /// The most that are supported.
        allowed: usize,
    },
    /// `eps = "auto"` with too many ties.
    #[error(
        "eps cannot be found out because {percent}% of the customers share all their values \
         with another one, at most {allowed}% are supported"
    )]
    AutoEpsTies {
        /// Customers who are equal to another one, in percent.
        percent: u64,
        /// The most that are supported, in percent.
        allowed: u64,
    },
    /// `eps = "auto"` with a neighbourhood of one.
    #[error("eps cannot be found out with min-points 1: every customer is dense alone")]
    AutoEpsAlone,
    /// More dense regions than anybody can tell apart.
    #[error(
        "DBSCAN at eps {eps} and min-points {min_points} finds {found} segments, at most \
         {allowed} can be told apart"
    )]
    TooManyRegions {
        /// The radius.
        eps: f64,
        /// What makes a neighbourhood dense.
        min_points: usize,
        /// How many were found.
        found: usize,
        /// The most that are supported.
        allowed: usize,
    },
    /// The neighbourhoods are too large to be searched.
    #[error(
        "DBSCAN at eps {eps} would need about {millions} million comparisons of customers, \
         the limit is {limit} million"
    )]
    TooDense {
        /// The radius.
        eps: f64,
        /// The estimate, in millions.
        millions: u64,
        /// The limit, in millions.
        limit: u64,
    },
    /// DBSCAN would take too long.
    #[error(
        "DBSCAN at eps {eps} would compare pairs of customers for about {minutes} minutes of one \
         processor core, at most {limit} are begun"
    )]
    TooLong {
        /// The radius.
        eps: f64,
        /// The estimate, in minutes.
        minutes: u64,
        /// The limit, in minutes.
        limit: u64,
    },
    /// HDBSCAN would take too long.
    #[error(
        "HDBSCAN would compare pairs of customers for about {minutes} minutes of one processor \
         core, at most {limit} are begun"
    )]
    HdbscanTooLong {
        /// The estimate, in minutes.
        minutes: u64,
        /// The limit, in minutes.
        limit: u64,
    },
    /// HDBSCAN found nothing but noise.
    #[error(
        "no {min_cluster_size} customers lie closer together than those around them at \
         min-points {min_points}, so all {n_customers} are noise"
    )]
    NoRegion {
        /// The fewest customers of a segment.
        min_cluster_size: usize,
        /// How many customers make a neighbourhood.
        min_points: usize,
        /// Customers.
        n_customers: usize,
    },
    /// HDBSCAN cannot start.
    #[error(transparent)]
    Hdbscan(#[from] HdbscanError),
    /// DBSCAN found nothing but noise.
    #[error(
        "no customer has {min_points} customers within eps {eps}, so all {n_customers} are noise"
    )]
    AllNoise {
        /// The radius.
        eps: f64,
        /// What makes a neighbourhood dense.
        min_points: usize,
        /// Customers.
        n_customers: usize,
    },
    /// A matrix with other columns than the segmentation was fitted on.
    #[error("the segments were made from {expected} columns but the matrix has {found}")]
    Columns {
        /// Columns at fit.
        expected: usize,
        /// Columns now.
        found: usize,
    },
    /// An input of another length than the matrix.
    #[error("{what} has {found} entries but there are {expected} customers")]
    Length {
        /// Which input.
        what: &'static str,
        /// Its length.
        found: usize,
        /// Customers.
        expected: usize,
    },
    /// A stored segmentation that cannot be right.
    #[error("the stored segments are not valid: {reason}")]
    Stored {
        /// What is wrong.
        reason: String,
    },
    /// k-means failed.
    #[error(transparent)]
    KMeans(#[from] KMeansError),
    /// A Gaussian mixture cannot be fitted.
    #[error(transparent)]
    Gmm(#[from] GmmError),
    /// Latent classes cannot be fitted.
    #[error(transparent)]
    Latent(#[from] LatentError),
    /// k-prototypes cannot be fitted.
    #[error(transparent)]
    KPrototypes(#[from] KPrototypesError),
    /// linfa-clustering failed.
    #[error("linfa could not find {k} segments: {reason}")]
    Linfa {
        /// How many were asked for.
        k: usize,
        /// What linfa says.
        reason: String,
    },
    /// Parts are made for k-means alone.
    #[error("segments.pin and segments.split-by do not go with the method {}", method.name())]
    PartsMethod {
        /// The method.
        method: Method,
    },
    /// Segments inside parts cannot be told from prepared columns alone.
    #[error("segments inside parts need the table that their conditions are asked of")]
    PartsNeedTable,
    /// The name of a pinned segment.
    #[error("segments.pin has the name \"{name}\", which is empty or given twice")]
    PinName {
        /// The name.
        name: String,
    },
    /// The condition of a pinned segment.
    #[error("segments.pin.{name}: {error}")]
    Pin {
        /// The name.
        name: String,
        /// What is wrong.
        error: ConditionError,
    },
    /// A column that cannot divide the customers.
    #[error("segments.split-by names the column {column}, {what}")]
    SplitColumn {
        /// The column.
        column: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A rule segmentation cannot be made.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A subsample could not be prepared.
    #[error(transparent)]
    Prepare(#[from] NormaliseError),
    /// A matrix could not be made.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
}

impl ClusterError {
    /// The same with its radius in other units.
    #[must_use]
    pub fn with_radius(mut self, said: impl Fn(f64) -> f64) -> Self {
        if let Self::TooManyRegions { eps, .. }
        | Self::TooDense { eps, .. }
        | Self::TooLong { eps, .. }
        | Self::AllNoise { eps, .. } = &mut self
        {
            *eps = said(*eps);
        }
        self
    }
}

impl Fault for ClusterError {
    fn code(&self) -> &'static str {
        match self {
            Self::ZeroSegments => "E-CFG-030",
            Self::RangeReversed { .. } => "E-CFG-031",
            Self::Eps { .. } => "E-CFG-032",
            Self::ZeroMinPoints => "E-CFG-033",
            Self::MinShare { .. } => "E-CFG-034",
            Self::SameName { .. } => "E-CFG-035",
            Self::TooManySegments { .. } | Self::TooFewDistinct { .. } => "E-FIT-001",
            Self::AutoEpsColumns { .. } => "E-FIT-003",
            Self::AutoEpsTies { .. } => "E-FIT-004",
            Self::AllNoise { .. } => "E-FIT-005",
            Self::TooManyRegions { .. } => "E-FIT-009",
            Self::AutoEpsAlone => "E-FIT-012",
            Self::Columns { .. } => "E-FIT-006",
            Self::Length { .. } => "E-FIT-007",
            Self::Linfa { .. } => "E-FIT-008",
            Self::TooDense { .. } => "E-LIM-010",
            Self::TooLong { .. } => "E-LIM-011",
            Self::HdbscanTooLong { .. } => "E-LIM-012",
            Self::NoRegion { .. } => "E-FIT-032",
            Self::Hdbscan(error) => error.code(),
            Self::Stored { .. } => "E-MDL-030",
            Self::EngineLacks { .. } => "E-CFG-047",
            Self::PartsMethod { .. } => "E-CFG-054",
            Self::PinName { .. } => "E-CFG-055",
            Self::SplitColumn { .. } => "E-CFG-056",
            Self::PartsNeedTable => "E-FIT-013",
            Self::Pin { error, .. } => error.code(),
            Self::KMeans(error) => error.code(),
            Self::Gmm(error) => error.code(),
            Self::Latent(error) => error.code(),
            Self::KPrototypes(error) => error.code(),
            Self::Rule(error) => error.code(),
            Self::Prepare(error) => error.code(),
            Self::Matrix(error) => error.code(),
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::ZeroSegments
            | Self::RangeReversed { .. }
            | Self::Eps { .. }
            | Self::ZeroMinPoints
            | Self::MinShare { .. }
            | Self::SameName { .. }
            | Self::EngineLacks { .. }
            | Self::PartsMethod { .. }
            | Self::PinName { .. }
            | Self::SplitColumn { .. }
            | Self::Pin { .. }
            | Self::AutoEpsColumns { .. }
            | Self::AutoEpsAlone
            | Self::AutoEpsTies { .. } => Class::Config,
            Self::TooManySegments { .. }
            | Self::TooFewDistinct { .. }
            | Self::AllNoise { .. }
            | Self::TooManyRegions { .. }
            | Self::NoRegion { .. }
            | Self::Columns { .. } => Class::Input,
            Self::TooDense { .. } | Self::TooLong { .. } | Self::HdbscanTooLong { .. } => {
                Class::Limit
            }
            Self::Hdbscan(error) => error.class(),
            Self::Stored { .. } => Class::Model,
            Self::Length { .. } | Self::Linfa { .. } | Self::PartsNeedTable => Class::Internal,
            Self::KMeans(error) => error.class(),
            Self::Gmm(error) => error.class(),
            Self::Latent(error) => error.class(),
            Self::KPrototypes(error) => error.class(),
            Self::Rule(error) => error.class(),
            Self::Prepare(error) => error.class(),
            Self::Matrix(error) => error.class(),
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::ZeroSegments => "set segments.k to \"auto\" or to a number from 1",
            Self::RangeReversed { .. } => "write the smaller number first, such as \"3..8\"",
            Self::Eps { .. } => "set segments.eps to \"auto\" or to a number above 0",
            Self::ZeroMinPoints => "set segments.min-points to \"auto\" or to a number from 1",
            Self::SameName { .. } => "give every segment a name of its own",
            Self::MinShare { .. } => "set segments.min-share to a share such as 0.02",
            Self::TooManySegments { .. } => "ask for fewer segments or use more columns",
            Self::TooFewDistinct { .. } => "use columns in which the customers differ",
            Self::AutoEpsColumns { .. } | Self::AutoEpsTies { .. } => {
                "set segments.eps to a number, or use method = \"k-means\""
            }
            Self::TooDense { .. } | Self::TooLong { .. } => {
                "set a smaller segments.eps, use method = \"k-means\", or run on a sample"
            }
            Self::HdbscanTooLong { .. } => "use method = \"k-means\", or run on a sample",
            Self::AutoEpsAlone => "set segments.eps, or segments.min-points to 2 or more",
            Self::TooManyRegions { .. } => {
                "set a larger segments.eps or segments.min-points, or use method = \"k-means\""
            }
            Self::AllNoise { .. } => "set a larger segments.eps or fewer segments.min-points",
            Self::Columns { .. } => "use a table with the columns that the model was made from",
            Self::Stored { .. } => "write the model again with kohort run",
            Self::Length { .. } | Self::Linfa { .. } | Self::PartsNeedTable => return None,
            Self::PartsMethod { .. } => "set segments.method to \"k-means\", or leave them out",
            Self::PinName { .. } => "give every pinned segment a name of its own",
            Self::SplitColumn { .. } => {
                "name a category or a flag that kohort check lists; segments.pin takes numbers"
            }
            Self::Pin { error, .. } => return error.hint(),
            Self::EngineLacks { .. } => "set segments.engine to \"kohort\"",
            Self::NoRegion { .. } => "set a smaller segments.min-share or segments.min-points",
            Self::Hdbscan(error) => return error.hint(),
            Self::KMeans(error) => return error.hint(),
            Self::Gmm(error) => return error.hint(),
            Self::Latent(error) => return error.hint(),
            Self::KPrototypes(error) => return error.hint(),
            Self::Rule(error) => return error.hint(),
            Self::Prepare(error) => return error.hint(),
            Self::Matrix(error) => return error.hint(),
        };
        Some(hint.to_owned())
    }
}
