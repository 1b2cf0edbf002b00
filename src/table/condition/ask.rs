//! Asking a condition of every customer.

use crate::table::{Column, FeatureTable, MISSING_FLAG, MISSING_LEVEL, OTHER, Values};

use super::{ConditionError, Literal, Node, Sign};

/// Whether it is true of each customer; `None` where a missing value leaves it open.
pub(super) fn truth(
    node: &Node,
    table: &FeatureTable,
) -> Result<Vec<Option<bool>>, ConditionError> {
    match node {
        Node::Or(nodes) => joined(nodes, table, true),
        Node::And(nodes) => joined(nodes, table, false),
        Node::Not(node) => Ok(truth(node, table)?.into_iter().map(|holds| Some(!holds?)).collect()),
        Node::Missing { column } => {
            Ok(is_missing(found(table, column)?).into_iter().map(Some).collect())
        }
        Node::Compare { column, sign, literal } => compare(found(table, column)?, *sign, literal),
        Node::In { column, literals } => {
            let column = found(table, column)?;
            let mut holds = vec![Some(false); table.n_customers()];
            for literal in literals {
                let equal = compare(column, Sign::Equal, literal)?;
                for (holds, equal) in holds.iter_mut().zip(equal) {
                    *holds = equal.map(|equal| equal || *holds == Some(true));
                }
            }
            Ok(holds)
        }
    }
}

/// Several conditions: one that is `decisive` decides, else one that is open leaves it open.
fn joined(
    nodes: &[Node],
    table: &FeatureTable,
    decisive: bool,
) -> Result<Vec<Option<bool>>, ConditionError> {
    let mut all = vec![Some(!decisive); table.n_customers()];
    for node in nodes {
        for (all, one) in all.iter_mut().zip(truth(node, table)?) {
            *all = match (*all, one) {
                (Some(known), _) | (_, Some(known)) if known == decisive => Some(decisive),
                (Some(_), Some(_)) => Some(!decisive),
                _ => None,
            };
        }
    }
    Ok(all)
}

fn found<'a>(table: &'a FeatureTable, name: &str) -> Result<&'a Column, ConditionError> {
    let column = table.columns().iter().find(|column| column.name == name);
    column.ok_or_else(|| ConditionError::NoColumn { column: name.to_owned() })
}

fn is_missing(column: &Column) -> Vec<bool> {
    match &column.values {
        Values::Number(values) => values.iter().map(|value| value.is_nan()).collect(),
        Values::Flag { codes, .. } => codes.iter().map(|&code| code == MISSING_FLAG).collect(),
        Values::Category { codes, .. } => codes.iter().map(|&code| code == MISSING_LEVEL).collect(),
    }
}

fn compare(
    column: &Column,
    sign: Sign,
    (literal, at): &(Literal, usize),
) -> Result<Vec<Option<bool>>, ConditionError> {
    let kind = |holds, expected| {
        let column = column.name.clone();
        Err(ConditionError::Kind { column, holds, at: *at, expected })
    };
    let equal = |same: bool| same == (sign == Sign::Equal);
    match (&column.values, literal) {
        (Values::Number(values), Literal::Number(number)) => {
            let one = |&value: &f64| (!value.is_nan()).then(|| sign.holds(value, *number));
            Ok(values.iter().map(one).collect())
        }
        (Values::Number(_), _) => kind("numbers", "a number"),
        (Values::Flag { .. } | Values::Category { .. }, _) if sign.orders() => {
            kind("levels, which have no order here", "=, != or in")
        }
        (Values::Flag { codes, no, yes }, literal) => {
            let code = match literal {
                Literal::Truth(truth) => u8::from(*truth),
                Literal::Text(text) if text == yes => 1,
                Literal::Text(text) if text == no => 0,
                Literal::Number(number) if yes.parse() == Ok(*number) => 1,
                Literal::Number(number) if no.parse() == Ok(*number) => 0,
                _ => return kind("two values", "one of them, or true or false"),
            };
            let one = |&own: &u8| (own != MISSING_FLAG).then(|| equal(own == code));
            Ok(codes.iter().map(one).collect())
        }
        (Values::Category { codes, levels, .. }, Literal::Text(text)) => {
            let level = levels.iter().position(|level| level == text && level != OTHER);
            let Some(level) = level else {
                return Err(ConditionError::NoLevel { column: column.name.clone(), at: *at });
            };
            let one = |&own: &u32| (own != MISSING_LEVEL).then(|| equal(own as usize == level));
            Ok(codes.iter().map(one).collect())
        }
        (Values::Category { .. }, _) => kind("levels", "a text in single quotes"),
    }
}
