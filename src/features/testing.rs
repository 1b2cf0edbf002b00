//! Columns as the loader would see them, for unit tests.

use std::collections::BTreeMap;

use crate::load::{Kind, SeenColumn};

/// A column seen from its values; an empty string is missing.
pub(super) fn seen(name: &str, values: &[&str]) -> SeenColumn {
    let present: Vec<&str> = values.iter().copied().filter(|value| !value.is_empty()).collect();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for value in &present {
        *levels.entry(value).or_default() += 1;
    }
    let numbers: Option<Vec<f64>> = present.iter().map(|value| value.parse().ok()).collect();
    let whole = present.iter().all(|value| value.parse::<i64>().is_ok());
    let is_day = present.iter().all(|value| value.parse::<crate::day::Day>().is_ok());
    let kind = match &numbers {
        _ if present.is_empty() => Kind::Empty,
        Some(_) if whole => Kind::Integer,
        Some(_) => Kind::Decimal,
        None if is_day => Kind::Day { format: "%Y-%m-%d".to_owned() },
        None => Kind::Text,
    };
    let lengths: Vec<usize> = present.iter().map(|value| value.len()).collect();
    #[expect(clippy::cast_precision_loss, reason = "a few values in a test")]
    let share = |n: usize| n as f64 / present.len().max(1) as f64;
    let numbers = numbers.unwrap_or_default();
    SeenColumn {
        name: name.to_owned(),
        n_present: present.len(),
        n_missing: values.len() - present.len(),
        missing_codes: if present.len() < values.len() {
            vec![(String::new(), values.len() - present.len())]
        } else {
            Vec::new()
        },
        proposed_missing: Vec::new(),
        n_distinct: levels.len(),
        levels: if levels.len() <= 64 {
            levels.iter().map(|(level, rows)| ((*level).to_owned(), *rows)).collect()
        } else {
            Vec::new()
        },
        min: numbers.iter().copied().min_by(f64::total_cmp),
        max: numbers.iter().copied().max_by(f64::total_cmp),
        decimals: 0,
        unit: None,
        mean_length: share(lengths.iter().sum()),
        max_length: lengths.iter().copied().max().unwrap_or(0),
        with_spaces: share(present.iter().filter(|value| value.trim().contains(' ')).count()),
        monotone: kind == Kind::Integer
            && numbers.len() == values.len()
            && numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0),
        leading_zero: kind == Kind::Integer
            && present.iter().any(|value| value.len() > 1 && value.starts_with('0')),
        dotted: 0,
        kind,
    }
}

/// `n` rows that repeat `values`.
pub(super) fn cycled(name: &str, values: &[&str], n: usize) -> SeenColumn {
    let values: Vec<&str> = values.iter().copied().cycle().take(n).collect();
    seen(name, &values)
}

/// `n` different values behind a prefix.
pub(super) fn distinct(name: &str, prefix: &str, n: usize) -> SeenColumn {
    let values: Vec<String> = (0..n).map(|i| format!("{prefix}{}", (i * 7919) % 100_003)).collect();
    seen(name, &values.iter().map(String::as_str).collect::<Vec<_>>())
}
