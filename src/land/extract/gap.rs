//! Why nothing can be said of a parcel, or of a part of it.

use super::Site;
use crate::cadastre::Day;
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::{difference, intersection};
use crate::land::coverage::Reach;
use crate::land::plans::Reached;
use crate::land::snapshot::Land;
use crate::planning::{Layer, LayerCondition, ThemeCatalogue};

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapReason {
    /// The register has no layer of the theme.
    LayerMissing,
    /// No layer of the theme speaks there.
    OutsideCoverage,
    /// The layer says nothing any more on that day, and none that began then took its place.
    Withdrawn,
    /// The layer is known to be right up to a day too long before.
    Stale,
    /// What the layer knows begins only after that day.
    BeforeFirstDay,
    /// The layer does not bind, so that what it leaves free may yet be bound.
    NotInForce,
    /// Nobody has looked at the layer yet.
    Unreviewed,
    /// Features of the layer stayed out when it was taken in; or, of no layer, the outline of the
    /// parcel is not valid, so that nothing can be compared with it.
    Failed,
}

/// Whether what a layer says, and what it leaves out, can be believed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerState {
    /// It can.
    Speaks,
    /// Not, for this reason.
    Not(GapReason),
}

/// A layer of a theme, and what it can say of a parcel.
#[derive(Debug)]
pub struct Consulted<'l> {
    /// Its head.
    pub layer: &'l Layer,
    /// Whether it can be believed.
    pub state: LayerState,
    /// First day on which it knows anything.
    pub first_day: Option<Day>,
    pub(super) reach: Reach,
    /// Twice the area of the parcel about which it speaks, in mm².
    pub twice_mm2: i128,
}

/// Land of which nothing can be said.
#[derive(Debug, Clone, Copy)]
pub struct Gap<'l> {
    /// Why.
    pub reason: GapReason,
    /// Which layer, when it is one layer's doing.
    pub layer: Option<&'l Layer>,
    /// Twice the area of the parcel of which that is so, in mm²; zero for what is narrower than
    /// the grid.
    pub twice_mm2: i128,
}

impl Land {
    pub(super) fn consult<'l>(
        &'l self,
        site: &Site<'_>,
        layer: &'l Layer,
        catalogue: &ThemeCatalogue,
        date: Day,
        reached: &mut Reached,
    ) -> Consulted<'l> {
        let listed = catalogue.themes().iter();
        let listed = listed.clone().find(|theme| theme.theme == layer.theme);
        let demands = catalogue.demands(listed);
        let first_day = self.plans.first_day(layer);
        let state = if !layer.speaks_on(date) {
            LayerState::Not(GapReason::Withdrawn)
        } else if first_day.is_none_or(|first| date < first) {
            LayerState::Not(GapReason::BeforeFirstDay)
        } else if layer.condition == LayerCondition::Failed {
            LayerState::Not(GapReason::Failed)
        } else if layer.condition == LayerCondition::Unreviewed {
            LayerState::Not(GapReason::Unreviewed)
        } else if demands.is_stale(layer.as_of, date) {
            LayerState::Not(GapReason::Stale)
        } else if !demands.counts(layer.law_status) {
            LayerState::Not(GapReason::NotInForce)
        } else {
            LayerState::Speaks
        };
        let reach = if site.is_valid {
            let area = (site.plane, site.shape);
            self.plans.reach(layer, area, reached)
        } else {
            Reach::Nothing
        };
        Consulted {
            layer,
            state,
            first_day,
            twice_mm2: reach.twice_mm2(site),
            reach,
        }
    }
}

/// What of a parcel none of its theme's layers can be believed about.
pub(super) fn gaps<'l>(site: &Site<'_>, layers: &[Consulted<'l>]) -> Vec<Gap<'l>> {
    let all = |reason| {
        vec![Gap {
            reason,
            layer: None,
            twice_mm2: site.twice_mm2,
        }]
    };
    if layers.is_empty() {
        return all(GapReason::LayerMissing);
    }
    if !site.is_valid {
        return all(GapReason::Failed);
    }
    let known = layers.iter().filter(|consulted| consulted.is_known());
    let open = Reach::Whole.without(site, known.map(|consulted| &consulted.reach));
    let mut gaps = Vec::new();
    let mut explained = Vec::new();
    for consulted in layers {
        let LayerState::Not(reason) = consulted.state else {
            continue;
        };
        let lost = match reason {
            GapReason::Stale | GapReason::Unreviewed | GapReason::Failed => consulted.reach.clone(),
            GapReason::Withdrawn => consulted.not_replaced(site, layers),
            _ => consulted.reach.within(site, &open),
        };
        if lost != Reach::Nothing {
            gaps.push(Gap {
                reason,
                layer: Some(consulted.layer),
                twice_mm2: lost.twice_mm2(site),
            });
        }
        explained.push(lost);
    }
    let outside = open.without(site, explained.iter());
    if outside != Reach::Nothing {
        gaps.push(Gap {
            reason: GapReason::OutsideCoverage,
            layer: None,
            twice_mm2: outside.twice_mm2(site),
        });
    }
    gaps
}

impl Consulted<'_> {
    /// Whether it says what holds where it speaks, though perhaps not all, or what held too long
    /// ago.
    fn is_known(&self) -> bool {
        matches!(
            self.state,
            LayerState::Speaks
                | LayerState::Not(GapReason::Stale | GapReason::Unreviewed | GapReason::Failed)
        )
    }

    /// What of a withdrawn layer no layer covers that began when it ended or later.
    fn not_replaced(&self, site: &Site<'_>, layers: &[Consulted<'_>]) -> Reach {
        let ended = self.layer.withdrawn;
        let replaces =
            |other: &&Consulted<'_>| other.state == LayerState::Speaks && other.first_day >= ended;
        let successors = layers.iter().filter(replaces);
        self.reach
            .without(site, successors.map(|other| &other.reach))
    }
}

impl Reach {
    fn twice_mm2(&self, site: &Site<'_>) -> i128 {
        match self {
            Self::Whole => site.twice_mm2,
            Self::Part(part) => part.twice_area().min(site.twice_mm2),
            Self::Nothing => 0,
        }
    }

    /// The part of a parcel, as a shape.
    fn drawn<'r>(&'r self, site: &'r Site<'_>) -> &'r [crate::geometry::Polygon] {
        match self {
            Self::Whole => &site.shape.0,
            Self::Part(part) => &part.0,
            Self::Nothing => &[],
        }
    }

    /// What is left of it without others. One part alone never makes a whole, so what it leaves
    /// stays, even when that is narrower than the grid.
    fn without<'r>(&self, site: &Site<'_>, others: impl Iterator<Item = &'r Reach>) -> Self {
        let others: Vec<&Reach> = others.filter(|other| **other != Self::Nothing).collect();
        if others.is_empty() || *self == Self::Nothing {
            return self.clone();
        }
        if others.contains(&&Self::Whole) {
            return Self::Nothing;
        }
        let taken = others.iter().flat_map(|other| other.drawn(site)).cloned();
        let own = MultiPolygon(self.drawn(site).to_vec());
        let left = difference(&own, &MultiPolygon(taken.collect()));
        if left.0.is_empty() && !(others.len() == 1 && *self == Self::Whole) {
            return Self::Nothing;
        }
        Self::Part(left)
    }

    /// What it has in common with another.
    fn within(&self, site: &Site<'_>, other: &Self) -> Self {
        match (self, other) {
            (Self::Nothing, _) | (_, Self::Nothing) => Self::Nothing,
            (Self::Whole, _) => other.clone(),
            (_, Self::Whole) => self.clone(),
            (Self::Part(_), Self::Part(_)) => {
                let drawn = |reach: &Self| MultiPolygon(reach.drawn(site).to_vec());
                let common = intersection(&drawn(self), &drawn(other));
                if common.0.is_empty() {
                    Self::Nothing
                } else {
                    Self::Part(common)
                }
            }
        }
    }
}
