//! Small maps: GeoJSON shapes in a frame, as SVG.

use std::fmt::Write;

use serde_json::Value;

use crate::http::page_words::escaped;

/// West, south, east, north in degrees.
pub type Frame = [f64; 4];

/// Units along the longer side of a frame.
const UNITS: f64 = 1000.0;
/// Half the least width of a frame around shapes, in degrees of latitude: 30 m.
const LEAST: f64 = 30.0 / 111_195.0;

/// Shapes in a frame, the first at the bottom.
pub struct Drawing {
    west: f64,
    north: f64,
    /// Units per degree, to the east and to the south.
    scale: [f64; 2],
    size: [f64; 2],
    body: String,
}

impl Drawing {
    /// An empty map of a frame.
    pub fn within([west, south, east, north]: Frame) -> Self {
        // At the middle's latitude a degree to the east is that much shorter.
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.01);
        let (wide, high) = ((east - west) * narrow, north - south);
        let unit = UNITS / wide.max(high).max(f64::MIN_POSITIVE);
        Self {
            west,
            north,
            scale: [unit * narrow, unit],
            size: [(wide * unit).ceil().max(1.0), (high * unit).ceil().max(1.0)],
            body: String::new(),
        }
    }

    /// Adds a GeoJSON geometry with a class that the style knows; nothing for null.
    pub fn add(&mut self, class: &str, geometry: &Value) {
        let coordinates = &geometry["coordinates"];
        let (depth, closed) = match geometry["type"].as_str().unwrap_or_default() {
            "Point" => return self.add_points(class, std::slice::from_ref(coordinates)),
            "MultiPoint" => {
                let points = coordinates.as_array();
                return self.add_points(class, points.map_or(&[], Vec::as_slice));
            }
            "LineString" => (0, false),
            "MultiLineString" => (1, false),
            "Polygon" => (1, true),
            "MultiPolygon" => (2, true),
            _ => return,
        };
        let mut path = String::new();
        self.push_chains(&mut path, coordinates, depth, closed);
        let line = if closed { "" } else { " line" };
        if !path.is_empty() {
            // Writing to a String does not fail.
            let _ = write!(self.body, "<path class=\"{class}{line}\" d=\"{path}\"/>");
        }
    }

    /// Writes a short text in the middle of the largest ring of a shape, or at a point.
    pub fn mark(&mut self, text: &str, geometry: &Value) {
        let mut places = Vec::new();
        gather(&geometry["coordinates"], &mut places);
        let longest = places.into_iter().max_by_key(Vec::len).unwrap_or_default();
        let units: Vec<(i64, i64)> = longest.iter().filter_map(|p| self.unit(p)).collect();
        let (Some(west), Some(east)) = (
            units.iter().map(|u| u.0).min(),
            units.iter().map(|u| u.0).max(),
        ) else {
            return;
        };
        let (Some(north), Some(south)) = (
            units.iter().map(|u| u.1).min(),
            units.iter().map(|u| u.1).max(),
        ) else {
            return;
        };
        let (x, y) = ((west + east) / 2, (north + south) / 2);
        // Writing to a String does not fail.
        let _ = write!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(text)
        );
    }

    /// Adds a box.
    pub fn add_frame(&mut self, class: &str, [west, south, east, north]: Frame) {
        let corners = [[west, south], [east, south], [east, north], [west, north]];
        let ring = serde_json::json!({"type": "Polygon", "coordinates": [corners]});
        self.add(class, &ring);
    }

    /// The map, named for who does not see it.
    pub fn svg(self, label: &str) -> String {
        let [width, height] = self.size;
        format!(
            "<svg class=\"map\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width} {height}\">{}</svg>",
            escaped(label),
            self.body
        )
    }

    fn unit(&self, position: &Value) -> Option<(i64, i64)> {
        let east = (position[0].as_f64()? - self.west) * self.scale[0];
        let south = (self.north - position[1].as_f64()?) * self.scale[1];
        Some((east.round() as i64, south.round() as i64))
    }

    fn push_chains(&self, path: &mut String, chains: &Value, depth: usize, closed: bool) {
        let Some(parts) = chains.as_array() else {
            return;
        };
        if depth > 0 {
            for part in parts {
                self.push_chains(path, part, depth - 1, closed);
            }
            return;
        }
        let mut units: Vec<(i64, i64)> = parts.iter().filter_map(|p| self.unit(p)).collect();
        units.dedup();
        for (i, (x, y)) in units.iter().enumerate() {
            let _ = write!(path, "{}{x} {y}", if i == 0 { "M" } else { "L" });
        }
        if closed && !units.is_empty() {
            path.push('z');
        }
    }

    fn add_points(&mut self, class: &str, points: &[Value]) {
        let units: Vec<(i64, i64)> = points.iter().filter_map(|p| self.unit(p)).collect();
        for (x, y) in units {
            let _ = write!(
                self.body,
                "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"8\"/>"
            );
        }
    }
}

/// The frame around one geometry that is looked at closely: a third of its size beside it, and
/// 3 metres; nothing for none.
pub fn close_frame(geometry: &Value) -> Option<Frame> {
    let mut around: Option<Frame> = None;
    reach(&geometry["coordinates"], &mut around);
    let [west, south, east, north] = around?;
    let narrow = ((south + north) / 2.0).to_radians().cos().max(0.01);
    let room = ((east - west) * narrow).max(north - south) / 3.0 + LEAST / 10.0;
    let aside = room / narrow;
    Some([west - aside, south - room, east + aside, north + room])
}

/// The frame around geometries, with room for what lies beside them; nothing for none.
pub fn frame_around<'v>(geometries: impl Iterator<Item = &'v Value>) -> Option<Frame> {
    let mut around: Option<Frame> = None;
    for geometry in geometries {
        reach(&geometry["coordinates"], &mut around);
    }
    let [west, south, east, north] = around?;
    let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
    let wide = ((east - west) * 0.7).max(LEAST / lat.to_radians().cos().max(0.01));
    let high = ((north - south) * 0.7).max(LEAST);
    Some([lon - wide, lat - high, lon + wide, lat + high])
}

/// The chains of positions of coordinates at any depth.
fn gather(coordinates: &Value, chains: &mut Vec<Vec<Value>>) {
    let Some(parts) = coordinates.as_array() else {
        return;
    };
    let is_position = |part: &Value| part[0].is_number();
    if parts.first().is_some_and(Value::is_number) {
        chains.push(vec![coordinates.clone()]);
    } else if parts.iter().all(is_position) {
        chains.push(parts.clone());
    } else {
        parts.iter().for_each(|part| gather(part, chains));
    }
}

fn reach(coordinates: &Value, around: &mut Option<Frame>) {
    let Some(parts) = coordinates.as_array() else {
        return;
    };
    if let [Value::Number(lon), Value::Number(lat), ..] = parts.as_slice() {
        let (Some(lon), Some(lat)) = (lon.as_f64(), lat.as_f64()) else {
            return;
        };
        let [w, s, e, n] = around.unwrap_or([lon, lat, lon, lat]);
        *around = Some([w.min(lon), s.min(lat), e.max(lon), n.max(lat)]);
        return;
    }
    parts.iter().for_each(|part| reach(part, around));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shapes_of_every_kind_stand_where_they_lie() {
        let mut drawing = Drawing::within([0.0, -1.0, 2.0, 1.0]);
        let square = json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]});
        drawing.add("a", &square);
        drawing.add(
            "b",
            &json!({"type": "LineString", "coordinates": [[0, -1], [2, 1]]}),
        );
        drawing.add("c", &json!({"type": "Point", "coordinates": [1, 0]}));
        drawing.add("d", &Value::Null);
        let svg = drawing.svg("<map>");
        assert!(svg.contains("aria-label=\"&lt;map&gt;\""), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 1000 1000\""), "{svg}");
        assert!(
            svg.contains("<path class=\"a\" d=\"M0 500L500 500L500 0L0 500z\"/>"),
            "{svg}"
        );
        assert!(
            svg.contains("<path class=\"b line\" d=\"M0 1000L1000 0\"/>"),
            "{svg}"
        );
        assert!(
            svg.contains("<circle class=\"c\" cx=\"500\" cy=\"500\""),
            "{svg}"
        );
        assert!(!svg.contains("\"d\""), "{svg}");
    }

    #[test]
    fn a_frame_has_room_and_is_never_narrower_than_60_metres() {
        let frame = frame_around([json!({"coordinates": [[[0, 0], [10, 20]]]})].iter());
        assert_eq!(frame, Some([-2.0, -4.0, 12.0, 24.0]));
        let [_, south, _, north] =
            frame_around([json!({"coordinates": [5, 0]})].iter()).expect("a point has a frame");
        assert!((north - south - 2.0 * LEAST).abs() < 1e-12);
        assert_eq!(frame_around([Value::Null].iter()), None);
    }
}
