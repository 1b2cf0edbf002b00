//! The output folder: one lock, one rename, a pointer that always leads to a whole run.
//!
//! ```text
//! DIR/.lock               held while a run works; the kernel frees it on death
//! DIR/.staging-*          what a run is writing; leftovers of dead runs are removed
//! DIR/runs/ID             published, never changed
//! DIR/current.json        which run is the newest; DIR/current is the same as a link
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::manifest::Manifest;
use super::write::replace;
use super::{ExportError, Staging};

/// The output folder, locked for one run.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    _lock: File,
}

/// The pointer to the newest run: `current.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Current {
    /// The run's name.
    pub run: String,
    /// Its as-of day.
    pub as_of: Option<String>,
    /// The checksum of its manifest.
    pub manifest_sha256: String,
}

impl OutputFolder {
    /// Makes the folder where it is missing, proves that it can be written, takes the
    /// lock, and removes what dead runs left behind.
    ///
    /// # Errors
    ///
    /// The folder is a file, cannot be written, or is held by another run.
    pub fn open(root: &Path) -> Result<Self, ExportError> {
        let wrong = |error: std::io::Error| ExportError::io(root, &error);
        if root.exists() && !root.is_dir() {
            return Err(ExportError::Place {
                path: root.display().to_string(),
                message: "is a file, not a folder".into(),
            });
        }
        fs::create_dir_all(root.join("runs")).map_err(wrong)?;
        let lock = lock(root)?;
        let folder = Self { root: root.to_owned(), _lock: lock };
        folder.sweep()?;
        Ok(folder)
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A new, empty staging folder.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn stage(&self) -> Result<Staging, ExportError> {
        let path = self.root.join(format!(".staging-{}", std::process::id()));
        fs::create_dir(&path).map_err(|error| ExportError::io(&path, &error))?;
        Ok(Staging::new(path))
    }

    /// Where a run of this name lies or would lie.
    #[must_use]
    pub fn run(&self, name: &str) -> PathBuf {
        self.root.join("runs").join(name)
    }

    /// Checks that the staged run has the files of its manifest, moves it into place by one
    /// rename, and points `current` at it unless a run with a later as-of day is current.
    ///
    /// # Errors
    ///
    /// A staged file is missing or of another length than the manifest says, or they cannot be
    /// moved.
    pub fn publish(&self, staging: &Path) -> Result<PathBuf, ExportError> {
        let (manifest, sha256) = Manifest::read(staging)?;
        manifest.verify_lengths(staging)?;
        sync(staging)?;
        let place = self.run(&manifest.run);
        fs::rename(staging, &place).map_err(|error| ExportError::io(&place, &error))?;
        sync(&self.root.join("runs"))?;
        self.point_at(&manifest, sha256)?;
        Ok(place)
    }

    /// Points `current` at a published run, never back in as-of days.
    ///
    /// # Errors
    ///
    /// The pointer cannot be written.
    pub fn point_at(
        &self,
        manifest: &Manifest,
        manifest_sha256: String,
    ) -> Result<(), ExportError> {
        let path = self.root.join("current.json");
        let newest = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Current>(&bytes).ok())
            .and_then(|current| current.as_of);
        if newest > manifest.as_of {
            return Ok(());
        }
        let current =
            Current { run: manifest.run.clone(), as_of: manifest.as_of.clone(), manifest_sha256 };
        let mut text = serde_json::to_string(&current).map_err(|error| ExportError::Encode {
            path: "current.json".into(),
            message: error.to_string(),
        })?;
        text.push('\n');
        replace(&path, text.as_bytes())?;
        self.link(&manifest.run);
        sync(&self.root)
    }

    /// Keeps the pointer at a run whose manifest was written anew, where it points there.
    ///
    /// # Errors
    ///
    /// The pointer cannot be written.
    pub(super) fn repoint(
        &self,
        run: &Path,
        (manifest, sha256): &(Manifest, String),
    ) -> Result<(), ExportError> {
        if current(&self.root).is_some_and(|current| current == run) {
            self.point_at(manifest, sha256.clone())?;
        }
        sync(run)
    }

    /// Replaces the link `current`; where links cannot be made, `current.json` is enough.
    fn link(&self, run: &str) {
        #[cfg(unix)]
        {
            let (link, fresh) = (self.root.join("current"), self.root.join(".current.new"));
            let _ = fs::remove_file(&fresh);
            let made = std::os::unix::fs::symlink(Path::new("runs").join(run), &fresh)
                .and_then(|()| fs::rename(&fresh, &link));
            if made.is_err() {
                // Somebody's folder stands in the way: the pointer file is enough.
                let _ = fs::remove_file(&fresh);
            }
        }
        let _ = run;
    }

    /// Removes what dead runs left behind; we hold the lock, so they are dead.
    fn sweep(&self) -> Result<(), ExportError> {
        let wrong = |error: std::io::Error| ExportError::io(&self.root, &error);
        for entry in fs::read_dir(&self.root).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let ours = entry.file_name().to_string_lossy().starts_with(".staging-");
            // A link that somebody planted is not followed and not removed.
            if ours && entry.file_type().map_err(wrong)?.is_dir() {
                fs::remove_dir_all(entry.path()).map_err(wrong)?;
            }
        }
        Ok(())
    }

    /// Rebuilds `history.jsonl` from the published runs: one line per run and segment.
    ///
    /// # Errors
    ///
    /// The runs cannot be listed or the history cannot be written.
    pub fn write_history(&self) -> Result<(), ExportError> {
        super::history::rebuild(&self.root)
    }
}

fn lock(root: &Path) -> Result<File, ExportError> {
    let path = root.join(".lock");
    let wrong = |error: std::io::Error| ExportError::io(&path, &error);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(wrong)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Who holds it is a courtesy; an unreadable note only makes the message shorter.
            let _ = file.read_to_string(&mut holder);
            let by = holder.trim().parse::<u32>();
            let by = by.map_or_else(|_| String::new(), |pid| format!(" (process {pid})"));
            return Err(ExportError::Locked { path: root.display().to_string(), by });
        }
        Err(TryLockError::Error(error)) => return Err(wrong(error)),
    }
    file.set_len(0)
        .and_then(|()| file.write_all(std::process::id().to_string().as_bytes()))
        .map_err(wrong)?;
    Ok(file)
}

fn sync(folder: &Path) -> Result<(), ExportError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| ExportError::io(folder, &error))
}

/// Finds a run: a run folder, an output folder (its current run), or, inside the output
/// folder `default`, the word `current`, an as-of day, the first letters of a name or those
/// of the hash in it.
///
/// # Errors
///
/// There is no such run, or more than one.
pub fn find(asked: &str, default: &Path) -> Result<PathBuf, ExportError> {
    let none = || ExportError::NoRun { path: asked.to_owned() };
    let path = Path::new(asked);
    if path.join("manifest.json").is_file() {
        return Ok(path.to_owned());
    }
    if path.join("current.json").is_file() {
        return current(path).ok_or_else(none);
    }
    // `OUT/current` where links cannot be made.
    if path.file_name().is_some_and(|name| name == "current") {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(run) = current(parent.unwrap_or(default)) {
            return Ok(run);
        }
    }
    if asked.is_empty() {
        return Err(none());
    }
    let matching: Vec<String> = names(default)
        .into_iter()
        .filter(|name| {
            let hash = name.rsplit('-').next().unwrap_or(name);
            name.starts_with(asked) || hash.starts_with(asked)
        })
        .collect();
    match matching.as_slice() {
        [] => Err(none()),
        [only] => Ok(default.join("runs").join(only)),
        several => {
            Err(ExportError::Ambiguous { asked: asked.to_owned(), runs: several.join(", ") })
        }
    }
}

/// The names of the whole runs in the output folder `root`, ascending: by as-of day.
#[must_use]
pub fn names(root: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join("runs")) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("manifest.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The run that `current.json` of an output folder points to, where it is whole.
#[must_use]
pub fn current(folder: &Path) -> Option<PathBuf> {
    let bytes = fs::read(folder.join("current.json")).ok()?;
    let current: Current = serde_json::from_slice(&bytes).ok()?;
    let run = folder.join("runs").join(current.run);
    run.join("manifest.json").is_file().then_some(run)
}
