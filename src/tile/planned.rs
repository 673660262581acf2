//! The layers of wards, zones, roads and restrictions: who a shape is, and what it says.

use super::feed::Touched;
use super::layer::{GENERALISED, TileField, TileLayer};
use super::matrix::ZOOM_MAX;
use super::mvt::{LayerWriter, Value};
use super::sketch::{Figure, Sketch, Subject, differing};
use crate::cadastre::{Day, Ward};
use crate::crs::WorldBox;
use crate::geometry::Shape;
use crate::land::Land;
use crate::planning::{FeatureKind, Layer, PlanFeature};
use std::collections::BTreeMap;
use std::sync::Arc;

/// First zoom at which alleys are drawn; they are many.
const FIRST_ZOOM_OF_ALLEYS: u8 = 15;
/// What is drawn of roads, and what is left out.
pub(super) const ROADS: &str = "Rights of way of streets; those of alleys from zoom 15 on";

/// What is drawn of wards and planning layers, for every day.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) wards: Sketch<WardSubject>,
    pub(super) zones: Sketch<ZoneSubject>,
    pub(super) roads: Sketch<RoadSubject>,
    pub(super) restrictions: Sketch<RestrictionSubject>,
}

impl Planned {
    /// Sketches all wards and planning features that a land holds.
    pub(super) fn of(land: &Land) -> Self {
        let transforms = &land.city().transforms;
        let wards = land.wards().iter().filter_map(|ward| {
            let border = Shape::Areas(ward.border.clone());
            let figure = Figure::of(&border, ward.plane, transforms)?;
            Some((WardSubject(ward.clone()), figure))
        });
        let layers: BTreeMap<_, _> = land.layers().map(|l| (&l.code, l)).collect();
        let (mut zones, mut roads, mut restrictions) = (Vec::new(), Vec::new(), Vec::new());
        for feature in land.shared_features() {
            // A feature that reaches into both zones is held whole on both planes.
            let shape = feature.shapes.first();
            let figure = shape.and_then(|(plane, shape)| Figure::of(shape, *plane, transforms));
            let (Some(figure), of) = (figure, Arc::clone(feature)) else {
                continue;
            };
            match &feature.kind {
                FeatureKind::PlanUnit(_) => zones.push((ZoneSubject(of), figure)),
                FeatureKind::RightOfWay(_) => roads.push((RoadSubject(of), figure)),
                FeatureKind::Corridor(_) | FeatureKind::Restriction { .. } => {
                    let theme = layers.get(&feature.layer).map(|layer| theme(layer));
                    restrictions.push((RestrictionSubject { of, theme }, figure));
                }
            }
        }
        Self {
            wards: Sketch::new(wards, ZOOM_MAX),
            zones: Sketch::new(zones, ZOOM_MAX),
            roads: Sketch::new(roads, ZOOM_MAX),
            restrictions: Sketch::new(restrictions, ZOOM_MAX),
        }
    }
}

impl Planned {
    /// Notes where what is drawn differs from what was drawn before.
    pub(super) fn note_differing(&self, before: &Self, touched: &mut Touched) {
        fn of<S: PartialEq + Clone + Subject>(a: &Sketch<S>, b: &Sketch<S>) -> Vec<WorldBox> {
            differing(a.shapes(), b.shapes())
        }
        touched.add(TileLayer::Wards, of(&self.wards, &before.wards));
        touched.add(TileLayer::Zones, of(&self.zones, &before.zones));
        touched.add(TileLayer::Roads, of(&self.roads, &before.roads));
        let restrictions = of(&self.restrictions, &before.restrictions);
        touched.add(TileLayer::Restrictions, restrictions);
    }

    /// Notes where what is drawn differs between two days.
    pub(super) fn note_turning(&self, one: Day, other: Day, touched: &mut Touched) {
        touched.add(TileLayer::Wards, self.wards.turning(one, other));
        touched.add(TileLayer::Zones, self.zones.turning(one, other));
        touched.add(TileLayer::Roads, self.roads.turning(one, other));
        let restrictions = self.restrictions.turning(one, other);
        touched.add(TileLayer::Restrictions, restrictions);
    }
}

fn theme(layer: &Layer) -> Box<str> {
    layer.theme.0.clone()
}

const fn field(name: &'static str, meaning: &'static str) -> TileField {
    TileField { name, meaning }
}

fn key(feature: &PlanFeature) -> Option<u64> {
    u64::try_from(feature.id.0).ok()
}

/// A ward.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WardSubject(Ward);

impl Subject for WardSubject {
    const FIELDS: &'static [TileField] = &[
        field("code", "Code of the ward"),
        field("name", "Name without its kind"),
        field("kind", "`ward`, `commune`, `special_zone` or `township`"),
        GENERALISED,
    ];

    fn id(&self) -> Option<u64> {
        Some(u64::from(self.0.code.number()))
    }

    fn is_drawn(&self, date: Day, _: u8) -> bool {
        self.0.valid.has(date)
    }

    fn tag(&self, layer: &mut LayerWriter) {
        layer.tag_shared(0, Value::Text(&self.0.code.to_string()));
        layer.tag_shared(1, Value::Text(&self.0.name));
        layer.tag_shared(2, Value::Text(self.0.kind.word()));
    }
}

/// A plan unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ZoneSubject(Arc<PlanFeature>);

impl Subject for ZoneSubject {
    const FIELDS: &'static [TileField] = &[
        field("layer", "Code of the planning layer"),
        field("code", "Code of the unit in its plan"),
        field("function", "Planned function, as in the plan's legend"),
        field("storeys_max", "Greatest number of storeys"),
        field("height_max_m", "Greatest height, in metres"),
        field("coverage_max_percent", "Greatest net coverage, in per cent"),
        field("floor_area_ratio_max", "Greatest floor-area ratio"),
        GENERALISED,
    ];

    fn id(&self) -> Option<u64> {
        key(&self.0)
    }

    fn is_drawn(&self, date: Day, _: u8) -> bool {
        self.0.lifespan.valid.has(date)
    }

    fn tag(&self, layer: &mut LayerWriter) {
        layer.tag_shared(0, Value::Text(&self.0.layer.0));
        let FeatureKind::PlanUnit(unit) = &self.0.kind else {
            return;
        };
        layer.tag_shared(1, Value::Text(&unit.code));
        layer.tag_shared(2, Value::Text(&unit.function));
        let indices = &unit.indices;
        if let Some(storeys) = indices.storeys_max {
            layer.tag_shared(3, Value::Whole(u64::from(storeys)));
        }
        let numbers = [
            indices.height_max_mm.map(|mm| f64::from(mm) / 1000.0),
            indices.coverage_max_permille.map(|p| f64::from(p) / 10.0),
            indices
                .floor_area_ratio_max_hundredths
                .map(|r| f64::from(r) / 100.0),
        ];
        for (key, number) in (4..).zip(numbers) {
            if let Some(number) = number {
                layer.tag_shared(key, Value::Number(number));
            }
        }
    }
}

/// A right of way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RoadSubject(Arc<PlanFeature>);

impl Subject for RoadSubject {
    const FIELDS: &'static [TileField] = &[
        field("layer", "Code of the planning layer"),
        field("street", "Name of the street"),
        field("width_m", "Width between the red lines, in metres"),
        field("alley", "Whether it is an alley"),
        GENERALISED,
    ];

    fn id(&self) -> Option<u64> {
        key(&self.0)
    }

    fn is_drawn(&self, date: Day, zoom: u8) -> bool {
        let alley = matches!(&self.0.kind, FeatureKind::RightOfWay(road) if road.alley);
        self.0.lifespan.valid.has(date) && (!alley || zoom >= FIRST_ZOOM_OF_ALLEYS)
    }

    fn tag(&self, layer: &mut LayerWriter) {
        layer.tag_shared(0, Value::Text(&self.0.layer.0));
        let FeatureKind::RightOfWay(road) = &self.0.kind else {
            return;
        };
        if !road.street.is_empty() {
            layer.tag_shared(1, Value::Text(&road.street));
        }
        if let Some(mm) = road.width_mm {
            layer.tag_shared(2, Value::Number(f64::from(mm) / 1000.0));
        }
        layer.tag_shared(3, Value::Truth(road.alley));
    }
}

/// A corridor or any other restriction.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RestrictionSubject {
    of: Arc<PlanFeature>,
    theme: Option<Box<str>>,
}

impl Subject for RestrictionSubject {
    const FIELDS: &'static [TileField] = &[
        field("layer", "Code of the planning layer"),
        field("theme", "Theme of the planning layer"),
        field("kind", "Kind, such as `corridor_canal` or `water_surface`"),
        field("legend_vi", "Name or legend, in Vietnamese"),
        field("legend_en", "Name or legend, in English"),
        field("width_m", "Width of a corridor, in metres"),
        GENERALISED,
    ];

    fn id(&self) -> Option<u64> {
        key(&self.of)
    }

    fn is_drawn(&self, date: Day, _: u8) -> bool {
        self.of.lifespan.valid.has(date)
    }

    fn tag(&self, layer: &mut LayerWriter) {
        layer.tag_shared(0, Value::Text(&self.of.layer.0));
        if let Some(theme) = &self.theme {
            layer.tag_shared(1, Value::Text(theme));
        }
        match &self.of.kind {
            FeatureKind::Corridor(corridor) => {
                layer.tag_shared(2, Value::Text(corridor.kind.as_restriction()));
                layer.tag_shared(3, Value::Text(&corridor.name));
                layer.tag_shared(4, Value::Text(&corridor.name));
                if let Some(mm) = corridor.width_mm {
                    layer.tag_shared(5, Value::Number(f64::from(mm) / 1000.0));
                }
            }
            FeatureKind::Restriction {
                kind,
                legend_vi,
                legend_en,
            } => {
                layer.tag_shared(2, Value::Text(kind));
                layer.tag_shared(3, Value::Text(legend_vi));
                layer.tag_shared(4, Value::Text(legend_en));
            }
            FeatureKind::PlanUnit(_) | FeatureKind::RightOfWay(_) => {}
        }
    }
}
