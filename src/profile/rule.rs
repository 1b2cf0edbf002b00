//! A short rule that recognises a segment: at most three conditions on raw columns,
//! one segment against the rest. Rules of two segments may overlap, and a rule is not
//! the segment, so its coverage and precision always stand beside it.
//!
//! A condition on a missing value does not hold, as in SQL; `is not recorded` is a
//! condition of its own.

use crate::table::{FeatureTable, MISSING_FLAG, MISSING_LEVEL, Role, Values};

use super::wording::one_line;

/// What one condition asks of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Test {
    /// `>=`
    AtLeast(f64),
    /// `<`
    Below(f64),
    /// `>`
    Above(f64),
    /// `<=`
    AtMost(f64),
    /// The level, or the flag's code.
    Is(u32),
    /// Another level, and not missing.
    IsNot(u32),
    /// Missing.
    Missing,
}

/// A test of one column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Condition {
    /// The column's position in the feature table.
    pub(crate) column: usize,
    /// What is asked.
    pub(crate) test: Test,
}

impl Condition {
    /// Whether it holds for customer `row`.
    pub(crate) fn holds(&self, table: &FeatureTable, row: usize) -> bool {
        let values = &table.columns()[self.column].values;
        if matches!(self.test, Test::Missing) {
            return values.is_missing(row);
        }
        match values {
            // Comparisons with NaN are false, which is what a missing number should be.
            Values::Number(numbers) => match self.test {
                Test::AtLeast(cut) => numbers[row] >= cut,
                Test::Below(cut) => numbers[row] < cut,
                Test::Above(cut) => numbers[row] > cut,
                Test::AtMost(cut) => numbers[row] <= cut,
                Test::Is(_) | Test::IsNot(_) | Test::Missing => false,
            },
            Values::Flag { codes, .. } => match self.test {
                Test::Is(code) => u32::from(codes[row]) == code,
                Test::IsNot(code) => codes[row] != MISSING_FLAG && u32::from(codes[row]) != code,
                _ => false,
            },
            Values::Category { codes, .. } => match self.test {
                Test::Is(code) => codes[row] == code,
                Test::IsNot(code) => codes[row] != MISSING_LEVEL && codes[row] != code,
                _ => false,
            },
        }
    }

    /// Whether it holds, one bit per customer: what is asked is looked up once.
    pub(crate) fn of_all(&self, table: &FeatureTable) -> Vec<u64> {
        let values = &table.columns()[self.column].values;
        match (values, self.test) {
            (Values::Number(numbers), Test::AtLeast(cut)) => packed(numbers, |x| x >= cut),
            (Values::Number(numbers), Test::Below(cut)) => packed(numbers, |x| x < cut),
            (Values::Number(numbers), Test::Above(cut)) => packed(numbers, |x| x > cut),
            (Values::Number(numbers), Test::AtMost(cut)) => packed(numbers, |x| x <= cut),
            (Values::Flag { codes, .. }, Test::Is(code)) => packed(codes, |c| u32::from(c) == code),
            (Values::Category { codes, .. }, Test::Is(code)) => packed(codes, |c| c == code),
            (Values::Category { codes, .. }, Test::IsNot(code)) => {
                packed(codes, |c| c != MISSING_LEVEL && c != code)
            }
            _ => {
                let rows: Vec<usize> = (0..values.len()).collect();
                packed(&rows, |row| self.holds(table, row))
            }
        }
    }

    /// The level it names.
    fn level<'a>(&self, table: &'a FeatureTable) -> &'a str {
        let (Test::Is(code) | Test::IsNot(code)) = self.test else { return "" };
        match &table.columns()[self.column].values {
            Values::Number(_) => "",
            Values::Flag { no, yes, .. } => {
                if code == 1 {
                    yes
                } else {
                    no
                }
            }
            Values::Category { levels, .. } => levels.get(code as usize).map_or("", String::as_str),
        }
    }

    /// The part after the column's name.
    fn words(&self, table: &FeatureTable) -> String {
        let column = &table.columns()[self.column];
        let unit = match (column.role, &column.unit) {
            (Role::Date, _) => " days ago".to_owned(),
            // The column's own name stands before it, so a unit in there is enough.
            (_, Some(unit)) if !column.name.to_lowercase().contains(&unit.to_lowercase()) => {
                format!(" {unit}")
            }
            _ => String::new(),
        };
        match self.test {
            Test::AtLeast(cut) => format!("at least {cut}{unit}"),
            Test::Below(cut) => format!("below {cut}{unit}"),
            Test::Above(cut) => format!("above {cut}{unit}"),
            Test::AtMost(cut) => format!("at most {cut}{unit}"),
            Test::Is(_) => one_line(self.level(table)),
            Test::IsNot(_) => format!("not {}", one_line(self.level(table))),
            Test::Missing => "not recorded".to_owned(),
        }
    }

    /// The condition in SQL. `None` for a date, whose value depends on the as-of day.
    fn sql(&self, table: &FeatureTable) -> Option<String> {
        let column = &table.columns()[self.column];
        let name = format!("\"{}\"", column.name.replace('"', "\"\""));
        let level = || self.level(table).replace('\'', "''");
        match self.test {
            Test::Missing => Some(format!("{name} IS NULL")),
            _ if column.role == Role::Date => None,
            Test::AtLeast(cut) => Some(format!("{name} >= {cut}")),
            Test::Below(cut) => Some(format!("{name} < {cut}")),
            Test::Above(cut) => Some(format!("{name} > {cut}")),
            Test::AtMost(cut) => Some(format!("{name} <= {cut}")),
            Test::Is(_) => Some(format!("{name} = '{}'", level())),
            Test::IsNot(_) => Some(format!("{name} <> '{}'", level())),
        }
    }
}

/// One bit per value, 64 to a word.
pub(crate) fn packed<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> Vec<u64> {
    let word = |chunk: &[T]| {
        let bits = chunk.iter().enumerate();
        bits.fold(0_u64, |word, (bit, &value)| word | u64::from(holds(value)) << bit)
    };
    values.chunks(64).map(word).collect()
}

/// A rule that is good enough to be told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// All must hold; at most three.
    pub(crate) conditions: Vec<Condition>,
    /// Share of the segment's customers that it finds, 0..1.
    pub(crate) coverage: f64,
    /// Share of the customers found that belong to the segment, 0..1.
    pub(crate) precision: f64,
}

impl Rule {
    /// `tenure is at least 50 and Contract is Two year`.
    pub(crate) fn words(&self, table: &FeatureTable) -> String {
        let mut text = String::new();
        let mut last = None;
        for condition in &self.conditions {
            if last.is_some() {
                text.push_str(" and ");
            }
            if last != Some(condition.column) {
                text.push_str(&one_line(&table.columns()[condition.column].name));
                text.push_str(" is ");
            }
            text.push_str(&condition.words(table));
            last = Some(condition.column);
        }
        text
    }

    /// The same in SQL, where each of its columns can be asked in SQL.
    pub(crate) fn sql(&self, table: &FeatureTable) -> Option<String> {
        let parts: Option<Vec<String>> =
            self.conditions.iter().map(|condition| condition.sql(table)).collect();
        parts.map(|parts| parts.join(" AND "))
    }
}

/// Rounds a threshold to a step of 1, 2 or 5 times a power of ten that is at most a
/// tenth of `spread` and no finer than the column is written. The result is the number
/// nearest to its decimal text, so that words, SQL and evaluation agree.
pub(crate) fn sensible(cut: f64, spread: f64, decimals: u8) -> f64 {
    let (mut exponent, mut step_digit) = (-i32::from(decimals.min(9)), 1_i32);
    if spread > 0.0 {
        for candidate in (-9..=15).rev() {
            let power = libm::pow(10.0, f64::from(candidate));
            let digit = [5_i32, 2, 1].into_iter().find(|d| f64::from(*d) * power <= spread / 10.0);
            if let Some(digit) = digit {
                if candidate >= exponent {
                    (exponent, step_digit) = (candidate, digit);
                }
                break;
            }
        }
    }
    let step = f64::from(step_digit) * libm::pow(10.0, f64::from(exponent));
    let rounded = libm::round(cut / step) * step;
    let places = usize::try_from(-exponent).unwrap_or(0);
    let value = format!("{rounded:.places$}").parse().unwrap_or(cut);
    if value == 0.0 { 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::{category, flag, number, table};

    #[test]
    fn thresholds_are_rounded_to_what_the_column_writes() {
        assert!((sensible(49.7, 40.0, 0) - 50.0).abs() < 1e-12);
        assert!((sensible(0.0734, 0.05, 4) - 0.075).abs() < 1e-12);
        assert!((sensible(13_482.0, 9_000.0, 2) - 13_500.0).abs() < 1e-9);
        assert!((sensible(3.0, 2.0, 0) - 3.0).abs() < 1e-12);
        assert!((sensible(0.3, 0.0, 1) - 0.3).abs() < 1e-15);
    }

    #[test]
    fn sql_quotes_names_and_levels() {
        let table = table(vec![
            category("the \"plan\"", &["it's", "b"], vec![0, 1]),
            flag("Partner", vec![1, 0]),
            number("tenure", vec![1.0, 2.5]),
        ]);
        let rule = Rule {
            conditions: vec![
                Condition { column: 0, test: Test::IsNot(0) },
                Condition { column: 1, test: Test::Is(1) },
                Condition { column: 2, test: Test::AtLeast(2.5) },
                Condition { column: 2, test: Test::Below(10.0) },
            ],
            coverage: 1.0,
            precision: 1.0,
        };
        assert_eq!(
            rule.sql(&table).unwrap(),
            "\"the \"\"plan\"\"\" <> 'it''s' AND \"Partner\" = 'Yes' AND \"tenure\" >= 2.5 AND \"tenure\" < 10"
        );
        assert_eq!(
            rule.words(&table),
            "the \"plan\" is not it's and Partner is Yes and tenure is at least 2.5 and below 10"
        );
    }

    #[test]
    fn a_missing_value_fulfils_no_comparison() {
        let table = table(vec![number("x", vec![f64::NAN, 1.0]), flag("f", vec![2, 0])]);
        for test in [Test::AtLeast(0.0), Test::Below(9.0), Test::Above(0.0), Test::AtMost(9.0)] {
            assert!(!Condition { column: 0, test }.holds(&table, 0));
            assert!(Condition { column: 0, test }.holds(&table, 1));
        }
        assert!(!Condition { column: 1, test: Test::IsNot(1) }.holds(&table, 0));
        assert!(Condition { column: 1, test: Test::IsNot(1) }.holds(&table, 1));
        assert!(Condition { column: 1, test: Test::Missing }.holds(&table, 0));
    }
}
