//! Whether the first record names the columns, and the names.

use std::collections::BTreeMap;

use super::error::LoadError;
use super::missing::{self, Says};
use super::number;
use crate::finding::{Finding, Severity};
use crate::said::facts;

/// How many records after the first are looked at.
pub(super) const SAMPLE: usize = 200;

/// Whether the first record looks like data: no column has a text above numbers, and
/// either a number stands above numbers, or in half of the columns or more the first
/// text occurs again below.
///
/// `rows` are the records that follow; cells are trimmed.
pub(super) fn looks_like_data(first: &[Vec<u8>], rows: &[Vec<Vec<u8>>]) -> bool {
    let (mut n_numbers, mut n_again) = (0, 0);
    // A header that stands again (two files joined) is no evidence.
    let rows: Vec<_> = rows.iter().filter(|row| row.as_slice() != first).collect();
    for (at, cell) in first.iter().enumerate() {
        let below: Vec<&[u8]> = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(Vec::as_slice)
            .filter(|cell| !cell.is_empty() && missing::says(cell, &[]) == Says::Value)
            .collect();
        let numbers = below.iter().filter(|cell| number::form(cell).is_number()).count();
        let mostly_numbers = !below.is_empty() && numbers * 10 >= below.len() * 9;
        if cell.is_empty() || missing::says(cell, &[]) != Says::Value {
            continue;
        }
        match (number::form(cell).is_number(), mostly_numbers) {
            (true, true) => n_numbers += 1,
            (false, true) => return false,
            (false, false) => n_again += usize::from(below.contains(&cell.as_slice())),
            (true, false) => {}
        }
    }
    n_numbers > 0 || (first.len() >= 2 && n_again * 2 >= first.len())
}

/// The names of the columns from the header's trimmed cells.
///
/// # Errors
///
/// A name that is missing (but for the first, which pandas leaves empty above its row
/// numbers) or that occurs twice.
pub(super) fn names(
    cells: &[Vec<u8>],
    file: &str,
) -> Result<(Vec<String>, Vec<Finding>), LoadError> {
    let mut findings = Vec::new();
    let mut names = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        let mut name = String::from_utf8_lossy(cell).into_owned();
        if name.is_empty() && at == 0 && cells.len() > 1 {
            name = numbered(0);
            let told = facts!(name = &name);
            findings.push(Finding::new("unnamed-column", Severity::Note, told).column(&name));
        } else if name.is_empty() {
            return Err(LoadError::EmptyHeader {
                file: file.to_owned(),
                position: at + 1,
                n_columns: cells.len(),
            });
        }
        names.push(name);
    }
    check_unique(&names, file)?;
    Ok((names, findings))
}

/// Refuses two columns of one name.
pub(super) fn check_unique(names: &[String], file: &str) -> Result<(), LoadError> {
    let mut seen = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        if let Some(first) = seen.insert(name.as_str(), at) {
            return Err(LoadError::DuplicateHeader {
                file: file.to_owned(),
                name: name.clone(),
                first: first + 1,
                second: at + 1,
            });
        }
    }
    Ok(())
}

/// For each column of a table that begins with the file `first` its position in `file`,
/// whose columns are `own`.
///
/// # Errors
///
/// A column that only one of the two has.
pub(super) fn order(
    names: &[String],
    own: &[String],
    first: &str,
    file: &str,
) -> Result<Vec<usize>, LoadError> {
    let differs = |what, column: &String| LoadError::HeadersDiffer {
        file: file.to_owned(),
        what,
        column: column.clone(),
        first: first.to_owned(),
    };
    let place = |name: &String| {
        own.iter().position(|other| other == name).ok_or_else(|| differs("lacks", name))
    };
    let order = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    match own.iter().find(|name| !names.contains(name)) {
        Some(more) => Err(differs("has another", more)),
        None => Ok(order),
    }
}

/// The name of column `at`, counted from 0, of a table without a header.
pub(super) fn numbered(at: usize) -> String {
    format!("column_{}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<Vec<u8>> {
        row.split(',').map(|cell| cell.as_bytes().to_vec()).collect()
    }

    fn data(text: &str) -> bool {
        let mut rows = text.split('\n').map(cells);
        let first = rows.next().unwrap();
        looks_like_data(&first, &rows.collect::<Vec<_>>())
    }

    #[test]
    fn numbers_above_numbers_are_data_unless_a_name_stands_above_numbers() {
        assert!(data("39,State-gov\n50,Private\n38,Private"));
        assert!(!data("id,2019,2020\n1,5,6\n2,7,8"));
        assert!(!data("age,job\n39,a\n50,b"));
    }

    #[test]
    fn texts_that_occur_again_are_data() {
        assert!(data("Yes,No\nNo,No\nYes,Yes"));
        assert!(!data("name,plan\nann,basic\nbob,basic"));
    }

    #[test]
    fn a_repeated_header_is_no_data() {
        assert!(!data("name,plan\nann,basic\nname,plan"));
    }
}
