//! Envelopes of any lot under any rules: nothing within a level fails a rule that shaped it, and what
//! reaches 3 mm beyond a face fails the rule that makes it.

use crate::checks::FILED;
use crate::envelope_any::{Rules, lots, polygon, rules, stated};
use crate::village::day;
use diachinh::geometry::beside::length_mm;
use diachinh::geometry::overlay::intersection;
use diachinh::geometry::{LineString, MultiPolygon, Point, Shape, covers, distance, validity};
use diachinh::rules::check::{Building, Check, Proposal, Standing};
use diachinh::rules::envelope::{Cause, Envelope, Extent, KeptFrom, LackingReason, Level};
use diachinh::rules::site::{Facing, Site};
use diachinh::rules::{Decimal, Facts, Outcome, Pack};
use proptest::prelude::*;

fn judged(
    (packs, site, stated): (&[Pack], &Site, &Facts),
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
    let check = Check::new(packs, site, &proposal, stated, day(FILED));
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

/// How far an area lies from what a distance is kept from, in millimetres.
fn apart(site: &Site, area: &MultiPolygon, from: KeptFrom) -> f64 {
    let edges = from.edges(site, 20_000).into_iter();
    let lines = edges.map(|(a, b)| LineString(vec![a, b])).collect();
    let way = distance(&Shape::Areas(area.clone()), &Shape::Lines(lines));
    way.map_or(f64::INFINITY, |way| way.distance_mm)
}

fn every_face_is_made_by_its_rule(asked: (&[Pack], &Site, &Facts), level: &Level<'_>) {
    let site = asked.1;
    let height = level.to_mm.expect("heights are limited");
    let first = site
        .lot
        .fronts
        .first()
        .map(|front| KeptFrom::Front(front.road));
    let has_rear = site
        .lot
        .edges
        .iter()
        .any(|edge| edge.facing == Facing::Rear);
    for face in &level.faces {
        for edge in face.corners.windows(2) {
            // Between two faces rounding leaves edges of some millimetres.
            if length_mm((edge[0], edge[1])) < 10.0 {
                continue;
            }
            let Some(strip) = beyond((edge[0], edge[1])) else {
                continue;
            };
            if let Cause::Limit(kept) = &face.cause {
                let nearer = apart(site, &strip, kept.from) < f64::from(kept.distance_mm);
                assert!(nearer, "{kept:?} {edge:?}");
                assert!(level.limit_of(kept).is_some(), "{kept:?}");
            }
            judged(asked, strip, height, |check| match &face.cause {
                Cause::Limit(kept) => {
                    let found = outcome(check, &kept.quantity.to_string());
                    let is_measured = match kept.from {
                        KeptFrom::Front(_) => first == Some(kept.from),
                        KeptFrom::Rear => has_rear,
                        _ => true,
                    };
                    match kept.quantity.kind.name {
                        "setback" if is_measured => {
                            assert_eq!(found, Some(Outcome::Fail), "{kept:?} {edge:?}");
                        }
                        "clearance" => assert_ne!(found, Some(Outcome::Pass), "{kept:?}"),
                        _ => {}
                    }
                }
                Cause::Lot(facing) => {
                    let stands = matches!(check.standing, Standing::Beyond(_));
                    assert!(stands, "{facing:?} {edge:?} {:?}", check.standing);
                }
                Cause::Corridor => {
                    // Its ends may reach beyond the lot.
                    let stands = check.standing != Standing::Within;
                    assert!(stands, "{edge:?}");
                }
            });
        }
    }
}

/// What stands back above a height does so, by the rules themselves.
fn upper_parts_stand_back(site: &Site, rules: &Rules, level: &Level<'_>) {
    let height = level.to_mm.expect("heights are limited");
    let line_mm = rules.front;
    let mut back: Vec<(usize, u32)> = Vec::new();
    for (i, front) in site.lot.fronts.iter().enumerate() {
        let at_line = rules.at_line.filter(|at_line| height > *at_line);
        let added = at_line.and(rules.added).unwrap_or(0);
        let (above, by) = rules.through;
        let is_narrower = i > 0 && site.lot.position().through && height > above;
        let through = if is_narrower { by } else { 0 };
        back.push((front.road, added.max(through)));
    }
    for (road, back_mm) in back {
        let found = apart(site, &level.area, KeptFrom::Front(road));
        let least = f64::from(line_mm + back_mm);
        assert!(found >= least - 1e-6, "{road} {found} {least}");
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
        let stated = stated(&rules, &lot);
        let asked = (&packs[..], &site, &stated);
        let envelope = Envelope::new(&packs, &site, &stated, day(FILED)).expect("sizes");
        let has = |facing| site.lot.edges.iter().any(|edge| edge.facing == facing);
        if let Extent::Unknown { lacking, site: gaps } = &envelope.extent {
            let position = site.lot.position();
            let in_middle = !position.corner && !position.through;
            let no_edges = in_middle && rules.rear.is_some_and(|mm| mm > 0) && !has(Facing::Rear)
                || !has(Facing::Side);
            // A corridor may take the street, or cut the lot.
            let cut = lot.line.is_some() && !gaps.is_empty();
            // What is only kept to be certain leaves no room.
            let no_room = !lacking.is_empty() && lacking.iter().all(|own| match own.reason {
                LackingReason::Officer => true,
                LackingReason::NoEdges => !in_middle,
                _ => false,
            });
            prop_assert!(no_edges || cut || no_room, "{lacking:?} {gaps:?}");
        }
        for level in &envelope.levels {
            let height = level.to_mm.expect("heights are limited");
            for footprint in footprints(level, &picks) {
                judged(asked, footprint.clone(), height, |check| {
                    let stands = matches!(check.standing, Standing::Within);
                    assert!(stands, "{footprint:?}");
                    if !site.corridors.is_empty() {
                        // And not only perhaps.
                        let found = outcome(check, "clearance/power_line");
                        assert_eq!(found, Some(Outcome::Pass), "{footprint:?}");
                    }
                    for quantity in ["setback/front", "setback/side", "setback/rear", "ridge_height"] {
                        let found = outcome(check, quantity);
                        assert_ne!(found, Some(Outcome::Fail), "{quantity} {footprint:?}");
                    }
                });
            }
            every_face_is_made_by_its_rule(asked, level);
            upper_parts_stand_back(&site, &rules, level);
        }
        if let Some(level) = envelope.levels.last() {
            // So much higher that distances which grow with the height grow by 3 mm.
            let higher = 3 * rules.by_height.unwrap_or(1);
            let top = level.to_mm.expect("heights are limited");
            let height = top + higher;
            let steps = [rules.at_line, Some(rules.through.0)];
            let is_step = top < rules.ridge && steps.contains(&Some(top));
            judged(asked, level.area.clone(), height, |check| {
                let fails = |quantity| outcome(check, quantity) == Some(Outcome::Fail);
                let fails = fails("ridge_height") || fails("setback/side");
                assert!(fails || is_step, "{height}");
            });
        }
    }
}
