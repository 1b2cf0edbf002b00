//! The public tables of the tests, where they lie beside the project.

use std::path::{Path, PathBuf};

/// A real file or folder, or `None` where the data is not here, which is said.
/// `KOHORT_REAL_DATA=required` makes its absence a failure.
pub(crate) fn real_data(path: &str) -> Option<PathBuf> {
    // A work tree may lie one folder deeper.
    let roots = ["../shared/data", "../../shared/data"];
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = roots.iter().map(|root| here.join(root).join(path)).find(|file| file.exists());
    if found.is_none() {
        let is_required = std::env::var("KOHORT_REAL_DATA").is_ok_and(|value| value == "required");
        assert!(!is_required, "{path} is required but absent");
        eprintln!("SKIPPED: {path} is absent");
    }
    found
}
