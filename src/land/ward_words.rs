//! A ward as somebody names it.

use crate::cadastre::WardKind;

/// A ward as somebody names it, folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct WardWords {
    /// Name without its kind, or a code of five digits.
    pub(super) name: String,
    pub(super) kind: Option<WardKind>,
    /// District without its kind, when it was named as one.
    pub(super) district: Option<String>,
    /// What of it is said to be of before.
    pub(super) of_before: OfBefore,
}

/// What a word like `cũ` says to be of before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum OfBefore {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// The district, which all are; a ward of before is meant before one of today.
    District,
    /// The ward itself.
    Ward,
}
