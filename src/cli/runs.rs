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

/// Writes a file that only its owner may read, whatever stood there and whatever the umask.
pub(super) fn put_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let wrong = |error: std::io::Error| Failure::from(ExportError::io(path, &error));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(wrong)?;
    // A file that was there keeps its mode, so it is set before anything is written.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(wrong)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(wrong)?;
    Ok(())
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
