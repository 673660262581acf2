//! Planning as data: themes, layers, restrictions, plan units, rights of way, corridors.
//!
//! May not live here: deciding whether a building is allowed.

/// A layer: coverage, as-of date, accuracy, law status, provisions, office.
pub mod layer;
/// Plan units, rights of way, corridors and restrictions: the features of a layer.
pub mod feature;
/// The themes that must exist for a city.
pub mod catalogue;

pub use catalogue::{CatalogueTheme, Demands, InvalidCatalogue, ThemeCatalogue};
pub use feature::{
    Corridor, CorridorKind, FeatureId, FeatureKind, PlanFeature, PlanIndices, PlanUnit, RightOfWay,
};
pub use layer::{LawStatus, Layer, LayerCode, LayerCondition, LegalProvision, Office, Theme};
