//! Figures: what the boundary lines of a drawing enclose, and which of them enclose nothing.

use super::drawing::DrawnLine;
use crate::crs::Epsg;
use crate::exchange::check::{Ground, metres, pairs_within, place};
use crate::exchange::{FeatureNumber, Finding, FindingCode};
use crate::geometry::measure::length_between_mm;
use crate::geometry::{
    Dangle, Envelope, LineString, Point, Polygon, Polygonized, Shape, polygonize,
};

/// How far an open end may lie from what it was meant to meet, for the finding to say that the
/// boundary does not close there instead of that a line ends freely.
const MISSED_BY_AT_MOST_MM: i32 = 1_000;

/// The closed figures, and a warning for every line that closes none or is drawn twice.
pub fn figures(lines: &[DrawnLine], plane: Epsg, ground: &Ground) -> (Vec<Polygon>, Vec<Finding>) {
    let paths: Vec<LineString> = lines.iter().map(|l| l.line.clone()).collect();
    let Polygonized {
        polygons,
        dangles,
        cuts,
        doubled,
    } = polygonize(&paths);
    let feature = |line: usize| lines[line].feature;
    let at = |finding, p: Point| place(finding, ground, plane, (p.x().into(), p.y().into()));
    let mut findings = Vec::new();
    for (dangle, missed) in dangles.iter().zip(missed_points(&dangles, &paths)) {
        let finding = open_end(dangle, missed, &feature).drawn(drawn(dangle.path.clone()));
        findings.push(at(finding, dangle.path.0[0]));
    }
    for cut in &cuts {
        let length = metres(cut.length_mm() / 1000.0);
        let finding =
            Finding::warning(FindingCode::UnclosedBoundary, "cut", &[("length", &length)]);
        let middle = cut.0[cut.0.len() / 2];
        let line = paths.iter().position(|path| path.0.contains(&cut.0[0]));
        let finding = line.map_or(finding.clone(), |line| finding.about(feature(line)));
        findings.push(at(finding.drawn(drawn(cut.clone())), middle));
    }
    for stretch in &doubled {
        let length = metres(length_between_mm(stretch.from, stretch.to) / 1000.0);
        let finding = Finding::warning(FindingCode::DoubleLine, "", &[("length", &length)])
            .about(feature(stretch.lines[0]));
        let other = stretch.lines.get(1).map(|&line| feature(line));
        let finding = other.map_or(finding.clone(), |other| finding.and(other));
        let line = LineString(vec![stretch.from, stretch.to]);
        findings.push(at(finding.drawn(drawn(line)), stretch.from));
    }
    (polygons, findings)
}

fn drawn(line: LineString) -> Shape {
    Shape::Lines(vec![line])
}

/// The finding for one open end: with what it missed, if something is near.
fn open_end(
    dangle: &Dangle,
    missed: Option<Missed>,
    feature: &impl Fn(usize) -> FeatureNumber,
) -> Finding {
    let length = dangle.path.length_mm() / 1000.0;
    match missed {
        Some(missed) => {
            let width = missed.by_mm / 1000.0;
            let values = [("width", metres(width)), ("length", metres(length))];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Finding::warning(FindingCode::UnclosedBoundary, "missed", &values)
                .about(feature(dangle.line))
                .and(feature(missed.line))
                .wide_m(width)
        }
        None => {
            let values = [("length", metres(length))];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Finding::warning(FindingCode::Dangle, "", &values).about(feature(dangle.line))
        }
    }
}

/// What an open end was probably meant to meet.
#[derive(Debug, Clone, Copy)]
struct Missed {
    line: usize,
    by_mm: f64,
}

/// For every dangle the nearest other line ahead of its open end, within reach.
///
/// A dangle that is shorter than its distance to that line overshot something else and missed
/// nothing.
fn missed_points(dangles: &[Dangle], paths: &[LineString]) -> Vec<Option<Missed>> {
    let mut envelopes: Vec<Envelope> = Vec::new();
    for dangle in dangles {
        let end = dangle.path.0[0];
        envelopes.push(Envelope { min: end, max: end });
    }
    let mut segments = Vec::new();
    for (line, path) in paths.iter().enumerate() {
        for pair in path.0.windows(2) {
            envelopes.extend(Envelope::around([pair[0], pair[1]]));
            segments.push((line, pair[0], pair[1]));
        }
    }
    let mut missed: Vec<Option<Missed>> = vec![None; dangles.len()];
    for (i, j) in pairs_within(&envelopes, MISSED_BY_AT_MOST_MM) {
        let (Some(dangle), Some(segment)) = (dangles.get(i), j.checked_sub(dangles.len())) else {
            continue;
        };
        let (line, a, b) = segments[segment];
        let by_mm = distance_to_segment_mm(dangle.path.0[0], a, b);
        let near = by_mm <= f64::from(MISSED_BY_AT_MOST_MM) && by_mm < dangle.path.length_mm();
        if line != dangle.line && near && missed[i].is_none_or(|m| by_mm < m.by_mm) {
            missed[i] = Some(Missed { line, by_mm });
        }
    }
    missed
}

fn distance_to_segment_mm(p: Point, a: Point, b: Point) -> f64 {
    let of = |q: Point| (f64::from(q.x()), f64::from(q.y()));
    let ((px, py), (ax, ay), (bx, by)) = (of(p), of(a), of(b));
    let (ux, uy) = (bx - ax, by - ay);
    let length2 = ux * ux + uy * uy;
    if length2 == 0.0 {
        return (px - ax).hypot(py - ay);
    }
    let t = (((px - ax) * ux + (py - ay) * uy) / length2).clamp(0.0, 1.0);
    (px - ax - t * ux).hypot(py - ay - t * uy)
}
