//! The segments found: which one a customer belongs to, and how clearly.
//!
//! k-means: the segment of the nearest centre (ties: lowest id), the second nearest,
//! and the margin `(d2 - d1) / d2` of the two Euclidean distances. DBSCAN: the lowest
//! id among the cores within eps, else none; no second and no margin. HDBSCAN*: see its
//! module; the margin is the strength of the membership. Mixtures (Gaussian, latent
//! classes): the most probable segment, the second, and the difference of their
//! probabilities; the distance is how far the log density of the row lies below the highest
//! that the mixture could reach. k-prototypes: as k-means, with the root of the
//! dissimilarity as the distance. A rule: the class
//! that the orders say, see [`Segmentation::assign_orders`]. Assigning the
//! rows of the fit gives the labels of the fit, and a row's result never depends on
//! other rows.

use ndarray::Array2;

use super::dbscan::CoreIndex;
use super::gmm::Mixture;
use super::hdbscan::{MemberIndex, Members};
use super::kernel::Points;
use super::kprototypes::Prototypes;
use super::latent::Classes;
use super::neighbours::Tree;
use super::parts::Parts;
use super::placing::assign_to_centres;
use super::rules::{Cuts, Extra, RuleError, assignments, check_parts};
use super::variables::Gaps;
use super::{ClusterError, Engine, Method};
use crate::matrix::Matrix;
use crate::orders::Histories;

/// What the segments are made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// k-means: one centre per segment, shape `(k, n_features)`.
    Centres(Array2<f64>),
    /// DBSCAN: the distinct core customers.
    Cores {
        /// The radius of a neighbourhood.
        eps: f64,
        /// How many customers make a neighbourhood dense.
        min_points: usize,
        /// The cores, shape `(n_cores, n_features)`.
        points: Array2<f64>,
        /// The segment of each core, 0-based.
        labels: Vec<u32>,
    },
    /// Gaussian mixture.
    Mixture(Mixture),
    /// Latent classes, and what the columns mean.
    Classes(Classes),
    /// k-prototypes, and what the columns mean.
    Prototypes(Prototypes),
    /// HDBSCAN*: the distinct customers of the fit.
    Members(Box<Members>),
    /// k-means inside parts of the customers.
    Parts(Box<Parts>),
    /// A rule: the cuts, and which of its classes are the segments.
    Rule {
        /// What the rule has learnt from the base.
        cuts: Box<Cuts>,
        /// The classes that held a customer at fit, ascending: segment 0 is the first.
        kept: Vec<u8>,
    },
}

/// Fitted segments.
#[derive(Debug, Clone)]
pub struct Segmentation {
    method: Method,
    engine: Engine,
    shape: Shape,
    n_segments: usize,
    /// Built from the shape, never stored.
    index: Index,
}

/// What makes queries fast.
#[derive(Debug, Clone)]
enum Index {
    None,
    Cores(CoreIndex),
    Members(MemberIndex),
}

impl PartialEq for Segmentation {
    fn eq(&self, other: &Self) -> bool {
        (self.method, self.engine) == (other.method, other.engine) && self.shape == other.shape
    }
}

/// Where a customer belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// The segment, 0-based; `None` is noise.
    pub segment: Option<u32>,
    /// The second nearest segment, where the method has one.
    pub second: Option<u32>,
    /// `(d2 - d1) / d2`, 0..1: 0 is on the border; 0 where both distances are 0. HDBSCAN*:
    /// the strength of the membership. Mixtures: the difference of the two highest
    /// probabilities.
    pub margin: Option<f64>,
    /// The distance to the own centre; DBSCAN: to the nearest core; HDBSCAN*: to the nearest
    /// customer of the fit in a segment; mixtures: how far the log density lies below the
    /// highest there could be.
    pub distance: f64,
}

impl Assignment {
    /// In no segment.
    pub(crate) const NOWHERE: Self =
        Self { segment: None, second: None, margin: None, distance: 0.0 };
}

impl Segmentation {
    /// Takes parts that may come from a file and checks all of them.
    ///
    /// # Errors
    ///
    /// A shape that does not fit the method, no segments, numbers that are not finite,
    /// labels that are not one per core or not exactly `0..k`.
    pub fn from_parts(method: Method, engine: Engine, shape: Shape) -> Result<Self, ClusterError> {
        let (n_segments, index) = match (method, &shape) {
            (Method::KMeans, Shape::Centres(centres)) => {
                check_finite(centres, "centres")?;
                (centres.nrows(), Index::None)
            }
            (Method::KMeans, Shape::Parts(parts)) => (parts.centres().nrows(), Index::None),
            (Method::Dbscan, Shape::Cores { eps, min_points, points, labels }) => {
                check_finite(points, "cores")?;
                let n_segments = check_cores(*eps, *min_points, points.nrows(), labels)?;
                let rows: Vec<f64> = points.iter().copied().collect();
                (n_segments, Index::Cores(CoreIndex::new(&rows, points.ncols(), labels, *eps)))
            }
            (Method::Hdbscan, Shape::Members(members)) => {
                check_finite(&members.rows, "members")?;
                (members.check().map_err(stored)?, Index::Members(MemberIndex::new(members)))
            }
            (Method::Gmm, Shape::Mixture(mixture)) => (mixture.k(), Index::None),
            (Method::LatentClass, Shape::Classes(classes)) => (classes.k(), Index::None),
            (Method::KPrototypes, Shape::Prototypes(prototypes)) => (prototypes.k(), Index::None),
            (method, Shape::Rule { cuts, kept }) if method.rule() == Some(cuts.rule()) => {
                (check_parts(cuts, kept)?, Index::None)
            }
            _ => return Err(stored(format!("they are not of the method {}", method.name()))),
        };
        Ok(Self { method, engine, shape, n_segments, index })
    }

    /// How many segments, at least 1.
    #[must_use]
    pub fn n_segments(&self) -> usize {
        self.n_segments
    }

    /// How many columns a matrix needs; 0 for a rule, which needs orders instead.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        match &self.shape {
            Shape::Centres(centres) => centres.ncols(),
            Shape::Cores { points, .. } => points.ncols(),
            Shape::Mixture(mixture) => mixture.d(),
            Shape::Classes(classes) => classes.variables().n_columns(),
            Shape::Prototypes(prototypes) => prototypes.variables().n_columns(),
            Shape::Members(members) => members.rows.ncols(),
            Shape::Parts(parts) => parts.centres().ncols(),
            Shape::Rule { .. } => 0,
        }
    }

    /// What the segments are made of.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The method that found them.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Who did the arithmetic.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The Euclidean distance between two segments: of their centres, or for DBSCAN of
    /// the means of their distinct cores; for a mixture of the means, for latent classes and
    /// k-prototypes as they say; of a rule: how many classes they lie apart.
    /// Infinite for an id that does not exist.
    #[must_use]
    pub fn distance_between(&self, a: u32, b: u32) -> f64 {
        let (i, j) = (a as usize, b as usize);
        if i >= self.n_segments || j >= self.n_segments {
            return f64::INFINITY;
        }
        match &self.shape {
            Shape::Classes(classes) => return classes.distance_between(i, j),
            Shape::Prototypes(prototypes) => return prototypes.distance_between(i, j),
            _ => {}
        }
        if let Shape::Rule { kept, .. } = &self.shape {
            return match (kept.get(a as usize), kept.get(b as usize)) {
                (Some(a), Some(b)) => f64::from(a.abs_diff(*b)),
                _ => f64::INFINITY,
            };
        }
        let centre = |id: u32| -> Option<Vec<f64>> {
            match &self.shape {
                Shape::Centres(centres) => ((id as usize) < centres.nrows())
                    .then(|| centres.row(id as usize).iter().copied().collect()),
                Shape::Cores { points, labels, .. } => {
                    mean_of(points, |row| labels.get(row) == Some(&id))
                }
                Shape::Members(members) => {
                    mean_of(&members.rows, |row| members.labels[row] == Some(id))
                }
                Shape::Parts(parts) => Some(parts.centres().row(id as usize).to_vec()),
                Shape::Mixture(mixture) => Some(mixture.mean(id as usize)),
                Shape::Classes(_) | Shape::Prototypes(_) | Shape::Rule { .. } => None,
            }
        };
        match (centre(a), centre(b)) {
            (Some(a), Some(b)) => super::kernel::squared_distance(&a, &b).sqrt(),
            _ => f64::INFINITY,
        }
    }

    /// Puts every row into its segment; in parallel, each row for itself.
    ///
    /// # Errors
    ///
    /// Another number of columns than at fit; segments that a rule defines or that lie inside
    /// parts, which a matrix cannot tell.
    pub fn assign(&self, matrix: &Matrix) -> Result<Vec<Assignment>, ClusterError> {
        self.assign_known(matrix, None)
    }

    /// As [`Segmentation::assign`]; latent classes leave the cells that the table has
    /// nothing in out of that row's density, the other methods take what the preparation
    /// has put there. Segments inside parts ask the table of `gaps` for the part.
    ///
    /// # Errors
    ///
    /// As [`Segmentation::assign`].
    pub fn assign_known(
        &self,
        matrix: &Matrix,
        gaps: Option<&Gaps>,
    ) -> Result<Vec<Assignment>, ClusterError> {
        if let Shape::Rule { cuts, .. } = &self.shape {
            return Err(RuleError::NeedsOrders { rule: cuts.rule() }.into());
        }
        if matrix.n_columns() != self.n_columns() {
            return Err(ClusterError::Columns {
                expected: self.n_columns(),
                found: matrix.n_columns(),
            });
        }
        Ok(match &self.shape {
            Shape::Parts(parts) => parts.assign(matrix, gaps)?,
            Shape::Mixture(mixture) => {
                let rows: Vec<f64> = matrix.values().iter().copied().collect();
                mixture.assign(&rows).into_iter().map(Assignment::from).collect()
            }
            Shape::Classes(classes) => {
                classes.assign(matrix, gaps).into_iter().map(Assignment::from).collect()
            }
            Shape::Prototypes(prototypes) => {
                prototypes.assign(matrix).into_iter().map(Assignment::from).collect()
            }
            Shape::Centres(centres) => {
                let centres: Vec<f64> = centres.iter().copied().collect();
                assign_to_centres(matrix.row_major(), matrix.n_columns(), &centres)
            }
            _ => self.assign_points(&Points::new(matrix)),
        })
    }

    /// Puts customers into the segments of a rule by the cuts of the fit, in the order of
    /// the histories. Whoever is in a class that held nobody at fit is in no segment.
    ///
    /// # Errors
    ///
    /// Segments that were found and not defined; those of [`Cuts::apply`].
    pub fn assign_orders(
        &self,
        histories: &Histories,
        extra: &Extra,
    ) -> Result<Vec<Assignment>, ClusterError> {
        match &self.shape {
            Shape::Rule { cuts, .. } => self.assign_classes(&cuts.apply(histories, extra)?),
            _ => Err(self.no_rule()),
        }
    }

    /// Puts customers into the segments of a rule by their classes.
    ///
    /// # Errors
    ///
    /// Segments that were found and not defined.
    pub fn assign_classes(&self, codes: &[Option<u8>]) -> Result<Vec<Assignment>, ClusterError> {
        match &self.shape {
            Shape::Rule { kept, .. } => Ok(assignments(codes, kept)),
            _ => Err(self.no_rule()),
        }
    }

    fn no_rule(&self) -> ClusterError {
        stored(format!("the method {} is no rule", self.method.name()))
    }

    pub(crate) fn assign_points(&self, points: &Points) -> Vec<Assignment> {
        match (&self.shape, &self.index) {
            (_, Index::Members(members)) => {
                let customers = Tree::build(points.rows(), points.d());
                members
                    .place(&customers)
                    .into_iter()
                    .map(|place| Assignment {
                        segment: place.cluster,
                        second: None,
                        margin: place.cluster.map(|_| place.strength),
                        distance: place.distance,
                    })
                    .collect()
            }
            (_, Index::Cores(cores)) => {
                let customers = Tree::build(points.rows(), points.d());
                cores
                    .place(&customers, true)
                    .into_iter()
                    .map(|(segment, distance)| Assignment {
                        segment,
                        second: None,
                        margin: None,
                        distance,
                    })
                    .collect()
            }
            (Shape::Centres(centres), _) => {
                let centres: Vec<f64> = centres.iter().copied().collect();
                assign_to_centres(points.rows(), points.d(), &centres)
            }
            // `from_parts` builds the index for every set of cores or members, and `assign`
            // has refused every rule and placed by every model.
            _ => Vec::new(),
        }
    }
}

/// The mean of some rows; `None` where there are none.
fn mean_of(rows: &Array2<f64>, is_one: impl Fn(usize) -> bool) -> Option<Vec<f64>> {
    let own: Vec<usize> = (0..rows.nrows()).filter(|&row| is_one(row)).collect();
    let mean = rows.select(ndarray::Axis(0), &own).mean_axis(ndarray::Axis(0))?;
    Some(mean.to_vec())
}

fn stored(reason: String) -> ClusterError {
    ClusterError::Stored { reason }
}

fn check_finite(values: &Array2<f64>, what: &str) -> Result<(), ClusterError> {
    if values.is_empty() || values.nrows() > u32::MAX as usize {
        return Err(stored(format!("{} {what} of {} columns", values.nrows(), values.ncols())));
    }
    match values.indexed_iter().find(|(_, value)| !value.is_finite()) {
        Some(((row, column), _)) => {
            Err(stored(format!("row {row}, column {column} of the {what} is not finite")))
        }
        None => Ok(()),
    }
}

/// The number of segments of valid cores.
fn check_cores(
    eps: f64,
    min_points: usize,
    n_cores: usize,
    labels: &[u32],
) -> Result<usize, ClusterError> {
    if !(eps.is_finite() && eps > 0.0) {
        return Err(stored(format!("eps is {eps} but must be a number above 0")));
    }
    if min_points == 0 {
        return Err(stored("min-points is 0 but must be at least 1".to_owned()));
    }
    if labels.len() != n_cores {
        return Err(stored(format!("{} labels for {n_cores} cores", labels.len())));
    }
    let present: std::collections::BTreeSet<u32> = labels.iter().copied().collect();
    if !present.iter().copied().eq(0..present.len() as u32) {
        return Err(stored("the labels of the cores are not numbered from 0".to_owned()));
    }
    Ok(present.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn centres(values: Array2<f64>) -> Result<Segmentation, ClusterError> {
        Segmentation::from_parts(Method::KMeans, Engine::Kohort, Shape::Centres(values))
    }

    #[test]
    fn margin_is_the_relative_gap_of_the_two_distances() {
        // Centres 0 and 10, customer 2: d1 = 2, d2 = 8, margin (8 - 2) / 8 = 0.75.
        let found = centres(array![[0.0], [10.0]]).unwrap();
        let assigned = found.assign(&Matrix::unnamed(array![[2.0], [5.0]]).unwrap()).unwrap();
        assert_eq!(assigned[0].segment, Some(0));
        assert_eq!(assigned[0].second, Some(1));
        assert_eq!(assigned[0].margin, Some(0.75));
        assert_eq!(assigned[0].distance, 2.0);
        assert_eq!(assigned[1].segment, Some(0), "ties go to the lowest id");
        assert_eq!(assigned[1].margin, Some(0.0));
    }

    #[test]
    fn one_segment_has_no_second_and_no_margin() {
        let found = centres(array![[0.0]]).unwrap();
        let assigned = found.assign(&Matrix::unnamed(array![[2.0]]).unwrap()).unwrap();
        assert_eq!((assigned[0].second, assigned[0].margin), (None, None));
    }

    #[test]
    fn another_number_of_columns_is_rejected() {
        let found = centres(array![[0.0, 1.0]]).unwrap();
        let error = found.assign(&Matrix::unnamed(array![[2.0]]).unwrap()).unwrap_err();
        assert!(matches!(error, ClusterError::Columns { expected: 2, found: 1 }));
    }

    #[test]
    fn stored_parts_are_checked() {
        assert!(centres(array![[f64::NAN]]).is_err());
        assert!(centres(Array2::zeros((0, 2))).is_err());
        let cores = |eps, min_points, labels: Vec<u32>| {
            let points = array![[0.0], [1.0]];
            let shape = Shape::Cores { eps, min_points, points, labels };
            Segmentation::from_parts(Method::Dbscan, Engine::Kohort, shape)
        };
        assert!(cores(1.0, 2, vec![0, 1]).is_ok());
        assert!(cores(0.0, 2, vec![0, 1]).is_err());
        assert!(cores(1.0, 0, vec![0, 1]).is_err());
        assert!(cores(1.0, 2, vec![0]).is_err());
        assert!(cores(1.0, 2, vec![0, 2]).is_err());
        let shape = Shape::Centres(array![[0.0]]);
        assert!(Segmentation::from_parts(Method::Dbscan, Engine::Kohort, shape).is_err());
    }

    #[test]
    fn dbscan_assigns_the_lowest_cluster_within_eps() {
        let shape = Shape::Cores {
            eps: 1.0,
            min_points: 2,
            points: array![[0.0], [1.9]],
            labels: vec![1, 0],
        };
        let found = Segmentation::from_parts(Method::Dbscan, Engine::Kohort, shape).unwrap();
        let rows = Matrix::unnamed(array![[0.95], [-0.5], [5.0]]).unwrap();
        let assigned = found.assign(&rows).unwrap();
        let segments: Vec<_> = assigned.iter().map(|a| a.segment).collect();
        assert_eq!(segments, [Some(0), Some(1), None]);
        assert!((assigned[2].distance - 3.1).abs() < 1e-12);
    }
}
