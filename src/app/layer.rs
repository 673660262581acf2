//! The planning layers of a register, and the withdrawal of one.

use std::collections::BTreeSet;

use super::{Error, Reference};
use crate::cadastre::{Day, Instant, Revision};
use crate::land::{Edit, FeatureChange};
use crate::planning::{FeatureId, Layer, LayerCode};
use crate::store::{CityDisplay, Store};

/// A layer that the register holds.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerEntry {
    /// Its head.
    pub layer: Layer,
    /// Features that it has on the day asked for.
    pub features: usize,
}

/// What a withdrawal is asked for.
#[derive(Debug, Clone)]
pub struct WithdrawalOrder {
    /// The layer.
    pub layer: LayerCode,
    /// First day on which it says nothing any more. On or before its first day, it never did.
    pub from: Day,
    /// Who withdraws it: the audit keeps it.
    pub officer: String,
    /// Why, without personal values: the audit keeps it.
    pub reason: String,
}

/// What a withdrawal did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The revision that records it.
    pub revision: Revision,
    /// Features that ended with the layer.
    pub ended: usize,
}

/// Dataset, and so the chain of the audit, of all withdrawals.
pub const WITHDRAWALS: &str = "layer-withdrawals";

/// The layers of a register, by code, with their features on a day.
///
/// # Errors
/// What the store fails with.
pub fn list_layers(store: &Store, day: Day) -> Result<Vec<LayerEntry>, Error> {
    let (_, mut layers) = store.layers()?;
    layers.sort_by(|a, b| a.code.cmp(&b.code));
    let mut entries = Vec::with_capacity(layers.len());
    for layer in layers {
        let mut ids = BTreeSet::new();
        store.features_of(std::slice::from_ref(&layer.code), &mut |feature| {
            if feature.lifespan.valid.has(day) {
                ids.insert(feature.id);
            }
        })?;
        let features = ids.len();
        entries.push(LayerEntry { layer, features });
    }
    Ok(entries)
}

/// Withdraws a layer from a day on, with all its features, as one revision: answers for days
/// before are as they were, and every version stays in the register.
///
/// # Errors
/// [`Error::Refused`] for a layer that the register does not hold, or that has been withdrawn by
/// that day; [`Error::Stale`] when somebody else wrote in between; what the store fails with.
pub fn withdraw_layer(
    store: &Store,
    reference: &Reference,
    order: &WithdrawalOrder,
    now: Instant,
) -> Result<Withdrawal, Error> {
    let (newest, layers) = store.layers()?;
    let known: Vec<String> = layers.iter().map(|layer| layer.code.to_string()).collect();
    let held = layers.into_iter().find(|layer| layer.code == order.layer);
    let held = held.ok_or_else(|| not_held(&order.layer, &known))?;
    if let Some(withdrawn) = held.withdrawn.filter(|day| *day <= order.from) {
        return Err(Error::Refused(format!(
            "planning layer `{}` is withdrawn from {withdrawn} on already, expected an earlier day \
             than that, or nothing",
            held.code
        )));
    }
    let ending = ending(store, &order.layer, order.from)?;
    let close = |id: &FeatureId| FeatureChange::Close {
        layer: order.layer.clone(),
        id: *id,
        to: order.from,
    };
    let edit = Edit {
        based_on: Some(newest),
        dataset: WITHDRAWALS.to_owned(),
        summary: format!(
            "layer `{}` is withdrawn from {} on by {}: {}",
            order.layer, order.from, order.officer, order.reason
        ),
        features: ending.iter().map(close).collect(),
        layers: vec![Layer {
            withdrawn: Some(order.from),
            ..held
        }],
        ..Edit::default()
    };
    let city = &reference.city;
    let display = CityDisplay::new(&city.planes, &city.transforms)
        .map_err(|e| Error::internal("cannot set up the display geometry", e))?;
    Ok(Withdrawal {
        revision: store.commit(&edit, now, &display)?,
        ended: ending.len(),
    })
}

/// The features of a layer that go on, or begin, on a day or later.
fn ending(store: &Store, layer: &LayerCode, day: Day) -> Result<BTreeSet<FeatureId>, Error> {
    let mut ending = BTreeSet::new();
    store.features_of(std::slice::from_ref(layer), &mut |feature| {
        if feature.lifespan.valid.to.is_none_or(|to| to > day) {
            ending.insert(feature.id);
        }
    })?;
    Ok(ending)
}

fn not_held(layer: &LayerCode, known: &[String]) -> Error {
    let expected = if known.is_empty() {
        "it holds none".to_owned()
    } else {
        format!("expected one of: {}", known.join(", "))
    };
    Error::Refused(format!(
        "the register has no planning layer `{layer}`, {expected}"
    ))
}
