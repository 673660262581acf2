//! From kept half-edges of a planar graph to valid polygons.

use super::graph::Graph;
use super::locate::{Location, locate_rings};
use super::sweep::{box_of, meeting_pairs};
use super::{Envelope, Polygon, Ring};

/// The polygons of all faces that lie to the left of the kept half-edges.
///
/// Shells run counter-clockwise, holes clockwise. Where a face touches itself in a point, its
/// boundary is cut there into a shell and holes, so every polygon is valid. Holes that no shell
/// surrounds belong to the unbounded face and are left out.
pub(super) fn polygons(graph: &Graph, kept: &[bool]) -> Vec<Polygon> {
    let mut polygons: Vec<Polygon> = Vec::new();
    let mut islands: Vec<Ring> = Vec::new();
    let mut seen = vec![false; graph.half_edges()];
    let mut cutter = Cutter::new(graph);
    for start in (0..graph.half_edges()).filter(|&h| kept[h]) {
        if seen[start] {
            continue;
        }
        let mut shells = Vec::new();
        let mut holes = Vec::new();
        for ring in cutter.loops(&walk(graph, kept, start, &mut seen)) {
            match ring.twice_signed_area() {
                0 => {}
                1.. => shells.push(ring),
                _ => holes.push(ring),
            }
        }
        match shells.pop() {
            Some(exterior) => polygons.push(Polygon {
                exterior,
                interiors: holes,
            }),
            None => islands.extend(holes),
        }
    }
    place_islands(&mut polygons, islands);
    polygons
}

/// The half-edges around one face, from `start` back to it.
pub(super) fn walk(graph: &Graph, kept: &[bool], start: usize, seen: &mut [bool]) -> Vec<usize> {
    let mut around = Vec::new();
    let mut h = start;
    while !seen[h] {
        seen[h] = true;
        around.push(h);
        h = graph.next_around_face(h, |k| kept[k]);
    }
    around
}

/// Cuts walks that come back to a node into simple loops.
struct Cutter<'a> {
    graph: &'a Graph,
    /// Where each node stands in the open path.
    on_path: Vec<Option<usize>>,
}

impl<'a> Cutter<'a> {
    fn new(graph: &'a Graph) -> Self {
        Self {
            graph,
            on_path: vec![None; graph.points.len()],
        }
    }

    fn loops(&mut self, half_edges: &[usize]) -> Vec<Ring> {
        let mut loops = Vec::new();
        let mut path: Vec<usize> = Vec::new();
        for node in half_edges.iter().map(|&h| self.graph.from(h)) {
            if let Some(at) = self.on_path[node] {
                loops.push(self.close(&mut path, at));
            }
            self.on_path[node] = Some(path.len());
            path.push(node);
        }
        loops.push(self.close(&mut path, 0));
        loops
    }

    /// Takes the path from a place on off, as a ring.
    fn close(&mut self, path: &mut Vec<usize>, at: usize) -> Ring {
        let nodes = path.split_off(at);
        for &node in &nodes {
            self.on_path[node] = None;
        }
        Ring(
            nodes
                .into_iter()
                .map(|node| self.graph.points[node])
                .collect(),
        )
    }
}

/// Gives each island to the smallest polygon around it. Islands touch no other component's edges,
/// so any vertex tells.
fn place_islands(polygons: &mut [Polygon], islands: Vec<Ring>) {
    let shells = polygons.len();
    let mut boxes: Vec<Envelope> = Vec::with_capacity(shells + islands.len());
    for polygon in &*polygons {
        boxes.extend(Envelope::around(polygon.exterior.0.iter().copied()));
    }
    boxes.extend(
        islands
            .iter()
            .map(|island| box_of(island.0[0], island.0[0])),
    );
    let mut around: Vec<Option<(i128, usize)>> = vec![None; islands.len()];
    meeting_pairs(&boxes, |shell, other| {
        if shell < shells && other >= shells {
            let island = other - shells;
            let ring = &polygons[shell].exterior;
            if locate_rings(islands[island].0[0], [ring.0.as_slice()]) == Location::Interior {
                let found = (ring.twice_signed_area(), shell);
                let best = around[island].get_or_insert(found);
                *best = found.min(*best);
            }
        }
    });
    for (island, shell) in islands.into_iter().zip(around) {
        if let Some((_, shell)) = shell {
            polygons[shell].interiors.push(island);
        }
    }
}
