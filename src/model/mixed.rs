//! The arrays of mixtures and of k-prototypes, written and read back with every check that
//! the parts themselves make.

use safetensors::tensor::{Dtype, SafeTensors};

use super::ModelError;
use super::arrays::{Part, bytes_of, data, numbers};
use super::check::invalid;
use super::format::StoredShape;
use crate::cluster::gmm::Mixture;
use crate::cluster::kprototypes::Prototypes;
use crate::cluster::latent::Classes;
use crate::cluster::variables::{Variable, Variables};

const CENTRE: &str = "centre";
const SCALE: &str = "scale";
const WEIGHTS: &str = "weights";
const MEANS: &str = "means";
const FACTORS: &str = "factors";
const DEVIATIONS: &str = "deviations";
const PROBABILITIES: &str = "probabilities";
const MODES: &str = "modes";

fn part(name: &'static str, shape: Vec<usize>, values: &[f64]) -> Part {
    (name, Dtype::F64, shape, bytes_of(values.iter().copied()))
}

/// The numbers in the lower triangle of a square matrix; 0 where there is no such number.
fn triangle(d: usize) -> usize {
    d.checked_mul(d.saturating_add(1)).map_or(0, |twice| twice / 2)
}

pub(super) fn write_mixture(mixture: &Mixture, parts: &mut Vec<Part>) -> StoredShape {
    let (k, d) = (mixture.k(), mixture.d());
    parts.push(part(CENTRE, vec![d], mixture.centre()));
    parts.push(part(SCALE, vec![d], mixture.scale()));
    parts.push(part(WEIGHTS, vec![k], mixture.weights()));
    parts.push(part(MEANS, vec![k, d], mixture.means()));
    parts.push(part(FACTORS, vec![k, triangle(d)], mixture.factors()));
    StoredShape::Mixture { segments: k, columns: d }
}

pub(super) fn read_mixture(
    tensors: &SafeTensors,
    k: usize,
    d: usize,
) -> Result<Mixture, ModelError> {
    Mixture::from_parts(
        numbers(tensors, CENTRE, &[d])?,
        numbers(tensors, SCALE, &[d])?,
        numbers(tensors, WEIGHTS, &[k])?,
        numbers(tensors, MEANS, &[k, d])?,
        numbers(tensors, FACTORS, &[k, triangle(d)])?,
    )
    .map_err(|error| invalid("segmentation", &error))
}

pub(super) fn write_classes(classes: &Classes, parts: &mut Vec<Part>) -> StoredShape {
    let variables = classes.variables();
    let (k, p) = (classes.k(), variables.n_numbers());
    let levels = variables.levels().iter().sum();
    parts.push(part(WEIGHTS, vec![k], classes.weights()));
    parts.push(part(MEANS, vec![p, k], classes.means()));
    parts.push(part(DEVIATIONS, vec![p, k], classes.deviations()));
    parts.push(part(PROBABILITIES, vec![levels, k], classes.probabilities()));
    StoredShape::Classes {
        segments: k,
        columns: variables.n_columns(),
        variables: variables.all().to_vec(),
    }
}

pub(super) fn read_classes(
    tensors: &SafeTensors,
    k: usize,
    columns: usize,
    variables: Vec<Variable>,
) -> Result<Classes, ModelError> {
    let variables = checked(variables, columns)?;
    let p = variables.n_numbers();
    let levels = variables.levels().iter().sum();
    let weights = numbers(tensors, WEIGHTS, &[k])?;
    let means = numbers(tensors, MEANS, &[p, k])?;
    let deviations = numbers(tensors, DEVIATIONS, &[p, k])?;
    let probabilities = numbers(tensors, PROBABILITIES, &[levels, k])?;
    Classes::from_parts(variables, weights, means, deviations, probabilities)
        .map_err(|error| invalid("segmentation", &error))
}

pub(super) fn write_prototypes(prototypes: &Prototypes, parts: &mut Vec<Part>) -> StoredShape {
    let variables = prototypes.variables();
    let k = prototypes.k();
    parts.push(part(MEANS, vec![k, variables.n_numbers()], prototypes.means()));
    let modes = prototypes.modes().iter().flat_map(|mode| u32::from(*mode).to_le_bytes());
    parts.push((MODES, Dtype::U32, vec![k, variables.n_categories()], modes.collect()));
    StoredShape::Prototypes {
        segments: k,
        columns: variables.n_columns(),
        variables: variables.all().to_vec(),
        gamma: prototypes.gamma(),
    }
}

pub(super) fn read_prototypes(
    tensors: &SafeTensors,
    (k, columns, gamma): (usize, usize, f64),
    variables: Vec<Variable>,
) -> Result<Prototypes, ModelError> {
    let variables = checked(variables, columns)?;
    let means = numbers(tensors, MEANS, &[k, variables.n_numbers()])?;
    let modes = data(tensors, MODES, Dtype::U32, &[k, variables.n_categories()])?;
    let modes = modes.as_chunks::<4>().0.iter();
    // What is no level of any category is refused below.
    let modes = modes.map(|b| u16::try_from(u32::from_le_bytes(*b)).unwrap_or(u16::MAX)).collect();
    Prototypes::from_parts(variables, gamma, k, means, modes)
        .map_err(|error| invalid("segmentation", &error))
}

/// The variables of a matrix of this width. A width that no matrix has would ask for room.
fn checked(variables: Vec<Variable>, columns: usize) -> Result<Variables, ModelError> {
    const MOST: usize = 1 << 20;
    if columns > MOST {
        return Err(invalid("segmentation", &format!("a matrix of {columns} columns")));
    }
    Variables::from_parts(variables, columns).map_err(|error| invalid("segmentation", &error))
}
