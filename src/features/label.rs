//! Which column says who has left.

use crate::finding::{Finding, Severity};
use crate::load::{Kind, SeenColumn};

use super::error::FeatureError;
use super::id::find;
use super::names::{Name, folded};
use super::plan::{Asked, LabelPlan};
use super::words;
use crate::said::facts;

/// A column called exactly `churn` with this many values or fewer is a label with a
/// value too many; with more it is a quantity.
const FEW: usize = 6;

/// The label, where it stands, and what is worth knowing of it.
#[derive(Debug)]
pub(super) struct LabelChoice {
    pub position: usize,
    pub plan: LabelPlan,
    pub why: String,
    pub findings: Vec<Finding>,
}

/// Two values under all their spellings: `(spelling, rows)`, the most common first
/// within each.
pub(super) fn two_levels(column: &SeenColumn) -> Option<[(String, usize); 2]> {
    let grouped = grouped(column);
    <[(String, usize); 2]>::try_from(grouped).ok()
}

/// The levels of a column, spellings that differ in case and outer spaces together:
/// the most common spelling and the rows of all; in the order of the folded levels.
pub(super) fn grouped(column: &SeenColumn) -> Vec<(String, usize)> {
    let mut groups: std::collections::BTreeMap<String, (String, usize, usize)> =
        std::collections::BTreeMap::new();
    for (level, rows) in &column.levels {
        let group = groups.entry(folded(level)).or_insert_with(|| (level.clone(), *rows, 0));
        if *rows > group.1 {
            group.0.clone_from(level);
            group.1 = *rows;
        }
        group.2 += rows;
    }
    groups.into_values().map(|(spelling, _, rows)| (spelling, rows)).collect()
}

/// Whether a name means leaving: a word such as churn, or `left` with nothing beside
/// it that changes the meaning.
#[must_use]
pub(super) fn means_leaving(name: &Name) -> bool {
    if name.has(words::LABEL_BLOCKERS) {
        return false;
    }
    name.has(words::LEAVING)
        || (name.has(words::LEAVING_ALONE)
            && (name.only(&[words::LEAVING_ALONE, words::LABEL_COMPANIONS])
                || name.single().is_some_and(|word| !word.is_ascii())))
}

/// Chooses the label: the configured column, else one whose name means leaving and
/// that has exactly two values. Of several the one called exactly churn is preferred,
/// then words over numbers; the others are left to the search for leaks.
///
/// # Errors
///
/// A configured column that is missing; three or more values; two values of which
/// nobody knows which means yes; a configured positive value that does not occur.
pub(super) fn choose(
    columns: &[SeenColumn],
    names: &[Name],
    asked: &Asked,
    id: Option<usize>,
) -> Result<Option<LabelChoice>, FeatureError> {
    if let Some(wanted) = asked.label {
        let position = find(columns, wanted, "churn.label")?;
        if Some(position) == id {
            return Err(FeatureError::TwoParts {
                column: wanted.to_owned(),
                first: "input.id".to_owned(),
                second: "churn.label".to_owned(),
            });
        }
        let why = "named in the config".to_owned();
        return decide(columns, names, position, asked, why).map(Some);
    }
    let free = |i: usize| {
        let name = &columns[i].name;
        Some(i) != id
            && !asked.params.ignore.contains(name)
            && !asked.params.types.contains_key(name)
            && asked.params.family_of(name).is_none()
    };
    let mut candidates: Vec<usize> = (0..columns.len())
        .filter(|&i| free(i) && means_leaving(&names[i]) && is_candidate(&columns[i], &names[i]))
        .collect();
    candidates.sort_by_key(|&i| {
        (
            two_levels(&columns[i]).is_none(),
            names[i].single().is_none(),
            columns[i].kind != Kind::Text,
            names[i].place(words::LEAVING).unwrap_or(usize::MAX),
            i,
        )
    });
    let Some((&position, others)) = candidates.split_first() else { return Ok(None) };
    let why = "its name means leaving and it has two values".to_owned();
    let mut choice = decide(columns, names, position, asked, why)?;
    for &other in others {
        choice.findings.push(
            Finding::new("second-label", Severity::Note, facts!(label = &columns[position].name))
                .column(&columns[other].name),
        );
    }
    Ok(Some(choice))
}

/// Two values make a label; a few more make a mistake that is asked about when the
/// name leaves no doubt; one value is a label with nobody (or everybody) gone.
fn is_candidate(column: &SeenColumn, name: &Name) -> bool {
    match grouped(column).len() {
        2 => true,
        1 => name.single().is_some() && opposite(&column.levels[0].0).is_some(),
        3..=FEW => {
            name.single().is_some() && (column.kind == Kind::Text || column.kind == Kind::Integer)
        }
        _ => false,
    }
}

/// Settles which value means yes.
fn decide(
    columns: &[SeenColumn],
    names: &[Name],
    position: usize,
    asked: &Asked,
    why: String,
) -> Result<LabelChoice, FeatureError> {
    let column = &columns[position];
    let grouped = grouped(column);
    let name = || column.name.clone();
    let found = if column.levels.is_empty() { column.n_distinct } else { grouped.len() };
    if found > 2 {
        return Err(FeatureError::ThirdValue { column: name(), found });
    }
    let (positive, negative) = match (grouped.as_slice(), asked.positive) {
        ([], _) => return Err(FeatureError::OneValue { column: name(), found }),
        ([only], positive) => one_value(&only.0, positive)
            .ok_or_else(|| FeatureError::OneValue { column: name(), found })?,
        ([a, b], Some(positive)) => {
            let same = |level: &(String, usize)| folded(&level.0) == folded(positive);
            match (same(a), same(b)) {
                (true, _) => (a.0.clone(), b.0.clone()),
                (_, true) => (b.0.clone(), a.0.clone()),
                _ => {
                    return Err(FeatureError::PositiveAbsent { column: name() });
                }
            }
        }
        ([a, b], None) => match yes_of(&a.0, &b.0) {
            Some(true) => (a.0.clone(), b.0.clone()),
            Some(false) => (b.0.clone(), a.0.clone()),
            None => {
                return Err(FeatureError::WhichIsYes { column: name() });
            }
        },
        _ => return Err(FeatureError::ThirdValue { column: name(), found }),
    };
    let mut findings = Vec::new();
    if column.n_missing > 0 {
        findings.push(
            Finding::new("open-customers", Severity::Note, facts!())
                .column(name())
                .count(column.n_missing),
        );
    }
    let is_churn = means_leaving(&names[position]);
    let plan = LabelPlan { column: name(), positive, negative, is_churn };
    Ok(LabelChoice { position, plan, why, findings })
}

/// Whether the first of two levels means yes; `None` where neither or both do.
fn yes_of(a: &str, b: &str) -> Option<bool> {
    let means_yes = |level: &str| {
        let level = folded(level);
        words::YES.contains(&level.as_str())
            || Name::new(&level).has(words::GONE) && !level.starts_with("not ")
    };
    let is_other_number = |level: &str| matches!(level.trim().parse::<f64>(), Ok(x) if x != 0.0);
    if is_other_number(a) && is_other_number(b) {
        // 1 is a spelling of yes, but beside 2 it may as well mean no.
        return None;
    }
    match (means_yes(a), means_yes(b)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The two values of a label of which only one occurs: `(positive, negative)`.
fn one_value(only: &str, positive: Option<&str>) -> Option<(String, String)> {
    let other = opposite(only);
    match positive {
        Some(positive) if folded(positive) != folded(only) => {
            Some((positive.to_owned(), only.to_owned()))
        }
        _ if words::YES.contains(&folded(only).as_str()) => Some((only.to_owned(), other?)),
        _ => Some((other?, only.to_owned())),
    }
}

/// The other answer, for a value that is a spelling of yes or no.
fn opposite(value: &str) -> Option<String> {
    let value = folded(value);
    let at = |list: &[&str]| list.iter().position(|word| *word == value);
    let answer = match (at(words::NO), at(words::YES)) {
        (Some(_), _) => match value.as_str() {
            "0" => "1",
            "0.0" => "1.0",
            "false" => "true",
            _ => "yes",
        },
        (_, Some(_)) => match value.as_str() {
            "1" => "0",
            "1.0" => "0.0",
            "true" => "false",
            _ => "no",
        },
        _ => return None,
    };
    Some(answer.to_owned())
}

/// Which of two levels of a flag means yes: a spelling of yes, or the other of a
/// spelling of no; else the later in the order of bytes.
pub(super) fn flag_levels(a: &str, b: &str) -> (String, String) {
    let is = |list: &[&str], level: &str| list.contains(&folded(level).as_str());
    let a_is_yes = match (is(words::YES, a), is(words::YES, b)) {
        (true, false) => true,
        (false, true) => false,
        _ => match (is(words::NO, a), is(words::NO, b)) {
            (true, false) => false,
            (false, true) => true,
            _ => match (a.trim().parse::<f64>(), b.trim().parse::<f64>()) {
                (Ok(a), Ok(b)) => a > b,
                _ => a.as_bytes() > b.as_bytes(),
            },
        },
    };
    if a_is_yes { (b.to_owned(), a.to_owned()) } else { (a.to_owned(), b.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::super::params::Params;
    use super::super::roles::{Plan, guess};
    use super::super::testing::{cycled, seen};
    use super::*;
    use crate::fault::Fault;

    fn plan(
        columns: &[SeenColumn],
        label: Option<&str>,
        positive: Option<&str>,
    ) -> Result<Plan, FeatureError> {
        let params = Params::default();
        let mut all = vec![cycled("spend", &["1", "2", "3", "4.5"], 40)];
        all.extend(columns.iter().cloned());
        guess(&all, 40, &Asked { id: None, label, positive, params: &params })
    }

    fn label(name: &str, values: &[&str]) -> Option<LabelPlan> {
        plan(&[cycled(name, values, 40)], None, None).unwrap().label
    }

    #[test]
    fn names_of_leaving_are_taken_unasked() {
        for name in [
            "Churn",
            "churned",
            "Exited",
            "Attrition_Flag",
            "is_churn",
            "Churn Label",
            "LEFT",
            "Cancelled",
            "account closed",
            "inactive",
            "hasChurned",
            "Opsagt",
            "frafald",
            "Frafalt",
            "plecat",
            "Reziliat",
            "流失",
            "是否流失",
            "customer_left",
            "lapsed",
        ] {
            let found = label(name, &["0", "1", "0"]).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((found.positive.as_str(), found.negative.as_str()), ("1", "0"), "{name}");
            assert!(found.is_churn);
        }
    }

    #[test]
    fn other_names_are_not_churn() {
        for name in [
            "Response",
            "Revenue",
            "Channel",
            "income",
            "Complain",
            "y",
            "IsActiveMember",
            "status",
            "days left",
            "Churn Reason",
            "churn_score",
            "closed deals",
            "cancelled orders",
            "left handed",
            "default",
            "Active",
        ] {
            assert_eq!(label(name, &["0", "1", "0"]), None, "{name}");
        }
    }

    #[test]
    fn yes_is_found_by_its_meaning() {
        for (values, yes) in [
            (["Yes", "No"], "Yes"),
            (["True", "False"], "True"),
            (["T", "F"], "T"),
            (["Attrited Customer", "Existing Customer"], "Attrited Customer"),
            (["ja", "nej"], "ja"),
            (["da", "nu"], "da"),
            (["是", "否"], "是"),
            (["active", "churned"], "churned"),
        ] {
            assert_eq!(label("churn", &values).unwrap().positive, yes);
        }
    }

    #[test]
    fn of_several_the_words_are_taken_and_the_rest_reported() {
        let columns = [
            cycled("Churn Value", &["0", "1"], 40),
            cycled("Churn Label", &["No", "Yes"], 40),
            cycled("Churn Score", &["3", "70", "55", "20"], 40),
        ];
        let plan = plan(&columns, None, None).unwrap();
        assert_eq!(plan.label.unwrap().column, "Churn Label");
        let second: Vec<_> =
            plan.findings.iter().filter(|finding| finding.code == "second-label").collect();
        assert_eq!(second.len(), 1);
        assert_eq!(second[0].column.as_deref(), Some("Churn Value"));
    }

    #[test]
    fn empty_labels_are_open_customers() {
        let found = plan(&[cycled("churn", &["yes", "no", ""], 40)], None, None).unwrap();
        assert!(found.label.is_some());
        assert!(found.findings.iter().any(|finding| finding.code == "open-customers"));
    }

    #[test]
    fn a_third_value_asks_and_names_no_level() {
        let mut values = vec!["yes"; 12];
        values.extend(vec!["no"; 25]);
        values.extend(vec!["secret"; 3]);
        let error = plan(&[seen("churn", &values)], None, None).unwrap_err();
        assert_eq!(error.code(), "E-IN-052");
        let text = error.to_string();
        assert!(
            text.contains("3 different") && !text.contains("yes") && !text.contains("secret"),
            "{text}"
        );
    }

    #[test]
    fn one_and_two_ask_which_is_yes() {
        let columns = [cycled("churn", &["1", "2"], 40)];
        assert_eq!(plan(&columns, None, None).unwrap_err().code(), "E-IN-053");
        let found = plan(&columns, None, Some("2")).unwrap().label.unwrap();
        assert_eq!((found.positive.as_str(), found.negative.as_str()), ("2", "1"));
        assert_eq!(plan(&columns, None, Some("3")).unwrap_err().code(), "E-IN-054");
    }

    #[test]
    fn another_outcome_keeps_its_own_name() {
        let columns = [cycled("Response", &["No", "Yes"], 40)];
        let found = plan(&columns, Some("Response"), None).unwrap().label.unwrap();
        assert!(!found.is_churn);
        let error = plan(&columns, Some("Respons"), None).unwrap_err();
        assert_eq!(error.hint().as_deref(), Some("did you mean Response"));
    }

    #[test]
    fn nobody_gone_is_still_a_label() {
        let found = label("Churn", &["No"]).unwrap();
        assert_eq!((found.positive.as_str(), found.negative.as_str()), ("yes", "No"));
        assert_eq!(label("Exited", &["0"]).unwrap().positive, "1");
    }

    #[test]
    fn yes_of_a_flag_is_a_rule() {
        let pair = |a: &str, b: &str| flag_levels(a, b).1;
        assert_eq!(pair("Yes", "No"), "Yes");
        assert_eq!(pair("N", "Y"), "Y");
        assert_eq!(pair("0", "1"), "1");
        assert_eq!(pair("10", "9"), "10");
        assert_eq!(pair("Female", "Male"), "Male");
        assert_eq!(pair("No", "Fiber"), "Fiber");
    }
}
