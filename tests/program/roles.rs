//! The roles and families guessed for real tables against what a person says they
//! are. The expectations in `roles/*.toml` were written from the data, before and
//! without the program's answer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kohort::features::roles::{Asked, Plan, guess};
use kohort::features::{Params, apply, build, wanted_for};
use kohort::load::{CsvParams, LoadError, Source, open};
use kohort::table::Values;

/// The least share of roles, and of families, that must come out right.
const LEAST: f64 = 0.95;

/// The folder of the real tables: never a part of the package.
fn real_data() -> Option<PathBuf> {
    crate::support::real("")
}

/// Right answers and all answers.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn share(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "some hundred columns")]
        let share = self.right as f64 / self.all.max(1) as f64;
        share
    }
}

/// One expectation file.
struct Expected {
    file: String,
    header: Option<bool>,
    mixed_days: bool,
    roles: Vec<(String, String)>,
    families: Vec<(String, String)>,
    /// What a column is in its block; columns that are not listed are in none.
    blocks: Vec<(String, String)>,
}

fn read_expected(path: &Path) -> Expected {
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let pairs = |key: &str| {
        let pairs = table.get(key).and_then(toml::Value::as_table).into_iter().flatten();
        pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
    };
    Expected {
        file: table["file"].as_str().unwrap().to_owned(),
        header: table.get("header").and_then(toml::Value::as_bool),
        mixed_days: table.contains_key("mixed-days"),
        roles: pairs("roles"),
        families: pairs("families"),
        blocks: pairs("blocks"),
    }
}

/// The plan of a table without any setting but the header.
fn plan_of(data: &Path, expected: &Expected) -> Plan {
    opened(data, expected).1
}

/// The table and its plan.
fn opened(data: &Path, expected: &Expected) -> (Source, Plan) {
    let csv = CsvParams { header: expected.header, ..CsvParams::default() };
    let source = open(&data.join(&expected.file), &expected.file, &csv, 0).unwrap();
    let n_rows = usize::try_from(source.accounting().used).unwrap();
    let params = Params::default();
    let asked = Asked { id: None, label: None, positive: None, params: &params };
    let plan = guess(source.columns(), n_rows, &asked).unwrap();
    (source, plan)
}

/// The column that a key means: a name, or `#3` for the third of a table without a header.
fn position(plan: &Plan, key: &str) -> usize {
    match key.strip_prefix('#').and_then(|number| number.parse::<usize>().ok()) {
        Some(number) => number - 1,
        None => plan
            .columns
            .iter()
            .position(|column| column.name == key)
            .unwrap_or_else(|| panic!("the table has no column {key}")),
    }
}

#[test]
fn roles_and_families_of_real_tables() {
    let Some(data) = real_data() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/roles");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 17, "only {} expectation files", files.len());
    let (mut roles, mut families) = (Tally::default(), Tally::default());
    for path in files {
        let expected = read_expected(&path);
        let plan = plan_of(&data, &expected);
        assert_eq!(plan.columns.len(), expected.roles.len(), "{}", expected.file);
        for (key, role) in &expected.roles {
            let column = &plan.columns[position(&plan, key)];
            let got = serde_json::to_value(column.role).unwrap();
            roles.add(got == role.as_str());
            if got != role.as_str() {
                eprintln!("{}: {key} is {role}, got {got} ({})", expected.file, column.why);
            }
        }
        let blocks: BTreeMap<String, String> = plan
            .columns
            .iter()
            .filter_map(|column| {
                let kind = serde_json::to_value(column.block.as_ref()?.kind).unwrap();
                Some((column.name.clone(), kind.as_str().unwrap().to_owned()))
            })
            .collect();
        assert_eq!(blocks, expected.blocks.iter().cloned().collect(), "{}", expected.file);
        for (key, family) in &expected.families {
            let column = &plan.columns[position(&plan, key)];
            let got = column.family.map_or("none", |family| family.name());
            families.add(got == family);
            if got != family {
                eprintln!("{}: {key} is {family}, got {got} ({})", expected.file, column.why);
            }
        }
    }
    eprintln!(
        "roles {} of {}, families {} of {}",
        roles.right, roles.all, families.right, families.all
    );
    assert!(roles.share() >= LEAST, "only {:.3} of the roles are right", roles.share());
    assert!(families.share() >= LEAST, "only {:.3} of the families are right", families.share());
}

/// Only names that mean leaving are taken as a label unasked.
#[test]
fn no_other_outcome_is_taken_for_churn() {
    let Some(data) = real_data() else { return };
    for file in [
        "marketing_campaign/marketing_campaign.csv",
        "online_shoppers/online_shoppers_intention.csv",
        "wholesale/Wholesale customers data.csv",
        "adult/adult.data.csv",
        "bank_marketing/bank-full.csv",
    ] {
        let header = if file.starts_with("adult") { Some(false) } else { None };
        let expected = Expected {
            file: file.to_owned(),
            header,
            mixed_days: false,
            roles: Vec::new(),
            families: Vec::new(),
            blocks: Vec::new(),
        };
        assert_eq!(plan_of(&data, &expected).label, None, "{file}");
    }
}

/// Every real table becomes a feature table, and the frozen schema reads it again with
/// the same bits.
#[test]
fn real_tables_are_built_and_scored_alike() {
    let Some(data) = real_data() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/roles");
    for entry in std::fs::read_dir(folder).unwrap() {
        let expected = read_expected(&entry.unwrap().path());
        let (source, plan) = opened(&data, &expected);
        let frame = match source.read(&plan.wanted()) {
            // Days in two formats: the loader asks, and so does a run.
            Err(LoadError::MixedDays { .. }) if expected.mixed_days => continue,
            frame => frame.unwrap(),
        };
        let built = build(&frame, &plan, None, 10).unwrap();
        built.schema.validate().unwrap();
        let wanted = wanted_for(&built.schema, source.columns(), None).unwrap();
        let again = apply(&source.read(&wanted).unwrap(), &built.schema, None).unwrap();
        assert!(again.missing_columns.is_empty() && again.out_of_range.is_empty());
        assert_eq!(again.table.ids(), built.table.ids(), "{}", expected.file);
        for (a, b) in again.table.columns().iter().zip(built.table.columns()) {
            match (&a.values, &b.values) {
                (Values::Number(x), Values::Number(y)) => {
                    let same = x.iter().zip(y).all(|(x, y)| x.to_bits() == y.to_bits());
                    assert!(same, "{}: {}", expected.file, a.name);
                }
                _ => assert_eq!(a, b, "{}: {}", expected.file, a.name),
            }
        }
    }
}
