//! The file as bytes in memory: read whole (never mapped, so that a file that shrinks
//! cannot kill the program), unpacked within limits, and hashed as it lies.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::LoadError;
use super::magic::{self, Content};
use super::params::Limits;

/// A ratio says something only above this many unpacked bytes.
const RATIO_FLOOR: u64 = 16 << 20;

/// A file, unpacked.
pub(super) struct Raw {
    pub bytes: Vec<u8>,
    /// Its size as it lies.
    pub n_bytes: u64,
    /// Of the file as it lies, in hexadecimal.
    pub sha256: String,
    /// How it is packed: `""`, `"gzip"` or `"zstd"`.
    pub packing: &'static str,
    pub is_parquet: bool,
}

/// Reads a regular file.
///
/// # Errors
///
/// An address, no regular file, not readable, changed meanwhile, too big, a damaged
/// archive, or something that is no table.
pub(super) fn read(path: &Path, file: &str, limits: &Limits) -> Result<Raw, LoadError> {
    if is_address(path) {
        return Err(LoadError::Address { file: file.to_owned() });
    }
    unpacked(whole(path, file, limits)?, path, file, limits)
}

/// Reads everything that `reader` gives, such as standard input.
///
/// # Errors
///
/// As [`read`].
pub(super) fn read_from(reader: impl Read, file: &str, limits: &Limits) -> Result<Raw, LoadError> {
    let mut bytes = Vec::new();
    reader
        .take(limits.max_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| LoadError::Unreadable { file: file.to_owned(), why: reason(&error) })?;
    if bytes.len() as u64 > limits.max_bytes {
        return Err(too_big(file, bytes.len() as u64, limits));
    }
    unpacked(bytes, Path::new(file), file, limits)
}

fn unpacked(packed: Vec<u8>, path: &Path, file: &str, limits: &Limits) -> Result<Raw, LoadError> {
    if packed.is_empty() {
        return Err(LoadError::Empty { file: file.to_owned() });
    }
    let n_bytes = packed.len() as u64;
    let sha256 = hex(&Sha256::digest(&packed));
    let (bytes, packing) = match magic::content(&packed) {
        Content::Gzip => {
            let reader = flate2::read::MultiGzDecoder::new(packed.as_slice());
            (unpack(reader, n_bytes, file, limits)?, "gzip")
        }
        Content::Zstd => {
            let reader = zstd::stream::read::Decoder::with_buffer(packed.as_slice())
                .map_err(|_| LoadError::TruncatedArchive { file: file.to_owned() })?;
            (unpack(reader, n_bytes, file, limits)?, "zstd")
        }
        _ => (packed, ""),
    };
    let is_parquet = expected(&bytes, path, file)?;
    if bytes.is_empty() {
        return Err(LoadError::Empty { file: file.to_owned() });
    }
    Ok(Raw { bytes, n_bytes, sha256, packing, is_parquet })
}

/// Whether a path is written like `https://...` or `s3://...`.
fn is_address(path: &Path) -> bool {
    path.to_str().and_then(|text| text.split_once("://")).is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    })
}

/// The bytes of a regular file that does not change meanwhile.
fn whole(path: &Path, file: &str, limits: &Limits) -> Result<Vec<u8>, LoadError> {
    let unreadable =
        |why: &str| LoadError::Unreadable { file: file.to_owned(), why: why.to_owned() };
    let broken = |error: std::io::Error| unreadable(&reason(&error));
    // Asked before opening: opening a pipe without a writer would wait for ever.
    let lying = std::fs::metadata(path).map_err(broken)?;
    if lying.is_dir() {
        return Err(unreadable("it is a folder"));
    }
    if !lying.is_file() {
        return Err(unreadable("it is not a regular file"));
    }
    if lying.len() > limits.max_bytes {
        return Err(too_big(file, lying.len(), limits));
    }
    let mut handle = File::open(path).map_err(broken)?;
    let before = handle.metadata().map_err(broken)?;
    if !before.is_file() {
        return Err(unreadable("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(usize::try_from(before.len()).unwrap_or(usize::MAX))
        .map_err(|_| unreadable("there is not enough memory for it"))?;
    let n_read =
        handle.by_ref().take(limits.max_bytes + 1).read_to_end(&mut bytes).map_err(broken)?;
    if n_read as u64 > limits.max_bytes {
        return Err(too_big(file, n_read as u64, limits));
    }
    let after = handle.metadata().map_err(broken)?;
    if !same(&before, &after) || n_read as u64 != before.len() {
        return Err(LoadError::Changed { file: file.to_owned() });
    }
    Ok(bytes)
}

fn same(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}

fn too_big(file: &str, found: u64, limits: &Limits) -> LoadError {
    LoadError::TooBig { file: file.to_owned(), what: "bytes", found, allowed: limits.max_bytes }
}

/// The system's reason in a stable wording.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        kind => kind.to_string(),
    }
}

/// Unpacks within the limits.
fn unpack(
    mut reader: impl Read,
    packed: u64,
    file: &str,
    limits: &Limits,
) -> Result<Vec<u8>, LoadError> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0_u8; 1 << 18];
    loop {
        let n_read = match reader.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(n_read) => n_read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(LoadError::TruncatedArchive { file: file.to_owned() }),
        };
        bytes.extend_from_slice(&chunk[..n_read]);
        let reached = bytes.len() as u64;
        let bomb = |why: String| LoadError::Bomb { file: file.to_owned(), reached, packed, why };
        if reached > limits.max_bytes {
            return Err(bomb(format!("at most {} bytes are read", limits.max_bytes)));
        }
        if reached > RATIO_FLOOR && reached / packed.max(1) > limits.max_ratio {
            return Err(bomb(format!("at most {} times the packed size", limits.max_ratio)));
        }
    }
}

/// Whether the unpacked bytes are Parquet; refuses what is neither Parquet nor text,
/// and a name that says otherwise.
fn expected(bytes: &[u8], path: &Path, file: &str) -> Result<bool, LoadError> {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let other = |looks_like, expected| {
        Err(LoadError::SomethingElse { file: file.to_owned(), looks_like, expected })
    };
    let named_parquet = named(&[".parquet", ".pq"]);
    let wanted = if named_parquet { "Parquet" } else { "CSV" };
    match magic::content(bytes) {
        Content::Parquet if named(&[".csv", ".tsv", ".txt"]) => other("a Parquet file", "CSV"),
        Content::Parquet => Ok(true),
        Content::Other(looks_like) => other(looks_like, wanted),
        Content::Gzip => other("a gzip archive inside another archive", wanted),
        Content::Zstd => other("a zstd archive inside another archive", wanted),
        Content::Text if named_parquet && !bytes.is_empty() => other("text", "Parquet"),
        Content::Text => Ok(false),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}
