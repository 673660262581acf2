//! Neighbours: gaps and T-junctions between the valid parcels of one plane.

use super::edges::{Edge, unshared_edges};
use super::ground::{Ground, metres, place};
use super::near::pairs_within;
use super::{gap, junction};
use crate::cadastre::MapScale;
use crate::exchange::{Finding, FindingCode, ParcelDraft};
use crate::geometry::{Envelope, MultiPolygon, Point, Polygon, Ring, Shape};

/// Contacts between neighbours that are too small to be listed one by one, and never dropped.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contacts {
    /// Vertices on a neighbour's edge where the neighbour has none, to within the snapping
    /// distance of 1 cm.
    pub t_junctions: u64,
    /// Gaps and overlaps nowhere wider than the snapping distance.
    pub below_snapping: u64,
    /// Their area together, in m².
    pub below_snapping_m2: f64,
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
    contacts.t_junctions += junction::t_junctions(&edges, &near).len() as u64;
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

/// The strips of a gap, their corners rounded to the grid.
fn strips(gap: &gap::Gap) -> Shape {
    let corner = |&(x, y): &(f64, f64)| Point::from_metres(x / 1000.0, y / 1000.0).ok();
    let strip = |corners: &[(f64, f64); 4]| Polygon {
        exterior: Ring(corners.iter().filter_map(corner).collect()),
        interiors: Vec::new(),
    };
    Shape::Areas(MultiPolygon(gap.parts_mm.iter().map(strip).collect()))
}
