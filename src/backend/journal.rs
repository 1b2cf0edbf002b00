//! What each finished pass came to, one line of JSON each, so that a killed run goes on
//! where it was with the same bits: numbers are written as the hexadecimal of their bits.
//!
//! A journal belongs to a run, a table and a beginning ([`Head`]). A file that begins
//! otherwise is begun anew; a last line that was cut off is left out.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::BackendError;

/// What a journal belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Head {
    /// The run.
    pub run: String,
    /// The fingerprint of the table.
    pub fingerprint: String,
    /// The seed.
    pub seed: u64,
    /// The centres that the passes begin with, as the hexadecimal of their bits.
    pub centres: Vec<String>,
    /// What prepares the columns, in short.
    pub prepared: String,
}

/// One pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Line {
    /// Which, from 1.
    pub pass: usize,
    /// The centres after it.
    pub centres: Vec<String>,
    /// Rows that were placed.
    pub n: u64,
    /// The sum of squared distances to the centres before it.
    pub sse: String,
    /// How far the centre went that went farthest.
    pub moved: String,
}

/// The hexadecimal of the bits of numbers.
#[must_use]
pub(super) fn bits(numbers: &[f64]) -> Vec<String> {
    numbers.iter().map(|number| format!("{:016x}", number.to_bits())).collect()
}

/// The numbers of hexadecimal bits; none where one is no such.
#[must_use]
pub(super) fn numbers(bits: &[String]) -> Option<Vec<f64>> {
    let number = |text: &String| u64::from_str_radix(text, 16).ok().map(f64::from_bits);
    bits.iter().map(number).collect()
}

/// A journal on the disk.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    lines: Vec<Line>,
}

impl Journal {
    /// Opens the journal at a path, and what it holds if it belongs to `head`.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written.
    pub fn open(path: &Path, head: &Head) -> Result<Self, BackendError> {
        let wrong = |error: std::io::Error| BackendError::SinkForbidden {
            place: path.display().to_string(),
            why: error.kind().to_string(),
        };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(wrong(error)),
        };
        let lines = known(&text, head);
        // Written anew: what was cut off must not stand before what is added.
        let mut whole = line(head)?;
        for one in &lines {
            whole += &line(one)?;
        }
        let aside = path.with_extension("new");
        let replaced = || {
            let mut file = File::create(&aside)?;
            file.write_all(whole.as_bytes())?;
            file.sync_all()?;
            fs::rename(&aside, path)?;
            OpenOptions::new().append(true).open(path)
        };
        Ok(Self { path: path.to_owned(), file: replaced().map_err(wrong)?, lines })
    }

    /// The passes that were finished, in their order.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Notes a finished pass; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn note(&mut self, one: Line) -> Result<(), BackendError> {
        let text = line(&one)?;
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| BackendError::SinkForbidden {
            place: self.path.display().to_string(),
            why: error.kind().to_string(),
        })?;
        self.lines.push(one);
        Ok(())
    }
}

fn line(one: &impl Serialize) -> Result<String, BackendError> {
    let mut text = serde_json::to_string(one)
        .map_err(|_| BackendError::Internal { what: "a line of the journal" })?;
    text.push('\n');
    Ok(text)
}

/// The lines of a text that belongs to `head`, up to the first that is cut off or out of
/// order.
fn known(text: &str, head: &Head) -> Vec<Line> {
    // What does not end was not written to its end.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let mut lines = whole.lines();
    let first = lines.next().and_then(|line| serde_json::from_str::<Head>(line).ok());
    if first.as_ref() != Some(head) {
        return Vec::new();
    }
    let mut known: Vec<Line> = Vec::new();
    for line in lines {
        match serde_json::from_str::<Line>(line) {
            Ok(line)
                if line.pass == known.len() + 1
                    && line.centres.len() == head.centres.len()
                    && numbers(&line.centres).is_some() =>
            {
                known.push(line);
            }
            _ => break,
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            run: "r".into(),
            fingerprint: "f".into(),
            seed: 1,
            centres: bits(&[1.0, -0.1]),
            prepared: "p".into(),
        }
    }

    fn pass(pass: usize) -> Line {
        let [sse, moved] = [bits(&[2.0]).remove(0), bits(&[0.5]).remove(0)];
        Line { pass, centres: bits(&[1.5, -0.25]), n: 7, sse, moved }
    }

    #[test]
    fn bits_survive() {
        let all = [1.0, -0.0, 0.1, f64::MAX, 5e-324];
        let read = numbers(&bits(&all)).unwrap();
        assert!(read.iter().zip(&all).all(|(a, b)| a.to_bits() == b.to_bits()));
        assert_eq!(numbers(&["x".to_owned()]), None);
    }

    #[test]
    fn a_line_that_was_cut_off_is_left_out_and_another_beginning_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let mut journal = Journal::open(&path, &head()).unwrap();
        journal.note(pass(1)).unwrap();
        journal.note(pass(2)).unwrap();
        drop(journal);
        let whole = fs::read(&path).unwrap();
        for cut in 1..40 {
            fs::write(&path, &whole[..whole.len() - cut]).unwrap();
            assert_eq!(Journal::open(&path, &head()).unwrap().lines(), [pass(1)]);
        }
        let mut journal = Journal::open(&path, &head()).unwrap();
        journal.note(pass(2)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
        let other = Head { seed: 2, ..head() };
        assert!(Journal::open(&path, &other).unwrap().lines().is_empty());
    }
}
