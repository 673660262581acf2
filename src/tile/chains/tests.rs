//! Chains and the zooms that keep their vertices.

use super::*;
use proptest::prelude::*;

fn rings(ends: &[usize]) -> Vec<(usize, bool)> {
    ends.iter().map(|&end| (end, true)).collect()
}

/// Two wiggly areas side by side with one boundary between them, turned and begun anyhow.
fn shared(wiggles: &[(u32, u32)], turned: bool, begun: usize) -> (Vec<Cell>, Vec<usize>, usize) {
    let base = 1 << 31;
    let mut y = base;
    let chain: Vec<Cell> = wiggles
        .iter()
        .map(|&(x, step)| {
            y += 1 + step;
            [base + x, y]
        })
        .collect();
    let (top, bottom) = (y + 1, base);
    let ring = |far: u32| -> Vec<Cell> {
        let mut ring = vec![[base + 5_000, bottom]];
        ring.extend(&chain);
        ring.extend([[base + 5_000, top], [far, top], [far, bottom]]);
        ring
    };
    let (west, mut east) = (ring(base - 50_000), ring(base + 90_000));
    let length = east.len();
    east.rotate_left(begun % length);
    if turned {
        east.reverse();
    }
    let ends = vec![west.len(), west.len() + east.len()];
    (west.into_iter().chain(east).collect(), ends, chain.len())
}

proptest! {
    #[test]
    fn both_owners_of_a_boundary_keep_the_same_vertices_however_their_rings_run(
        wiggles in proptest::collection::vec((0..9_000_u32, 0..3_000_u32), 1..40),
        turned: bool, begun in 0..50_usize,
    ) {
        let (vertices, ends, _) = shared(&wiggles, turned, begun);
        let zooms = lowest_zooms(&vertices, rings(&ends));
        let kept = |range: std::ops::Range<usize>| -> HashMap<Cell, u8> {
            range.map(|i| (vertices[i], zooms[i])).collect()
        };
        let (west, east) = (kept(0..ends[0]), kept(ends[0]..ends[1]));
        for (place, zoom) in &west {
            if let Some(other) = east.get(place) {
                prop_assert_eq!(zoom, other, "{:?}", place);
            }
        }
        let (plain, plain_ends, _) = shared(&wiggles, false, 0);
        let again: HashMap<Cell, u8> =
            plain.iter().copied().zip(lowest_zooms(&plain, rings(&plain_ends))).collect();
        for (place, zoom) in vertices.iter().zip(&zooms) {
            prop_assert_eq!(again[place], *zoom);
        }
    }
}

#[test]
fn nodes_are_always_kept_and_what_lies_on_a_straight_line_never() {
    let at = |x: u32, y: u32| [1_000_000 + x, 1_000_000 + y];
    // Two squares; the corner between them is a node, the middle of a far side is not.
    let west = [
        at(0, 0),
        at(100_000, 0),
        at(100_000, 100_000),
        at(0, 100_000),
        at(0, 50_000),
    ];
    let east = [
        at(100_000, 0),
        at(200_000, 0),
        at(200_000, 100_000),
        at(100_000, 100_000),
    ];
    let vertices: Vec<Cell> = west.into_iter().chain(east).collect();
    let zooms = lowest_zooms(&vertices, rings(&[5, 9]));
    assert_eq!((zooms[1], zooms[2], zooms[4]), (0, 0, NEVER));
    assert_eq!((zooms[5], zooms[8]), (0, 0));
    // 10^10 is a little over 4^16: the outer corners go below zoom 4.
    assert_eq!(zooms[6], 4);
}

#[test]
fn a_vertex_stays_when_its_triangle_holds_a_vertex_of_another_shape() {
    let at = |x: u32, y: u32| [1_000_000 + x, 1_000_000 + y];
    // One area lies on the other; the boundary between them has a dip.
    let dip = [at(0, 9_000), at(2_000, 8_900), at(4_000, 9_000)];
    let below = [&[at(4_000, 0), at(0, 0)], &dip[..]].concat();
    let above = [&[at(4_000, 12_000), at(0, 12_000)], &dip[..]].concat();
    let areas = [below, above].concat();
    let alone = lowest_zooms(&areas, rings(&[5, 10]));
    assert!(alone[3] > 5 && alone[3] == alone[8], "{alone:?}");
    let speck = [at(1_990, 8_950), at(2_010, 8_950), at(2_000, 8_960)];
    let all = [areas, speck.to_vec()].concat();
    let zooms = lowest_zooms(&all, rings(&[5, 10, 13]));
    assert_eq!((zooms[3], zooms[8]), (0, 0), "{zooms:?}");
}
