//! What concerns a parcel, and how much of it: counted once, however many shapes overlap.

use super::Site;
use crate::geometry::overlay::intersection;
use crate::geometry::{
    LineString, Location, MultiPolygon, Point, Shape, lines_inside, locate, relate_rings,
};
use crate::planning::{Layer, PlanFeature};

/// How far a point may lie from its place on the grid: half the diagonal of a step of 1 mm.
const ROUNDED_MM: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// A restriction on a parcel: features of one layer that say the same.
#[derive(Debug)]
pub struct Restriction<'l> {
    /// Their layer.
    pub layer: &'l Layer,
    /// The features, by key; at least one.
    pub features: Vec<&'l PlanFeature>,
    /// What of the parcel they take together.
    pub part: Part,
}

/// What of a parcel a restriction takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// An area.
    Area {
        /// Twice its size in mm².
        twice_mm2: i128,
        /// Its mean width: twice the area by the outline.
        width_mm: i64,
        /// Its shape; nothing when it is all of the parcel.
        shape: Option<MultiPolygon>,
    },
    /// Lines.
    Length {
        /// Their length.
        mm: i64,
        /// The lines, in pieces.
        lines: Vec<LineString>,
    },
    /// Points, each once.
    Points(Vec<Point>),
}

/// A shape near a parcel.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundShape<'l> {
    pub layer: &'l Layer,
    pub feature: &'l PlanFeature,
    pub shape: &'l Shape,
}

/// Shapes that are one restriction.
struct Group<'l> {
    shapes: Vec<FoundShape<'l>>,
    /// Whether one of them covers the parcel.
    covers: bool,
}

impl<'l> Restriction<'l> {
    /// The first of its features, whose words are those of all.
    pub fn feature(&self) -> &'l PlanFeature {
        self.features[0]
    }

    /// Whether it is what two outlines of one line have in common when their corners lie on
    /// different points of it, each rounded to the grid: narrower than the grid. The shapes touch.
    pub(super) fn is_touch(&self) -> bool {
        match &self.part {
            Part::Area {
                twice_mm2,
                shape: Some(shape),
                ..
            } => *twice_mm2 as f64 <= ROUNDED_MM * shape.perimeter_mm(),
            Part::Area { shape: None, .. } | Part::Length { .. } | Part::Points(_) => false,
        }
    }

    /// Whether it is narrower than its layer is exact and smaller than two surveys of the parcel
    /// may differ by, so that it cannot be told from nothing.
    pub fn is_contact(&self, tolerance_mm2: i64) -> bool {
        let accuracy_mm = i64::from(self.layer.accuracy_mm);
        match &self.part {
            Part::Area {
                twice_mm2,
                width_mm,
                shape: Some(_),
            } => *width_mm < accuracy_mm && *twice_mm2 < 2 * i128::from(tolerance_mm2),
            // However small the parcel is, what covers it is no accident.
            Part::Area { shape: None, .. } => false,
            Part::Length { mm, .. } => *mm < accuracy_mm,
            Part::Points(_) => false,
        }
    }
}

/// The restrictions whose interiors meet that of a parcel.
pub(super) fn restrictions<'l>(
    site: &Site<'_>,
    found: impl Iterator<Item = FoundShape<'l>>,
) -> Vec<Restriction<'l>> {
    let mut groups: Vec<Group<'l>> = Vec::new();
    for shape in found {
        let Some(covers) = meets(site, shape.shape) else {
            continue;
        };
        match groups.iter_mut().find(|group| group.takes(&shape)) {
            Some(group) => {
                group.covers |= covers;
                group.shapes.push(shape);
            }
            None => groups.push(Group {
                shapes: vec![shape],
                covers,
            }),
        }
    }
    let each = groups.into_iter().map(|group| group.on(site));
    each.filter(|restriction| !restriction.is_touch()).collect()
}

/// Whether a shape covers a parcel; nothing when their interiors do not meet.
fn meets(site: &Site<'_>, shape: &Shape) -> Option<bool> {
    match shape {
        Shape::Areas(areas) => {
            let rings: Vec<&[Point]> = areas.rings().map(|ring| ring.0.as_slice()).collect();
            let matrix = relate_rings(&rings, &site.rings);
            matrix.is_interiors_intersect().then(|| matrix.is_covers())
        }
        Shape::Lines(lines) => (!lines_inside(lines, site.shape).is_empty()).then_some(false),
        Shape::Points(points) => points.iter().any(|p| site.holds(*p)).then_some(false),
    }
}

impl Site<'_> {
    fn holds(&self, point: Point) -> bool {
        locate(point, self.shape) == Location::Interior
    }
}

impl<'l> Group<'l> {
    /// Whether a shape says the same as those of the group, in the same dimension.
    fn takes(&self, other: &FoundShape<'l>) -> bool {
        let own = &self.shapes[0];
        let alike = std::mem::discriminant(own.shape) == std::mem::discriminant(other.shape);
        alike
            && own.feature.layer == other.feature.layer
            && own.feature.kind == other.feature.kind
            && own.feature.provisions == other.feature.provisions
    }

    fn on(self, site: &Site<'_>) -> Restriction<'l> {
        let part = match self.shapes[0].shape {
            Shape::Areas(_) => self.area(site),
            Shape::Lines(_) => self.length(site),
            Shape::Points(_) => self.points(site),
        };
        let mut features: Vec<&PlanFeature> = self.shapes.iter().map(|s| s.feature).collect();
        features.dedup_by_key(|feature| feature.id);
        Restriction {
            layer: self.shapes[0].layer,
            features,
            part,
        }
    }

    fn area(&self, site: &Site<'_>) -> Part {
        if self.covers {
            return whole(site);
        }
        let all = self.shapes.iter().filter_map(|found| match found.shape {
            Shape::Areas(areas) => Some(areas.0.iter().cloned()),
            Shape::Lines(_) | Shape::Points(_) => None,
        });
        let shape = intersection(site.shape, &MultiPolygon(all.flatten().collect()));
        let twice_mm2 = shape.twice_area().min(site.twice_mm2);
        Part::Area {
            twice_mm2,
            width_mm: mean_width_mm(&shape, twice_mm2),
            shape: Some(shape),
        }
    }

    fn length(&self, site: &Site<'_>) -> Part {
        let all = self.shapes.iter().filter_map(|found| match found.shape {
            Shape::Lines(lines) => Some(lines.iter().cloned()),
            Shape::Areas(_) | Shape::Points(_) => None,
        });
        let all: Vec<LineString> = all.flatten().collect();
        let lines = lines_inside(&all, site.shape);
        let mm: f64 = lines.iter().map(LineString::length_mm).sum();
        Part::Length {
            mm: mm.round() as i64,
            lines,
        }
    }

    fn points(&self, site: &Site<'_>) -> Part {
        let all = self.shapes.iter().filter_map(|found| match found.shape {
            Shape::Points(points) => Some(points.iter().copied()),
            Shape::Areas(_) | Shape::Lines(_) => None,
        });
        let mut points: Vec<Point> = all.flatten().filter(|p| site.holds(*p)).collect();
        points.sort_unstable();
        points.dedup();
        Part::Points(points)
    }
}

fn whole(site: &Site<'_>) -> Part {
    Part::Area {
        twice_mm2: site.twice_mm2,
        width_mm: mean_width_mm(site.shape, site.twice_mm2),
        shape: None,
    }
}

/// Twice the area by the outline: the width of a strip, and of anything long and narrow.
fn mean_width_mm(shape: &MultiPolygon, twice_mm2: i128) -> i64 {
    let outline = shape.perimeter_mm();
    if outline > 0.0 {
        (twice_mm2 as f64 / outline).round() as i64
    } else {
        0
    }
}
