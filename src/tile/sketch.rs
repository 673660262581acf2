//! The shapes of one layer on the world grid, ready to be drawn on any tile.

use super::canvas::{Canvas, Drawing};
use super::chains::{Cell, lowest_zooms};
use super::layer::TileField;
use super::matrix::ZOOM_MAX;
use super::mvt::{GeometryKind, LayerWriter, Value};
use crate::cadastre::Day;
use crate::crs::{Epsg, Transforms, WorldBox};
use crate::geometry::{Envelope, Point, Shape};
use crate::index::{PackedTree, curve_position};
use std::ops::Range;

/// What a shape stands for.
pub(super) trait Subject {
    /// Names of its attributes; [`Subject::tag`] uses their places.
    const FIELDS: &'static [TileField];
    /// Whether no zoom at which it is drawn shows all of it.
    const ALWAYS_GENERALISED: bool = false;
    /// Its key; nothing for what has none.
    fn id(&self) -> Option<u64>;
    /// Whether it is there on a day, and drawn at a zoom.
    fn is_drawn(&self, date: Day, zoom: u8) -> bool;
    /// Gives a feature its attributes.
    fn tag(&self, layer: &mut LayerWriter);
}

/// Rings in cells of the world grid, each with whether it opens a polygon.
pub type Rings = Vec<(bool, Vec<Cell>)>;

/// A shape in cells of the world grid.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    kind: GeometryKind,
    /// Rings, each with whether it opens a polygon; or lines; or points.
    parts: Vec<(bool, Vec<Cell>)>,
}

/// A shape of a sketch by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn<S> {
    pub(super) subject: S,
    kind: GeometryKind,
    /// On the index's own grid.
    pub(super) envelope: Envelope,
    /// Vertices with the zoom from which each is drawn, and whether they open a polygon.
    parts: Vec<(bool, Vec<(Cell, u8)>)>,
}

impl<S> Drawn<S> {
    /// As [`Sketch::place`].
    pub(super) fn place(&self) -> (u64, Option<Cell>) {
        let mut parts = self.parts.iter();
        let first = parts.next().and_then(|(_, vertices)| vertices.first());
        (curve_position(&self.envelope), first.map(|(cell, _)| *cell))
    }
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
        let mut sketch = Self::packed(placed.iter().map(|(_, envelope, ..)| *envelope));
        let mut closed = Vec::new();
        for (_, _, subject, figure) in placed {
            for (opens, cells) in figure.parts {
                sketch.vertices.extend(cells);
                sketch.parts.push((sketch.vertices.len(), opens));
                closed.push(figure.kind == GeometryKind::Polygons);
            }
            sketch.end(subject, figure.kind);
        }
        let parts = sketch.parts.iter().zip(closed);
        let parts = parts.map(|((end, _), closed)| (*end, closed));
        sketch.zooms = lowest_zooms(&sketch.vertices, parts);
        sketch.forget_beyond(finest);
        sketch
    }

    /// Puts shapes of other sketches together.
    pub(super) fn of(mut shapes: Vec<Drawn<S>>) -> Self {
        shapes.sort_by_key(Drawn::place);
        let mut sketch = Self::packed(shapes.iter().map(|shape| shape.envelope));
        for shape in shapes {
            for (opens, vertices) in shape.parts {
                for (cell, zoom) in vertices {
                    sketch.vertices.push(cell);
                    sketch.zooms.push(zoom);
                }
                sketch.parts.push((sketch.vertices.len(), opens));
            }
            sketch.end(shape.subject, shape.kind);
        }
        sketch
    }

    fn packed(envelopes: impl Iterator<Item = Envelope>) -> Self {
        Self {
            subjects: Vec::new(),
            kinds: Vec::new(),
            ends: Vec::new(),
            parts: Vec::new(),
            vertices: Vec::new(),
            zooms: Vec::new(),
            tree: PackedTree::pack(envelopes.map(Some)),
        }
    }

    fn end(&mut self, subject: S, kind: GeometryKind) {
        self.subjects.push(subject);
        self.kinds.push(kind);
        self.ends.push(self.parts.len());
    }

    /// Number of shapes.
    pub(super) fn len(&self) -> usize {
        self.subjects.len()
    }

    /// What a shape stands for.
    pub(super) fn subject(&self, shape: u32) -> &S {
        &self.subjects[shape as usize]
    }

    /// The envelope of a shape on the index's own grid, as it was before it lost vertices.
    pub(super) fn envelope(&self, shape: u32) -> Option<Envelope> {
        self.tree.envelope_of(shape)
    }

    /// Calls with every shape whose envelope meets a window on the index's own grid.
    pub(super) fn search(&self, window: &Envelope, hit: impl FnMut(u32)) {
        self.tree.search(window, hit);
    }

    /// A shape by itself, with its zooms.
    pub(super) fn shape(&self, shape: u32) -> Option<Drawn<S>>
    where
        S: Clone,
    {
        let i = shape as usize;
        let parts = self.parts_of(i).map(|(vertices, opens)| {
            let zooms = self.zooms[vertices.clone()].iter().copied();
            let cells = self.vertices[vertices].iter().copied();
            (opens, cells.zip(zooms).collect())
        });
        Some(Drawn {
            subject: self.subjects[i].clone(),
            kind: self.kinds[i],
            envelope: self.tree.envelope_of(shape)?,
            parts: parts.collect(),
        })
    }

    /// All shapes by themselves.
    pub(super) fn shapes(&self) -> impl Iterator<Item = Drawn<S>> + '_
    where
        S: Clone,
    {
        (0..self.len() as u32).filter_map(|shape| self.shape(shape))
    }

    /// Where shapes are drawn on only one of two days.
    pub(super) fn turning(&self, one: Day, other: Day) -> Vec<WorldBox> {
        let drawn = |shape: u32, date: Day| self.subject(shape).is_drawn(date, ZOOM_MAX);
        let turned = (0..self.len() as u32).filter(|&s| drawn(s, one) != drawn(s, other));
        turned
            .filter_map(|s| Some(cells(&self.envelope(s)?)))
            .collect()
    }

    /// Where a shape comes among others: by place, and of two in one place by the first vertex.
    pub(super) fn place(&self, shape: u32) -> (u64, Option<Cell>) {
        let place = self.tree.envelope_of(shape).map(|e| curve_position(&e));
        let mut parts = self.parts_of(shape as usize);
        let first = parts.next().map(|(vertices, _)| vertices.start);
        let first = first.and_then(|first| self.vertices.get(first).copied());
        (place.unwrap_or(0), first)
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
    pub(super) fn draw(&self, date: Day, canvas: &Canvas<'_>, layer: &mut LayerWriter) {
        layer.begin(S::FIELDS);
        let Some(window) = canvas.window() else {
            return;
        };
        let mut drawing = Drawing::on(canvas);
        self.tree.search(&window, |shape| {
            self.draw_shape(shape, date, &mut drawing, layer);
        });
    }

    /// Draws one shape, if it is there on a day.
    pub(super) fn draw_shape(
        &self,
        shape: u32,
        date: Day,
        drawing: &mut Drawing<'_>,
        layer: &mut LayerWriter,
    ) {
        let shape = shape as usize;
        let subject = &self.subjects[shape];
        let tile = drawing.canvas.tile;
        if !subject.is_drawn(date, tile.zoom()) {
            return;
        }
        let generalised = self.outline(shape, drawing) || S::ALWAYS_GENERALISED;
        let outline = &drawing.outline;
        match self.kinds[shape] {
            GeometryKind::Polygons => outline.write(layer),
            GeometryKind::Lines => outline.write_lines(layer),
            GeometryKind::Points => outline.write_points(tile.grid(), layer),
        }
        if layer.has_geometry() {
            subject.tag(layer);
            if generalised && let Some(last) = S::FIELDS.len().checked_sub(1) {
                layer.tag_shared(last, Value::Truth(true));
            }
        }
        layer.end_feature(subject.id(), self.kinds[shape]);
    }

    /// Draws the vertices that the tile's zoom keeps, and answers whether a finer one keeps more.
    fn outline(&self, shape: usize, drawing: &mut Drawing<'_>) -> bool {
        let zoom = drawing.canvas.tile.zoom_of_vertices();
        let (outline, pen) = (&mut drawing.outline, &mut drawing.pen);
        outline.clear();
        let finer = zoom + 1..=ZOOM_MAX;
        let mut loses = false;
        for (vertices, opens) in self.parts_of(shape) {
            loses = loses
                || self.zooms[vertices.clone()]
                    .iter()
                    .any(|z| finer.contains(z));
            let kept = vertices.filter(|&i| self.zooms[i] <= zoom);
            let units = kept.filter_map(|i| pen.unit(self.vertices[i]));
            if self.kinds[shape] == GeometryKind::Polygons {
                outline.ring(opens, units);
            } else {
                outline.line(units);
            }
        }
        loses
    }

    /// The rings of every shape with the vertices that a zoom keeps, on no tile's grid yet.
    pub(super) fn rings_at(&self, zoom: u8) -> Vec<Rings> {
        let kept = |(vertices, opens): (Range<usize>, bool)| {
            let kept = vertices.filter(|&i| self.zooms[i] <= zoom);
            (opens, kept.map(|i| self.vertices[i]).collect())
        };
        let shapes = 0..self.len();
        shapes
            .map(|i| self.parts_of(i).map(kept).collect())
            .collect()
    }

    /// The vertices of each part of a shape, and whether the part opens a polygon.
    fn parts_of(&self, shape: usize) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
        let first = shape.checked_sub(1).map_or(0, |before| self.ends[before]);
        let start = first
            .checked_sub(1)
            .map_or(0, |before| self.parts[before].0);
        let parts = self.parts[first..self.ends[shape]].iter();
        parts.scan(start, |start, &(end, opens)| {
            Some((std::mem::replace(start, end)..end, opens))
        })
    }
}

/// The cells of an envelope on the index's own grid.
pub(super) fn cells(e: &Envelope) -> WorldBox {
    let low = |p: Point| [p.x(), p.y()].map(|v| i64::from(v) << 2);
    WorldBox {
        min: low(e.min),
        max: low(e.max).map(|v| v + 3),
    }
}

/// Where two sets of shapes differ: the boxes of those that are in only one of them.
pub(super) fn differing<S: PartialEq>(
    one: impl IntoIterator<Item = Drawn<S>>,
    other: impl IntoIterator<Item = Drawn<S>>,
) -> Vec<WorldBox> {
    let sided = |side: bool| move |shape: Drawn<S>| (shape.place(), side, shape);
    let mut all: Vec<_> = one.into_iter().map(sided(false)).collect();
    all.extend(other.into_iter().map(sided(true)));
    all.sort_by_key(|(place, side, _)| (*place, *side));
    let mut boxes = Vec::new();
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        for (_, side, shape) in same {
            let mut others = same.iter().filter(|(_, other, _)| other != side);
            if !others.any(|(.., other)| other == shape) {
                boxes.push(cells(&shape.envelope));
            }
        }
    }
    boxes
}

/// The window of a box of cells on the index's own grid.
pub(super) fn window(cells: &WorldBox) -> Option<Envelope> {
    Some(Envelope {
        min: on_index(cells.min)?,
        max: on_index(cells.max)?,
    })
}
