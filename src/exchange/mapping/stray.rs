//! Coordinates that lie where no land is expected: as what they were read, who said so, and what they
//! look like.

use std::cell::OnceCell;

use super::placing::{From, WGS_84};
use crate::crs::{AxisOrder, Between, Cause, Epsg, LonLat, Planes, Transforms, WorkingPlane};
use crate::exchange::source::Xy;
use crate::exchange::{Finding, FindingCode};

/// Who said in which system the coordinates of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ToldBy {
    /// The user.
    Option,
    /// The profile.
    Profile,
    /// The file.
    File,
    /// Each feature, by its plane.
    Plane,
}

/// So many systems that coordinates look like are named.
const NAMED: usize = 8;

/// Tells of coordinates of one source that lie outside.
pub(super) struct Stray<'a> {
    planes: &'a Planes,
    transforms: &'a Transforms,
    from: From,
    told_by: ToldBy,
    order: AxisOrder,
    /// Systems in metres that the city knows, with their ways to WGS 84; found when they are asked
    /// for.
    systems: OnceCell<Vec<(Epsg, Between)>>,
}

impl<'a> Stray<'a> {
    pub const fn new(
        planes: &'a Planes,
        transforms: &'a Transforms,
        (from, told_by): (From, ToldBy),
        order: AxisOrder,
    ) -> Self {
        Self {
            planes,
            transforms,
            from,
            told_by,
            order,
            systems: OnceCell::new(),
        }
    }

    /// A rejection of a coordinate outside the region of a plane; `own` is that plane when the
    /// coordinate was read as metres of it.
    pub fn outside(&self, own: Option<&WorkingPlane>, at: Xy, plane: Epsg) -> Finding {
        let (x, y) = self.order.east_north(at[0], at[1]);
        let cause = own.and_then(|own| self.planes.likely_cause(own, x, y));
        match cause {
            Some(Cause::LooksLikeLonLat) => self.told("looks_like_lonlat", at, plane, ""),
            Some(Cause::AxesSwapped) => self.told("axes_swapped", at, plane, ""),
            Some(Cause::OtherZone(other)) => self.told("other_zone", at, plane, &other.to_string()),
            None => match self.looks_like(at) {
                None => self.told("", at, plane, ""),
                Some(other) => self.told("other_zone", at, plane, &other),
            },
        }
    }

    /// A rejection of a coordinate in a system that is not a plane's, where the city expects no
    /// land; whether it would with its axes the other way round is told.
    pub fn elsewhere(&self, at: Xy, system: Epsg, swapped: bool) -> Finding {
        if swapped {
            return self.told("axes_swapped", at, system, "");
        }
        match self.looks_like(at) {
            None => self.told("elsewhere", at, system, ""),
            Some(other) => self.told("elsewhere_other", at, system, &other),
        }
    }

    /// The systems in which the coordinate would lie where land is expected: the planes of the
    /// city before all others, else those in which it does so with its axes the other way round.
    fn looks_like(&self, at: Xy) -> Option<String> {
        let (x, y) = self.order.east_north(at[0], at[1]);
        let named = |systems: Vec<Epsg>| {
            let names = systems.iter().take(NAMED).map(Epsg::to_string);
            let names: Vec<String> = names.collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let planes = |x, y| {
            let planes = self.planes.iter().filter(|plane| plane.expects(x, y));
            named(planes.map(|plane| plane.epsg).collect())
        };
        let others = || {
            let systems = self.systems().iter();
            let fitting = systems.filter(|(_, way)| self.is_land(way, (x, y)));
            named(fitting.map(|(system, _)| *system).collect())
        };
        planes(x, y).or_else(others).or_else(|| planes(y, x))
    }

    fn is_land(&self, way: &Between, (x, y): (f64, f64)) -> bool {
        let position = way.convert(x, y).ok();
        position.is_some_and(|(lon, lat)| !self.planes.for_lonlat(LonLat { lon, lat }).is_empty())
    }

    fn systems(&self) -> &[(Epsg, Between)] {
        self.systems.get_or_init(|| {
            let in_metres = |system: &Epsg| !self.transforms.is_geographic(*system).unwrap_or(true);
            let systems = self.planes.systems().filter(in_metres);
            let ways = systems.filter_map(|system| {
                let way = self.transforms.between(system, WGS_84).ok()?;
                Some((system, way))
            });
            ways.collect()
        })
    }

    fn told(&self, case: &str, at: Xy, region: Epsg, other: &str) -> Finding {
        let read = match self.from {
            From::System(system) => system,
            From::StatedPlane => region,
        };
        let (read, region) = (read.to_string(), region.to_string());
        let (x, y) = (shown(at[0]), shown(at[1]));
        let origin = match self.told_by {
            ToldBy::Option => "option",
            ToldBy::Profile => "profile",
            ToldBy::File => "file",
            ToldBy::Plane => "plane",
        };
        let values = [
            ("x", x.as_str()),
            ("y", &y),
            ("read", &read),
            ("origin", origin),
            ("crs", &region),
            ("other", other),
        ];
        Finding::rejection(FindingCode::OutsidePlane, case, &values)
    }
}

/// A coordinate as people read it: three decimals for metres, six for degrees.
fn shown(ordinate: f64) -> String {
    if ordinate.abs() <= 360.0 {
        format!("{ordinate:.6}")
    } else {
        format!("{ordinate:.3}")
    }
}
