//! The layers that were consulted for a site.

use crate::land::extract::{Extract, GapReason, LayerState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A layer that was consulted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteLayer {
    /// Code.
    pub code: Box<str>,
    /// Its theme.
    pub theme: Box<str>,
    /// The day up to which it is known to be right, YYYY-MM-DD.
    pub as_of: Box<str>,
    /// Accuracy of its geometry, in millimetres.
    pub accuracy_mm: u32,
    /// Why it cannot be believed on the day, when it cannot.
    pub not_believed: Option<GapReason>,
    /// Whether it speaks for all of the parcels.
    pub covers_all: bool,
    /// How many of its features were found on the parcels.
    pub found: u32,
    /// The hash of all that the register holds of it, in evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Box<str>>,
}

/// The layers consulted for the parcels of a site, by code.
pub(super) fn layers(extracts: &[Extract<'_>]) -> Vec<SiteLayer> {
    let mut layers: BTreeMap<&str, SiteLayer> = BTreeMap::new();
    for extract in extracts {
        let twice_mm2 = extract.shape.twice_area();
        for theme in &extract.themes {
            for consulted in &theme.layers {
                let layer = consulted.layer;
                let of_layer = theme.restrictions.iter().chain(&theme.contacts);
                let of_layer = of_layer.filter(|found| found.layer.code == layer.code);
                let found: usize = of_layer.map(|found| found.features.len()).sum();
                let code = &*layer.code.0;
                let known = layers.entry(code).or_insert_with(|| SiteLayer {
                    code: code.into(),
                    theme: layer.theme.0.clone(),
                    as_of: layer.as_of.to_string().into(),
                    accuracy_mm: layer.accuracy_mm,
                    not_believed: match consulted.state {
                        LayerState::Speaks => None,
                        LayerState::Not(reason) => Some(reason),
                    },
                    covers_all: true,
                    found: 0,
                    content: None,
                });
                known.covers_all &= consulted.twice_mm2 == twice_mm2;
                known.found += u32::try_from(found).unwrap_or(u32::MAX);
            }
        }
    }
    layers.into_values().collect()
}
