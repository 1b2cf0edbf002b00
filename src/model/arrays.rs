//! `arrays.safetensors`: the large numbers.

use ndarray::Array2;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use super::check::invalid;
use super::format::StoredShape;
use super::{ModelError, mixed};
use crate::cluster::Shape;
use crate::cluster::hdbscan::Members;
use crate::cluster::parts::Parts;

const CENTRES: &str = "centres";
const CORES: &str = "cores";
const LABELS: &str = "labels";
const MEMBERS: &str = "members";
const COUNTS: &str = "counts";
const CORE_DISTANCES: &str = "core-distances";
const STRENGTHS: &str = "strengths";
const BIRTHS: &str = "births";
const DEATHS: &str = "deaths";
/// The label of noise.
const NOISE: u32 = u32::MAX;
const RADII: &str = "radii";

/// An array by its name: type, shape, bytes.
pub(super) type Part = (&'static str, Dtype, Vec<usize>, Vec<u8>);

fn members_to_parts(members: &Members) -> Vec<Part> {
    let (n, columns) = members.rows.dim();
    let k = members.births.len();
    let floats = |name, shape: Vec<usize>, values: &[f64]| {
        (name, Dtype::F64, shape, bytes_of(values.iter().copied()))
    };
    let whole = |name, values: Vec<u32>| {
        (name, Dtype::U32, vec![n], values.into_iter().flat_map(u32::to_le_bytes).collect())
    };
    let labels = members.labels.iter().map(|label| label.unwrap_or(NOISE)).collect();
    vec![
        (MEMBERS, Dtype::F64, vec![n, columns], bytes_of(members.rows.iter().copied())),
        whole(COUNTS, members.counts.clone()),
        whole(LABELS, labels),
        floats(CORE_DISTANCES, vec![n], &members.cores),
        floats(STRENGTHS, vec![n], &members.strengths),
        floats(BIRTHS, vec![k], &members.births),
        floats(DEATHS, vec![k], &members.deaths),
    ]
}

fn members_from(
    tensors: &SafeTensors,
    (k, columns, n): (usize, usize, usize),
    min_samples: usize,
) -> Result<Members, ModelError> {
    let labels = whole_numbers(tensors, LABELS, n)?;
    Ok(Members {
        rows: matrix(MEMBERS, (n, columns), numbers(tensors, MEMBERS, &[n, columns])?)?,
        counts: whole_numbers(tensors, COUNTS, n)?,
        cores: numbers(tensors, CORE_DISTANCES, &[n])?,
        labels: labels.into_iter().map(|label| Some(label).filter(|&l| l != NOISE)).collect(),
        strengths: numbers(tensors, STRENGTHS, &[n])?,
        births: numbers(tensors, BIRTHS, &[k])?,
        deaths: numbers(tensors, DEATHS, &[k])?,
        min_samples,
    })
}

/// The arrays as bytes, and their shapes.
pub(super) fn write(shape: &Shape, radii: &[f64]) -> Result<(StoredShape, Vec<u8>), ModelError> {
    let segments = radii.len();
    let mut parts_of: Vec<Part> =
        vec![(RADII, Dtype::F64, vec![segments], bytes_of(radii.iter().copied()))];
    let stored = match shape {
        Shape::Centres(centres) => {
            let (segments, columns) = centres.dim();
            let bytes = bytes_of(centres.iter().copied());
            parts_of.push((CENTRES, Dtype::F64, vec![segments, columns], bytes));
            StoredShape::Centres { segments, columns }
        }
        Shape::Cores { eps, min_points, points, labels } => {
            let (cores, columns) = points.dim();
            let bytes = bytes_of(points.iter().copied());
            parts_of.push((CORES, Dtype::F64, vec![cores, columns], bytes));
            let bytes = labels.iter().flat_map(|label| label.to_le_bytes()).collect();
            parts_of.push((LABELS, Dtype::U32, vec![cores], bytes));
            StoredShape::Cores { segments, columns, cores, eps: *eps, min_points: *min_points }
        }
        Shape::Mixture(mixture) => mixed::write_mixture(mixture, &mut parts_of),
        Shape::Classes(classes) => mixed::write_classes(classes, &mut parts_of),
        Shape::Prototypes(prototypes) => mixed::write_prototypes(prototypes, &mut parts_of),
        Shape::Members(members) => {
            let (n, columns) = members.rows.dim();
            parts_of.extend(members_to_parts(members));
            let min_samples = members.min_samples;
            StoredShape::Members { segments, columns, members: n, min_samples }
        }
        Shape::Parts(parts) => {
            let (segments, columns) = parts.centres().dim();
            let bytes = bytes_of(parts.centres().iter().copied());
            parts_of.push((CENTRES, Dtype::F64, vec![segments, columns], bytes));
            StoredShape::Parts { columns, layout: parts.layout().clone() }
        }
        Shape::Rule { cuts, kept } => {
            StoredShape::Rule { segments, cuts: cuts.clone(), kept: kept.clone() }
        }
    };
    let failed =
        |error: safetensors::SafeTensorError| ModelError::Write { what: error.to_string() };
    let views = parts_of
        .iter()
        .map(|(name, dtype, shape, bytes)| {
            TensorView::new(*dtype, shape.clone(), bytes).map(|view| (*name, view))
        })
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    Ok((stored, safetensors::serialize(views, None).map_err(failed)?))
}

pub(super) fn bytes_of(values: impl Iterator<Item = f64>) -> Vec<u8> {
    values.flat_map(f64::to_le_bytes).collect()
}

/// The shape and the radii in these bytes, which must be those that `stored` declares.
pub(super) fn read(bytes: &[u8], stored: StoredShape) -> Result<(Shape, Vec<f64>), ModelError> {
    let tensors = SafeTensors::deserialize(bytes).map_err(|_| ModelError::Array {
        array: "(all)",
        what: "the file is not in the safetensors format".to_owned(),
    })?;
    let (shape, segments, n_arrays) = match stored {
        StoredShape::Centres { segments, columns } => {
            let centres = numbers(&tensors, CENTRES, &[segments, columns])?;
            (Shape::Centres(matrix(CENTRES, (segments, columns), centres)?), segments, 2)
        }
        StoredShape::Cores { segments, columns, cores, eps, min_points } => {
            let points =
                matrix(CORES, (cores, columns), numbers(&tensors, CORES, &[cores, columns])?)?;
            let labels = whole_numbers(&tensors, LABELS, cores)?;
            (Shape::Cores { eps, min_points, points, labels }, segments, 3)
        }
        StoredShape::Mixture { segments, columns } => {
            (Shape::Mixture(mixed::read_mixture(&tensors, segments, columns)?), segments, 6)
        }
        StoredShape::Classes { segments, columns, variables } => {
            let classes = mixed::read_classes(&tensors, segments, columns, variables)?;
            (Shape::Classes(classes), segments, 5)
        }
        StoredShape::Prototypes { segments, columns, variables, gamma } => {
            let own = (segments, columns, gamma);
            (Shape::Prototypes(mixed::read_prototypes(&tensors, own, variables)?), segments, 3)
        }
        StoredShape::Members { segments, columns, members, min_samples } => {
            let members = members_from(&tensors, (segments, columns, members), min_samples)?;
            (Shape::Members(Box::new(members)), segments, 8)
        }
        StoredShape::Parts { columns, layout } => {
            let segments = layout.n_segments().unwrap_or(0);
            let centres = numbers(&tensors, CENTRES, &[segments, columns])?;
            let centres = matrix(CENTRES, (segments, columns), centres)?;
            let parts = Parts::new(layout, centres).map_err(|error| invalid("parts", &error))?;
            (Shape::Parts(Box::new(parts)), segments, 2)
        }
        StoredShape::Rule { segments, cuts, kept } => (Shape::Rule { cuts, kept }, segments, 1),
    };
    let radii = numbers(&tensors, RADII, &[segments])?;
    if tensors.len() != n_arrays {
        let what = format!("{} arrays but {n_arrays} are expected", tensors.len());
        return Err(ModelError::Array { array: "(all)", what });
    }
    Ok((shape, radii))
}

/// The bytes of an array after its type and shape have been checked; safetensors has
/// checked that there are as many as the shape needs.
pub(super) fn data<'a>(
    tensors: &SafeTensors<'a>,
    array: &'static str,
    dtype: Dtype,
    shape: &[usize],
) -> Result<&'a [u8], ModelError> {
    let wrong = |what: String| ModelError::Array { array, what };
    let view = tensors.tensor(array).map_err(|_| wrong("it is not in the file".to_owned()))?;
    if view.dtype() != dtype {
        return Err(wrong("its numbers are of the wrong type".to_owned()));
    }
    if view.shape() != shape {
        return Err(wrong(format!("its shape is {:?} but {shape:?} is declared", view.shape())));
    }
    Ok(view.data())
}

fn whole_numbers(
    tensors: &SafeTensors,
    array: &'static str,
    n: usize,
) -> Result<Vec<u32>, ModelError> {
    let data = data(tensors, array, Dtype::U32, &[n])?;
    Ok(data.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
}

pub(super) fn numbers(
    tensors: &SafeTensors,
    array: &'static str,
    shape: &[usize],
) -> Result<Vec<f64>, ModelError> {
    let data = data(tensors, array, Dtype::F64, shape)?;
    Ok(data.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
}

fn matrix(
    array: &'static str,
    shape: (usize, usize),
    values: Vec<f64>,
) -> Result<Array2<f64>, ModelError> {
    Array2::from_shape_vec(shape, values)
        .map_err(|error| ModelError::Array { array, what: error.to_string() })
}
