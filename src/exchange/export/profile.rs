//! A field profile with the layers that exported features are of, so that the file can be imported
//! into a register that does not have them.

use serde::Serialize;

use crate::crs::Planes;
use crate::exchange::profile::{Target, built_in_text};
use crate::geometry::wkb::{Geometry, Position};
use crate::geometry::{MultiPolygon, Shape};
use crate::planning::{Layer, LayerCondition, LegalProvision};

#[derive(Serialize)]
struct Layers<'a> {
    planning_layer: Vec<Stated<'a>>,
}

#[derive(Serialize)]
struct Stated<'a> {
    code: &'a str,
    theme: &'a str,
    title_vi: &'a str,
    title_en: &'a str,
    as_of: String,
    accuracy_mm: u32,
    law_status: &'static str,
    synthetic: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<bool>,
    office: Office<'a>,
    coverage: Coverage,
    provisions: Vec<Provision<'a>>,
}

#[derive(Serialize)]
struct Office<'a> {
    code: &'a str,
    name_vi: &'a str,
    name_en: &'a str,
}

#[derive(Serialize)]
struct Provision<'a> {
    act: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Coverage {
    Areas(Vec<Areas>),
    Word(&'static str),
}

#[derive(Serialize)]
struct Areas {
    plane: u32,
    coordinates: Vec<Vec<Vec<Position>>>,
}

/// The text of a profile that reads what is exported of a collection, and states these layers with
/// their exact coverage.
///
/// # Errors
/// What TOML has no form for; no layer of a register is so.
pub fn profile_of(
    collection: Target,
    layers: &[Layer],
    planes: &Planes,
) -> Result<String, toml::ser::Error> {
    let stated = layers.iter().map(|layer| stated(layer, planes)).collect();
    let fields = built_in_text(collection.as_str()).unwrap_or_default();
    let layers = toml::to_string(&Layers {
        planning_layer: stated,
    })?;
    Ok(format!("{fields}\n{layers}"))
}

fn stated<'a>(layer: &'a Layer, planes: &Planes) -> Stated<'a> {
    let areas = layer.coverage.iter();
    let areas: Vec<Areas> = areas
        .filter_map(|(plane, areas)| {
            let of_plane = planes.get(*plane)?;
            let metres = |point| <Position>::from(of_plane.metres(point));
            Some(Areas {
                plane: plane.0,
                coordinates: coordinates(areas, metres),
            })
        })
        .collect();
    Stated {
        code: &layer.code.0,
        theme: &layer.theme.0,
        title_vi: &layer.title_vi,
        title_en: &layer.title_en,
        as_of: layer.as_of.to_string(),
        accuracy_mm: layer.accuracy_mm,
        law_status: layer.law_status.as_str(),
        synthetic: layer.synthetic,
        // What failed here is not known to be whole elsewhere.
        reviewed: (layer.condition != LayerCondition::Sound).then_some(false),
        office: Office {
            code: &layer.office.code,
            name_vi: &layer.office.name_vi,
            name_en: &layer.office.name_en,
        },
        coverage: if areas.iter().all(|a| a.coordinates.is_empty()) {
            Coverage::Word("features")
        } else {
            Coverage::Areas(areas)
        },
        provisions: layer.provisions.iter().map(provision).collect(),
    }
}

fn coordinates(
    areas: &MultiPolygon,
    metres: impl Fn(crate::geometry::Point) -> Position,
) -> Vec<Vec<Vec<Position>>> {
    match Geometry::of_shape(&Shape::Areas(areas.clone()), metres) {
        Geometry::MultiPolygon(parts) => parts,
        Geometry::MultiPoint(_) | Geometry::MultiLineString(_) => Vec::new(),
    }
}

fn provision(provision: &LegalProvision) -> Provision<'_> {
    Provision {
        act: &provision.act,
        article: provision.article.as_deref(),
        dated: provision.dated.map(|day| day.to_string()),
        link: provision.link.as_deref(),
    }
}
