//! The streets on which land fronts, and what their red lines leave of it: found once, for whoever
//! asks.
//!
//! Lengths are exact on the 1 mm grid of the land's plane. Read `road.rs`, `edges.rs`, then here.

/// The edges of land.
mod edges;
/// Lengths on the grid.
mod length;
/// A street beside land.
mod road;
/// The front wall of a building.
mod wall;

pub use edges::{Edge, Facing};
pub use length::Length;
pub use road::{EDGE_MM, Road};

pub(super) use road::FARTHEST_MM;

use crate::geometry::MultiPolygon;
use edges::{Piece, pieces};
use length::{Share, Step};
use std::cmp::Reverse;

/// Land that red lines leave, its edges and the streets it fronts on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontage {
    /// The land.
    pub area: MultiPolygon,
    /// Its outline.
    pub edges: Vec<Edge>,
    /// The streets it fronts on, the widest first; of equal width, the one with the longer front.
    pub fronts: Vec<Front>,
}

/// The side of land on one street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// The street, by its place among the streets.
    pub road: usize,
    /// Its length on the red line.
    pub length: Length,
    /// How far the land reaches from it, square to the line through its ends.
    pub depth: Length,
    way: Step,
}

impl Front {
    /// Outward from the land: to the east, to the north.
    pub fn outward(&self) -> (f64, f64) {
        (self.way.y as f64, -self.way.x as f64)
    }
}

/// How the fronts of land lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Whether two of them lie at an angle: the land lies at a corner.
    pub corner: bool,
    /// Whether two of them lie on opposite sides.
    pub through: bool,
}

/// Two fronts within 30° of one line are in line, or opposite.
const IN_LINE: Share = Share { squared: 3, of: 4 };
/// An edge lies behind when it goes against the front within 45°.
const BEHIND: Share = Share { squared: 1, of: 2 };

impl Frontage {
    /// Of land from which what red lines take is off already; all on one plane.
    ///
    /// A contact with a street that is no longer than its red line is known exactly is no front.
    pub fn of(area: MultiPolygon, roads: &[Road]) -> Self {
        let pieces = pieces(&area, roads);
        let mut fronts = fronts(&area, &pieces, roads);
        fronts.sort_by_key(|front| Reverse((roads[front.road].way.width_mm, front.length)));
        let is_front = |road: usize| fronts.iter().any(|front| front.road == road);
        let edge = |piece: &Piece| Edge {
            from: piece.from,
            to: piece.to,
            facing: match piece.roads.iter().find(|&&road| is_front(road)) {
                Some(&road) => Facing::Road(road),
                None => Facing::Side,
            },
        };
        let mut edges: Vec<Edge> = pieces.iter().map(edge).collect();
        // Behind is what lies against all fronts, so they have to be in line.
        if let [first, others @ ..] = &fronts[..]
            && others.iter().all(|o| o.way.leans_to(first.way, IN_LINE))
        {
            let back = first.way.turned();
            for edge in edges.iter_mut().filter(|edge| edge.facing == Facing::Side) {
                if edge.step().leans_to(back, BEHIND) {
                    edge.facing = Facing::Rear;
                }
            }
        }
        Self {
            area,
            edges,
            fronts,
        }
    }

    /// Whether the land hangs together: parcels adjoin, and no road cuts it in two.
    pub fn is_one_piece(&self) -> bool {
        self.area.0.len() == 1
    }

    /// The front on a street.
    pub fn front_on(&self, road: usize) -> Option<&Front> {
        self.fronts.iter().find(|front| front.road == road)
    }

    /// How its fronts lie.
    pub fn position(&self) -> Position {
        let pairs = || {
            let fronts = self.fronts.iter().enumerate();
            fronts.flat_map(|(i, a)| self.fronts[i + 1..].iter().map(move |b| (a.way, b.way)))
        };
        let through = |(a, b): (Step, Step)| a.leans_to(b.turned(), IN_LINE);
        let in_line = |(a, b): (Step, Step)| a.leans_to(b, IN_LINE);
        Position {
            corner: pairs().any(|pair| !through(pair) && !in_line(pair)),
            through: pairs().any(through),
        }
    }
}

fn fronts(area: &MultiPolygon, pieces: &[Piece], roads: &[Road]) -> Vec<Front> {
    let mut fronts = Vec::new();
    for (road, known) in roads.iter().enumerate() {
        let on_it = || pieces.iter().filter(move |p| p.roads.contains(&road));
        let lengths = on_it().map(|piece| Length::between(piece.from, piece.to));
        let length: Length = lengths.sum();
        let Some(first) = on_it().next() else {
            continue;
        };
        if (length.um() as f64) <= known.reach_mm() * 1000.0 {
            continue;
        }
        let way = on_it().fold(Step::default(), |way, piece| way + piece.step());
        let corners = area.rings().flat_map(|ring| &ring.0);
        let depth = corners.map(|&corner| way.left_of(Step::from(first.from, corner)));
        fronts.push(Front {
            road,
            length,
            depth: depth.max().unwrap_or_default(),
            way,
        });
    }
    fronts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::overlay::difference;
    use crate::geometry::{Point, Polygon, Ring};
    use crate::planning::{LayerCode, RightOfWay};

    fn area(corners: &[(i32, i32)]) -> MultiPolygon {
        let points = corners
            .iter()
            .map(|&(x, y)| Point::new(x, y).expect("on the grid"));
        MultiPolygon(vec![Polygon {
            exterior: Ring(points.collect()),
            interiors: Vec::new(),
        }])
    }

    fn rectangle(west: i32, south: i32, east: i32, north: i32) -> MultiPolygon {
        area(&[(west, south), (east, south), (east, north), (west, north)])
    }

    fn road(width_mm: u32, area: MultiPolygon) -> Road {
        Road {
            layer: LayerCode("roads".into()),
            features: Vec::new(),
            way: RightOfWay {
                street: String::new(),
                width_mm: Some(width_mm),
                decision: None,
                alley: false,
            },
            accuracy_mm: 75,
            area,
        }
    }

    /// Land without what lies within the red lines.
    fn left(land: &MultiPolygon, roads: &[Road]) -> Frontage {
        let left = roads
            .iter()
            .fold(land.clone(), |left, road| difference(&left, &road.area));
        Frontage::of(left, roads)
    }

    #[test]
    fn a_row_house_lot_is_cut_by_the_road_and_has_one_rear() {
        let parcel = rectangle(0, -1_000, 4_000, 16_500);
        let lot = left(
            &parcel,
            &[road(12_000, rectangle(-50_000, -12_000, 50_000, 0))],
        );
        assert_eq!(lot.area.twice_area(), 2 * 66_000_000);
        assert_eq!(lot.fronts.len(), 1);
        assert_eq!(lot.fronts[0].length, Length::of_mm(4_000));
        assert_eq!(lot.fronts[0].depth, Length::of_mm(16_500));
        assert_eq!(lot.fronts[0].outward(), (0.0, -4_000.0));
        let rear: Vec<&Edge> = lot
            .edges
            .iter()
            .filter(|e| e.facing == Facing::Rear)
            .collect();
        assert_eq!(rear.len(), 1);
        assert_eq!((rear[0].from.y(), rear[0].to.y()), (16_500, 16_500));
        let position = lot.position();
        assert!(!position.corner && !position.through);
    }

    #[test]
    fn a_red_line_that_runs_along_within_its_accuracy_is_fronted_on_and_takes_nothing() {
        let parcel = rectangle(0, 0, 5_000, 20_000);
        let beside = |gap: i32| road(8_000, rectangle(-50_000, -8_000 - gap, 50_000, -gap));
        // The root of 75² and of the 100² that the edges of a parcel may be off.
        let lot = left(&parcel, &[beside(125)]);
        assert_eq!(lot.fronts[0].length, Length::of_mm(5_000));
        assert_eq!(lot.area.twice_area(), 2 * 100_000_000);
        let apart = left(&parcel, &[beside(126)]);
        assert!(apart.fronts.is_empty());
        assert!(apart.edges.iter().all(|edge| edge.facing == Facing::Side));
    }

    #[test]
    fn a_road_that_ends_along_an_edge_is_fronted_on_up_to_its_end() {
        let parcel = rectangle(0, 0, 10_000, 20_000);
        let lot = left(
            &parcel,
            &[road(4_000, rectangle(-50_000, -4_000, 3_500, 0))],
        );
        assert_eq!(lot.fronts[0].length, Length::of_mm(3_500));
    }

    #[test]
    fn an_edge_that_leaves_a_red_line_is_fronted_on_as_far_as_it_is_near() {
        // 125 mm away after half of its 10 m.
        let parcel = area(&[(0, 0), (10_000, 250), (10_000, 20_000), (0, 20_000)]);
        let lot = left(
            &parcel,
            &[road(4_000, rectangle(-50_000, -4_000, 50_000, 0))],
        );
        let front = lot.fronts[0].length.nearest_mm();
        assert!((4_999..=5_003).contains(&front), "{front}");
        let sides = lot.edges.iter().filter(|e| e.facing == Facing::Side);
        assert_eq!(sides.count(), 3);
    }

    #[test]
    fn two_streets_in_line_have_one_rear_behind_them() {
        let parcel = rectangle(0, 0, 10_000, 20_000);
        let west = road(8_000, rectangle(-50_000, -8_000, 4_000, 0));
        let east = road(6_000, rectangle(4_000, -6_000, 50_000, 0));
        let lot = left(&parcel, &[west, east]);
        assert_eq!(lot.fronts.len(), 2);
        let rear = lot.edges.iter().filter(|e| e.facing == Facing::Rear);
        assert_eq!(rear.count(), 1);
    }

    #[test]
    fn a_corner_lot_and_a_through_lot_are_told_apart_and_have_the_wider_road_first() {
        let parcel = rectangle(0, 0, 5_000, 20_000);
        let south = road(6_000, rectangle(-50_000, -6_000, 50_000, 0));
        let west = road(16_000, rectangle(-16_000, 0, 0, 50_000));
        let north = road(5_000, rectangle(0, 20_000, 50_000, 25_000));
        let corner = left(&parcel, &[south.clone(), west]);
        assert_eq!(
            corner.position(),
            Position {
                corner: true,
                through: false
            }
        );
        assert_eq!(corner.fronts[0].road, 1);
        assert_eq!(corner.fronts[0].length, Length::of_mm(20_000));
        assert_eq!(corner.fronts[0].depth, Length::of_mm(5_000));
        let through = left(&parcel, &[south, north]);
        assert_eq!(
            through.position(),
            Position {
                corner: false,
                through: true
            }
        );
        assert!(through.edges.iter().all(|edge| edge.facing != Facing::Rear));
    }
}
