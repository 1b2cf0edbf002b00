//! The staging folder: every file of a run is written here first, synced, and noted
//! with its checksum for the manifest.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ExportError;
use super::manifest::OutputFile;
use crate::format::hex;

/// Who may see a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Holds raw ids: mode 0600.
    Internal,
    /// Holds no ids and no small cells: mode 0644.
    ToSend,
}

/// A folder that is being filled.
#[derive(Debug)]
pub struct Staging {
    root: PathBuf,
    files: Vec<OutputFile>,
}

impl Staging {
    /// The staging folder at `root`, which exists and is empty.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { root, files: Vec::new() }
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes one file and notes it for the manifest.
    ///
    /// # Errors
    ///
    /// The file cannot be written or synced.
    pub fn put(&mut self, path: &str, bytes: &[u8], audience: Audience) -> Result<(), ExportError> {
        let mut draft = self.draft(path, audience)?;
        draft.write_all(bytes).map_err(|error| ExportError::io(&draft.full, &error))?;
        self.files.push(draft.close()?);
        Ok(())
    }

    /// Begins one file, to be closed and noted; several can be written at once.
    ///
    /// # Errors
    ///
    /// The file cannot be created.
    pub fn draft(&self, path: &str, audience: Audience) -> Result<Draft, ExportError> {
        let full = self.root.join(path);
        let file = self.create(&full, audience)?;
        let (path, internal) = (path.to_owned(), audience == Audience::Internal);
        Ok(Draft { file, full, hash: Sha256::new(), bytes: 0, path, internal })
    }

    /// Notes a file for the manifest.
    pub fn note(&mut self, file: OutputFile) {
        self.files.push(file);
    }

    /// Writes one file that the manifest does not list, such as the log of the run.
    ///
    /// # Errors
    ///
    /// The file cannot be written or synced.
    pub fn put_unlisted(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.write(path, bytes, Audience::Internal)
    }

    /// The files so far, sorted by path.
    #[must_use]
    pub fn files(&self) -> Vec<OutputFile> {
        let mut files = self.files.clone();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn write(&self, path: &str, bytes: &[u8], audience: Audience) -> Result<(), ExportError> {
        let full = self.root.join(path);
        let mut file = self.create(&full, audience)?;
        file.write_all(bytes)
            .and_then(|()| file.sync_all())
            .map_err(|error| ExportError::io(&full, &error))
    }

    fn create(&self, full: &Path, audience: Audience) -> Result<File, ExportError> {
        let wrong = |error: std::io::Error| ExportError::io(full, &error);
        if let Some(folder) = full.parent().filter(|folder| *folder != self.root) {
            fs::create_dir_all(folder).map_err(wrong)?;
            open_to_owner(folder)?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(full).map_err(wrong)?;
        restrict(full, audience)?;
        Ok(file)
    }
}

/// A file of the run that is being written; its checksum is taken on the way.
#[derive(Debug)]
pub struct Draft {
    file: File,
    full: PathBuf,
    hash: Sha256,
    bytes: u64,
    path: String,
    internal: bool,
}

impl Draft {
    /// Syncs the file and tells what the manifest says of it.
    ///
    /// # Errors
    ///
    /// It cannot be synced.
    pub fn close(self) -> Result<OutputFile, ExportError> {
        self.file.sync_all().map_err(|error| ExportError::io(&self.full, &error))?;
        let sha256 = hex(&self.hash.finalize());
        Ok(OutputFile { path: self.path, bytes: self.bytes, sha256, internal: self.internal })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file aside and renames it into place.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let wrong = |error: std::io::Error| ExportError::io(path, &error);
    let mut aside = path.as_os_str().to_owned();
    aside.push(".new");
    let aside = PathBuf::from(aside);
    let mut file = File::create(&aside).map_err(wrong)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(wrong)?;
    fs::rename(&aside, path).map_err(wrong)
}

/// Writes a new file for its owner alone; what stood there is lost.
pub(super) fn private(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let wrong = |error: std::io::Error| ExportError::io(path, &error);
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(wrong)?;
    restrict(path, Audience::Internal)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(wrong)
}

/// Sets the mode of a file, whatever the umask.
#[cfg(unix)]
fn restrict(path: &Path, audience: Audience) -> Result<(), ExportError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match audience {
        Audience::Internal => 0o600,
        Audience::ToSend => 0o644,
    };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| ExportError::io(path, &error))
}

/// Folders can be changed by their owner alone, whatever the umask.
#[cfg(unix)]
fn open_to_owner(folder: &Path) -> Result<(), ExportError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .map_err(|error| ExportError::io(folder, &error))
}

/// Where there are no modes, the folder's own rights decide.
#[cfg(not(unix))]
fn open_to_owner(_: &Path) -> Result<(), ExportError> {
    Ok(())
}

/// Where there are no modes, the folder's own rights decide.
#[cfg(not(unix))]
fn restrict(_: &Path, _: Audience) -> Result<(), ExportError> {
    Ok(())
}
