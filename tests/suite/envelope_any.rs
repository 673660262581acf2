//! Any lot, on one street or two and beside a power line, and any rules that shape a building on it.

use crate::checks::{example_1, site};
use crate::envelopes::all_stated;
use crate::extract::place;
use diachinh::geometry::overlay::difference;
use diachinh::geometry::{MultiPolygon, Point, Polygon, Ring};
use diachinh::planning::{LayerCode, RightOfWay};
use diachinh::rules::site::{Frontage, Road, Site, SiteCorridor};
use diachinh::rules::{Facts, Pack, read_pack};
use proptest::prelude::*;

/// Rules of setbacks in millimetres; of the sides also by a part of the height, if any.
#[derive(Debug, Clone)]
pub struct Rules {
    pub front: u32,
    pub side: u32,
    pub rear: Option<u32>,
    pub by_height: Option<u32>,
    pub at_line: Option<u32>,
    pub ridge: u32,
    /// What an added storey keeps from the building line.
    pub added: Option<u32>,
    /// The level above which what lies at the narrower road stands back, and how far.
    pub through: (u32, u32),
    /// From the outermost wire of a line.
    pub power: u32,
}

impl Rules {
    pub fn pack(&self) -> Pack {
        let mut text =
            "[pack]\nid = \"any\"\nversion = \"1\"\nlevel = \"architecture_regulation\"\n\
            title = { vi = \"a\", en = \"a\" }\n[pack.scope]\neverywhere = true\n\
            [[source]]\nid = \"s\"\nact = \"a\"\nconfidence = \"transcribed\"\n\
            reason = { vi = \"a\", en = \"a\" }\n"
                .to_owned();
        for (kind, unit, value) in [
            ("coverage", "%", "value = 100"),
            ("floor_area_ratio", "times", "value = 9"),
            ("storeys", "storeys", STOREYS),
        ] {
            text += &rule(kind, kind, "at_most", unit, value);
        }
        text += &rule("ridge", "ridge_height", "at_most", "m", &metres(self.ridge));
        if let Some(mm) = self.at_line {
            let kind = "height_at_building_line";
            text += &rule(kind, kind, "at_most", "m", &metres(mm));
        }
        text += &rule(
            "front",
            "setback/front",
            "at_least",
            "m",
            &metres(self.front),
        );
        text += &rule("side", "setback/side", "at_least", "m", &metres(self.side));
        if let Some(divided_by) = self.by_height {
            let value =
                format!("proportion = {{ of = \"building_height_m\", divided_by = {divided_by} }}");
            text += &rule("by_height", "setback/side", "at_least", "m", &value);
        }
        let rear = self.rear.map_or("value = \"none\"".to_owned(), metres);
        text += &rule("rear", "setback/rear", "at_least", "m", &rear);
        text += &self.on_conditions();
        read_pack("any.toml", &text).expect("a pack")
    }

    /// What holds for some lots and buildings only.
    fn on_conditions(&self) -> String {
        let mut text = String::new();
        for (kind, bound, mm) in [
            ("step_back/narrower_road_level", "at_most", self.through.0),
            ("step_back/narrower_road", "at_least", self.through.1),
            (
                "step_back/added_storey",
                "at_least",
                self.added.unwrap_or(0),
            ),
            ("clearance/power_line", "at_least", self.power),
        ] {
            let when = match kind {
                "step_back/added_storey" => "\"added_storey\", is",
                "clearance/power_line" => "\"line_voltage_kv\", exists",
                _ => "\"through_lot\", is",
            };
            let when = format!("when = [{{ parameter = {when} = true }}]");
            let id = kind.replace('/', "_");
            text += &rule(&id, kind, bound, "m", &format!("{}\n{when}", metres(mm)));
        }
        text
    }
}

fn metres(mm: u32) -> String {
    format!("value = {}.{:03}", mm / 1000, mm % 1000)
}

fn rule(id: &str, kind: &str, bound: &str, unit: &str, value: &str) -> String {
    let (kind, of) = kind.split_once('/').unwrap_or((kind, ""));
    let of = if of.is_empty() {
        String::new()
    } else {
        format!("of = \"{of}\"\n")
    };
    format!(
        "[[rule]]\nid = \"{id}\"\nkind = \"{kind}\"\n{of}source = \"s\"\n\
         title = {{ vi = \"a\", en = \"a\" }}\nbound = \"{bound}\"\nunit = \"{unit}\"\n{value}\n"
    )
}

/// Five storeys, and one more.
const STOREYS: &str = "value = 5\n[[rule.extra]]\ntitle = { vi = \"a\", en = \"a\" }\nadd = 1\n\
    when = [{ parameter = \"frontage_m\", from = 0 }]\n[rule.greatest.bands]\n\
    by = \"right_of_way_m\"\nintervals = [{ below = 6, value = 6 }, { from = 6, value = 6 }]";

/// A corridor of a power line on the right of a lot.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it begins, as a part of the lot's width.
    at: f64,
    width_mm: u32,
    accuracy_mm: u32,
}

/// A lot by its corners from the front on, counter-clockwise, and the edges on which it has roads.
#[derive(Debug, Clone)]
pub struct Lot {
    corners: Vec<(i32, i32)>,
    fronts: Vec<usize>,
    turned: f64,
    pub line: Option<Line>,
}

impl Lot {
    fn points(&self) -> Vec<Point> {
        self.turned(&self.corners)
    }

    fn turned(&self, corners: &[(i32, i32)]) -> Vec<Point> {
        let (sin, cos) = self.turned.sin_cos();
        let at = |&(x, y): &(i32, i32)| {
            let (x, y) = (f64::from(x) / 1000.0, f64::from(y) / 1000.0);
            place(x * cos - y * sin, x * sin + y * cos)
        };
        corners.iter().map(at).collect()
    }

    fn corridor(&self) -> Option<SiteCorridor> {
        let line = self.line.as_ref()?;
        let wide = self.corners.iter().map(|(x, _)| *x).max()?;
        let west = (f64::from(wide) * line.at) as i32;
        let east = west + 60_000;
        let strip = [
            (west, -9_000),
            (east, -9_000),
            (east, 60_000),
            (west, 60_000),
        ];
        Some(SiteCorridor {
            theme: "power_corridor".into(),
            width_mm: line.width_mm,
            accuracy_mm: line.accuracy_mm,
            area: polygon(self.turned(&strip)),
        })
    }

    /// The site of example 1 with this lot in its place.
    pub fn site(&self) -> Site {
        let points = self.points();
        let roads: Vec<Road> = self
            .fronts
            .iter()
            .enumerate()
            .map(|(i, &edge)| {
                let (a, b) = (points[edge], points[(edge + 1) % points.len()]);
                road(i, a, b)
            })
            .collect();
        let area = polygon(points);
        let mut site = site(&example_1());
        site.parcels[0].shape = area.clone();
        site.ground = area.clone();
        site.corridors = self.corridor().into_iter().collect();
        let left = match site.corridors.first() {
            Some(corridor) => difference(&area, &corridor.area),
            None => area,
        };
        site.lot = Frontage::of(left, &roads);
        site.roads = roads;
        site
    }
}

pub fn polygon(points: Vec<Point>) -> MultiPolygon {
    MultiPolygon(vec![Polygon {
        exterior: Ring(points),
        interiors: Vec::new(),
    }])
}

/// A road of 8 m and more along an edge, on its right.
fn road(i: usize, a: Point, b: Point) -> Road {
    let (x, y) = (f64::from(b.x() - a.x()), f64::from(b.y() - a.y()));
    let long = x.hypot(y);
    let at = |p: Point, out: f64| {
        let (x, y) = (
            f64::from(p.x()) + out * y / long,
            f64::from(p.y()) - out * x / long,
        );
        Point::new(x.round() as i32, y.round() as i32).expect("on the grid")
    };
    let width_mm = 12_000 - 2_000 * u32::try_from(i).expect("few");
    Road {
        layer: LayerCode("roads".into()),
        features: Vec::new(),
        way: RightOfWay {
            street: format!("Đường {i}"),
            width_mm: Some(width_mm),
            decision: None,
            alley: false,
        },
        accuracy_mm: 75,
        area: polygon(vec![a, at(a, 8_000.0), at(b, 8_000.0), b]),
    }
}

pub fn lots() -> impl Strategy<Value = Lot> {
    let jitter = || -600..600_i32;
    let sizes = (
        6_000..25_000_i32,
        8_000..40_000_i32,
        0.0..std::f64::consts::TAU,
    );
    let quad = (
        sizes.clone(),
        prop::collection::vec((jitter(), jitter()), 4),
        0..4_usize,
    )
        .prop_map(|((w, d, turned), off, roads)| {
            let corners = [(0, 0), (w, 0), (w, d), (0, d)].into_iter().zip(off);
            let corners = corners.map(|((x, y), (dx, dy))| (x + dx, y + dy));
            let fronts = [vec![0], vec![0], vec![0, 1], vec![0, 2]][roads].clone();
            Lot {
                corners: corners.collect(),
                fronts,
                turned,
                line: None,
            }
        });
    let hooked = (sizes, 0.3..0.7_f64, 0.3..0.7_f64).prop_map(|((w, d, turned), a, b)| {
        let part = |whole: i32, share: f64| (f64::from(whole) * share) as i32;
        let (x, y) = (part(w, a), part(d, b));
        Lot {
            corners: vec![(0, 0), (w, 0), (w, y), (x, y), (x, d), (0, d)],
            fronts: vec![0],
            turned,
            line: None,
        }
    });
    let line = (0.5..1.05_f64, 0..5_000_u32, 0..600_u32);
    let line = line.prop_map(|(at, width_mm, accuracy_mm)| Line {
        at,
        width_mm,
        accuracy_mm,
    });
    let lines = prop_oneof![2 => Just(None), 1 => line.prop_map(Some)];
    let lot = prop_oneof![4 => quad, 2 => hooked];
    (lot, lines).prop_map(|(lot, line)| Lot { line, ..lot })
}

pub fn rules() -> impl Strategy<Value = Rules> {
    let mm = || prop_oneof![Just(0_u32), 1..200_u32, 500..4_000_u32];
    let by_height = prop_oneof![3 => Just(None), 1 => (2..6_u32).prop_map(Some)];
    let at_line = prop_oneof![2 => Just(None), 1 => (3_000..8_000_u32).prop_map(Some)];
    (
        mm(),
        mm(),
        prop::option::of(mm()),
        by_height,
        at_line,
        5_000..12_000_u32,
        prop::option::of(500..4_000_u32),
        (3_000..9_000_u32, 500..4_000_u32),
        0..6_000_u32,
    )
        .prop_map(
            |(front, side, rear, by_height, at_line, ridge, added, through, power)| Rules {
                front,
                side,
                rear,
                by_height,
                at_line,
                ridge,
                // It stands above the height at the building line.
                added: at_line.and(added),
                through,
                power,
            },
        )
}

/// What is stated: with an added storey, if the rules say what it keeps, and the line where one is.
pub fn stated(rules: &Rules, lot: &Lot) -> Facts {
    let mut facts = all_stated();
    let volts = lot.line.as_ref().map_or("none", |_| "110");
    facts.state("line_voltage_kv", volts).expect("a voltage");
    let added = rules.added.is_some().to_string();
    facts.state("added_storey", &added).expect("a fact");
    facts
}
