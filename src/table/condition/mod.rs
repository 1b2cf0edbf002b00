//! A condition on the columns of the customers: who is meant, and who is not.
//!
//! ```text
//! condition  = both { "or" both }
//! both       = one { "and" one }
//! one        = "not" one | "(" condition ")" | comparison
//! comparison = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) literal
//!            | column [ "not" ] "in" "(" literal { "," literal } ")"
//!            | column "is" [ "not" ] "missing"
//! column     = a word of letters, digits and _ | any name in double quotes
//! literal    = a number | a text in single quotes | true | false
//! ```
//!
//! Words of the language may be written in any case. In quotes a quote is written twice.
//! Numbers are compared as numbers, levels of a category with `=`, `!=` and `in` by their
//! spelling, flags with their two spellings or with true and false. A comparison with a
//! missing value is neither true nor false, and so is what depends on it: `not` of it is
//! not true either. Whoever the condition is not true of is not meant.
//!
//! # Examples
//!
//! ```
//! use kohort::table::Condition;
//!
//! assert!(Condition::parse("orders >= 2 and not country in ('Norway', 'Iceland')").is_ok());
//! let error = Condition::parse("orders >= and 2").unwrap_err();
//! assert_eq!(error.to_string(), "the condition cannot be read at character 11: expected a number, a text in single quotes, true or false");
//! ```
//!
//! # Errors
//!
//! [`ConditionError`]: with the place in the text and what was expected there.

use crate::fault::{Class, Fault};

use super::FeatureTable;

mod ask;
mod read;

/// A condition that can be asked of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Node);

/// Why a condition cannot be read, or not be asked of a table.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConditionError {
    /// It cannot be read.
    #[error("the condition cannot be read at character {at}: expected {expected}")]
    Syntax {
        /// The place, from 1.
        at: usize,
        /// What could stand there.
        expected: &'static str,
    },
    /// The table has no such column, or does not use it.
    #[error("the condition names the column {column}, which the customers do not have")]
    NoColumn {
        /// The column.
        column: String,
    },
    /// A column is compared with something that its values cannot be.
    #[error(
        "the condition compares {column}, which holds {holds}, at character {at}; expected {expected}"
    )]
    Kind {
        /// The column.
        column: String,
        /// What it holds.
        holds: &'static str,
        /// The place, from 1.
        at: usize,
        /// What it can be compared with.
        expected: &'static str,
    },
    /// A level that no customer has.
    #[error("the condition asks at character {at} for a level that {column} does not have")]
    NoLevel {
        /// The column.
        column: String,
        /// The place, from 1.
        at: usize,
    },
}

impl Fault for ConditionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "E-CFG-050",
            Self::NoColumn { .. } => "E-CFG-051",
            Self::Kind { .. } => "E-CFG-052",
            Self::NoLevel { .. } => "E-CFG-053",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Syntax { .. } => {
                "write a condition such as: orders >= 2 and country in ('Norway', 'Denmark')"
            }
            Self::NoColumn { .. } => {
                "kohort check lists the columns; a name with blanks stands in double quotes"
            }
            Self::Kind { .. } => "kohort check shows what each column holds",
            Self::NoLevel { .. } => {
                "compare the spelling; levels that few customers have are pooled and cannot be asked for"
            }
        };
        Some(hint.to_owned())
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Or(Vec<Node>),
    And(Vec<Node>),
    Not(Box<Node>),
    Compare { column: String, sign: Sign, literal: (Literal, usize) },
    In { column: String, literals: Vec<(Literal, usize)> },
    Missing { column: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Sign {
    fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Equal => a == b,
            Self::Unequal => a != b,
            Self::Less => a < b,
            Self::LessOrEqual => a <= b,
            Self::Greater => a > b,
            Self::GreaterOrEqual => a >= b,
        }
    }

    fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal)
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Literal {
    Number(f64),
    Text(String),
    Truth(bool),
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// [`ConditionError::Syntax`] with the first place that cannot be read.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        read::condition(text).map(Self)
    }

    /// The customers of whom it is true, by their places in the table.
    ///
    /// # Errors
    ///
    /// A column that the table lacks, a literal that its values cannot be, a level that it
    /// does not have.
    pub fn rows(&self, table: &FeatureTable) -> Result<Vec<usize>, ConditionError> {
        let holds = ask::truth(&self.0, table)?;
        Ok((0..table.n_customers()).filter(|&row| holds[row] == Some(true)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, Family, Ids, MISSING_FLAG, MISSING_LEVEL, OTHER, Role, Values};

    /// Five customers; the last has nothing.
    fn table() -> FeatureTable {
        let column = |name: &str, role, values| Column {
            name: name.into(),
            role,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values,
        };
        let levels = vec!["Denmark".into(), "O'Land".into(), OTHER.into()];
        let codes = vec![0, 1, 2, 0, MISSING_LEVEL];
        let flags = vec![1, 0, 1, 0, MISSING_FLAG];
        let columns = vec![
            column("orders", Role::Number, Values::Number(vec![1.0, 2.0, 3.5, -4.0, f64::NAN])),
            column(
                "home country",
                Role::Category,
                Values::Category { codes, levels, ordered: false },
            ),
            column(
                "active",
                Role::Flag,
                Values::Flag { codes: flags, no: "nej".into(), yes: "ja".into() },
            ),
        ];
        let values = (0..5).map(|i| i.to_string().into()).collect();
        let ids = Ids { name: "id".into(), values, from_rows: false };
        FeatureTable::new(ids, columns, None).unwrap()
    }

    fn rows(text: &str) -> Vec<usize> {
        Condition::parse(text).unwrap().rows(&table()).unwrap()
    }

    #[test]
    fn conditions_by_hand() {
        for (text, expected) in [
            ("orders >= 2", vec![1, 2]),
            ("orders > -5 AND orders < 2", vec![0, 3]),
            ("orders=2 or orders==3.5", vec![1, 2]),
            ("orders != 2", vec![0, 2, 3]),
            ("orders <> 2 and orders <= 1e0", vec![0, 3]),
            ("not orders >= 2", vec![0, 3]),
            ("orders in (1, 3.5)", vec![0, 2]),
            ("orders not in (1, 3.5)", vec![1, 3]),
            ("orders is missing", vec![4]),
            ("orders is not missing", vec![0, 1, 2, 3]),
            ("\"home country\" = 'O''Land'", vec![1]),
            ("\"home country\" != 'Denmark'", vec![1, 2]),
            ("active = true", vec![0, 2]),
            ("active = 'nej' and orders > 0", vec![1]),
            // "and" binds more closely than "or", "not" most closely of all.
            ("orders = 1 or orders = 2 and active = true", vec![0]),
            ("(orders = 1 or orders = 2) and active = true", vec![0]),
            ("(orders = 1 or orders = 2) and active = false", vec![1]),
            ("not orders = 1 and active = true", vec![2]),
        ] {
            assert_eq!(rows(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_missing_decides_nothing_and_is_decided_by_the_rest() {
        // Nothing is known of customer 4 but that it is missing.
        assert!(!rows("orders = 1 or not orders = 1").contains(&4));
        assert!(rows("orders = 1 or orders is missing").contains(&4));
        assert!(!rows("not (orders = 1 and active = true)").contains(&4));
        assert!(rows("not (orders = 1 and orders is not missing)").contains(&4));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for (text, at) in [
            ("", 1),
            ("orders", 7),
            ("orders >=", 10),
            ("orders >= and 2", 11),
            ("orders >= 2 2", 13),
            ("(orders >= 2", 13),
            ("orders in 2", 11),
            ("orders in (2", 13),
            ("orders is 2", 11),
            ("country = 'Norway", 11),
            ("orders >= 12.5.1", 11),
            ("orders >= 2 && active", 13),
            ("not", 4),
            ("é = 2 §", 7),
        ] {
            match Condition::parse(text) {
                Err(ConditionError::Syntax { at: found, .. }) => assert_eq!(found, at, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        let deep = format!("{}orders = 1{}", "(".repeat(5000), ")".repeat(5000));
        assert!(Condition::parse(&deep).is_err());
        assert!(Condition::parse(&format!("{} orders = 1", "not ".repeat(5000))).is_err());
    }

    #[test]
    fn what_a_table_cannot_answer_is_an_error_of_the_config() {
        for (text, code) in [
            ("spend > 1", "E-CFG-051"),
            ("Orders > 1", "E-CFG-051"),
            ("orders = 'two'", "E-CFG-052"),
            ("active > true", "E-CFG-052"),
            ("active = 'maybe'", "E-CFG-052"),
            ("\"home country\" = 1", "E-CFG-052"),
            ("\"home country\" < 'O'", "E-CFG-052"),
            ("\"home country\" = 'Norway'", "E-CFG-053"),
            ("\"home country\" = '(other)'", "E-CFG-053"),
        ] {
            let error = Condition::parse(text).unwrap().rows(&table()).unwrap_err();
            assert_eq!((error.code(), error.class()), (code, Class::Config), "{text}");
            assert!(error.hint().is_some());
        }
    }
}
