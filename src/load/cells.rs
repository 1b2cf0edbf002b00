//! The cells of a part as plain columns, without a frame between: texts by their numbers,
//! numbers, days. What is not plain is left to the frame, which says what is wrong.

use std::borrow::Cow;

use polars::prelude::DataFrame;

use super::ReadAs;
use super::kept::{Kept, Packed, Place};
use super::recall;
use super::typed::{self, Cell, Target};

/// How many spelled numbers are found without spelling them again; a power of two.
const RECENT: usize = 256;

/// A column of texts: each is there once in a while, and the rows have its number.
#[derive(Debug, Default)]
pub struct Words<'a> {
    /// The texts; one may be there more than once.
    pub levels: Vec<Cow<'a, str>>,
    /// The text of each row, or `u32::MAX` where it is missing.
    pub codes: Vec<u32>,
}

/// A column of some rows.
#[derive(Debug)]
pub enum Cells<'a> {
    /// Texts and ids.
    Words(Words<'a>),
    /// Finite numbers; NaN is missing.
    Numbers(Vec<f64>),
    /// Days since 1970-01-01.
    Days(Vec<Option<i32>>),
}

/// Some rows of the wanted columns.
#[derive(Debug)]
pub enum Rows<'a> {
    /// The columns in the order wanted.
    Columns(Vec<Cells<'a>>),
    /// A frame, where a column is not plain or the table is stored as one.
    Frame(DataFrame),
}

/// The number of no text.
const NONE: u32 = u32::MAX;

impl<'a> Words<'a> {
    fn with_capacity(n_rows: usize) -> Self {
        Self { levels: Vec::new(), codes: Vec::with_capacity(n_rows) }
    }

    /// Makes a text known.
    fn level(&mut self, text: Cow<'a, str>) -> u32 {
        self.levels.push(text);
        (self.levels.len() - 1) as u32
    }
}

/// A part and how its cells are written.
pub(super) struct Part<'a> {
    pub text: &'a [u8],
    pub quote: Option<u8>,
    /// The spellings of missing that are declared.
    pub nulls: &'a [String],
}

impl<'a> Part<'a> {
    /// The column as it is asked for; `None` where its cells have to be found again, or
    /// where one of them is something else.
    pub(super) fn cells(&self, kept: &Kept, target: &Target) -> Option<Cells<'a>> {
        match (target.read_as, kept) {
            (_, Kept::Lost) => None,
            (ReadAs::Text | ReadAs::Id, Kept::Cells(cells, texts)) => {
                self.words(cells, texts, target).map(Cells::Words)
            }
            (ReadAs::Text | ReadAs::Id, Kept::Places(places)) => {
                let mut words = Words::with_capacity(places.len());
                for &place in places {
                    let code = self.level(place, target, &mut words)?;
                    words.codes.push(code);
                }
                Some(Cells::Words(words))
            }
            (ReadAs::Number, _) => {
                let takes = recall::takes_numbers(self.nulls, target);
                let plain = |cell: Packed| if takes { cell.as_number() } else { None };
                self.each(kept, target, plain, |cell| match cell {
                    Cell::Missing => Some(f64::NAN),
                    Cell::Number(value) => Some(value),
                    _ => None,
                })
                .map(Cells::Numbers)
            }
            (ReadAs::Day, _) => {
                let takes = recall::takes_days(self.nulls, target);
                let plain = |cell: Packed| if takes { cell.as_day().map(Some) } else { None };
                self.each(kept, target, plain, |cell| match cell {
                    Cell::Missing => Some(None),
                    Cell::Day(day) => Some(Some(day)),
                    _ => None,
                })
                .map(Cells::Days)
            }
        }
    }

    /// The text that lies at a place.
    fn level(&self, place: Place, target: &Target, words: &mut Words<'a>) -> Option<u32> {
        let field = place.field();
        let bytes = self.text.get(field.start..field.end)?;
        let text = if field.doubled {
            let mut scratch = Vec::new();
            let raw = std::str::from_utf8(field.raw(self.text, self.quote, &mut scratch)).ok()?;
            match typed::cell(raw, target, self.nulls) {
                Cell::Missing => return Some(NONE),
                Cell::Text(text) => Cow::Owned(text.to_owned()),
                _ => return None,
            }
        } else {
            match typed::cell(std::str::from_utf8(bytes).ok()?, target, self.nulls) {
                Cell::Missing => return Some(NONE),
                Cell::Text(text) => Cow::Borrowed(text),
                _ => return None,
            }
        };
        Some(words.level(text))
    }

    /// A column of texts of which many repeat: each is read once, and numbers among them
    /// are spelled as they were.
    fn words(&self, cells: &[Packed], texts: &[Place], target: &Target) -> Option<Words<'a>> {
        let mut words = Words::with_capacity(cells.len());
        let known = texts.iter().map(|&place| self.level(place, target, &mut words));
        let known = known.collect::<Option<Vec<u32>>>()?;
        let mut recent = [(Packed::OTHER, NONE); RECENT];
        let mut spelled = String::new();
        for &cell in cells {
            let code = match cell.text() {
                Some(number) => *known.get(number)?,
                None if cell == Packed::MISSING => NONE,
                None => {
                    let slot = &mut recent[cell.slot(RECENT)];
                    if slot.0 != cell {
                        cell.spell(&mut spelled);
                        let code = match typed::cell(&spelled, target, self.nulls) {
                            Cell::Missing => NONE,
                            Cell::Text(text) => words.level(Cow::Owned(text.to_owned())),
                            _ => return None,
                        };
                        *slot = (cell, code);
                    }
                    slot.1
                }
            };
            words.codes.push(code);
        }
        Some(words)
    }

    /// A column of numbers or days; `plain` reads a kept one where it is what is asked for.
    fn each<T>(
        &self,
        kept: &Kept,
        target: &Target,
        plain: impl Fn(Packed) -> Option<T>,
        value: impl Fn(Cell) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut scratch = Vec::new();
        let mut at = |place: Place| {
            let field = place.field();
            let raw = if field.doubled {
                field.raw(self.text, self.quote, &mut scratch)
            } else {
                self.text.get(field.start..field.end)?
            };
            value(typed::cell(std::str::from_utf8(raw).ok()?, target, self.nulls))
        };
        let (cells, texts) = match kept {
            Kept::Cells(cells, texts) => (cells, texts),
            Kept::Places(places) => return places.iter().map(|&place| at(place)).collect(),
            Kept::Lost => return None,
        };
        let mut spelled = String::new();
        let one = |&cell: &Packed| {
            if let Some(value) = plain(cell) {
                return Some(value);
            }
            match cell.text() {
                Some(number) => at(*texts.get(number)?),
                None if cell == Packed::MISSING => value(Cell::Missing),
                None => {
                    cell.spell(&mut spelled);
                    value(typed::cell(&spelled, target, self.nulls))
                }
            }
        };
        cells.iter().map(one).collect()
    }
}
