//! Text of a source in whatever encoding it has, turned into the composed form of Unicode, and read
//! as a number.

/// The encodings, and turning bytes into text.
mod encoding;
/// Numbers as people write them.
mod number;
/// Which encoding the bytes look like; only ever a suggestion.
mod suggestion;
/// TCVN 5712 (ABC).
mod tcvn3;
/// VNI for Windows.
mod vni;

pub use encoding::{Encoding, NotInEncoding};
pub use number::{DecimalSign, Written};
pub use suggestion::{suggest, suggest_instead};
