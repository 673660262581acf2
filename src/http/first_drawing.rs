//! The drawing that comes with the page: outlines where the map will have them, as SVG.

use std::fmt::Write;

use super::view::{FeatureView, GeometryView, Position};

/// West, south, east and north in degrees of WGS 84.
pub type Bounds = [f64; 4];

/// Units along the longer side of the bounds; coordinates are whole units.
const UNITS: f64 = 800.0;
/// Half the least width of a frame, in degrees of latitude: 30 m.
const LEAST: f64 = 16.0 / 111_195.0;

/// Outlines in a frame, the first at the bottom.
pub struct FirstDrawing {
    west: f64,
    north: f64,
    units_per_degree: f64,
    size: [f64; 2],
    body: String,
}

/// Web Mercator's north, in degrees of longitude.
fn mercator(lat: f64) -> f64 {
    lat.to_radians().tan().asinh().to_degrees()
}

impl FirstDrawing {
    /// An empty drawing of what lies within bounds; the page shows what reaches beyond as well.
    pub fn within([west, south, east, north]: Bounds) -> Self {
        let (width, height) = (east - west, mercator(north) - mercator(south));
        let units_per_degree = UNITS / width.max(height).max(f64::MIN_POSITIVE);
        Self {
            west,
            north: mercator(north),
            units_per_degree,
            size: [width, height].map(|side| (side * units_per_degree).ceil()),
            body: String::new(),
        }
    }

    /// Adds the outline of a shape, with a class by which the style sheet knows it.
    pub fn add(&mut self, class: &str, shape: &GeometryView) {
        let mut path = String::new();
        let mut parts = |rings: &Vec<Vec<Position>>| {
            for ring in rings {
                self.push_ring(&mut path, ring);
            }
        };
        match shape {
            GeometryView::Polygon(rings) => parts(rings),
            GeometryView::MultiPolygon(polygons) => polygons.iter().for_each(parts),
        }
        if !path.is_empty() {
            // Writing to a String does not fail.
            let _ = write!(self.body, "<path class=\"{class}\" d=\"{path}\"/>");
        }
    }

    /// A ring by whole units from vertex to vertex; nothing when it has no width at this scale.
    fn push_ring(&self, path: &mut String, ring: &[Position]) {
        let unit = |Position([lon, lat]): &Position| {
            let east = (lon - self.west) * self.units_per_degree;
            let south = (self.north - mercator(*lat)) * self.units_per_degree;
            (east.round() as i64, south.round() as i64)
        };
        let mut units: Vec<(i64, i64)> = ring.iter().map(unit).collect();
        units.dedup();
        let (Some(&first), true) = (units.first(), units.len() > 3) else {
            return;
        };
        let _ = write!(path, "M{} {}l", first.0, first.1);
        for (i, pair) in units.windows(2).take(units.len() - 2).enumerate() {
            if let [a, b] = pair {
                let (east, south) = (b.0 - a.0, b.1 - a.1);
                // A minus sign parts two numbers as well as a space does.
                let gap = |number: i64, first: bool| if first || number < 0 { "" } else { " " };
                let _ = write!(path, "{}{east}", gap(east, i == 0));
                let _ = write!(path, "{}{south}", gap(south, false));
            }
        }
        path.push('z');
    }

    /// The picture.
    pub fn svg(self) -> String {
        let [width, height] = self.size;
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"xMidYMid meet\">{}</svg>",
            self.body
        )
    }
}

/// The bounds of shapes; nothing for none.
pub fn bounds_of<'a>(shapes: impl IntoIterator<Item = &'a GeometryView>) -> Option<Bounds> {
    let mut bounds: Option<Bounds> = None;
    let mut take = |rings: &Vec<Vec<Position>>| {
        for Position([lon, lat]) in rings.iter().flatten() {
            let [west, south, east, north] = bounds.unwrap_or([*lon, *lat, *lon, *lat]);
            bounds = Some([
                west.min(*lon),
                south.min(*lat),
                east.max(*lon),
                north.max(*lat),
            ]);
        }
    };
    for shape in shapes {
        match shape {
            GeometryView::Polygon(rings) => take(rings),
            GeometryView::MultiPolygon(polygons) => polygons.iter().for_each(&mut take),
        }
    }
    bounds
}

/// The frame around parcels that were found, with room for what lies beside them: at least 60 m
/// wide. `frameAround` in the page says the same.
pub fn frame_of(features: &[FeatureView]) -> Option<Bounds> {
    let [west, south, east, north] = bounds_of(features.iter().map(|f| &f.geometry))?;
    let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
    let wide = ((east - west) * 0.8).max(LEAST / lat.to_radians().cos());
    let high = ((north - south) * 0.8).max(LEAST);
    Some([lon - wide, lat - high, lon + wide, lat + high])
}

/// The bounds of a city's wards without those that lie far from all others, such as islands: a
/// ward is left out while that makes the rest fit half the area.
pub fn bounds_of_city(wards: &[Bounds]) -> Option<Bounds> {
    let around = |left: &[Bounds]| {
        left.iter().copied().reduce(|a, b| {
            [
                a[0].min(b[0]),
                a[1].min(b[1]),
                a[2].max(b[2]),
                a[3].max(b[3]),
            ]
        })
    };
    let area = |b: Bounds| (b[2] - b[0]) * (b[3] - b[1]);
    let mut left = wards.to_vec();
    loop {
        let all = around(&left)?;
        let without = |i: usize| {
            let mut rest = left.clone();
            rest.swap_remove(i);
            rest
        };
        let smallest = (0..left.len())
            .filter_map(|i| Some((i, area(around(&without(i))?))))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        match smallest {
            Some((i, rest)) if rest < area(all) * 0.5 => {
                left.swap_remove(i);
            }
            _ => return Some(all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> GeometryView {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        let corner = |(x, y): (f64, f64)| Position([west + x * side, south + y * side]);
        GeometryView::Polygon(vec![corners.map(corner).to_vec()])
    }

    #[test]
    fn an_outline_stands_where_it_lies_in_the_bounds() {
        let mut drawing = FirstDrawing::within([106.0, 0.0, 106.001, 0.001]);
        drawing.add("lot", &square(106.000_25, 0.000_25, 0.000_5));
        let svg = drawing.svg();
        assert!(svg.contains("viewBox=\"0 0 800 800\""), "{svg}");
        assert!(
            svg.contains("<path class=\"lot\" d=\"M200 600l400 0 0-400-400 0z\"/>"),
            "{svg}"
        );
    }

    #[test]
    fn what_is_too_small_to_be_seen_is_not_drawn() {
        let mut drawing = FirstDrawing::within([106.0, 10.0, 107.0, 11.0]);
        drawing.add("lot", &square(106.5, 10.5, 1e-6));
        assert!(!drawing.svg().contains("path"));
    }

    #[test]
    fn an_island_far_away_does_not_shrink_the_city() {
        let near = [
            [0.0, 0.0, 1.0, 1.0],
            [1.0, 0.0, 2.0, 1.0],
            [0.0, 1.0, 2.0, 2.0],
        ];
        let mut wards = near.to_vec();
        wards.push([0.0, -8.0, 0.5, -7.5]);
        assert_eq!(bounds_of_city(&wards), Some([0.0, 0.0, 2.0, 2.0]));
        assert_eq!(bounds_of_city(&near), Some([0.0, 0.0, 2.0, 2.0]));
        assert_eq!(bounds_of_city(&near[..1]), Some([0.0, 0.0, 1.0, 1.0]));
        assert_eq!(bounds_of_city(&[]), None);
    }
}
