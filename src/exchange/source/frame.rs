//! What parent and child say to each other over pipes: bounded frames of postcard.

use std::io::{self, Read, Write};

use super::feature::{Layer, RawGeometry, Value};
use super::format::Format;
use super::limits::Limits;

/// A file to open, with what must still be true of it when the child opens it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct FileToOpen {
    /// Path, as bytes.
    pub path: Vec<u8>,
    /// Name under which GDAL sees it.
    pub name: String,
    /// Device and inode.
    pub identity: (u64, u64),
    /// Length in bytes.
    pub length: u64,
    /// Last written: seconds and nanoseconds since 1970.
    pub modified: (i64, i64),
}

/// What the parent asks.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) enum Order {
    /// Open these files; the first is the one to read.
    Open {
        files: Vec<FileToOpen>,
        format: Format,
        limits: Limits,
    },
    /// Send all features of a layer.
    Read { layer: u32 },
}

/// What the child was made unable to do, found by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Confinement {
    /// It cannot make a socket.
    pub no_socket: bool,
    /// It cannot open a file.
    pub no_open: bool,
    /// It cannot start a process.
    pub no_process: bool,
    /// It is not root.
    pub not_root: bool,
}

/// A feature on the wire; the names of its fields went ahead with the layer.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct WireFeature {
    pub number: i64,
    pub values: Vec<Value>,
    pub geometry: Option<RawGeometry>,
}

/// What the child answers.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) enum Answer {
    /// The file is open.
    Opened {
        layers: Vec<Layer>,
        confinement: Confinement,
    },
    /// Some features.
    Features(Vec<WireFeature>),
    /// The layer is at its end.
    End { features: u64 },
    /// The reading library complained without failing.
    Said(String),
    /// It did not work; the file is to blame as far as the child can see.
    Failed(String),
    /// The file is not the one that the parent looked at.
    Changed,
    /// The child could not be confined, so it opened nothing.
    NotConfined(String),
}

/// Sends one frame: four bytes of length, little end first, then postcard.
pub(super) fn send<T: serde::Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// Receives one frame; nothing at the end of the stream.
///
/// # Errors
/// `InvalidData` for a frame longer than `limit` or one that does not decode.
pub(super) fn receive<T: serde::de::DeserializeOwned>(
    from: &mut impl Read,
    limit: u32,
) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    let invalid = |text: String| io::Error::new(io::ErrorKind::InvalidData, text);
    if length > limit {
        return Err(invalid(format!(
            "a frame of `{length}` bytes, at most `{limit}` expected"
        )));
    }
    let mut bytes = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() < length as usize {
        return Ok(None);
    }
    postcard::from_bytes(&bytes)
        .map(Some)
        .map_err(|e| invalid(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_beyond_its_limit_or_cut_short_is_not_read() {
        let mut bytes = Vec::new();
        send(&mut bytes, &Answer::Said("x".repeat(100))).expect("fits");
        assert!(receive::<Answer>(&mut bytes.as_slice(), 1000).is_ok_and(|a| a.is_some()));
        assert!(receive::<Answer>(&mut bytes.as_slice(), 50).is_err());
        assert!(receive::<Answer>(&mut &bytes[..60], 1000).is_ok_and(|a| a.is_none()));
        let lie = [5, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0x7f];
        assert!(receive::<Answer>(&mut lie.as_slice(), 1000).is_err());
    }
}
