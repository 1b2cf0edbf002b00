//! Customers that a rule leaves out: those that a file names, those of whom a condition is
//! not true, and under
//! `impute = "drop-row"` those with a missing number. All are counted.

use std::collections::BTreeSet;
use std::path::Path;

use super::customers::Made;
use super::job::Failure;
use crate::config::{Config, place};
use crate::fault::Class;
use crate::finding::{Finding, Severity};
use crate::normalise::{Impute, complete_rows};
use crate::said::facts;
use crate::table::Condition;

/// Leaves out the customers whose ids stand in the file that the config names.
///
/// # Errors
///
/// The file cannot be read, or no customer is left.
pub(super) fn exclude(made: &mut Made, config: &Config, folder: &Path) -> Result<(), Failure> {
    let file = &config.input.exclude_customers;
    if file.is_empty() {
        return Ok(());
    }
    let text = std::fs::read_to_string(place(folder, file)).map_err(|error| Failure {
        code: "E-IN-003".into(),
        class: Class::Input,
        message: format!("{file} cannot be read: {}", error.kind()),
        hint: Some("write one id a line, in UTF-8".into()),
    })?;
    let named: BTreeSet<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let ids = &made.built.table.ids().values;
    let rows: Vec<usize> =
        (0..ids.len()).filter(|&row| !named.contains(ids[row].as_str())).collect();
    let found = ids.len() - rows.len();
    if rows.is_empty() {
        return Err(super::joins::refuse("customers", "no customer that is not excluded", None));
    }
    made.findings.push(
        Finding::new(
            "customers-excluded",
            Severity::Note,
            facts!(n = found, file = file, ids = named.len()),
        )
        .count(found),
    );
    made.keep(&rows)
}

/// Leaves out the customers of whom the condition of the config is not true.
///
/// # Errors
///
/// The condition cannot be read or asked of these columns, or no customer is left.
pub(super) fn not_meant(made: &mut Made, config: &Config) -> Result<(), Failure> {
    let text = &config.input.condition;
    if text.is_empty() {
        return Ok(());
    }
    let table = &made.built.table;
    let all = table.n_customers();
    let rows = Condition::parse(text)?.rows(table)?;
    if rows.is_empty() {
        return Err(Failure {
            code: "E-IN-057".into(),
            class: Class::Input,
            message: format!("the condition input.where is true of none of the {all} customers"),
            hint: Some("a comparison with a missing value is not true; see `is missing`".into()),
        });
    }
    let dropped = all - rows.len();
    made.findings.push(
        Finding::new("customers-not-meant", Severity::Note, facts!(n = dropped, of = all))
            .count(dropped),
    );
    made.keep(&rows)
}

/// Under `impute = "drop-row"` a customer with a missing number is excluded and counted.
///
/// # Errors
///
/// Never where the rows were counted right.
pub(super) fn drop_rows(made: &mut Made, config: &Config) -> Result<(), Failure> {
    if config.normalise.impute != Impute::DropRow {
        return Ok(());
    }
    let table = &made.built.table;
    let all: Vec<usize> = (0..table.n_customers()).collect();
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    let kept = complete_rows(table, &columns, &all);
    let dropped = all.len() - kept.len();
    if dropped == 0 {
        return Ok(());
    }
    made.findings
        .push(Finding::new("rows-dropped", Severity::Warning, facts!(n = dropped)).count(dropped));
    made.keep(&kept)
}
