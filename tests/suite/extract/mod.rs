//! What applies to a parcel: small lands of one lot, made for one situation each.

pub mod city;
mod gaps;
mod imported;
mod own_facts;
mod roads;
mod served;
mod shares;

use diachinh::cadastre::{Day, Instant, Interval, Lifespan, ParcelId, ParcelVersion, Revision};
use diachinh::crs::Epsg;
use diachinh::geometry::{LineString, MultiPolygon, Point, Shape};
use diachinh::land::extract::{Concern, Extract, GapReason, Part, ThemeExtract};
use diachinh::land::{Land, LandBuilder, RegisterReader};
use diachinh::planning::{
    FeatureId, FeatureKind, LawStatus, Layer, LayerCode, LayerCondition, LegalProvision, Office,
    PlanFeature, PlanIndices, PlanUnit, Theme, ThemeCatalogue,
};

use crate::village::{self, WEST, day};

/// South-west corner of the lot, in metres of a plane.
const CORNER: (f64, f64) = (603_000.0, 1_191_000.0);
/// The day that is asked for.
const TODAY: &str = "2026-11-23";

/// The catalogue of the city.
pub fn catalogue() -> ThemeCatalogue {
    ThemeCatalogue::load(include_str!("../../../data/themes.toml")).expect("the file of the city")
}

/// A place in metres from the lot's corner.
pub fn place(x: f64, y: f64) -> Point {
    village::point(WEST, CORNER.0 + x, CORNER.1 + y)
}

/// A rectangle: west, south, east, north in metres from the lot's corner.
pub fn area([west, south, east, north]: [f64; 4]) -> MultiPolygon {
    let (x, y) = (CORNER.0 + west, CORNER.1 + south);
    village::rectangle(WEST, x, y, east - west, north - south)
}

/// A line of places in metres from the lot's corner.
fn line(places: &[(f64, f64)]) -> Shape {
    let points = places.iter().map(|&(x, y)| place(x, y)).collect();
    Shape::Lines(vec![LineString(points)])
}

/// A lot of 5 m by 20 m, 100 m², registered as such since 1 July 2025.
fn lot() -> ParcelVersion {
    let key = village::key("26743", "5", "12");
    village::version(1, "26743", key, WEST, area([0.0, 0.0, 5.0, 20.0]))
}

/// A layer in force around the lot, known to be right up to 1 January 2026, exact to 10 cm.
pub fn layer(code: &str, theme: &str) -> Layer {
    Layer {
        code: LayerCode(code.into()),
        theme: Theme(theme.into()),
        title_vi: format!("Lớp {code}"),
        title_en: format!("Layer {code}"),
        coverage: vec![(WEST, area([-100.0, -100.0, 100.0, 100.0]))],
        as_of: day("2026-01-01"),
        accuracy_mm: 100,
        law_status: LawStatus::InForce,
        provisions: vec![LegalProvision {
            act: "Quyết định thử nghiệm".to_owned(),
            article: Some("2".to_owned()),
            dated: Some(day("2015-01-01")),
            link: None,
        }],
        office: Office {
            code: "test".to_owned(),
            name_vi: "Thử nghiệm".to_owned(),
            name_en: "Test".to_owned(),
        },
        synthetic: true,
        withdrawn: None,
        condition: LayerCondition::Sound,
    }
}

/// A restriction of a kind of its own.
pub fn restriction(kind: &str) -> FeatureKind {
    FeatureKind::Restriction {
        kind: kind.to_owned(),
        legend_vi: format!("Loại {kind}"),
        legend_en: format!("Kind {kind}"),
    }
}

/// A unit of a plan.
pub fn unit(code: &str) -> FeatureKind {
    FeatureKind::PlanUnit(PlanUnit {
        code: code.to_owned(),
        function: "đất ở".to_owned(),
        indices: PlanIndices {
            storeys_max: Some(5),
            coverage_max_permille: Some(655),
            ..PlanIndices::default()
        },
    })
}

/// A feature since 1 January 2015.
pub fn feature(id: i64, layer: &str, kind: FeatureKind, shape: Shape) -> PlanFeature {
    PlanFeature {
        id: FeatureId(id),
        layer: LayerCode(layer.into()),
        key: id.to_string(),
        kind,
        shapes: vec![(WEST, shape)],
        provisions: Vec::new(),
        lifespan: Lifespan {
            valid: Interval::open(day("2015-01-01")),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    }
}

/// A land of parcels, layers and features.
pub fn land(lots: Vec<ParcelVersion>, layers: Vec<Layer>, features: Vec<PlanFeature>) -> Land {
    let mut builder = LandBuilder::default();
    village::wards().into_iter().for_each(|w| builder.ward(w));
    layers.into_iter().for_each(|layer| builder.layer(layer));
    features.into_iter().for_each(|f| builder.feature(f));
    lots.into_iter().for_each(|lot| builder.parcel(lot));
    builder.build(Revision(1), Some(Instant(0)), village::city())
}

/// The lot in a land of these layers and features.
fn lot_with(layers: Vec<Layer>, features: Vec<PlanFeature>) -> Land {
    land(vec![lot()], layers, features)
}

/// What an extract of parcel 1 says of a theme, handed to a closure.
fn asked<R>(land: &Land, theme: &str, on: Day, look: impl FnOnce(&ThemeExtract<'_>) -> R) -> R {
    let catalogue = catalogue();
    let extract = extract(land, &catalogue, on);
    let mut themes = extract.themes.iter();
    look(
        themes
            .find(|own| &*own.theme.0 == theme)
            .expect("the theme"),
    )
}

fn extract<'l>(land: &'l Land, catalogue: &'l ThemeCatalogue, on: Day) -> Extract<'l> {
    let id = ParcelId::new(1).expect("an id");
    land.extract(id, catalogue, on).expect("the lot is there")
}

/// Whether a theme concerns the lot today.
fn concern(land: &Land, theme: &str) -> Concern {
    asked(land, theme, day(TODAY), |theme| theme.concern())
}

/// Why a theme says nothing of the lot on a day, each with hundredths of a m².
fn reasons(land: &Land, theme: &str, on: &str) -> Vec<(GapReason, i128)> {
    asked(land, theme, day(on), |theme| {
        let gaps = theme.gaps.iter();
        gaps.map(|gap| (gap.reason, gap.twice_mm2 / 20_000))
            .collect()
    })
}

/// The areas of a theme's restrictions on the lot today, in hundredths of a m².
fn areas(land: &Land, theme: &str) -> Vec<i128> {
    asked(land, theme, day(TODAY), |theme| {
        let parts = theme.restrictions.iter().map(|own| &own.part);
        let area = |part: &Part| match part {
            Part::Area { twice_mm2, .. } => twice_mm2 / 20_000,
            other => unreachable!("an area: {other:?}"),
        };
        parts.map(area).collect()
    })
}

/// A plane beside that of the lot.
const OTHER_PLANE: Epsg = village::EAST;
