//! What keeps it from being known what may be built: of the lot, and of its limits.

use crate::rules::facts::InvalidFact;
use crate::rules::kinds::Quantity;
use crate::rules::limits::Limit;
use crate::rules::parameter::Parameter;
use crate::rules::site::{Open, Site};

/// A limit that does not say how a building may be shaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// What is limited.
    pub quantity: Quantity,
    /// Why it does not say.
    pub reason: LackingReason,
}

impl Lacking {
    pub(super) fn of(limit: &Limit<'_>, reason: LackingReason) -> Self {
        Self {
            quantity: limit.quantity.clone(),
            reason,
        }
    }
}

/// Why a limit does not say how a building may be shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LackingReason {
    /// Something of the site is not known.
    Unknown,
    /// The text is not known.
    Unconfirmed,
    /// The text leaves it to an officer.
    Officer,
    /// It is known, and this program does not measure it.
    NotMeasured,
    /// It is known, and which edges of the lot it is measured from is not.
    NoEdges,
    /// The shape is finer than the grid of millimetres.
    NotDrawn,
    /// It is asked with an added storey, and the table adds none here for certain.
    NoAddedStorey,
}

impl LackingReason {
    /// The word for it in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Unconfirmed => "unconfirmed",
            Self::Officer => "officer",
            Self::NotMeasured => "not_measured",
            Self::NoEdges => "no_edges",
            Self::NotDrawn => "not_drawn",
            Self::NoAddedStorey => "no_added_storey",
        }
    }
}

/// What keeps the lot from being known.
pub(super) fn gaps(site: &Site) -> Result<Vec<&'static str>, InvalidFact> {
    let mut gaps = Vec::new();
    // Whether anything may be built on such land is not for numbers to say.
    if site.open.contains(&Open::Recovered) {
        gaps.push("recovered");
    }
    if site.open.contains(&Open::Disputed) {
        gaps.push("disputed");
    }
    if site.open.contains(&Open::Overlapped) {
        gaps.push("overlapped");
    }
    if site.roads_unknown.is_some() {
        gaps.push("roads_without_data");
    }
    if site.corridors_unknown.is_some() {
        gaps.push("corridors_without_data");
    }
    if !site.lot.is_one_piece() {
        gaps.push("lot_in_pieces");
    }
    if gaps.is_empty() && site.lot.fronts.is_empty() {
        gaps.push("no_red_line");
    }
    // Nobody knows which part of the parcel a house may stand on.
    if gaps.is_empty() && site.facts()?.find(Parameter::LotArea).is_none() {
        gaps.push("partly_residential");
    }
    Ok(gaps)
}
