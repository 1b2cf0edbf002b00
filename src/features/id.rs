//! Which column names the customer.

use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::finding::{Finding, Severity};
use crate::load::{Kind, SeenColumn};

use super::error::FeatureError;
use super::names::{Name, nearest};
use super::plan::Asked;
use super::words;
use crate::said::facts;

/// A column named like a customer is taken for the id although some values repeat
/// when this share of them is distinct; the repeats are then an error with lines.
const NEARLY_UNIQUE: f64 = 0.9;

/// The id column and why it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IdChoice {
    pub position: usize,
    pub why: String,
}

/// Chooses the id: the configured column; else, of the unique and complete columns,
/// the one named like a customer, before id, key and code, before a row counter. A
/// column named like a customer number that has repeats or gaps is taken when nothing
/// else could be the id, so that the fault in it is named and not passed over.
pub(super) fn choose(
    columns: &[SeenColumn],
    names: &[Name],
    n_rows: usize,
    asked: &Asked,
) -> Result<Option<IdChoice>, FeatureError> {
    if let Some(wanted) = asked.id {
        let position = find(columns, wanted, "input.id")?;
        return Ok(Some(IdChoice { position, why: "named in the config".to_owned() }));
    }
    let free = |i: usize| {
        let name = &columns[i].name;
        asked.label != Some(name.as_str())
            && !asked.params.ignore.contains(name)
            && !asked.params.types.contains_key(name)
            && asked.params.family_of(name).is_none()
            && matches!(columns[i].kind, Kind::Integer | Kind::Decimal | Kind::Text)
    };
    let unique = |i: usize| columns[i].n_distinct == n_rows && columns[i].n_missing == 0;
    let best = |candidates: &dyn Fn(usize) -> bool| {
        (0..columns.len())
            .filter(|&i| free(i) && candidates(i))
            .filter_map(|i| rank(&names[i], &columns[i]).map(|rank| (rank, i)))
            .min()
    };
    let unique_best = best(&unique);
    if let Some((rank, position)) = unique_best
        && rank.0 <= 1
    {
        return Ok(Some(IdChoice { position, why: why(rank.0, true) }));
    }
    #[expect(clippy::cast_precision_loss, reason = "row counts are far below 2^52")]
    let share = |i: usize| columns[i].n_distinct as f64 / n_rows.max(1) as f64;
    let meant =
        best(&|i| share(i) >= NEARLY_UNIQUE).filter(|(rank, _)| rank.0 == 0).or_else(|| {
            let nothing_else = unique_best.is_none_or(|(rank, _)| rank.0 == 3);
            best(&|i| columns[i].n_distinct > 1).filter(|(rank, _)| nothing_else && rank.0 == 0)
        });
    if let Some((rank, position)) = meant {
        return Ok(Some(IdChoice { position, why: why(rank.0, false) }));
    }
    Ok(unique_best.map(|(rank, position)| IdChoice { position, why: why(rank.0, true) }))
}

/// How well a name suits an id, the smaller the better: the tier and the place in it.
fn rank(name: &Name, column: &SeenColumn) -> Option<(u8, usize)> {
    if name.has(words::CONTACT) {
        return None;
    }
    // A spreadsheet may write a customer number as `22086.0`; nothing else with
    // decimals is an id.
    let whole = column.kind != Kind::Decimal;
    if let Some(place) = name.place(words::CUSTOMER) {
        if name.has(words::ID) && name.only(&[words::CUSTOMER, words::ID]) || cjk_id(name) {
            return Some((0, place));
        }
        if name.only(&[words::CUSTOMER]) && whole {
            return Some((1, place));
        }
    }
    if !whole {
        return None;
    }
    if column.monotone && name.has(words::COUNTER) {
        return Some((3, 0));
    }
    if (name.ends_in(words::KEY) || name.only(&[words::KEY]))
        && let Some(place) = name.place(words::KEY)
    {
        // A plain `id` before `order id` and the like.
        return Some((2, place + if name.single().is_some() { 0 } else { words::KEY.len() }));
    }
    column.monotone.then_some((3, 1))
}

/// A customer number written in a script without spaces.
fn cjk_id(name: &Name) -> bool {
    name.single().is_some_and(|word| !word.is_ascii()) && name.ends_in(words::ID)
}

fn why(tier: u8, unique: bool) -> String {
    let named = match tier {
        0 => "named like a customer number",
        1 => "named like a customer",
        2 => "named like a key",
        _ => "a row counter",
    };
    let values = if unique { "different in every row" } else { "nothing else names the rows" };
    format!("{named} and {values}")
}

/// The position of a column that the config names.
pub(super) fn find(columns: &[SeenColumn], wanted: &str, key: &str) -> Result<usize, FeatureError> {
    columns.iter().position(|column| column.name == wanted).ok_or_else(|| {
        FeatureError::NoSuchColumn {
            key: key.to_owned(),
            column: wanted.to_owned(),
            meant: nearest(wanted, columns.iter().map(|column| column.name.as_str())),
        }
    })
}

/// What a table without an id cannot promise.
pub(super) fn without_id() -> Finding {
    Finding::new("no-id", Severity::Warning, facts!())
}

/// That ids written `17850.0` were read as `17850`, where the column has any.
pub(super) fn dotted(column: &SeenColumn) -> Option<Finding> {
    if column.dotted == 0 {
        return None;
    }
    let told = facts!(n = column.dotted, of = column.n_present);
    let finding = Finding::new("ids-with-decimals", Severity::Note, told);
    Some(finding.column(&column.name).count(column.dotted))
}

/// That different ids become equal when outer blanks are taken off, letters are folded to
/// lower case and composed (NFC): different customers that may be one. `ids` may repeat.
/// `None` where there are none.
///
/// # References
///
/// Whistler, K. (ed.). Unicode Normalization Forms. Unicode Standard Annex 15.
#[must_use]
pub fn near_duplicates(column: &str, ids: &[&str]) -> Option<Finding> {
    if fold_apart(ids) {
        return None;
    }
    let mut spellings: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for &id in ids {
        let folded: String = id.trim().nfc().collect::<String>().to_lowercase().nfc().collect();
        let (first, several) = spellings.entry(folded).or_insert((id, false));
        *several |= *first != id;
    }
    let n_groups = spellings.values().filter(|(_, several)| *several).count();
    (n_groups > 0).then(|| {
        Finding::new("near-duplicate-ids", Severity::Warning, facts!(n = n_groups))
            .column(column)
            .count(n_groups)
    })
}

/// Whether different ids surely stay different in lower case and without outer blanks:
/// where all are ASCII without blanks, and small letters or capitals are in none of them.
fn fold_apart(ids: &[&str]) -> bool {
    const OTHER: u8 = 1;
    const SMALL: u8 = 2;
    const CAPITAL: u8 = 4;
    let of = |byte: u8| match byte {
        b'a'..=b'z' => SMALL,
        b'A'..=b'Z' => CAPITAL,
        _ if byte.is_ascii_graphic() => 0,
        _ => OTHER,
    };
    let kinds: [u8; 256] = std::array::from_fn(|byte| of(byte as u8));
    let kinds_of = |id: &&str| id.bytes().fold(0, |all, byte| all | kinds[usize::from(byte)]);
    let all = ids.par_iter().map(kinds_of).reduce(|| 0, |a, b| a | b);
    all & OTHER == 0 && all & (SMALL | CAPITAL) != SMALL | CAPITAL
}

#[cfg(test)]
mod tests {
    use super::super::params::Params;
    use super::super::roles::{Asked, guess};
    use super::super::testing::{cycled, distinct, seen};
    use super::*;
    use crate::fault::Fault;

    fn id_of(columns: &[SeenColumn], n_rows: usize, asked_id: Option<&str>) -> Option<String> {
        let params = Params::default();
        let asked = Asked { id: asked_id, label: None, positive: None, params: &params };
        guess(columns, n_rows, &asked).unwrap().id
    }

    fn counter(name: &str, n: usize) -> SeenColumn {
        let values: Vec<String> = (1..=n).map(|i| i.to_string()).collect();
        seen(name, &values.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn a_customer_number_goes_before_a_key_and_a_key_before_a_counter() {
        let spend = cycled("spend", &["1.5", "2.5", "9"], 60);
        let all = [
            counter("RowNumber", 60),
            distinct("order_id", "A", 60),
            distinct("customer_no", "C", 60),
            spend.clone(),
        ];
        assert_eq!(id_of(&all, 60, None).as_deref(), Some("customer_no"));
        let [row, order, _, spend] = all;
        assert_eq!(
            id_of(&[row.clone(), order, spend.clone()], 60, None).as_deref(),
            Some("order_id")
        );
        assert_eq!(id_of(&[row, spend.clone()], 60, None).as_deref(), Some("RowNumber"));
        assert_eq!(id_of(&[spend], 60, None), None);
    }

    #[test]
    fn five_languages_name_a_customer() {
        for name in [
            "Kundenummer",
            "kunde_id",
            "bruker-id",
            "id_client",
            "cod_client",
            "客户编号",
            "会员号",
            "userId",
            "MEMBER_NO",
            "householdkey",
            "Subscriber Number",
            "acct_id",
            "account",
        ] {
            let columns = [
                distinct("order id", "B", 40),
                distinct(name, "A", 40),
                cycled("spend", &["1", "2", "3"], 40),
            ];
            assert_eq!(id_of(&columns, 40, None).as_deref(), Some(name), "{name}");
        }
    }

    #[test]
    fn a_quantity_about_customers_is_no_id() {
        let columns = [
            distinct("Customer Lifetime Value", "", 40),
            distinct("customer_name", "N", 40),
            distinct("phone number", "0", 40),
            cycled("spend", &["1", "2", "3"], 40),
        ];
        assert_eq!(id_of(&columns, 40, None), None);
    }

    #[test]
    fn a_repeated_customer_number_is_still_the_id() {
        // So that building the table can name the pair of rows.
        let repeated = seen("customer_id", &["a", "b", "c", "d", "a"]);
        let columns = [repeated, cycled("spend", &["1", "2", "3"], 5)];
        assert_eq!(id_of(&columns, 5, None).as_deref(), Some("customer_id"));
        let gap = seen("customer_id", &["a", "b", "c", "d", ""]);
        let columns = [gap, cycled("spend", &["1", "2", "3"], 5)];
        assert_eq!(id_of(&columns, 5, None).as_deref(), Some("customer_id"));
    }

    #[test]
    fn a_configured_id_that_is_missing_is_an_error_with_a_hint() {
        let params = Params::default();
        let columns = [distinct("customerID", "A", 9), cycled("spend", &["1", "2", "3"], 9)];
        let asked = Asked { id: Some("customer_id"), label: None, positive: None, params: &params };
        let error = guess(&columns, 9, &asked).unwrap_err();
        assert_eq!(error.code(), "E-IN-016");
        assert_eq!(error.hint().as_deref(), Some("did you mean customerID"));
        let columns = [columns[0].clone(), columns[1].clone(), cycled("age", &["30", "40"], 9)];
        assert_eq!(id_of(&columns, 9, Some("spend")).as_deref(), Some("spend"));
    }

    #[test]
    fn an_ignored_column_is_never_the_id() {
        let params = Params { ignore: vec!["customer_id".into()], ..Params::default() };
        let columns = [distinct("customer_id", "A", 9), cycled("spend", &["1", "2", "3"], 9)];
        let asked = Asked { id: None, label: None, positive: None, params: &params };
        let plan = guess(&columns, 9, &asked).unwrap();
        assert_eq!(plan.id, None);
        assert!(plan.findings.iter().any(|finding| finding.code == "no-id"));
    }

    #[test]
    fn ids_that_differ_in_case_blanks_or_composition_are_counted_once_each() {
        let ids =
            ["A1", "a1 ", "a1", "b", "b", "\u{e9}t\u{e9}", "e\u{301}te\u{301}", "00123", "123"];
        let finding = near_duplicates("id", &ids).unwrap();
        assert_eq!(finding.count, Some(2));
        assert!(near_duplicates("id", &["a", "b", "b"]).is_none());
    }

    #[test]
    fn ids_with_decimals_are_said() {
        let mut column = distinct("CustomerID", "1", 40);
        assert!(dotted(&column).is_none());
        column.dotted = 30;
        let params = Params::default();
        let asked = Asked { id: None, label: None, positive: None, params: &params };
        let columns = [column, cycled("spend", &["1", "2", "3"], 40)];
        let plan = guess(&columns, 40, &asked).unwrap();
        let finding = plan.findings.iter().find(|found| found.code == "ids-with-decimals").unwrap();
        assert_eq!(finding.count, Some(30));
    }
}
