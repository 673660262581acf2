//! Wards: in which ward of its day a draft lies, and how far outside that ward's border.

use super::ground::{Ground, about, place};
use crate::cadastre::{Day, Ward, WardCode};
use crate::exchange::{Finding, FindingCode, ParcelDraft};
use crate::geometry::{
    Envelope, Location, MultiPolygon, Point, Shape, distance, locate, point_on_surface,
};

/// How far outside the border of its ward a parcel may reach before that is said; borders are
/// drawn for display and not surveyed.
pub const FAR_MM: f64 = 50_000.0;

/// The ward a draft lies in.
///
/// A ward that the source states must be in force on the draft's day. Otherwise the commune of
/// the key tells it: the only successor of that commune, or of several the one whose border holds
/// the parcel, or a ward in force with the very code.
///
/// # Errors
/// The rejection, when none of these tells it.
pub fn ward_of(draft: &ParcelDraft, ground: &Ground) -> Result<WardCode, Box<Finding>> {
    let day = ground.day_of(draft);
    let refused = |case: &str, code: WardCode, successors: &[WardCode]| {
        let (code, day) = (code.to_string(), day.to_string());
        let wards = named(successors, ground);
        let values = [("code", code.as_str()), ("day", &day), ("wards", &wards)];
        let finding = Finding::rejection(FindingCode::UnknownWard, case, &values);
        Box::new(about(draft, finding))
    };
    if let Some(stated) = draft.ward {
        let successors = successors(stated, ground, day);
        return match (in_force(ground, stated, day), &successors[..]) {
            (Some(ward), _) => Ok(ward.code),
            (None, []) => Err(refused("not_in_force", stated, &[])),
            (None, some) => Err(refused("former", stated, some)),
        };
    }
    let commune = draft.as_map.commune;
    let successors = successors(commune, ground, day);
    let told = match successors[..] {
        [] => in_force(ground, commune, day).map(|ward| ward.code),
        [only] => in_force(ground, only, day).map(|ward| ward.code),
        _ => among(&successors, draft, ground, day),
    };
    told.ok_or_else(|| match &successors[..] {
        [] => refused("no_such", commune, &[]),
        some => refused("in_none", commune, some),
    })
}

/// The wards that a former commune has become by a day.
fn successors(former: WardCode, ground: &Ground, day: Day) -> Vec<WardCode> {
    let all = ground.successions.iter();
    let mut wards: Vec<WardCode> = all
        .filter(|s| s.former.code == Some(former) && s.day <= day)
        .map(|s| s.ward)
        .collect();
    wards.sort_unstable();
    wards.dedup();
    wards
}

/// Wards with their names, as a sentence lists them.
fn named(wards: &[WardCode], ground: &Ground) -> String {
    let name = |code: &WardCode| {
        let ward = ground.wards.iter().rfind(|ward| ward.code == *code);
        ward.map_or_else(|| format!("`{code}`"), |w| format!("{} `{code}`", w.name))
    };
    let named: Vec<String> = wards.iter().map(name).collect();
    named.join(", ")
}

/// A warning when the parcel reaches farther than [`FAR_MM`] outside the border of its ward. A
/// ward without a border, or with one on another plane, tells nothing.
pub fn far_from_ward(draft: &ParcelDraft, code: WardCode, ground: &Ground) -> Option<Finding> {
    let ward = in_force(ground, code, ground.day_of(draft))?;
    if ward.plane != draft.plane {
        return None;
    }
    let (at, distance_mm) = outermost(&draft.shape, &ward.border)?;
    let (distance, code) = (
        format!("{:.0}", distance_mm / 1000.0),
        ward.code.to_string(),
    );
    let values = [
        ("distance", distance.as_str()),
        ("name", &ward.name),
        ("ward", &code),
    ];
    let finding = Finding::warning(FindingCode::FarFromWard, "", &values);
    let finding = about(draft, finding).wide_m(distance_mm / 1000.0);
    Some(place(
        finding,
        ground,
        draft.plane,
        (at.x().into(), at.y().into()),
    ))
}

/// The ward of a code that is in force on a day.
fn in_force<'a>(ground: &Ground<'a>, code: WardCode, day: Day) -> Option<&'a Ward> {
    ground
        .wards
        .iter()
        .find(|w| w.code == code && w.valid.has(day))
}

/// The one of several wards whose border holds a point of the parcel.
fn among(
    candidates: &[WardCode],
    draft: &ParcelDraft,
    ground: &Ground,
    day: Day,
) -> Option<WardCode> {
    let at = point_on_surface(&draft.shape)?;
    let holds = |code: &&WardCode| {
        in_force(ground, **code, day).is_some_and(|ward| {
            ward.plane == draft.plane && locate(at, &ward.border) != Location::Exterior
        })
    };
    candidates.iter().find(holds).copied()
}

/// The vertex farthest outside a border, if it is more than [`FAR_MM`] away; only the parcel's
/// outermost vertices to the four sides are looked at.
fn outermost(shape: &MultiPolygon, border: &MultiPolygon) -> Option<(Point, f64)> {
    let vertices = || shape.rings().flat_map(|ring| ring.0.iter().copied());
    let mut corners = [
        vertices().min_by_key(|p| p.x())?,
        vertices().max_by_key(|p| p.x())?,
        vertices().min_by_key(|p| p.y())?,
        vertices().max_by_key(|p| p.y())?,
    ];
    corners.sort_unstable();
    let bounds = border.envelope()?;
    let outside = |p: &&Point| {
        let here = Envelope { min: **p, max: **p };
        !bounds.intersects(&here) || locate(**p, border) == Location::Exterior
    };
    if !corners.iter().any(|p| outside(&p)) {
        return None;
    }
    let border = Shape::Areas(border.clone());
    let away = |p: &Point| {
        let witness = distance(&Shape::Points(vec![*p]), &border)?;
        (witness.distance_mm > FAR_MM).then_some((*p, witness.distance_mm))
    };
    let far = corners.iter().filter(outside).filter_map(away);
    far.max_by(|a, b| a.1.total_cmp(&b.1))
}
