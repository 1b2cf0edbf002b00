//! How long the stages took: for the log of the run, the one file without promised bytes.

use std::time::Instant;

/// Measures the time between marks.
#[derive(Debug)]
pub(super) struct Clock {
    last: Instant,
    marks: Vec<(&'static str, f64)>,
}

impl Clock {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "the log of the run may read the clock")]
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), marks: Vec::new() }
    }

    /// Notes the time since the last mark under `name`.
    #[expect(clippy::disallowed_methods, reason = "the log of the run may read the clock")]
    pub(super) fn mark(&mut self, name: &'static str) {
        let now = Instant::now();
        self.marks.push((name, (now - self.last).as_secs_f64()));
        self.last = now;
    }

    /// The marks with their seconds.
    pub(super) fn marks(&self) -> &[(&'static str, f64)] {
        &self.marks
    }
}
