//! From data frames to batches of order lines.

use polars::prelude::{DataFrame, DataType, Series, StringChunked};
use rayon::prelude::*;

use crate::features::error::FeatureError;
use crate::features::names::folded;
use crate::load::{ReadAs, views};
use crate::orders::{Batch, Texts};

use super::plan::{OrderPlan, Part, PartPlan};
use super::words::NO_DISCOUNT;

/// How many lines go on at once.
const LINES: usize = 1 << 17;

/// Hands the lines of a frame on, batch by batch.
///
/// # Errors
///
/// A column of the plan that the frame lacks or that cannot be read as planned; what
/// `take` returns.
pub(super) fn batches(
    frame: &DataFrame,
    plan: &OrderPlan,
    mut take: impl FnMut(&Batch) -> Result<(), FeatureError>,
) -> Result<(), FeatureError> {
    let columns = Columns::of(frame, plan)?;
    for start in (0..frame.height()).step_by(LINES) {
        let piece = columns.slice(start, LINES.min(frame.height() - start));
        take(&piece.batch(plan)?)?;
    }
    Ok(())
}

/// The columns of the plan in the types that were asked for.
struct Columns {
    series: Vec<(Part, Series)>,
    attributes: Vec<Series>,
}

impl Columns {
    fn of(frame: &DataFrame, plan: &OrderPlan) -> Result<Self, FeatureError> {
        let series = plan.parts.iter().map(|planned| {
            let wrong = || FeatureError::Frame {
                column: planned.column.clone(),
                expected: expected(planned),
            };
            let column = frame.column(&planned.column).map_err(|_| wrong())?;
            let series = column.as_materialized_series();
            let series = cast(series, planned.read_as).ok_or_else(wrong)?;
            Ok((planned.part, series))
        });
        let attributes = plan.attributes.iter().map(|name| {
            let wrong = || FeatureError::Frame { column: name.clone(), expected: "text" };
            let column = frame.column(name).map_err(|_| wrong())?;
            cast(column.as_materialized_series(), ReadAs::Text).ok_or_else(wrong)
        });
        Ok(Self {
            series: series.collect::<Result<_, FeatureError>>()?,
            attributes: attributes.collect::<Result<_, FeatureError>>()?,
        })
    }

    fn slice(&self, start: usize, n: usize) -> Self {
        let slice = |series: &Series| series.slice(start as i64, n);
        Self {
            series: self.series.iter().map(|(part, series)| (*part, slice(series))).collect(),
            attributes: self.attributes.iter().map(slice).collect(),
        }
    }

    fn get(&self, part: Part) -> Option<&Series> {
        self.series.iter().find(|(known, _)| *known == part).map(|(_, series)| series)
    }

    fn batch(&self, plan: &OrderPlan) -> Result<Batch<'_>, FeatureError> {
        let money = plan.money_part().map(|planned| planned.part);
        let parts = [Part::Customer, Part::Order, Part::Product, Part::Category, Part::Channel];
        let texts: Vec<_> = parts.par_iter().map(|&part| self.texts(part)).collect();
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_else(|| Ok(Texts::default()));
        Ok(Batch {
            customers: next()?,
            orders: next()?,
            products: next()?,
            categories: next()?,
            channels: next()?,
            days: self.days()?,
            money: money.map_or(Ok(Vec::new()), |part| self.numbers(part))?,
            quantities: self.numbers(Part::Quantity)?,
            discounted: self.discounted()?,
            attributes: self
                .attributes
                .iter()
                .map(|series| Ok(known(series.str().map_err(|_| wrong(Part::Customer, "text"))?)))
                .collect::<Result<_, FeatureError>>()?,
        })
    }

    fn texts(&self, part: Part) -> Result<Texts<'_>, FeatureError> {
        let Some(series) = self.get(part) else { return Ok(Texts::default()) };
        Ok(known(series.str().map_err(|_| wrong(part, "text"))?))
    }

    fn numbers(&self, part: Part) -> Result<Vec<f64>, FeatureError> {
        let Some(series) = self.get(part) else { return Ok(Vec::new()) };
        let numbers = series.f64().map_err(|_| wrong(part, "numbers"))?;
        match numbers.cont_slice() {
            Ok(whole) => Ok(whole.to_vec()),
            Err(_) => Ok(numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect()),
        }
    }

    fn days(&self) -> Result<Vec<Option<i32>>, FeatureError> {
        let Some(series) = self.get(Part::Date) else { return Ok(Vec::new()) };
        let days = series.i32().map_err(|_| wrong(Part::Date, "days"))?;
        Ok(days.iter().collect())
    }

    /// A number other than 0, or a word that does not mean none.
    fn discounted(&self) -> Result<Vec<bool>, FeatureError> {
        let Some(series) = self.get(Part::Discount) else { return Ok(Vec::new()) };
        if series.dtype() == &DataType::Float64 {
            let numbers = self.numbers(Part::Discount)?;
            return Ok(numbers.iter().map(|number| !number.is_nan() && *number != 0.0).collect());
        }
        let texts = series.str().map_err(|_| wrong(Part::Discount, "text"))?;
        Ok(texts.iter().map(|text| text.is_some_and(says_discount)).collect())
    }
}

/// The texts of a column, each looked up once in a while.
fn known(column: &StringChunked) -> Texts<'_> {
    let mut texts = Texts::with_capacity(column.len());
    let take = |texts: &mut Texts<'_>, level| {
        texts.push(level);
        true
    };
    views::each(column, &mut texts, Texts::level, take);
    texts
}

/// Whether a word does not mean that there was no discount.
pub(super) fn says_discount(text: &str) -> bool {
    !NO_DISCOUNT.contains(&folded(text).as_str())
}

pub(super) fn wrong(part: Part, expected: &'static str) -> FeatureError {
    FeatureError::Frame { column: part.name().to_owned(), expected }
}

fn expected(planned: &PartPlan) -> &'static str {
    match planned.read_as {
        ReadAs::Text | ReadAs::Id => "text",
        ReadAs::Number => "numbers",
        ReadAs::Day => "days",
    }
}

/// A column as text, `Float64`, or days as `Int32`; `None` where it is something else.
fn cast(series: &Series, read_as: ReadAs) -> Option<Series> {
    let dtype = series.dtype();
    let wanted = match read_as {
        ReadAs::Text | ReadAs::Id => DataType::String,
        ReadAs::Number if dtype.is_primitive_numeric() => DataType::Float64,
        ReadAs::Day if dtype.is_temporal() => DataType::Date,
        ReadAs::Number | ReadAs::Day => return None,
    };
    let series =
        if *dtype == wanted { series.clone() } else { series.strict_cast(&wanted).ok()? };
    if read_as == ReadAs::Day { series.cast(&DataType::Int32).ok() } else { Some(series) }
}
