//! Envelopes of any lot under any rules: nothing within a level fails a rule that shaped it, and what
//! reaches 3 mm beyond a face fails the rule that makes it.

use crate::checks::{FILED, example_1, site};
use crate::envelopes::all_stated;
use crate::extract::place;
use crate::village::day;
use diachinh::geometry::beside::length_mm;
use diachinh::geometry::overlay::intersection;
use diachinh::geometry::{MultiPolygon, Point, Polygon, Ring, Shape, covers, validity};
use diachinh::planning::{LayerCode, RightOfWay};
use diachinh::rules::check::{Building, Check, Proposal, Standing};
use diachinh::rules::envelope::{Cause, Envelope, Extent, Level};
use diachinh::rules::site::{Facing, Frontage, Road, Site};
use diachinh::rules::{Decimal, Outcome, Pack, read_pack};
use proptest::prelude::*;

/// Rules of setbacks in millimetres; of the sides also by a part of the height, if any.
#[derive(Debug, Clone)]
struct Rules {
    front: u32,
    side: u32,
    rear: Option<u32>,
    by_height: Option<u32>,
    at_line: Option<u32>,
    ridge: u32,
}

impl Rules {
    fn pack(&self) -> Pack {
        let rule = |id: &str, kind: &str, bound: &str, unit: &str, value: String| {
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
        };
        let metres = |mm: u32| format!("value = {}.{:03}", mm / 1000, mm % 1000);
        let mut text =
            "[pack]\nid = \"any\"\nversion = \"1\"\nlevel = \"architecture_regulation\"\n\
            title = { vi = \"a\", en = \"a\" }\n[pack.scope]\neverywhere = true\n\
            [[source]]\nid = \"s\"\nact = \"a\"\nconfidence = \"transcribed\"\n\
            reason = { vi = \"a\", en = \"a\" }\n"
                .to_owned();
        for (kind, unit, value) in [
            ("coverage", "%", "value = 100"),
            ("floor_area_ratio", "times", "value = 9"),
            ("storeys", "storeys", "value = 5"),
        ] {
            text += &rule(kind, kind, "at_most", unit, value.to_owned());
        }
        text += &rule("ridge", "ridge_height", "at_most", "m", metres(self.ridge));
        if let Some(mm) = self.at_line {
            let kind = "height_at_building_line";
            text += &rule(kind, kind, "at_most", "m", metres(mm));
        }
        text += &rule(
            "front",
            "setback/front",
            "at_least",
            "m",
            metres(self.front),
        );
        text += &rule("side", "setback/side", "at_least", "m", metres(self.side));
        if let Some(divided_by) = self.by_height {
            let value =
                format!("proportion = {{ of = \"building_height_m\", divided_by = {divided_by} }}");
            text += &rule("by_height", "setback/side", "at_least", "m", value);
        }
        let rear = self.rear.map_or("value = \"none\"".to_owned(), metres);
        text += &rule("rear", "setback/rear", "at_least", "m", rear);
        read_pack("any.toml", &text).expect("a pack")
    }
}

/// A lot by its corners from the front on, counter-clockwise, and the edges on which it has roads.
#[derive(Debug, Clone)]
struct Lot {
    corners: Vec<(i32, i32)>,
    fronts: Vec<usize>,
    turned: f64,
}

impl Lot {
    fn points(&self) -> Vec<Point> {
        let (sin, cos) = self.turned.sin_cos();
        let at = |&(x, y): &(i32, i32)| {
            let (x, y) = (f64::from(x) / 1000.0, f64::from(y) / 1000.0);
            place(x * cos - y * sin, x * sin + y * cos)
        };
        self.corners.iter().map(at).collect()
    }

    /// The site of example 1 with this lot in its place.
    fn site(&self) -> Site {
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
        site.lot = Frontage::of(area, &roads);
        site.roads = roads;
        site
    }
}

fn polygon(points: Vec<Point>) -> MultiPolygon {
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

fn lots() -> impl Strategy<Value = Lot> {
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
            }
        });
    let hooked = (sizes, 0.3..0.7_f64, 0.3..0.7_f64).prop_map(|((w, d, turned), a, b)| {
        let part = |whole: i32, share: f64| (f64::from(whole) * share) as i32;
        let (x, y) = (part(w, a), part(d, b));
        Lot {
            corners: vec![(0, 0), (w, 0), (w, y), (x, y), (x, d), (0, d)],
            fronts: vec![0],
            turned,
        }
    });
    prop_oneof![3 => quad, 2 => hooked]
}

fn rules() -> impl Strategy<Value = Rules> {
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
    )
        .prop_map(|(front, side, rear, by_height, at_line, ridge)| Rules {
            front,
            side,
            rear,
            by_height,
            at_line,
            ridge,
        })
}

fn judged(
    packs: &[Pack],
    site: &Site,
    footprint: MultiPolygon,
    height_mm: u32,
    look: impl FnOnce(&Check<'_>),
) {
    let proposal = Proposal {
        footprint,
        off_by_mm: 0,
        building: Building {
            ridge_height_m: Some(Decimal::new(i64::from(height_mm), 3)),
            ..Building::default()
        },
    };
    let check = Check::new(packs, site, &proposal, &all_stated(), day(FILED));
    look(&check.expect("sizes of a house"));
}

fn outcome(check: &Check<'_>, quantity: &str) -> Option<Outcome> {
    let mut verdicts = check.verdicts.iter();
    let own = verdicts.find(|verdict| verdict.limit.quantity.to_string() == quantity);
    own.map(|verdict| verdict.outcome)
}

/// Triangles of corners of a level, and what lies in both a level and a triangle of any corners.
fn footprints(level: &Level<'_>, picks: &[[prop::sample::Index; 3]]) -> Vec<MultiPolygon> {
    let corners: Vec<Point> = level.area.rings().flat_map(|r| r.0.clone()).collect();
    let mut found = vec![level.area.clone()];
    for pick in picks {
        let triangle = polygon(pick.iter().map(|index| *index.get(&corners)).collect());
        if !validity::is_valid(&triangle) {
            continue;
        }
        found.push(intersection(&level.area, &triangle));
        found.push(triangle);
    }
    let whole = Shape::Areas(level.area.clone());
    found.retain(|area| !area.0.is_empty() && covers(&whole, &Shape::Areas(area.clone())));
    found
}

/// A strip along an edge that reaches 3 mm beyond it, the land on the left of the edge.
fn beyond((a, b): (Point, Point)) -> Option<MultiPolygon> {
    let (x, y) = (f64::from(b.x() - a.x()), f64::from(b.y() - a.y()));
    let long = x.hypot(y);
    let (nx, ny) = (y / long, -x / long);
    let out = |p: Point| {
        let steps = (-1..=7).flat_map(|dx| (-7..=7).map(move |dy| (dx, dy)));
        let steps = steps.chain((-7..=-2).flat_map(|dx| (-7..=7).map(move |dy| (dx, dy))));
        let far = |(dx, dy): &(i32, i32)| f64::from(*dx) * nx + f64::from(*dy) * ny;
        let enough = steps.filter(|step| far(step) >= 3.0);
        let (dx, dy) = enough.min_by_key(|(dx, dy)| dx * dx + dy * dy)?;
        Point::new(p.x() + dx, p.y() + dy).ok()
    };
    let strip = polygon(vec![a, out(a)?, out(b)?, b]);
    validity::is_valid(&strip).then_some(strip)
}

fn every_face_is_made_by_its_rule(packs: &[Pack], site: &Site, level: &Level<'_>) {
    let height = level.to_mm.expect("heights are limited");
    for face in &level.faces {
        for edge in face.corners.windows(2) {
            // Between two faces rounding leaves edges of some millimetres.
            if length_mm((edge[0], edge[1])) < 10.0 {
                continue;
            }
            let Some(strip) = beyond((edge[0], edge[1])) else {
                continue;
            };
            judged(packs, site, strip, height, |check| match &face.cause {
                Cause::Limit(quantity, _) if quantity.kind.name == "setback" => {
                    let found = outcome(check, &quantity.to_string());
                    assert_eq!(found, Some(Outcome::Fail), "{quantity} {edge:?}");
                }
                Cause::Limit(..) => {}
                Cause::Lot(facing) => {
                    let stands = matches!(check.standing, Standing::Beyond(_));
                    assert!(stands, "{facing:?} {edge:?} {:?}", check.standing);
                }
                Cause::Corridor => unreachable!("there is none"),
            });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("ENVELOPES").map_or(60, |n| n.parse().expect("a number")),
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_within_a_level_fails_and_what_reaches_beyond_a_face_does(
        lot in lots(),
        rules in rules(),
        picks in prop::collection::vec(any::<[prop::sample::Index; 3]>(), 12),
    ) {
        let (site, packs) = (lot.site(), [rules.pack()]);
        prop_assume!(validity::is_valid(&site.ground) && !site.lot.fronts.is_empty());
        let envelope = Envelope::new(&packs, &site, &all_stated(), day(FILED)).expect("sizes");
        let has = |facing| site.lot.edges.iter().any(|edge| edge.facing == facing);
        if let Extent::Unknown { lacking, .. } = &envelope.extent {
            let no_edges = rules.rear.is_some_and(|mm| mm > 0) && !has(Facing::Rear)
                || !has(Facing::Side);
            prop_assert!(no_edges, "{lacking:?}");
        }
        for level in &envelope.levels {
            let height = level.to_mm.expect("heights are limited");
            for footprint in footprints(level, &picks) {
                judged(&packs, &site, footprint.clone(), height, |check| {
                    assert!(!matches!(check.standing, Standing::Beyond(_)), "{footprint:?}");
                    for quantity in ["setback/front", "setback/side", "setback/rear", "ridge_height"] {
                        let found = outcome(check, quantity);
                        assert_ne!(found, Some(Outcome::Fail), "{quantity} {footprint:?}");
                    }
                });
            }
            every_face_is_made_by_its_rule(&packs, &site, level);
        }
        if let Some(level) = envelope.levels.last() {
            // So much higher that distances which grow with the height grow by 3 mm.
            let higher = 3 * rules.by_height.unwrap_or(1);
            let height = level.to_mm.expect("heights are limited") + higher;
            judged(&packs, &site, level.area.clone(), height, |check| {
                let fails = |quantity| outcome(check, quantity) == Some(Outcome::Fail);
                assert!(fails("ridge_height") || fails("setback/side"), "{height}");
            });
        }
    }
}
