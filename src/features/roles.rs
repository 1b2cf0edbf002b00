//! What each column is and what it is used for: guessed from its name and its
//! values, overridden by the config, and said in plain words.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Severity};
use crate::load::{Kind, ReadAs, SeenColumn, Wanted};
use crate::table::{Family, Role};

use super::error::FeatureError;
use super::family::Table;
use super::kinds::{self, KindGuess};
use super::names::Name;
use super::params::{Params, TypeRule, TypeWord};
use super::{id, label, words};

/// A category with more levels than this is reported: its rare levels are pooled.
const MANY_LEVELS: usize = 100;

/// What the config says.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The id column, `input.id`.
    pub id: Option<&'a str>,
    /// The label column, `churn.label`.
    pub label: Option<&'a str>,
    /// The value of the label that means yes, `churn.positive`.
    pub positive: Option<&'a str>,
    /// The `[features]` table.
    pub params: &'a Params,
}

/// What every column of the input is.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The id column; `None` where rows are numbered.
    pub id: Option<String>,
    /// The label, where there is one.
    pub label: Option<LabelPlan>,
    /// Every column of the input, in its order; the id and the label too.
    pub columns: Vec<ColumnPlan>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// What one column is.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnPlan {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The kind of segmentation it speaks for; `None` where it is no feature.
    pub family: Option<Family>,
    /// Whether it becomes a feature; never for the id and the label.
    pub used: bool,
    /// Why, in plain words.
    pub why: String,
    /// The unit where the name tells it.
    pub unit: Option<String>,
    /// How many decimals the input writes.
    pub decimals: u8,
    /// Whether the role was guessed and not configured.
    pub guessed: bool,
    /// How many rows have no value.
    pub n_missing: usize,
    /// A flag's spellings as `[no, yes]`; the levels of a category in their declared
    /// order; else empty.
    pub levels: Vec<String>,
}

/// The known outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelPlan {
    /// The column.
    pub column: String,
    /// The spelling that means yes.
    pub positive: String,
    /// The spelling that means no.
    pub negative: String,
    /// Whether it means leaving.
    pub is_churn: bool,
}

impl Plan {
    /// What must be read: the id and the label and every feature, each in its type.
    #[must_use]
    pub fn wanted(&self) -> Vec<Wanted> {
        let read_as = |column: &ColumnPlan| match column.role {
            Role::Number => Some(ReadAs::Number),
            Role::Date => Some(ReadAs::Day),
            Role::Flag => Some(read_pair(&column.levels)),
            Role::Category | Role::Id => Some(ReadAs::Text),
            Role::Label => self.label.as_ref().map(|label| {
                read_pair(&[label.negative.clone(), label.positive.clone()])
            }),
            Role::Constant | Role::Identifier | Role::Text => None,
        };
        self.columns
            .iter()
            .filter(|column| column.used || matches!(column.role, Role::Id | Role::Label))
            .filter_map(|column| {
                read_as(column).map(|read_as| Wanted { column: column.name.clone(), read_as })
            })
            .collect()
    }

    /// The used columns of each family, in the order of the input.
    #[must_use]
    pub fn families(&self) -> BTreeMap<Family, Vec<String>> {
        let mut families: BTreeMap<Family, Vec<String>> = BTreeMap::new();
        for column in self.columns.iter().filter(|column| column.used) {
            if let Some(family) = column.family {
                families.entry(family).or_default().push(column.name.clone());
            }
        }
        families
    }
}

/// How two spellings are read: as numbers where both are, so that 1 and 1.0 agree.
pub(super) fn read_pair(levels: &[String]) -> ReadAs {
    if levels.iter().all(|level| level.trim().parse::<f64>().is_ok()) {
        ReadAs::Number
    } else {
        ReadAs::Text
    }
}

/// Guesses what every column is. The config goes before every guess.
///
/// # Errors
///
/// A column that the config names and the table lacks, or names twice; a declared type
/// that the values contradict; a label with three values or of which nobody knows
/// which means yes; no feature at all.
pub fn guess(
    columns: &[SeenColumn],
    n_rows: usize,
    asked: &Asked,
) -> Result<Plan, FeatureError> {
    check_names(columns, asked)?;
    let names: Vec<Name> = columns.iter().map(|column| Name::new(&column.name)).collect();
    let id = id::choose(columns, &names, n_rows, asked)?;
    let label = label::choose(columns, &names, asked, id.as_ref().map(|id| id.position))?;
    let table = Table::new(&names, columns);
    let mut findings = Vec::new();
    if id.is_none() {
        findings.push(id::without_id());
    }
    let mut planned = Vec::with_capacity(columns.len());
    for (i, column) in columns.iter().enumerate() {
        let plan = match (&id, &label) {
            (Some(id), _) if id.position == i => {
                special(column, Role::Id, &id.why, asked.id.is_none())
            }
            (_, Some(label)) if label.position == i => {
                special(column, Role::Label, &label.why, asked.label.is_none())
            }
            _ => feature(i, column, &names[i], &table, asked.params, &mut findings)?,
        };
        planned.push(plan);
    }
    if !planned.iter().any(|column| column.used) {
        return Err(FeatureError::NoFeatures { columns: columns.len() });
    }
    if let Some(label) = &label {
        findings.extend(label.findings.iter().cloned());
    }
    Ok(Plan {
        id: id.map(|id| columns[id.position].name.clone()),
        label: label.map(|label| label.plan),
        columns: planned,
        findings,
    })
}

/// The id or the label.
fn special(column: &SeenColumn, role: Role, why: &str, guessed: bool) -> ColumnPlan {
    ColumnPlan {
        name: column.name.clone(),
        role,
        family: None,
        used: false,
        why: why.to_owned(),
        unit: None,
        decimals: column.decimals,
        guessed,
        n_missing: column.n_missing,
        levels: Vec::new(),
    }
}

/// Any other column.
fn feature(
    position: usize,
    column: &SeenColumn,
    name: &Name,
    table: &Table,
    params: &Params,
    findings: &mut Vec<Finding>,
) -> Result<ColumnPlan, FeatureError> {
    let declared = params.types.get(&column.name);
    let listed = params.family_of(&column.name);
    let kind = match declared {
        Some(rule) => of_type(column, rule)?,
        None => insist(kinds::guess(column, name), column, listed.is_some()),
    };
    let is_feature = matches!(kind.role, Role::Number | Role::Flag | Role::Category | Role::Date);
    let (family, family_why) = match listed {
        Some(family) => (family, "listed in the config"),
        None => table.guess(position, name, column),
    };
    let mut why = kind.why.to_owned();
    if is_feature {
        why = format!("{why}; {family_why}");
    }
    let ignored = params.ignore.contains(&column.name);
    let sensitive = name.has(words::SENSITIVE) && !params.allow_sensitive.contains_key(&column.name);
    if ignored {
        "ignored in the config".clone_into(&mut why);
    } else if !is_feature {
        findings.push(dropped(column, &kind));
    } else if sensitive {
        "named like a sensitive trait, so not used".clone_into(&mut why);
        findings.push(sensitive_trait(column));
    } else {
        findings.extend(noticed(column, &kind));
    }
    Ok(ColumnPlan {
        name: column.name.clone(),
        role: kind.role,
        family: is_feature.then_some(family),
        used: is_feature && !ignored && !sensitive,
        why,
        unit: unit(&column.name, name, kind.role),
        decimals: column.decimals,
        guessed: declared.is_none(),
        n_missing: column.n_missing,
        levels: kind.levels,
    })
}

/// A column that the config lists under a family is meant to be used, whatever the
/// guess says, unless it has one value only.
fn insist(guess: KindGuess, column: &SeenColumn, listed: bool) -> KindGuess {
    if !listed || !matches!(guess.role, Role::Identifier | Role::Text) {
        return guess;
    }
    let role = if column.kind == Kind::Text { Role::Category } else { Role::Number };
    KindGuess { role, why: "used because the config lists it", levels: Vec::new() }
}

/// What the config declares, where the values allow it.
fn of_type(column: &SeenColumn, rule: &TypeRule) -> Result<KindGuess, FeatureError> {
    let wrong = |declared: &'static str, why: String| FeatureError::WrongType {
        column: column.name.clone(),
        declared,
        why,
    };
    let why = "declared in the config";
    let plain = |role| KindGuess { role, why, levels: Vec::new() };
    match rule {
        TypeRule::Word(_) if column.n_distinct <= 1 => {
            Ok(KindGuess { role: Role::Constant, why: "the same in every row", levels: Vec::new() })
        }
        TypeRule::Word(TypeWord::Category) => Ok(plain(Role::Category)),
        TypeRule::Word(TypeWord::Number) => match column.kind {
            Kind::Integer | Kind::Decimal => Ok(plain(Role::Number)),
            _ => Err(wrong("number", "not all of its values are numbers".to_owned())),
        },
        TypeRule::Word(TypeWord::Date) => match column.kind {
            Kind::Day { .. } => Ok(plain(Role::Date)),
            _ => Err(wrong("date", "not all of its values are days of one format".to_owned())),
        },
        TypeRule::Word(TypeWord::Flag) => kinds::flag(column, why).ok_or_else(|| {
            wrong("flag", format!("it has {} different values and not 2", column.n_distinct))
        }),
        TypeRule::Levels(levels) => {
            let distinct: BTreeSet<&String> = levels.iter().collect();
            if levels.len() < 2 || distinct.len() != levels.len() {
                let why = "the list must hold 2 or more different levels".to_owned();
                return Err(wrong("ordered levels", why));
            }
            Ok(KindGuess { role: Role::Category, why, levels: levels.clone() })
        }
    }
}

/// Every column that the config names must exist and have one part only.
fn check_names(columns: &[SeenColumn], asked: &Asked) -> Result<(), FeatureError> {
    for (key, name) in asked.params.named() {
        id::find(columns, name, &format!("features.{key}"))?;
    }
    let mut parts: BTreeMap<&str, String> = BTreeMap::new();
    let mut part = |name, key: String| match parts.insert(name, key.clone()) {
        Some(first) => {
            Err(FeatureError::TwoParts { column: name.to_owned(), first, second: key })
        }
        None => Ok(()),
    };
    for family in Family::ALL {
        for name in asked.params.listed(family) {
            part(name.as_str(), format!("features.{}", family.name()))?;
        }
    }
    for name in &asked.params.ignore {
        part(name.as_str(), "features.ignore".to_owned())?;
    }
    for (name, key) in [(asked.id, "input.id"), (asked.label, "churn.label")] {
        if let Some(name) = name {
            part(name, key.to_owned())?;
        }
    }
    Ok(())
}

/// The unit that a name tells: in brackets, or as a word of time or distance.
fn unit(raw: &str, name: &Name, role: Role) -> Option<String> {
    match role {
        Role::Date => return Some("days".to_owned()),
        Role::Number => {}
        _ => return None,
    }
    let bracketed = raw
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(inside, _)| inside.trim())
        .filter(|inside| !inside.is_empty() && inside.chars().count() <= 8)
        .filter(|inside| !inside.chars().any(|c| c.is_ascii_digit()));
    if let Some(inside) = bracketed {
        return Some(inside.to_owned());
    }
    const UNITS: [(&str, &str); 9] = [
        ("days", "days"),
        ("months", "months"),
        ("weeks", "weeks"),
        ("years", "years"),
        ("hours", "hours"),
        ("minutes", "minutes"),
        ("mins", "minutes"),
        ("miles", "miles"),
        ("km", "km"),
    ];
    let found = UNITS.iter().find(|(word, _)| name.has(&[word]));
    found.map(|(_, unit)| (*unit).to_owned())
}

/// A column that cannot be a feature.
fn dropped(column: &SeenColumn, kind: &KindGuess) -> Finding {
    let empty = column.n_present == 0;
    let (code, severity, message) = match kind.role {
        Role::Constant if empty => {
            ("empty-column", Severity::Note, "no row has a value, so the column is not used")
        }
        Role::Constant => (
            "constant-column",
            Severity::Note,
            "every row has the same value, so the column is not used",
        ),
        Role::Text => {
            ("free-text", Severity::Note, "the values are sentences, so the column is not used")
        }
        _ => (
            "identifier-column",
            Severity::Warning,
            "the values look like names or numbers of single customers, so the column is not used",
        ),
    };
    let finding = Finding::new(code, severity, message).column(&column.name);
    match kind.role {
        Role::Constant => finding,
        _ => finding
            .count(column.n_distinct)
            .advice("declare what it is in features.types if it should be used"),
    }
}

/// A trait that needs a reason.
fn sensitive_trait(column: &SeenColumn) -> Finding {
    Finding::new(
        "sensitive-trait",
        Severity::Warning,
        "the name points to a sensitive trait, so the column is not used",
    )
    .column(&column.name)
    .advice("give the reason for using it in features.allow-sensitive")
}

/// Missing values and very many levels.
fn noticed(column: &SeenColumn, kind: &KindGuess) -> Vec<Finding> {
    let mut findings = Vec::new();
    if column.n_missing > 0 {
        let codes: Vec<String> = column
            .missing_codes
            .iter()
            .map(|(code, rows)| match code.as_str() {
                "" => format!("empty {rows} times"),
                code if code.trim().is_empty() => format!("blank {rows} times"),
                code => format!("written as {code} {rows} times"),
            })
            .collect();
        let rows = column.n_present + column.n_missing;
        let how = if codes.is_empty() { String::new() } else { format!(": {}", codes.join(", ")) };
        let severity =
            if column.n_missing * 5 > rows { Severity::Warning } else { Severity::Note };
        findings.push(
            Finding::new(
                "missing-values",
                severity,
                format!("{} of {rows} rows have no value{how}", column.n_missing),
            )
            .column(&column.name)
            .count(column.n_missing),
        );
    }
    if kind.role == Role::Category && column.n_distinct > MANY_LEVELS {
        findings.push(
            Finding::new(
                "many-levels",
                Severity::Warning,
                format!("{} different levels; the rare ones are pooled", column.n_distinct),
            )
            .column(&column.name)
            .count(column.n_distinct)
            .advice("group the levels before the run, or ignore the column"),
        );
    }
    findings
}
