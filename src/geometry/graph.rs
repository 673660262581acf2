//! A planar graph of noded pieces: the edges around each node, and how deep each side lies.

use super::Point;
use super::orient::{Direction, cross};

/// How many times the interior of each of two operands covers a place.
pub(super) type Depth = [i32; 2];

/// A planar graph. Half-edge `2e` runs along edge `e` from its lower end, `2e + 1` back.
#[derive(Debug)]
pub(super) struct Graph {
    pub(super) points: Vec<Point>,
    /// Ends of each edge, as indices of points, the lesser first.
    ends: Vec<(usize, usize)>,
    /// By how much each edge raises the depth from its right to its left side.
    rises: Vec<Depth>,
    /// Half-edges that leave each node, counter-clockwise, one node after the other.
    spokes: Vec<usize>,
    /// Where the spokes of each node begin, and one end more.
    first_spoke: Vec<usize>,
    /// Where each half-edge stands in `spokes`.
    place: Vec<usize>,
}

impl Graph {
    /// The graph of pieces that meet only at their ends; equal pieces become one edge.
    pub(super) fn new(pieces: impl IntoIterator<Item = (Point, Point, Depth)>) -> Self {
        let mut raw: Vec<(Point, Point, Depth)> = pieces
            .into_iter()
            .map(|(a, b, [s, t])| {
                if a <= b {
                    (a, b, [s, t])
                } else {
                    (b, a, [-s, -t])
                }
            })
            .collect();
        raw.sort_unstable_by_key(|&(a, b, _)| (a, b));
        let mut points: Vec<Point> = raw.iter().flat_map(|&(a, b, _)| [a, b]).collect();
        points.sort_unstable();
        points.dedup();
        let at = |p: &Point| points.partition_point(|q| q < p);
        let mut ends: Vec<(usize, usize)> = Vec::with_capacity(raw.len());
        let mut rises: Vec<Depth> = Vec::with_capacity(raw.len());
        for (a, b, [s, t]) in &raw {
            let pair = (at(a), at(b));
            match rises.last_mut().filter(|_| ends.last() == Some(&pair)) {
                Some(rise) => *rise = [rise[0] + s, rise[1] + t],
                None => {
                    ends.push(pair);
                    rises.push([*s, *t]);
                }
            }
        }
        Self::with_spokes(points, ends, rises)
    }

    fn with_spokes(points: Vec<Point>, ends: Vec<(usize, usize)>, rises: Vec<Depth>) -> Self {
        let mut graph = Self {
            points,
            ends,
            rises,
            spokes: Vec::new(),
            first_spoke: Vec::new(),
            place: Vec::new(),
        };
        let mut spokes: Vec<usize> = (0..2 * graph.ends.len()).collect();
        let direction =
            |h: usize| Direction::towards(graph.points[graph.from(h)], graph.points[graph.to(h)]);
        spokes.sort_unstable_by(|&g, &h| {
            let nodes = graph.from(g).cmp(&graph.from(h));
            nodes.then_with(|| direction(g).angle_order(direction(h)))
        });
        let mut first_spoke = vec![0; graph.points.len() + 1];
        let mut place = vec![0; spokes.len()];
        for (i, &h) in spokes.iter().enumerate() {
            first_spoke[graph.from(h) + 1] = i + 1;
            place[h] = i;
        }
        graph.spokes = spokes;
        graph.first_spoke = first_spoke;
        graph.place = place;
        graph
    }

    /// Number of half-edges.
    pub(super) fn half_edges(&self) -> usize {
        self.spokes.len()
    }

    /// Node at which a half-edge begins.
    pub(super) fn from(&self, h: usize) -> usize {
        let (low, high) = self.ends[h / 2];
        if h.is_multiple_of(2) { low } else { high }
    }

    /// Node at which a half-edge ends.
    pub(super) fn to(&self, h: usize) -> usize {
        self.from(h ^ 1)
    }

    /// Half-edges that leave a node, counter-clockwise.
    pub(super) fn around(&self, node: usize) -> &[usize] {
        &self.spokes[self.first_spoke[node]..self.first_spoke[node + 1]]
    }

    /// The half-edge after `h` around the face to its left, among those that are kept.
    pub(super) fn next_around_face(&self, h: usize, kept: impl Fn(usize) -> bool) -> usize {
        let node = self.to(h);
        let spokes = self.around(node);
        let mut at = self.place[h ^ 1] - self.first_spoke[node];
        loop {
            at = at.checked_sub(1).unwrap_or(spokes.len() - 1);
            if kept(spokes[at]) {
                return spokes[at];
            }
        }
    }

    /// The depth to the left of every half-edge.
    pub(super) fn depths(&self) -> Vec<Depth> {
        let mut left: Vec<Option<Depth>> = vec![None; self.half_edges()];
        // Nothing lies to the west of the first component, and often there is no other.
        let mut bands: Option<Bands> = None;
        // Nodes are sorted by x, so the first unseen one is the western end of its component.
        for node in 0..self.points.len() {
            let Some(&first) = self.around(node).first() else {
                continue;
            };
            if left[first].is_some() {
                continue;
            }
            let outside = if node == 0 {
                [0, 0]
            } else {
                let bands = bands.get_or_insert_with(|| Bands::new(self));
                bands.depth_west_of(self, self.points[node])
            };
            // The face to the west lies left of the last spoke that points east or north.
            let northmost = self.northmost_spoke(node);
            left[northmost] = Some(outside);
            self.spread(northmost, &mut left);
        }
        left.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Of a node without neighbours to the west, the spoke nearest to north.
    fn northmost_spoke(&self, node: usize) -> usize {
        let spokes = self.around(node);
        let here = self.points[node];
        let upper = |h: &&usize| self.points[self.to(**h)].y() >= here.y();
        *spokes
            .iter()
            .rev()
            .find(upper)
            .unwrap_or(&spokes[spokes.len() - 1])
    }

    /// From one half-edge with a known depth to all of its component.
    fn spread(&self, known: usize, left: &mut [Option<Depth>]) {
        let mut queue = vec![known];
        while let Some(start) = queue.pop() {
            let node = self.from(start);
            let spokes = self.around(node);
            let at = self.place[start] - self.first_spoke[node];
            let mut depth = left[start].unwrap_or_default();
            for step in 0..spokes.len() {
                let h = spokes[(at + step) % spokes.len()];
                let rise = self.rise(h);
                if step > 0 {
                    depth = [depth[0] + rise[0], depth[1] + rise[1]];
                    left[h] = Some(depth);
                }
                if left[h ^ 1].is_none() {
                    left[h ^ 1] = Some([depth[0] - rise[0], depth[1] - rise[1]]);
                    queue.push(h ^ 1);
                }
            }
        }
    }

    /// By how much a half-edge raises the depth from its right to its left side.
    fn rise(&self, h: usize) -> Depth {
        let [s, t] = self.rises[h / 2];
        if h.is_multiple_of(2) {
            [s, t]
        } else {
            [-s, -t]
        }
    }
}

/// Edges sorted into horizontal bands, so that a ray looks only at edges at its height.
struct Bands {
    south: i64,
    height: i64,
    edges: Vec<Vec<usize>>,
}

impl Bands {
    fn new(graph: &Graph) -> Self {
        let ys = || graph.points.iter().map(|p| i64::from(p.y()));
        let (south, north) = (ys().min().unwrap_or(0), ys().max().unwrap_or(0));
        let count = (graph.ends.len() / 4).clamp(1, 1 << 16) as i64;
        let height = (north - south) / count + 1;
        let mut bands = Self {
            south,
            height,
            edges: vec![Vec::new(); count as usize],
        };
        for (e, &(low, high)) in graph.ends.iter().enumerate() {
            let (a, b) = (graph.points[low].y(), graph.points[high].y());
            if a != b {
                for band in bands.band(a.min(b))..=bands.band(a.max(b)) {
                    bands.edges[band].push(e);
                }
            }
        }
        bands
    }

    fn band(&self, y: i32) -> usize {
        ((i64::from(y) - self.south) / self.height) as usize
    }

    /// The depth of the face directly to the west of a node, which no edge to the west touches.
    fn depth_west_of(&self, graph: &Graph, node: Point) -> Depth {
        let mut depth = [0, 0];
        for &e in &self.edges[self.band(node.y())] {
            let (low, high) = graph.ends[e];
            let (a, b) = (graph.points[low], graph.points[high]);
            let upward = b.y() > a.y();
            let spans = (a.y() > node.y()) != (b.y() > node.y());
            let side = cross(a, b, node);
            // The node lies to the east of an upward edge when it lies to its right.
            if spans && side != 0 && (side < 0) == upward {
                let [s, t] = graph.rises[e];
                let sign = if upward { -1 } else { 1 };
                depth = [depth[0] + sign * s, depth[1] + sign * t];
            }
        }
        depth
    }
}
