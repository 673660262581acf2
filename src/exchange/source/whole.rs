//! Whether a drawing in DGN reaches its own end: the format marks it, and a file cut short has lost
//! the mark.

use std::io::{BufReader, Read};
use std::path::Path;

/// Whether the elements of a DGN v7 file follow each other up to the mark of its end.
///
/// Each element begins with two bytes of level and type and two with its length in words (little
/// end first); the mark is two bytes of ones. Intergraph Standard File Formats, chapter 3.
///
/// # Errors
/// What the system says when the file cannot be read.
pub(super) fn dgn_reaches_its_end(path: &Path) -> std::io::Result<bool> {
    let mut file = BufReader::new(std::fs::File::open(path)?);
    loop {
        let mut head = [0; 2];
        if !filled(&mut file, &mut head)? {
            return Ok(false);
        }
        if head == [0xff, 0xff] {
            return Ok(true);
        }
        let mut words = [0; 2];
        if !filled(&mut file, &mut words)? {
            return Ok(false);
        }
        file.seek_relative(2 * i64::from(u16::from_le_bytes(words)))?;
    }
}

/// Whether there were as many bytes as asked for.
fn filled(from: &mut impl Read, bytes: &mut [u8]) -> std::io::Result<bool> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}
