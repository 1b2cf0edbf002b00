//! A person's own names of segments, by id.

use std::collections::BTreeMap;

use super::ClusterError;

/// Checks that no two names are the same but for outer blanks.
///
/// # Errors
///
/// The first two ids of one name.
pub(super) fn check(names: &BTreeMap<String, String>) -> Result<(), ClusterError> {
    let mut known: BTreeMap<&str, &String> = BTreeMap::new();
    for (id, name) in names {
        if let Some(first) = known.insert(name.trim(), id) {
            return Err(ClusterError::SameName { first: first.clone(), second: id.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_segments_of_one_name_are_refused() {
        let names = |second: &str| {
            BTreeMap::from([
                ("1".to_owned(), "Loyal".to_owned()),
                ("2".to_owned(), second.to_owned()),
            ])
        };
        assert!(check(&names("loyal")).is_ok());
        assert!(matches!(check(&names(" Loyal")), Err(ClusterError::SameName { .. })));
    }
}
