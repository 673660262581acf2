//! Coordinate systems by reference (OGC 18-058r1): which are offered, and what a parameter names.

use crate::app::{self, View};
use crate::crs::{AxisOrder, Epsg};
use crate::http::positions::Positions;
use crate::http::problem::{Kind, Problem};
use crate::http::query::Query;
use crate::land::items::Collection;

/// A coordinate system as clients name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// WGS 84, longitude first.
    LonLat,
    /// As EPSG defines it, with its order of axes.
    Epsg(Epsg),
}

const WGS_84: Epsg = Epsg(4326);
const WEB_MERCATOR: Epsg = Epsg(3857);
const LON_LAT: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0/";

impl System {
    /// The systems that are offered: WGS 84 in both orders, the planes on which anything is held
    /// with the geographic system of each, Web Mercator.
    ///
    /// # Errors
    /// [`app::Error::Internal`] when a plane is none of the city's, which the import refuses.
    pub fn offered(view: &View) -> Result<Vec<Self>, app::Error> {
        let transforms = &view.city().transforms;
        let mut offered = vec![Self::LonLat, Self::Epsg(WGS_84)];
        let planes = Collection::ALL.into_iter().flat_map(|c| view.planes_of(c));
        let planes: std::collections::BTreeSet<Epsg> = planes.collect();
        for plane in planes.into_iter().rev() {
            let geographic = transforms.geographic(plane);
            let geographic =
                geographic.map_err(|error| app::Error::internal("cannot list systems", error))?;
            for system in [Self::Epsg(plane), Self::Epsg(geographic)] {
                if !offered.contains(&system) {
                    offered.push(system);
                }
            }
        }
        if transforms.name(WEB_MERCATOR).is_ok() {
            offered.push(Self::Epsg(WEB_MERCATOR));
        }
        Ok(offered)
    }

    /// The system in which most items of a collection are held: the first plane of the city that
    /// has any; nothing when none is held.
    pub fn of_storage(view: &View, collection: Collection) -> Option<Self> {
        let held = view.planes_of(collection);
        let mut planes = view.city().planes.iter().map(|plane| plane.epsg);
        planes.find(|plane| held.contains(plane)).map(Self::Epsg)
    }

    /// The system that a parameter names; longitude and latitude when it is not given.
    ///
    /// # Errors
    /// `unsupported_crs` for one that is not offered.
    pub fn read(query: &Query, name: &'static str, view: &View) -> Result<Self, Problem> {
        match query.text(name) {
            None => Ok(Self::LonLat),
            Some(text) => Self::named(text, name, view),
        }
    }

    /// The system of a text that stands somewhere.
    ///
    /// # Errors
    /// As [`System::read`].
    pub fn named(text: &str, place: &'static str, view: &View) -> Result<Self, Problem> {
        Self::one_of(Self::offered(view)?, text, place)
    }

    /// The system of a drawing: of degrees, or a plane of the city.
    ///
    /// # Errors
    /// As [`System::read`].
    pub fn of_drawing(text: &str, place: &'static str, view: &View) -> Result<Self, Problem> {
        let mut offered = Self::offered(view)?;
        let planes: Vec<Epsg> = view.city().planes.iter().map(|plane| plane.epsg).collect();
        offered.retain(|system| {
            let in_degrees = system.axes(view).is_ok_and(|(_, in_degrees)| in_degrees);
            in_degrees || planes.contains(&system.epsg())
        });
        Self::one_of(offered, text, place)
    }

    fn one_of(offered: Vec<Self>, text: &str, place: &'static str) -> Result<Self, Problem> {
        let named = Self::of_name(text).filter(|system| offered.contains(system));
        named.ok_or_else(|| {
            let known: Vec<String> = offered.into_iter().map(Self::uri).collect();
            let shown = text.chars().take(80).collect();
            Problem::new(
                Kind::UnsupportedCrs,
                "unsupported_crs",
                vec![("value", shown)],
            )
            .at(place)
            .expecting("known_crs", vec![("known", known.join(", "))])
        })
    }

    /// A system by its address, or by the short form `[EPSG:9210]`.
    fn of_name(text: &str) -> Option<Self> {
        if text == LON_LAT || text == "[OGC:CRS84]" {
            return Some(Self::LonLat);
        }
        let short = text
            .strip_prefix("[EPSG:")
            .and_then(|t| t.strip_suffix(']'));
        let code = text.strip_prefix(EPSG).or(short)?;
        let plain = code.bytes().all(|b| b.is_ascii_digit());
        code.parse()
            .ok()
            .filter(|_| plain)
            .map(|code| Self::Epsg(Epsg(code)))
    }

    /// Its address.
    pub fn uri(self) -> String {
        match self {
            Self::LonLat => LON_LAT.to_owned(),
            Self::Epsg(Epsg(code)) => format!("{EPSG}{code}"),
        }
    }

    /// Its code; that of WGS 84 for longitude and latitude.
    pub const fn epsg(self) -> Epsg {
        match self {
            Self::LonLat => WGS_84,
            Self::Epsg(epsg) => epsg,
        }
    }

    /// Two numbers in its order as easting (longitude) and northing (latitude), and whether they
    /// are degrees.
    ///
    /// # Errors
    /// [`app::Error::Internal`] for a system that the city does not list.
    pub fn axes(self, view: &View) -> Result<(AxisOrder, bool), app::Error> {
        let transforms = &view.city().transforms;
        let order = match self {
            Self::LonLat => Ok(AxisOrder::EastNorth),
            Self::Epsg(epsg) => transforms.axis_order(epsg),
        };
        let degrees = transforms.is_geographic(self.epsg());
        order
            .and_then(|order| Ok((order, degrees?)))
            .map_err(|error| app::Error::internal("cannot read a box", error))
    }

    /// How positions are written in it.
    ///
    /// # Errors
    /// As [`System::axes`].
    pub fn positions(self, view: &View) -> Result<Positions, app::Error> {
        match self {
            Self::LonLat => Ok(Positions::LonLat),
            Self::Epsg(epsg) => Positions::of(view.city(), epsg)
                .map_err(|error| app::Error::internal("cannot write in a system", error)),
        }
    }

    /// The value of the header `Content-Crs`.
    pub fn header(self) -> String {
        format!("<{}>", self.uri())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_named_by_its_address_or_its_short_form() {
        for (text, system) in [
            (LON_LAT, Some(System::LonLat)),
            ("[OGC:CRS84]", Some(System::LonLat)),
            (
                "http://www.opengis.net/def/crs/EPSG/0/9210",
                Some(System::Epsg(Epsg(9210))),
            ),
            ("[EPSG:5899]", Some(System::Epsg(Epsg(5899)))),
            ("EPSG:5899", None),
            ("9210", None),
            ("http://www.opengis.net/def/crs/EPSG/0/", None),
            ("http://www.opengis.net/def/crs/EPSG/0/+1", None),
            ("", None),
        ] {
            assert_eq!(System::of_name(text), system, "{text}");
        }
    }
}
