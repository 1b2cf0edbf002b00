//! A table that comes block by block and is written as it comes: each block one row group
//! of a Parquet file, or some lines of a CSV file. No more than a block is held.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use polars::prelude::{
    Column, DataFrame, DataType, Float64Chunked, Int32Chunked, Int64Chunked, IntoColumn,
    NewChunkedArray, PlSmallStr, PolarsError, StringChunkedBuilder,
};
use polars_io::parquet::write::{BatchedWriter, ParquetWriter};

use super::ExportError;
use super::sheet::compression;
use crate::synth::{SynthColumn, SynthTable, SynthValues, rows_to_csv, to_csv};

/// The format of the file.
enum Format {
    Csv(BufWriter<File>),
    /// The writer begins with the first block, which has the types.
    Parquet(Option<BufWriter<File>>, Option<Box<BatchedWriter<BufWriter<File>>>>),
}

/// Writes generated rows.
pub struct Writer {
    path: PathBuf,
    format: Format,
    n_rows: u64,
}

impl Writer {
    /// A file that is empty yet; what stood there is lost.
    ///
    /// # Errors
    ///
    /// It cannot be created.
    pub fn create(path: &Path, as_parquet: bool) -> Result<Self, ExportError> {
        let file = File::create(path).map_err(|error| ExportError::io(path, &error))?;
        let file = BufWriter::with_capacity(1 << 20, file);
        let format = if as_parquet { Format::Parquet(Some(file), None) } else { Format::Csv(file) };
        Ok(Self { path: path.to_owned(), format, n_rows: 0 })
    }

    /// Adds a block; all blocks have the same columns.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn push(&mut self, block: &SynthTable) -> Result<(), ExportError> {
        let failed = |error| encode_error(&self.path, error);
        match &mut self.format {
            Format::Csv(file) => {
                let mut text = String::new();
                let write = if self.n_rows == 0 { to_csv } else { rows_to_csv };
                // Writing into a String cannot fail.
                let _ = write(block, &mut text);
                file.write_all(text.as_bytes())
                    .map_err(|error| ExportError::io(&self.path, &error))?;
            }
            Format::Parquet(file, writer) => {
                let columns = block.columns.iter().map(column).collect();
                let frame = DataFrame::new(block.n_rows(), columns).map_err(failed)?;
                if let Some(file) = file.take() {
                    let begun = ParquetWriter::new(file)
                        .with_compression(compression())
                        .batched(frame.schema());
                    *writer = Some(Box::new(begun.map_err(failed)?));
                }
                if let Some(writer) = writer {
                    writer.write_batch(&frame).map_err(failed)?;
                }
            }
        }
        self.n_rows += block.n_rows() as u64;
        Ok(())
    }

    /// Ends the file; gives the number of rows.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn finish(self) -> Result<u64, ExportError> {
        let failed = |error: std::io::Error| ExportError::io(&self.path, &error);
        match self.format {
            Format::Csv(mut file) => file.flush().map_err(failed)?,
            Format::Parquet(_, writer) => {
                if let Some(writer) = writer {
                    writer.finish().map_err(|error| encode_error(&self.path, error))?;
                }
            }
        }
        Ok(self.n_rows)
    }
}

fn encode_error(path: &Path, error: PolarsError) -> ExportError {
    match error {
        PolarsError::IO { error, .. } => ExportError::io(path, &error),
        _ => ExportError::Encode {
            path: path.display().to_string(),
            message: "the encoder refused it".into(),
        },
    }
}

/// A generated column with the types of Parquet; days are `Date`.
fn column(column: &SynthColumn) -> Column {
    let name = PlSmallStr::from(column.name.as_str());
    match &column.values {
        SynthValues::Text(values) => {
            let mut texts = StringChunkedBuilder::new(name, values.len());
            for text in values {
                texts.append_value(text);
            }
            texts.finish().into_column()
        }
        SynthValues::Whole(values) => Int64Chunked::from_slice_options(name, values).into_column(),
        SynthValues::Decimal(values, _) => {
            Float64Chunked::from_slice_options(name, values).into_column()
        }
        SynthValues::Day(values) => {
            let days = Int32Chunked::from_slice_options(name, values).into_column();
            // Whole numbers are days since 1970-01-01, which cannot be refused.
            days.cast(&DataType::Date).unwrap_or(days)
        }
        SynthValues::Level(values, levels) => {
            let mut texts = StringChunkedBuilder::new(name, values.len());
            for level in values {
                texts.append_option(level.and_then(|level| levels.get(level as usize)));
            }
            texts.finish().into_column()
        }
    }
}
