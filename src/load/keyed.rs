//! The columns of a stored row group as plain columns. Texts that the file keeps as a
//! dictionary are looked at once each, and their rows have only its numbers: no text is made
//! of every row. What a cell is, [`typed`](super::typed) and [`direct`](super::direct) say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use polars::prelude::{Column as Series, DataType, StringChunked};
use polars_arrow::array::{Array, DictionaryArray, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, DTYPE_CATEGORICAL_NEW, Field, IntegerType};

use super::ReadAs;
use super::cells::{Cells, Words};
use super::error::{LoadError, Place};
use super::params::Settings;
use super::typed::{self, Cell, Target};
use super::views;

/// The number of no text.
const NONE: u32 = u32::MAX;

/// Texts that are keys into one dictionary.
pub(super) type Keyed = DictionaryArray<u32>;

/// How a column of texts is asked for as keys; `None` of another type.
pub(super) fn field(stored: &Field) -> Option<Field> {
    use ArrowDataType as T;
    if !matches!(stored.dtype, T::Utf8 | T::LargeUtf8 | T::Utf8View) {
        return None;
    }
    let keyed = T::Dictionary(IntegerType::UInt32, Box::new(T::Utf8View), false);
    // This mark says that every page holds keys, and a page that does not is an error.
    let mark = BTreeMap::from([(DTYPE_CATEGORICAL_NEW.into(), "".into())]);
    Some(Field::new(stored.name.clone(), keyed, stored.is_nullable).with_metadata(mark))
}

/// The keys and texts of what was decoded as [`field`] asks.
pub(super) fn array(decoded: &[Box<dyn Array>]) -> Option<(&Keyed, &Utf8ViewArray)> {
    let [one] = decoded else { return None };
    let keyed: &Keyed = one.as_any().downcast_ref()?;
    Some((keyed, keyed.values().as_any().downcast_ref()?))
}

/// Reads texts or ids that lie as keys; the first row is row `first` of the file.
///
/// # Errors
///
/// The first cell that is not what is asked for.
pub(super) fn words(
    (keyed, texts): (&Keyed, &Utf8ViewArray),
    target: &Target,
    settings: &Settings,
    first: u64,
    file: &str,
) -> Result<Words<'static>, LoadError> {
    let n_rows = keyed.len();
    let mut words = Words { levels: Vec::new(), codes: Vec::with_capacity(n_rows) };
    // A text of the dictionary that no row has is not looked at.
    let mut known: Vec<Option<u32>> = vec![None; texts.len()];
    for (row, key) in keyed.keys_iter().enumerate() {
        let code = match key.map(|key| (key, known[key])) {
            None => NONE,
            Some((_, Some(code))) => code,
            Some((key, None)) => {
                let code = match typed::cell(texts.value(key), target, &settings.nulls) {
                    Cell::Missing => NONE,
                    Cell::Text(text) => words.level(Cow::Owned(text.to_owned())),
                    _ => {
                        let at = Place::Row(first + row as u64);
                        return Err(typed::refused(target, at, n_rows as u64, file));
                    }
                };
                known[key] = Some(code);
                code
            }
        };
        words.codes.push(code);
    }
    Ok(words)
}

/// The cells of a column that was read as what is asked for; `None` where it is of another
/// type.
pub(super) fn of_read(column: &Series, read_as: ReadAs) -> Option<Cells<'static>> {
    Some(match read_as {
        ReadAs::Text | ReadAs::Id => Cells::Words(of_texts(column.str().ok()?)),
        ReadAs::Number => {
            let numbers = column.f64().ok()?;
            Cells::Numbers(match numbers.cont_slice() {
                Ok(whole) => whole.to_vec(),
                Err(_) => numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect(),
            })
        }
        ReadAs::Day => {
            let days = column.cast(&DataType::Int32).ok()?;
            Cells::Days(days.i32().ok()?.iter().collect())
        }
    })
}

/// Each text once in a while.
fn of_texts(texts: &StringChunked) -> Words<'static> {
    let mut words = Words { levels: Vec::new(), codes: Vec::with_capacity(texts.len()) };
    let find = |words: &mut Words<'static>, text: &str| words.level(Cow::Owned(text.to_owned()));
    let take = |words: &mut Words<'static>, code: Option<u32>| {
        words.codes.push(code.unwrap_or(NONE));
        true
    };
    views::each(texts, &mut words, find, take);
    words
}
