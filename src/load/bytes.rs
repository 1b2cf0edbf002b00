//! The file as bytes in memory: read whole (never mapped, so that a file that shrinks
//! cannot kill the program), unpacked within limits, and hashed as it lies, what has been
//! read while the rest is read.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use sha2::{Digest, Sha256};

use super::archive::{self, Inside};
use super::error::LoadError;
use super::magic::{self, Content};
use super::params::Limits;
use super::sheet::Book;
use crate::format::hex;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;
/// A ratio says something only above this many unpacked bytes.
const RATIO_FLOOR: u64 = 16 << 20;

/// A file, unpacked.
pub(super) struct Raw {
    pub bytes: Vec<u8>,
    /// Its size as it lies.
    pub n_bytes: u64,
    /// Of the file as it lies, in hexadecimal.
    pub sha256: String,
    /// How it is packed: `gzip`, `zstd`, or `zip` and the file in it; else empty.
    pub packing: String,
    /// The name that should say what it is: its own or that of the file in the archive.
    pub name: String,
    pub form: Form,
}

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Parquet,
    Arrow,
    Book(Book),
}

/// Reads a regular file.
///
/// # Errors
///
/// An address, no regular file, not readable, changed meanwhile, too big, a damaged
/// archive, or something that is no table.
pub(super) fn read(
    path: &Path,
    file: &str,
    member: Option<&str>,
    limits: &Limits,
) -> Result<Raw, LoadError> {
    if is_address(path) {
        return Err(LoadError::Address { file: file.to_owned() });
    }
    let (bytes, hash) = whole(path, file, limits)?;
    unpacked(bytes, &hash, &path.to_string_lossy(), member, file, limits)
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
    let hash = Sha256::digest(&bytes);
    unpacked(bytes, &hash, "", None, file, limits)
}

fn unpacked(
    packed: Vec<u8>,
    hash: &[u8],
    path: &str,
    member: Option<&str>,
    file: &str,
    limits: &Limits,
) -> Result<Raw, LoadError> {
    let empty = || LoadError::Empty { file: file.to_owned() };
    if packed.is_empty() {
        return Err(empty());
    }
    let n_bytes = packed.len() as u64;
    let sha256 = hex(hash);
    let mut name = path.to_ascii_lowercase();
    let (bytes, packing) = match magic::content(&packed) {
        Content::Gzip => {
            check_gzip_head(&packed, file)?;
            let reader = flate2::read::MultiGzDecoder::new(packed.as_slice());
            (unpack(reader, n_bytes, file, limits)?, "gzip".to_owned())
        }
        Content::Zstd => {
            let reader = zstd::stream::read::Decoder::with_buffer(packed.as_slice())
                .map_err(|_| LoadError::TruncatedArchive { file: file.to_owned() })?;
            (unpack(reader, n_bytes, file, limits)?, "zstd".to_owned())
        }
        Content::Zip => match archive::open(&packed, member, limits, file)? {
            Inside::Book(book) => {
                let form = Form::Book(book);
                return Ok(Raw {
                    bytes: packed,
                    n_bytes,
                    sha256,
                    packing: String::new(),
                    name,
                    form,
                });
            }
            Inside::Member { name: inside, bytes } => {
                name = inside.to_ascii_lowercase();
                (bytes, format!("zip: {inside}"))
            }
            Inside::Other(looks_like) => return Err(something_else(looks_like, &name, file)),
        },
        _ => (packed, String::new()),
    };
    let form = form(&bytes, &packing, &name, file, limits)?;
    if bytes.is_empty() {
        return Err(empty());
    }
    Ok(Raw { bytes, n_bytes, sha256, packing, name, form })
}

/// The flags of a gzip header that have no meaning yet must be 0 (RFC 1952, 2.3.1.2).
fn check_gzip_head(packed: &[u8], file: &str) -> Result<(), LoadError> {
    match packed.get(3) {
        Some(flags) if flags & 0xE0 == 0 => Ok(()),
        _ => Err(LoadError::TruncatedArchive { file: file.to_owned() }),
    }
}

/// What the unpacked bytes are; refuses what is no table.
fn form(
    bytes: &[u8],
    packing: &str,
    name: &str,
    file: &str,
    limits: &Limits,
) -> Result<Form, LoadError> {
    let is_packed = !packing.is_empty();
    let other = |looks_like| Err(something_else(looks_like, name, file));
    match magic::content(bytes) {
        Content::Text => Ok(Form::Text),
        Content::Parquet => Ok(Form::Parquet),
        Content::Arrow => Ok(Form::Arrow),
        Content::OldOffice => Ok(Form::Book(Book::Xls)),
        Content::Other(looks_like) => other(looks_like),
        Content::Gzip if is_packed => other("a gzip archive inside another archive"),
        Content::Zstd if is_packed => other("a zstd archive inside another archive"),
        // A workbook in an archive of several files is a table like others.
        Content::Zip if packing.starts_with("zip") => {
            match archive::open(bytes, None, limits, file)? {
                Inside::Book(book) => Ok(Form::Book(book)),
                _ => other("a zip archive inside another archive"),
            }
        }
        Content::Zip | Content::Gzip | Content::Zstd => {
            other("a zip archive inside another archive")
        }
    }
}

fn something_else(looks_like: &'static str, name: &str, file: &str) -> LoadError {
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let expected = super::named::family(name).unwrap_or("CSV");
    LoadError::SomethingElse { file: file.to_owned(), looks_like, expected }
}

/// Whether a path is written like `https://...` or `s3://...`.
pub(super) fn is_address(path: &Path) -> bool {
    path.to_str().and_then(|text| text.split_once("://")).is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    })
}

/// The bytes of a regular file that does not change meanwhile, and their SHA-256.
fn whole(path: &Path, file: &str, limits: &Limits) -> Result<(Vec<u8>, Vec<u8>), LoadError> {
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
    let length = usize::try_from(before.len()).unwrap_or(usize::MAX);
    // Memory of zeros comes untouched from the system, but asking for it cannot fail softly.
    Vec::<u8>::new()
        .try_reserve_exact(length)
        .map_err(|_| unreadable("there is not enough memory for it"))?;
    let mut bytes = vec![0; length];
    let (n_read, hash) = fill(&mut handle, &mut bytes).map_err(broken)?;
    // A file that has grown has more to give.
    let is_longer = handle.read(&mut [0]).map_err(broken)? > 0;
    let after = handle.metadata().map_err(broken)?;
    if after.len() > limits.max_bytes {
        return Err(too_big(file, after.len(), limits));
    }
    if is_longer || n_read != length || !same(&before, &after) {
        return Err(LoadError::Changed { file: file.to_owned() });
    }
    Ok((bytes, hash))
}

/// Fills `bytes` as far as the file goes; gives how far that is, and the SHA-256.
fn fill(file: &mut File, bytes: &mut [u8]) -> std::io::Result<(usize, Vec<u8>)> {
    thread::scope(|scope| {
        let (sender, chunks) = mpsc::channel::<&[u8]>();
        let hasher = scope.spawn(move || {
            let mut sha256 = Sha256::new();
            for chunk in &chunks {
                sha256.update(chunk);
            }
            sha256.finalize().to_vec()
        });
        let mut n_read = 0;
        for chunk in bytes.chunks_mut(CHUNK) {
            let n = read_full(file, chunk)?;
            n_read += n;
            let whole = n == chunk.len();
            // The other end is open as long as the loop of the hasher runs.
            let _ = sender.send(&chunk[..n]);
            if !whole {
                break;
            }
        }
        drop(sender);
        let hash = hasher.join().map_err(|_| std::io::Error::other("the hash stopped"))?;
        Ok((n_read, hash))
    })
}

/// Reads until `chunk` is full or the file ends; how much was read.
pub(super) fn read_full(file: &mut File, chunk: &mut [u8]) -> std::io::Result<usize> {
    let mut n_read = 0;
    while n_read < chunk.len() {
        match file.read(&mut chunk[n_read..]) {
            Ok(0) => break,
            Ok(n) => n_read += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(n_read)
}

pub(super) fn same(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}

fn too_big(file: &str, found: u64, limits: &Limits) -> LoadError {
    LoadError::TooBig { file: file.to_owned(), what: "bytes", found, allowed: limits.max_bytes }
}

/// The system's reason in a stable wording.
pub(super) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        kind => kind.to_string(),
    }
}

/// Unpacks within the limits.
pub(super) fn unpack(
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
