//! Which kind of segmentation a column speaks for.

use crate::load::{Kind, SeenColumn};
use crate::table::Family;

use super::names::{Name, folded};
use super::scales;
use super::words;

/// Words about companies that make a table one of companies.
const COMPANY_COLUMNS: usize = 2;
/// Adjectives that make a table one with survey items.
const SURVEY_COLUMNS: usize = 3;

/// What the whole table says about its columns.
pub(super) struct Table {
    companies: bool,
    survey: Option<(usize, usize)>,
}

impl Table {
    /// Looks at all names: two columns about companies make a table of companies;
    /// three adjectives with few values make survey items, from the first to the last.
    pub(super) fn new(names: &[Name], columns: &[SeenColumn]) -> Self {
        let companies = names.iter().filter(|name| name.has(words::FIRMOGRAPHIC)).count();
        let items: Vec<usize> = (0..names.len())
            .filter(|&i| names[i].single().is_some_and(|word| words::ADJECTIVES.contains(&word)))
            .filter(|&i| is_item(&columns[i]))
            .collect();
        let survey = match (items.first(), items.last()) {
            (Some(&first), Some(&last)) if items.len() >= SURVEY_COLUMNS => Some((first, last)),
            _ => None,
        };
        Self { companies: companies >= COMPANY_COLUMNS, survey }
    }

    /// The family of the column at `position`, with the reason in plain words.
    pub(super) fn guess(
        &self,
        position: usize,
        name: &Name,
        column: &SeenColumn,
    ) -> (Family, &'static str) {
        if self.survey.is_some_and(|(first, last)| (first..=last).contains(&position))
            && is_item(column)
            && name.single().is_some()
        {
            return (Family::Psychographic, "one of several survey items");
        }
        let levels = column.levels.iter().map(|(level, _)| level.as_str());
        if column.kind == Kind::Text && scales::order(levels).is_some_and(|found| found.is_opinion)
        {
            return (Family::Psychographic, "its levels are what customers think");
        }
        if name.has(words::BEHAVIOURAL) {
            return (Family::Behavioural, "about what customers do or buy");
        }
        if name.has(words::FIRMOGRAPHIC) || (self.companies && name.has(words::COMPANY_MONEY)) {
            return (Family::Firmographic, "about companies");
        }
        if name.has(words::DEMOGRAPHIC) {
            return (Family::Demographic, "about who customers are");
        }
        if name.has(words::GEOGRAPHIC) {
            return (Family::Geographic, "about where customers are");
        }
        if name.has(words::PSYCHOGRAPHIC) || is_question(name) {
            return (Family::Psychographic, "about what customers think");
        }
        if mostly(column, words::DEMOGRAPHIC_LEVELS) {
            return (Family::Demographic, "its levels say who customers are");
        }
        if mostly(column, words::GEOGRAPHIC_LEVELS) {
            return (Family::Geographic, "its levels are places");
        }
        (Family::Behavioural, "about what customers do or buy, as far as the name says")
    }
}

/// Yes and no, or a scale of a few steps.
fn is_item(column: &SeenColumn) -> bool {
    let scale = matches!(column.kind, Kind::Integer) && column.n_distinct <= 11;
    column.n_distinct == 2 || scale
}

/// `q1`, `Q12b`: a numbered question.
pub(super) fn is_question(name: &Name) -> bool {
    match name.words() {
        [q, number, ..] => q == "q" && number.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// Whether at least half of the rows carry one of the known levels.
fn mostly(column: &SeenColumn, known: &[&str]) -> bool {
    let rows: usize = column
        .levels
        .iter()
        .filter(|(level, _)| known.contains(&folded(level).as_str()))
        .map(|(_, rows)| rows)
        .sum();
    rows > 0 && rows * 2 >= column.n_present
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cycled, distinct};
    use super::*;

    fn families(columns: &[SeenColumn]) -> Vec<Family> {
        let names: Vec<Name> = columns.iter().map(|column| Name::new(&column.name)).collect();
        let table = Table::new(&names, columns);
        (0..columns.len()).map(|i| table.guess(i, &names[i], &columns[i]).0).collect()
    }

    fn family(name: &str) -> Family {
        families(&[distinct(name, "", 30)])[0]
    }

    #[test]
    fn names_tell_the_family() {
        for name in ["tenure", "MntWines", "BALANCE_FREQUENCY", "account age", "Total day calls"] {
            assert_eq!(family(name), Family::Behavioural, "{name}");
        }
        for name in
            ["Age", "Year_Birth", "Kidhome", "alder", "varsta", "年龄", "Annual Income (k$)"]
        {
            assert_eq!(family(name), Family::Demographic, "{name}");
        }
        for name in ["Geography", "zipcode", "Lat", "kommune", "judet", "城市", "office_location"]
        {
            assert_eq!(family(name), Family::Geographic, "{name}");
        }
        for name in ["q12", "attitude_price", "Satisfaction Score", "tilfredshed"] {
            assert_eq!(family(name), Family::Psychographic, "{name}");
        }
        assert_eq!(family("industry"), Family::Firmographic);
    }

    #[test]
    fn revenue_is_firmographic_only_among_companies() {
        assert_eq!(family("revenue"), Family::Behavioural);
        let columns = [
            distinct("sector", "s", 30),
            distinct("employees", "", 30),
            distinct("revenue", "", 30),
        ];
        assert_eq!(families(&columns)[2], Family::Firmographic);
    }

    #[test]
    fn three_adjectives_make_a_survey() {
        let item = |name: &str| cycled(name, &["Yes", "No"], 30);
        let survey = [item("cheap"), item("juicy"), item("tasty"), item("healthy"), item("loan")];
        let found = families(&survey);
        assert_eq!(found[..4], [Family::Psychographic; 4]);
        assert_eq!(found[4], Family::Behavioural);
        assert_eq!(families(&survey[..1]), [Family::Behavioural]);
    }

    #[test]
    fn levels_tell_the_family_of_a_nameless_column() {
        let columns = [
            cycled("column_1", &["Male", "Female"], 30),
            cycled("column_2", &["United-States", "Mexico", "Elsewhere"], 30),
            cycled("column_3", &["gold", "silver"], 30),
        ];
        let expected = [Family::Demographic, Family::Geographic, Family::Behavioural];
        assert_eq!(families(&columns), expected);
    }
}
