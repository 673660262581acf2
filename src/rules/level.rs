//! The level of a pack, which decides what governs where several rules limit one quantity.

/// Level of precedence, the highest first.
///
/// Of the first two the higher that states a quantity replaces the lower. The zoning plan caps
/// storeys, heights and floor-area ratio of whatever governs. The national standard and the law cap
/// always, the standard except where it yields by its own text (QCVN 01:2021, 2.7.5 and 2.7.7).
/// Within one level the strictest binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Detailed plan 1/500 or separate urban design.
    DetailedPlan,
    /// Regulation of architecture.
    ArchitectureRegulation,
    /// Zoning plan 1/2000.
    Zoning,
    /// National technical standard.
    NationalStandard,
    /// Law, decree, or a decision about procedure.
    Law,
}

impl Level {
    /// Every level, the highest first.
    pub const ALL: [Self; 5] = [
        Self::DetailedPlan,
        Self::ArchitectureRegulation,
        Self::Zoning,
        Self::NationalStandard,
        Self::Law,
    ];

    /// The word for it in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DetailedPlan => "detailed_plan",
            Self::ArchitectureRegulation => "architecture_regulation",
            Self::Zoning => "zoning",
            Self::NationalStandard => "national_standard",
            Self::Law => "law",
        }
    }

    /// The level of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}
