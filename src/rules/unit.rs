//! Units of parameters and limits; a pack names the unit of each limit, and another is refused.

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Metres.
    Metre,
    /// Square metres.
    SquareMetre,
    /// Hundredths of a whole.
    Percent,
    /// Floor area per area of the lot.
    Times,
    /// Storeys.
    Storeys,
    /// Years.
    Years,
    /// Kilovolts of nominal voltage.
    Kilovolt,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 7] = [
        Self::Metre,
        Self::SquareMetre,
        Self::Percent,
        Self::Times,
        Self::Storeys,
        Self::Years,
        Self::Kilovolt,
    ];

    /// The word for it in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metre => "m",
            Self::SquareMetre => "m2",
            Self::Percent => "%",
            Self::Times => "times",
            Self::Storeys => "storeys",
            Self::Years => "years",
            Self::Kilovolt => "kV",
        }
    }

    /// The unit of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == word)
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
