//! The shapes of one layer on the world grid, ready to be drawn on any tile.

use super::chains::{Cell, lowest_zooms};
use super::layer::TileField;
use super::matrix::TileCoord;
use super::mvt::{GeometryKind, LayerWriter};
use super::outline::Outline;
use crate::cadastre::Day;
use crate::crs::{Epsg, Transforms, WorldBox};
use crate::geometry::{Envelope, Point, Shape};
use crate::index::{PackedTree, curve_position};

/// What a shape stands for.
pub(super) trait Subject {
    /// Names of its attributes; [`Subject::tag`] uses their places.
    const FIELDS: &'static [TileField];
    /// Its key; nothing for what has none.
    fn id(&self) -> Option<u64>;
    /// Whether it is there on a day, and drawn at a zoom.
    fn is_drawn(&self, date: Day, zoom: u8) -> bool;
    /// Gives a feature its attributes.
    fn tag(&self, layer: &mut LayerWriter);
}

/// A shape in cells of the world grid.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    kind: GeometryKind,
    /// Rings, each with whether it opens a polygon; or lines; or points.
    parts: Vec<(bool, Vec<Cell>)>,
}

/// Shapes with what they stand for, found by place. What it holds never changes.
#[derive(Debug)]
pub(super) struct Sketch<S> {
    subjects: Vec<S>,
    kinds: Vec<GeometryKind>,
    /// End of each shape in `parts`.
    ends: Vec<usize>,
    /// End of each part in `vertices`, and whether it opens a polygon.
    parts: Vec<(usize, bool)>,
    vertices: Vec<Cell>,
    /// From which zoom on each vertex is drawn.
    zooms: Vec<u8>,
    tree: PackedTree,
}

impl Figure {
    /// A shape of a plane, placed on the world grid; nothing when the plane is not of the city or
    /// a vertex cannot be placed.
    pub(super) fn of(shape: &Shape, plane: Epsg, transforms: &Transforms) -> Option<Self> {
        let mut placing = transforms.world(plane)?.placing();
        let mut place = |points: &[Point]| -> Option<Vec<Cell>> {
            let cells = points.iter().map(|p| placing.place([p.x(), p.y()]).ok());
            cells.collect()
        };
        let mut parts = Vec::new();
        let kind = match shape {
            Shape::Areas(areas) => {
                for polygon in &areas.0 {
                    for (i, ring) in polygon.rings().enumerate() {
                        parts.push((i == 0, place(&ring.0)?));
                    }
                }
                GeometryKind::Polygons
            }
            Shape::Lines(lines) => {
                for line in lines {
                    parts.push((true, place(&line.0)?));
                }
                GeometryKind::Lines
            }
            Shape::Points(points) => {
                for point in points {
                    parts.push((true, place(&[*point])?));
                }
                GeometryKind::Points
            }
        };
        Some(Self { kind, parts })
    }

    /// Polygons from rings in cells, each ring with whether it opens a polygon.
    pub(super) fn of_rings(parts: Vec<(bool, Vec<Cell>)>) -> Self {
        Self {
            kind: GeometryKind::Polygons,
            parts,
        }
    }

    fn envelope(&self) -> Option<Envelope> {
        let cells = self.parts.iter().flat_map(|(_, cells)| cells);
        Envelope::around(cells.filter_map(|cell| on_index(cell.map(i64::from))))
    }
}

/// A cell on the index's own, coarser grid.
fn on_index(cell: [i64; 2]) -> Option<Point> {
    let axis = |v: i64| (v >> 2).clamp(0, 1 << 30) as i32;
    Point::new(axis(cell[0]), axis(cell[1])).ok()
}

impl<S: Subject> Sketch<S> {
    /// Sketches shapes that are drawn up to a zoom; those without a vertex are left out.
    pub(super) fn new(figures: impl IntoIterator<Item = (S, Figure)>, finest: u8) -> Self {
        let placed = figures.into_iter().filter_map(|(subject, figure)| {
            let envelope = figure.envelope()?;
            Some((curve_position(&envelope), envelope, subject, figure))
        });
        let mut placed: Vec<_> = placed.collect();
        placed.sort_by_key(|(place, ..)| *place);
        let tree = PackedTree::pack(placed.iter().map(|(_, envelope, ..)| Some(*envelope)));
        let mut sketch = Self {
            subjects: Vec::new(),
            kinds: Vec::new(),
            ends: Vec::new(),
            parts: Vec::new(),
            vertices: Vec::new(),
            zooms: Vec::new(),
            tree,
        };
        let mut closed = Vec::new();
        for (_, _, subject, figure) in placed {
            for (opens, cells) in figure.parts {
                sketch.vertices.extend(cells);
                sketch.parts.push((sketch.vertices.len(), opens));
                closed.push(figure.kind == GeometryKind::Polygons);
            }
            sketch.subjects.push(subject);
            sketch.kinds.push(figure.kind);
            sketch.ends.push(sketch.parts.len());
        }
        let parts = sketch.parts.iter().zip(closed);
        let parts = parts.map(|((end, _), closed)| (*end, closed));
        sketch.zooms = lowest_zooms(&sketch.vertices, parts);
        sketch.forget_beyond(finest);
        sketch
    }

    /// Takes out the vertices that are drawn only beyond a zoom.
    fn forget_beyond(&mut self, finest: u8) {
        let (mut kept, mut start) = (0, 0);
        for (end, _) in &mut self.parts {
            for i in start..*end {
                if self.zooms[i] <= finest {
                    self.vertices[kept] = self.vertices[i];
                    self.zooms[kept] = self.zooms[i];
                    kept += 1;
                }
            }
            (start, *end) = (*end, kept);
        }
        self.vertices.truncate(kept);
        self.vertices.shrink_to_fit();
        self.zooms.truncate(kept);
        self.zooms.shrink_to_fit();
    }

    /// Draws what is there on a day.
    pub(super) fn draw(&self, date: Day, tile: TileCoord, layer: &mut LayerWriter) {
        layer.begin(S::FIELDS);
        let Some(window) = window(&tile.cells()) else {
            return;
        };
        let mut outline = Outline::default();
        self.tree.search(&window, |shape| {
            let shape = shape as usize;
            let subject = &self.subjects[shape];
            if !subject.is_drawn(date, tile.matrix()) {
                return;
            }
            self.outline(shape, tile, &mut outline);
            match self.kinds[shape] {
                GeometryKind::Polygons => outline.write(layer),
                GeometryKind::Lines => outline.write_lines(layer),
                GeometryKind::Points => outline.write_points(tile.grid(), layer),
            }
            if layer.has_geometry() {
                subject.tag(layer);
            }
            layer.end_feature(subject.id(), self.kinds[shape]);
        });
    }

    fn outline(&self, shape: usize, tile: TileCoord, outline: &mut Outline) {
        let grid = tile.grid();
        let first = if shape == 0 { 0 } else { self.ends[shape - 1] };
        let mut start = if first == 0 {
            0
        } else {
            self.parts[first - 1].0
        };
        outline.clear();
        for &(end, opens) in &self.parts[first..self.ends[shape]] {
            let kept = (start..end).filter(|&i| self.zooms[i] <= tile.matrix());
            let units = kept.map(|i| grid.unit(self.vertices[i]));
            if self.kinds[shape] == GeometryKind::Polygons {
                outline.ring(opens, units);
            } else {
                outline.line(units);
            }
            start = end;
        }
    }
}

fn window(cells: &WorldBox) -> Option<Envelope> {
    Some(Envelope {
        min: on_index(cells.min)?,
        max: on_index(cells.max)?,
    })
}
