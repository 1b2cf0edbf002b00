//! What HDBSCAN* is asked for.

use super::HdbscanError;

/// Which clusters of the hierarchy are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// Those that together are the most stable: excess of mass.
    #[default]
    ExcessOfMass,
    /// The smallest ones, which do not split any further.
    Leaf,
}

/// The parameters of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HdbscanParams {
    /// The fewest customers of a cluster, at least 2.
    pub min_cluster_size: usize,
    /// How many customers, the own one included, the core distance reaches; as many as
    /// `min_cluster_size` where not given.
    pub min_samples: Option<usize>,
    /// Which clusters are taken.
    pub selection: Selection,
    /// Clusters that split at a smaller distance than this are not split; 0 or more.
    pub selection_epsilon: f64,
    /// Whether all customers together may be the only cluster.
    pub allow_single_cluster: bool,
}

impl HdbscanParams {
    /// Excess of mass with clusters of at least this size.
    #[must_use]
    pub fn new(min_cluster_size: usize) -> Self {
        Self {
            min_cluster_size,
            min_samples: None,
            selection: Selection::default(),
            selection_epsilon: 0.0,
            allow_single_cluster: false,
        }
    }

    /// Checks every parameter.
    ///
    /// # Errors
    ///
    /// A minimum cluster size below 2, 0 samples, a distance that is negative or no number.
    pub fn check(self) -> Result<Checked, HdbscanError> {
        if self.min_cluster_size < 2 {
            return Err(HdbscanError::MinClusterSize { found: self.min_cluster_size });
        }
        let min_samples = self.min_samples.unwrap_or(self.min_cluster_size);
        if min_samples == 0 {
            return Err(HdbscanError::ZeroMinSamples);
        }
        if !(self.selection_epsilon.is_finite() && self.selection_epsilon >= 0.0) {
            return Err(HdbscanError::Epsilon { found: self.selection_epsilon });
        }
        Ok(Checked { params: self, min_samples })
    }
}

/// Parameters that a fit can start from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Checked {
    params: HdbscanParams,
    min_samples: usize,
}

impl Checked {
    /// The parameters as given.
    #[must_use]
    pub fn params(&self) -> &HdbscanParams {
        &self.params
    }

    /// How many customers the core distance reaches, at least 1.
    #[must_use]
    pub fn min_samples(&self) -> usize {
        self.min_samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_of_one_are_rejected() {
        let error = HdbscanParams::new(1).check().unwrap_err();
        assert_eq!(error, HdbscanError::MinClusterSize { found: 1 });
    }

    #[test]
    fn no_samples_are_rejected() {
        let params = HdbscanParams { min_samples: Some(0), ..HdbscanParams::new(5) };
        assert_eq!(params.check().unwrap_err(), HdbscanError::ZeroMinSamples);
    }

    #[test]
    fn a_negative_distance_is_rejected() {
        for selection_epsilon in [-1.0, f64::NAN, f64::INFINITY] {
            let params = HdbscanParams { selection_epsilon, ..HdbscanParams::new(5) };
            assert!(matches!(params.check(), Err(HdbscanError::Epsilon { .. })));
        }
    }

    #[test]
    fn samples_are_as_many_as_the_smallest_cluster_has() {
        assert_eq!(HdbscanParams::new(7).check().unwrap().min_samples(), 7);
    }
}
