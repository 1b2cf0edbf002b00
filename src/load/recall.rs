//! A column of a part from what was kept of its cells when the text was looked at, exactly
//! as the text would give it.

use polars::prelude::{
    ChunkTake, Column as Series, DataType, Float64Chunked, IdxCa, IdxSize, Int32Chunked,
    IntoColumn, NewChunkedArray, PlSmallStr,
};

use super::ReadAs;
use super::day::Format;
use super::kept::{Kept, Packed, Place};
use super::number::Decimal;
use super::typed::{self, Builder, Cell, Target};

/// Whether a kept number is what is asked for, where these spellings of missing are declared.
pub(super) fn takes_numbers(nulls: &[String], target: &Target) -> bool {
    nulls.is_empty() && target.read_as == ReadAs::Number && target.reading.decimal == Decimal::Point
}

/// Whether a kept day is what is asked for.
pub(super) fn takes_days(nulls: &[String], target: &Target) -> bool {
    nulls.is_empty()
        && target.read_as == ReadAs::Day
        && target.reading.day.unwrap_or(Format::YearDash) == Format::YearDash
}

/// A part and how its cells are written.
pub(super) struct Part<'a> {
    pub text: &'a str,
    pub quote: Option<u8>,
    /// The spellings of missing that are declared.
    pub nulls: &'a [String],
}

impl Part<'_> {
    /// The column as it is asked for; `None` where its cells have to be found again, or
    /// where one of them is something else.
    pub(super) fn column(&self, kept: &Kept, target: &Target) -> Option<Series> {
        match kept {
            Kept::Cells(cells, texts) => self
                .whole(cells, target)
                .or_else(|| self.repeated(cells, texts, target))
                .or_else(|| self.cells(cells, texts, target)),
            Kept::Places(places) => self.places(places, target),
            Kept::Lost => None,
        }
    }

    /// A column without missing values, all of whose cells are what is asked for.
    fn whole(&self, cells: &[Packed], target: &Target) -> Option<Series> {
        let name = PlSmallStr::from(target.name);
        // Without a way out in between it is done several at a time.
        let all = |is: fn(Packed) -> bool| cells.iter().fold(true, |all, &cell| all & is(cell));
        if takes_numbers(self.nulls, target) && all(Packed::is_number) {
            let values = cells.iter().map(|cell| cell.value()).collect();
            return Some(Float64Chunked::from_vec(name, values).into_column());
        }
        if takes_days(self.nulls, target) && all(Packed::is_day) {
            let days = cells.iter().map(|cell| cell.day()).collect();
            return Int32Chunked::from_vec(name, days).into_column().cast(&DataType::Date).ok();
        }
        None
    }

    /// A column of texts of which many repeat: each is read once.
    fn repeated(&self, cells: &[Packed], texts: &[Place], target: &Target) -> Option<Series> {
        let is_text = |cell: &Packed| *cell == Packed::MISSING || cell.text().is_some();
        let as_text = matches!(target.read_as, ReadAs::Text | ReadAs::Id);
        if !as_text || !cells.iter().all(is_text) {
            return None;
        }
        let levels = self.places(texts, target)?;
        let levels = levels.as_materialized_series().str().ok()?;
        let number = |cell: &Packed| Some(cell.text()? as IdxSize);
        let name = PlSmallStr::from(target.name);
        let numbers = match cells.iter().map(number).collect::<Option<Vec<IdxSize>>>() {
            Some(numbers) => IdxCa::from_vec(name, numbers),
            None => IdxCa::from_iter_options(name, cells.iter().map(number)),
        };
        Some(levels.take(&numbers).ok()?.into_column())
    }

    /// A column of cells of any kind.
    fn cells(&self, cells: &[Packed], texts: &[Place], target: &Target) -> Option<Series> {
        let (numbers, days) = (takes_numbers(self.nulls, target), takes_days(self.nulls, target));
        let mut column = Builder::new(target, cells.len());
        let (mut spelled, mut scratch) = (String::new(), Vec::new());
        for &cell in cells {
            let cell = match cell.text() {
                Some(number) => self.text(*texts.get(number)?, &mut scratch, target)?,
                None if cell == Packed::MISSING => Cell::Missing,
                None if numbers && cell.is_number() => Cell::Number(cell.value()),
                None if days && cell.is_day() => Cell::Day(cell.day()),
                None => {
                    cell.spell(&mut spelled);
                    typed::cell(&spelled, target, self.nulls)
                }
            };
            column.push(cell).then_some(())?;
        }
        column.finish()
    }

    /// A column of cells whose places were kept.
    fn places(&self, places: &[Place], target: &Target) -> Option<Series> {
        let mut column = Builder::new(target, places.len());
        let mut scratch = Vec::new();
        for &place in places {
            let cell = self.text(place, &mut scratch, target)?;
            column.push(cell).then_some(())?;
        }
        column.finish()
    }

    #[inline]
    fn text<'b>(
        &'b self,
        place: Place,
        scratch: &'b mut Vec<u8>,
        target: &Target,
    ) -> Option<Cell<'b>> {
        let field = place.field();
        let raw = if field.doubled {
            std::str::from_utf8(field.raw(self.text.as_bytes(), self.quote, scratch)).ok()?
        } else {
            self.text.get(field.start..field.end)?
        };
        Some(typed::cell(raw, target, self.nulls))
    }
}
