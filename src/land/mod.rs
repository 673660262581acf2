//! The immutable snapshot of all parcels and planning layers, with its revision, and lookups on it.
//!
//! May not live here: writing to the store, SQL, HTTP, the clock.

/// What a commit changed.
pub mod change;
/// Who holds what, on its way to the store.
mod rights_edit;
/// What a lookup asks and what it answers.
pub mod question;
/// The land itself.
pub mod snapshot;
/// Building a land from the whole register.
pub mod build;
/// Layers, features, wards, and parcels side by side.
mod contents;
/// Applying a difference, and making a new base.
mod apply;
/// Parcel versions that never change in place.
mod bulk;
/// The edits made since the base.
mod overlay;
/// The content of a layer as one hash.
mod layer_content;
/// Where parcels are held.
mod held;
/// Attributes, a packed row for each version.
mod columns;
/// The packed row.
mod row;
/// Shapes in columns.
mod shapes;
/// Rows with more than one ring.
mod compound;
/// Repeated values, kept once.
mod texts;
/// Series of parcel numbers.
mod series;
/// Rows in the order of a key.
mod order;
/// Wards of today and of before.
mod wards;
/// A ward as somebody names it.
mod ward_words;
/// Districts and provinces of before.
mod districts;
/// Planning layers and features by place.
mod plans;
/// Where each planning layer speaks.
mod coverage;
/// The streets on which land fronts.
pub mod frontage;
/// What applies to a parcel.
pub mod extract;
/// Planning features by key.
mod plan_order;
/// Lineage from both sides.
mod succession;
/// A land as a file.
pub mod file;
/// What begins or ends between two days.
pub mod turn;
/// As it would be with other planning features.
pub mod supposed;
/// Of which parcels a difference can change what applies to them.
mod touched;
/// Versions as they stand, for answers.
pub mod entry;
/// Parcels as a map draws them.
pub mod drawing;
/// Lookups by position, key and text.
mod lookup;
/// Collections as others read them.
pub mod items;
/// Conditions on items.
pub mod filter;

pub use build::LandBuilder;
pub use change::{Changes, Edit, FeatureChange, ParcelChange, RecordKind, RegisterReader};
pub use contents::PlanState;
pub use drawing::{Lot, LotNumber, LotPart};
pub use entry::{Entry, EntryIdentifier, EntryKey, EntryLine};
pub use file::SnapshotError;
pub use question::{
    Answered, Found, Hit, LookupAnswer, LookupError, LookupQuestion, Match, MatchedBy, NamedWard,
    NothingHere, ReadAs, ReadWard, Suggestion, SuggestionKind, WardOutcome,
};
pub use rights_edit::{NewParty, RightsEdit, VersionChange};
pub use shapes::Rings;
pub use snapshot::{City, Land, LandSize};
pub use supposed::{Near, Supposed, Supposition, Wanted};
pub use touched::Touched;
pub use turn::{TurnedFeature, TurnedParcel, Turning};
pub use wards::full_name;
