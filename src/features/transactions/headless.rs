//! Order lines without names of columns, recognised from their values alone.

use crate::load::{Kind, SeenColumn};

use super::Asked;
use super::plan::Part;
use super::roles::Table;

/// A count of pieces has few different values.
const MOST_QUANTITIES: usize = 1000;

/// The parts of a table whose columns have numbers for names, where the values leave no
/// doubt; `None` where the columns have names, the config says some, or there is doubt.
pub(super) fn parts(table: &Table, asked: &Asked) -> Option<Vec<(Part, usize, &'static str)>> {
    let numbered = |name: &str| {
        name.strip_prefix("column_").is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if !table.columns.iter().all(|column| numbered(&column.name)) {
        return None;
    }
    let of = |is: &dyn Fn(&SeenColumn) -> bool| -> Vec<usize> {
        table.free().filter(|&at| is(&table.columns[at])).collect()
    };
    let mut parts = Vec::new();
    let mut one = |part: Part, found: &[usize], why| -> Option<()> {
        match found {
            _ if table.has(part) || asked.params.column(part).is_some() => {}
            [at] => parts.push((part, *at, why)),
            [] if !matches!(part, Part::Customer | Part::Date) => {}
            _ => return None,
        }
        Some(())
    };
    one(Part::Date, &of(&|column| matches!(column.kind, Kind::Day { .. })), "the only day")?;
    let money = of(&|column| column.kind == Kind::Decimal);
    one(Part::Amount, &money, "the only numbers with decimals")?;
    let pieces = of(&is_quantity);
    one(Part::Quantity, &pieces, "the only small whole numbers")?;
    let ids = of(&|column| is_id(column) && !is_quantity(column));
    // Two numberings of the same customers have as many values; either will do.
    let (&first, rest) = ids.split_first().or(table.has(Part::Customer).then_some((&0, &[])))?;
    if rest.iter().any(|&at| table.columns[at].n_distinct != table.columns[first].n_distinct) {
        return None;
    }
    one(Part::Customer, &[first], "the first column of repeated numbers")?;
    Some(parts)
}

fn is_quantity(column: &SeenColumn) -> bool {
    column.kind == Kind::Integer
        && !column.leading_zero
        && column.n_distinct <= MOST_QUANTITIES
        && column.mean_length < 4.0
}

fn is_id(column: &SeenColumn) -> bool {
    matches!(column.kind, Kind::Integer | Kind::Text)
        && column.n_distinct > 1
        && column.n_distinct * 13 <= column.n_present * 10
}
