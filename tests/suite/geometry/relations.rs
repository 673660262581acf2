//! The named situations of `tests/relations`: every predicate in both directions.

use diachinh::geometry::{Shape, covers, interiors_intersect, intersects, relate, touches};
use serde_json::Value;

use super::oracle;
use super::wkt::Geometry;

fn cases(file: &str) -> Vec<Value> {
    let path = format!("{}/tests/relations/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the relations are in the repo");
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    serde_json::from_str(&lines.collect::<Vec<_>>().join("\n")).expect("JSON with comments")
}

fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().expect("every field is a text")
}

fn shape(case: &Value, field: &str) -> Shape {
    let geometry = Geometry::parse(text(case, field)).expect("well-formed WKT");
    geometry.shape(0).expect("whole millimetres")
}

fn check(file: &str) {
    for case in cases(file) {
        let (name, a, b) = (text(&case, "name"), shape(&case, "a"), shape(&case, "b"));
        let matrix = relate(&a, &b);
        assert_eq!(matrix.to_string(), text(&case, "matrix"), "{name}");
        assert_eq!(relate(&b, &a), matrix.transposed(), "{name}, turned");
        assert_eq!(
            oracle::matrix(&a, &b),
            text(&case, "matrix"),
            "{name}, by the oracle"
        );
        type Predicate = fn(&Shape, &Shape) -> bool;
        let predicates: [(&str, Predicate); 4] = [
            ("intersects", intersects),
            ("touches", touches),
            ("interiors_intersect", interiors_intersect),
            ("covers", covers),
        ];
        for (predicate, holds) in predicates {
            let sign = |holds| if holds { 'T' } else { 'F' };
            let found = String::from_iter([sign(holds(&a, &b)), sign(holds(&b, &a))]);
            assert_eq!(found, text(&case, predicate), "{predicate}: {name}");
        }
    }
}

#[test]
fn areas_relate_as_written() {
    check("areas.jsonc");
}

#[test]
fn lines_and_points_relate_as_written() {
    check("lines.jsonc");
}
