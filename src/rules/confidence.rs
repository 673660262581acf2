//! How sure a source is: read in a text, or known and not yet confirmed against one.

use super::pack::BothTexts;

/// How sure a source is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Read in the gazette or a certified copy.
    Gazette,
    /// Read in a public transcription of the text.
    Transcribed,
    /// Generally known and hardly in doubt, not confirmed against a text.
    KnownHigh,
    /// Generally known, not confirmed against a text.
    KnownMedium,
    /// Remembered, perhaps wrong.
    KnownLow,
    /// Not known: what depends on it is unknown.
    Unconfirmed,
}

/// A confidence with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// How sure.
    pub confidence: Confidence,
    /// Why so.
    pub reason: BothTexts,
}

impl Confidence {
    /// Every grade, the surest first.
    pub const ALL: [Self; 6] = [
        Self::Gazette,
        Self::Transcribed,
        Self::KnownHigh,
        Self::KnownMedium,
        Self::KnownLow,
        Self::Unconfirmed,
    ];

    /// The word for it in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gazette => "gazette",
            Self::Transcribed => "transcribed",
            Self::KnownHigh => "known_high",
            Self::KnownMedium => "known_medium",
            Self::KnownLow => "known_low",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// The grade of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.as_str() == word)
    }

    /// Whether somebody has read the text: what rests on anything less says so.
    pub const fn is_confirmed(self) -> bool {
        matches!(self, Self::Gazette | Self::Transcribed)
    }
}
