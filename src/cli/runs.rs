//! What several commands on a published run share: finding it, and files for its owner alone.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::export::ExportError;
use crate::export::publish::find;
use crate::pipeline::Failure;

/// Where runs lie that are not named by a path.
const DEFAULT: &str = "kohort-out";

/// The folder of a run: a run or output folder, `current`, an as-of day or the first letters
/// of a name.
pub(super) fn run_folder(asked: &str) -> anyhow::Result<PathBuf> {
    Ok(find(asked, Path::new(DEFAULT)).map_err(Failure::from)?)
}

/// The `model` folder of a run, or the folder itself.
pub(super) fn model_folder(asked: &str) -> anyhow::Result<PathBuf> {
    let direct = Path::new(asked);
    if direct.join("model.json").is_file() {
        return Ok(direct.to_owned());
    }
    Ok(run_folder(asked)?.join("model"))
}

/// Writes a file that only its owner may read: aside, then in its place, so that what stood
/// there is whole until the new one is. What is no plain file, such as a pipe, is written to.
pub(super) fn put_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let wrong = |error: std::io::Error| Failure::from(ExportError::io(path, &error));
    if path.exists() && !path.is_file() {
        return Ok(fs::write(path, bytes).map_err(wrong)?);
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(".new");
    let aside = PathBuf::from(aside);
    // A file that was there keeps its mode, and a link leads elsewhere.
    let _ = fs::remove_file(&aside);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside).map_err(wrong)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(wrong)?;
    Ok(fs::rename(&aside, path).map_err(wrong)?)
}

/// Refuses to write into a published run, which never changes.
pub(super) fn outside(out: &Path, run: &Path) -> anyhow::Result<()> {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    // What is not there yet lies where the nearest folder that is there lies.
    let real = absolute.ancestors().find_map(|path| fs::canonicalize(path).ok());
    let run = fs::canonicalize(run).unwrap_or_else(|_| run.to_owned());
    if real.is_none_or(|real| !real.starts_with(run)) {
        return Ok(());
    }
    Err(Failure::from(ExportError::Place {
        path: out.display().to_string(),
        message: "lies inside a published run, which never changes".into(),
    })
    .into())
}
