//! Reading a table of a published run again: columns by name.

use std::fs::File;
use std::path::Path;

use polars::prelude::{DataFrame, DataType};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::ExportError;

/// A table that was written by a run.
#[derive(Debug)]
pub struct Columns {
    frame: DataFrame,
    path: String,
}

impl Columns {
    /// Reads a Parquet file of a run folder.
    ///
    /// # Errors
    ///
    /// It is missing or cannot be decoded.
    pub fn read(path: &Path) -> Result<Self, ExportError> {
        let shown = path.display().to_string();
        let damaged = |message: &str| ExportError::Damaged {
            path: shown.clone(),
            message: message.to_owned(),
        };
        let file = File::open(path).map_err(|_| damaged("it cannot be read"))?;
        let reader = ParquetReader::new(file).set_rechunk(true);
        let frame = reader.finish().map_err(|_| damaged("it cannot be decoded"))?;
        Ok(Self { frame, path: shown })
    }

    /// How many rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.frame.height()
    }

    /// The names of the columns in their order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.frame.get_column_names().iter().map(ToString::to_string).collect()
    }

    /// Whether a column holds text.
    #[must_use]
    pub fn is_text(&self, name: &str) -> bool {
        self.frame.column(name).is_ok_and(|column| *column.dtype() == DataType::String)
    }

    /// The texts of a column.
    ///
    /// # Errors
    ///
    /// There is no such column of text.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<String>>, ExportError> {
        let column = self.frame.column(name).and_then(|column| column.str().cloned());
        let column = column.map_err(|_| self.lacks(name))?;
        Ok(column.iter().map(|text| text.map(str::to_owned)).collect())
    }

    /// The numbers of a column; NaN where there is none. A column without any value at all
    /// is one of NaN.
    ///
    /// # Errors
    ///
    /// There is no such column, or it holds text.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, ExportError> {
        let column = self.frame.column(name).map_err(|_| self.lacks(name))?;
        if column.null_count() == column.len() {
            return Ok(vec![f64::NAN; column.len()]);
        }
        if *column.dtype() == DataType::String {
            return Err(self.lacks(name));
        }
        let column = column.cast(&DataType::Float64).map_err(|_| self.lacks(name))?;
        let numbers = column.f64().map_err(|_| self.lacks(name))?;
        Ok(numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect())
    }

    fn lacks(&self, name: &str) -> ExportError {
        ExportError::Damaged {
            path: self.path.clone(),
            message: format!("it has no column {name} of the kind that a run writes"),
        }
    }
}
