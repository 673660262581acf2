//! The test cases of the JTS Topology Suite: each passes, or is listed as skipped with its reason.

use std::collections::BTreeMap;

use diachinh::geometry::{
    Dimension, IntersectionMatrix, LineString, Location, MultiPolygon, Shape, distance, locate,
    overlay, point_on_surface, polygonize, relate, validity,
};

use super::jts_cases::{Case, Operation, all, folder};
use super::wkt::Geometry;

/// What became of one operation.
enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

fn skip(reason: impl Into<String>) -> Outcome {
    Outcome::Skipped(reason.into())
}

#[test]
fn every_jts_case_passes_or_is_listed_with_its_reason() {
    let mut failures = Vec::new();
    let mut skipped = Vec::new();
    let mut passed: BTreeMap<String, usize> = BTreeMap::new();
    for case in all() {
        for operation in &case.operations {
            let [first, second, third] = &operation.arguments;
            let name = format!("{} {} {first} {second} {third}", case.place, operation.name);
            match run(&case, operation) {
                Outcome::Passed => *passed.entry(operation.name.clone()).or_default() += 1,
                Outcome::Failed(why) => {
                    failures.push(format!("{name} ({}): {why}", case.description));
                }
                Outcome::Skipped(reason) => {
                    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                    skipped.push(format!("{name}: {reason}"));
                }
            }
        }
    }
    let mut list =
        String::from("# Operations that passed, by name; then each that was not run, and why.\n");
    for (name, count) in &passed {
        list.push_str(&format!("passed {name}: {count}\n"));
    }
    list.push_str(&format!("skipped: {}\n", skipped.len()));
    list.extend(skipped.iter().map(|line| format!("{line}\n")));
    assert!(
        failures.is_empty(),
        "{} failed:\n{}",
        failures.len(),
        failures.join("\n")
    );
    let golden = folder().join("skipped.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &list).expect("the list can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(
        list == expected,
        "skipped.txt differs; run again with BLESS=1 and review the change"
    );
}

fn run(case: &Case, operation: &Operation) -> Outcome {
    match operation.name.as_str() {
        "relate" | "intersects" | "contains" | "covers" | "coveredby" | "within" | "touches"
        | "overlaps" | "equalstopo" | "disjoint" | "crosses" => predicate(case, operation),
        "isvalid" => valid(case, operation),
        "union" | "intersection" | "difference" | "symdifference" | "unionng"
        | "intersectionng" | "differenceng" | "symdifferenceng" | "unionsr" | "intersectionsr"
        | "differencesr" | "symdifferencesr" => overlaid(case, operation),
        "getinteriorpoint" => interior_point(case, operation),
        "distance" | "iswithindistance" => measured(case, operation),
        "polygonize" => polygonized(case, operation),
        _ => skip("the operation is not offered"),
    }
}

fn operand<'a>(case: &'a Case, argument: &str) -> Result<&'a str, Outcome> {
    match argument {
        "a" => Ok(&case.a),
        "b" => Ok(&case.b),
        other => Err(Outcome::Failed(format!("no operand `{other}`"))),
    }
}

/// The geometries of the first `count` operands.
fn geometries(case: &Case, operation: &Operation, count: usize) -> Result<Vec<Geometry>, Outcome> {
    operation.arguments[..count]
        .iter()
        .map(|argument| Geometry::parse(operand(case, argument)?).map_err(skip))
        .collect()
}

/// The shapes of the operands at the finest scale that the grid allows, and that scale.
fn shapes(geometries: &[Geometry]) -> Result<(Vec<Shape>, i32), Outcome> {
    let all: Vec<&Geometry> = geometries.iter().collect();
    let Some(&scale) = Geometry::scales(&all).last() else {
        return Err(skip("the coordinates need more than 30 bits"));
    };
    let shapes: Result<Vec<Shape>, String> = all.iter().map(|g| g.shape(scale)).collect();
    Ok((shapes.map_err(skip)?, scale))
}

fn compare<T: PartialEq + std::fmt::Debug>(found: &T, expected: &T) -> Outcome {
    if found == expected {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("found {found:?}, expected {expected:?}"))
    }
}

fn either(result: Result<Outcome, Outcome>) -> Outcome {
    result.unwrap_or_else(|outcome| outcome)
}

fn predicate(case: &Case, operation: &Operation) -> Outcome {
    either((|| {
        let (shapes, _) = shapes(&geometries(case, operation, 2)?)?;
        let [a, b] = &shapes[..] else {
            return Err(skip("it has not two operands"));
        };
        if shapes
            .iter()
            .any(|s| matches!(s, Shape::Lines(l) if l.iter().any(is_without_length)))
        {
            return Err(skip(
                "a line without length is nothing here, and a point in JTS",
            ));
        }
        let matrix = relate(a, b);
        let expected = operation.expected == "true";
        let found = match operation.name.as_str() {
            "relate" => matrix
                .matches(&operation.arguments[2])
                .expect("JTS writes patterns"),
            name => holds(name, &matrix, dimension(a), dimension(b)),
        };
        match compare(&found, &expected) {
            Outcome::Failed(why) => Ok(Outcome::Failed(format!("{why}, the matrix is {matrix}"))),
            other => Ok(other),
        }
    })())
}

fn is_without_length(line: &LineString) -> bool {
    line.length_mm() == 0.0 && !line.0.is_empty()
}

const fn dimension(shape: &Shape) -> u8 {
    match shape {
        Shape::Points(_) => 0,
        Shape::Lines(_) => 1,
        Shape::Areas(_) => 2,
    }
}

/// The predicates of OGC 06-103r4, 6.1.15, from the matrix.
fn holds(name: &str, matrix: &IntersectionMatrix, a: u8, b: u8) -> bool {
    let fits = |pattern: &str| matrix.matches(pattern).expect("nine signs");
    match name {
        "intersects" => matrix.is_intersects(),
        "disjoint" => !matrix.is_intersects(),
        "touches" => matrix.is_touches(),
        "covers" => matrix.is_covers(),
        "coveredby" => matrix.is_covered_by(),
        "equalstopo" => matrix.is_equal_set(),
        "contains" => fits("T*****FF*"),
        "within" => fits("T*F**F***"),
        "crosses" if a < b => fits("T*T******"),
        "crosses" if a > b => fits("T*****T**"),
        "crosses" => a == 1 && fits("0********"),
        "overlaps" if a == 1 && b == 1 => fits("1*T***T**"),
        "overlaps" => a == b && fits("T*T***T**"),
        other => unreachable!("`{other}` is no predicate"),
    }
}

fn valid(case: &Case, operation: &Operation) -> Outcome {
    either((|| match &shapes(&geometries(case, operation, 1)?)?.0[..] {
        [Shape::Areas(area)] => {
            let expected = operation.expected == "true";
            let defects = validity::all_defects(area);
            match compare(&validity::is_valid(area), &expected) {
                Outcome::Failed(why) => Ok(Outcome::Failed(format!("{why}: {defects:?}"))),
                other => Ok(other),
            }
        }
        _ => Err(skip("validity is asked of areas only")),
    })())
}

/// The areas of operands and result on a common grid, and the result of the same name here.
fn overlaid(case: &Case, operation: &Operation) -> Outcome {
    either((|| {
        let count = if operation.arguments[1].is_empty() {
            1
        } else {
            2
        };
        let mut all = geometries(case, operation, count)?;
        let expected = Geometry::parse(&operation.expected).map_err(skip)?;
        let other_than_areas = |g: &Geometry| !matches!(g, Geometry::Areas(_)) && !g.is_empty();
        if all.iter().any(other_than_areas) {
            return Err(skip("overlay takes areas only"));
        }
        if other_than_areas(&expected) {
            return Err(skip("the result has points or lines, ours areas only"));
        }
        all.push(expected);
        let wanted = if operation.name.ends_with("sr") {
            operation.arguments[2].parse().ok()
        } else {
            case.precision
        };
        let scales = Geometry::scales(&all.iter().collect::<Vec<_>>());
        let fixed = wanted.map(|scale: f64| scale.log10().round() as i32);
        let scale = match fixed {
            Some(fixed) => scales.iter().find(|&&s| s == fixed),
            None => scales.last(),
        };
        let scale = *scale.ok_or_else(|| skip("operands or result are not on the grid"))?;
        let mut areas = Vec::new();
        for geometry in &all {
            areas.push(match geometry.shape(scale) {
                Ok(Shape::Areas(area)) => area,
                _ => MultiPolygon::default(),
            });
        }
        let expected = areas.pop().expect("the result was pushed last");
        let found = match (operation.name.as_bytes()[0], &areas[..]) {
            (_, [a]) => overlay::union_all([a]),
            (b'u', [a, b]) => overlay::union(a, b),
            (b'i', [a, b]) => overlay::intersection(a, b),
            (b'd', [a, b]) => overlay::difference(a, b),
            (_, [a, b, ..]) => overlay::symmetric_difference(a, b),
            _ => return Err(skip("it has no operand")),
        };
        Ok(same_set(&found, &expected))
    })())
}

fn same_set(found: &MultiPolygon, expected: &MultiPolygon) -> Outcome {
    let empty = found.0.is_empty() && expected.0.is_empty();
    let (f, e) = (Shape::Areas(found.clone()), Shape::Areas(expected.clone()));
    if !validity::is_valid(found) {
        Outcome::Failed(format!(
            "the result is not valid: {:?}",
            validity::first_defect(found)
        ))
    } else if empty || relate(&f, &e).is_equal_set() {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("found {found:?}, expected {expected:?}"))
    }
}

fn interior_point(case: &Case, operation: &Operation) -> Outcome {
    either((|| match &shapes(&geometries(case, operation, 1)?)?.0[..] {
        [Shape::Areas(area)] if area.0.is_empty() => Ok(compare(&point_on_surface(area), &None)),
        [Shape::Areas(area)] if area.twice_area() == 0 => {
            Err(skip("the area is empty or a line, which has no interior"))
        }
        [Shape::Areas(area)] => {
            let point = point_on_surface(area);
            Ok(compare(
                &point.map(|p| locate(p, area)),
                &Some(Location::Interior),
            ))
        }
        _ => Err(skip("a point on surface is asked of areas only")),
    })())
}

fn measured(case: &Case, operation: &Operation) -> Outcome {
    either((|| {
        let (shapes, scale) = shapes(&geometries(case, operation, 2)?)?;
        let [a, b] = &shapes[..] else {
            return Err(skip("it has not two operands"));
        };
        let found = distance(a, b).map(|w| w.distance_mm / 10f64.powi(scale));
        if operation.name == "distance" {
            let expected: f64 = operation.expected.parse().map_err(|_| skip("no number"))?;
            let near = found.map_or(expected == 0.0, |d| (d - expected).abs() < 1e-9 * (1.0 + d));
            return Ok(compare(&near, &true));
        }
        let limit: f64 = operation.arguments[2]
            .parse()
            .map_err(|_| skip("no number"))?;
        let within = found.is_some_and(|d| d <= limit);
        Ok(compare(&within, &(operation.expected == "true")))
    })())
}

fn polygonized(case: &Case, operation: &Operation) -> Outcome {
    either((|| {
        let mut all = geometries(case, operation, 1)?;
        match Geometry::parse(&operation.expected).map_err(skip)? {
            Geometry::Collection(parts) => all.extend(parts),
            other => all.push(other),
        }
        let (shapes, _) = shapes(&all)?;
        let lines = match &shapes[0] {
            Shape::Points(_) => Vec::new(),
            Shape::Lines(lines) => lines.clone(),
            Shape::Areas(area) => area.rings().map(closed).collect(),
        };
        let found = MultiPolygon(polygonize(&lines).polygons).normalized();
        let mut expected = MultiPolygon::default();
        for shape in &shapes[1..] {
            match shape {
                Shape::Areas(area) => expected.0.extend(area.0.clone()),
                _ => return Err(skip("the result is no collection of areas")),
            }
        }
        Ok(compare(&found, &expected.normalized()))
    })())
}

fn closed(ring: &diachinh::geometry::Ring) -> LineString {
    LineString(ring.0.iter().chain(ring.0.first()).copied().collect())
}

#[test]
fn an_area_and_its_own_boundary_meet_in_lines() {
    let (area, _) = shapes(&[
        Geometry::parse("POLYGON ((0 0, 4 0, 4 4, 0 0))").expect("well-formed"),
        Geometry::parse("LINESTRING (0 0, 4 0, 4 4, 0 0)").expect("well-formed"),
    ])
    .unwrap_or_default();
    let matrix = relate(&area[0], &area[1]);
    assert_eq!(
        matrix.at(Location::Boundary, Location::Interior),
        Dimension::Lines
    );
    assert_eq!(matrix.to_string(), "FF21FFFF2");
}
