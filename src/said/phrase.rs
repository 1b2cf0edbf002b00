//! Short texts that a run stores in English alone, such as why a column is a number: another
//! language recognises them by their English, what stands in their gaps included. A text
//! that is not recognised is told as it is stored.

use std::sync::OnceLock;

use super::{Fact, Facts};
use crate::format;
use crate::words::{self, Language, say};

/// A text with gaps: what stands around them, and their names.
struct Pattern {
    id: &'static str,
    around: Vec<&'static str>,
    gaps: Vec<&'static str>,
}

impl Pattern {
    fn of((id, text): (&'static str, &'static str)) -> Self {
        let (mut around, mut gaps, mut rest) = (Vec::new(), Vec::new(), text);
        while let Some((before, after)) = rest.split_once("{ $") {
            let Some((gap, after)) = after.split_once(" }") else { break };
            around.push(before);
            gaps.push(gap);
            rest = after;
        }
        around.push(rest);
        Self { id, around, gaps }
    }

    /// How much of the text is its own.
    fn own(&self) -> usize {
        self.around.iter().map(|part| part.len()).sum()
    }

    /// What stands in the gaps of a text; `None` where it is another text.
    fn read(&self, text: &str) -> Option<Facts> {
        let (first, rest) = self.around.split_first()?;
        let mut left = text.strip_prefix(first)?;
        let mut facts = Facts::new();
        for (at, (gap, after)) in self.gaps.iter().zip(rest).enumerate() {
            let is_last = at + 1 == self.gaps.len();
            let value = if is_last {
                let value = left.strip_suffix(after)?;
                left = "";
                value
            } else {
                let (value, after) = left.split_once(after)?;
                left = after;
                value
            };
            if value.is_empty() {
                return None;
            }
            facts.insert((*gap).to_owned(), Fact::Text(inside(gap, value)));
        }
        left.is_empty().then_some(facts)
    }
}

/// All patterns, the most particular first.
fn patterns() -> &'static [Pattern] {
    static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut all: Vec<Pattern> = words::phrases().map(Pattern::of).collect();
        all.sort_by_key(|pattern| std::cmp::Reverse(pattern.own()));
        all
    })
}

/// What stands in a gap: phrases of their own, a figure, or a name; a rule in the gap of one.
fn inside(gap: &str, value: &str) -> String {
    let told = if gap == "rule" { rule(value) } else { clause(value) };
    // A figure is short; a longer text would be cut.
    if told == value && value.len() < 40 { format::stored(value) } else { told }
}

/// A text that is one phrase; `None` where it is not. What a rule says, such as `x above 3`,
/// is so short that it is looked for in rules alone.
fn known(text: &str, is_rule: bool) -> Option<String> {
    let fits = |pattern: &&Pattern| pattern.id.starts_with("phrase-rule-") == is_rule;
    patterns().iter().filter(fits).find_map(|pattern| {
        let facts = pattern.read(text)?;
        super::tell(pattern.id, &facts)
    })
}

/// A stored rule of one column in the language of the thread.
pub(crate) fn rule(stored: &str) -> String {
    if words::current() == Language::En {
        return stored.to_owned();
    }
    known(stored, true).unwrap_or_else(|| stored.to_owned())
}

/// A stored text that is one phrase in the language of the thread.
pub(crate) fn phrase(stored: &str) -> String {
    if words::current() == Language::En {
        return stored.to_owned();
    }
    known(stored, false).unwrap_or_else(|| stored.to_owned())
}

/// A stored text of phrases with semicolons between them.
pub(crate) fn clause(stored: &str) -> String {
    if words::current() == Language::En {
        return stored.to_owned();
    }
    known(stored, false).unwrap_or_else(|| {
        let told: Vec<String> = stored.split("; ").map(phrase).collect();
        told.join(&say!("phrase-between"))
    })
}

/// A stored rule or a stored text of phrases.
pub(super) fn either(stored: &str) -> String {
    let told = rule(stored);
    if told == stored { clause(stored) } else { told }
}

/// What pulls along an axis of the map, such as `upwards: more tenure and less spend`.
pub(crate) fn axis(stored: &str) -> String {
    let Some((direction, what)) = stored.split_once(": ") else { return phrase(stored) };
    let id = match direction {
        "to the right" => "phrase-axis-right",
        "upwards" => "phrase-axis-up",
        _ => return phrase(stored),
    };
    let mut marked = what.to_owned();
    for (before, next) in [(", ", "more "), (", ", "less "), (" and ", "more "), (" and ", "less ")]
    {
        marked = marked.replace(&format!("{before}{next}"), &format!("\0{next}"));
    }
    // Signs fit every column: fewer days, less spend.
    let signed = |one: &str| match (one.strip_prefix("more "), one.strip_prefix("less ")) {
        (Some(name), _) => format!("+ {}", phrase(name)),
        (_, Some(name)) => format!("− {}", phrase(name)),
        _ => phrase(one),
    };
    let each: Vec<String> = marked.split('\0').map(signed).collect();
    super::tell(id, &super::facts!(what = format::list(&each))).unwrap_or_else(|| stored.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The program's sources, each text that goes over several lines in one.
    fn sources(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                text.push_str(&sources(&path));
            } else if path.extension().is_some_and(|e| e == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
        text
    }

    #[test]
    fn every_phrase_is_one_that_a_stage_writes() {
        let text = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let mut joined = String::new();
        for piece in text.split("\\\n") {
            joined.push_str(if joined.is_empty() { piece } else { piece.trim_start() });
        }
        let joined = joined.replace("\\\"", "\"");
        for pattern in patterns() {
            for part in &pattern.around {
                let own = part.trim_matches([' ', ',', ':', ';', '(', ')']);
                for own in own.split(", ").map(|own| own.trim_end_matches(" and")) {
                    // The name of a column is written with underscores.
                    let is_written =
                        joined.contains(own) || joined.contains(&own.replace(' ', "_"));
                    assert!(is_written, "{}: nobody writes “{own}”", pattern.id);
                }
            }
        }
    }

    #[test]
    fn phrases_are_recognised_with_what_stands_in_them() {
        let english = [
            "numbers; about what customers do or buy, as far as the name says",
            "built on the 9 behavioural columns, because what customers do says most about what \
             to offer them; the other columns describe the segments",
            "tells less than 5 segments: 3.4% against 6.8%",
            "spend_12m per year, over 365 days",
            "named like a customer number and different in every row",
            "left out: without a day",
            "segment 1 is just: spend_12m above 5000",
        ];
        for language in Language::ALL.into_iter().filter(|&language| language != Language::En) {
            words::within(language, || {
                for text in english {
                    let told = clause(text);
                    for word in ["about", "because", "than", "and", "without", "above"] {
                        let is_left = told.split(' ').any(|told| told == word);
                        assert!(!is_left, "{}: {told}", language.tag());
                    }
                }
                assert!(clause(english[3]).contains("spend_12m"));
            });
        }
        assert_eq!(clause(english[0]), english[0]);
    }

    #[test]
    fn another_text_is_told_as_it_is() {
        words::within(Language::Da, || {
            assert_eq!(phrase("whatever a person wrote"), "whatever a person wrote");
            assert_eq!(clause("one; two"), "one; two");
            assert_eq!(phrase(""), "");
        });
    }
}
