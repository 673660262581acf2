//! The rings of lots, which share their vertices with their neighbours.

use super::block::{Cuts, Layout, Strip};
use super::lattice::{Ground, Lattice};
use crate::geometry::{MultiPolygon, Polygon, Ring};

/// How much of a corner between two streets is cut off, in mm along each.
const CHAMFER_MM: f64 = 2_500.0;

/// Which row of a strip a lot stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A row that reaches through.
    Single,
    /// The southern row of a pair.
    South,
    /// The northern row of a pair.
    North,
    /// The lot at the western end of a pair.
    West,
    /// The lot at the eastern end of a pair.
    East,
}

/// A lot, or several neighbours of one row taken as one: from cut `from` to cut `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lot {
    pub strip: usize,
    pub side: Side,
    pub from: usize,
    pub to: usize,
}

impl Lot {
    /// The lot and the next one of its row as one.
    pub fn with_next(self) -> Self {
        Self {
            to: self.to + 1,
            ..self
        }
    }

    /// Whether the next lot stands in the same row.
    pub fn is_followed_by(self, next: Self) -> bool {
        self.strip == next.strip && self.side == next.side && self.to == next.from
    }
}

/// The lots of a block in rows from north to south, each from west to east.
pub(super) fn rows(layout: &Layout) -> Vec<Vec<Lot>> {
    let mut rows = Vec::new();
    for (strip, cut) in layout.strips.iter().enumerate().rev() {
        let row = |side, cuts: &Cuts| {
            let lots = (1..cuts.front.len()).map(|to| (to - 1, to));
            let lots = lots.filter(|&(from, _)| cuts.lane != Some(from));
            lots.map(move |(from, to)| Lot {
                strip,
                side,
                from,
                to,
            })
            .collect::<Vec<_>>()
        };
        let end = |side| Lot {
            strip,
            side,
            from: 0,
            to: 1,
        };
        match cut {
            Strip::Single { cuts, .. } => rows.push(row(Side::Single, cuts)),
            Strip::Pair {
                south, north, ends, ..
            } => {
                let mut first = row(Side::North, north);
                if ends[0] > 0.0 {
                    first.insert(0, end(Side::West));
                }
                if ends[1] < 1.0 {
                    first.push(end(Side::East));
                }
                rows.push(first);
                rows.push(row(Side::South, south));
            }
        }
    }
    rows
}

/// The lanes through the rows of a block, as if they were lots.
pub(super) fn lanes(layout: &Layout) -> Vec<Vec<(f64, f64)>> {
    let mut lanes = Vec::new();
    for (strip, cut) in layout.strips.iter().enumerate() {
        let rows = match cut {
            Strip::Single { cuts, .. } => vec![(Side::Single, cuts)],
            Strip::Pair { south, north, .. } => vec![(Side::South, south), (Side::North, north)],
        };
        for (side, from) in rows
            .into_iter()
            .filter_map(|(side, cuts)| Some((side, cuts.lane?)))
        {
            let to = from + 1;
            lanes.push(outline(
                layout,
                Lot {
                    strip,
                    side,
                    from,
                    to,
                },
            ));
        }
    }
    lanes
}

/// The outline of a lot as fractions of its block, counter-clockwise from its south-west corner.
fn outline(layout: &Layout, lot: Lot) -> Vec<(f64, f64)> {
    let (from, to) = (lot.from, lot.to);
    match &layout.strips[lot.strip] {
        Strip::Single { s, cuts } => vec![
            (cuts.front[from], s[0]),
            (cuts.front[to], s[0]),
            (cuts.back[to], s[1]),
            (cuts.back[from], s[1]),
        ],
        Strip::Pair {
            s,
            south,
            north,
            ends,
            backs,
        } => {
            let between = |west: f64, east: f64| {
                backs
                    .iter()
                    .copied()
                    .filter(move |b| west < *b && *b < east)
            };
            match lot.side {
                Side::North => {
                    let (west, east) = (north.back[from], north.back[to]);
                    let mut outline = vec![(west, s[1])];
                    outline.extend(between(west, east).map(|b| (b, s[1])));
                    outline.extend([(east, s[1]), (north.front[to], s[2])]);
                    outline.push((north.front[from], s[2]));
                    outline
                }
                Side::West => through([0.0, ends[0]], *s, 1),
                Side::East => through([ends[1], 1.0], *s, 0),
                Side::South | Side::Single => {
                    let (west, east) = (south.back[from], south.back[to]);
                    let mut outline = vec![(south.front[from], s[0]), (south.front[to], s[0])];
                    outline.push((east, s[1]));
                    let inner: Vec<f64> = between(west, east).collect();
                    outline.extend(inner.into_iter().rev().map(|b| (b, s[1])));
                    outline.push((west, s[1]));
                    outline
                }
            }
        }
    }
}

/// A lot that reaches through a pair, with a vertex where the two rows meet it.
fn through(t: [f64; 2], s: [f64; 3], met_at: usize) -> Vec<(f64, f64)> {
    let mut outline = vec![(t[0], s[0]), (t[1], s[0]), (t[1], s[2]), (t[0], s[2])];
    outline.insert(if met_at == 1 { 2 } else { 4 }, (t[met_at], s[1]));
    outline
}

/// Cuts off the vertices that are corners of the block.
fn chamfered(outline: &[(f64, f64)], ground: &Ground) -> Vec<(f64, f64)> {
    let (width, height) = ground.extent();
    let is_end = |f: f64| f == 0.0 || f == 1.0;
    let towards = |at: (f64, f64), other: (f64, f64)| {
        let length = ((other.0 - at.0) * width)
            .abs()
            .max(((other.1 - at.1) * height).abs());
        let part = (CHAMFER_MM / length).min(0.35);
        (
            at.0 + (other.0 - at.0) * part,
            at.1 + (other.1 - at.1) * part,
        )
    };
    let count = outline.len();
    let mut cut = Vec::with_capacity(count + 4);
    for (k, &at) in outline.iter().enumerate() {
        if is_end(at.0) && is_end(at.1) {
            let (before, after) = (outline[(k + count - 1) % count], outline[(k + 1) % count]);
            cut.extend([towards(at, before), towards(at, after)]);
        } else {
            cut.push(at);
        }
    }
    cut
}

/// The shape of a lot on the grid, with its vertex `moved.0` shifted by `moved.1` mm along the
/// street when a defect is planted; nothing when it leaves the plane's grid.
pub(super) fn shape(
    lattice: &Lattice,
    ground: &Ground,
    layout: &Layout,
    lot: Lot,
    moved: Option<(usize, f64)>,
) -> Option<MultiPolygon> {
    let mut outline = outline(layout, lot);
    if let Some((vertex, mm)) = moved {
        outline[vertex].0 += mm / ground.extent().0;
    }
    let outline = chamfered(&outline, ground);
    let points = outline
        .into_iter()
        .map(|(t, s)| lattice.point(ground.place(t, s)));
    let ring = Ring(points.collect::<Option<Vec<_>>>()?);
    Some(MultiPolygon(vec![Polygon {
        exterior: ring,
        interiors: Vec::new(),
    }]))
}
