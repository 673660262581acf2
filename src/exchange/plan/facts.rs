//! What one draft says by itself: its layer, its days, its lines, whether it lies in the city.

use super::PlanGround;
use crate::exchange::check::{FAR_MM, about, place};
use crate::exchange::{FeatureDraft, Finding, FindingCode};
use crate::geometry::{Point, Shape, intersects, point_on_surface};

/// A rejection for a layer that neither the profile states nor the register holds.
pub fn unknown_layer(draft: &FeatureDraft, ground: &PlanGround) -> Option<Finding> {
    if ground.layers.contains_key(&draft.layer) {
        return None;
    }
    let known: Vec<&str> = ground.layers.keys().map(|code| &*code.0).collect();
    let known = match known.as_slice() {
        [] => "–".to_owned(),
        codes => codes.join(", "),
    };
    let values = [("layer", &*draft.layer.0), ("known", &known)];
    let finding = Finding::rejection(FindingCode::UnknownLayer, "", &values);
    Some(about(draft, finding))
}

/// A rejection for a feature that ends on or before its first day.
pub fn never_valid(draft: &FeatureDraft, ground: &PlanGround) -> Option<Finding> {
    let to = draft.valid_to?;
    let day = ground.layers.get(&draft.layer)?.day;
    let from = draft.valid_from.unwrap_or(day);
    if from < to {
        return None;
    }
    let (from, to) = (from.to_string(), to.to_string());
    let values = [("from", from.as_str()), ("to", &to)];
    let finding = Finding::rejection(FindingCode::UnreadableField, "never_valid", &values);
    Some(about(draft, finding))
}

/// A rejection for a line that has no length, and for a shape without anything in it.
pub fn without_extent(draft: &FeatureDraft, ground: &PlanGround) -> Option<Finding> {
    let at = match &draft.shape {
        Shape::Areas(_) => return None,
        Shape::Points(points) if points.is_empty() => None,
        Shape::Points(_) => return None,
        Shape::Lines(lines) => match lines.iter().find(|line| line.0.len() < 2) {
            Some(short) => short.0.first().copied(),
            None if lines.is_empty() => None,
            None => return None,
        },
    };
    let Some(at) = at else {
        let finding = Finding::rejection(FindingCode::MissingGeometry, "", &[]);
        return Some(about(draft, finding));
    };
    let code = FindingCode::InvalidGeometry;
    let finding = about(draft, Finding::rejection(code, "line_without_length", &[]));
    Some(placed(finding, draft, at, ground))
}

/// A rejection for a feature that comes near no ward of the city, unless its layer is stated to
/// speak there.
pub fn outside_city(draft: &FeatureDraft, ground: &PlanGround) -> Option<Finding> {
    if ground.land.is_reached(draft.plane, &draft.shape) {
        return None;
    }
    let layer = ground.layers.get(&draft.layer)?;
    let areas = layer.speaks.areas().iter();
    let mut here = areas.filter(|(plane, _)| *plane == draft.plane);
    if here.any(|(_, areas)| intersects(&Shape::Areas(areas.clone()), &draft.shape)) {
        return None;
    }
    let distance = format!("{:.0}", FAR_MM / 1000.0);
    let values = [("distance", distance.as_str())];
    let finding = Finding::rejection(FindingCode::OutsideCity, "", &values);
    let finding = about(draft, finding);
    Some(match somewhere_on(&draft.shape) {
        Some(at) => placed(finding, draft, at, ground),
        None => finding,
    })
}

/// A point of a shape to point at.
fn somewhere_on(shape: &Shape) -> Option<Point> {
    match shape {
        Shape::Areas(areas) => point_on_surface(areas),
        Shape::Lines(lines) => lines.first()?.0.first().copied(),
        Shape::Points(points) => points.first().copied(),
    }
}

fn placed(finding: Finding, draft: &FeatureDraft, at: Point, ground: &PlanGround) -> Finding {
    let at_mm = (f64::from(at.x()), f64::from(at.y()));
    place(finding, &ground.ground, draft.plane, at_mm)
}
