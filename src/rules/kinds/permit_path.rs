//! The way to the permit, from exempt to repair only.

use super::{Kind, Says};

/// Law 135/2025, 43 and 44; Decree 217/2026, 50 to 52.
pub static KIND: Kind = Kind {
    name: "permit_path",
    version: 1,
    says: Says::Path,
};

/// A way to the permit, the freest first: of several that apply the last binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PermitPath {
    /// Nothing is asked for.
    Exempt,
    /// Exempt from the permit; the start is notified.
    Notice,
    /// A permit.
    Permit,
    /// A permit of limited term only.
    LimitedTerm,
    /// Repair only, nothing new.
    RepairOnly,
}

impl PermitPath {
    /// Every way, the freest first.
    pub const ALL: [Self; 5] = [
        Self::Exempt,
        Self::Notice,
        Self::Permit,
        Self::LimitedTerm,
        Self::RepairOnly,
    ];

    /// The word for it in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Notice => "notice",
            Self::Permit => "permit",
            Self::LimitedTerm => "limited_term",
            Self::RepairOnly => "repair_only",
        }
    }

    /// The way of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.as_str() == word)
    }
}
