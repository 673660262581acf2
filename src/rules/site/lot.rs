//! The lot that conforms to the plan, its roads, width, depth, corner and rear, from shapes alone.

use super::edges::{Edge, Facing, edges};
use super::length::{Length, Share, Step};
use super::road::Road;
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::{difference, union_all};
use rust_decimal::Decimal;

/// A lot: what is left of its parcels beside the roads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Its land: the parcels without what lies between red lines.
    pub area: MultiPolygon,
    /// Its boundary.
    pub edges: Vec<Edge>,
    /// The roads it fronts on, the widest first; of equal width, the one with the longer front.
    pub fronts: Vec<Front>,
}

/// The side of a lot on one road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// The road, by its place among the roads of the site.
    pub road: usize,
    /// Its length on the red line.
    pub length: Length,
    /// How far the lot reaches from it, square to the line through its ends.
    pub depth: Length,
    way: Step,
}

impl Front {
    /// The width of a shape along this front.
    pub fn extent_of(&self, shape: &MultiPolygon) -> Length {
        let Some(first) = shape.rings().find_map(|ring| ring.0.first().copied()) else {
            return Length::default();
        };
        let corners = || shape.rings().flat_map(|ring| &ring.0);
        let along = |way: Step| {
            let ahead = corners().map(move |&corner| way.ahead_of(Step::from(first, corner)));
            ahead.max().unwrap_or_default()
        };
        [along(self.way), along(self.way.turned())]
            .into_iter()
            .sum()
    }
}

/// How the fronts of a lot lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Whether two of them lie at an angle: the lot stands at a corner.
    pub corner: bool,
    /// Whether two of them lie on opposite sides.
    pub through: bool,
}

/// Two fronts within 30° of one line are in line, or opposite.
const IN_LINE: Share = Share { squared: 3, of: 4 };
/// An edge lies behind when it goes against the front within 45°.
const BEHIND: Share = Share { squared: 1, of: 2 };

impl Lot {
    /// The lot of parcels beside roads; all on one plane.
    ///
    /// A contact with a road that is no longer than the road is known exactly is no front.
    pub fn new(parcels: &[&MultiPolygon], roads: &[Road]) -> Self {
        let whole = union_all(parcels.iter().copied());
        let taken = union_all(roads.iter().map(|road| &road.area));
        let area = difference(&whole, &taken);
        let mut edges = edges(&area, roads);
        let mut fronts = fronts(&area, &edges, roads);
        fronts.sort_by_key(|front| {
            let width = roads[front.road].width_mm;
            std::cmp::Reverse((width, front.length))
        });
        if let [front] = &fronts[..] {
            let back = front.way.turned();
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

    /// Its area in square metres, exact.
    pub fn square_metres(&self) -> Decimal {
        square_metres(&self.area)
    }

    /// Whether its land hangs together: parcels adjoin, and no road cuts it in two.
    pub fn is_one_piece(&self) -> bool {
        self.area.0.len() == 1
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

/// An area in square metres: millimetres squared, halved, as a decimal.
pub fn square_metres(area: &MultiPolygon) -> Decimal {
    let tenths = area.twice_area() * 5;
    Decimal::try_from_i128_with_scale(tenths, 7).map_or(Decimal::MAX, |area| area.normalize())
}

fn fronts(area: &MultiPolygon, edges: &[Edge], roads: &[Road]) -> Vec<Front> {
    let mut fronts = Vec::new();
    for (road, known) in roads.iter().enumerate() {
        let on_it = || {
            edges
                .iter()
                .filter(move |edge| edge.facing == Facing::Road(road))
        };
        let length: Length = on_it().map(Edge::length).sum();
        let Some(first) = on_it().next() else {
            continue;
        };
        if length <= Length::of_mm(known.reach_mm()) {
            continue;
        }
        let way = on_it().fold(Step::default(), |way, edge| way + edge.step());
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
    use crate::geometry::{Point, Polygon, Ring};

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
            features: Vec::new(),
            street: String::new(),
            width_mm: Some(width_mm),
            alley: false,
            accuracy_mm: 150,
            area,
        }
    }

    fn metres(length: Length) -> String {
        length.metres().to_string()
    }

    #[test]
    fn a_row_house_lot_is_cut_by_the_road_and_has_one_rear() {
        let parcel = rectangle(0, -1_000, 4_000, 16_500);
        let lot = Lot::new(
            &[&parcel],
            &[road(12_000, rectangle(-50_000, -12_000, 50_000, 0))],
        );
        assert_eq!(lot.square_metres().to_string(), "66");
        assert_eq!(lot.fronts.len(), 1);
        assert_eq!(metres(lot.fronts[0].length), "4");
        assert_eq!(metres(lot.fronts[0].depth), "16.5");
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
        let lot = Lot::new(&[&parcel], &[beside(150)]);
        assert_eq!(metres(lot.fronts[0].length), "5");
        assert_eq!(lot.square_metres().to_string(), "100");
        let apart = Lot::new(&[&parcel], &[beside(151)]);
        assert!(apart.fronts.is_empty());
        assert!(apart.edges.iter().all(|edge| edge.facing == Facing::Side));
    }

    #[test]
    fn a_road_that_ends_along_an_edge_is_fronted_on_up_to_its_end() {
        let parcel = rectangle(0, 0, 10_000, 20_000);
        let lot = Lot::new(
            &[&parcel],
            &[road(4_000, rectangle(-50_000, -4_000, 3_500, 0))],
        );
        assert_eq!(metres(lot.fronts[0].length), "3.5");
    }

    #[test]
    fn a_corner_lot_and_a_through_lot_are_told_apart_and_have_the_wider_road_first() {
        let parcel = rectangle(0, 0, 5_000, 20_000);
        let south = road(6_000, rectangle(-50_000, -6_000, 50_000, 0));
        let west = road(16_000, rectangle(-16_000, 0, 0, 50_000));
        let north = road(5_000, rectangle(0, 20_000, 50_000, 25_000));
        let corner = Lot::new(&[&parcel], &[south.clone(), west]);
        assert_eq!(
            corner.position(),
            Position {
                corner: true,
                through: false
            }
        );
        assert_eq!(corner.fronts[0].road, 1);
        assert_eq!(metres(corner.fronts[0].length), "20");
        assert_eq!(metres(corner.fronts[0].depth), "5");
        let through = Lot::new(&[&parcel], &[south, north]);
        assert_eq!(
            through.position(),
            Position {
                corner: false,
                through: true
            }
        );
        assert!(through.edges.iter().all(|edge| edge.facing != Facing::Rear));
    }

    #[test]
    fn several_parcels_are_one_lot() {
        let (a, b) = (
            rectangle(0, 0, 3_000, 10_000),
            rectangle(3_000, 0, 7_500, 10_000),
        );
        let lot = Lot::new(
            &[&a, &b],
            &[road(12_000, rectangle(-9_000, -12_000, 9_000, 0))],
        );
        assert_eq!(lot.square_metres().to_string(), "75");
        assert_eq!(metres(lot.fronts[0].length), "7.5");
    }
}
