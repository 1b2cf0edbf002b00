//! The names of columns, taken apart into words.

use super::words;

/// Every list whose words a glued name may be made of.
const VOCABULARY: &[&[&str]] = &[
    words::CUSTOMER,
    words::ID,
    words::CONTACT,
    words::LEAVING,
    words::LEAVING_ALONE,
    words::LABEL_COMPANIONS,
    words::DEMOGRAPHIC,
    words::GEOGRAPHIC,
    words::FIRMOGRAPHIC,
    words::CODE,
    words::POSTAL,
    words::LATITUDE,
    words::LONGITUDE,
    words::TRAITS,
    words::PARTS,
];

/// The shortest word that is taken apart: below it too much is chance.
const SHORTEST_GLUED: usize = 6;

/// A column's name as words: lower case, without accents, split at case changes,
/// digits and signs; `zipcode` and `customerid` come apart as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    words: Vec<String>,
    joined: String,
}

impl Name {
    /// Takes a name apart.
    #[must_use]
    pub(super) fn new(name: &str) -> Self {
        let parts = split(name);
        let joined = parts.concat();
        let mut words = Vec::with_capacity(parts.len());
        for part in parts {
            match unglue(&part) {
                Some((first, second)) => words.extend([first.to_owned(), second.to_owned()]),
                None => words.push(part),
            }
        }
        Self { words, joined }
    }

    /// The words.
    #[must_use]
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether any word is in `list`. Words of a script without spaces are looked for
    /// anywhere in the name, as are names written in one such as `marketcap`.
    #[must_use]
    pub(super) fn has(&self, list: &[&str]) -> bool {
        self.place(list).is_some()
    }

    /// The place in `list` of the first entry that occurs in the name.
    #[must_use]
    pub(super) fn place(&self, list: &[&str]) -> Option<usize> {
        list.iter().position(|entry| {
            self.words.iter().any(|word| word == entry)
                || self.joined == *entry
                || (!entry.is_ascii() && self.joined.contains(entry))
        })
    }

    /// Whether the last word is in `list`; digits at the end do not count.
    #[must_use]
    pub(super) fn ends_in(&self, list: &[&str]) -> bool {
        let end = self.words.iter().rev().find(|word| !is_number(word));
        end.is_some_and(|end| {
            list.iter().any(|entry| end == entry || (!entry.is_ascii() && end.ends_with(entry)))
        })
    }

    /// Whether every word but numbers is in one of `lists`.
    #[must_use]
    pub(super) fn only(&self, lists: &[&[&str]]) -> bool {
        self.words
            .iter()
            .filter(|word| !is_number(word))
            .all(|word| lists.iter().any(|list| list.contains(&word.as_str())))
    }

    /// The only word, where there is exactly one.
    #[must_use]
    pub(super) fn single(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] => Some(word),
            _ => None,
        }
    }
}

/// Whether a word is a run of digits.
fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What one character is, for finding the borders of words.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Sort {
    Lower,
    Upper,
    Digit,
    Other,
}

/// Splits at signs, case changes and digits and folds what remains.
fn split(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let sort = |c: char| {
        if c.is_uppercase() {
            Sort::Upper
        } else if c.is_numeric() {
            Sort::Digit
        } else if c.is_alphabetic() {
            Sort::Lower
        } else {
            Sort::Other
        }
    };
    let mut words = Vec::new();
    let mut word = String::new();
    for (i, &c) in characters.iter().enumerate() {
        let now = sort(c);
        let before = if i == 0 { Sort::Other } else { sort(characters[i - 1]) };
        // `HTTPLink`: the last capital of a run begins the next word.
        let next_is_lower = characters.get(i + 1).is_some_and(|&next| sort(next) == Sort::Lower);
        let border = match (before, now) {
            (_, Sort::Other) | (Sort::Lower, Sort::Upper) => true,
            (Sort::Upper, Sort::Upper) => next_is_lower,
            (a, b) => (a == Sort::Digit) != (b == Sort::Digit),
        };
        if border && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if now != Sort::Other {
            fold_into(c, &mut word);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Adds a character in lower case and without its accent.
fn fold_into(c: char, to: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'å' | 'ă' | 'â' | 'ä' | 'á' | 'à' => to.push('a'),
            'ø' | 'ö' | 'ó' | 'ô' => to.push('o'),
            'æ' => to.push_str("ae"),
            'î' | 'í' => to.push('i'),
            'ș' | 'ş' => to.push('s'),
            'ț' | 'ţ' => to.push('t'),
            'é' | 'è' | 'ê' | 'ë' => to.push('e'),
            'ü' | 'ú' => to.push('u'),
            c => to.push(c),
        }
    }
}

/// A value or a name in lower case, without outer spaces.
#[must_use]
pub(super) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A level in lower case, without accents, with one blank in place of any signs.
#[must_use]
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            fold_into(c, &mut out);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether any list knows the word.
fn known(word: &str) -> bool {
    VOCABULARY.iter().any(|list| list.contains(&word))
}

/// An unknown word as two known ones.
fn unglue(word: &str) -> Option<(&str, &str)> {
    if word.len() < SHORTEST_GLUED || !word.is_ascii() || known(word) {
        return None;
    }
    (2..=word.len() - 2)
        .rev()
        .map(|at| word.split_at(at))
        .find(|(first, second)| first.len() > 2 && known(first) && known(second))
}

/// The name among `names` that `wrong` may have meant: the nearest by edits, if two
/// fifths of the letters or fewer differ.
#[must_use]
pub(super) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted = folded(wrong);
    names
        .map(|name| (edits(&wanted, &folded(name)), name))
        .min()
        .filter(|(distance, name)| distance * 5 <= name.chars().count() * 2)
        .map(|(_, name)| name.to_owned())
}

/// How many letters must be put in, taken out or exchanged (Levenshtein).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        Name::new(name).words().to_vec()
    }

    #[test]
    fn names_come_apart() {
        assert_eq!(words("customerID"), ["customer", "id"]);
        assert_eq!(words("CUST_ID"), ["cust", "id"]);
        assert_eq!(words("customerid"), ["customer", "id"]);
        assert_eq!(words("NumOfProducts"), ["num", "of", "products"]);
        assert_eq!(words("Spending Score (1-100)"), ["spending", "score", "1", "100"]);
        assert_eq!(words("CC1_MILES"), ["cc", "1", "miles"]);
        assert_eq!(words("HTTPLink"), ["http", "link"]);
        assert_eq!(words("Kidhome"), ["kid", "home"]);
        assert_eq!(words("phonenumber"), ["phone", "number"]);
        assert_eq!(words("Køn"), ["kon"]);
        assert_eq!(words("Părăsit"), ["parasit"]);
        assert_eq!(words("客户编号"), ["客户编号"]);
    }

    #[test]
    fn everyday_words_stay_whole() {
        for name in ["message", "postage", "usage", "average", "valid", "category", "package"] {
            assert_eq!(words(name), [name]);
        }
    }

    #[test]
    fn scripts_without_spaces_are_searched_through() {
        assert!(Name::new("客户编号").has(words::CUSTOMER));
        assert!(Name::new("客户编号").ends_in(words::ID));
        assert!(!Name::new("accustom").has(words::CUSTOMER));
        assert!(Name::new("Market Cap").has(words::FIRMOGRAPHIC));
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_near() {
        let names = ["customerID", "gender", "Churn"];
        assert_eq!(nearest("customer_id", names.into_iter()).as_deref(), Some("customerID"));
        assert_eq!(nearest("chrun", names.into_iter()).as_deref(), Some("Churn"));
        assert_eq!(nearest("revenue", names.into_iter()), None);
    }
}
