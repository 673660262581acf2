//! Geometries of expressions, in the axis order of `filter-crs`, as sketches.

use cql2::Expr;
use serde_json::Value;

use super::conditions::{Reader, told};
use crate::http::problem::Problem;
use crate::land::filter::Sketch;

type Position = [f64; 2];

impl Reader<'_> {
    /// The sketches of a geometry or a box: one, or those of the members of a collection.
    pub(super) fn sketches(&self, expression: &Expr) -> Result<Vec<Sketch>, Problem> {
        let sketches = match expression {
            Expr::Geometry(_) => serde_json::to_value(expression)
                .ok()
                .and_then(|geometry| self.geometries(&geometry)),
            Expr::BBox { bbox } => self.bbox(bbox).map(|sketch| vec![sketch]),
            _ => None,
        };
        sketches.ok_or_else(|| told("filter_operand", expression, "filter_geometry"))
    }

    fn geometries(&self, geometry: &Value) -> Option<Vec<Sketch>> {
        match &geometry["geometries"] {
            Value::Array(members) if !members.is_empty() => {
                members.iter().map(|member| self.geometry(member)).collect()
            }
            _ => Some(vec![self.geometry(geometry)?]),
        }
    }

    /// A GeoJSON geometry; heights are passed over, since no item has any.
    fn geometry(&self, geometry: &Value) -> Option<Sketch> {
        let coordinates = &geometry["coordinates"];
        let sketch = match geometry["type"].as_str()? {
            "Point" => Sketch::Points(vec![self.position(coordinates)?]),
            "MultiPoint" => Sketch::Points(self.chain(coordinates)?),
            "LineString" => Sketch::Lines(vec![self.chain(coordinates)?]),
            "MultiLineString" => Sketch::Lines(self.chains(coordinates)?),
            "Polygon" => Sketch::Areas(vec![self.chains(coordinates)?]),
            "MultiPolygon" => {
                let polygons = coordinates.as_array()?.iter();
                Sketch::Areas(polygons.map(|p| self.chains(p)).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        let long_enough = |line: &Vec<Position>| line.len() > 1;
        match &sketch {
            Sketch::Lines(lines) if !lines.iter().all(long_enough) => None,
            _ => Some(sketch),
        }
    }

    fn chains(&self, chains: &Value) -> Option<Vec<Vec<Position>>> {
        chains.as_array()?.iter().map(|c| self.chain(c)).collect()
    }

    fn chain(&self, chain: &Value) -> Option<Vec<Position>> {
        chain.as_array()?.iter().map(|p| self.position(p)).collect()
    }

    fn position(&self, position: &Value) -> Option<Position> {
        let numbers = position.as_array()?;
        let number = |i: usize| numbers.get(i)?.as_f64();
        self.placed(number(0)?, number(1)?)
    }

    /// Two numbers in the order of the axes as a position; nothing for one that is not on earth.
    fn placed(&self, first: f64, second: f64) -> Option<Position> {
        let (east, north) = self.axes.east_north(first, second);
        let on_earth = !self.degrees || (east.abs() <= 180.0 && north.abs() <= 90.0);
        let finite = east.is_finite() && north.is_finite();
        (on_earth && finite).then_some([east, north])
    }

    /// A box as an area; as a line or a point where it has no width. West of east it crosses the
    /// antimeridian.
    fn bbox(&self, sides: &[Box<Expr>]) -> Option<Sketch> {
        let number = |side: &Expr| match side {
            Expr::Float(number) => Some(*number),
            _ => None,
        };
        let numbers: Vec<f64> = sides.iter().map(|s| number(s)).collect::<Option<_>>()?;
        let (lower, upper) = match numbers.as_slice() {
            [a, b, c, d] | [a, b, _, c, d, _] => ((*a, *b), (*c, *d)),
            _ => return None,
        };
        let [west, south] = self.placed(lower.0, lower.1)?;
        let [east, north] = self.placed(upper.0, upper.1)?;
        if south > north || west > east && !self.degrees {
            return None;
        }
        let square = |west: f64, east: f64| {
            vec![vec![
                [west, south],
                [east, south],
                [east, north],
                [west, north],
            ]]
        };
        Some(match (west == east, south == north) {
            (true, true) => Sketch::Points(vec![[west, south]]),
            (true, false) | (false, true) if west <= east => {
                Sketch::Lines(vec![vec![[west, south], [east, north]]])
            }
            _ if west <= east => Sketch::Areas(vec![square(west, east)]),
            _ => Sketch::Areas(vec![square(west, 180.0), square(-180.0, east)]),
        })
    }
}
