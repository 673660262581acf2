//! Understanding a coordinate typed as text: degrees in either order, degrees with minutes and
//! seconds, or metres of a plane in either order.

use crate::cadastre::names;
use crate::crs::{Epsg, LonLat, Planes};

/// What a typed coordinate can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Typed {
    Degrees(LonLat),
    Metres {
        east_m: f64,
        north_m: f64,
        plane: Epsg,
    },
}

/// Words that may stand in a coordinate; any other word makes the text something else.
const LABELS: [&str; 22] = [
    "",
    "lat",
    "latitude",
    "lon",
    "lng",
    "long",
    "longitude",
    "n",
    "e",
    "b",
    "d",
    "x",
    "y",
    "vi",
    "kinh",
    "do",
    "toa",
    "m",
    "vn",
    "2000",
    "wgs",
    "84",
];

/// Reads a coordinate; nothing when the text is not one.
///
/// Degrees need three decimals, so that `12.5 7.25` is not taken for a place, or a longitude that no
/// latitude reaches, so that `120.0, 10.5` is one outside of the city; metres need six digits. The order is that in which the city lies, with latitude first when both would do;
/// surveyors write x for north.
pub(super) fn read(text: &str, planes: &Planes) -> Option<Typed> {
    let written = numbers(text)?;
    let values: Vec<f64> = written.iter().map(|(value, _)| *value).collect();
    match values.as_slice() {
        [a, b] if a.abs() >= 100_000.0 && b.abs() >= 100_000.0 => metres(*a, *b, planes),
        [a, b] if written.iter().all(|(_, decimals)| *decimals >= 3) => degrees(*a, *b, planes),
        [a, b] if beyond_latitudes(&written) => degrees(*a, *b, planes),
        [a, am, b, bm] => degrees(minutes(*a, *am, 0.0)?, minutes(*b, *bm, 0.0)?, planes),
        [a, am, asec, b, bm, bsec] => {
            degrees(minutes(*a, *am, *asec)?, minutes(*b, *bm, *bsec)?, planes)
        }
        _ => None,
    }
}

fn metres(a: f64, b: f64, planes: &Planes) -> Option<Typed> {
    planes.iter().find_map(|plane| {
        let orders = [(a, b), (b, a)];
        let order = orders.into_iter().find(|&(e, n)| plane.expects(e, n));
        order.map(|(east_m, north_m)| Typed::Metres {
            east_m,
            north_m,
            plane: plane.epsg,
        })
    })
}

fn degrees(a: f64, b: f64, planes: &Planes) -> Option<Typed> {
    let orders = [LonLat { lon: b, lat: a }, LonLat { lon: a, lat: b }];
    let expected = orders.iter().find(|at| !planes.for_lonlat(**at).is_empty());
    let position = orders.iter().find(|at| at.is_position());
    expected.or(position).copied().map(Typed::Degrees)
}

/// Whether one of two numbers, with a fraction somewhere, can only be a longitude of the half of the
/// world in which the city lies.
fn beyond_latitudes(written: &[(f64, usize)]) -> bool {
    let fraction = written.iter().any(|(_, decimals)| *decimals > 0);
    let beyond = written
        .iter()
        .filter(|(value, _)| (90.0..=180.0).contains(value));
    fraction && beyond.count() == 1
}

fn minutes(degrees: f64, minutes: f64, seconds: f64) -> Option<f64> {
    let whole = degrees.fract() == 0.0 && (0.0..60.0).contains(&minutes);
    let value = degrees + minutes / 60.0 + seconds / 3600.0;
    (whole && (0.0..60.0).contains(&seconds)).then_some(value)
}

/// The numbers of a text that holds nothing else but labels and signs of a coordinate.
/// Each with the count of its decimals.
fn numbers(text: &str) -> Option<Vec<(f64, usize)>> {
    let degrees = text.contains('°');
    // With a point nowhere, a comma inside a word is a decimal comma.
    let comma =
        !text.contains('.') && text.split_whitespace().filter(|w| w.contains(',')).count() == 2;
    let digit = |c: char| c.is_ascii_digit() || c == '.' || c == '-' || (comma && c == ',');
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(digit) {
        if !is_label(&rest[..start]) {
            return None;
        }
        let number = &rest[start..];
        let end = number.find(|c| !digit(c)).unwrap_or(number.len());
        let written = number[..end].replace(',', ".");
        let written = written.trim_end_matches('.');
        let decimals = written.split_once('.').map_or(0, |(_, d)| d.len());
        numbers.push((written.parse().ok()?, decimals));
        rest = &number[end..];
    }
    let usual = if degrees {
        numbers.len() <= 6
    } else {
        numbers.len() == 2
    };
    (is_label(rest) && usual).then_some(numbers)
}

fn is_label(text: &str) -> bool {
    names::fold(text)
        .split(' ')
        .all(|word| LABELS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planes() -> Planes {
        Planes::load(include_str!("../../../data/planes.toml")).expect("the file of the city")
    }

    #[test]
    fn a_position_is_read_in_either_order_and_in_every_usual_notation() {
        for text in [
            "10.7721, 106.6980",
            "106.6980 10.7721",
            "10.7721;106.6980",
            "10,7721 106,6980",
            "10,7721, 106,6980",
            "lat 10.7721 lon 106.6980",
            "10.7721°N 106.6980°E",
            "vĩ độ 10.7721, kinh độ 106.6980",
            "10°46'19.56\"N 106°41'52.8\"E",
            "(10.7721, 106.6980)",
        ] {
            let Some(Typed::Degrees(at)) = read(text, &planes()) else {
                unreachable!("`{text}` was not read as degrees");
            };
            assert!(
                (at.lon - 106.698).abs() < 1e-9 && (at.lat - 10.7721).abs() < 1e-9,
                "{text}: {at:?}"
            );
        }
    }

    #[test]
    fn few_decimals_are_a_position_where_only_a_longitude_can_be_meant() {
        for (text, lon, lat) in [
            ("120.0,10.5", 120.0, 10.5),
            ("106.69,30", 106.69, 30.0),
            ("10.5 120", 120.0, 10.5),
        ] {
            let expected = Some(Typed::Degrees(LonLat { lon, lat }));
            assert_eq!(read(text, &planes()), expected, "{text}");
        }
        for text in ["120 10", "12.5 7.25", "95.5 120.5"] {
            assert_eq!(read(text, &planes()), None, "{text}");
        }
    }

    #[test]
    fn metres_are_read_in_gis_and_surveyors_order() {
        let expected = Some(Typed::Metres {
            east_m: 603_481.725,
            north_m: 1_191_410.365,
            plane: Epsg(9210),
        });
        for text in [
            "603481.725 1191410.365",
            "X=1191410.365 Y=603481.725",
            "603481.725, 1191410.365",
        ] {
            assert_eq!(read(text, &planes()), expected, "{text}");
        }
    }

    #[test]
    fn a_key_is_not_a_coordinate() {
        for text in [
            "12 5",
            "12.5",
            "26743.5.12",
            "12/5 p ben thanh",
            "12.5 7.25",
            "",
            "thua 12.123 to 5.123",
        ] {
            assert_eq!(read(text, &planes()), None, "{text}");
        }
    }
}
