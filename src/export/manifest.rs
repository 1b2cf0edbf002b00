//! The manifest: what went in, what came out, each with its checksum.

use std::path::Path;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ExportError, sha256_hex, sha256_of_file};
use crate::finding::Finding;

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The table it belongs to: `customers`, `transactions`, or the name of a further one.
    pub table: String,
    /// The file, named as in the config.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// One output file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputFile {
    /// The path inside the run folder.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Whether it holds raw ids and stays inside the company.
    pub internal: bool,
}

/// That people were erased from a run. It does not say who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// How many, over all requests.
    pub customers: u64,
    /// Whether the model was trained with them and is to be trained anew.
    pub retrain: bool,
}

/// What went in, what came out: `manifest.json`, written last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The layout's version.
    pub schema: u32,
    /// The run's name, as its folder is called.
    pub run: String,
    /// The as-of day; `None` for an undated table.
    pub as_of: Option<String>,
    /// The program's version.
    pub version: String,
    /// The seed.
    pub seed: u64,
    /// A hash of what the runs of one lineage have in common: the config but for paths, the
    /// as-of day and how the report is written. Empty in runs of earlier versions.
    #[serde(default)]
    pub lineage: String,
    /// The run that this one was compared with, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// The input files.
    pub inputs: Vec<Input>,
    /// Every file of the run but the manifest and `run.log.json`.
    pub outputs: Vec<OutputFile>,
    /// What was noticed on the way.
    pub findings: Vec<Finding>,
    /// That people were erased from the run after it was published; not there where nobody was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Erased>,
}

impl Manifest {
    /// Reads `manifest.json` of the run folder `run`.
    ///
    /// # Errors
    ///
    /// It is missing or not a manifest.
    pub fn read(run: &Path) -> Result<(Self, String), ExportError> {
        let path = run.join("manifest.json");
        let bytes = std::fs::read(&path).map_err(|_| damaged(&path, "it cannot be read".into()))?;
        let manifest = serde_json::from_slice(&bytes)
            .map_err(|_| damaged(&path, "it is no manifest".into()))?;
        Ok((manifest, sha256_hex(&bytes)))
    }

    /// Checks every file of the run folder `run` against the manifest.
    ///
    /// # Errors
    ///
    /// A file that is missing, of another length or of another content.
    pub fn verify(&self, run: &Path) -> Result<(), ExportError> {
        self.verify_lengths(run)?;
        let check = |file: &OutputFile| {
            let path = run.join(&file.path);
            if sha256_of_file(&path)? == file.sha256 {
                Ok(())
            } else {
                Err(damaged(&path, "its content is another".into()))
            }
        };
        // Of several damaged files the first is told.
        let checked: Vec<Result<(), ExportError>> = self.outputs.par_iter().map(check).collect();
        checked.into_iter().collect()
    }

    /// Checks that every file of the run folder `run` is there in its length: enough where
    /// checksums were taken on the way into files that have been synced since.
    ///
    /// # Errors
    ///
    /// A file that is missing or of another length.
    pub fn verify_lengths(&self, run: &Path) -> Result<(), ExportError> {
        for file in &self.outputs {
            let path = run.join(&file.path);
            let found =
                std::fs::metadata(&path).map_err(|_| damaged(&path, "it is missing".into()));
            let length = found?.len();
            if length != file.bytes {
                return Err(damaged(&path, format!("it has {length} bytes, not {}", file.bytes)));
            }
        }
        Ok(())
    }
}

fn damaged(path: &Path, message: String) -> ExportError {
    ExportError::Damaged { path: path.display().to_string(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_tell_what_is_short_and_checksums_what_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let told = OutputFile {
            path: "a".to_owned(),
            bytes: 3,
            sha256: sha256_hex(b"abc"),
            internal: true,
        };
        let manifest = Manifest {
            schema: 1,
            run: String::new(),
            as_of: None,
            version: String::new(),
            seed: 1,
            lineage: String::new(),
            previous: None,
            inputs: Vec::new(),
            outputs: vec![told],
            findings: Vec::new(),
            erased: None,
        };
        let checks = || {
            let (lengths, all) =
                (manifest.verify_lengths(folder.path()), manifest.verify(folder.path()));
            (lengths.is_ok(), all.is_ok())
        };
        assert_eq!(checks(), (false, false));
        for (text, expected) in
            [("abc", (true, true)), ("ab", (false, false)), ("abd", (true, false))]
        {
            std::fs::write(folder.path().join("a"), text).unwrap();
            assert_eq!(checks(), expected, "{text}");
        }
    }
}
