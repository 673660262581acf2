//! Land-use lines of a parcel and the dated table of their purpose codes.

use super::{Day, RegisteredArea};

/// A land-use purpose code such as `ODT`: two to four upper-case ASCII letters, as written on the
/// map or certificate; whether it was in the table on a day is asked separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LandUseCode([u8; 4]);

impl LandUseCode {
    /// Reads a code; lower case is accepted.
    ///
    /// # Errors
    /// [`super::InvalidKey`] when the text is not two to four ASCII letters.
    pub fn parse(text: &str) -> Result<Self, super::InvalidKey> {
        let trimmed = text.trim();
        let mut code = [b' '; 4];
        if (2..=4).contains(&trimmed.len()) && trimmed.bytes().all(|b| b.is_ascii_alphabetic()) {
            for (slot, byte) in code.iter_mut().zip(trimmed.bytes()) {
                *slot = byte.to_ascii_uppercase();
            }
            Ok(Self(code))
        } else {
            Err(super::InvalidKey {
                what: "land-use code",
                value: text.to_owned(),
                expected: "two to four letters such as ODT",
            })
        }
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("").trim_end()
    }
}

/// Whether a line is used by one holder or in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UseForm {
    /// Sử dụng riêng.
    Private,
    /// Sử dụng chung.
    Common,
}

/// One line of a parcel's land use: purpose, area, origin, form and term.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LandUseLine {
    /// Purpose.
    pub code: LandUseCode,
    /// Area under this purpose, when the source states it.
    pub area: Option<RegisteredArea>,
    /// Origin class such as `CNQ-CTT`, as written.
    pub origin: Option<Box<str>>,
    /// Private or common use.
    pub form: Option<UseForm>,
    /// Last day of the term; absent for long-term use or when unknown.
    pub until: Option<Day>,
}
