//! Zip archives: workbooks are told from archives of files by what lies in them, and the
//! one table of an archive is unpacked within limits. Every file that is used is read to
//! its end, so that its checksum is compared.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use zip::ZipArchive;

use super::bytes::unpack;
use super::error::LoadError;
use super::params::Limits;
use super::sheet::{Book, list};

/// Endings of names that promise a table, besides `.txt`, which can be a note.
const TABLES: [&str; 19] = [
    ".csv", ".tsv", ".tab", ".dat", ".data", ".parquet", ".pq", ".json", ".ndjson", ".jsonl",
    ".arff", ".arrow", ".feather", ".ipc", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods",
];

/// What is in a zip archive.
pub(super) enum Inside {
    /// A workbook: the archive itself is the file.
    Book(Book),
    /// A file of the archive, unpacked.
    Member { name: String, bytes: Vec<u8> },
    /// Something that is no table, in words.
    Other(&'static str),
}

/// Looks into an archive; `wanted` names one of its files.
///
/// # Errors
///
/// A damaged archive, one that is too big when unpacked, no such file, several tables
/// and none wanted.
pub(super) fn open(
    bytes: &[u8],
    wanted: Option<&str>,
    limits: &Limits,
    file: &str,
) -> Result<Inside, LoadError> {
    // The names and sizes in a damaged archive can be anything.
    catch_unwind(AssertUnwindSafe(|| look(bytes, wanted, limits, file)))
        .unwrap_or_else(|_| Err(damaged(file)))
}

fn damaged(file: &str) -> LoadError {
    LoadError::TruncatedArchive { file: file.to_owned() }
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn look(
    bytes: &[u8],
    wanted: Option<&str>,
    limits: &Limits,
    file: &str,
) -> Result<Inside, LoadError> {
    let mut archive = Archive::new(Cursor::new(bytes)).map_err(|_| damaged(file))?;
    let mut names = Vec::with_capacity(archive.len().min(1 << 16));
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|_| damaged(file))?;
        let name = entry.name().map_err(|_| damaged(file))?.into_owned();
        names.push((name, entry.encrypted()));
    }
    let has = |name: &str| names.iter().any(|(known, _)| known == name);
    if wanted.is_none() {
        let book = if has("xl/workbook.bin") {
            Some(Book::Xlsb)
        } else if has("xl/workbook.xml") {
            Some(Book::Xlsx)
        } else if has("content.xml") && has("mimetype") {
            Some(Book::Ods)
        } else {
            None
        };
        if let Some(book) = book {
            check_all(&mut archive, bytes.len() as u64, limits, file)?;
            let is_sheet =
                book != Book::Ods || memchr::memmem::find(bytes, b"spreadsheet").is_some();
            let other = Inside::Other("an OpenDocument file that is no workbook");
            return Ok(if is_sheet { Inside::Book(book) } else { other });
        }
        if has("word/document.xml") || has("ppt/presentation.xml") {
            return Ok(Inside::Other("an Office document that is no workbook"));
        }
    }
    let at = choose(&names, wanted, file)?;
    if names[at].1 {
        return Ok(Inside::Other("an encrypted zip archive"));
    }
    let bytes = entry(&mut archive, at, limits, file)?;
    Ok(Inside::Member { name: names[at].0.clone(), bytes })
}

fn entry(
    archive: &mut Archive,
    at: usize,
    limits: &Limits,
    file: &str,
) -> Result<Vec<u8>, LoadError> {
    let entry = archive.by_index(at).map_err(|_| damaged(file))?;
    let packed = entry.compressed_size();
    unpack(entry, packed, file, limits)
}

/// Reads every file of a workbook once, which compares the checksums; all together stay
/// within the limits.
fn check_all(
    archive: &mut Archive,
    packed: u64,
    limits: &Limits,
    file: &str,
) -> Result<(), LoadError> {
    let mut reached = 0;
    for at in 0..archive.len() {
        reached += entry(archive, at, limits, file)?.len() as u64;
        if reached > limits.max_bytes {
            let why = format!("at most {} bytes are read", limits.max_bytes);
            return Err(LoadError::Bomb { file: file.to_owned(), reached, packed, why });
        }
    }
    Ok(())
}

/// The position of the wanted file, or of the only one that can be a table.
fn choose(names: &[(String, bool)], wanted: Option<&str>, file: &str) -> Result<usize, LoadError> {
    let files: Vec<usize> = (0..names.len()).filter(|&at| is_file(&names[at].0)).collect();
    let shown = |of: &[usize]| list(of.iter().map(|&at| names[at].0.as_str()));
    if let Some(wanted) = wanted {
        let found = files.iter().copied().find(|&at| names[at].0 == wanted);
        return found.ok_or_else(|| LoadError::NoSuchPart {
            file: file.to_owned(),
            what: "file",
            wanted: wanted.to_owned(),
            there: shown(&files),
        });
    }
    let ending = |endings: &[&str]| -> Vec<usize> {
        let ends = |at: usize| {
            let name = names[at].0.to_ascii_lowercase();
            endings.iter().any(|ending| name.ends_with(ending))
        };
        files.iter().copied().filter(|&at| ends(at)).collect()
    };
    let tables = [ending(&TABLES), ending(&[".txt"]), files.clone()];
    let tables = tables.into_iter().find(|tables| !tables.is_empty()).unwrap_or_default();
    match tables.as_slice() {
        [] => Err(LoadError::Empty { file: file.to_owned() }),
        [one] => Ok(*one),
        several => Err(LoadError::SeveralParts {
            file: file.to_owned(),
            what: "tables",
            key: "member",
            there: shown(several),
        }),
    }
}

/// Not a folder, not a hidden file, not what the Finder of macOS adds.
fn is_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    !last.is_empty() && !last.starts_with('.') && !name.starts_with("__MACOSX/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(content).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn member(files: &[(&str, &[u8])], wanted: Option<&str>) -> Result<String, LoadError> {
        match open(&packed(files), wanted, &Limits::default(), "t.zip")? {
            Inside::Member { name, .. } => Ok(name),
            _ => Ok("no member".to_owned()),
        }
    }

    #[test]
    fn the_only_table_is_found_among_what_is_none() {
        let files: [(&str, &[u8]); 5] = [
            ("data/", b""),
            ("data/orders.CSV", b"a,b\n1,2\n"),
            ("readme.txt", b"how it was made"),
            ("__MACOSX/data/._orders.csv", b"\0\0"),
            (".DS_Store", b"\0"),
        ];
        assert_eq!(member(&files[1..], None).unwrap(), "data/orders.CSV");
        assert_eq!(member(&files[2..], None).unwrap(), "readme.txt");
        assert_eq!(member(&[("table", b"a\n1\n")], None).unwrap(), "table");
    }

    #[test]
    fn several_tables_are_listed_and_one_can_be_named() {
        let files: [(&str, &[u8]); 2] = [("a.csv", b"x\n1\n"), ("b.parquet", b"PAR1")];
        let error = member(&files, None).unwrap_err().to_string();
        assert!(error.contains("a.csv, b.parquet"), "{error}");
        assert_eq!(member(&files, Some("a.csv")).unwrap(), "a.csv");
        let error = member(&files, Some("c.csv")).unwrap_err();
        assert!(matches!(error, LoadError::NoSuchPart { .. }));
    }
}
