//! Blocks of small parcels, each situation drawn by hand.

use super::*;

fn at(x: u32, y: u32) -> Cell {
    [1_000_000 + x, 2_000_000 + y]
}

fn rectangle(x: u32, y: u32, w: u32, h: u32) -> (bool, Vec<Cell>) {
    (
        true,
        vec![at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)],
    )
}

/// Each parcel in a part of its own, or all in one; blocks as parcels, area and rings.
fn blocks(parcels: &[Vec<(bool, Vec<Cell>)>], apart: bool) -> Vec<(u32, i128, Vec<Vec<Cell>>)> {
    let mut parts = vec![Part::default()];
    for parcel in parcels {
        if apart {
            parts.push(Part::default());
        }
        let area = parcel.iter().map(|(opens, ring)| {
            let area = twice_signed_area(ring).abs();
            if *opens { area } else { -area }
        });
        let area = area.sum();
        if let Some(part) = parts.last_mut() {
            part.add(parcel, area);
        }
    }
    parts.iter_mut().for_each(Part::reduce);
    let mut dissolved = dissolve(parts);
    let mut blocks: HashMap<u32, Vec<Vec<Cell>>> = HashMap::new();
    for (owner, ring) in dissolved.rings {
        blocks.entry(owner).or_default().push(ring);
    }
    let mut all: Vec<_> = blocks
        .into_iter()
        .map(|(owner, rings)| {
            let sum = dissolved.groups.sum(owner);
            let enclosed: i128 = rings.iter().map(|ring| twice_signed_area(ring)).sum();
            assert!(
                (enclosed - sum.twice_mm2).abs() <= 4_000,
                "{enclosed} {sum:?}"
            );
            (sum.parcels, sum.twice_mm2, rings)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn parcels_side_by_side_are_one_block_and_those_across_a_street_another() {
    let row = (0..5).map(|i| vec![rectangle(400 * i, 0, 400, 2_000)]);
    let across = (0..3).map(|i| vec![rectangle(400 * i, 3_000, 400, 2_000)]);
    let parcels: Vec<_> = row.chain(across).collect();
    for apart in [false, true] {
        let blocks = blocks(&parcels, apart);
        let counts: Vec<(u32, usize)> = blocks.iter().map(|b| (b.0, b.2.len())).collect();
        assert_eq!(counts, [(3, 1), (5, 1)]);
    }
}

#[test]
fn a_vertex_in_the_midst_of_a_neighbours_edge_joins_them_and_leaves_no_slit() {
    // Three houses in front, two behind; the long wall between them has no common edge.
    let front = [(0, 300), (300, 500), (800, 400)];
    let front = front.map(|(x, w)| vec![rectangle(x, 0, w, 2_000)]);
    let behind = [(0, 700), (700, 500)].map(|(x, w)| vec![rectangle(x, 2_000, w, 1_500)]);
    let parcels: Vec<_> = front.into_iter().chain(behind).collect();
    for apart in [false, true] {
        let blocks = blocks(&parcels, apart);
        assert_eq!(blocks.len(), 1);
        assert_eq!((blocks[0].0, blocks[0].2.len()), (5, 1));
    }
}

#[test]
fn a_yard_that_is_no_parcel_is_a_hole_and_one_that_is_closes_it() {
    let ring = vec![
        rectangle(0, 0, 3_000, 3_000),
        (false, rectangle(1_000, 1_000, 500, 500).1),
    ];
    let blocks_of = |parcels: &[Vec<(bool, Vec<Cell>)>]| {
        let blocks = blocks(parcels, false);
        blocks.iter().map(|b| (b.0, b.2.len())).collect::<Vec<_>>()
    };
    assert_eq!(blocks_of(std::slice::from_ref(&ring)), [(1, 2)]);
    assert_eq!(
        blocks_of(&[ring, vec![rectangle(1_000, 1_000, 500, 500)]]),
        [(2, 1)]
    );
}

#[test]
fn blocks_that_touch_in_a_corner_are_two_and_their_rings_do_not_cross() {
    let parcels = [
        vec![rectangle(0, 0, 1_000, 1_000)],
        vec![rectangle(1_000, 1_000, 1_000, 1_000)],
    ];
    let blocks = blocks(&parcels, false);
    assert_eq!(
        blocks.iter().map(|b| (b.0, b.2.len())).collect::<Vec<_>>(),
        [(1, 1), (1, 1)]
    );
}

#[test]
fn a_block_around_a_yard_that_it_touches_in_a_corner_has_a_simple_shell_and_a_hole() {
    // Eight squares around an empty one, and a ninth missing square beside a corner.
    let mut parcels = Vec::new();
    for x in 0..4 {
        for y in 0..3 {
            if (x, y) != (1, 1) && (x, y) != (2, 2) {
                parcels.push(vec![rectangle(1_000 * x, 1_000 * y, 1_000, 1_000)]);
            }
        }
    }
    let blocks = blocks(&parcels, false);
    assert_eq!(blocks.len(), 1);
    let rings = &blocks[0].2;
    let mut areas: Vec<i128> = rings
        .iter()
        .map(|r| twice_signed_area(r) / 2_000_000)
        .collect();
    areas.sort_unstable();
    assert_eq!(areas, [-1, 11]);
}

#[test]
fn parcels_on_top_of_each_other_are_one_block_with_both_outlines() {
    let parcels = [
        vec![rectangle(0, 0, 1_000, 1_000)],
        vec![rectangle(0, 0, 1_000, 1_000)],
    ];
    let mut parts = vec![Part::default()];
    for parcel in &parcels {
        parts[0].add(parcel, 2_000_000);
    }
    parts[0].reduce();
    let mut dissolved = dissolve(parts);
    assert_eq!(dissolved.rings.len(), 2);
    let owner = dissolved.rings[0].0;
    assert_eq!(dissolved.groups.sum(owner).parcels, 2);
}
