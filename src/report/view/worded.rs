//! Names of columns inside stored texts, in the words that the rest of the page has for them.
//! SQL and machine files keep the names as they are spelt.

use crate::chart::label;
use crate::format;
use crate::profile::wording::{marked, one_line};
use crate::results::Results;
use crate::words::{self, Language};

/// A rule: in words in English, else as its condition, which is the same everywhere.
pub(in crate::report) fn rule(rule: &str, sql: Option<&str>, results: &Results) -> String {
    match sql {
        Some(sql) if words::current() != Language::En => format::text(&condition(sql)),
        _ => format::text(&format::minus(&limits(&text(rule, results)))),
    }
}

/// A text whose parts, with ` and ` between them, may begin with the name of a column.
pub(super) fn text(stored: &str, results: &Results) -> String {
    let columns = &results.data.columns;
    let mut names: Vec<(String, &str)> =
        columns.iter().map(|column| (one_line(&column.name), column.name.as_str())).collect();
    // `orders` begins `orders per month` as well.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let (mut told, mut rest) = (String::new(), stored);
    loop {
        let ends = |name: &str| {
            let after = rest.strip_prefix(name).map(|after| after.chars().next());
            !name.is_empty()
                && after.is_some_and(|c| c.is_none_or(|c| !c.is_alphanumeric() && c != '_'))
        };
        if let Some((name, spelt)) = names.iter().find(|(name, _)| ends(name)) {
            told.push_str(&label::source(spelt));
            rest = &rest[name.len()..];
        }
        let Some((part, next)) = rest.split_once(" and ") else { break };
        told.push_str(part);
        told.push_str(" and ");
        rest = next;
    }
    told.push_str(rest);
    told
}

/// A rule with marks between the thousands of its limits; a level may be a code and has none,
/// nor has a year.
fn limits(rule: &str) -> String {
    let mut before = "";
    let (mut named, mut of_years) = (false, false);
    let mut told: Vec<String> = Vec::new();
    for word in rule.split(' ') {
        let is_limit = matches!(before, "least" | "below" | "above" | "most");
        match word {
            "is" => of_years = std::mem::take(&mut named),
            "and" => named = false,
            word => named |= word.to_lowercase().contains("year"),
        }
        let is_number = word.parse::<f64>().is_ok_and(|x| x.abs() >= 1_000.0) && !of_years;
        told.push(if is_limit && is_number { marked(word) } else { word.to_owned() });
        before = word;
    }
    told.join(" ")
}

/// A condition of SQL without quotes around names, which are told in words; levels keep theirs.
fn condition(sql: &str) -> String {
    let (mut told, mut name) = (String::new(), None::<String>);
    let mut in_level = false;
    let mut characters = sql.chars().peekable();
    while let Some(c) = characters.next() {
        match (&mut name, c) {
            (None, '\'') => {
                in_level = !in_level;
                told.push(c);
            }
            (None, '"') if !in_level => name = Some(String::new()),
            (None, _) => told.push(c),
            // A quote that belongs to the name stands there twice.
            (Some(inside), '"') if characters.peek() == Some(&'"') => {
                characters.next();
                inside.push('"');
            }
            (Some(inside), '"') => {
                told.push_str(&label::source(inside));
                name = None;
            }
            (Some(inside), _) => inside.push(c),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::results::ColumnFacts;

    fn with(names: &[&str]) -> Results {
        let mut results = fixture::realistic();
        results.data.columns = names
            .iter()
            .map(|name| ColumnFacts {
                name: (*name).to_owned(),
                role: "number".to_owned(),
                family: String::new(),
                used_for: String::new(),
                why: String::new(),
                missing: 0,
            })
            .collect();
        results
    }

    #[test]
    fn a_rule_names_columns_as_the_cards_do() {
        let results = with(&["orders", "orders_12m", "gap_days", "category_share: Books"]);
        let stored = "orders_12m is at least 70000 and gap_days is at least 5 and below 20000 \
                      and category_share: Books is below 0.25 and orders is not 70000";
        assert_eq!(
            rule(stored, Some("\"orders_12m\" >= 70000"), &results),
            "orders in 12 months is at least 70,000 and days between orders is at least 5 and \
             below 20,000 and category share: Books is below 0.25 and orders is not 70000"
        );
        let stored = "joined_year is at least 1990 and below 2004 and gap_days is above -0.5";
        assert_eq!(
            rule(stored, None, &results),
            "joined_year is at least 1990 and below 2004 and days between orders is above −0.5"
        );
    }

    #[test]
    fn a_condition_in_another_language_has_words_for_names_and_keeps_its_levels() {
        let sql = "\"gap_days\" >= 50 AND \"the \"\"plan\"\"\" = 'a \"b\" it''s'";
        let told = words::within(Language::Da, || rule("", Some(sql), &with(&[])));
        assert_eq!(told, "dage mellem ordrer >= 50 AND the \"plan\" = 'a \"b\" it''s'");
    }

    #[test]
    fn a_text_that_begins_with_no_column_stays_as_it_is() {
        let results = with(&["visits_6m", "visit"]);
        assert_eq!(text("visits_6m, which makes", &results), "visits in 6 months, which makes");
        assert_eq!(text("visits_7m and more", &results), "visits_7m and more");
    }
}
