//! The cells of a part as plain columns, without a frame between: texts by their numbers,
//! numbers, days. What is not plain is left to the frame, which says what is wrong.

use std::borrow::Cow;

use polars::prelude::DataFrame;

use super::ReadAs;
use super::kept::{Kept, Packed, Place};
use super::quick;
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
    /// Makes a text known.
    pub(super) fn level(&mut self, text: Cow<'a, str>) -> u32 {
        self.levels.push(text);
        (self.levels.len() - 1) as u32
    }
}

impl Cells<'_> {
    /// None yet, with room for `n_rows`.
    pub(super) fn with_capacity(target: &Target, n_rows: usize) -> Self {
        match target.read_as {
            ReadAs::Text | ReadAs::Id => {
                Self::Words(Words { levels: Vec::new(), codes: Vec::with_capacity(n_rows) })
            }
            ReadAs::Number => Self::Numbers(Vec::with_capacity(n_rows)),
            ReadAs::Day => Self::Days(Vec::with_capacity(n_rows)),
        }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Words(words) => words.codes.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Days(days) => days.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
    /// Adds the cells of a part to a column as it is asked for; `None` where they have to be
    /// found again, or where one of them is something else.
    pub(super) fn add(&self, kept: &Kept, target: &Target, to: &mut Cells<'a>) -> Option<()> {
        match (to, kept) {
            (Cells::Words(words), Kept::Cells(cells, texts)) => {
                self.words(cells, texts, target, words)
            }
            (Cells::Words(words), Kept::Places(places)) => {
                words.levels.reserve(places.len());
                for &place in places {
                    let code = self.level(place, target, words)?;
                    words.codes.push(code);
                }
                Some(())
            }
            (Cells::Words(_), Kept::Lost) => None,
            (Cells::Numbers(numbers), _) => {
                let takes = recall::takes_numbers(self.nulls, target);
                let plain = (|cell: Packed| takes && cell.is_number(), Packed::value);
                let long = |cell: &[u8]| {
                    let calculated = if takes { quick::calculated(cell) } else { None };
                    calculated.map(|calculated| calculated.value)
                };
                self.each(kept, target, plain, numbers, long, |cell| match cell {
                    Cell::Missing => Some(f64::NAN),
                    Cell::Number(value) => Some(value),
                    _ => None,
                })
            }
            (Cells::Days(days), _) => {
                let takes = recall::takes_days(self.nulls, target);
                let plain =
                    (|cell: Packed| takes && cell.is_day(), |cell: Packed| Some(cell.day()));
                self.each(
                    kept,
                    target,
                    plain,
                    days,
                    |_| None,
                    |cell| match cell {
                        Cell::Missing => Some(None),
                        Cell::Day(day) => Some(Some(day)),
                        _ => None,
                    },
                )
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

    /// Adds texts of which many repeat: each is read once, and numbers among them are
    /// spelled as they were.
    fn words(
        &self,
        cells: &[Packed],
        texts: &[Place],
        target: &Target,
        words: &mut Words<'a>,
    ) -> Option<()> {
        let known = texts.iter().map(|&place| self.level(place, target, words));
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
        Some(())
    }

    /// Adds numbers or days, of which the kept ones that are plain are read by `plain`, and
    /// those that `long` knows by it.
    fn each<T>(
        &self,
        kept: &Kept,
        target: &Target,
        (is_plain, plain): (impl Fn(Packed) -> bool, impl Fn(Packed) -> T),
        to: &mut Vec<T>,
        long: impl Fn(&[u8]) -> Option<T>,
        value: impl Fn(Cell) -> Option<T>,
    ) -> Option<()> {
        let mut scratch = Vec::new();
        let mut at = |place: Place| {
            let field = place.field();
            let raw = if field.doubled {
                field.raw(self.text, self.quote, &mut scratch)
            } else {
                self.text.get(field.start..field.end)?
            };
            if let Some(long) = long(raw) {
                return Some(long);
            }
            value(typed::cell(std::str::from_utf8(raw).ok()?, target, self.nulls))
        };
        let (cells, texts) = match kept {
            Kept::Cells(cells, texts) => (cells, texts),
            Kept::Places(places) => {
                return places.iter().try_for_each(|&place| {
                    to.push(at(place)?);
                    Some(())
                });
            }
            Kept::Lost => return None,
        };
        // Without a way out in between it is done several at a time.
        if cells.iter().fold(true, |all, &cell| all & is_plain(cell)) {
            to.extend(cells.iter().map(|&cell| plain(cell)));
            return Some(());
        }
        let mut spelled = String::new();
        cells.iter().try_for_each(|&cell| {
            to.push(match cell.text() {
                _ if is_plain(cell) => plain(cell),
                Some(number) => at(*texts.get(number)?)?,
                None if cell == Packed::MISSING => value(Cell::Missing)?,
                None => {
                    cell.spell(&mut spelled);
                    value(typed::cell(&spelled, target, self.nulls))?
                }
            });
            Some(())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::load::tests::{source, wanted};
    use crate::load::{Source, Wanted};

    /// A table whose columns mix what can be mixed, some rows of which repeat.
    fn table() -> Source {
        let mut text = String::from("id,order,day,price,word,long\n");
        for row in 0..5000_u32 {
            let day = ["2024-01-05", "2024-02-29", ""][row as usize % 3];
            let order = if row % 7 == 0 { format!("C{row}") } else { (row / 3).to_string() };
            let price = match row % 5 {
                0 => String::new(),
                1 => format!("{}.{:09}", row, row * 7919),
                _ => format!("-{}.{:02}", row % 900, row % 100),
            };
            let word = ["web", " web ", "\"24\"\" screen\"", "\"a, b\"", "NA", "", "é"];
            let word = word[row as usize % 7];
            let long = if row == 4000 { "x".repeat(300) } else { "y".repeat(row as usize % 40) };
            let id = row / 4;
            writeln!(text, "K{id:05},{order},{day},{price},{word},{long}").unwrap();
        }
        source(&text).unwrap()
    }

    #[test]
    fn plain_columns_hold_what_a_frame_holds() {
        let source = table();
        let mut n_plain = 0;
        for (name, read_as) in [
            ("id", ReadAs::Id),
            ("order", ReadAs::Text),
            ("order", ReadAs::Id),
            ("day", ReadAs::Day),
            ("day", ReadAs::Text),
            ("price", ReadAs::Number),
            ("price", ReadAs::Text),
            ("word", ReadAs::Text),
            ("long", ReadAs::Text),
        ] {
            let wanted: Vec<Wanted> = vec![wanted(name, read_as)];
            let frame = source.read(&wanted).unwrap();
            let stored = frame.columns()[0].as_materialized_series();
            let Rows::Columns(columns) = source.rows(&wanted).unwrap() else { continue };
            n_plain += 1;
            match &columns[0] {
                Cells::Words(words) => {
                    let text = |&code: &u32| words.levels.get(code as usize).map(AsRef::as_ref);
                    let texts: Vec<Option<&str>> = words.codes.iter().map(text).collect();
                    assert_eq!(texts, stored.str().unwrap().iter().collect::<Vec<_>>(), "{name}");
                }
                Cells::Numbers(numbers) => {
                    let bits = |number: Option<f64>| number.unwrap_or(f64::NAN).to_bits();
                    let read: Vec<u64> = numbers.iter().map(|number| number.to_bits()).collect();
                    assert_eq!(read, stored.f64().unwrap().iter().map(bits).collect::<Vec<_>>());
                }
                Cells::Days(days) => {
                    let stored = stored.cast(&polars::prelude::DataType::Int32).unwrap();
                    assert_eq!(*days, stored.i32().unwrap().iter().collect::<Vec<_>>());
                }
            }
        }
        // The column with a cell that is too long to be kept is read from the text.
        assert_eq!(n_plain, 8);
    }

    #[test]
    fn what_is_not_what_is_asked_for_is_the_same_error() {
        let source = source("id,n\na,1\nb,x\nc,2\n").unwrap();
        let wanted = [wanted("n", ReadAs::Number)];
        assert_eq!(source.rows(&wanted).unwrap_err(), source.read(&wanted).unwrap_err());
    }
}
