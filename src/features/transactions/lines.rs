//! From the columns of a table to batches of order lines, without a frame between.

use polars::prelude::DataFrame;

use crate::features::error::FeatureError;
use crate::load::{Cells, Rows, Words};
use crate::orders::{Batch, Ready, Rules, Texts};

use super::plan::{OrderPlan, Part};
use super::read::{says_discount, wrong};

/// Lines that only have to be taken in.
pub(super) enum Lines<'a> {
    /// Of a table that is stored as frames, or whose columns are not plain.
    Frame(DataFrame),
    /// With what could be found out of them.
    Batch(Box<(Batch<'a>, Ready)>),
}

/// What can be done with rows before it is their turn; the columns are those of
/// [`OrderPlan::wanted`], each wanted once.
///
/// # Errors
///
/// A column that was not read as planned.
pub(super) fn lines<'a>(
    rows: Rows<'a>,
    plan: &OrderPlan,
    rules: &Rules,
) -> Result<Lines<'a>, FeatureError> {
    let columns = match rows {
        Rows::Frame(frame) => return Ok(Lines::Frame(frame)),
        Rows::Columns(columns) => columns,
    };
    let mut batch = Batch::default();
    let mut columns = columns.into_iter();
    let money = plan.money_part().map(|planned| planned.part);
    for (planned, cells) in plan.parts.iter().zip(&mut columns) {
        let part = planned.part;
        match part {
            Part::Customer => batch.customers = texts(part, cells)?,
            Part::Order => batch.orders = texts(part, cells)?,
            Part::Product => batch.products = texts(part, cells)?,
            Part::Category => batch.categories = texts(part, cells)?,
            Part::Channel => batch.channels = texts(part, cells)?,
            Part::Discount => batch.discounted = discounted(cells)?,
            Part::Quantity => batch.quantities = numbers(part, cells)?,
            Part::Date => match cells {
                Cells::Days(days) => batch.days = days,
                _ => return Err(wrong(part, "days")),
            },
            Part::Amount | Part::Price if money == Some(part) => {
                batch.money = numbers(part, cells)?;
            }
            Part::Amount | Part::Price => {}
        }
    }
    let attributes = columns.map(|cells| texts(Part::Customer, cells));
    batch.attributes = attributes.collect::<Result<_, FeatureError>>()?;
    let ready = Ready::of(&batch, rules);
    Ok(Lines::Batch(Box::new((batch, ready))))
}

fn texts(part: Part, cells: Cells<'_>) -> Result<Texts<'_>, FeatureError> {
    match cells {
        Cells::Words(Words { levels, codes }) => Ok(Texts::of(levels, codes)),
        _ => Err(wrong(part, "text")),
    }
}

fn numbers(part: Part, cells: Cells) -> Result<Vec<f64>, FeatureError> {
    match cells {
        Cells::Numbers(numbers) => Ok(numbers),
        _ => Err(wrong(part, "numbers")),
    }
}

/// A number other than 0, or a word that does not mean none.
fn discounted(cells: Cells) -> Result<Vec<bool>, FeatureError> {
    match cells {
        Cells::Numbers(numbers) => {
            Ok(numbers.iter().map(|number| !number.is_nan() && *number != 0.0).collect())
        }
        Cells::Words(Words { levels, codes }) => {
            let says: Vec<bool> = levels.iter().map(|text| says_discount(text)).collect();
            let of = |&code: &u32| says.get(code as usize).copied().unwrap_or(false);
            Ok(codes.iter().map(of).collect())
        }
        Cells::Days(_) => Err(wrong(Part::Discount, "text")),
    }
}
