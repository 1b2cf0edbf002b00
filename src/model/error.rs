//! Why a model cannot be written or read.

use crate::fault::{Class, Fault};

/// Why a model file is rejected. No message holds a value of the file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// A file is larger than a model can be.
    #[error("{file} has {found} bytes but at most {most} are allowed")]
    TooLarge {
        /// Which file.
        file: &'static str,
        /// How many bytes it has.
        found: u64,
        /// How many it may have.
        most: u64,
    },
    /// Another kind of file: a pickle, a zip, a protocol buffer, text.
    #[error("model.json is no model of kohort: it starts like {looks_like}")]
    Foreign {
        /// What it looks like.
        looks_like: &'static str,
    },
    /// Not the JSON of a model.
    #[error("model.json cannot be read at line {line}, column {column}: {what}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 is the start of the line.
        column: usize,
        /// The kind of fault.
        what: &'static str,
    },
    /// Written by a newer version.
    #[error("the model has format {found} but this version reads formats up to {supported}")]
    Newer {
        /// The format of the file.
        found: u64,
        /// The newest format this version reads.
        supported: u32,
    },
    /// A format that never was.
    #[error("the model has format {found} but formats start at 1")]
    Format {
        /// The format of the file.
        found: u64,
    },
    /// The contents do not match their checksum.
    #[error("{file} was changed or damaged: its checksum does not match")]
    Checksum {
        /// Which file.
        file: &'static str,
    },
    /// The arrays are not as long as the model says.
    #[error("arrays.safetensors has {found} bytes but model.json says {declared}")]
    Length {
        /// How many bytes there are.
        found: u64,
        /// How many there should be.
        declared: u64,
    },
    /// The arrays are not the ones the model needs.
    #[error("the array {array} cannot be used: {what}")]
    Array {
        /// The array's name.
        array: &'static str,
        /// What is wrong.
        what: String,
    },
    /// The file is whole but its contents contradict each other.
    #[error("the {part} of the model is invalid: {what}")]
    Invalid {
        /// Which part.
        part: &'static str,
        /// What is wrong.
        what: String,
    },
    /// The model cannot be written.
    #[error("the model cannot be written: {what}")]
    Write {
        /// Why.
        what: String,
    },
}

impl Fault for ModelError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "E-MDL-001",
            Self::Foreign { .. } => "E-MDL-002",
            Self::Json { .. } => "E-MDL-003",
            Self::Newer { .. } => "E-MDL-004",
            Self::Format { .. } => "E-MDL-005",
            Self::Checksum { .. } => "E-MDL-006",
            Self::Length { .. } => "E-MDL-007",
            Self::Array { .. } => "E-MDL-008",
            Self::Invalid { .. } => "E-MDL-009",
            Self::Write { .. } => "E-MDL-010",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Write { .. } => Class::Internal,
            _ => Class::Model,
        }
    }

    fn hint(&self) -> Option<String> {
        let text = match self {
            Self::Newer { .. } => "use the version of kohort that wrote it, or a newer one",
            Self::Foreign { .. } => {
                "give the folder of a run or its model folder; pickle, ONNX and joblib are not supported"
            }
            Self::Write { .. } => return None,
            _ => "copy the model folder again from the run that wrote it, or run again",
        };
        Some(text.to_owned())
    }
}
