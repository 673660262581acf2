//! Whether an area is valid by OGC Simple Features, and every place where it is not. Exact.

use std::collections::{BTreeSet, HashMap};

use super::defect::{Defect, DefectKind, Place};
use super::locate::{Location, locate_beside, locate_rings};
use super::orient::{Direction, cross_properly, on_segment};
use super::sweep::{box_of, meeting_pairs};
use super::{Envelope, MultiPolygon, Point};

/// Whether an area has no defect. An area without parts is valid.
///
/// Repeated vertices are allowed; the orientation of rings is free.
pub fn is_valid(area: &MultiPolygon) -> bool {
    first_defect(area).is_none()
}

/// The first defect in the order of parts, rings and vertices, if there is one.
pub fn first_defect(area: &MultiPolygon) -> Option<Defect> {
    all_defects(area).into_iter().next()
}

/// Every defect with its place, in the order of parts, rings and vertices.
///
/// Whether rings lie inside each other is examined only when no two edges cross or overlap, for
/// otherwise the question has no clear meaning.
pub fn all_defects(area: &MultiPolygon) -> Vec<Defect> {
    let mut examination = Examination::of(area);
    examination.compare_edges();
    examination.compare_sides_at_touches();
    if examination.defects.is_empty() {
        examination.compare_rings();
        examination.look_for_cuts();
    }
    examination.defects.into_iter().collect()
}

/// A ring without repeated vertices; `vertices` leads back to the ring as given.
struct CleanRing {
    part: usize,
    ring: usize,
    points: Vec<Point>,
    vertices: Vec<usize>,
}

impl CleanRing {
    fn place(&self, i: usize) -> Place {
        Place {
            part: self.part,
            ring: self.ring,
            vertex: self.vertices[i],
        }
    }

    fn edge(&self, i: usize) -> (Point, Point) {
        (self.points[i], self.points[(i + 1) % self.points.len()])
    }

    /// Whether two edges follow each other in the ring.
    fn follow(&self, i: usize, j: usize) -> bool {
        let n = self.points.len();
        (i + 1) % n == j || (j + 1) % n == i
    }
}

/// Two rings that have a point in common without crossing properly there.
#[derive(Clone, Copy)]
struct Touch {
    at: Point,
    /// Ring and edge, twice.
    edges: [(usize, usize); 2],
}

struct Examination {
    rings: Vec<CleanRing>,
    touches: Vec<Touch>,
    defects: BTreeSet<Defect>,
}

impl Examination {
    fn of(area: &MultiPolygon) -> Self {
        let mut examination = Self {
            rings: Vec::new(),
            touches: Vec::new(),
            defects: BTreeSet::new(),
        };
        for (part, polygon) in area.0.iter().enumerate() {
            for (ring, given) in polygon.rings().enumerate() {
                examination.add(part, ring, &given.0);
            }
        }
        examination
    }

    fn add(&mut self, part: usize, ring: usize, given: &[Point]) {
        let mut vertices: Vec<usize> = (0..given.len())
            .filter(|&i| i == 0 || given[i] != given[i - 1])
            .collect();
        while vertices.len() > 1 && given[vertices[vertices.len() - 1]] == given[0] {
            vertices.pop();
        }
        let points: Vec<Point> = vertices.iter().map(|&i| given[i]).collect();
        if points.len() < 3 {
            if let Some(&at) = given.first() {
                let place = Place {
                    part,
                    ring,
                    vertex: 0,
                };
                let kind = DefectKind::TooFewVertices;
                self.defects.insert(Defect {
                    kind,
                    place,
                    other: None,
                    at,
                });
            }
        } else {
            self.rings.push(CleanRing {
                part,
                ring,
                points,
                vertices,
            });
        }
    }

    fn note(
        &mut self,
        kind: DefectKind,
        (r, i): (usize, usize),
        (s, j): (usize, usize),
        at: Point,
    ) {
        let (p, q) = (self.rings[r].place(i), self.rings[s].place(j));
        let (place, other) = (p.min(q), p.max(q));
        self.defects.insert(Defect {
            kind,
            place,
            other: Some(other),
            at,
        });
    }

    /// Compares every edge with every other that comes near it.
    fn compare_edges(&mut self) {
        let edges: Vec<(usize, usize)> = (0..self.rings.len())
            .flat_map(|r| (0..self.rings[r].points.len()).map(move |i| (r, i)))
            .collect();
        let boxes: Vec<Envelope> = edges
            .iter()
            .map(|&(r, i)| {
                let (a, b) = self.rings[r].edge(i);
                box_of(a, b)
            })
            .collect();
        let mut near = Vec::new();
        meeting_pairs(&boxes, |e, f| near.push((edges[e], edges[f])));
        for (e, f) in near {
            self.compare(e, f);
        }
    }

    fn compare(&mut self, e: (usize, usize), f: (usize, usize)) {
        let (a, b) = self.rings[e.0].edge(e.1);
        let (c, d) = self.rings[f.0].edge(f.1);
        let same_ring = e.0 == f.0;
        let same_part = self.rings[e.0].part == self.rings[f.0].part;
        if cross_properly(a, b, c, d) {
            let kind = match (same_ring, same_part) {
                (true, _) => DefectKind::RingCrossesItself,
                (false, true) => DefectKind::RingsCross,
                (false, false) => DefectKind::PartsOverlap,
            };
            self.note(kind, e, f, super::snap::crossing_cell(a, b, c, d));
            return;
        }
        let mut common: Vec<Point> = Vec::with_capacity(4);
        common.extend([a, b].into_iter().filter(|&p| on_segment(p, c, d)));
        common.extend([c, d].into_iter().filter(|&p| on_segment(p, a, b)));
        common.sort_unstable();
        common.dedup();
        match common[..] {
            [] => {}
            [at] if !same_ring => self.touches.push(Touch { at, edges: [e, f] }),
            [_] if self.rings[e.0].follow(e.1, f.1) => {}
            [at] => self.note(DefectKind::RingTouchesItself, e, f, at),
            [at, ..] => {
                let kind = match (same_ring, same_part) {
                    (true, _) => DefectKind::RingOverlapsItself,
                    (false, true) => DefectKind::RingsOverlap,
                    (false, false) => DefectKind::PartsShareEdge,
                };
                self.note(kind, e, f, at);
            }
        }
    }

    /// Finds rings that cross in a vertex.
    fn compare_sides_at_touches(&mut self) {
        for touch in self.touches.clone() {
            let [e, f] = touch.edges;
            if self.crosses_at(touch.at, e, f) {
                let same_part = self.rings[e.0].part == self.rings[f.0].part;
                let kind = if same_part {
                    DefectKind::RingsCross
                } else {
                    DefectKind::PartsOverlap
                };
                self.note(kind, e, f, touch.at);
            }
        }
    }

    /// The directions in which a ring leaves a point on one of its edges, back and forth.
    fn ways(&self, at: Point, (r, i): (usize, usize)) -> [Direction; 2] {
        let ring = &self.rings[r];
        let n = ring.points.len();
        let (mut back, mut forth) = ring.edge(i);
        if at == back {
            back = ring.points[(i + n - 1) % n];
        } else if at == forth {
            forth = ring.points[(i + 2) % n];
        }
        [Direction::towards(at, back), Direction::towards(at, forth)]
    }

    fn crosses_at(&self, at: Point, e: (usize, usize), f: (usize, usize)) -> bool {
        let [mut low, mut high] = self.ways(at, e);
        if low.angle_order(high).is_gt() {
            (low, high) = (high, low);
        }
        let along = |d: Direction| d.angle_order(low).is_eq() || d.angle_order(high).is_eq();
        let between = |d: Direction| d.angle_order(low).is_gt() && d.angle_order(high).is_lt();
        let [s, t] = self.ways(at, f);
        !along(s) && !along(t) && between(s) != between(t)
    }

    /// Looks whether holes lie in their shells, and nothing in anything else.
    fn compare_rings(&mut self) {
        let parts = self.rings.last().map_or(0, |r| r.part + 1);
        let shell_of: Vec<Option<usize>> = (0..parts)
            .map(|p| self.rings.iter().position(|r| r.part == p && r.ring == 0))
            .collect();
        let mut boxes: Vec<Envelope> = Vec::with_capacity(self.rings.len());
        for ring in &self.rings {
            boxes.extend(Envelope::around(ring.points.iter().copied()));
        }
        for (r, ring) in self
            .rings
            .iter()
            .enumerate()
            .filter(|(_, ring)| ring.ring > 0)
        {
            let Some(shell) = shell_of[ring.part] else {
                continue;
            };
            if self.side(r, &[shell]) == Location::Exterior {
                let kind = DefectKind::HoleOutsideShell;
                let defect = Defect {
                    kind,
                    place: ring.place(0),
                    other: None,
                    at: ring.points[0],
                };
                self.defects.insert(defect);
            }
        }
        let mut near = Vec::new();
        meeting_pairs(&boxes, |r, s| near.extend([(r, s), (s, r)]));
        for (r, s) in near {
            let (inner, outer) = (&self.rings[r], &self.rings[s]);
            let same_part = inner.part == outer.part;
            if same_part && inner.ring > 0 && outer.ring > 0 {
                if self.side(r, &[s]) == Location::Interior {
                    self.note(
                        DefectKind::HoleInsideHole,
                        (r, 0),
                        (s, 0),
                        self.rings[r].points[0],
                    );
                }
            } else if !same_part && inner.ring == 0 && outer.ring == 0 {
                let all: Vec<usize> = (0..self.rings.len())
                    .filter(|&t| self.rings[t].part == outer.part)
                    .collect();
                if self.side(r, &all) == Location::Interior {
                    self.note(
                        DefectKind::PartsOverlap,
                        (r, 0),
                        (s, 0),
                        self.rings[r].points[0],
                    );
                }
            }
        }
    }

    /// On which side of some rings a ring lies that crosses none of them.
    fn side(&self, ring: usize, others: &[usize]) -> Location {
        let ring = &self.rings[ring];
        let slices = || others.iter().map(|&o| self.rings[o].points.as_slice());
        let locations = ring.points.iter().map(|&p| locate_rings(p, slices()));
        let off = locations.into_iter().find(|&l| l != Location::Boundary);
        off.unwrap_or_else(|| locate_beside(ring.points[0], ring.points[1], slices()))
    }

    /// Finds chains of touching rings that close: rings and touching points are the nodes of a
    /// graph, and each cycle of that graph encloses a piece of the interior.
    fn look_for_cuts(&mut self) {
        let mut contacts: BTreeSet<(usize, Point, usize)> = BTreeSet::new();
        for touch in &self.touches {
            let [e, f] = touch.edges;
            let part = self.rings[e.0].part;
            if part == self.rings[f.0].part {
                contacts.insert((part, touch.at, e.0));
                contacts.insert((part, touch.at, f.0));
            }
        }
        let mut groups = Groups::default();
        let mut point_ids: HashMap<(usize, Point), usize> = HashMap::new();
        for (part, at, ring) in contacts {
            let fresh = self.rings.len() + point_ids.len();
            let point = *point_ids.entry((part, at)).or_insert(fresh);
            if !groups.join(ring, point) {
                let nearest = self.rings[ring]
                    .points
                    .iter()
                    .position(|&p| p == at)
                    .unwrap_or(0);
                let kind = DefectKind::InteriorDisconnected;
                let place = self.rings[ring].place(nearest);
                self.defects.insert(Defect {
                    kind,
                    place,
                    other: None,
                    at,
                });
            }
        }
    }
}

/// Which nodes of a growing graph are connected.
#[derive(Default)]
struct Groups(HashMap<usize, usize>);

impl Groups {
    fn leader(&self, mut node: usize) -> usize {
        while let Some(&up) = self.0.get(&node) {
            node = up;
        }
        node
    }

    /// Joins two nodes; false when they were connected already.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.leader(a), self.leader(b));
        if a != b {
            self.0.insert(a, b);
        }
        a != b
    }
}
