//! What to do, from the command line.

use std::path::PathBuf;

/// The work and its flags; `--bench`, which cargo adds, is dropped.
pub(crate) struct Options(Vec<String>);

impl Options {
    pub(crate) fn from_environment() -> Self {
        Self(std::env::args().skip(1).filter(|argument| argument != "--bench").collect())
    }

    /// The first word.
    pub(crate) fn work(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    pub(crate) fn text(&self, flag: &str) -> Option<&str> {
        let at = self.0.iter().position(|argument| argument == flag)?;
        self.0.get(at + 1).map(String::as_str)
    }

    pub(crate) fn path(&self, flag: &str) -> Option<PathBuf> {
        self.text(flag).map(PathBuf::from)
    }

    /// A number, or nothing where the flag is not given.
    pub(crate) fn number<T: std::str::FromStr>(&self, flag: &str) -> Option<T> {
        self.text(flag).map(|text| text.parse().unwrap_or_else(|_| panic!("{flag} {text}")))
    }

    /// Runs the work on as many threads as `--threads` says, 2 where it says nothing.
    pub(crate) fn on_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        let threads = self.number("--threads").unwrap_or(2);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(work)
    }
}
