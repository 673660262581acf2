//! What a commit changed: read by the store, applied to the snapshot as a difference.

use super::RightsEdit;
use crate::cadastre::{
    Day, Instant, Lineage, Parcel, ParcelVersion, Revision, VersionId, Ward, WardSuccession,
};
use crate::planning::{FeatureId, Layer, LayerCode, PlanFeature};

/// What an order asks the register to write, in one transaction and one new revision.
///
/// The store turns it into rows with two times and never overwrites: a superseded row is closed in
/// recorded time, and what was true of it until `from` is written again with that end.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// The revision that must still be the newest when the edit is written, for an edit that was
    /// made by comparing with what the register held.
    pub based_on: Option<Revision>,
    /// Dataset the edit comes from, such as `demo` or a file's dataset name.
    pub dataset: String,
    /// What happened, for the list of revisions; no personal data.
    pub summary: String,
    /// Parcels, each with the change asked for.
    pub parcels: Vec<ParcelChange>,
    /// Lineage edges to record.
    pub lineage: Vec<Lineage>,
    /// Layers to write or replace as a whole (their head, not their features).
    pub layers: Vec<Layer>,
    /// Planning features, each with the change asked for; those of one feature in their order.
    pub features: Vec<FeatureChange>,
    /// Wards to write.
    pub wards: Vec<Ward>,
    /// Crosswalk rows to write.
    pub successions: Vec<WardSuccession>,
    /// Who holds what: for the store alone, neither [`Changes`] nor a land ever holds it.
    pub rights: RightsEdit,
}

/// One change of one parcel.
#[derive(Debug, Clone)]
pub enum ParcelChange {
    /// A parcel that the register did not hold, with a history if its valid time is closed.
    Open {
        /// The parcel.
        parcel: Parcel,
        /// First day.
        from: Day,
        /// First day after, when it is already over.
        to: Option<Day>,
    },
    /// The parcel is different from a day on; on or before the version's first day, the version
    /// was wrong and is corrected as a whole.
    Supersede {
        /// The version that stops being the current knowledge.
        version: VersionId,
        /// The parcel from then on.
        parcel: Parcel,
        /// First day of the new state.
        from: Day,
    },
    /// The parcel ends: split, merged, retired.
    Close {
        /// The version that ends.
        version: VersionId,
        /// First day on which it is no more.
        to: Day,
    },
}

/// One change of one planning feature.
#[derive(Debug, Clone)]
pub enum FeatureChange {
    /// A new feature, or a new version of one that is held: `feature.lifespan.valid` says when,
    /// and on these days it takes the place of whatever held.
    Open(Box<PlanFeature>),
    /// The feature ends, with all its versions from that day on.
    Close {
        /// Layer.
        layer: LayerCode,
        /// Feature.
        id: FeatureId,
        /// First day on which it is no more.
        to: Day,
    },
}

impl FeatureChange {
    /// The feature, and the layer it is of.
    pub fn feature(&self) -> (FeatureId, &LayerCode) {
        match self {
            Self::Open(feature) => (feature.id, &feature.layer),
            Self::Close { layer, id, .. } => (*id, layer),
        }
    }
}

/// The difference between two revisions, as a server applies it to its snapshot.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The state after.
    pub to: Revision,
    /// When the newest revision was recorded.
    pub recorded_at: Option<Instant>,
    /// Versions written or closed since, each as it now stands: one whose recorded interval is
    /// closed leaves the snapshot, any other replaces the one with the same key or is new.
    pub parcels: Vec<ParcelVersion>,
    /// New lineage edges.
    pub lineage: Vec<Lineage>,
    /// Layers whose head was written since.
    pub layers: Vec<Layer>,
    /// Planning features written or closed since, with the same meaning as `parcels`.
    pub features: Vec<PlanFeature>,
    /// Wards written since.
    pub wards: Vec<Ward>,
    /// Crosswalk rows written since.
    pub successions: Vec<WardSuccession>,
}

/// A kind of what the register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// Wards.
    Ward,
    /// Rows of the crosswalk.
    Succession,
    /// Heads of layers.
    Layer,
    /// Versions of planning features.
    Feature,
    /// Edges of the lineage.
    Lineage,
    /// Versions of parcels.
    Parcel,
}

/// Who reads the whole register, one record after the other, as the store streams it.
///
/// The order is fixed: wards, successions, layers, features, lineage, then parcels.
pub trait RegisterReader {
    /// Whether it reads records of a kind at all; what it does not, the store does not read either.
    fn wants(&self, _: RecordKind) -> bool {
        true
    }
    /// A ward, of today or of before.
    fn ward(&mut self, ward: Ward);
    /// A row of the crosswalk.
    fn succession(&mut self, succession: WardSuccession);
    /// The head of a layer; comes before its features.
    fn layer(&mut self, layer: Layer);
    /// A version of a planning feature.
    fn feature(&mut self, feature: PlanFeature);
    /// An edge of the lineage.
    fn lineage(&mut self, lineage: Lineage);
    /// A version of a parcel.
    fn parcel(&mut self, parcel: ParcelVersion);
}
