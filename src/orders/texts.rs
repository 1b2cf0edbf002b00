//! A column of texts of which many repeat: each is kept once and looked up once.

use std::borrow::Cow;

use super::dictionary::NONE;

/// Texts, and which of them each line has.
///
/// # Examples
///
/// ```
/// use kohort::orders::Texts;
///
/// let texts: Texts = [Some("web"), Some("web"), None, Some("shop")].into_iter().collect();
/// assert_eq!(texts.len(), 4);
/// assert_eq!(texts.get(1), Some("web"));
/// assert_eq!(texts.get(2), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts<'a> {
    /// Each text that occurs, at least once.
    levels: Vec<Cow<'a, str>>,
    /// Which of them each line has, or [`NONE`].
    codes: Vec<u32>,
}

impl<'a> Texts<'a> {
    /// No lines, with room for `n_lines`.
    #[must_use]
    pub fn with_capacity(n_lines: usize) -> Self {
        Self { levels: Vec::new(), codes: Vec::with_capacity(n_lines) }
    }

    /// The lines with these codes, each the number of a level, or `u32::MAX` for none.
    #[must_use]
    pub fn of(levels: Vec<Cow<'a, str>>, codes: Vec<u32>) -> Self {
        Self { levels, codes }
    }

    /// Makes a text known and gives its number. A text may have several numbers: whoever
    /// knows that two lines have the same text saves a look-up, and nothing else depends on
    /// it.
    pub fn level(&mut self, text: &'a str) -> u32 {
        self.levels.push(Cow::Borrowed(text));
        (self.levels.len() - 1) as u32
    }

    /// Adds a line with the text of this number; `None` where it has none.
    pub fn push(&mut self, level: Option<u32>) {
        self.codes.push(level.unwrap_or(NONE));
    }

    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The text of a line.
    #[must_use]
    pub fn get(&self, line: usize) -> Option<&str> {
        self.levels.get(self.codes[line] as usize).map(AsRef::as_ref)
    }

    /// Every text that was made known, by its number.
    pub(super) fn levels(&self) -> &[Cow<'a, str>] {
        &self.levels
    }

    /// The number of the text of every line, or [`NONE`].
    pub(super) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Whether every line has a text that is known, or none.
    pub(super) fn is_whole(&self) -> bool {
        // One more than each number: NONE becomes 0.
        let most = self.codes.iter().map(|code| code.wrapping_add(1)).max();
        most.is_none_or(|most| most as usize <= self.levels.len())
    }
}

impl<'a> FromIterator<Option<&'a str>> for Texts<'a> {
    /// A text that the line before has is not made known again.
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(texts: I) -> Self {
        let texts = texts.into_iter();
        let mut made = Self::with_capacity(texts.size_hint().0);
        let mut before: Option<(&str, u32)> = None;
        for text in texts {
            let level = text.map(|text| match before {
                Some((known, level)) if known == text => level,
                _ => {
                    let level = made.level(text);
                    before = Some((text, level));
                    level
                }
            });
            made.push(level);
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_texts() {
        let cells = [Some("a"), Some("a"), None, Some("a"), Some("b"), Some(""), Some("a")];
        let texts: Texts = cells.into_iter().collect();
        let read: Vec<Option<&str>> = (0..texts.len()).map(|line| texts.get(line)).collect();
        assert_eq!(read, cells);
        // The same as on the line before, with a missing one between, is known.
        assert_eq!(texts.levels(), ["a", "b", "", "a"]);
        assert!(texts.is_whole());
    }

    #[test]
    fn a_line_with_a_text_that_nobody_made_known_is_not_whole() {
        let mut texts = Texts::default();
        let level = texts.level("a");
        texts.push(Some(level));
        texts.push(None);
        assert!(texts.is_whole());
        texts.push(Some(level + 1));
        assert!(!texts.is_whole());
    }
}
