//! Likely causes: why many parcels of a file lie outside the wards they state, told once for all.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::wards::{FAR_MM, Units};
use crate::cadastre::WardCode;
use crate::crs::{Between, Epsg};
use crate::exchange::{Note, ParcelDraft};
use crate::geometry::{
    Envelope, Location, MultiPolygon, Point, Shape, distance, locate, point_on_surface,
};

/// Fewer parcels astray than this are each their own case.
const FEW: usize = 5;

/// So many of the parcels astray are looked at, spread over the file.
const SAMPLE: usize = 200;

/// A parcel outside the wards that its file states for it.
pub(super) struct Astray<'a> {
    pub draft: &'a ParcelDraft,
    pub wards: Vec<WardCode>,
}

/// What most of the parcels astray have in common, when they are at least five and more than half
/// of the `of` parcels of the file: a system or an order of axes in which four of five would lie in
/// their wards, or other wards in which four of five lie. Otherwise that no cause was found.
pub(super) fn likely_cause(
    astray: &[Astray<'_>],
    of: usize,
    units: &Units<'_>,
    ground: &Ground<'_>,
) -> Option<Note> {
    if astray.len() < FEW || astray.len() * 2 <= of {
        return None;
    }
    let step = astray.len().div_ceil(SAMPLE);
    let sample: Vec<&Astray<'_>> = astray.iter().step_by(step).collect();
    let most = |fit: usize| fit * 5 >= sample.len() * 4;
    let (count, of) = (astray.len().to_string(), of.to_string());
    let told = |case: &str, name: &str, value: &str| {
        let values = [("count", count.as_str()), ("of", &of), (name, value)];
        Some(Note::new(case, &values))
    };
    for reading in Reading::all(ground) {
        let fits = |a: &&&Astray<'_>| reading.brings_home(a, units, ground);
        if most(sample.iter().filter(fits).count()) {
            return match reading.system {
                Some((epsg, _)) => told("astray_other_system", "crs", &epsg.0.to_string()),
                None => told("astray_axes_swapped", "crs", ""),
            };
        }
    }
    let mut found: BTreeMap<WardCode, usize> = BTreeMap::new();
    for astray in &sample {
        if let Some(ward) = lies_in(astray.draft, units, ground) {
            *found.entry(ward).or_default() += 1;
        }
    }
    if most(found.values().sum()) {
        let mut found: Vec<(WardCode, usize)> = found.into_iter().collect();
        found.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        let found: Vec<WardCode> = found.into_iter().map(|(code, _)| code).take(3).collect();
        return told("astray_other_ward", "wards", &units.named(&found));
    }
    told("astray", "crs", "")
}

/// Another way to read the coordinates that were read as metres of a plane.
struct Reading {
    swapped: bool,
    /// The system they would be in, when it is another, and the ways from it to each plane.
    system: Option<(Epsg, Vec<(Epsg, Between)>)>,
}

impl Reading {
    /// Swapped axes, and every system in metres that the city knows.
    fn all(ground: &Ground<'_>) -> Vec<Self> {
        let mut all = vec![Self {
            swapped: true,
            system: None,
        }];
        let Some(transforms) = ground.transforms else {
            return all;
        };
        let systems = ground.planes.systems();
        for system in systems.filter(|s| !transforms.is_geographic(*s).unwrap_or(true)) {
            let ways = ground.planes.iter().filter_map(|plane| {
                let way = transforms.between(system, plane.epsg).ok()?;
                Some((plane.epsg, way))
            });
            let ways = ways.collect();
            all.push(Self {
                swapped: false,
                system: Some((system, ways)),
            });
        }
        all
    }

    /// Whether a parcel would lie in one of its wards.
    fn brings_home(&self, astray: &Astray<'_>, units: &Units<'_>, ground: &Ground<'_>) -> bool {
        let draft = astray.draft;
        let as_read = || {
            let plane = ground.planes.get(draft.plane)?;
            let (east, north) = plane.metres(point_on_surface(&draft.shape)?);
            Some(if self.swapped {
                (north, east)
            } else {
                (east, north)
            })
        };
        let Some((x, y)) = as_read() else {
            return false;
        };
        let wards = astray.wards.iter();
        let wards = wards.filter_map(|code| units.in_force(*code, ground.day_of(draft)));
        wards.into_iter().any(|ward| {
            let metres = match &self.system {
                Some((system, _)) if *system == draft.plane => None,
                Some((_, ways)) => {
                    let way = ways.iter().find(|(plane, _)| *plane == ward.plane);
                    way.and_then(|(_, way)| way.convert(x, y).ok())
                }
                None => (ward.plane == draft.plane).then_some((x, y)),
            };
            let plane = ground.planes.get(ward.plane);
            let at = metres.and_then(|(e, n)| plane?.grid_point(e, n).ok());
            at.is_some_and(|at| within_reach(at, &ward.border))
        })
    }
}

/// Whether a place is in a border, or no farther outside than is not said.
fn within_reach(at: Point, border: &MultiPolygon) -> bool {
    let Some(bounds) = border.envelope() else {
        return false;
    };
    let here = Envelope { min: at, max: at };
    if bounds.intersects(&here) && locate(at, border) != Location::Exterior {
        return true;
    }
    let reach = FAR_MM as i64;
    let beyond = |low: i32, at: i32, high: i32| {
        let at = i64::from(at);
        at < i64::from(low) - reach || at > i64::from(high) + reach
    };
    if beyond(bounds.min.x(), at.x(), bounds.max.x())
        || beyond(bounds.min.y(), at.y(), bounds.max.y())
    {
        return false;
    }
    let witness = distance(&Shape::Points(vec![at]), &Shape::Areas(border.clone()));
    witness.is_some_and(|witness| witness.distance_mm <= FAR_MM)
}

/// The ward of the parcel's day whose border holds a place in it.
fn lies_in(draft: &ParcelDraft, units: &Units<'_>, ground: &Ground<'_>) -> Option<WardCode> {
    let at = point_on_surface(&draft.shape)?;
    let here = Envelope { min: at, max: at };
    let day = ground.day_of(draft);
    let there = ground.wards.iter().filter(|ward| {
        ward.plane == draft.plane
            && ward.valid.has(day)
            && ward.border.envelope().is_some_and(|b| b.intersects(&here))
    });
    let mut there = there.filter(|ward| locate(at, &ward.border) != Location::Exterior);
    there
        .next()
        .and_then(|ward| units.in_force(ward.code, day))
        .map(|ward| ward.code)
}
