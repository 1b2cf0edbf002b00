//! SHA-256 as `sha256sum` prints it, so that anybody can check a manifest.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::ExportError;
use crate::format::hex;

/// The checksum of `bytes`, 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The checksum of the file at `path`.
///
/// # Errors
///
/// The file cannot be read.
pub fn sha256_of_file(path: &Path) -> Result<String, ExportError> {
    let wrong = |error: std::io::Error| ExportError::io(path, &error);
    let mut file = File::open(path).map_err(wrong)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(wrong)?;
        if n == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..n]);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_equals_the_published_vector() {
        // FIPS 180-2, appendix B.1: "abc".
        assert_eq!(
            super::sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
