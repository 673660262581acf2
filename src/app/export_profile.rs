//! The field profile by which an exported collection is imported elsewhere, its layers stated.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Error, Reference};
use crate::exchange::export::profile_of;
use crate::exchange::profile::Target;
use crate::planning::LayerCode;
use crate::store::Store;

/// Writes the profile of a collection of planning features, with the heads of all layers that have
/// such features, and answers how many layers.
///
/// # Errors
/// [`Error::Refused`] for parcels, which have no layer, or when the file cannot be written;
/// failures of the store.
pub fn export_profile(
    store: &Store,
    reference: &Reference,
    collection: Target,
    path: &Path,
) -> Result<usize, Error> {
    if collection == Target::Parcels {
        let reason = "parcels are of no planning layer, their profile is `parcels`";
        return Err(Error::Refused(reason.to_owned()));
    }
    let (_, mut layers) = store.layers()?;
    let codes: Vec<LayerCode> = layers.iter().map(|layer| layer.code.clone()).collect();
    let mut used = BTreeSet::new();
    store.features_of(&codes, &mut |feature| {
        if Target::of(&feature.kind) == collection {
            used.insert(feature.layer);
        }
    })?;
    layers.retain(|layer| used.contains(&layer.code));
    let text = profile_of(collection, &layers, &reference.city.planes)
        .map_err(|e| Error::internal("cannot write a profile", e))?;
    std::fs::write(path, text)
        .map_err(|e| Error::Refused(format!("`{}` cannot be written: {e}", path.display())))?;
    Ok(layers.len())
}
