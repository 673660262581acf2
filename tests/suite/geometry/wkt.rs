//! Well-known text with decimal coordinates, put on the grid by a power of ten where that is exact.

use diachinh::geometry::{LineString, MultiPolygon, Point, Polygon, Ring, Shape};

/// A decimal number, exactly: `digits` / 10^`places`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Decimal {
    digits: i128,
    places: i32,
}

impl Decimal {
    fn parse(text: &str) -> Result<Self, String> {
        let refused = || format!("`{text}` is not a finite decimal number");
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let part = part.trim_end_matches('0');
        let exponent: i32 = exponent.parse().map_err(|_| refused())?;
        let digits: i128 = format!("{whole}{part}").parse().map_err(|_| refused())?;
        let mut places = part.len() as i32 - exponent;
        let mut digits = digits;
        while places < 0 {
            digits = digits.checked_mul(10).ok_or_else(refused)?;
            places += 1;
        }
        Ok(Self { digits, places })
    }

    /// The number times 10^`scale`, when that is a whole number on the grid.
    fn on_grid(self, scale: i32) -> Option<i32> {
        let up = u32::try_from(scale - self.places).ok()?;
        let value = self.digits.checked_mul(10_i128.checked_pow(up)?)?;
        i32::try_from(value).ok().filter(|v| v.abs() <= 1 << 30)
    }
}

type Position = (Decimal, Decimal);

/// A geometry as written; an unknown kind or a collection is refused by name when it is put on the
/// grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Geometry {
    Points(Vec<Position>),
    Lines(Vec<Vec<Position>>),
    Areas(Vec<Vec<Vec<Position>>>),
    Collection(Vec<Geometry>),
}

impl Geometry {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0 };
        let geometry = parser.geometry()?;
        match parser.peek() {
            None => Ok(geometry),
            Some(other) => Err(format!("`{other}` is left over")),
        }
    }

    fn positions(&self) -> Vec<Position> {
        match self {
            Self::Points(points) => points.clone(),
            Self::Lines(lines) => lines.iter().flatten().copied().collect(),
            Self::Areas(areas) => areas.iter().flatten().flatten().copied().collect(),
            Self::Collection(parts) => parts.iter().flat_map(Self::positions).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.positions().is_empty()
    }

    /// The powers of ten that put all coordinates of some geometries on the grid.
    pub(super) fn scales(geometries: &[&Self]) -> Vec<i32> {
        let numbers: Vec<Decimal> = geometries
            .iter()
            .flat_map(|g| g.positions())
            .flat_map(|(x, y)| [x, y])
            .collect();
        (0..=9)
            .filter(|&s| numbers.iter().all(|n| n.on_grid(s).is_some()))
            .collect()
    }

    /// The shape, with coordinates times 10^`scale`.
    pub(super) fn shape(&self, scale: i32) -> Result<Shape, String> {
        match self {
            Self::Points(points) => Ok(Shape::Points(on_grid(points, scale)?)),
            Self::Lines(lines) => {
                let line = |l: &Vec<Position>| Ok(LineString(on_grid(l, scale)?));
                Ok(Shape::Lines(
                    lines.iter().map(line).collect::<Result<_, String>>()?,
                ))
            }
            Self::Areas(areas) => {
                let mut polygons = Vec::new();
                for rings in areas {
                    let rings: Result<Vec<Ring>, String> = rings
                        .iter()
                        .map(|r| open_ring(on_grid(r, scale)?))
                        .collect();
                    let mut rings = rings?.into_iter();
                    polygons.extend(rings.next().map(|exterior| Polygon {
                        exterior,
                        interiors: rings.collect(),
                    }));
                }
                Ok(Shape::Areas(MultiPolygon(polygons)))
            }
            Self::Collection(_) => Err("geometry collections are not kept".to_owned()),
        }
    }
}

fn on_grid(positions: &[Position], scale: i32) -> Result<Vec<Point>, String> {
    positions
        .iter()
        .map(|&(x, y)| {
            let (x, y) = x
                .on_grid(scale)
                .zip(y.on_grid(scale))
                .ok_or("it is not on the grid")?;
            Point::new(x, y).map_err(|e| e.to_string())
        })
        .collect()
}

/// Takes off the repeated last vertex.
fn open_ring(mut points: Vec<Point>) -> Result<Ring, String> {
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
        Ok(Ring(points))
    } else {
        Err("a ring is not closed".to_owned())
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    /// The next word, number, bracket or comma, without taking it.
    fn peek(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let rest = rest.trim_start();
        self.at = self.text.len() - rest.len();
        let first = rest.chars().next()?;
        if "(),".contains(first) {
            return Some(&rest[..1]);
        }
        let end = rest.find(|c: char| c.is_whitespace() || "(),".contains(c));
        Some(&rest[..end.unwrap_or(rest.len())])
    }

    fn take(&mut self) -> Result<&'a str, String> {
        let token = self.peek().ok_or("the text ends too early")?;
        self.at += token.len();
        Ok(token)
    }

    fn expect(&mut self, wanted: &str) -> Result<(), String> {
        match self.take()? {
            found if found == wanted => Ok(()),
            found => Err(format!("`{found}` where `{wanted}` was expected")),
        }
    }

    /// Items between brackets with commas, or the word EMPTY.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        if self.peek().is_some_and(|t| t.eq_ignore_ascii_case("empty")) {
            self.take()?;
            return Ok(Vec::new());
        }
        self.expect("(")?;
        let mut items = vec![item(self)?];
        while self.peek() == Some(",") {
            self.take()?;
            items.push(item(self)?);
        }
        self.expect(")")?;
        Ok(items)
    }

    fn position(&mut self) -> Result<Position, String> {
        let x = Decimal::parse(self.take()?)?;
        let y = Decimal::parse(self.take()?)?;
        match self.peek() {
            Some("," | ")") | None => Ok((x, y)),
            Some(_) => Err("coordinates have more than two dimensions".to_owned()),
        }
    }

    fn positions(&mut self) -> Result<Vec<Position>, String> {
        self.list(Self::position)
    }

    fn geometry(&mut self) -> Result<Geometry, String> {
        let kind = self.take()?.to_ascii_uppercase();
        Ok(match kind.as_str() {
            "POINT" => Geometry::Points(self.positions()?),
            "MULTIPOINT" => {
                let points = self.list(|p| match p.peek() {
                    Some("(" | "EMPTY") => p.positions(),
                    _ => Ok(vec![p.position()?]),
                })?;
                Geometry::Points(points.concat())
            }
            "LINESTRING" | "LINEARRING" => Geometry::Lines(vec![self.positions()?]),
            "MULTILINESTRING" => Geometry::Lines(self.list(Self::positions)?),
            "POLYGON" => Geometry::Areas(vec![self.list(Self::positions)?]),
            "MULTIPOLYGON" => Geometry::Areas(self.list(|p| p.list(Self::positions))?),
            "GEOMETRYCOLLECTION" => Geometry::Collection(self.list(Self::geometry)?),
            other => return Err(format!("`{other}` is not a kind of geometry")),
        })
    }
}

#[test]
fn text_is_read_and_put_on_the_grid() {
    let text = "MULTIPOLYGON (((0 0, 1.50 0, 1.5 2e0, 0 0)), EMPTY)";
    let geometry = Geometry::parse(text).expect("well-formed");
    assert_eq!(Geometry::scales(&[&geometry])[0], 1);
    let shape = geometry.shape(1).expect("on the grid");
    let p = |x, y| Point::new(x, y).expect("on the grid");
    let exterior = Ring(vec![p(0, 0), p(15, 0), p(15, 20)]);
    let polygon = Polygon {
        exterior,
        interiors: Vec::new(),
    };
    assert_eq!(shape, Shape::Areas(MultiPolygon(vec![polygon])));
    assert!(Geometry::parse("POINT (NaN 1)").is_err());
    assert!(Geometry::parse("POINT (1 2 3)").is_err());
}
