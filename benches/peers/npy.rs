//! `NumPy`'s file format, version 1 to 3: two dimensions, f32 or f64, C order.

use std::io::{BufReader, Read};
use std::path::Path;

use kohort::matrix::Matrix;
use ndarray::Array2;
use sha2::{Digest, Sha256};

use crate::options::Options;

/// A matrix as the file holds it, row-major.
pub(crate) enum Values {
    F32(Vec<f32>),
    F64(Vec<f64>),
}

/// Reads `(values, rows, columns)`, the numbers straight into their vector.
pub(crate) fn read(path: &Path) -> (Values, usize, usize) {
    let file =
        std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut file = BufReader::with_capacity(1 << 20, file);
    let mut start = [0; 8];
    file.read_exact(&mut start).unwrap();
    assert_eq!(&start[..6], b"\x93NUMPY", "not a NumPy file");
    let mut length = [0; 4];
    let width = if start[6] == 1 { 2 } else { 4 };
    file.read_exact(&mut length[..width]).unwrap();
    let mut header = vec![0; u32::from_le_bytes(length) as usize];
    file.read_exact(&mut header).unwrap();
    let header = String::from_utf8_lossy(&header).into_owned();
    assert!(header.contains("'fortran_order': False"), "C order is needed");
    let shape = header.split('(').nth(1).and_then(|rest| rest.split(')').next()).unwrap();
    let shape: Vec<usize> =
        shape.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let (n, d) = (shape[0], shape.get(1).copied().unwrap_or(1));
    let values = if header.contains("'<f4'") {
        Values::F32(numbers(&mut file, n * d, f32::from_le_bytes))
    } else {
        assert!(header.contains("'<f8'"), "f32 or f64 is needed");
        Values::F64(numbers(&mut file, n * d, f64::from_le_bytes))
    };
    (values, n, d)
}

fn numbers<T, const W: usize>(file: &mut impl Read, n: usize, number: fn([u8; W]) -> T) -> Vec<T> {
    let mut out = Vec::with_capacity(n);
    let mut bytes = [0; W];
    for _ in 0..n {
        file.read_exact(&mut bytes).unwrap();
        out.push(number(bytes));
    }
    out
}

/// Reads one label per row, i32 or i64; -1 is noise.
pub(crate) fn read_labels(path: &Path) -> Vec<i64> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let start = 10 + u16::from_le_bytes(bytes[8..10].try_into().unwrap()) as usize;
    let header = String::from_utf8_lossy(&bytes[10..start]).into_owned();
    let data = &bytes[start..];
    if header.contains("'<i4'") {
        data.as_chunks().0.iter().map(|x| i64::from(i32::from_le_bytes(*x))).collect()
    } else {
        assert!(header.contains("'<i8'"), "i32 or i64 is needed");
        data.as_chunks().0.iter().map(|x| i64::from_le_bytes(*x)).collect()
    }
}

/// The labels as little-endian i32, noise -1.
fn bytes(labels: &[i32]) -> Vec<u8> {
    labels.iter().flat_map(|label| label.to_le_bytes()).collect()
}

/// The sha256 of the labels, in hex.
pub(crate) fn sha256(labels: &[i32]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes(labels)).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Writes labels so that `numpy.load` reads them.
pub(crate) fn write_labels(path: &Path, labels: &[i32]) {
    let mut header =
        format!("{{'descr': '<i4', 'fortran_order': False, 'shape': ({},), }}", labels.len());
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    out.extend_from_slice(&(header.len() as u16).to_le_bytes());
    out.extend_from_slice(header.as_bytes());
    out.extend(bytes(labels));
    std::fs::write(path, out).unwrap();
}

/// The matrix of `--matrix`, in f64.
pub(crate) fn matrix(options: &Options) -> Matrix {
    let (values, n, d) = read(&options.path("--matrix").unwrap());
    let values = match values {
        Values::F32(values) => values.into_iter().map(f64::from).collect(),
        Values::F64(values) => values,
    };
    Matrix::unnamed(Array2::from_shape_vec((n, d), values).unwrap()).unwrap()
}

/// A line of `/proc/self/status` in megabytes, 0 where there is none.
pub(crate) fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    found.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// What the density methods found, as JSON; keeps the labels where asked.
pub(crate) fn density_answer(
    options: &Options,
    seconds: f64,
    clusters: usize,
    labels: &[i32],
    before: u64,
) -> serde_json::Value {
    if let Some(path) = options.path("--labels-out") {
        write_labels(&path, labels);
    }
    let noise = labels.iter().filter(|label| **label < 0).count();
    let above = memory("VmHWM").saturating_sub(before);
    serde_json::json!({
        "seconds": seconds,
        "clusters": clusters,
        "noise": noise,
        "peak_mb_above_data": above,
        "labels_sha256": sha256(labels),
    })
}
