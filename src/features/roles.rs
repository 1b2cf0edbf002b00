//! What each column is and what it is used for: guessed from its name and its
//! values, overridden by the config, and said in plain words.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Severity};
use crate::load::{Kind, SeenColumn};
use crate::table::{Family, Role};

use super::error::FeatureError;
use super::family::Table;
use super::kinds::{self, KindGuess};
use super::names::Name;
use super::params::{Params, TypeRule, TypeWord};
pub use super::plan::{Asked, ColumnPlan, LabelPlan, Plan};
use super::{blocks, id, label, sensitive};
use crate::said::{Said, facts};

/// A category with more levels than this is reported: its rare levels are pooled.
const MANY_LEVELS: usize = 100;
/// More than one row in this many without a value is worth a warning.
const MANY_MISSING: usize = 5;

/// Words of a name that are units.
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

/// Guesses what every column is. The config goes before every guess.
///
/// # Errors
///
/// A column that the config names and the table lacks, or names twice; a declared type
/// that the values contradict; a label with three values or of which nobody knows
/// which means yes; no feature at all.
pub fn guess(columns: &[SeenColumn], n_rows: usize, asked: &Asked) -> Result<Plan, FeatureError> {
    check_names(columns, asked)?;
    let names: Vec<Name> = columns.iter().map(|column| Name::new(&column.name)).collect();
    let id = id::choose(columns, &names, n_rows, asked)?;
    let label = label::choose(columns, &names, asked, id.as_ref().map(|id| id.position))?;
    let table = Table::new(&names, columns);
    let mut findings = Vec::new();
    match &id {
        None => findings.push(id::without_id()),
        Some(id) => findings.extend(id::dotted(&columns[id.position])),
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
    blocks::mark(&mut planned, columns, &names, asked.params, &mut findings);
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
        block: None,
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
    let (family, family_why) = match (listed, declared) {
        (Some(family), _) => (family, "listed in the config"),
        (None, Some(TypeRule::Word(TypeWord::Latitude | TypeWord::Longitude))) => {
            (Family::Geographic, "about where customers are")
        }
        (None, _) => table.guess(position, name, column),
    };
    let mut why = kind.why.to_owned();
    if is_feature {
        why = format!("{why}; {family_why}");
    }
    let ignored = params.ignore.contains(&column.name);
    let sensitive =
        sensitive::trait_of(name).filter(|_| !params.allow_sensitive.contains_key(&column.name));
    if ignored {
        "ignored in the config".clone_into(&mut why);
    } else if !is_feature {
        findings.push(dropped(column, &kind));
    } else if let Some(kind) = sensitive {
        why = format!("named like a sensitive trait ({kind}), so not used");
        findings.push(sensitive_trait(column, kind));
    } else {
        findings.extend(noticed(column, &kind));
    }
    Ok(ColumnPlan {
        name: column.name.clone(),
        role: kind.role,
        family: is_feature.then_some(family),
        used: is_feature && !ignored && sensitive.is_none(),
        why,
        unit: unit(column, name, kind.role),
        decimals: column.decimals,
        guessed: declared.is_none(),
        n_missing: column.n_missing,
        block: None,
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
        TypeRule::Word(
            word @ (TypeWord::Number | TypeWord::Latitude | TypeWord::Longitude | TypeWord::Share),
        ) => match column.kind {
            Kind::Integer | Kind::Decimal => Ok(plain(Role::Number)),
            _ => Err(wrong(word.name(), "not all of its values are numbers".to_owned())),
        },
        TypeRule::Word(TypeWord::Date) => match column.kind {
            // Numbers may count days; the loader tells when they are read.
            Kind::Day { .. } | Kind::Integer | Kind::Decimal => Ok(plain(Role::Date)),
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
    let unsaid = asked.params.allow_sensitive.iter().find(|(_, reason)| reason.trim().is_empty());
    if let Some((column, _)) = unsaid {
        return Err(FeatureError::NoReason { column: column.clone() });
    }
    let mut parts: BTreeMap<&str, String> = BTreeMap::new();
    let mut part = |name, key: String| match parts.insert(name, key.clone()) {
        Some(first) => Err(FeatureError::TwoParts { column: name.to_owned(), first, second: key }),
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

/// The unit that the values tell, or the name: in brackets, or as a word of time or
/// distance.
fn unit(column: &SeenColumn, name: &Name, role: Role) -> Option<String> {
    match role {
        Role::Date => return Some("days".to_owned()),
        Role::Number if column.unit.is_some() => return column.unit.clone(),
        Role::Number => {}
        _ => return None,
    }
    let raw = column.name.as_str();
    let bracketed = raw
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(inside, _)| inside.trim())
        .filter(|inside| !inside.is_empty() && inside.chars().count() <= 8)
        .filter(|inside| !inside.chars().any(|c| c.is_ascii_digit()));
    if let Some(inside) = bracketed {
        return Some(inside.to_owned());
    }
    let found = UNITS.iter().find(|(word, _)| name.has(&[word]));
    found.map(|(_, unit)| (*unit).to_owned())
}

/// A column that cannot be a feature.
fn dropped(column: &SeenColumn, kind: &KindGuess) -> Finding {
    let empty = column.n_present == 0;
    let (key, severity) = match kind.role {
        Role::Constant if empty => ("empty-column", Severity::Note),
        Role::Constant => ("constant-column_input", Severity::Note),
        Role::Text => ("free-text", Severity::Note),
        _ => ("identifier-column", Severity::Warning),
    };
    let finding = Finding::new(key, severity, facts!()).column(&column.name);
    match kind.role {
        Role::Constant => finding,
        _ => finding.count(column.n_distinct),
    }
}

/// A trait that needs a reason.
fn sensitive_trait(column: &SeenColumn, kind: &str) -> Finding {
    let told = Said::plain(&format!("trait-{}", kind.replace(' ', "-")));
    Finding::new("sensitive-trait", Severity::Warning, facts!(trait = told)).column(&column.name)
}

/// Very many missing values and very many levels. That values are missing at all was
/// said when the table was loaded.
fn noticed(column: &SeenColumn, kind: &KindGuess) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rows = column.n_present + column.n_missing;
    if column.n_missing * MANY_MISSING > rows {
        findings.push(
            Finding::new(
                "many-missing-values",
                Severity::Warning,
                facts!(n = column.n_missing, of = rows),
            )
            .column(&column.name)
            .count(column.n_missing),
        );
    }
    if kind.role == Role::Category && column.n_distinct > MANY_LEVELS {
        findings.push(
            Finding::new("many-levels", Severity::Warning, facts!(n = column.n_distinct))
                .column(&column.name)
                .count(column.n_distinct),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cycled, distinct};
    use super::*;
    use crate::fault::Fault;
    use crate::load::ReadAs;

    fn columns() -> Vec<SeenColumn> {
        vec![
            distinct("customer_id", "C", 60),
            cycled("zone", &["1", "2", "3"], 60),
            cycled("size", &["S", "M", "L"], 60),
            cycled("religion", &["a", "b", "c"], 60),
            cycled("joined", &["2020-01-01", "2021-01-01", ""], 60),
            cycled("plan", &["no", "yes"], 60),
            cycled("Churn", &["0", "1"], 60),
            distinct("nickname", "n", 60),
        ]
    }

    fn guessed(toml: &str) -> Result<Plan, FeatureError> {
        let params: Params = toml::from_str(toml).unwrap();
        guess(&columns(), 60, &Asked { id: None, label: None, positive: None, params: &params })
    }

    fn column<'a>(plan: &'a Plan, name: &str) -> &'a ColumnPlan {
        plan.columns.iter().find(|column| column.name == name).unwrap()
    }

    #[test]
    fn what_is_read_is_what_is_used() {
        let plan = guessed("").unwrap();
        let wanted: Vec<(String, ReadAs)> =
            plan.wanted().into_iter().map(|wanted| (wanted.column, wanted.read_as)).collect();
        let expected = [
            ("customer_id", ReadAs::Id),
            ("zone", ReadAs::Number),
            ("size", ReadAs::Text),
            ("joined", ReadAs::Day),
            ("plan", ReadAs::Text),
            ("Churn", ReadAs::Number),
        ];
        assert_eq!(wanted, expected.map(|(name, read_as)| (name.to_owned(), read_as)));
        assert_eq!(column(&plan, "plan").levels, ["no", "yes"]);
        assert_eq!(column(&plan, "joined").unit.as_deref(), Some("days"));
        assert!(column(&plan, "customer_id").why.contains("different in every row"));
        assert_eq!(plan.families()[&Family::Behavioural], ["zone", "size", "joined", "plan"]);
    }

    #[test]
    fn every_guess_can_be_overridden() {
        let plan = guessed(
            "psychographic = [\"nickname\"]\ngeographic = [\"zone\"]\nignore = [\"plan\"]\n\
             [types]\nzone = \"category\"\nsize = [\"S\", \"M\", \"L\"]\nChurn = \"flag\"\n\
             [allow-sensitive]\nreligion = \"asked for in the survey\"\n",
        )
        .unwrap();
        let zone = column(&plan, "zone");
        assert_eq!((zone.role, zone.family), (Role::Category, Some(Family::Geographic)));
        assert!(!zone.guessed);
        assert_eq!(column(&plan, "size").levels, ["S", "M", "L"]);
        assert!(!column(&plan, "plan").used);
        assert!(column(&plan, "religion").used);
        assert_eq!(plan.label, None);
        assert_eq!(column(&plan, "Churn").role, Role::Flag);
        let nickname = column(&plan, "nickname");
        assert_eq!((nickname.role, nickname.used), (Role::Category, true));
    }

    #[test]
    fn sensitive_traits_need_a_reason() {
        let plan = guessed("").unwrap();
        assert!(!column(&plan, "religion").used);
        let finding =
            plan.findings.iter().find(|finding| finding.code == "sensitive-trait").unwrap();
        assert_eq!(finding.column.as_deref(), Some("religion"));
        assert!(finding.message.contains("sensitive trait (religion)"));
        assert!(column(&plan, "religion").why.starts_with("named like a sensitive trait"));
    }

    #[test]
    fn contradictions_of_the_config_are_errors() {
        for (toml, code) in [
            ("ignore = [\"sise\"]", "E-IN-016"),
            ("ignore = [\"size\"]\ndemographic = [\"size\"]", "E-ROLE-002"),
            ("demographic = [\"size\"]\ngeographic = [\"size\"]", "E-ROLE-002"),
            ("[types]\nsize = \"number\"", "E-ROLE-003"),
            ("[types]\nsize = \"flag\"", "E-ROLE-003"),
            ("[types]\nsize = \"date\"", "E-ROLE-003"),
            ("[types]\nsize = [\"S\"]", "E-ROLE-003"),
            ("[types]\nsize = \"latitude\"", "E-ROLE-003"),
            ("[types]\nsize = \"share\"", "E-ROLE-003"),
            ("[allow-sensitive]\nreligion = \" \"", "E-ROLE-007"),
            ("ignore = [\"zone\", \"size\", \"joined\", \"plan\", \"nickname\"]", "E-ROLE-004"),
        ] {
            assert_eq!(guessed(toml).unwrap_err().code(), code, "{toml}");
        }
    }

    #[test]
    fn many_missing_values_are_a_warning() {
        let plan = guessed("").unwrap();
        let many = |finding: &&Finding| finding.code == "many-missing-values";
        let finding = plan.findings.iter().find(many).unwrap();
        assert_eq!((finding.count, finding.column.as_deref()), (Some(20), Some("joined")));
        assert_eq!(finding.message, "20 of 60 rows have no value");
    }

    #[test]
    fn units_come_from_the_name() {
        let of = |raw: &str| unit(&cycled(raw, &["1", "2"], 9), &Name::new(raw), Role::Number);
        assert_eq!(of("Annual Income (k$)").as_deref(), Some("k$"));
        assert_eq!(of("Spending Score (1-100)"), None);
        assert_eq!(of("Total day minutes").as_deref(), Some("minutes"));
        assert_eq!(of("DAYS_SINCE_ENROLL").as_deref(), Some("days"));
        assert_eq!(of("tenure"), None);
    }
}
