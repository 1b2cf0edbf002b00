//! Lines that lie in files of their own until their turn, each file with all lines of its
//! customers.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::backend::BackendError;

/// Whose a line is, of which day and order; lines are ordered by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line<'a> {
    pub id: &'a str,
    pub day: i32,
    pub order: Option<&'a str>,
}

/// The numbers of a line as they lie in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    /// The number at a place that there is; else 0.
    pub(super) fn number(&self, at: usize) -> f64 {
        let bytes = self.0.get(8 * at..).and_then(|rest| rest.first_chunk());
        bytes.map_or(0.0, |bytes| f64::from_le_bytes(*bytes))
    }
}

/// The length of an order number that is not there.
const NONE: u32 = u32::MAX;

impl<'a> Line<'a> {
    /// Puts the line and its numbers behind others.
    pub(super) fn put(&self, numbers: &[f64], to: &mut Vec<u8>) {
        to.extend_from_slice(&self.day.to_le_bytes());
        for text in [Some(self.id), self.order] {
            let length = text.map_or(NONE, |text| text.len() as u32);
            to.extend_from_slice(&length.to_le_bytes());
            to.extend_from_slice(text.unwrap_or_default().as_bytes());
        }
        to.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    /// All lines of a file, with so many numbers each.
    pub(super) fn all(
        mut bytes: &'a [u8],
        n_numbers: usize,
    ) -> Result<Vec<(Self, Numbers<'a>)>, BackendError> {
        let mut lines = Vec::new();
        while !bytes.is_empty() {
            let line = Self::next(&mut bytes, n_numbers);
            lines.push(line.ok_or(BackendError::Internal { what: "lines that were laid aside" })?);
        }
        Ok(lines)
    }

    fn next(bytes: &mut &'a [u8], n_numbers: usize) -> Option<(Self, Numbers<'a>)> {
        let day = i32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?);
        let mut text = || {
            let length = u32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?);
            if length == NONE {
                return Some(None);
            }
            std::str::from_utf8(bytes.split_off(..length as usize)?).ok().map(Some)
        };
        let (id, order) = (text()??, text()?);
        Some((Self { id, day, order }, Numbers(bytes.split_off(..8 * n_numbers)?)))
    }
}

/// The files; they are gone with it.
pub(super) struct Dealt {
    folder: PathBuf,
    files: Vec<BufWriter<File>>,
}

impl Drop for Dealt {
    fn drop(&mut self) {
        // What stays behind is replaced by the next attempt.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn wrong(folder: &Path) -> impl Fn(std::io::Error) -> BackendError {
    |error| BackendError::SinkForbidden {
        place: folder.display().to_string(),
        why: error.kind().to_string(),
    }
}

fn file(folder: &Path, at: usize) -> PathBuf {
    folder.join(format!("lines-{at:03}"))
}

impl Dealt {
    /// Empty files in a folder of their own; what a dead attempt left there is replaced.
    pub(super) fn new(folder: PathBuf, n: usize) -> Result<Self, BackendError> {
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(wrong(&folder))?;
        }
        fs::create_dir_all(&folder).map_err(wrong(&folder))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // They hold ids.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let open = |at: usize| Ok(BufWriter::new(options.open(file(&folder, at))?));
        let files: std::io::Result<Vec<BufWriter<File>>> = (0..n).map(open).collect();
        let files = files.map_err(wrong(&folder))?;
        Ok(Self { folder, files })
    }

    /// Adds lines to each file.
    pub(super) fn add(&mut self, parts: &[Vec<u8>]) -> Result<(), BackendError> {
        let each = self.files.iter_mut().zip(parts);
        each.into_iter()
            .try_for_each(|(file, bytes)| file.write_all(bytes))
            .map_err(wrong(&self.folder))
    }

    /// Nothing is added any more.
    pub(super) fn finish(&mut self) -> Result<(), BackendError> {
        self.files.iter_mut().try_for_each(Write::flush).map_err(wrong(&self.folder))?;
        self.files.clear();
        Ok(())
    }

    /// What lies in a file.
    pub(super) fn read(&self, at: usize) -> Result<Vec<u8>, BackendError> {
        fs::read(file(&self.folder, at)).map_err(wrong(&self.folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_from_their_files_and_the_files_go() {
        let folder = tempfile::tempdir().unwrap();
        let aside = folder.path().join("aside");
        std::fs::create_dir(&aside).unwrap();
        std::fs::write(aside.join("old"), "x").unwrap();
        let mut dealt = Dealt::new(aside.clone(), 2).unwrap();
        let lines = [
            (Line { id: "b", day: -3, order: Some("é") }, [1.5, -2.0]),
            (Line { id: "", day: 7, order: None }, [0.0, 1e15]),
        ];
        for (line, numbers) in &lines {
            let mut bytes = Vec::new();
            line.put(numbers, &mut bytes);
            dealt.add(&[bytes, Vec::new()]).unwrap();
        }
        dealt.finish().unwrap();
        assert!(!aside.join("old").exists() && dealt.read(1).unwrap().is_empty());
        let bytes = dealt.read(0).unwrap();
        let back = Line::all(&bytes, 2).unwrap();
        for ((line, numbers), (expected, values)) in back.iter().zip(&lines) {
            assert_eq!(
                (line, numbers.number(0), numbers.number(1)),
                (expected, values[0], values[1])
            );
        }
        assert!(Line::all(&bytes[..bytes.len() - 1], 2).is_err());
        assert!(Line::all(&bytes, 3).is_err());
        drop(dealt);
        assert!(!aside.exists());
    }
}
