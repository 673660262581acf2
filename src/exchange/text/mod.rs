//! Text of a source in whatever encoding it has, turned into the composed form of Unicode.

/// The encodings, and turning bytes into text.
mod encoding;
/// Which encoding the bytes look like; only ever a suggestion.
mod suggestion;
/// TCVN 5712 (ABC).
mod tcvn3;
/// VNI for Windows.
mod vni;

pub use encoding::{Encoding, NotInEncoding};
pub use suggestion::suggest;
