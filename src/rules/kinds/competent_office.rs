//! The office that decides.

use super::{Kind, Says};

/// Decree 217/2026, 53; Decision 29/2025, 2; the laws before them.
pub static KIND: Kind = Kind {
    name: "competent_office",
    version: 1,
    says: Says::Office,
};

/// Whether a rule routes a case, or is another reading of the law that is shown beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// It routes.
    Routes,
    /// It is shown, and an officer can hand the case over.
    Shown,
}

impl Reading {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Routes, Self::Shown];

    /// The word for it in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routes => "routes",
            Self::Shown => "shown",
        }
    }

    /// The reading of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

/// The offices to which packs route.
pub const OFFICES: [&str; 5] = [
    "commune",
    "commune_of_larger_share",
    "district",
    "department_of_construction",
    "zone_board",
];
