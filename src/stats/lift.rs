//! Gains and lift: what contacting the highest scores first reaches.
//!
//! Gain at share s: the share of all events among the `s x n` highest scores. Lift:
//! gain / s; 1 is contacting at random. Where the cut falls inside a group of equal
//! scores, the group counts by the part of it that is contacted (the expectation over
//! its order), so that no figure depends on the order of rows.

use super::Ranking;

impl Ranking {
    /// The gain, 0..1, at each of the ascending `shares` (0..1); 0 where there are no
    /// events.
    #[must_use]
    pub fn gains(&self, shares: &[f64]) -> Vec<f64> {
        let (events, others) = self.totals();
        let n = events + others;
        let mut gains = Vec::with_capacity(shares.len());
        let mut next = shares.iter().map(|share| share.clamp(0.0, 1.0) * n).peekable();
        let (mut reached, mut contacted) = (0.0, 0.0);
        self.groups(None, |event, other| {
            let size = event + other;
            while let Some(&cut) = next.peek()
                && cut <= contacted + size
            {
                let inside = reached + event * (cut - contacted) / size;
                gains.push(if events > 0.0 { inside / events } else { 0.0 });
                next.next();
            }
            reached += event;
            contacted += size;
        });
        // Rounding may leave the last cut a hair beyond the last customer.
        gains.resize(shares.len(), if events > 0.0 { 1.0 } else { 0.0 });
        gains
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_by_hand() {
        // Ten customers, two events at ranks 1 and 3; the scores of ranks 3 and 4 tie.
        let scores = [0.9, 0.8, 0.7, 0.7, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0];
        let mut outcomes = [false; 10];
        outcomes[0] = true;
        outcomes[2] = true;
        let ranking = Ranking::new(&scores, &outcomes).unwrap();
        let gains = ranking.gains(&[0.1, 0.2, 0.3, 0.4, 1.0]);
        for (gain, expected) in gains.iter().zip([0.5, 0.5, 0.75, 1.0, 1.0]) {
            assert!((gain - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_constant_score_gains_what_chance_gains() {
        let ranking =
            Ranking::new(&[0.2; 8], &[true, false, true, false, false, false, true, true]).unwrap();
        for (gain, share) in ranking.gains(&[0.25, 0.5, 0.75]).iter().zip([0.25, 0.5, 0.75]) {
            assert!((gain - share).abs() < 1e-12);
        }
    }
}
