//! Shapes: every defect of every shape with its place, and repair where it is asked for.

use super::ground::{Ground, Stated, about, metres, place};
use crate::exchange::{FeatureNumber, Finding, FindingCode};
use crate::geometry::{Change, Defect, MultiPolygon, validity};

/// What to do with shapes that are not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mending {
    /// Reject them; nothing is changed.
    #[default]
    Reject,
    /// Repair them, and say what changed; the caller keeps the original beside it.
    Repair,
}

/// One rejection for every defect of every area, each at its place; an area without any part is
/// rejected as missing. With [`Mending::Repair`] the draft gets the repaired shape, with one
/// warning that tells the changes; a shape of which repair leaves nothing is rejected.
///
/// Answers the features that were repaired.
pub fn examine_shapes(
    drafts: &mut [impl Stated],
    ground: &Ground,
    mending: Mending,
    findings: &mut Vec<Finding>,
) -> Vec<FeatureNumber> {
    let mut repaired = Vec::new();
    for draft in drafts {
        let Some(areas) = draft.areas() else {
            continue;
        };
        if areas.0.is_empty() {
            findings.push(about(
                draft,
                Finding::rejection(FindingCode::MissingGeometry, "", &[]),
            ));
            continue;
        }
        match mending {
            Mending::Reject => findings.extend(defects(draft, areas, ground)),
            Mending::Repair => {
                if let Some(finding) = mend(draft, ground) {
                    if finding.code == FindingCode::Repaired {
                        repaired.push(draft.number());
                    }
                    findings.push(finding);
                }
            }
        }
    }
    repaired
}

/// Every defect of one area.
fn defects(draft: &impl Stated, areas: &MultiPolygon, ground: &Ground) -> Vec<Finding> {
    let of = |defect: Defect| {
        let at = defect.place;
        let values = [
            ("part", (at.part + 1).to_string()),
            ("ring", (at.ring + 1).to_string()),
            ("vertex", (at.vertex + 1).to_string()),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let code = FindingCode::InvalidGeometry;
        let finding = about(draft, Finding::rejection(code, defect.kind.code(), &values));
        let at_mm = (f64::from(defect.at.x()), f64::from(defect.at.y()));
        place(finding, ground, draft.plane(), at_mm)
    };
    validity::all_defects(areas).into_iter().map(of).collect()
}

/// Repairs an area that is not valid; nothing to say of one that is.
fn mend(draft: &mut impl Stated, ground: &Ground) -> Option<Finding> {
    let areas = draft.areas()?;
    let repair = crate::geometry::repair(areas);
    if repair.changes.is_empty() {
        return None;
    }
    let mended = repair
        .changes
        .iter()
        .filter(|c| matches!(c, Change::Mended(_)))
        .count();
    let first = repair.changes.iter().find_map(|change| match change {
        Change::Mended(defect) => Some(defect.at),
        _ => None,
    });
    let before_m2 = areas.twice_area() as f64 / 2e6;
    let after_m2 = repair.shape.twice_area() as f64 / 2e6;
    let values = [
        ("defects", mended.to_string()),
        ("parts", repair.shape.0.len().to_string()),
        ("before", metres(before_m2)),
        ("after", metres(after_m2)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let finding = if repair.shape.0.is_empty() {
        let code = FindingCode::InvalidGeometry;
        Finding::rejection(code, "empty_after_repair", &values[..1])
    } else {
        Finding::warning(FindingCode::Repaired, "", &values).over_m2((after_m2 - before_m2).abs())
    };
    let finding = about(draft, finding);
    if !repair.shape.0.is_empty() {
        draft.mended(repair.shape);
    }
    Some(match first {
        Some(at) => place(
            finding,
            ground,
            draft.plane(),
            (f64::from(at.x()), f64::from(at.y())),
        ),
        None => finding,
    })
}

/// Whether neighbours of a shape may be asked for: it is valid and has an area.
pub fn is_sound(shape: &MultiPolygon) -> bool {
    !shape.0.is_empty() && validity::is_valid(shape)
}
