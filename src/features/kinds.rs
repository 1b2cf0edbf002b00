//! What a column is, by its values and its name: a number, a flag, a category, a day,
//! or nothing that can be used.

use crate::load::{Kind, SeenColumn};
use crate::table::Role;

use super::label::{flag_levels, two_levels};
use super::names::Name;
use super::scales;
use super::words;

/// Codes have at most this many levels; beyond it a whole number is a quantity.
const MOST_CODES: usize = 40;
/// A category with more levels than this needs repeats to stay one.
const MANY: usize = 50;
/// Rows per level that make many levels a category.
const REPEATS: usize = 20;
/// Rows per level that are enough for a name known to have many levels (a city).
const REPEATS_OF_KNOWN: usize = 3;
/// Different values up to here are levels even when most rows differ.
const SOME: usize = 20;
/// The length from which texts with spaces are sentences.
const SENTENCE: f64 = 24.0;

/// A role with its reason, and the two spellings of a flag as `[no, yes]` or the levels of
/// a category in their order, where they have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KindGuess {
    pub role: Role,
    pub why: &'static str,
    pub levels: Vec<String>,
}

impl KindGuess {
    fn new(role: Role, why: &'static str) -> Self {
        Self { role, why, levels: Vec::new() }
    }
}

/// The role of a column that is neither the id nor the label.
pub(super) fn guess(column: &SeenColumn, name: &Name) -> KindGuess {
    if column.kind == Kind::Empty || column.n_present == 0 {
        return KindGuess::new(Role::Constant, "empty in every row");
    }
    if column.n_distinct <= 1 {
        return KindGuess::new(Role::Constant, "the same in every row");
    }
    match &column.kind {
        Kind::Day { .. } => KindGuess::new(Role::Date, "calendar days"),
        Kind::Text => text(column, name),
        Kind::Integer | Kind::Decimal | Kind::Empty => number(column, name),
    }
}

/// A flag with the two levels of the column, if it has two.
pub(super) fn flag(column: &SeenColumn, why: &'static str) -> Option<KindGuess> {
    let [a, b] = two_levels(column)?;
    let (no, yes) = flag_levels(&a.0, &b.0);
    Some(KindGuess { role: Role::Flag, why, levels: vec![no, yes] })
}

fn number(column: &SeenColumn, name: &Name) -> KindGuess {
    let zero_one = column.n_distinct == 2
        && column.min.is_some_and(|min| min.total_cmp(&0.0).is_eq())
        && column.max.is_some_and(|max| max.total_cmp(&1.0).is_eq());
    if zero_one && let Some(flag) = flag(column, "0 and 1 only") {
        return flag;
    }
    let whole = column.kind == Kind::Integer;
    if !whole {
        return KindGuess::new(Role::Number, "numbers");
    }
    let unique = column.n_distinct == column.n_present;
    if column.monotone && column.n_present > 2 {
        return KindGuess::new(Role::Identifier, "counts the rows");
    }
    if name.has(words::CONTACT) && !is_repeated(column, REPEATS) {
        return KindGuess::new(Role::Identifier, "reaches one customer");
    }
    if name.has(words::POSTAL) {
        return spread(column, REPEATS_OF_KNOWN, "a postal code");
    }
    let quantity = name.has(words::QUANTITY) && !name.ends_in(&["number"]);
    let key = name.ends_in(words::KEY) || name.ends_in(&["no", "nr", "number", "nummer", "编号"]);
    if key && !quantity && (unique || column.leading_zero) {
        return KindGuess::new(Role::Identifier, "named like a key and different in every row");
    }
    if key && name.ends_in(&["id", "ids", "key", "编号"]) {
        return spread(column, REPEATS, "named like a key");
    }
    if column.leading_zero {
        return spread(column, REPEATS, "written with leading zeros, so a code");
    }
    let codes = name.ends_in(words::CODE) && !quantity && column.n_distinct <= MOST_CODES;
    if codes || is_year_code(column, name) {
        return KindGuess::new(Role::Category, "few whole numbers under the name of a code");
    }
    KindGuess::new(Role::Number, "numbers")
}

/// A handful of calendar years is a label of time, not a quantity.
fn is_year_code(column: &SeenColumn, name: &Name) -> bool {
    let between =
        column.min.is_some_and(|min| min >= 1900.0) && column.max.is_some_and(|max| max <= 2100.0);
    column.n_distinct <= 12 && between && name.has(&["year", "cohort", "aar", "an", "年"])
}

fn text(column: &SeenColumn, name: &Name) -> KindGuess {
    if let Some(flag) = flag(column, "two levels") {
        return flag;
    }
    if let Some(ordered) = scales::order(column.levels.iter().map(|(level, _)| level.as_str())) {
        let why = "levels of a scale, in their order";
        return KindGuess { role: Role::Category, why, levels: ordered.levels };
    }
    let mostly_distinct = column.n_distinct * 2 > column.n_present && column.n_distinct > SOME;
    if mostly_distinct && column.with_spaces > 0.5 && column.mean_length > SENTENCE {
        return KindGuess::new(Role::Text, "sentences, mostly different");
    }
    if column.n_distinct == column.n_present && column.n_present > 2 {
        return KindGuess::new(Role::Identifier, "different in every row");
    }
    if name.has(words::CONTACT) && !is_repeated(column, REPEATS) {
        return KindGuess::new(Role::Identifier, "names or reaches one customer");
    }
    if name.has(words::MANY_LEVELS) {
        return spread(column, REPEATS_OF_KNOWN, "named levels");
    }
    if mostly_distinct {
        return KindGuess::new(Role::Identifier, "different in most rows");
    }
    spread(column, REPEATS, "named levels")
}

/// A category when few levels or enough rows share each, else an identifier.
fn spread(column: &SeenColumn, repeats: usize, why: &'static str) -> KindGuess {
    if column.n_distinct <= MANY || is_repeated(column, repeats) {
        KindGuess::new(Role::Category, why)
    } else {
        KindGuess::new(Role::Identifier, "so many levels that few rows share one")
    }
}

/// Whether on average at least `repeats` rows share a level.
fn is_repeated(column: &SeenColumn, repeats: usize) -> bool {
    column.n_present >= repeats * column.n_distinct
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cycled, distinct, seen};
    use super::*;

    fn role(column: &SeenColumn) -> Role {
        guess(column, &Name::new(&column.name)).role
    }

    #[test]
    fn numbers_flags_and_codes() {
        assert_eq!(role(&cycled("HasCrCard", &["0", "1"], 90)), Role::Flag);
        assert_eq!(role(&cycled("gender", &["m", "f"], 90)), Role::Flag);
        assert_eq!(role(&cycled("answer", &["Yes", "no", "yes", "No"], 90)), Role::Flag);
        assert_eq!(role(&cycled("Channel", &["1", "2"], 90)), Role::Category);
        assert_eq!(role(&cycled("TrafficType", &["1", "2", "9"], 90)), Role::Category);
        assert_eq!(role(&cycled("Area code", &["408", "415", "510"], 90)), Role::Category);
        assert_eq!(role(&cycled("year", &["2019", "2020", "2021"], 90)), Role::Category);
        assert_eq!(role(&cycled("NumStorePurchases", &["1", "2", "9"], 90)), Role::Number);
        assert_eq!(role(&cycled("Number of Policies", &["1", "2", "9"], 90)), Role::Number);
        assert_eq!(role(&cycled("kids", &["0", "1", "2"], 90)), Role::Number);
        assert_eq!(role(&cycled("rate", &["0.0", "0.5"], 90)), Role::Number);
        assert_eq!(role(&distinct("Year_Birth", "19", 90)), Role::Number);
    }

    #[test]
    fn names_and_numbers_of_single_customers_are_no_features() {
        let counter: Vec<String> = (0..90).map(|i| i.to_string()).collect();
        let counter: Vec<&str> = counter.iter().map(String::as_str).collect();
        assert_eq!(role(&seen("anything", &counter)), Role::Identifier);
        assert_eq!(role(&distinct("Surname", "N", 90)), Role::Identifier);
        assert_eq!(role(&distinct("passport_id", "1", 90)), Role::Identifier);
        assert_eq!(role(&distinct("email", "a@", 90)), Role::Identifier);
        let words: Vec<String> = (0..90).map(|i| format!("name{}", i % 60)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(role(&seen("family name", &words)), Role::Identifier);
        let notes =
            |i: usize| format!("called about the bill and asked for number {}", i * 31 % 97);
        let notes: Vec<String> = (0..90).map(notes).collect();
        let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
        assert_eq!(role(&seen("notes", &notes)), Role::Text);
    }

    #[test]
    fn postal_codes_are_never_quantities() {
        let zips: Vec<String> = (0..600).map(|i| format!("{}", 9000 + i % 60)).collect();
        let zips: Vec<&str> = zips.iter().map(String::as_str).collect();
        assert_eq!(role(&seen("zip", &zips)), Role::Category);
        assert_eq!(role(&distinct("Zip Code", "9", 600)), Role::Identifier);
        assert_eq!(role(&distinct("postnummer", "9", 600)), Role::Identifier);
    }

    #[test]
    fn constants_and_days() {
        assert_eq!(role(&cycled("x", &["3"], 9)), Role::Constant);
        assert_eq!(role(&cycled("x", &[""], 9)), Role::Constant);
        assert_eq!(role(&cycled("d", &["2020-01-01", "2021-05-05"], 9)), Role::Date);
    }

    #[test]
    fn a_company_may_have_one_of_many_sectors() {
        let sectors: Vec<String> = (0..500).map(|i| format!("sector {}", i % 120)).collect();
        let sectors: Vec<&str> = sectors.iter().map(String::as_str).collect();
        assert_eq!(role(&seen("Sector", &sectors)), Role::Category);
        assert_eq!(role(&seen("nickname", &sectors)), Role::Identifier);
    }
}
