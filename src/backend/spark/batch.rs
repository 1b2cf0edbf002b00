//! The engine's answers: from Arrow to plain columns, by position, so that an engine may name
//! and type them as it likes as long as every value is the one asked for.

use std::io::Cursor;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType, RecordBatch};
use arrow_ipc::reader::StreamReader;

use super::error::SparkError;
use super::link::Batch;

/// A column of an answer; `None` is NULL.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    what: &'static str,
    n_rows: usize,
    columns: Vec<Column>,
}

impl Answer {
    /// Reads the parts of an answer of so many columns.
    pub(super) fn read(
        batches: &[Batch],
        n_columns: usize,
        what: &'static str,
    ) -> Result<Self, SparkError> {
        let unlike = |why: &str| SparkError::Unlike { what, why: why.to_owned() };
        let mut columns: Vec<Option<Column>> = vec![None; n_columns];
        let mut n_rows = 0;
        for batch in batches {
            let damaged = |_| unlike("it is no Arrow stream that can be read");
            let mut here = 0;
            let reader = StreamReader::try_new(Cursor::new(&batch.stream), None);
            for part in reader.map_err(damaged)? {
                let part = part.map_err(damaged)?;
                if part.num_columns() != n_columns {
                    return Err(SparkError::Unlike {
                        what,
                        why: format!("it has {} columns, not {n_columns}", part.num_columns()),
                    });
                }
                here += part.num_rows();
                append(&part, &mut columns).map_err(unlike)?;
            }
            if i64::try_from(here) != Ok(batch.rows) {
                return Err(unlike("a part has not as many rows as it says"));
            }
            n_rows += here;
        }
        let empty = || Column::Whole(Vec::new());
        let columns = columns.into_iter().map(|column| column.unwrap_or_else(empty)).collect();
        Ok(Self { what, n_rows, columns })
    }

    pub(super) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The error of an answer that was not asked for.
    pub(super) fn unlike(&self, why: impl Into<String>) -> SparkError {
        SparkError::Unlike { what: self.what, why: why.into() }
    }

    /// A column of whole numbers without NULL.
    pub(super) fn whole(&self, at: usize) -> Result<Vec<i64>, SparkError> {
        let values = match self.columns.get(at) {
            Some(Column::Whole(values)) => values.iter().copied().collect(),
            _ => None,
        };
        values.ok_or_else(|| self.unlike(format!("column {} is not of whole numbers", at + 1)))
    }

    /// A column of whole numbers or NULL.
    pub(super) fn keys(&self, at: usize) -> Result<Vec<Option<i64>>, SparkError> {
        match self.columns.get(at) {
            Some(Column::Whole(values)) => Ok(values.clone()),
            _ => Err(self.unlike(format!("column {} is not of whole numbers", at + 1))),
        }
    }

    /// A column of texts or NULL.
    pub(super) fn words(&self, at: usize) -> Result<Vec<Option<String>>, SparkError> {
        match self.columns.get(at) {
            Some(Column::Text(values)) => Ok(values.clone()),
            // The column of an answer without rows has no kind.
            Some(Column::Whole(values)) if values.is_empty() => Ok(Vec::new()),
            _ => Err(self.unlike(format!("column {} is not of texts", at + 1))),
        }
    }

    /// A column of numbers, and which of them are NULL.
    pub(super) fn real_or_null(&self, at: usize) -> Result<(Vec<f64>, Vec<bool>), SparkError> {
        let null = match self.columns.get(at) {
            Some(Column::Real(values)) => values.iter().map(Option::is_none).collect(),
            Some(Column::Whole(values)) => values.iter().map(Option::is_none).collect(),
            _ => Vec::new(),
        };
        Ok((self.real(at)?, null))
    }

    /// A column of numbers; NULL is not-a-number.
    pub(super) fn real(&self, at: usize) -> Result<Vec<f64>, SparkError> {
        match self.columns.get(at) {
            Some(Column::Real(values)) => {
                Ok(values.iter().map(|value| value.unwrap_or(f64::NAN)).collect())
            }
            Some(Column::Whole(values)) => {
                Ok(values.iter().map(|value| value.map_or(f64::NAN, |x| x as f64)).collect())
            }
            _ => Err(self.unlike(format!("column {} is not of numbers", at + 1))),
        }
    }

    /// A column of texts without NULL.
    pub(super) fn text(&self, at: usize) -> Result<Vec<String>, SparkError> {
        let values: Option<Vec<String>> = self.words(at)?.into_iter().collect();
        values.ok_or_else(|| self.unlike(format!("column {} lacks a text", at + 1)))
    }
}

fn append(part: &RecordBatch, columns: &mut [Option<Column>]) -> Result<(), &'static str> {
    for (array, column) in part.columns().iter().zip(columns) {
        let new = column_of(array.as_ref())?;
        match (column.as_mut(), new) {
            (None, new) => *column = Some(new),
            (Some(Column::Whole(all)), Column::Whole(new)) => all.extend(new),
            (Some(Column::Real(all)), Column::Real(new)) => all.extend(new),
            (Some(Column::Text(all)), Column::Text(new)) => all.extend(new),
            _ => return Err("a column changes its type from part to part"),
        }
    }
    Ok(())
}

fn column_of(array: &dyn Array) -> Result<Column, &'static str> {
    use arrow_schema::DataType as Kind;
    Ok(match array.data_type() {
        Kind::Int8 => whole::<Int8Type>(array)?,
        Kind::Int16 => whole::<Int16Type>(array)?,
        Kind::Int32 => whole::<Int32Type>(array)?,
        Kind::Int64 => whole::<Int64Type>(array)?,
        Kind::UInt8 => whole::<UInt8Type>(array)?,
        Kind::UInt16 => whole::<UInt16Type>(array)?,
        Kind::UInt32 => whole::<UInt32Type>(array)?,
        Kind::UInt64 => whole::<UInt64Type>(array)?,
        Kind::Decimal128(_, 0) => whole::<Decimal128Type>(array)?,
        Kind::Float32 => {
            let values = array.as_primitive::<Float32Type>();
            Column::Real(values.iter().map(|value| value.map(f64::from)).collect())
        }
        Kind::Float64 => Column::Real(array.as_primitive::<Float64Type>().iter().collect()),
        Kind::Boolean => {
            Column::Whole(array.as_boolean().iter().map(|value| value.map(i64::from)).collect())
        }
        Kind::Utf8 => text(array.as_string::<i32>().iter()),
        Kind::LargeUtf8 => text(array.as_string::<i64>().iter()),
        Kind::Utf8View => text(array.as_string_view().iter()),
        _ => return Err("a column is neither of numbers nor of texts"),
    })
}

fn text<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Column {
    Column::Text(values.map(|value| value.map(str::to_owned)).collect())
}

fn whole<T: ArrowPrimitiveType>(array: &dyn Array) -> Result<Column, &'static str>
where
    i64: TryFrom<T::Native>,
{
    let fits = |value: Option<T::Native>| value.map(i64::try_from).transpose();
    let values: Result<Vec<_>, _> = array.as_primitive::<T>().iter().map(fits).collect();
    values.map(Column::Whole).map_err(|_| "a whole number does not fit in 64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use arrow_array::{
        Decimal128Array, Float64Array, Int32Array, Int64Array, StringArray, StringViewArray,
        UInt64Array,
    };
    use arrow_ipc::writer::StreamWriter;

    fn batch(columns: Vec<Arc<dyn Array>>) -> Batch {
        let named = columns.into_iter().enumerate().map(|(at, column)| (format!("c{at}"), column));
        let part = RecordBatch::try_from_iter(named).unwrap();
        let mut stream = Vec::new();
        let mut writer = StreamWriter::try_new(&mut stream, &part.schema()).unwrap();
        writer.write(&part).unwrap();
        writer.finish().unwrap();
        Batch { rows: part.num_rows() as i64, stream }
    }

    #[test]
    fn parts_of_an_answer_are_one_whatever_the_width() {
        let first = batch(vec![
            Arc::new(Int32Array::from(vec![1, -2])),
            Arc::new(Float64Array::from(vec![Some(0.1), None])),
            Arc::new(StringArray::from(vec!["a", "b"])),
        ]);
        let second = batch(vec![
            Arc::new(Int64Array::from(vec![i64::MIN])),
            Arc::new(Float64Array::from(vec![-0.0])),
            Arc::new(StringViewArray::from(vec!["c"])),
        ]);
        let answer = Answer::read(&[first, second], 3, "a test").unwrap();
        assert_eq!((answer.n_rows(), answer.whole(0).unwrap()), (3, vec![1, -2, i64::MIN]));
        let real = answer.real(1).unwrap();
        assert_eq!((real[0], real[1].is_nan()), (0.1, true));
        assert_eq!(real[2].to_bits(), (-0.0_f64).to_bits());
        assert_eq!(answer.text(2).unwrap(), ["a", "b", "c"]);
        assert!(answer.whole(1).is_err() && answer.text(0).is_err() && answer.real(2).is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let error = |batch: Batch, n: usize| Answer::read(&[batch], n, "a test").unwrap_err();
        let large = batch(vec![Arc::new(UInt64Array::from(vec![u64::MAX]))]);
        assert!(error(large, 1).to_string().contains("64 bits"));
        let wide = Decimal128Array::from(vec![i128::from(i64::MAX) + 1]);
        let wide = batch(vec![Arc::new(wide.with_precision_and_scale(38, 0).unwrap())]);
        assert!(error(wide, 1).to_string().contains("64 bits"));
        let one = || batch(vec![Arc::new(Int64Array::from(vec![1, 2]))]);
        assert!(error(one(), 2).to_string().contains("1 columns, not 2"));
        let mut short = one();
        short.rows = 3;
        assert!(error(short, 1).to_string().contains("as many rows"));
        let mut cut = one();
        cut.stream.truncate(40);
        assert!(error(cut, 1).to_string().contains("Arrow"));
        let null = batch(vec![Arc::new(Int64Array::from(vec![None, Some(1)]))]);
        assert!(Answer::read(&[null], 1, "a test").unwrap().whole(0).is_err());
    }
}
