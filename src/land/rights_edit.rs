//! What an edit says of who holds what: for the store alone, no land ever holds it.

use crate::cadastre::{BaUnit, Day, Party, PersonalValues, Rrr, VersionId};

/// Parties, units and rights to write, in the transaction of the edit they are part of.
#[derive(Debug, Clone, Default)]
pub struct RightsEdit {
    /// Parties that the register did not hold.
    pub parties: Vec<NewParty>,
    /// Units, each with the change asked for.
    pub units: Vec<VersionChange<BaUnit>>,
    /// Rights, restrictions and responsibilities, each with the change asked for.
    pub rights: Vec<VersionChange<Rrr>>,
}

impl RightsEdit {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.units.is_empty() && self.rights.is_empty()
    }
}

/// A party with who it is.
#[derive(Debug, Clone)]
pub struct NewParty {
    /// The party.
    pub party: Party,
    /// Who it is; the store keeps it as ciphertext under a key of its own.
    pub values: PersonalValues,
}

/// One change of one thing that has versions.
#[derive(Debug, Clone)]
pub enum VersionChange<T> {
    /// A version on days that no other version of the thing holds.
    Open {
        /// The thing.
        record: T,
        /// First day.
        from: Day,
        /// First day after, when it is already over.
        to: Option<Day>,
    },
    /// The thing is different from a day on; on or before the version's first day, the version
    /// was wrong and is corrected as a whole.
    Supersede {
        /// The version that stops being the current knowledge.
        version: VersionId,
        /// The thing from then on.
        record: T,
        /// First day of the new state.
        from: Day,
    },
    /// The thing ends; on its version's first day, it never was.
    Close {
        /// The version that ends.
        version: VersionId,
        /// First day on which it is no more.
        to: Day,
    },
}
