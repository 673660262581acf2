//! The immutable snapshot of all parcels and planning layers, with its revision, and lookups on it.
//!
//! May not live here: writing, SQL, HTTP, the clock.

/// What a commit changed.
pub mod change;
/// What a lookup asks and what it answers.
pub mod question;

pub use change::{Changes, Edit, FeatureChange, ParcelChange, RegisterReader};
pub use question::{
    LookupAnswer, LookupQuestion, Match, MatchedBy, NothingHere, Suggestion, SuggestionKind,
};
