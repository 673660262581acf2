//! Streets and alleys as rights of way, and the plan unit of a block.

use super::block::BlockKind;
use super::lattice::{Axis, Local};
use super::lots;
use super::plans::Drawing;
use super::site::{Block, SIDE, Site};
use crate::planning::{FeatureKind, PlanIndices, PlanUnit, RightOfWay};
use std::collections::{BTreeMap, BTreeSet};

/// Widths between red lines that alleys are to have one day, in mm.
const ALLEY_WIDTHS_MM: [i64; 5] = [3_500, 4_500, 6_000, 8_000, 12_000];

/// Into how many pieces an alley is drawn, since it bends.
const BEND_STEPS: i32 = 8;

/// Sorted numbers as runs without a gap; repeated numbers count once.
pub(super) fn runs(sorted: &[i32]) -> Vec<Vec<i32>> {
    let mut runs: Vec<Vec<i32>> = Vec::new();
    for &number in sorted {
        match runs.last_mut() {
            Some(run) if run.last() == Some(&number) => {}
            Some(run) if run.last() == Some(&(number - 1)) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    runs
}

/// Every street along which blocks of the city stand.
pub(super) fn draw(drawing: &mut Drawing<'_>) {
    let site = drawing.site;
    let cells: BTreeSet<(i32, i32)> = site
        .sheets
        .iter()
        .flat_map(|sheet| {
            let (i, j) = (sheet.at.0 * SIDE, sheet.at.1 * SIDE);
            (i..i + SIDE).flat_map(move |i| (j..j + SIDE).map(move |j| (i, j)))
        })
        .collect();
    for axis in [Axis::V, Axis::U] {
        let mut lines: BTreeMap<i32, BTreeSet<i32>> = BTreeMap::new();
        for &(i, j) in &cells {
            let (line, along) = if axis == Axis::V { (j, i) } else { (i, j) };
            for line in [line, line + 1] {
                lines.entry(line).or_default().insert(along);
            }
        }
        for (line, along) in lines {
            let along: Vec<i32> = along.into_iter().collect();
            for run in runs(&along) {
                street(drawing, axis, line, &run);
            }
        }
    }
}

/// One street along a run of cells. Every fourth is to be widened into the blocks one day.
fn street(drawing: &mut Drawing<'_>, axis: Axis, line: i32, run: &[i32]) {
    let site = drawing.site;
    let mut random = site.random(13 + axis as i64, (line, 0));
    let widening = if random.chance(250) {
        random.between(5, 20) * 100
    } else {
        0
    };
    let lattice = &site.lattice;
    let block = |i: i32, j: i32| lattice.block(i, j, -widening).corners;
    // The blocks before the line give the edge in one direction, those behind it the way back.
    let outline: Vec<Local> = match axis {
        Axis::V => {
            let there = run
                .iter()
                .flat_map(|&i| [block(i, line - 1)[3], block(i, line - 1)[2]]);
            let back = run
                .iter()
                .rev()
                .flat_map(|&i| [block(i, line)[1], block(i, line)[0]]);
            there.chain(back).collect()
        }
        Axis::U => {
            let there = run
                .iter()
                .flat_map(|&j| [block(line, j)[0], block(line, j)[3]]);
            let before = |j: &i32| block(line - 1, *j);
            let back = run.iter().rev().map(before).flat_map(|c| [c[2], c[1]]);
            there.chain(back).collect()
        }
    };
    let width = lattice.width(axis, line) + 2 * widening;
    let kind = FeatureKind::RightOfWay(RightOfWay {
        street: drawing.street(axis, line).to_owned(),
        width_mm: u32::try_from(width).ok(),
        decision: Some(drawing.decision()),
        alley: false,
    });
    drawing.add_road(kind, &outline);
}

/// The alleys of a block with the width they are to have, which may reach into its lots; the
/// width of some has not been decided.
pub(super) fn draw_alleys(drawing: &mut Drawing<'_>, block: &Block) {
    let site = drawing.site;
    let (_, height) = block.ground.extent();
    let mut random = site.random(15, block.cell);
    let alleys: Vec<[f64; 2]> = block.layout.alleys().collect();
    for (k, [south, north]) in (1..).zip(alleys) {
        let today = ((north - south) * height).round() as i64;
        let planned = ALLEY_WIDTHS_MM
            .iter()
            .find(|&&w| w >= today)
            .copied()
            .unwrap_or(today);
        let decided = random.chance(850);
        let beyond = if decided {
            (planned - today) as f64 / 2.0 / height
        } else {
            0.0
        };
        let number = random.between(2, 400);
        let bend = (0..=BEND_STEPS).map(|n| f64::from(n) / f64::from(BEND_STEPS));
        let there = bend.clone().map(|t| block.ground.place(t, south - beyond));
        let back = bend.rev().map(|t| block.ground.place(t, north + beyond));
        let outline: Vec<Local> = there.chain(back).collect();
        let street = drawing.street(Axis::U, block.cell.0);
        let kind = FeatureKind::RightOfWay(RightOfWay {
            street: format!("Hẻm {number}/{k} {street}"),
            width_mm: u32::try_from(planned).ok().filter(|_| decided),
            decision: decided.then(|| drawing.decision()),
            alley: true,
        });
        drawing.add_road(kind, &outline);
    }
    for lane in lots::lanes(&block.layout) {
        let street = drawing.street(Axis::V, block.cell.1);
        let kind = FeatureKind::RightOfWay(RightOfWay {
            street: format!("Hẻm {} {street}", random.between(2, 400)),
            width_mm: None,
            decision: None,
            alley: true,
        });
        let outline: Vec<Local> = lane
            .iter()
            .map(|&(t, s)| block.ground.place(t, s))
            .collect();
        drawing.add_road(kind, &outline);
    }
}

/// What the zoning plan says of a block; the indices of some are not stated.
pub(super) fn plan_unit(site: &Site, block: &Block) -> PlanUnit {
    let mut random = site.random(16, block.cell);
    let (function, storeys, coverage, ratio) = match block.layout.kind {
        BlockKind::TubeHouses => ("Đất nhóm nhà ở hiện hữu", 5, 800, 400),
        BlockKind::Alleys => ("Đất nhóm nhà ở hiện hữu cải tạo", 4, 900, 360),
        BlockKind::Villas => ("Đất nhóm nhà ở thấp tầng", 3, 500, 150),
        BlockKind::Gardens => ("Đất nhóm nhà ở nông thôn", 3, 400, 120),
        BlockKind::Commerce => ("Đất thương mại, dịch vụ", 15, 500, 600),
        BlockKind::Public => ("Đất công trình công cộng", 4, 400, 160),
        BlockKind::Park => ("Đất cây xanh sử dụng công cộng", 1, 50, 5),
        BlockKind::Industry => ("Đất khu công nghiệp", 4, 600, 240),
        BlockKind::Religion => ("Đất tôn giáo, tín ngưỡng", 3, 400, 100),
    };
    let (code, (i, j)) = (site.ward.code, block.cell);
    let stated = random.chance(930);
    PlanUnit {
        code: format!(
            "{code}-{}{}",
            site.lattice.letter(i),
            site.lattice.ordinal(j)
        ),
        function: function.to_owned(),
        indices: PlanIndices {
            storeys_max: stated.then_some(storeys),
            height_max_mm: stated.then_some(u32::from(storeys) * 3_600 + 2_000),
            coverage_max_permille: stated.then_some(coverage),
            floor_area_ratio_max_hundredths: stated.then_some(ratio),
            population: stated.then(|| random.between(0, 900) as u32),
        },
    }
}
