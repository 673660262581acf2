//! Pairs of envelopes within reach of each other, found on a grid of cells.

use std::collections::HashMap;

use crate::geometry::Envelope;

/// An envelope over more cells than this is compared with every other one instead.
const CELLS_AT_MOST: i64 = 1024;

/// All pairs `(i, j)` with `i < j` whose closed envelopes come within `reach_mm` of each other in
/// both axes, each once, in ascending order.
///
/// Cost: in proportion to envelopes and pairs, as long as few envelopes are far larger than the
/// average.
pub fn pairs_within(envelopes: &[Envelope], reach_mm: i32) -> Vec<(usize, usize)> {
    let cells = Cells::over(envelopes, reach_mm);
    let mut buckets: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    let mut large = Vec::new();
    for (i, envelope) in envelopes.iter().enumerate() {
        let (west, south, east, north) = cells.span(envelope);
        if (east - west + 1) * (north - south + 1) > CELLS_AT_MOST {
            large.push(i);
            continue;
        }
        for column in west..=east {
            for row in south..=north {
                buckets.entry((column, row)).or_default().push(i);
            }
        }
    }
    let mut pairs = Vec::new();
    for (cell, members) in &buckets {
        for (k, &i) in members.iter().enumerate() {
            for &j in &members[k + 1..] {
                let (a, b) = (&envelopes[i], &envelopes[j]);
                if cells.first_common(a, b) == *cell && within(a, b, reach_mm) {
                    pairs.push((i, j));
                }
            }
        }
    }
    let mut is_large = vec![false; envelopes.len()];
    for &i in &large {
        is_large[i] = true;
        for (j, other) in envelopes.iter().enumerate() {
            if i != j && !is_large[j] && within(&envelopes[i], other, reach_mm) {
                pairs.push((i.min(j), i.max(j)));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn within(a: &Envelope, b: &Envelope, reach_mm: i32) -> bool {
    let near = |a_max: i32, b_min: i32| i64::from(b_min) - i64::from(a_max) <= i64::from(reach_mm);
    near(a.max.x(), b.min.x())
        && near(b.max.x(), a.min.x())
        && near(a.max.y(), b.min.y())
        && near(b.max.y(), a.min.y())
}

/// Square cells about twice as wide as the average envelope with its reach.
struct Cells {
    width: i64,
    reach: i64,
}

impl Cells {
    fn over(envelopes: &[Envelope], reach_mm: i32) -> Self {
        let side = |e: &Envelope| {
            let wide = i64::from(e.max.x()) - i64::from(e.min.x());
            let high = i64::from(e.max.y()) - i64::from(e.min.y());
            wide.max(high)
        };
        let count = envelopes.len().max(1) as i64;
        let average = envelopes.iter().map(side).sum::<i64>() / count;
        Self {
            width: (2 * average + 2 * i64::from(reach_mm)).max(1),
            reach: i64::from(reach_mm),
        }
    }

    /// West, south, east and north cell of an envelope grown by the reach to the east and north.
    fn span(&self, e: &Envelope) -> (i64, i64, i64, i64) {
        let cell = |v: i64| v.div_euclid(self.width);
        (
            cell(i64::from(e.min.x())),
            cell(i64::from(e.min.y())),
            cell(i64::from(e.max.x()) + self.reach),
            cell(i64::from(e.max.y()) + self.reach),
        )
    }

    /// The south-west cell that both spans have; a pair is taken there and nowhere else.
    fn first_common(&self, a: &Envelope, b: &Envelope) -> (i64, i64) {
        let (a, b) = (self.span(a), self.span(b));
        (a.0.max(b.0), a.1.max(b.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    fn envelope(west: i32, south: i32, east: i32, north: i32) -> Envelope {
        let point = |x, y| Point::new(x, y).expect("on the grid");
        Envelope {
            min: point(west, south),
            max: point(east, north),
        }
    }

    #[test]
    fn the_grid_finds_exactly_the_pairs_that_comparing_all_finds() {
        let mut seed = 7_u64;
        let mut random = |n: i32| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((seed >> 33) % n as u64) as i32
        };
        let mut envelopes: Vec<Envelope> = (0..300)
            .map(|_| {
                let (x, y) = (random(50_000) - 25_000, random(50_000) - 25_000);
                envelope(x, y, x + random(3_000), y + random(3_000))
            })
            .collect();
        envelopes.push(envelope(-900_000, -900_000, 900_000, 900_000));
        envelopes.push(envelope(-1_000_000, 0, 1_000_000, 100));
        let mut expected = Vec::new();
        for i in 0..envelopes.len() {
            for j in i + 1..envelopes.len() {
                if within(&envelopes[i], &envelopes[j], 100) {
                    expected.push((i, j));
                }
            }
        }
        assert_eq!(pairs_within(&envelopes, 100), expected);
    }

    #[test]
    fn envelopes_at_exactly_the_reach_are_a_pair_and_one_millimetre_farther_are_none() {
        let square = envelope(0, 0, 10, 10);
        assert_eq!(
            pairs_within(&[square, envelope(110, 0, 120, 10)], 100),
            [(0, 1)]
        );
        assert_eq!(pairs_within(&[square, envelope(111, 0, 121, 10)], 100), []);
    }
}
