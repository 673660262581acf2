//! Where a drawn part lies: within the lot, over the street, or on land of others.

use super::found::Witness;
use super::proposal::Proposal;
use crate::geometry::overlay::{difference, intersection, union_all};
use crate::geometry::{
    Clear, LineString, MultiPolygon, Point, Polygon, Shape, covers, distance, inset,
    interiors_intersect,
};
use crate::rules::site::{Edge, Facing, Site};

/// Where a part lies.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// Within the lot.
    Within,
    /// Over a street, and on no land of others.
    OverStreet(OverStreet),
    /// This reaches onto land of others.
    Beyond(Witness),
    /// None lies beyond, and this lies in a corridor.
    InCorridor(MultiPolygon),
    /// Within or beyond, by how exactly outline and red line are known.
    Marginal,
    /// The lot is not known, since rights of way may be missing.
    Unknown,
}

/// What reaches over red lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OverStreet {
    /// What lies over streets.
    pub over: Witness,
    /// How far over the street by which the rules go, the widest; nothing where it does not reach over
    /// that, or nobody can measure it.
    pub reach: Option<Reach>,
    /// Over which other streets it reaches, and how far.
    pub others: Vec<(usize, Option<Reach>)>,
    /// Whether a corner of it lies in front of no front of the lot, so that it may hang before the house
    /// of a neighbour: rules say how far out it may reach, and not how far aside.
    pub aside: bool,
}

/// How far something reaches beyond the lot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    /// To the nearest whole millimetre.
    pub mm: i64,
    /// From its farthest corner to the lot.
    pub from: crate::geometry::Spot,
    /// Where that ends.
    pub to: crate::geometry::Spot,
}

/// Where an outline lies on a site.
pub(super) fn place(site: &Site, proposal: &Proposal, outline: &Shape) -> Place {
    match outline {
        Shape::Areas(area) => place_of_area(site, proposal.off_by_mm, area),
        Shape::Lines(lines) => place_of_lines(site, proposal.off_by_mm, lines),
        Shape::Points(_) => Place::Unknown,
    }
}

fn place_of_area(site: &Site, off_by_mm: u32, area: &MultiPolygon) -> Place {
    let beyond = difference(area, &site.ground);
    if beyond.0.is_empty() {
        let in_corridor = difference(area, &site.lot.area);
        if site.roads_unknown.is_none() && !in_corridor.0.is_empty() {
            return Place::InCorridor(in_corridor);
        }
        return inside(site, off_by_mm, &Shape::Areas(area.clone()));
    }
    if site.roads_unknown.is_some() {
        return Place::Unknown;
    }
    let streets = union_all(site.roads.iter().map(|road| &road.area));
    let off_streets = difference(&beyond, &streets);
    let pieces = off_streets.0.into_iter();
    let foreign = pieces.filter(|piece| !is_gap(site, piece));
    let foreign = MultiPolygon(foreign.collect());
    if !foreign.0.is_empty() {
        let ours = Shape::Areas(union_all([&site.ground, &streets]));
        let corners = foreign.rings().flat_map(|ring| &ring.0);
        return if is_near(corners, &ours, off_by_mm) {
            Place::Marginal
        } else {
            Place::Beyond(Witness::Area(foreign))
        };
    }
    if !site.lot.is_one_piece() || is_on_contact(site, &Shape::Areas(area.clone())) {
        return Place::Marginal;
    }
    let over = |road: usize| intersection(&beyond, &site.roads[road].area);
    let first = site.lot.fronts.first().map(|front| front.road);
    let over_first = first.map(over).unwrap_or_default();
    let rest = difference(&beyond, &over_first);
    let others = (0..site.roads.len()).filter(|road| Some(*road) != first);
    let others = others.filter_map(|road| {
        let own = intersection(&rest, &site.roads[road].area);
        (!own.0.is_empty()).then(|| (road, reach(&own, &site.ground)))
    });
    let others: Vec<(usize, Option<Reach>)> = others.collect();
    let measured = if others.is_empty() {
        &beyond
    } else {
        &over_first
    };
    Place::OverStreet(OverStreet {
        aside: is_aside(site, &beyond),
        reach: reach(measured, &site.ground),
        over: Witness::Area(beyond),
        others,
    })
}

/// Whether what lies beyond the lot and off the streets lies between its front and a red line that runs
/// along it a little apart: all of its corners are as near to that front as the red line is taken for
/// it, and nearer to no other edge.
fn is_gap(site: &Site, piece: &Polygon) -> bool {
    let mut corners = piece.rings().flat_map(|ring| &ring.0);
    corners.all(|&corner| {
        let edges = || site.lot.edges.iter();
        let fronts = edges().filter_map(|edge| {
            let Facing::Road(road) = edge.facing else {
                return None;
            };
            let own = to_edge_mm(corner, edge)?;
            (own <= site.roads[road].reach_mm()).then_some(own)
        });
        let others = edges().filter(|edge| !matches!(edge.facing, Facing::Road(_)));
        let other = others.filter_map(|edge| to_edge_mm(corner, edge));
        let other = other.min_by(f64::total_cmp);
        let front = fronts.min_by(f64::total_cmp);
        front.is_some_and(|front| other.is_none_or(|other| front <= other))
    })
}

/// Whether a corner of what lies beyond the lot lies square to none of its fronts, by more than corners
/// are rounded.
fn is_aside(site: &Site, beyond: &MultiPolygon) -> bool {
    let fronts = site.lot.edges.iter();
    let fronts: Vec<&Edge> = fronts
        .filter(|edge| matches!(edge.facing, Facing::Road(_)))
        .collect();
    let is_before = |corner: Point, edge: &Edge| {
        let step = |to: Point| {
            let along = |from: i32, to: i32| f64::from(to) - f64::from(from);
            (along(edge.from.x(), to.x()), along(edge.from.y(), to.y()))
        };
        let ((x, y), (own_x, own_y)) = (step(edge.to), step(corner));
        let length = x.hypot(y);
        let along = (x * own_x + y * own_y) / length;
        (-(SURE_MM as f64)..=length + SURE_MM as f64).contains(&along)
    };
    let mut corners = beyond.rings().flat_map(|ring| &ring.0);
    corners.any(|&corner| !fronts.iter().any(|edge| is_before(corner, edge)))
}

fn to_edge_mm(corner: Point, edge: &Edge) -> Option<f64> {
    let line = Shape::Lines(vec![LineString(vec![edge.from, edge.to])]);
    distance(&Shape::Points(vec![corner]), &line).map(|way| way.distance_mm)
}

fn place_of_lines(site: &Site, off_by_mm: u32, lines: &[LineString]) -> Place {
    let ground = Shape::Areas(site.ground.clone());
    let shape = Shape::Lines(lines.to_vec());
    if covers(&ground, &shape) {
        return inside(site, off_by_mm, &shape);
    }
    if site.roads_unknown.is_some() {
        return Place::Unknown;
    }
    let corners = || lines.iter().flat_map(|line| &line.0);
    if is_near(corners(), &ground, off_by_mm) {
        return Place::Marginal;
    }
    let ways = corners().filter_map(|&corner| {
        distance(&Shape::Points(vec![corner]), &ground).filter(|way| way.distance_mm > 0.0)
    });
    if let Some(way) = ways.max_by(|a, b| a.distance_mm.total_cmp(&b.distance_mm)) {
        return Place::Beyond(Witness::Segment(way.from, way.to));
    }
    // Its corners lie on the lot, and it leaves the lot between two of them.
    let pieces = lines.iter().flat_map(|line| line.0.windows(2));
    let mut outside = pieces.filter(|pair| {
        let piece = Shape::Lines(vec![LineString(pair.to_vec())]);
        !covers(&ground, &piece)
    });
    let segment = outside.next().map(|pair| [pair[0].into(), pair[1].into()]);
    segment.map_or(Place::Unknown, |[from, to]| {
        Place::Beyond(Witness::Segment(from, to))
    })
}

/// What does not lie beyond, and may do so by how exactly it is known.
fn inside(site: &Site, off_by_mm: u32, shape: &Shape) -> Place {
    if site.roads_unknown.is_some() {
        return Place::Unknown;
    }
    if is_on_contact(site, shape) {
        return Place::Marginal;
    }
    let edges = site.ground.rings().flat_map(|ring| ring.edges());
    let edges = edges.map(|(a, b)| LineString(vec![a, b])).collect();
    let nearest = distance(shape, &Shape::Lines(edges)).map_or(0.0, |way| way.distance_mm);
    if off_by_mm > 0 && nearest <= f64::from(off_by_mm) {
        Place::Marginal
    } else {
        Place::Within
    }
}

/// Whether it lies where a red line meets the parcels by less than can be told from nothing.
fn is_on_contact(site: &Site, shape: &Shape) -> bool {
    let mut contacts = site.contacts.iter();
    contacts.any(|contact| interiors_intersect(shape, &Shape::Areas(contact.clone())))
}

fn is_near<'p>(mut corners: impl Iterator<Item = &'p Point>, ours: &Shape, off_by_mm: u32) -> bool {
    off_by_mm > 0
        && corners.all(|&corner| {
            let way = distance(&Shape::Points(vec![corner]), ours);
            way.is_some_and(|way| way.distance_mm <= f64::from(off_by_mm))
        })
}

/// How far an area beyond the ground reaches from it: its farthest corner, and no less than any place
/// between its corners where the ground bends around it. Nothing where that cannot be drawn.
fn reach(beyond: &MultiPolygon, ground: &MultiPolygon) -> Option<Reach> {
    let shape = Shape::Areas(ground.clone());
    let corners = beyond.rings().flat_map(|ring| &ring.0);
    let ways = corners.filter_map(|&corner| distance(&Shape::Points(vec![corner]), &shape));
    let way = ways.max_by(|a, b| a.distance_mm.total_cmp(&b.distance_mm))?;
    let mut mm = way.distance_mm.round() as i64;
    let edges: Vec<_> = ground.rings().flat_map(|ring| ring.edges()).collect();
    let reaches = |mm: i64| {
        let edges = edges.clone();
        let distance_mm = u32::try_from(mm).ok()?;
        Some(!inset(beyond, &[Clear { edges, distance_mm }])?.0.is_empty())
    };
    if reaches(mm + SURE_MM)? {
        let around = beyond.envelope()?;
        let along = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let (mut far, mut beyond_mm) = (
            mm + SURE_MM,
            mm + along(around.min.x(), around.max.x()) + along(around.min.y(), around.max.y()) + 1,
        );
        while beyond_mm - far > 1 {
            let middle = i64::midpoint(far, beyond_mm);
            if reaches(middle)? {
                far = middle;
            } else {
                beyond_mm = middle;
            }
        }
        mm = beyond_mm;
    }
    Some(Reach {
        mm,
        from: way.from,
        to: way.to,
    })
}

/// Corners are rounded by less than this, in millimetres.
const SURE_MM: i64 = 2;
