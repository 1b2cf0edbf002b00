//! Whether the parts of a model fit together, and whether a JSON text says nothing twice.

use std::collections::BTreeSet;
use std::fmt;

use ndarray::Array2;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{FORMAT, Model, ModelError};
use crate::cluster::Shape;
use crate::cluster::rules::Cuts;
use crate::day::Day;
use crate::normalise::Purpose;

/// The longest name or action.
const MAX_TEXT: usize = 4096;

pub(super) fn invalid(part: &'static str, what: &impl fmt::Display) -> ModelError {
    ModelError::Invalid { part, what: what.to_string() }
}

/// Checks what the parts cannot check alone.
pub(super) fn whole(model: &Model) -> Result<(), ModelError> {
    let k = model.segmentation.n_segments();
    let counts = [
        ("names", model.names.len()),
        ("actions", model.actions.len()),
        ("radii", model.radii.len()),
    ];
    for (part, found) in counts {
        if found != k {
            return Err(invalid(part, &format!("{found} for {k} segments")));
        }
    }
    if model.radii.iter().any(|radius| !(radius.is_finite() && *radius >= 0.0)) {
        return Err(invalid("radii", &"a radius is not a finite number of 0 or more"));
    }
    if model.names.iter().chain(&model.actions).any(|text| text.len() > MAX_TEXT) {
        return Err(invalid("names", &format!("a text has more than {MAX_TEXT} bytes")));
    }
    let format = model.about.format;
    if format == 0 || format > FORMAT || model.about.n_customers == 0 {
        return Err(invalid("about", &"the format or the number of customers is impossible"));
    }
    model.schema.validate().map_err(|error| invalid("schema", &error))?;
    preparation(model)?;
    if let Some(churn) = &model.churn {
        churn.validate().map_err(|error| invalid("churn model", &error))?;
    }
    purchases(model)?;
    model.reasons.validate(k).map_err(|error| invalid("reasons", &error))
}

/// How purchase lines are read, and the rules that they decide.
fn purchases(model: &Model) -> Result<(), ModelError> {
    if let Some(orders) = &model.orders {
        orders.validate().map_err(|error| invalid("orders", &error))?;
        let is_day = |day: &String| day.parse::<Day>().is_ok();
        if !model.about.as_of.as_ref().is_some_and(is_day) {
            return Err(invalid("about", &"there are orders but no as-of day"));
        }
    }
    for cuts in &model.rules {
        cuts.validate().map_err(|error| invalid("rules", &error))?;
    }
    let rules: BTreeSet<_> = model.rules.iter().map(Cuts::rule).collect();
    if rules.len() < model.rules.len() {
        return Err(invalid("rules", &"two are the same rule"));
    }
    Ok(())
}

fn preparation(model: &Model) -> Result<(), ModelError> {
    let part = "normaliser";
    model.normaliser.validate().map_err(|error| invalid(part, &error))?;
    if model.normaliser.purpose() != Purpose::Distance {
        return Err(invalid(part, &"it was not learnt for distances"));
    }
    match model.segmentation.shape() {
        Shape::Centres(centres) => numbers(model, centres, "centres")?,
        Shape::Cores { points, .. } => numbers(model, points, "cores")?,
        // Their own numbers were checked when they were put together.
        Shape::Mixture(_) | Shape::Classes(_) | Shape::Prototypes(_) => {
            width(model, model.segmentation.n_columns(), "segments")?;
        }
        Shape::Parts(parts) => {
            numbers(model, parts.centres(), "centres")?;
            split_columns(model, &parts.layout().split_by)?;
        }
        Shape::Members(members) => numbers(model, &members.rows, "members")?,
        // The prepared columns only draw the map; the orders decide.
        Shape::Rule { .. } => {}
    }
    let known: BTreeSet<&str> =
        model.schema.columns.iter().map(|column| column.name.as_str()).collect();
    match model.normaliser.needed().find(|name| !known.contains(name)) {
        Some(name) => {
            Err(invalid(part, &format!("it needs column {name}, which the schema lacks")))
        }
        None => Ok(()),
    }
}

/// Checks that the columns which divide the customers are read.
fn split_columns(model: &Model, names: &[String]) -> Result<(), ModelError> {
    let known = |name: &&String| model.schema.columns.iter().any(|column| column.name == **name);
    match names.iter().find(|name| !known(name)) {
        Some(name) => {
            let what = format!("they divide by column {name}, which the schema lacks");
            Err(invalid("segmentation", &what))
        }
        None => Ok(()),
    }
}

/// Checks that the preparation makes as many columns as the segments need.
fn width(model: &Model, needed: usize, what: &str) -> Result<(), ModelError> {
    let found = model.normaliser.columns().len();
    if needed != found {
        let what = format!("it makes {found} columns but the {what} have {needed}");
        return Err(invalid("normaliser", &what));
    }
    Ok(())
}

/// Checks the numbers that the segments are made of.
fn numbers(model: &Model, values: &Array2<f64>, what: &str) -> Result<(), ModelError> {
    width(model, values.ncols(), what)?;
    if values.iter().any(|value| !value.is_finite()) {
        return Err(invalid("segmentation", &format!("a number of the {what} is not finite")));
    }
    Ok(())
}

/// Any JSON in which no object has a key twice. A parser that takes the last of two keys
/// and one that takes the first would read two different models from the same file.
pub(super) struct Unique;

/// The message by which a repeated key is recognised.
pub(super) const REPEATED: &str = "a key is repeated";

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Unique;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Unique, A::Error> {
        while sequence.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom(REPEATED));
            }
            map.next_value::<Unique>()?;
        }
        Ok(Unique)
    }
}
