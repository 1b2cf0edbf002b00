//! Segments of k-means whose centres have moved: the same segments, placed anew.

use ndarray::Array2;

use super::explore::radii;
use super::{ClusterError, Discovery, Method, Segmentation, Shape};
use crate::matrix::Matrix;

impl Discovery {
    /// The segments with other centres, one for each in their order, shape `(k, n_features)`:
    /// the customers of `matrix` are placed anew and the radii are theirs. What was found out
    /// of the number of segments and how well they are found again stays as it was.
    ///
    /// # Errors
    ///
    /// Segments that have no centres, another number of them, numbers that are not finite;
    /// a segment that none of the customers is nearest to.
    pub fn recentred(
        mut self,
        centres: Array2<f64>,
        matrix: &Matrix,
    ) -> Result<Self, ClusterError> {
        let wrong = |reason: &str| ClusterError::Stored { reason: reason.to_owned() };
        let k = self.segmentation.n_segments();
        match self.segmentation.shape() {
            Shape::Centres(before) if before.dim() == centres.dim() => {}
            _ => return Err(wrong("centres of another number or width")),
        }
        let engine = self.segmentation.engine();
        self.segmentation =
            Segmentation::from_parts(Method::KMeans, engine, Shape::Centres(centres))?;
        self.assignments = self.segmentation.assign(matrix)?;
        self.radii = radii(&self.assignments, k);
        let labels: Vec<u32> = self.assignments.iter().filter_map(|a| a.segment).collect();
        if (0..k as u32).any(|at| !labels.contains(&at)) {
            return Err(wrong("a segment that no customer of the sample is nearest to"));
        }
        for (own, list) in &mut self.candidate_labels {
            if *own == k {
                list.clone_from(&labels);
            }
        }
        Ok(self)
    }
}
