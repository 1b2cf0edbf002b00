//! Erasing people from published runs: the one change that a published run knows.
//!
//! Every table that has a row per customer is written anew without them, in the same order;
//! then the manifest, with the new checksums and a note that holds no id. All new files are
//! whole beside the old ones before any takes its place, and the manifest's new form says so:
//! an erasure that was cut short is finished by the next one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use polars::prelude::{BooleanChunked, DataFrame, DataType, NewChunkedArray, PlSmallStr};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use polars_io::parquet::write::ParquetWriter;

use super::manifest::{Erased, Manifest};
use super::publish::OutputFolder;
use super::sheet::{compression, records};
use super::write::private;
use super::{ExportError, sha256_hex};

/// What new forms of files are called until they take their place.
const ASIDE: &str = "erased-new";

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erasure {
    /// The ids that were found anywhere.
    pub found: BTreeSet<String>,
    /// The runs that were changed.
    pub runs: Vec<String>,
    /// The other files that were changed: lists and assignments.
    pub files: Vec<String>,
}

/// Removes everybody with one of these ids from every run of an output folder, and from the
/// lists and assignments in `others`. Does nothing where nobody is found.
///
/// # Errors
///
/// A file that cannot be read or written. What was not reached yet is as it was.
pub fn erase(
    folder: &OutputFolder,
    ids: &BTreeSet<String>,
    others: &[PathBuf],
) -> Result<Erasure, ExportError> {
    let mut done = Erasure::default();
    let mut names: BTreeSet<String> = ["id", "unit"].map(str::to_owned).into();
    for name in super::publish::names(folder.root()) {
        let run = folder.run(&name);
        finish(&run)?;
        if let Some(changed) = of_run(&run, ids, &mut done.found, &mut names)? {
            done.runs.push(name);
            folder.repoint(&run, &changed)?;
        }
    }
    for path in others {
        for file in tables(path)? {
            if let Some(bytes) = without(&file, ids, &names, &mut done.found)? {
                let aside = aside(&file);
                private(&aside, &bytes)?;
                place(&aside, &file)?;
                done.files.push(file.display().to_string());
            }
        }
    }
    Ok(done)
}

/// `customers.csv` to `customers.csv.erased-new`.
fn aside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ASIDE}"));
    PathBuf::from(name)
}

fn place(aside: &Path, path: &Path) -> Result<(), ExportError> {
    fs::rename(aside, path).map_err(|error| ExportError::io(path, &error))
}

/// All tables at a path: itself, or what lies in the folder.
fn tables(path: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let wrong = |error: std::io::Error| ExportError::io(path, &error);
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut all = Vec::new();
    for entry in fs::read_dir(path).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        // A link may lead anywhere, so it is not followed.
        let kind = entry.file_type().map_err(wrong)?;
        if kind.is_dir() {
            all.extend(tables(&entry.path())?);
        } else if kind.is_file() && is_table(&entry.path()) {
            all.push(entry.path());
        }
    }
    all.sort();
    Ok(all)
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "csv" || extension == "parquet")
}

/// Ends an erasure that was cut short after all new files were whole, and removes what one
/// left that was not.
fn finish(run: &Path) -> Result<(), ExportError> {
    let manifest = run.join("manifest.json");
    let whole = aside(&manifest).is_file();
    for file in with_asides(run)? {
        let new = aside(&file);
        if file == manifest {
            continue;
        }
        if whole {
            place(&new, &file)?;
        } else {
            fs::remove_file(&new).map_err(|error| ExportError::io(&new, &error))?;
        }
    }
    if whole { place(&aside(&manifest), &manifest) } else { Ok(()) }
}

/// The files of a run beside which a new form lies.
fn with_asides(folder: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let wrong = |error: std::io::Error| ExportError::io(folder, &error);
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let kind = entry.file_type().map_err(wrong)?;
        if kind.is_dir() {
            all.extend(with_asides(&entry.path())?);
        } else if entry.path().extension().is_some_and(|extension| extension == ASIDE) {
            all.push(entry.path().with_extension(""));
        }
    }
    all.sort();
    Ok(all)
}

/// Writes a run anew; the checksum of its new manifest, or `None` where nobody was in it.
fn of_run(
    run: &Path,
    ids: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
    names: &mut BTreeSet<String>,
) -> Result<Option<(Manifest, String)>, ExportError> {
    let (mut manifest, _) = Manifest::read(run)?;
    // A run on an engine has the names of its columns in the sample.
    let lists = ["customers.csv", "sample/customers.csv"].map(|name| run.join(name));
    let Some(id) = lists.iter().find_map(|list| id_column(list)) else { return Ok(None) };
    names.insert(id.clone());
    let own: BTreeSet<String> = [id].into();
    let mut here = BTreeSet::new();
    let mut changed = Vec::new();
    for file in &mut manifest.outputs {
        let path = run.join(&file.path);
        if !file.internal || !is_table(&path) {
            continue;
        }
        if let Some(bytes) = without(&path, ids, &own, &mut here)? {
            file.bytes = bytes.len() as u64;
            file.sha256 = sha256_hex(&bytes);
            private(&aside(&path), &bytes)?;
            changed.push(path);
        }
    }
    if changed.is_empty() {
        return Ok(None);
    }
    let before = manifest.erased.map_or(0, |erased| erased.customers);
    manifest.erased = Some(Erased { customers: before + here.len() as u64, retrain: true });
    found.extend(here);
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(|error| ExportError::Encode {
        path: "manifest.json".into(),
        message: error.to_string(),
    })?;
    text.push(b'\n');
    // From here on the erasure can be finished whatever happens.
    let path = run.join("manifest.json");
    private(&aside(&path), &text)?;
    for path in changed {
        place(&aside(&path), &path)?;
    }
    place(&aside(&path), &path)?;
    Ok(Some((manifest, sha256_hex(&text))))
}

/// The name of the first column of a CSV file.
fn id_column(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    records(line).into_iter().next()?.into_iter().next()
}

/// A table without the rows whose id is one of these; `None` where there is no such row or
/// the first column is not called by one of `names`.
fn without(
    path: &Path,
    ids: &BTreeSet<String>,
    names: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) -> Result<Option<Vec<u8>>, ExportError> {
    if path.extension().is_some_and(|extension| extension == "parquet") {
        return parquet_without(path, ids, names, found);
    }
    let Ok(text) = fs::read_to_string(path) else { return Ok(None) };
    Ok(csv_without(&text, ids, names, found).map(String::into_bytes))
}

/// The lines of a CSV text that stay, as they are. A line break inside quotes ends no record.
fn csv_without(
    text: &str,
    ids: &BTreeSet<String>,
    names: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut begin, mut quoted, mut removed) = (0, false, false);
    let mut columns: Vec<usize> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        quoted ^= byte == b'"';
        if (byte != b'\n' || quoted) && at + 1 < text.len() {
            continue;
        }
        let record = &text[begin..=at];
        let cells = records(record).into_iter().next().unwrap_or_default();
        if begin == 0 {
            if !cells.first().is_some_and(|first| names.contains(first)) {
                return None;
            }
            columns = (0..cells.len()).filter(|&j| j == 0 || cells[j] == "unit").collect();
            out.push_str(record);
        } else {
            let named = columns.iter().filter_map(|&j| cells.get(j)).find(|id| ids.contains(*id));
            match named {
                Some(id) => {
                    removed = true;
                    found.insert(id.clone());
                }
                None => out.push_str(record),
            }
        }
        begin = at + 1;
    }
    removed.then_some(out)
}

fn parquet_without(
    path: &Path,
    ids: &BTreeSet<String>,
    names: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) -> Result<Option<Vec<u8>>, ExportError> {
    let failed = || ExportError::Encode {
        path: path.display().to_string(),
        message: "it cannot be read or written as Parquet".into(),
    };
    let file = File::open(path).map_err(|error| ExportError::io(path, &error))?;
    let frame = ParquetReader::new(file).finish().map_err(|_| failed())?;
    let Some(first) = frame.columns().first() else { return Ok(None) };
    if !names.contains(first.name().as_str()) {
        return Ok(None);
    }
    let text = first.cast(&DataType::String).map_err(|_| failed())?;
    let cells = text.str().map_err(|_| failed())?;
    let stays: Vec<bool> = cells
        .iter()
        .map(|cell| {
            let named = cell.filter(|id| ids.contains(*id));
            found.extend(named.map(str::to_owned));
            named.is_none()
        })
        .collect();
    if stays.iter().all(|stays| *stays) {
        return Ok(None);
    }
    let mask = BooleanChunked::from_slice(PlSmallStr::EMPTY, &stays);
    let mut kept: DataFrame = frame.filter(&mask).map_err(|_| failed())?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(compression())
        .with_row_group_size(Some(1 << 18))
        .finish(&mut kept)
        .map_err(|_| failed())?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_those_named_go_and_all_others_stay_as_they_are() {
        let text = "id,note\n\"a\"\"1\",\"two\nlines\"\nb2,x\nc3,\"b2\"\n";
        let ids: BTreeSet<String> = ["b2".to_owned()].into();
        let names: BTreeSet<String> = ["id".to_owned()].into();
        let mut found = BTreeSet::new();
        let kept = csv_without(text, &ids, &names, &mut found).unwrap();
        assert_eq!(kept, "id,note\n\"a\"\"1\",\"two\nlines\"\nc3,\"b2\"\n");
        assert_eq!(found, ids);
        assert_eq!(csv_without(&kept, &ids, &names, &mut found), None);
        let quoted: BTreeSet<String> = ["a\"1".to_owned()].into();
        let kept = csv_without(text, &quoted, &names, &mut found).unwrap();
        assert_eq!(kept, "id,note\nb2,x\nc3,\"b2\"\n");
        assert_eq!(csv_without("other,id\nb2,b2\n", &ids, &names, &mut found), None);
    }
}
