//! The planning layers an import is about: those its profile states, and those the register holds.

use std::collections::BTreeMap;

use super::Error;
use super::import_file::Import;
use crate::cadastre::{Day, Ward};
use crate::crs::Epsg;
use crate::evidence::ContentHash;
use crate::exchange::Wording;
use crate::exchange::plan::{
    CityLand, CoverageGround, LayerHere, Speaks, StatedFeature, ground_of_features, united,
};
use crate::exchange::profile::{CoverageStatement, PlanningLayer};
use crate::exchange::report::{CoverageArea, CoverageOrigin, HeadOutcome, LayerOutcome};
use crate::geometry::{MultiPolygon, Shape, blob};
use crate::planning::{Layer, LayerCode, LayerCondition};

/// The layers, each with what becomes of it.
pub(super) struct PlanLayers {
    /// Day on which features begin that state none, in layers that state none either.
    pub day: Day,
    stated: BTreeMap<LayerCode, StatedLayer>,
    held: BTreeMap<LayerCode, Layer>,
    /// Held layers of which features stayed out.
    failed: BTreeMap<LayerCode, Layer>,
}

/// A layer that the profile states.
pub(super) struct StatedLayer {
    day: Day,
    origin: CoverageOrigin,
    speaks: Speaks,
    head: Layer,
}

impl StatedLayer {
    /// What decides the outcome of an import besides the file.
    pub fn hash(&self) -> String {
        let mut bytes = Vec::new();
        for (plane, areas) in &self.head.coverage {
            bytes.extend(blob::encode_shape(plane.0, &Shape::Areas(areas.clone())));
        }
        let coverage = ContentHash::of(&bytes);
        format!(
            "{} {} {} {coverage}",
            self.head.code, self.day, self.head.as_of
        )
    }
}

impl PlanLayers {
    /// Finds the coverage of the layers that the profile states.
    ///
    /// # Errors
    /// [`Error::Refused`] when it cannot be found, or no day is stated as of which a layer is
    /// right.
    pub fn find(
        import: &Import<'_>,
        land: &CityLand<'_>,
        wards: &[Ward],
        held: Vec<Layer>,
    ) -> Result<Self, Error> {
        let today = import.now.day_in_vietnam();
        let profile = &import.opened.profile;
        let mut stated = BTreeMap::new();
        for layer in &profile.planning_layers {
            let (day, as_of) = days(layer, import.order.as_of, today)?;
            let finding = CoverageGround {
                wards,
                land,
                transforms: &import.reference.city.transforms,
                reading: &import.order.reading,
                day: as_of,
            };
            let speaks = finding.find(&layer.coverage).map_err(|error| {
                Error::Refused(format!("planning layer `{}`: {error}", layer.code))
            })?;
            let head = head(layer, as_of, united(speaks.areas()));
            let origin = match &layer.coverage {
                CoverageStatement::Features => CoverageOrigin::Features,
                CoverageStatement::Wards(_) => CoverageOrigin::Wards,
                CoverageStatement::File(_) => CoverageOrigin::File,
                CoverageStatement::Areas(_) => CoverageOrigin::Profile,
            };
            let found = StatedLayer {
                day,
                origin,
                speaks,
                head,
            };
            stated.insert(layer.code.clone(), found);
        }
        let only = match stated.values().collect::<Vec<_>>().as_slice() {
            [only] => Some(only.day),
            _ => None,
        };
        Ok(Self {
            day: import.order.as_of.or(only).unwrap_or(today),
            stated,
            held: held.into_iter().map(|l| (l.code.clone(), l)).collect(),
            failed: BTreeMap::new(),
        })
    }

    /// Whether the register holds one of the stated layers as withdrawn.
    pub fn bring_back(&self) -> bool {
        let held = self.stated.keys().filter_map(|code| self.held.get(code));
        held.into_iter().any(|layer| layer.withdrawn.is_some())
    }

    /// The layers as features are judged against them; a layer that was withdrawn takes none
    /// unless the profile states it anew.
    pub fn here(&self) -> BTreeMap<LayerCode, LayerHere> {
        let held = self.held.values().filter(|layer| layer.withdrawn.is_none());
        let held = held.map(|layer| LayerHere {
            code: layer.code.clone(),
            day: self.day,
            accuracy_mm: layer.accuracy_mm,
            speaks: Speaks::OnAreas(layer.coverage.clone()),
        });
        let stated = self.stated.values().map(|layer| LayerHere {
            code: layer.head.code.clone(),
            day: layer.day,
            accuracy_mm: layer.head.accuracy_mm,
            speaks: layer.speaks.clone(),
        });
        let all = held.chain(stated);
        all.map(|layer| (layer.code.clone(), layer)).collect()
    }

    /// The layers that the profile states.
    pub fn stated(&self) -> impl Iterator<Item = &StatedLayer> {
        self.stated.values()
    }

    /// Their codes.
    pub fn stated_codes(&self) -> impl Iterator<Item = &LayerCode> {
        self.stated.keys()
    }

    /// Day on which features of a layer begin that state none.
    pub fn day_of(&self, code: &LayerCode) -> Day {
        self.stated.get(code).map_or(self.day, |layer| layer.day)
    }

    /// Gives the layers that speak on the ground of their features this ground.
    pub fn settle(&mut self, features: &[StatedFeature]) {
        for layer in self.stated.values_mut() {
            if layer.speaks == Speaks::OnFeatures {
                let own = features.iter().filter(|f| f.layer == layer.head.code);
                layer.head.coverage = united(&ground_of_features(own, layer.day));
            }
        }
    }

    /// Notes that features stayed out: what the layers leave empty is not to be believed. Those that
    /// the register holds and the profile does not state are noted as far as features name them.
    pub fn fail(&mut self, features: &[StatedFeature]) {
        for layer in self.stated.values_mut() {
            layer.head.condition = LayerCondition::Failed;
        }
        for feature in features {
            if let Some(held) = self.held.get(&feature.layer)
                && !self.stated.contains_key(&feature.layer)
                && held.condition != LayerCondition::Failed
            {
                let failed = Layer {
                    condition: LayerCondition::Failed,
                    ..held.clone()
                };
                self.failed.insert(feature.layer.clone(), failed);
            }
        }
    }

    /// The heads that differ from what the register holds.
    pub fn changed(&self) -> Vec<Layer> {
        let heads = self.stated.values().map(|layer| &layer.head);
        let changed = heads.filter(|head| self.outcome(head) != HeadOutcome::Unchanged);
        changed.chain(self.failed.values()).cloned().collect()
    }

    fn outcome(&self, head: &Layer) -> HeadOutcome {
        match self.held.get(&head.code) {
            None => HeadOutcome::New,
            Some(held) if same(held, head) => HeadOutcome::Unchanged,
            Some(_) => HeadOutcome::Changed,
        }
    }

    /// What becomes of each layer, stated ones first; of those the register holds only the ones
    /// that have features here.
    pub fn outcomes(&self, features: &BTreeMap<&LayerCode, u64>) -> Vec<LayerOutcome> {
        let count = |code: &LayerCode| features.get(code).copied().unwrap_or(0);
        let stated = self.stated.values().map(|layer| {
            let head = &layer.head;
            told(head, self.outcome(head), layer.origin, count(&head.code))
        });
        let kept = self
            .held
            .values()
            .filter(|layer| !self.stated.contains_key(&layer.code) && count(&layer.code) > 0);
        let kept = kept.map(|head| {
            let origin = CoverageOrigin::Register;
            told(head, HeadOutcome::Kept, origin, count(&head.code))
        });
        stated.chain(kept).collect()
    }
}

/// The day on which features begin that state none, and the one up to which the layer is known to
/// be right: what the command line says, else the profile. Nobody knows what is right tomorrow.
fn days(layer: &PlanningLayer, as_of: Option<Day>, today: Day) -> Result<(Day, Day), Error> {
    let code = &layer.code;
    match (as_of, layer.as_of) {
        (Some(day), _) => Ok((day, day.min(today))),
        (None, Some(day)) if day <= today => Ok((day, day)),
        (None, Some(day)) => Err(Error::Refused(format!(
            "planning layer `{code}` is stated to be right up to `as_of = \"{day}\"`, expected \
             today ({today}) or earlier"
        ))),
        (None, None) => Err(Error::Refused(format!(
            "nothing says up to which day the planning layer `{code}` is right, expected `as_of` \
             in the profile or `--as-of`"
        ))),
    }
}

fn head(layer: &PlanningLayer, as_of: Day, coverage: Vec<(Epsg, MultiPolygon)>) -> Layer {
    Layer {
        code: layer.code.clone(),
        theme: layer.theme.clone(),
        title_vi: layer.title_vi.clone(),
        title_en: layer.title_en.clone(),
        coverage,
        as_of,
        accuracy_mm: layer.accuracy_mm,
        law_status: layer.law_status,
        provisions: layer.provisions.clone(),
        office: layer.office.clone(),
        synthetic: layer.synthetic,
        withdrawn: None,
        condition: if layer.reviewed {
            LayerCondition::Sound
        } else {
            LayerCondition::Unreviewed
        },
    }
}

/// Whether two heads say the same, whatever vertex the rings of their coverage begin with.
fn same(held: &Layer, stated: &Layer) -> bool {
    let mut held = held.clone();
    held.coverage = held
        .coverage
        .iter()
        .map(|(plane, areas)| (*plane, areas.normalized()))
        .collect();
    held.coverage.sort_by_key(|(plane, _)| *plane);
    held == *stated
}

fn told(
    head: &Layer,
    outcome: HeadOutcome,
    coverage_origin: CoverageOrigin,
    features: u64,
) -> LayerOutcome {
    let area = |(plane, areas): &(Epsg, MultiPolygon)| CoverageArea {
        plane: *plane,
        area_m2: areas.area_m2(),
    };
    LayerOutcome {
        code: head.code.to_string(),
        title: Wording {
            vi: head.title_vi.clone(),
            en: head.title_en.clone(),
        },
        head: outcome,
        as_of: head.as_of,
        accuracy_mm: head.accuracy_mm,
        law_status: head.law_status.as_str().to_owned(),
        synthetic: head.synthetic,
        coverage_origin,
        coverage: head.coverage.iter().map(area).collect(),
        features,
    }
}
