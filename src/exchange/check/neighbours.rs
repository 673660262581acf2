//! Neighbours: gaps and T-junctions between the valid parcels of one plane.

use super::edges::{Edge, unshared_edges};
use super::ground::{Ground, metres, metres_at, place};
use super::near::pairs_within;
use super::{gap, junction};
use crate::cadastre::MapScale;
use crate::crs::Epsg;
use crate::exchange::{Finding, FindingCode, ParcelDraft};
use crate::geometry::{Envelope, MultiPolygon, Point, Polygon, Ring, Shape};

/// T-junctions whose places are told; all of them are counted.
const TOLD: usize = 5;

/// Contacts between neighbours that are too small to be listed one by one, and never dropped.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contacts {
    /// Vertices on a neighbour's edge where the neighbour has none, to within the snapping
    /// distance of 1 cm.
    pub t_junctions: u64,
    /// The first of them, plane by plane, by the key of the parcel and that of its neighbour.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first_t_junctions: Vec<JunctionPlace>,
    /// Gaps and overlaps nowhere wider than the snapping distance.
    pub below_snapping: u64,
    /// Their area together, in m².
    pub below_snapping_m2: f64,
}

/// Where a T-junction is, for people who look for it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JunctionPlace {
    /// Key of the parcel whose vertex it is.
    pub key: String,
    /// Key of the neighbour on whose edge it lies.
    pub on: String,
    /// System of the place.
    pub crs: Epsg,
    /// Easting and northing in metres.
    pub place_m: (f64, f64),
}

/// The widest gap that is a defect of drawing and not land: 0.2 mm at the scale of the coarser
/// map (Circular 25/2014, article 7), and at least 0.10 m.
pub fn widest_gap_mm(a: MapScale, b: MapScale) -> i32 {
    let coarser = a.denominator().max(b.denominator());
    (i32::from(coarser) / 5).max(100)
}

/// Gaps and T-junctions between drafts of one plane, whose shapes must be valid.
pub fn gaps_and_junctions(
    drafts: &[&ParcelDraft],
    ground: &Ground,
    contacts: &mut Contacts,
) -> Vec<Finding> {
    let shapes: Vec<&MultiPolygon> = drafts.iter().map(|d| &d.shape).collect();
    let edges = unshared_edges(&shapes);
    let envelopes: Vec<Envelope> = edges.iter().map(Edge::envelope).collect();
    let reach = |i: usize, j: usize| widest_gap_mm(drafts[i].scale, drafts[j].scale);
    let coarsest = drafts.iter().map(|d| d.scale).max();
    let near = pairs_within(&envelopes, coarsest.map_or(100, |s| widest_gap_mm(s, s)));
    let junctions = junction::t_junctions(&edges, &near);
    contacts.t_junctions += junctions.len() as u64;
    tell(junctions, drafts, ground, contacts);
    let mut findings = Vec::new();
    for gap in gap::gaps(&edges, &near, |i, j| f64::from(reach(i, j))) {
        let area_m2 = gap.area_mm2 / 1e6;
        if gap.width_mm <= junction::SNAP_MM as f64 {
            contacts.below_snapping += 1;
            contacts.below_snapping_m2 += area_m2;
            continue;
        }
        let (a, b) = (drafts[gap.parcels.0], drafts[gap.parcels.1]);
        let values = [
            ("other", b.feature.to_string()),
            ("area", metres(area_m2)),
            ("width", metres(gap.width_mm / 1000.0)),
            ("length", metres(gap.length_mm / 1000.0)),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let finding = Finding::warning(FindingCode::Gap, "sliver", &values)
            .about(a.feature)
            .and(b.feature)
            .with_key(&a.as_map)
            .drawn(strips(&gap))
            .over_m2(area_m2)
            .wide_m(gap.width_mm / 1000.0);
        findings.push(place(finding, ground, a.plane, gap.place_mm));
    }
    findings
}

/// Adds the places of the first T-junctions of a plane.
fn tell(
    mut junctions: Vec<junction::Junction>,
    drafts: &[&ParcelDraft],
    ground: &Ground,
    contacts: &mut Contacts,
) {
    let keys = |j: &junction::Junction| (&drafts[j.of].as_map, &drafts[j.on].as_map, j.at);
    junctions.sort_unstable_by(|a, b| keys(a).cmp(&keys(b)));
    let first = junctions.iter().take(TOLD).filter_map(|j| {
        let crs = drafts[j.of].plane;
        let at_mm = (f64::from(j.at.x()), f64::from(j.at.y()));
        Some(JunctionPlace {
            key: drafts[j.of].as_map.to_string(),
            on: drafts[j.on].as_map.to_string(),
            crs,
            place_m: metres_at(ground, crs, at_mm)?,
        })
    });
    contacts.first_t_junctions.extend(first);
    contacts.first_t_junctions.truncate(TOLD);
}

/// The strips of a gap, their corners rounded to the grid.
fn strips(gap: &gap::Gap) -> Shape {
    let corner = |&(x, y): &(f64, f64)| Point::from_metres(x / 1000.0, y / 1000.0).ok();
    let strip = |corners: &[(f64, f64); 4]| Polygon {
        exterior: Ring(corners.iter().filter_map(corner).collect()),
        interiors: Vec::new(),
    };
    Shape::Areas(MultiPolygon(gap.parts_mm.iter().map(strip).collect()))
}
