//! Planning layers and their features, found by place.

use super::coverage::{Coverage, Reach};
use super::items::Collection;
use super::layer_content;
use super::plan_order::PlanOrder;
use crate::cadastre::{Day, Revision};
use crate::crs::Epsg;
use crate::evidence::ContentHash;
use crate::geometry::{Envelope, Location, MultiPolygon, Point, Shape, locate};
use crate::index::{PackedTree, Tree};
use crate::planning::{FeatureId, Layer, LayerCode, PlanFeature, Theme};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Layers, features and where they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Plans {
    layers: BTreeMap<LayerCode, Arc<HeldLayer>>,
    /// First day of any feature of a layer.
    first_days: BTreeMap<LayerCode, Day>,
    /// Layers whose first day may have gone with a feature.
    begun_later: BTreeSet<LayerCode>,
    features: Vec<Option<Arc<PlanFeature>>>,
    grounds: BTreeMap<Epsg, PlanGround>,
    order: PlanOrder,
    /// Of each layer, once it has been asked for since its last change.
    contents: BTreeMap<LayerCode, OnceLock<ContentHash>>,
}

/// A layer, prepared for asking where it speaks.
#[derive(Debug)]
struct HeldLayer {
    head: Layer,
    /// Layers that speak about the same ground share it.
    coverage: Arc<Coverage>,
}

/// What layers reach of one area, each coverage asked once.
#[derive(Debug, Default)]
pub(super) struct Reached(Vec<(Arc<Coverage>, Reach)>);

/// Shapes on one plane: the key of the tree is the place in `shapes`.
#[derive(Debug, Clone, Default)]
struct PlanGround {
    /// Number of the feature, and of the shape within it.
    shapes: Vec<(u32, u32)>,
    tree: Tree,
}

impl Plans {
    pub(super) fn new(layers: Vec<Layer>, features: Vec<PlanFeature>) -> Self {
        let mut plans = Self::default();
        plans.replace_layers(layers);
        for feature in features.into_iter().map(Arc::new) {
            let number = plans.features.len() as u32;
            for (i, (plane, _)) in (0..).zip(&feature.shapes) {
                let ground = plans.grounds.entry(*plane).or_default();
                ground.shapes.push((number, i));
            }
            plans.order.insert(&feature, number);
            plans.begin(&feature);
            plans.features.push(Some(feature));
        }
        for ground in plans.grounds.values_mut() {
            let envelope = |&(number, i): &(u32, u32)| {
                let feature = plans.features[number as usize].as_deref()?;
                feature.shapes[i as usize].1.envelope()
            };
            let place = |s: &(u32, u32)| envelope(s).map(|e| crate::index::curve_position(&e));
            ground.shapes.sort_by_cached_key(place);
            ground.tree = Tree::new(PackedTree::pack(ground.shapes.iter().map(envelope)), 0);
        }
        plans
    }

    pub(super) fn replace_layers(&mut self, layers: impl IntoIterator<Item = Layer>) {
        for layer in layers {
            let mut others = self.layers.values();
            let alike = others.find(|other| other.head.coverage == layer.coverage);
            let shared = alike.map(|other| Arc::clone(&other.coverage));
            let coverage = shared.unwrap_or_else(|| Arc::new(Coverage::of(&layer)));
            let held = HeldLayer {
                head: layer,
                coverage,
            };
            let code = held.head.code.clone();
            self.contents.insert(code.clone(), OnceLock::new());
            self.layers.insert(code, Arc::new(held));
        }
    }

    /// Notes the first day of a feature as one on which its layer knows something.
    fn begin(&mut self, feature: &PlanFeature) {
        let from = feature.lifespan.valid.from;
        match self.first_days.get_mut(&feature.layer) {
            Some(first) => *first = from.min(*first),
            None => drop(self.first_days.insert(feature.layer.clone(), from)),
        }
    }

    /// First day on which a layer knows anything: of its features, of the provisions it rests on;
    /// without either, the day up to which it is right.
    pub(super) fn first_day(&self, layer: &Layer) -> Option<Day> {
        let features = self.first_days.get(&layer.code).copied();
        let provisions = layer.provisions.iter().filter_map(|p| p.dated);
        let first = features.into_iter().chain(provisions).min();
        Some(first.map_or(layer.as_of, |first| first.min(layer.as_of)))
    }

    /// How much of an area on a plane a layer speaks about; `reached` is of the same area.
    pub(super) fn reach(
        &self,
        layer: &Layer,
        (plane, area): (Epsg, &MultiPolygon),
        reached: &mut Reached,
    ) -> Reach {
        let Some(held) = self.layers.get(&layer.code) else {
            return Reach::Nothing;
        };
        let mut known = reached.0.iter();
        if let Some((_, reach)) = known.find(|(of, _)| Arc::ptr_eq(of, &held.coverage)) {
            return reach.clone();
        }
        let reach = held.coverage.reach(&held.head, plane, area);
        let coverage = Arc::clone(&held.coverage);
        reached.0.push((coverage, reach.clone()));
        reach
    }

    /// Takes a version as it now stands: out, when the register no longer holds it; else in.
    pub(super) fn replace(&mut self, feature: &PlanFeature) {
        self.contents.insert(feature.layer.clone(), OnceLock::new());
        self.remove(feature);
        if feature.lifespan.recorded.to.is_some() {
            return;
        }
        let number = self.features.len() as u32;
        for (i, (plane, shape)) in (0..).zip(&feature.shapes) {
            let ground = self.grounds.entry(*plane).or_default();
            if let Some(envelope) = shape.envelope() {
                ground.tree.insert(ground.shapes.len() as u32, &envelope);
                ground.shapes.push((number, i));
            }
        }
        self.order.insert(feature, number);
        self.begin(feature);
        self.features.push(Some(Arc::new(feature.clone())));
    }

    /// Takes out the version with the same key, found where its shapes are: the shapes of a
    /// version never change.
    fn remove(&mut self, feature: &PlanFeature) {
        let mut emptied = BTreeSet::new();
        for (plane, shape) in &feature.shapes {
            let Some((ground, envelope)) = self.grounds.get_mut(plane).zip(shape.envelope()) else {
                continue;
            };
            let mut keys = Vec::new();
            ground.tree.search(&envelope, |key| keys.push(key));
            for key in keys {
                let number = ground.shapes[key as usize].0 as usize;
                let held = self.features[number].as_deref();
                if held.is_some_and(|held| version_key(held) == version_key(feature)) {
                    ground.tree.remove(key, &envelope);
                    emptied.insert(number);
                }
            }
        }
        if self.first_days.get(&feature.layer) == Some(&feature.lifespan.valid.from) {
            self.begun_later.insert(feature.layer.clone());
        }
        for number in emptied {
            // As it was held, which may have been for more days.
            if let Some(held) = self.features[number].take() {
                self.order.remove(&held, number as u32);
            }
        }
    }

    /// Puts right what is around the features, once all changes of an edit are taken.
    pub(super) fn settle(&mut self) {
        let held = self.features.iter().flatten().map(Arc::as_ref);
        self.order.settle(held);
        let begun = std::mem::take(&mut self.begun_later);
        self.first_days.retain(|layer, _| !begun.contains(layer));
        let features = std::mem::take(&mut self.features);
        let again = features.iter().flatten();
        if !begun.is_empty() {
            let of_these = again.filter(|feature| begun.contains(&feature.layer));
            of_these.for_each(|feature| self.begin(feature));
        }
        self.features = features;
    }

    pub(super) fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.layers.values().map(|held| &held.head)
    }

    pub(super) fn layer(&self, code: &LayerCode) -> Option<&Layer> {
        self.layers.get(code).map(|held| &held.head)
    }

    /// The hash of what is held of a layer; it takes a moment after the layer has changed.
    pub(super) fn content(&self, code: &LayerCode) -> Option<ContentHash> {
        let (head, content) = (self.layer(code)?, self.contents.get(code)?);
        let own = || self.features().filter(|feature| feature.layer == *code);
        Some(*content.get_or_init(|| layer_content::content(head, own())))
    }

    pub(super) fn features(&self) -> impl Iterator<Item = &PlanFeature> {
        self.features.iter().flatten().map(Arc::as_ref)
    }

    pub(super) fn shared_features(&self) -> impl Iterator<Item = &Arc<PlanFeature>> {
        self.features.iter().flatten()
    }

    /// The features valid on a day whose envelopes meet a window, each with its shape there.
    pub(super) fn in_window(
        &self,
        plane: Epsg,
        window: &Envelope,
        date: Day,
    ) -> Vec<(&PlanFeature, &Shape)> {
        let mut found = Vec::new();
        let Some(ground) = self.grounds.get(&plane) else {
            return found;
        };
        ground.tree.search(window, |key| {
            let (number, i) = ground.shapes[key as usize];
            let feature = self.features[number as usize].as_deref();
            if let Some(feature) = feature.filter(|f| f.lifespan.valid.has(date)) {
                found.push((feature, &feature.shapes[i as usize].1));
            }
        });
        found
    }

    /// The features of a collection by key, and what is around them.
    pub(super) fn order(&self) -> &PlanOrder {
        &self.order
    }

    /// The versions of a feature, in no order.
    pub(super) fn versions(
        &self,
        collection: Collection,
        id: FeatureId,
    ) -> impl Iterator<Item = &Arc<PlanFeature>> {
        let numbers = self.order.numbers(collection, id);
        numbers.filter_map(|number| self.features[number as usize].as_ref())
    }

    /// Hands over the features of every day whose envelopes meet a window.
    pub(super) fn each_around(
        &self,
        plane: Epsg,
        window: &Envelope,
        mut each: impl FnMut(&PlanFeature),
    ) {
        let Some(ground) = self.grounds.get(&plane) else {
            return;
        };
        ground.tree.search(window, |key| {
            let (number, _) = ground.shapes[key as usize];
            self.features[number as usize].iter().for_each(|f| each(f));
        });
    }

    /// The areas valid on a day that cover a point; their boundaries count.
    pub(super) fn covering(&self, plane: Epsg, at: Point, date: Day) -> Vec<&PlanFeature> {
        let window = Envelope { min: at, max: at };
        let covers = |shape: &Shape| match shape {
            Shape::Areas(areas) => locate(at, areas) != Location::Exterior,
            Shape::Points(_) | Shape::Lines(_) => false,
        };
        let found = self.in_window(plane, &window, date).into_iter();
        found.filter(|(_, s)| covers(s)).map(|(f, _)| f).collect()
    }

    /// Whether a layer of a theme speaks at a point on a day; nothing when no layer has the theme
    /// on that day.
    pub(super) fn speaks_at(
        &self,
        theme: &Theme,
        (plane, at): (Epsg, Point),
        date: Day,
    ) -> Option<bool> {
        let of_theme = self.layers().filter(|l| l.theme == *theme);
        let mut layers = of_theme.filter(|l| l.speaks_on(date)).peekable();
        layers.peek()?;
        let covers = |layer: &Layer| {
            let coverage = layer.coverage.iter().filter(|(p, _)| *p == plane);
            coverage
                .into_iter()
                .any(|(_, area)| locate(at, area) != Location::Exterior)
        };
        Some(layers.any(covers))
    }
}

/// What makes one version of a feature the one it is.
fn version_key(feature: &PlanFeature) -> (&LayerCode, FeatureId, Revision, Day) {
    (
        &feature.layer,
        feature.id,
        feature.recorded_in,
        feature.lifespan.valid.from,
    )
}
