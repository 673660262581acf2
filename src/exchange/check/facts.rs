//! Facts of one draft: its two areas against each other, its land use against the dated table.

use super::ground::{Ground, about, metres, place};
use crate::cadastre::{AreaCheck, CodeOnDay, MeasuredArea};
use crate::exchange::{Finding, FindingCode, ParcelDraft};
use crate::geometry::point_on_surface;

/// A warning when registered and measured area differ by more than App. 04 of Circular 26/2024
/// allows at the scale of the survey; a difference equal to the tolerance is allowed.
pub fn area_mismatch(draft: &ParcelDraft, ground: &Ground) -> Option<Finding> {
    let registered = draft.registered_area?;
    let measured = MeasuredArea::from_twice_mm2(draft.shape.twice_area());
    let check = AreaCheck::compare(draft.scale, registered, measured);
    if check.is_within() {
        return None;
    }
    let difference_m2 = check.twice_difference_mm2 as f64 / 2e6;
    let values = [
        ("registered", format!("{:.2}", registered.m2())),
        ("measured", metres(measured.m2())),
        ("difference", format!("{difference_m2:+.3}")),
        ("tolerance", metres(check.tolerance_mm2 as f64 / 1e6)),
        ("scale", draft.scale.denominator().to_string()),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let finding = Finding::warning(FindingCode::AreaMismatch, "", &values);
    let finding = about(draft, finding).over_m2(difference_m2.abs());
    Some(match point_on_surface(&draft.shape) {
        Some(at) => place(finding, ground, draft.plane, (at.x().into(), at.y().into())),
        None => finding,
    })
}

/// A warning for every land-use code that the table of the draft's day does not list. A day
/// before the first table says nothing.
pub fn unknown_land_use(draft: &ParcelDraft, ground: &Ground) -> Vec<Finding> {
    let day = ground.day_of(draft);
    let unlisted = draft
        .land_use
        .iter()
        .filter(|line| ground.land_use.on_day(line.code, day) == CodeOnDay::NotListed);
    let told = |code: &str| {
        let values = [("value", code), ("day", &day.to_string())];
        about(
            draft,
            Finding::warning(FindingCode::UnknownLandUse, "", &values),
        )
    };
    unlisted.map(|line| told(line.code.as_str())).collect()
}

/// A rejection of a draft that is over on the day of the file and states no first day: such a
/// version holds on no day that is known.
pub fn over_from_unknown(draft: &ParcelDraft, ground: &Ground) -> Option<Finding> {
    let to = draft.valid_to.filter(|to| *to <= ground.day)?;
    let (to, day) = (to.to_string(), ground.day.to_string());
    let values = [("to", to.as_str()), ("day", &day)];
    let code = FindingCode::UnreadableField;
    let finding = || {
        about(
            draft,
            Finding::rejection(code, "over_from_unknown", &values),
        )
    };
    draft.valid_from.is_none().then(finding)
}
