//! What the ending of a file's name promises. The bytes decide; where the name promises
//! something else, that is said.

use crate::finding::{Finding, Severity};
use crate::said::{Said, facts, said};

/// The family of workbooks.
const WORKBOOK: &str = "workbook";

/// Endings and the family of formats they promise.
const ENDINGS: [(&str, &str); 17] = [
    (".csv", "CSV"),
    (".tsv", "CSV"),
    (".tab", "CSV"),
    (".txt", "CSV"),
    (".parquet", "Parquet"),
    (".pq", "Parquet"),
    (".arrow", "Arrow"),
    (".feather", "Arrow"),
    (".ipc", "Arrow"),
    (".xlsx", WORKBOOK),
    (".xlsm", WORKBOOK),
    (".xlsb", WORKBOOK),
    (".xls", WORKBOOK),
    (".ods", WORKBOOK),
    (".json", "JSON"),
    (".ndjson", "JSON"),
    (".jsonl", "JSON"),
];

/// The family that a name in small letters promises.
pub(super) fn family(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, family)| *family)
}

/// The family that a format belongs to.
fn family_of(format: &str) -> &'static str {
    match format {
        "parquet" => "Parquet",
        "arrow" => "Arrow",
        "xlsx" | "xlsb" | "xls" | "ods" => WORKBOOK,
        "json" | "ndjson" => "JSON",
        "arff" => "ARFF",
        _ => "CSV",
    }
}

/// Says that a file is not what its name promises.
pub(super) fn otherwise(name: &str, format: &str) -> Option<Finding> {
    let promised = family(name)?;
    let found = family_of(format);
    // Texts of any kind are called .txt.
    if promised == found || (name.contains(".txt") && !matches!(found, "Parquet" | "Arrow")) {
        return None;
    }
    let told = facts!(promised = word(promised), found = word(found));
    Some(Finding::new("other-format", Severity::Note, told))
}

/// A family in words.
fn word(family: &str) -> Said {
    match family {
        WORKBOOK => said!("format-workbook"),
        name => said!("format-named", name = name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_promises_something_else_is_said() {
        let message = otherwise("orders.csv.gz", "parquet").unwrap().message;
        assert!(message.contains("promises CSV, but the file is Parquet"));
        assert_eq!(otherwise("a.xls", "xlsx"), None);
        assert_eq!(otherwise("a.data", "csv"), None);
        assert_eq!(otherwise("a.txt", "ndjson"), None);
        assert!(otherwise("a.xls", "csv").is_some());
    }
}
