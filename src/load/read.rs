//! The wanted columns of a checked text become frames or plain columns, part by part. What was kept when the
//! text was looked at is taken; of other columns the text is read again, and its cells go
//! straight into typed columns.

use polars::prelude::{Column as Series, DataFrame};

use super::cells::{self, Cells, Rows};
use super::error::{LoadError, Place};
use super::params::Settings;
use super::part::Part;
use super::recall;
use super::record::{Layout, Next, Records};
use super::typed::{self, Builder, Cell, Target};

/// A text that has been looked at.
pub(super) struct Checked<'a> {
    pub text: &'a [u8],
    pub layout: &'a Layout,
    pub settings: &'a Settings,
    /// How many columns the text has.
    pub n_columns: usize,
    /// How many sound rows.
    pub n_rows: u64,
    pub file: &'a str,
}

impl<'a> Checked<'a> {
    /// Reads one part: plain columns, where all are plain.
    ///
    /// # Errors
    ///
    /// As [`Checked::part`].
    pub(super) fn rows(&self, part: &Part, targets: &[Target]) -> Result<Rows<'a>, LoadError> {
        let plain = |target: &Target| self.plain(std::slice::from_ref(part), target);
        match targets.iter().map(plain).collect() {
            Some(columns) => Ok(Rows::Columns(columns)),
            None => self.part(part, targets).map(Rows::Frame),
        }
    }

    /// One column of some parts, one after the other, where all of it is plain.
    pub(super) fn plain(&self, parts: &[Part], target: &Target) -> Option<Cells<'a>> {
        let n_rows: u64 = parts.iter().map(|part| part.n_rows).sum();
        let mut column = Cells::with_capacity(target, usize::try_from(n_rows).ok()?);
        let (quote, nulls) = (self.layout.quote, self.settings.nulls.as_slice());
        for part in parts {
            let lying = cells::Part { text: &self.text[part.bytes.clone()], quote, nulls };
            lying.add(part.kept.get(target.at)?, target, &mut column)?;
        }
        (column.len() as u64 == n_rows).then_some(column)
    }

    /// Reads one part.
    ///
    /// # Errors
    ///
    /// The first cell that is not what is asked for.
    pub(super) fn part(&self, part: &Part, targets: &[Target]) -> Result<DataFrame, LoadError> {
        let n_rows = usize::try_from(part.n_rows).unwrap_or(usize::MAX);
        // One check of the whole part, and not one of each cell.
        let text = std::str::from_utf8(&self.text[part.bytes.clone()])
            .map_err(|_| self.internal("the text"))?;
        let (quote, nulls) = (self.layout.quote, self.settings.nulls.as_slice());
        let recalled = recall::Part { text, quote, nulls };
        let kept = |target: &Target| recalled.column(part.kept.get(target.at)?, target);
        let kept: Vec<Option<Series>> = targets.iter().map(kept).collect();
        let missing: Vec<&Target> =
            targets.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(t, _)| t).collect();
        let mut read = Vec::new();
        if !missing.is_empty() {
            read = self.columns(part, text, &missing, n_rows)?;
        }
        let mut read = read.into_iter();
        let columns = kept.into_iter().map(|kept| kept.or_else(|| read.next()?.finish()));
        typed::frame(columns, n_rows, self.file)
    }

    /// Reads columns from the text.
    fn columns(
        &self,
        part: &Part,
        text: &str,
        targets: &[&Target],
        n_rows: usize,
    ) -> Result<Vec<Builder>, LoadError> {
        let mut columns: Vec<Builder> =
            targets.iter().map(|target| Builder::new(target, n_rows)).collect();
        let mut records =
            Records::within(self.text, self.layout, part.bytes.clone(), part.first_line);
        let (mut fields, mut scratch, mut found) = (Vec::new(), Vec::new(), 0);
        loop {
            match records.next(&mut fields).map_err(|_| self.internal("the text"))? {
                Next::End => break,
                Next::Row if fields.len() == self.n_columns => found += 1,
                _ => continue,
            }
            for (target, column) in targets.iter().zip(&mut columns) {
                let field = &fields[target.at];
                let raw = if field.doubled {
                    std::str::from_utf8(field.raw(self.text, self.layout.quote, &mut scratch)).ok()
                } else {
                    text.get(field.start - part.bytes.start..field.end - part.bytes.start)
                };
                let raw = raw.ok_or_else(|| self.internal("a cell"))?;
                let cell = typed::cell(raw, target, &self.settings.nulls);
                if !column.push(cell) {
                    let at = Place::Line(records.line);
                    return Err(match cell {
                        Cell::Refused => typed::refused(target, at, self.n_rows, self.file),
                        _ => self.internal("a cell"),
                    });
                }
            }
        }
        if found != n_rows {
            return Err(self.internal("the number of rows"));
        }
        Ok(columns)
    }

    fn internal(&self, what: &'static str) -> LoadError {
        LoadError::Internal { file: self.file.to_owned(), what }
    }
}
