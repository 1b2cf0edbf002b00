//! Product, category and channel of the lines, as numbers.

use std::borrow::Cow;

use super::dictionary::{Dictionary, NONE};
use super::error::OrderError;
use super::rules::Batch;
use super::texts::Texts;

/// The most different products, and the most categories and channels.
const MOST_PRODUCTS: usize = 8_000_000;
const MOST_LEVELS: usize = 1_000_000;
/// How many combinations are found without a look-up; a power of two.
const RECENT: usize = 4096;

/// One of product, category and channel: its names and how many lines have each.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub names: Dictionary,
    pub lines: Vec<u64>,
}

impl Named {
    /// The number of each text that a batch makes known.
    fn levels(
        &mut self,
        texts: &Texts,
        what: &'static str,
        most: usize,
    ) -> Result<Vec<u32>, OrderError> {
        let too_many = || OrderError::TooManyLevels { what, most };
        let code = |text: &Cow<str>| self.names.code(text.as_bytes(), most).ok_or_else(too_many);
        texts.levels().iter().map(code).collect()
    }
}

/// Product, category and channel of the lines. Each combination that occurs has one
/// number, its detail.
#[derive(Debug)]
pub(super) struct Details {
    pub products: Named,
    pub categories: Named,
    pub channels: Named,
    known: Dictionary,
    /// The product, category and channel of each detail.
    pub parts: Vec<[u32; 3]>,
    /// A detail that was met not long ago, at the place that its parts say; [`NONE`] where
    /// there was none yet.
    recent: Vec<([u32; 3], u32)>,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            products: Named::default(),
            categories: Named::default(),
            channels: Named::default(),
            known: Dictionary::default(),
            parts: Vec::new(),
            recent: vec![([NONE; 3], NONE); RECENT],
        }
    }
}

impl Details {
    /// The detail of every line; empty where no line has one.
    pub(super) fn codes(&mut self, batch: &Batch) -> Result<Vec<u32>, OrderError> {
        let Batch { products, categories, channels, .. } = batch;
        let of_product = self.products.levels(products, "product", MOST_PRODUCTS)?;
        let of_category = self.categories.levels(categories, "category", MOST_LEVELS)?;
        let of_channel = self.channels.levels(channels, "channel", MOST_LEVELS)?;
        if products.is_empty() && categories.is_empty() && channels.is_empty() {
            return Ok(Vec::new());
        }
        let at = |texts: &Texts, levels: &[u32], row: usize| {
            let level = texts.codes().get(row).copied().unwrap_or(NONE);
            levels.get(level as usize).copied().unwrap_or(NONE)
        };
        let detail = |row: usize| {
            self.detail([
                at(products, &of_product, row),
                at(categories, &of_category, row),
                at(channels, &of_channel, row),
            ])
        };
        (0..batch.len()).map(detail).collect()
    }

    /// The number of a combination, a new one where it is new.
    #[inline]
    fn detail(&mut self, parts: [u32; 3]) -> Result<u32, OrderError> {
        let slot = slot(parts);
        match self.recent[slot] {
            (known, code) if known == parts && code != NONE => Ok(code),
            _ => self.look_up(parts, slot),
        }
    }

    fn look_up(&mut self, parts: [u32; 3], slot: usize) -> Result<u32, OrderError> {
        let mut key = [0; 12];
        for (bytes, part) in key.chunks_exact_mut(4).zip(parts) {
            bytes.copy_from_slice(&part.to_le_bytes());
        }
        let most = NONE as usize;
        let code = self.known.code(&key, most);
        let code = code.ok_or(OrderError::TooManyLevels { what: "product", most })?;
        if code as usize == self.parts.len() {
            self.parts.push(parts);
        }
        self.recent[slot] = (parts, code);
        Ok(code)
    }

    /// Counts the lines of each name, given those of each detail.
    pub(super) fn count(&mut self, lines: &[u64]) {
        let named = [&mut self.products, &mut self.categories, &mut self.channels];
        for (place, named) in named.into_iter().enumerate() {
            named.lines = vec![0; named.names.len()];
            for (parts, lines) in self.parts.iter().zip(lines) {
                if let Some(sum) = named.lines.get_mut(parts[place] as usize) {
                    *sum += lines;
                }
            }
        }
    }
}

/// The place of a combination among the recent ones: the upper bits of a product.
fn slot([product, category, channel]: [u32; 3]) -> usize {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let key = u64::from(product) ^ u64::from(category) << 24 ^ u64::from(channel) << 44;
    (key.wrapping_mul(STEP) >> 52) as usize % RECENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_has_one_number() {
        // More combinations than are kept as recent, so that places are taken over.
        let texts: Vec<String> = (0..100).map(|n| format!("P{n}")).collect();
        let (mut products, mut categories) = (Vec::new(), Vec::new());
        for a in &texts {
            for b in &texts {
                products.push(Some(a.as_str()));
                categories.push(Some(b.as_str()));
            }
        }
        products.push(None);
        categories.push(Some("P7"));
        let batch = Batch {
            customers: products.iter().copied().collect(),
            products: products.iter().copied().collect(),
            categories: categories.iter().copied().collect(),
            ..Batch::default()
        };
        let mut details = Details::default();
        let codes = details.codes(&batch).unwrap();
        assert_eq!(codes, (0..10_001).collect::<Vec<u32>>());
        assert_eq!(details.codes(&batch).unwrap(), codes);
        assert_eq!(details.parts[10_000][0], NONE);
        details.count(&vec![2; 10_001]);
        assert_eq!(details.products.lines, vec![200; 100]);
        assert_eq!(details.categories.lines[7], 202);
        assert!(details.channels.lines.is_empty());
    }
}
