//! What is seen of the parts of a column, put together in their order.

use super::super::missing::Says;
use super::{Collector, Column, Text};

impl Collector {
    /// To which parts are to be appended; above `most` different values of a shape their
    /// number is estimated.
    pub(in super::super) fn within(most: usize) -> Self {
        Self { most, ..Self::default() }.rest()
    }

    /// Ends the rows; gives back the memory that only further cells need.
    pub(in super::super) fn rest(mut self) -> Self {
        self.forget(1);
        self.deal();
        self.sort();
        self.scratch = Vec::new();
        self.widen();
        self
    }

    /// Appends what was seen of the rows that follow, `lines` behind where they say.
    pub(in super::super) fn append(&mut self, next: Self, lines: u64) {
        for (seen, distinct) in next.shapes.iter().zip(next.distinct) {
            let at = self.shape(seen.shape, seen.first + lines);
            self.shapes[at].n_rows += seen.n_rows;
            self.shapes[at].length += seen.length;
            self.distinct[at].append(distinct, self.most);
        }
        for (raw, n_rows) in &next.blanks {
            self.blank(raw, *n_rows);
        }
        self.other_blanks += next.other_blanks;
        self.append_texts(next.texts, next.too_many_values);
        self.as_point.append(&next.as_point);
        self.as_comma.append(&next.as_comma);
        self.others.append(&next.others);
        self.n_trimmed += next.n_trimmed;
        self.max_length = self.max_length.max(next.max_length);
        if self.n_rows == 0 {
            self.counter = next.counter;
        } else if next.n_rows > 0 {
            self.counter.append(next.counter);
        }
        self.n_rows += next.n_rows;
    }

    fn append_texts(&mut self, next: Vec<Text>, too_many_values: bool) {
        if too_many_values {
            self.too_many_values = true;
            self.texts.retain(|text| text.says != Says::Value);
        }
        for text in next {
            if let Some(known) = self.texts.iter_mut().find(|known| known.key == text.key) {
                known.n_rows += text.n_rows;
            } else if text.says != Says::Value || !self.too_many_values {
                self.keep(text);
            }
        }
    }

    /// What is seen of the whole column.
    pub(in super::super) fn finish(self) -> Column {
        let mut whole = self.rest();
        for (seen, distinct) in whole.shapes.iter_mut().zip(whole.distinct) {
            seen.n_distinct = distinct.count(whole.most);
        }
        if let Some((_, n_rows)) = whole.blanks.last_mut() {
            *n_rows += whole.other_blanks;
        }
        let mut texts: Vec<_> =
            whole.texts.into_iter().map(|text| (text.bytes, text.says, text.n_rows)).collect();
        texts.sort_unstable();
        Column {
            shapes: whole.shapes,
            blanks: whole.blanks,
            texts,
            as_point: whole.as_point,
            as_comma: whole.as_comma,
            others: whole.others,
            n_trimmed: whole.n_trimmed,
            max_length: whole.max_length,
            n_rows: whole.n_rows,
            is_counter: whole.n_rows >= 2 && whole.counter.alive(),
        }
    }
}
